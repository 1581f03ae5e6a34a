"""The rows of one sheet of a workbook, read while they are unpacked; empty ones cost little and leave nothing."""

import re

from roadmap.intake.books import LONGEST_CELL, MOST_ROWS, CellKind
from roadmap.intake.parser.faults import Fault, Refused
from roadmap.intake.parser.figures import Look, day_of, decimal_of, is_number, time_of, whole_of, written_day
from roadmap.intake.parser.grid import FORMULA, PERCENT, Grid
from roadmap.intake.parser.parts import DEEPEST, Parts, local, safe_parser
from roadmap.intake.parser.strings import unescaped

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_DIGITS = "0123456789"
_LETTERS = re.compile("[A-Z]{1,3}")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
# Each letter may be written as _x000D_.
_LONGEST_WRITTEN = 7 * LONGEST_CELL
_BEYOND = "#NUM!"


class RowReader:
    """Reads the cells of one sheet into a grid."""

    def __init__(self, grid: Grid, strings: list[str], looks: list[Look], *, is_1904: bool) -> None:
        """Know what the workbook says once for all its cells."""
        self._grid, self._strings, self._looks, self._is_1904 = grid, strings, looks, is_1904
        self._columns: dict[str, int] = {}
        self._depth = self._length = 0
        self._row = self._column = -1
        # Where the cell says it stands; a cell that does not say stands beside the one before.
        self._place: str | None = None
        self._cell: dict[str, str] = {}
        self._value: list[str] | None = None
        self._is_read = self._is_reading_aid = self._is_formula = False
        # With the prefix that the first element has.
        self._c = self._f = self._r = self._merge = self._aid = ""
        self._texts: frozenset[str] = frozenset()
        self._counted_apart: frozenset[str] = frozenset()
        self._parser = safe_parser()

    def read(self, parts: Parts, name: str) -> None:
        """Read a sheet. Raises Refused for what is no sheet, a broken one, or one beyond the limits."""
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._letter
        parts.parse(name, self._parser)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._c:
            # Millions of empty cells pass here: what is not needed of them is not looked at.
            self._cell = attributes
            place = attributes.get("r")
            if place is None:
                self._column = self._column_here() + 1
            self._place = place
        elif name in self._texts:
            self._is_read = not self._is_reading_aid
            if self._value is None:
                self._value, self._length = [], 0
        elif name == self._r:
            self._begin_row(attributes.get("r"))
            if self._row >= MOST_ROWS:
                self._parser.StartElementHandler, self._parser.EndElementHandler = self._start_far, None
        elif name == self._f:
            self._is_formula = True
        else:
            self._begin_other(name, attributes)

    def _start_far(self, name: str, attributes: dict[str, str]) -> None:
        """Pass over what is empty below the last row that is read, with half the calls; look closely at the rest."""
        if name == self._c:
            self._cell = attributes
            place = attributes.get("r")
            if place is None:
                self._column = self._column_here() + 1
            self._place = place
        elif name == self._r:
            self._begin_row(attributes.get("r"))
        else:
            self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
            self._start(name, attributes)

    def _begin_other(self, name: str, attributes: dict[str, str]) -> None:
        if not self._c:
            self._begin_sheet(name)
        elif name == self._merge:
            self._merged(attributes.get("ref", ""))
        elif name == self._aid:
            self._is_reading_aid = True
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused(Fault.DISGUISED)

    def _end(self, name: str) -> None:
        if name == self._c:
            if self._value is not None or self._is_formula:
                self._finish_cell()
        elif name in self._texts:
            self._is_read = False
        elif name not in self._counted_apart:
            self._depth -= 1
            if name == self._aid:
                self._is_reading_aid = False

    def _finish_cell(self) -> None:
        if self._row < 0:
            raise Refused(Fault.BROKEN)
        self._column, self._place = self._column_here(), None
        self._put("".join(self._value or ()))
        self._value, self._is_formula, self._is_read = None, False, False

    def _letter(self, letters: str) -> None:
        if self._is_read and self._value is not None and self._length <= _LONGEST_WRITTEN:
            # What is longer is refused when the cell ends, whatever else would follow.
            self._value.append(letters)
            self._length += len(letters)

    def _begin_sheet(self, name: str) -> None:
        if local(name) != "worksheet":
            raise Refused(Fault.BROKEN)
        prefix = name.removesuffix("worksheet")
        self._c, self._f, self._r, self._merge, self._aid = (
            prefix + part for part in ("c", "f", "row", "mergeCell", "rPh")
        )
        self._texts = frozenset({prefix + "v", prefix + "t"})
        self._counted_apart = frozenset({self._r, self._f})

    def _begin_row(self, number: str | None) -> None:
        self._column, self._place = -1, None
        row = self._row + 1 if number is None else (whole_of(number) or 0) - 1
        if not 0 <= row < LAST_ROW:
            raise Refused(Fault.BROKEN)
        self._row = row

    def _column_here(self) -> int:
        if self._place is None:
            return self._column
        letters = self._place.rstrip(_DIGITS)
        column = self._columns.get(letters)
        return self._column_of(letters) if column is None else column

    def _column_of(self, letters: str) -> int:
        if not _LETTERS.fullmatch(letters):
            raise Refused(Fault.BROKEN)
        column = column_number(letters)
        if column >= LAST_COLUMN:
            raise Refused(Fault.BROKEN)
        self._columns[letters] = column
        return column

    def _put(self, written: str) -> None:
        kind = self._cell.get("t", "n")
        if kind == "n":
            self._put_number(written.strip())
        elif kind == "s":
            self._put_text(self._shared(written))
        elif kind in {"str", "inlineStr"}:
            self._put_text(unescaped(written))
        elif kind == "b":
            # LibreOffice writes yes and no as the formulas TRUE() and FALSE(), so a flag is never called one.
            flag = "1" if written.strip() in {"1", "true"} else "0"
            self._grid.put(self._row, self._column, CellKind.FLAG, flag)
        elif kind == "e":
            self._put_kind(CellKind.ERROR, written.strip()[:40] or "#VALUE!")
        elif kind == "d" and (day := written_day(written.strip())):
            self._put_kind(CellKind.DATE, day)
        else:
            self._put_text(unescaped(written))

    def _shared(self, written: str) -> str:
        number = whole_of(written.strip())
        if number is None or number >= len(self._strings):
            raise Refused(Fault.BROKEN)
        return self._strings[number]

    def _put_text(self, text: str) -> None:
        self._grid.put_text(self._row, self._column, text, self._flags)

    def _put_number(self, written: str) -> None:
        if not written:
            if self._is_formula:
                self._put_kind(CellKind.TEXT, "")
            return
        number = decimal_of(written)
        if number is None:
            if is_number(written):
                self._put_kind(CellKind.ERROR, _BEYOND)
            else:
                self._put_text(unescaped(written))
            return
        look = self._look
        if look is Look.PLAIN:
            self._put_kind(CellKind.NUMBER, number)
        elif look is Look.PERCENT:
            self._grid.put(self._row, self._column, CellKind.NUMBER, number, self._flags | PERCENT)
        else:
            self._put_moment(number, look)

    def _put_moment(self, number: str, look: Look) -> None:
        serial = float(number)
        day = day_of(serial, is_1904=self._is_1904) if look is Look.DATE else None
        is_duration = look is Look.DURATION
        time = time_of(serial, is_duration=is_duration) if look is not Look.DATE else None
        if day is not None:
            self._put_kind(CellKind.DATE, day)
        elif time is not None:
            self._put_text(time)
        else:
            self._put_kind(CellKind.NUMBER, number)

    def _put_kind(self, kind: CellKind, text: str) -> None:
        self._grid.put(self._row, self._column, kind, text, self._flags)

    @property
    def _flags(self) -> int:
        return FORMULA if self._is_formula else 0

    @property
    def _look(self) -> Look:
        style = whole_of(self._cell.get("s", "0"))
        return self._looks[style] if style is not None and style < len(self._looks) else Look.PLAIN

    def _merged(self, area: str) -> None:
        first, _, last = area.partition(":")
        start, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if not start or not end:
            raise Refused(Fault.BROKEN)
        self._grid.merge(
            int(start.group(2)) - 1,
            column_number(start.group(1)),
            int(end.group(2)) - 1,
            column_number(end.group(1)),
        )


def column_number(letters: str) -> int:
    """Give the number of a column, counted from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
