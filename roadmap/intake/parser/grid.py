"""A book under way: cells are put where they stand, and the limits hold while they are put."""

import json
from collections.abc import Iterator

from roadmap.intake.books import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    MOST_SHEETS,
    CellKind,
    letters_of,
)
from roadmap.intake.parser.faults import Aside, Fault, Refused
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.plain import restore_cell

FORMULA, PERCENT, LITERAL = 1, 2, 4
LONGEST_NAME = 100
MOST_COVERED = 2_000_000

# Kind, text and flags, as `Cell.as_json` writes them: half a million of them must fit into the memory allowed.
Put = tuple[str, str, int]


class Grid:
    """One sheet under way."""

    def __init__(self, pile: "Pile", name: str, *, is_hidden: bool) -> None:
        """Begin a sheet without cells."""
        self._pile = pile
        self.name = name
        self.is_hidden = is_hidden
        self.rows: list[list[Put | None]] = []
        self.merged: list[tuple[int, int, int, int]] = []

    def put_text(self, row: int, column: int, text: str, flags: int = 0) -> None:
        """Put a text as people see it; one without any letter is no cell, unless it is a formula's."""
        if len(text) > LONGEST_CELL:
            raise Refused(
                Fault.LONG_CELL, sheet=self.name, cell=cell_name(row, column), most=grouped(LONGEST_CELL)
            )
        if shown := clean(text):
            # A lone dash is nothing; with a quote before it, it is a dash.
            is_literal = text[:1] == "'" and restore_cell(text) != text
            self.put(row, column, CellKind.TEXT, shown, flags | (LITERAL if is_literal else 0))

    def put(self, row: int, column: int, kind: CellKind, text: str, flags: int = 0) -> None:
        """Put a cell. Raises Refused beyond the limits of a sheet or of a book."""
        if row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise Refused(
                Fault.OUTSIDE,
                sheet=self.name,
                cell=cell_name(row, column),
                rows=grouped(MOST_ROWS),
                columns=grouped(MOST_COLUMNS),
            )
        self._pile.count(len(text))
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        if len(cells) <= column:
            cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = (kind.value, text, flags)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Remember that cells were merged, as far as a sheet is read."""
        bottom, right = min(bottom, MOST_ROWS - 1), min(right, MOST_COLUMNS - 1)
        if 0 <= top <= bottom and 0 <= left <= right and (top, left) != (bottom, right):
            self.merged.append((top, left, bottom, right))

    def finish(self) -> None:
        """Empty the cells that a merged area covers, which nobody sees; cut the empty tail."""
        self.merged = sorted(area for area in set(self.merged) if area[0] < len(self.rows))
        covered = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in self.merged)
        if covered > MOST_COVERED:
            raise Refused(Fault.DISGUISED)
        for area in self.merged:
            self._uncover(*area)
        for cells in self.rows:
            while cells and cells[-1] is None:
                cells.pop()
        while self.rows and not self.rows[-1]:
            self.rows.pop()

    def _uncover(self, top: int, left: int, bottom: int, right: int) -> None:
        for row in range(top, min(bottom + 1, len(self.rows))):
            cells = self.rows[row]
            for column in range(left, min(right + 1, len(cells))):
                if (row, column) != (top, left):
                    cells[column] = None


class Pile:
    """A book under way."""

    def __init__(self) -> None:
        """Begin a book without sheets."""
        self.grids: list[Grid] = []
        self.asides: dict[Aside, None] = {}
        self._cells = 0
        self._letters = 0

    def begin(self, name: str, *, is_hidden: bool = False) -> Grid:
        """Begin a sheet; two sheets never share a name. Raises Refused where there are too many."""
        if len(self.grids) >= MOST_SHEETS:
            raise too_much()
        name = normalise_line(name)[:LONGEST_NAME] or "?"
        taken = {grid.name for grid in self.grids}
        free = (candidate for candidate in _names(name) if candidate not in taken)
        grid = Grid(self, next(free), is_hidden=is_hidden)
        self.grids.append(grid)
        return grid

    def count(self, letters: int) -> None:
        """Count one more cell. Raises Refused where it is one too many."""
        self._cells += 1
        self._letters += letters
        if self._cells > MOST_CELLS or self._letters > MOST_LETTERS:
            raise too_much()

    def leave(self, aside: Aside) -> None:
        """Remember that something was left aside."""
        self.asides[aside] = None

    def as_json(self) -> Iterator[str]:
        """Write what `Book.as_json` would write, row by row."""
        yield '{"sheets": ['
        for number, grid in enumerate(self.grids):
            head = {"name": grid.name, "hidden": grid.is_hidden, "merged": grid.merged}
            yield ("," if number else "") + json.dumps(head)[:-1] + ', "rows": ['
            for place, cells in enumerate(grid.rows):
                yield ("," if place else "") + json.dumps(cells)
            yield "]}"
        yield f'], "remarks": {json.dumps([str(aside) for aside in self.asides])}}}'


def too_much() -> Refused:
    """Make the refusal of a book that holds more than is read at once."""
    return Refused(
        Fault.TOO_MUCH,
        sheets=grouped(MOST_SHEETS),
        cells=grouped(MOST_CELLS),
        letters=grouped(MOST_LETTERS),
    )


def clean(text: str) -> str:
    """Give a text as it is stored, without the sign that kept it from being run as a formula."""
    if text.isascii() and text.isprintable() and text[:1] != "'" and text[-1:] != " ":
        return text
    return normalise(restore_cell(text))


def cell_name(row: int, column: int) -> str:
    """Name a cell as people do: B14."""
    return f"{letters_of(column)}{row + 1}"


def grouped(number: int) -> str:
    """Write a limit as Indonesians write numbers."""
    return f"{number:,}".replace(",", ".")


def _names(name: str) -> Iterator[str]:
    yield name
    for number in range(2, MOST_SHEETS + 2):
        yield f"{name} ({number})"
