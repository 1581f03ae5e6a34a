"""Word's own XML, as far as an annex needs it: paragraphs, cells, rows and tables as text, and a clean package.

Cell by cell through python-docx, two thousand rows would take minutes; as one text they take a second.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section

FONT = "Bookman Old Style"
# Asked for where the first is not there; Word takes the family and the figures of `panose1` besides.
FALLBACKS = "Bookman,URW Bookman,URW Bookman L,Bookman URW,TeX Gyre Bonum,Noto Serif,Cambria"
LANGUAGES = {"id": "id-ID", "en": "en-GB"}
_NS = nsdecls("w")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What the template of python-docx brings along and no annex needs.
_SUPERFLUOUS = ("thumbnail", "customXml", "stylesWithEffects", "webSettings")
_NO_LINES = "<w:tcBorders>{}</w:tcBorders>".format(
    "".join(f'<w:{side} w:val="nil"/>' for side in ("left", "bottom", "right"))
)
_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def text_xml(words: str) -> str:
    """Write words as the text of runs: XML-safe, line breaks and tabs as Word's own."""
    clean = _NOT_IN_XML.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    parts = re.split("([\n\t])", clean)
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(
        marks.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in parts if part
    )


def paragraph(words: str, style: str, *, keeps_next: bool = False, field: str = "") -> str:
    """Write a paragraph in a style; `field` is one that Word fills in where the words say `%s`."""
    keep = "<w:keepNext/>" if keeps_next else ""
    head = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'
    if not field:
        return f"{head}<w:r>{text_xml(words)}</w:r></w:p>" if words else f"{head}</w:p>"
    before, _mark, after = words.partition("%s")
    filled = f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return f"{head}<w:r>{text_xml(before)}</w:r>{filled}<w:r>{text_xml(after)}</w:r></w:p>"


@dataclass(frozen=True)
class Cell:
    """A cell: paragraphs as (words, style), over how many columns; `merge` where it is one over several rows."""

    paragraphs: Sequence[tuple[str, str]]
    span: int = 1
    merge: str = ""
    is_middle: bool = False
    has_lines: bool = True


def row_xml(
    cells: Iterable[Cell],
    widths: Sequence[int],
    *,
    is_heading: bool = False,
    may_break: bool = False,
    keeps_next: bool = False,
) -> str:
    """Write a row of a table over columns of these widths, in twentieths of a point."""
    traits = ("" if may_break else "<w:cantSplit/>") + ("<w:tblHeader/>" if is_heading else "")
    parts = [f"<w:tr><w:trPr>{traits}</w:trPr>" if traits else "<w:tr>"]
    column = 0
    for cell in cells:
        width = sum(widths[column : column + cell.span])
        column += cell.span
        parts.append(_cell_xml(cell, width, keeps_next=keeps_next))
    return "".join([*parts, "</w:tr>"])


def _cell_xml(cell: Cell, width: int, *, keeps_next: bool) -> str:
    traits = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    traits += f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    traits += {"": "", "begins": '<w:vMerge w:val="restart"/>', "goes on": "<w:vMerge/>"}[cell.merge]
    traits += "" if cell.has_lines else _NO_LINES
    traits += '<w:vAlign w:val="center"/>' if cell.is_middle else ""
    words = "".join(paragraph(words, style, keeps_next=keeps_next) for words, style in cell.paragraphs)
    return f"<w:tc><w:tcPr>{traits}</w:tcPr>{words or paragraph('', 'Sel', keeps_next=keeps_next)}</w:tc>"


def table_xml(rows: Iterable[str], widths: Sequence[int], *, style: str, caption: str, about: str) -> str:
    """Write a table with its caption and description for those who do not see it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    caption, about = (quoteattr(_NOT_IN_XML.sub("", words)) for words in (caption, about))
    return (
        f'<w:tbl {_NS}><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={caption}/><w:tblDescription w:val={about}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def append(document: OpenDocument, *blocks: str) -> None:
    """Put paragraphs and tables at the end of a document."""
    body = document.element.body
    for block in blocks:
        body.insert_element_before(parse_xml(_declared(block)), "w:sectPr")


def _declared(block: str) -> str:
    return block.replace("<w:p>", f"<w:p {_NS}>", 1) if block.startswith("<w:p>") else block


def blank_document(styles: str, numbering: str, language: str) -> OpenDocument:
    """Open an empty document with nothing but these styles and lists, in a language."""
    document = Document()
    code = LANGUAGES.get(language, language)
    _refill(document.styles.element, styles.replace("%LANGUAGE%", code))
    _refill(document.part.numbering_part.element, numbering)
    _refill(document.settings.element, _SETTINGS.replace("%LANGUAGE%", code))
    for rels in (document.part.package.rels, document.part.rels):
        for name, rel in list(rels.items()):
            if any(word in rel.reltype for word in _SUPERFLUOUS):
                del rels[name]
            elif rel.reltype.endswith("/fontTable"):
                rel.target_part._blob = _FONTS.encode()  # noqa: SLF001 - the part has no other door
            elif rel.reltype.endswith("/extended-properties"):
                rel.target_part._blob = _PROGRAM.encode()  # noqa: SLF001
    return document


def put_page_number(section: Section, words: str) -> None:
    """Have the head of a section's pages say their number where the words say `%s`."""
    section.header.is_linked_to_previous = False
    header = section.header._element  # noqa: SLF001 - its paragraphs are written as all others are
    for child in list(header):
        header.remove(child)
    header.append(parse_xml(_declared(paragraph(words, "Header", field="PAGE"))))


def describe(
    document: OpenDocument, *, title: str, subject: str, author: str, language: str, at: datetime
) -> None:
    """Fill the core properties; an author is an office, never a person."""
    core = document.core_properties
    core.title, core.subject = (_NOT_IN_XML.sub("", words)[:255] for words in (title, subject))
    core.author, core.last_modified_by = _NOT_IN_XML.sub("", author)[:255], ""
    core.comments, core.keywords, core.category = "", "", ""
    core.language = LANGUAGES.get(language, language)
    core.created = core.modified = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    core.revision = 1


def packed(document: OpenDocument) -> bytes:
    """Give a document's bytes: the same for the same document, on any day."""
    written, again = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _SAME_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return again.getvalue()


def _refill(element: object, xml: str) -> None:
    fresh = parse_xml(xml.replace("%NS%", _NS))
    for child in list(element):  # type: ignore[call-overload]
        element.remove(child)  # type: ignore[attr-defined]
    element.extend(list(fresh))  # type: ignore[attr-defined]


_SETTINGS = """<w:settings %NS%><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>
<w:autoHyphenation w:val="true"/><w:consecutiveHyphenLimit w:val="2"/><w:doNotHyphenateCaps/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="%LANGUAGE%"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"""

_FONTS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts {_NS}><w:font w:name="{FONT}"><w:altName w:val="{FALLBACKS}"/><w:panose1 w:val="02050604050505020204"/>
<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>"""

_PROGRAM = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>Peta Jalan HAM</Application></Properties>"""
