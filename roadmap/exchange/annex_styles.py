"""How an annex looks: the styles its words name, and the list its cells use."""

from roadmap.exchange.paper import PADDING, POINTS_A_MM, Paper
from roadmap.exchange.word import FONT

# How wide the lines at the upper right and the block of the signature may be.
BLOCK = 105 * POINTS_A_MM
_TITLE = 12
_BULLET = "140"
_HAIR = 1.0
_WITH_NEXT, _NOT_WITH_NEXT, _IN_ONE = "<w:keepNext/>", '<w:keepNext w:val="0"/>', "<w:keepLines/>"
_UNDIVIDED = "<w:suppressAutoHyphens/>"
_CENTRED, _RIGHT = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'
_LISTED = f'<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="{_BULLET}" w:hanging="{_BULLET}"/>'
_BUILT_IN = frozenset({"Normal", "heading 1", "header"})
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def styles_xml(paper: Paper, size: float) -> str:
    """Write the styles for a sheet and a size of letters, in Word's XML."""
    aside = f'<w:ind w:left="{_twips(paper.text_width - BLOCK)}"/>'
    title = _WITH_NEXT + _IN_ONE + _UNDIVIDED + _spacing(12, 10) + _CENTRED + '<w:outlineLvl w:val="0"/>'
    signed = _WITH_NEXT + _IN_ONE + _UNDIVIDED
    styles = (
        _style("Heading1", "heading 1", "Normal", title, _letters(_TITLE, is_bold=True)),
        _style("Header", "header", "Normal", _CENTRED),
        _style("KepalaLampiran", "Kepala Lampiran", "Normal", _WITH_NEXT + _UNDIVIDED + aside),
        _style("Sel", "Sel", "Normal", _spacing(0, 1), _letters(size)),
        _style("SelKepala", "Sel Kepala", "Sel", _WITH_NEXT + _UNDIVIDED + _CENTRED, "<w:b/>"),
        _style("SelTengah", "Sel Tengah", "Sel", _UNDIVIDED + _CENTRED),
        _style("SelAngka", "Sel Angka", "Sel", _UNDIVIDED + _RIGHT),
        _style("SelSumber", "Sel Sumber", "Sel", "", "<w:i/>"),
        _style("SelJumlah", "Sel Jumlah", "Sel", _UNDIVIDED + _RIGHT, "<w:b/>"),
        _style("SelButir", "Sel Butir", "Sel", _LISTED),
        _style("TandaTangan", "Tanda Tangan", "Normal", signed + aside),
        _style("TandaTanganTempat", "Tanda Tangan Tempat", "TandaTangan", _spacing(12, 0)),
        _style("TandaTanganJabatan", "Tanda Tangan Jabatan", "TandaTangan", _spacing(6, 0)),
        _style("TandaTanganNama", "Tanda Tangan Nama", "TandaTangan", _NOT_WITH_NEXT + _spacing(60, 0)),
    )
    return f"<w:styles %NS%>{_DEFAULTS}{''.join(styles)}{_matrix_style()}</w:styles>"


NUMBERING = f"""<w:numbering %NS%><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="SelButir"/>
<w:lvlText w:val="–"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="{_BULLET}" w:hanging="{_BULLET}"/></w:pPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""

_DEFAULTS = f"""<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>
<w:sz w:val="22"/><w:szCs w:val="22"/>
<w:lang w:val="%LANGUAGE%" w:eastAsia="%LANGUAGE%" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>"""


def _matrix_style() -> str:
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    side = _twips((PADDING - _HAIR) / 2)
    room = {"top": 30, "left": side, "bottom": 20, "right": side}
    margins = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in room.items())
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Matriks"><w:name w:val="Matriks"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def _style(code: str, name: str, base: str, look: str, letters: str = "") -> str:
    own = "" if name in _BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{code}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{base}"/><w:qFormat/><w:pPr>{look}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
    )


def _spacing(before: float, after: float) -> str:
    return f'<w:spacing w:before="{_twips(before)}" w:after="{_twips(after)}"/>'


def _letters(size: float, *, is_bold: bool = False) -> str:
    half = round(size * 2)
    return f'{"<w:b/>" if is_bold else ""}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _twips(points: float) -> int:
    return round(points * 20)
