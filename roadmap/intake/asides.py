"""Rows of a table that are no entries: numbers under headings, sums, notes, signatures, titles over other rows."""

import re
from collections.abc import Collection, Sequence

from roadmap.intake.books import CellKind
from roadmap.intake.grid import Grid, cells_text
from roadmap.intake.values import is_ditto

FEWEST_NUMBERED = 3
MOST_FOOTER_CELLS = 2
WIDEST_PLAIN_ROW = 2
_NUMBER = re.compile(r"\(?(\d{1,3})\)?\.?(?:\.0)?(?:\s*[=+(].*)?")
_FIGURES = re.compile(r"(?:rp\.?)?[\d\s.,()%\-–]+", re.IGNORECASE)
_SUM = re.compile(
    r"(?:sub\s*-?\s*|grand\s+)?(?:total|jumlah)(?:\s+(?:total|seluruh(?:nya)?|keseluruhan|semua|umum|akhir))?\s*[.:]*",
    re.IGNORECASE,
)
_SUM_OF = re.compile(
    r"(?:sub\s*-?\s*|grand\s+)?(?:total|jumlah)\s+(?:anggaran|pagu|biaya|dana|belanja|hak|bidang|urusan|tahun|"
    r"budget|cost|[ivx]+|[a-z]|\d+)\b.*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:catatan|keterangan|sumber|ket|note|notes|source|sources)\s*[:.]|\*+\)?\s*\S|\d\)\s|mengetahui|"
    r"ditetapkan di|disahkan|(?:bupati|wali\s*kota|gubernur|sekretaris daerah|kepala (?:dinas|badan|bagian|bappeda))"
    r"\b|nip\.?\s*[\d:]|(?:a\.n\.|ttd)|pembina\b|dibuat oleh|disusun oleh|diperiksa oleh",
    re.IGNORECASE,
)
_PLACE_AND_DATE = re.compile(r"[A-Za-z .]+,\s*(?:\d{1,2}|\.{2,}|…)?\s*[A-Za-z]+\s+\d{4}")
_GROUP_MARK = re.compile(r"(?:[A-Z]|[IVX]{1,5}|\d{1,2})[.)]\s+(?=\S)")
_MARK = re.compile(r"(?:[A-Z]|[IVX]{1,5}|\d{1,3})[.)]?")


def is_numbering(texts: Sequence[str]) -> bool:
    """Tell a row that only numbers the columns: 1, 2, 3, or (1), (2), (3) = (1) + (2)."""
    found = [_NUMBER.fullmatch(text) for text in texts if text]
    if len(found) < FEWEST_NUMBERED or not all(found):
        return False
    numbers = [int(one.group(1)) for one in found if one]
    return numbers == list(range(1, len(numbers) + 1))


def is_sum(texts: Sequence[str], titles: Collection[int] = ()) -> bool:
    """Tell a row of sums: it says so in one word, or its only words do; "Jumlah kecamatan …" is an indicator."""
    words = [(column, text) for column, text in enumerate(texts) if text and not _FIGURES.fullmatch(text)]
    if len(words) != 1:
        return False
    column, text = words[0]
    if _SUM.fullmatch(text):
        return True
    return column not in titles and _SUM_OF.fullmatch(text) is not None


def is_footer(texts: Sequence[str], width: int, *, is_apart: bool) -> bool:
    """Tell a row below the table: a note, a source, a place and date, a signature."""
    filled = [text for text in texts if text]
    if not filled or len(filled) > MOST_FOOTER_CELLS or width <= WIDEST_PLAIN_ROW:
        return False
    if any(_FOOTER.match(text) or _PLACE_AND_DATE.fullmatch(text) for text in filled):
        return True
    return is_apart and len(filled) == 1 and not _FIGURES.fullmatch(filled[0])


def repeats(texts: Sequence[str], headings: Sequence[Sequence[str]]) -> bool:
    """Tell a row that says one line of the headings again, as printed tables do at the top of a page."""
    said = [(column, fold_spaces(text)) for column, text in enumerate(texts) if text]
    if len(said) < WIDEST_PLAIN_ROW:
        return False
    return any(all(column < len(line) and line[column] == text for column, text in said) for line in headings)


def is_title_over_rows(grid: Grid, row: int, placed: Collection[int]) -> str:
    """Give the words of a row that names what the rows below it are about; empty for any other row.

    Such a row holds nothing else, and reaches over several columns, or stands where no column has a place.
    """
    cells = [(column, cell) for column, cell in enumerate(grid.row(row)) if cell]
    words = [(column, cell) for column, cell in cells if not _MARK.fullmatch(cells_text(cell))]
    if len(words) != 1 or len(cells) > WIDEST_PLAIN_ROW or grid.width <= WIDEST_PLAIN_ROW:
        return ""
    column, cell = words[0]
    text = cells_text(cell)
    if any(at > column or at in placed for at, _mark in cells if at != column) or is_ditto(cell):
        return ""
    if cell.kind is not CellKind.TEXT or _FIGURES.fullmatch(text) or is_sum([text]):
        return ""
    is_marked = _GROUP_MARK.match(text) is not None or len(cells) > 1
    if grid.span(row, column) > WIDEST_PLAIN_ROW or (column not in placed and (is_marked or column == 0)):
        return text
    return ""


def without_mark(text: str) -> str:
    """Give "Hak atas kesehatan" of "A. Hak atas kesehatan"."""
    return _GROUP_MARK.sub("", text, count=1)


def fold_spaces(text: str) -> str:
    """Give a text as one line in small letters."""
    return " ".join(text.split()).casefold()
