"""Tables as text: which letters, which separator, which cells. Every cell is a text; figures are understood later.

The cells are cut here and not by the csv module, because a quotation mark that is never closed makes it swallow the
rest of a file without a word, and because Excel puts no quotation marks round a copied cell that begins with one.
"""

import codecs
import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from roadmap.intake.books import MOST_ROWS, CellKind
from roadmap.intake.parser.faults import Fault, Refused
from roadmap.intake.parser.grid import Grid, Pile

IN_A_FILE = "\t;,"
IN_A_PASTE = "\t;"
_ROWS_LOOKED_AT = 500
_LETTERS_LOOKED_AT = 200_000
_AGREEMENT = 0.5
_ENOUGH_ZEROS = 0.3
_OF_SINGLE_BYTES = {"utf-8", "cp1252"}
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Found now, because nothing can be imported once the process is sealed.
for _name in ("cp1252", *(encoding for _, encoding in _MARKS)):
    codecs.lookup(_name)


def read_text(content: bytes, name: str, pile: Pile) -> None:
    """Read a file of text into one sheet named like the file."""
    _lay(decoded(content), name, pile, IN_A_FILE, is_paste=False)


def read_paste(text: str, name: str, pile: Pile) -> None:
    """Read what was copied from a table: separated by tabs, or by semicolons."""
    _lay(text, name, pile, IN_A_PASTE, is_paste=True)


def decoded(content: bytes) -> str:
    """Give the letters of a file: as its mark says, else UTF-8, else Windows-1252. Raises Refused for neither."""
    encoding = _encoding_of(content)
    for mark, named in _MARKS:
        if content.startswith(mark) and named == encoding:
            content = content[len(mark) :]
    if encoding in _OF_SINGLE_BYTES and b"\x00" in content:
        raise Refused(Fault.NOT_A_TABLE)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise Refused(Fault.ENCODING) from problem
    return text


def _encoding_of(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    start = content[:4096]
    if start[1::2].count(0) > _ENOUGH_ZEROS * len(start) and not start[::2].count(0):
        return "utf-16-le"
    if start[::2].count(0) > _ENOUGH_ZEROS * len(start) and not start[1::2].count(0):
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _lay(text: str, name: str, pile: Pile, separators: str, *, is_paste: bool) -> None:
    text = text.removeprefix("\ufeff")
    hint = _HINT.match(text)
    if hint:
        text = text[hint.end() :]
    separator = hint.group(1) if hint else separator_of(text, separators, is_paste=is_paste)
    # Empty lines and cells at the end are nobody's.
    text = text.rstrip(f"{separator} \t\r\n")
    grid = pile.begin(name)
    begin = 0
    for row, (end, cells) in enumerate(records(text, separator, is_paste=is_paste)):
        if row >= MOST_ROWS:
            _refuse_rest(grid, text[begin:], row)
        for column, cell in enumerate(cells):
            if cell:
                grid.put_text(row, column, cell)
        begin = end
    grid.finish()


def _refuse_rest(grid: Grid, rest: str, row: int) -> None:
    """Name the first row beyond the limit that holds something; the text was cut so that there is one."""
    empty = len(rest) - len(rest.lstrip())
    grid.put(row + len(_LINE_END.findall(rest[:empty])), 0, CellKind.TEXT, "")


def separator_of(text: str, candidates: str, *, is_paste: bool = False) -> str:
    """Find the separator by which most rows have the same number of cells; the first one where nothing parts them."""
    best, best_mark = candidates[0], (0.0, 0)
    for separator in candidates:
        agreement, width = _agreement(text[:_LETTERS_LOOKED_AT], separator, is_paste=is_paste)
        if width > 1 and agreement >= _AGREEMENT and (round(agreement, 2), width) > best_mark:
            best, best_mark = separator, (round(agreement, 2), width)
    return best


def _agreement(sample: str, separator: str, *, is_paste: bool) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    # A quotation mark that the sample leaves open tells nothing about the separator.
    with contextlib.suppress(Refused):
        for _, cells in islice(records(sample, separator, is_paste=is_paste), _ROWS_LOOKED_AT):
            if any(cells):
                widths[len(cells)] += 1
    if not widths:
        return 0.0, 0
    width, times = max(widths.items(), key=lambda found: (found[1], found[0]))
    return times / widths.total(), width


def records(text: str, separator: str, *, is_paste: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Cut a text into rows of cells, each with the place where it ends.

    Raises Refused for a quotation mark in a file that is never closed.
    """
    part = re.escape(separator)
    end_of_cell = re.compile(rf"{part}|\r\n|\r|\n|\Z")
    quoted = re.compile(rf'"((?:[^"]|"")*+)(?:"(?={part}|[\r\n]|\Z)|(\Z))')
    empty = re.compile(rf"(?:{part})+")
    at, row, cells = 0, 1, list[str]()
    while at < len(text):
        if text[at] == separator and (run := empty.match(text, at)):
            cells += [""] * (run.end() - at)
            at = run.end()
            continue
        found = quoted.match(text, at) if text[at] == '"' else None
        if found and found.group(2) is not None and not is_paste:
            raise Refused(Fault.QUOTE, row=str(row))
        if found and found.group(2) is None and (not is_paste or _needed_quotes(found.group(1), separator)):
            cell, at = found.group(1).replace('""', '"'), found.end()
            end = end_of_cell.match(text, at)
        else:
            end = end_of_cell.search(text, at)
            cell = text[at : end.start()] if end else text[at:]
        cells.append(cell)
        at = end.end() if end else len(text)
        if end is None or end.group() != separator:
            yield at, cells
            row, cells = row + 1, []
    if cells:
        yield at, [*cells, ""]


def _needed_quotes(inner: str, separator: str) -> bool:
    return separator in inner or '""' in inner or _LINE_END.search(inner) is not None
