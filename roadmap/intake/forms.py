"""What the forms of the intake bring: how a table is laid out, answers, mended cells."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from roadmap.exchange.columns import Target
from roadmap.intake.books import Book
from roadmap.intake.grid import Grid
from roadmap.intake.guessing import Remembered
from roadmap.intake.headings import describe, entry_rows
from roadmap.intake.layouts import Column, Layout, Reading, SheetLayout

ANSWER, CELL, SKIP, UNDECIDED = "answer:", "cell:", "skip", "undecided"
MOST_HEADING_ROWS = 3
ROWS_OFFERED = 20
_WHERE = re.compile(r"\d{1,3}-\d{1,6}-\d{1,5}")
LONGEST_NUMBER = 6


@dataclass(frozen=True)
class Sketch:
    """A layout as a form has it; `redrawn` tells that headings were read anew and the person has not seen them."""

    layout: Layout
    redrawn: bool = False


def heading_rows(one: SheetLayout) -> str:
    """Write the heading rows a form was drawn with, to be told whether they were changed since."""
    return f"{one.headings[0]}_{one.headings[1]}_{int(one.is_turned)}"


def read_layout(
    form: MultiDict[str, str],
    book: Book,
    stored: Layout,
    allowed: Collection[str],
    remembered: Remembered | None = None,
    *,
    years: Sequence[int] = (),
) -> Sketch:
    """Read how a person lays a book out; what the form does not say stays as it was proposed."""
    known = {one.sheet: one for one in stored.sheets}
    taken = [index for index in range(len(book.sheets)) if str(index) in form.getlist("sheet")]
    sheets, redrawn = [], False
    for index in taken:
        drawn = form.get(f"drawn-{index}", "")
        one = _with_headings(form, book, index, known.get(index), remembered, years)
        if drawn == heading_rows(one):
            one = replace(one, columns=tuple(_placed(form, index, column, allowed) for column in one.columns))
        elif not one.is_ours:
            redrawn = True
        sheets.append(one)
    return Sketch(Layout(tuple(sheets)), redrawn)


def begin_sheet(
    book: Book,
    index: int,
    headings: tuple[int, int] | None = None,
    *,
    is_turned: bool = False,
    remembered: Remembered | None = None,
    years: Sequence[int] = (),
) -> SheetLayout:
    """Lay a sheet out that was not proposed; where no heading is named, its first filled row is taken for it."""
    grid = Grid(book.sheets[index], index, is_turned=is_turned)
    top = next(iter(grid.filled_rows), 0)
    headings = headings or (top, top)
    columns = tuple(describe(book, index, headings, remembered, is_turned=is_turned, years=years))
    first, last = entry_rows(grid, headings)
    return SheetLayout(index, headings, first, last, columns, is_turned, name=book.sheets[index].name)


def read_answers(form: MultiDict[str, str]) -> dict[str, str]:
    """Read what was chosen for each question on the page; an answer that is taken back is an empty one."""
    return {
        name.removeprefix(ANSWER): "" if value == UNDECIDED else value
        for name, value in form.items()
        if name.startswith(ANSWER)
    }


def read_cells(form: MultiDict[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """Read the cells that were written otherwise than they stand (`typed`, by cell)."""
    cells = {}
    for name, value in form.items():
        where = name.removeprefix(CELL)
        if not name.startswith(CELL) or not _WHERE.fullmatch(where):
            continue
        words = value.replace("\r\n", "\n")
        if words.strip() != typed.get(where, "").replace("\r\n", "\n").strip():
            cells[where] = words
    return cells


def _with_headings(  # noqa: PLR0917 - what a sheet is described anew by
    form: MultiDict[str, str],
    book: Book,
    index: int,
    known: SheetLayout | None,
    remembered: Remembered | None,
    years: Sequence[int],
) -> SheetLayout:
    """Give a sheet with the heading rows the form names: as it was known, or described anew."""
    if known is not None and known.is_ours:
        return known
    is_turned = form.get(f"turned-{index}") == "1"
    top = _number(form.get(f"heading-{index}", ""))
    if is_turned:
        return (
            known
            if known is not None and known.is_turned
            else begin_sheet(book, index, is_turned=True, remembered=remembered, years=years)
        )
    if top is None:
        return known or begin_sheet(book, index, remembered=remembered, years=years)
    lines = min(max(_number(form.get(f"lines-{index}", "")) or 1, 1), MOST_HEADING_ROWS)
    last_row = max(len(book.sheets[index].rows) - 1, 0)
    headings = (-1, -1) if top < 0 else (min(top, last_row), min(top + lines - 1, last_row))
    if known is not None and known.headings == headings and not known.is_turned:
        return known
    return begin_sheet(book, index, headings, remembered=remembered, years=years)


def _placed(form: MultiDict[str, str], sheet: int, column: Column, allowed: Collection[str]) -> Column:
    """Put a column where the form says; one the form does not name stays."""
    chosen = form.get(f"place-{sheet}-{column.index}")
    reading = Reading() if form.get(f"ask-{sheet}-{column.index}") else column.reading
    if chosen is None:
        return replace(column, reading=reading)
    if not chosen:
        return replace(column, target=None, reading=reading)
    own = str(column.target) if column.target else ""
    target = Target.read(chosen) if chosen in allowed or chosen == own else column.target
    return replace(column, target=target, reading=reading)


def _number(typed: str) -> int | None:
    digits = typed.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > LONGEST_NUMBER:
        return None
    return int(typed)
