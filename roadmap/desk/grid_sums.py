"""What stands at the foot of the grid: the money of the rows on its page, added up as the cells say it now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from roadmap.desk.columns import Column
from roadmap.plan.fields import Choices, FieldError


class Said(Protocol):
    """A cell, as far as adding up goes."""

    @property
    def column(self) -> Column:
        """Under what it stands."""

    @property
    def words(self) -> str:
        """What it says."""


@dataclass(frozen=True)
class ColumnSum:
    """One column of money: its place in the row, and its sum."""

    place: int
    sum: int


@dataclass(frozen=True)
class Sums:
    """The sums by column, after how many columns without money they begin, and how many cells are no number."""

    before: int
    columns: Sequence[ColumnSum]
    left_out: int

    @property
    def total(self) -> int:
        """All money on the page."""
        return sum(column.sum for column in self.columns)


def sums_of(rows: Iterable[Sequence[Said]], columns: Sequence[Column], choices: Choices) -> Sums:
    """Add up the cells of money as they are read when they are saved; what cannot be read is counted as left out."""
    sums = {place: 0 for place, column in enumerate(columns, 1) if column.key}
    left_out = 0
    for cells in rows:
        for place in sums:
            amount = _amount(cells[place - 1], choices)
            sums[place] += amount or 0
            left_out += amount is None
    before = min(sums, default=len(columns) + 1) - 1
    return Sums(before, [ColumnSum(place, found) for place, found in sums.items()], left_out)


def _amount(cell: Said, choices: Choices) -> int | None:
    try:
        return int(str(cell.column.read(cell.words, choices) or 0))
    except FieldError:
        return None
