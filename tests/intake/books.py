"""Books for tests: as people type them, and as a workbook of ours comes back, changed here and there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from roadmap.intake.books import Area, Book, Cell, CellKind, Sheet
from roadmap.intake.candidates import Candidate, Gathered
from roadmap.intake.gathering import gather, passport_of
from roadmap.intake.headings import propose
from roadmap.intake.layouts import Layout
from roadmap.intake.naming import Names
from roadmap.plan.fields import Choices

YEARS = (2026, 2027, 2028, 2029, 2030)
RIGHTS = {"r-sehat": "Hak atas kesehatan", "r-didik": "Hak atas pendidikan"}
GROUPS = {"g-perempuan": "Perempuan", "g-anak": "Anak"}
Typed = str | int | float | Cell | None
Areas = Sequence[tuple[int, int, int, int]]


def a_cell(typed: Typed) -> Cell | None:
    if typed is None or typed == "":
        return None
    if isinstance(typed, Cell):
        return typed
    return Cell(CellKind.TEXT, typed) if isinstance(typed, str) else Cell(CellKind.NUMBER, str(typed))


def a_sheet(rows: Sequence[Sequence[Typed]], name: str = "Matriks", merged: Areas = ()) -> Sheet:
    """A sheet of what is typed; merged cells as (top, left, bottom, right)."""
    cells = tuple(tuple(a_cell(typed) for typed in row) for row in rows)
    return Sheet(name, cells, tuple(Area(*area) for area in merged))


def a_book(*sheets: Sheet) -> Book:
    return Book(sheets)


def some_names(answers: Mapping[str, str] | None = None) -> Names:
    """Names of a roadmap that has no item and knows no office yet."""
    choices = Choices(terms={"rights": RIGHTS, "groups": GROUPS}, years=YEARS)
    return Names(choices, [], answers or {})


def gathered(
    book: Book,
    layout: Layout | None = None,
    *,
    answers: Mapping[str, str] | None = None,
    mended: Mapping[str, str] | None = None,
    names: Names | None = None,
    as_new: bool = False,
) -> Gathered:
    """Gather a book as it is proposed, or as laid out; `as_new` as if its passport were another roadmap's."""
    layout = layout or propose(book, {}, YEARS)
    passport = None if as_new else passport_of(book)
    return gather(book, layout, names or some_names(answers), answers or {}, mended or {}, passport)


def targets(layout: Layout, sheet: int = 0) -> dict[str, str]:
    """Say where each heading of a sheet was put; empty for no place."""
    return {one.heading: str(one.target or "") for one in layout.sheets[sheet].columns}


def of_kind(found: Gathered, kind: str) -> list[Candidate]:
    return [one for one in found.candidates if one.kind == kind]


def values(one: Candidate) -> dict[str, object]:
    return {name: given.value for name, given in one.values.items()}


# --- a workbook that comes back


def with_sheet(book: Book, name: str, change: Callable[[list[list[Cell | None]]], object]) -> Book:
    """A book one of whose sheets was changed: the function changes its rows where they stand."""

    def changed(sheet: Sheet) -> Sheet:
        rows = [list(row) for row in sheet.rows]
        width = max(map(len, rows))
        rows = [[*row, *([None] * (width - len(row)))] for row in rows]
        change(rows)
        return replace(sheet, rows=tuple(map(tuple, rows)))

    sheets = [changed(sheet) if sheet.name == name else sheet for sheet in book.sheets]
    return replace(book, sheets=tuple(sheets))


def column_of(rows: Sequence[Sequence[Cell | None]], heading: str) -> int:
    """The place of a heading in the first row."""
    return next(at for at, cell in enumerate(rows[0]) if cell and cell.text == heading)
