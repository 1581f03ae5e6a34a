"""How a person says a table is laid out: its heading rows, and where each column belongs; kept as JSON."""

from dataclasses import dataclass, replace
from typing import Any, Self

from roadmap.exchange.columns import Target


@dataclass(frozen=True)
class Reading:
    """What holds for all cells of a column, once it is known; None where it was not asked yet.

    `decimal`: "," or "." where figures could be read two ways. `day_first`: whether 03/04 is 3 April. `scale`:
    what an amount is multiplied by (1, 1_000, 1_000_000). `year`, `source`: of money or targets that stand in one
    column. `year_from`: the row's own year they are of: "starts_on", "ends_on", or "spread" over all its years.
    `splits`: whether one cell may hold several entries (numbered, on lines, with semicolons). `dash`: what a
    dash means among figures: "" nothing, "0", or "NA".
    """

    decimal: str | None = None
    day_first: bool | None = None
    scale: int | None = None
    year: int | None = None
    year_from: str | None = None
    source: str | None = None
    splits: bool = True
    dash: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Write it as plain values."""
        return {name: value for name, value in vars(self).items() if value != getattr(Reading(), name)}


@dataclass(frozen=True)
class Column:
    """One column: its heading as people read it (two lines joined by " · "), and its place; None for no place."""

    index: int
    heading: str
    target: Target | None = None
    reading: Reading = Reading()


@dataclass(frozen=True)
class SheetLayout:
    """One sheet that is taken: its heading rows (first and last, from 0; -1 for none) and its columns.

    `is_turned`: headings stand in the first column and entries run to the right; rows and columns are exchanged
    before anything else, and both then count in the exchanged table. `first`, `last`: the rows of entries
    (inclusive). `is_ours`: it went out from here, so that its lines are known and its cells were copied. `name` is
    the sheet's, so that a cell can be named without reading the book again; empty where nobody has put it there.
    `is_known`: its columns are those of a workbook or a template of ours, so that nobody need be asked for them.
    """

    sheet: int
    headings: tuple[int, int]
    first: int
    last: int
    columns: tuple[Column, ...]
    is_turned: bool = False
    is_ours: bool = False
    name: str = ""
    is_known: bool = False


@dataclass(frozen=True)
class Layout:
    """The sheets of a book that are taken, in order."""

    sheets: tuple[SheetLayout, ...] = ()

    def as_json(self) -> list[dict[str, Any]]:
        """Write it as plain values."""
        return [
            {
                "sheet": one.sheet,
                "headings": list(one.headings),
                "first": one.first,
                "last": one.last,
                "turned": one.is_turned,
                "ours": one.is_ours,
                "name": one.name,
                "known": one.is_known,
                "columns": [
                    {
                        "index": column.index,
                        "heading": column.heading,
                        "target": str(column.target) if column.target else "",
                        "reading": column.reading.as_json(),
                    }
                    for column in one.columns
                ],
            }
            for one in self.sheets
        ]

    @classmethod
    def from_json(cls, found: list[dict[str, Any]]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            tuple(
                SheetLayout(
                    one["sheet"],
                    (one["headings"][0], one["headings"][1]),
                    one["first"],
                    one["last"],
                    tuple(
                        Column(
                            column["index"],
                            column["heading"],
                            Target.read(column["target"]) if column["target"] else None,
                            replace(Reading(), **column["reading"]),
                        )
                        for column in one["columns"]
                    ),
                    one["turned"],
                    one["ours"],
                    one.get("name", ""),
                    one.get("known", False),
                )
                for one in found
            )
        )
