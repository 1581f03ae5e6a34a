"""A file of tables as it was read: sheets of cells, plain enough to be kept as JSON; nothing is understood yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from string import ascii_uppercase
from typing import Any, Self

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 100
LONGEST_CELL = 32_767
# Of a whole book, so that what is read fits into memory many times over.
MOST_SHEETS = 200
MOST_CELLS = 500_000
MOST_LETTERS = 20_000_000


class CellKind(StrEnum):
    """What a cell holds; an empty cell is no Cell but None."""

    TEXT = "s"
    NUMBER = "n"
    DATE = "d"
    FLAG = "b"
    ERROR = "e"


@dataclass(frozen=True)
class Cell:
    """One cell: text as it stands, a number as a plain decimal, a date as ISO, a flag as 1 or 0, an error as #REF!.

    `is_formula`: the file holds a formula here and this is the result it was saved with ("" where it holds none).
    `is_percent`: the number is shown as a percentage (0.729 is read by people as 72,9).
    `is_literal`: the file has a quote before the text, taken off here, so that nobody takes it for anything else.
    """

    kind: CellKind
    text: str
    is_formula: bool = False
    is_percent: bool = False
    is_literal: bool = False

    def as_json(self) -> list[Any]:
        """Write it as a list."""
        flags = int(self.is_formula) + 2 * int(self.is_percent) + 4 * int(self.is_literal)
        return [str(self.kind), self.text, flags]

    @classmethod
    def from_json(cls, found: Sequence[Any]) -> Self:
        """Read what `as_json` wrote."""
        flags = int(found[2])
        return cls(CellKind(found[0]), str(found[1]), bool(flags & 1), bool(flags & 2), bool(flags & 4))


@dataclass(frozen=True)
class Area:
    """Cells that were merged into one: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: rows of cells from its first row on, so that row 13 here is row 14 to people."""

    name: str
    rows: tuple[tuple[Cell | None, ...], ...]
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False

    def at(self, row: int, column: int) -> Cell | None:
        """Give a cell; None where there is none."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    @property
    def width(self) -> int:
        """The number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True)
class Book:
    """A file as it was read; `remarks` are sentences about what was left aside (macros, pictures, links)."""

    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = field(default=())

    def named(self, name: str) -> Sheet | None:
        """Find a sheet by its name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def as_json(self) -> dict[str, Any]:
        """Write it as plain values."""
        return {
            "sheets": [
                {
                    "name": sheet.name,
                    "hidden": sheet.is_hidden,
                    "merged": [[area.top, area.left, area.bottom, area.right] for area in sheet.merged],
                    "rows": [[cell and cell.as_json() for cell in row] for row in sheet.rows],
                }
                for sheet in self.sheets
            ],
            "remarks": list(self.remarks),
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            tuple(
                Sheet(
                    one["name"],
                    tuple(
                        tuple(Cell.from_json(cell) if cell else None for cell in row) for row in one["rows"]
                    ),
                    tuple(Area(*area) for area in one["merged"]),
                    bool(one["hidden"]),
                )
                for one in found["sheets"]
            ),
            tuple(found["remarks"]),
        )


def letters_of(column: int) -> str:
    """Name a column as spreadsheets do: A, B, … Z, AA."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, len(ascii_uppercase))
        name = ascii_uppercase[letter] + name
    return name
