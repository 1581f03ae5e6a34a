"""ODS: the sheets of an OpenDocument spreadsheet, read while they are unpacked.

Read here and not by python-calamine, which forgets that a number is a percentage: 72,9% would come in as 0,729.
"""

import re

from roadmap.intake.books import MOST_COLUMNS, MOST_ROWS, CellKind
from roadmap.intake.parser.faults import Aside, Fault, Refused
from roadmap.intake.parser.figures import decimal_of, whole_of, written_day
from roadmap.intake.parser.grid import FORMULA, PERCENT, Grid, Pile
from roadmap.intake.parser.parts import DEEPEST, Parts, safe_parser
from roadmap.intake.parser.rows import LAST_COLUMN, LAST_ROW

_CELLS = {"table:table-cell", "table:covered-table-cell"}
_BREAKS = {"text:line-break": "\n", "text:tab": "\t"}
_NOTES = {"office:annotation"}
_PICTURES = {"draw:frame", "draw:custom-shape", "table:shapes"}
# LibreOffice writes a flag that came from a workbook as a formula.
_YES = "of:=TRUE()"
_YES_AND_NO = {_YES, "of:=FALSE()"}
_ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}")
_ENCRYPTION = "manifest:encryption-data"


def read_open_document(parts: Parts, pile: Pile) -> None:
    """Read all sheets. Raises Refused where a password is needed, and for what is broken or beyond the limits."""
    if parts.has("META-INF/manifest.xml"):
        with parts.open("META-INF/manifest.xml") as stream:
            if _ENCRYPTION.encode() in stream.read(1_000_000):
                raise Refused(Fault.PASSWORD)
    if parts.any_under("basic/", "scripts/"):
        pile.leave(Aside.MACROS)
    TableReader(pile).read(parts)


class TableReader:
    """Reads the tables of a document; relies on the usual prefixes, which every writer of ODS uses."""

    def __init__(self, pile: Pile) -> None:
        """Begin before the first table."""
        self._pile = pile
        self._grid: Grid | None = None
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = self._tables = self._silent = 0
        self._row = self._column = 0
        self._rows_repeated = 1
        self._cell: dict[str, str] | None = None
        self._is_covered = False
        self._paragraphs: list[list[str]] = []
        self._kept: list[tuple[int, dict[str, str], str, bool, int]] = []

    def read(self, parts: Parts) -> None:
        """Read the document's content."""
        parser = safe_parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._letter
        parts.parse("content.xml", parser)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused(Fault.DISGUISED)
        if name in _NOTES or name in _PICTURES:
            self._pile.leave(Aside.NOTES if name in _NOTES else Aside.PICTURES)
            self._silent += 1
        if self._silent:
            return
        if name in _CELLS:
            self._cell, self._paragraphs = attributes, []
            self._is_covered = name == "table:covered-table-cell"
        elif name == "table:table-row":
            self._column, self._kept = 0, []
            self._rows_repeated = _times(attributes.get("table:number-rows-repeated"), LAST_ROW)
        elif name == "table:table":
            self._begin_table(attributes)
        elif self._cell is not None:
            self._begin_text(name, attributes)
        else:
            self._note_style(name, attributes)

    def _begin_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        if self._tables > 1:
            raise Refused(Fault.BROKEN)
        is_hidden = attributes.get("table:style-name", "") in self._hidden_styles
        self._grid = self._pile.begin(attributes.get("table:name", ""), is_hidden=is_hidden)
        self._row = 0

    def _begin_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "text:p":
            self._paragraphs.append([])
        elif name == "text:s" and self._paragraphs:
            self._paragraphs[-1].append(" " * _times(attributes.get("text:c"), 1000))
        elif name in _BREAKS and self._paragraphs:
            self._paragraphs[-1].append(_BREAKS[name])

    def _note_style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style:style":
            self._style = attributes.get("style:name", "")
        elif name == "style:table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name in _NOTES or name in _PICTURES:
            self._silent -= 1
        elif self._silent:
            return
        elif name in _CELLS:
            self._finish_cell()
        elif name == "table:table-row":
            self._finish_row()
        elif name == "table:table" and self._grid is not None:
            self._tables -= 1
            self._grid.finish()
            self._grid = None

    def _letter(self, letters: str) -> None:
        if self._cell is not None and self._paragraphs and not self._silent:
            self._paragraphs[-1].append(letters)

    def _finish_cell(self) -> None:
        cell, self._cell = self._cell or {}, None
        times = _times(cell.get("table:number-columns-repeated"), LAST_COLUMN)
        text = "\n".join("".join(pieces) for pieces in self._paragraphs)
        if not self._is_covered and (text or "office:value-type" in cell or "table:formula" in cell):
            self._kept.append((self._column, cell, text, self._is_merged(cell), times))
        self._column += times

    def _is_merged(self, cell: dict[str, str]) -> bool:
        return "table:number-columns-spanned" in cell or "table:number-rows-spanned" in cell

    def _finish_row(self) -> None:
        if self._kept:
            # One more than is allowed is enough to be refused.
            for row in range(self._row, self._row + min(self._rows_repeated, MOST_ROWS + 1)):
                for column, cell, text, is_merged, times in self._kept:
                    self._put_all(row, column, min(times, MOST_COLUMNS + 1), cell, text)
                    if is_merged:
                        self._merge(row, column, cell)
        self._row += self._rows_repeated
        if self._row > LAST_ROW:
            raise Refused(Fault.BROKEN)

    def _merge(self, row: int, column: int, cell: dict[str, str]) -> None:
        if self._grid is not None:
            height = _times(cell.get("table:number-rows-spanned"), LAST_ROW)
            width = _times(cell.get("table:number-columns-spanned"), LAST_COLUMN)
            self._grid.merge(row, column, row + height - 1, column + width - 1)

    def _put_all(self, row: int, column: int, times: int, cell: dict[str, str], text: str) -> None:
        for place in range(column, column + times):
            self._put(row, place, cell, text)

    def _put(self, row: int, column: int, cell: dict[str, str], text: str) -> None:
        if self._grid is None:
            raise Refused(Fault.BROKEN)
        kind = cell.get("office:value-type", "string")
        flags = FORMULA if "table:formula" in cell else 0
        number = decimal_of(cell.get("office:value", ""))
        if cell.get("table:formula") in _YES_AND_NO:
            kind, flags = "boolean", 0
        if flags and _ERROR.fullmatch(text):
            self._grid.put(row, column, CellKind.ERROR, text, flags)
        elif kind in {"float", "currency", "percentage"} and number is not None:
            flags |= PERCENT if kind == "percentage" else 0
            self._grid.put(row, column, CellKind.NUMBER, number, flags)
        elif kind == "date" and (day := written_day(cell.get("office:date-value", ""))):
            self._grid.put(row, column, CellKind.DATE, day, flags)
        elif kind == "boolean":
            is_true = cell.get("office:boolean-value") == "true" or cell.get("table:formula") == _YES
            self._grid.put(row, column, CellKind.FLAG, str(int(is_true)))
        else:
            self._grid.put_text(row, column, text or cell.get("office:string-value", ""), flags)


def _times(written: str | None, most: int) -> int:
    """Read how often something is repeated. Raises Refused for what is no such number."""
    if written is None:
        return 1
    times = whole_of(written)
    if times is None:
        raise Refused(Fault.BROKEN)
    return max(1, min(times, most))
