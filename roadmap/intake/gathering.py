"""What a book and its layout come to: items with their values and links, questions, troubles and remarks. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from roadmap.exchange.passport import Passport, SheetPass
from roadmap.intake.books import Book, letters_of
from roadmap.intake.candidates import Gathered, Where
from roadmap.intake.collecting import Collector
from roadmap.intake.drafts import At, Drafts
from roadmap.intake.grid import Grid
from roadmap.intake.layouts import Column, Layout, SheetLayout
from roadmap.intake.naming import Names
from roadmap.intake.ours import examples_in, passport_of, sheets_of
from roadmap.intake.returning import Returned, is_changed
from roadmap.intake.settling import Settler
from roadmap.text.words import N_

__all__ = ["gather", "passport_of", "place_words"]


def gather(  # noqa: PLR0917 - what a trial is made of
    book: Book,
    layout: Layout,
    names: Names,
    answers: Mapping[str, str],
    mended: Mapping[str, str],
    passport: Passport | None = None,
) -> Gathered:
    """Gather the items of a book. `passport`: only where it is this roadmap's; all rows are new ones else.

    Side effects: what is named in the book is looked up in `names`, which keeps what it asks.
    """
    drafts = Drafts()
    ours = sheets_of(book, passport) if passport and not passport.is_blank else {}
    columns: dict[At, Column] = {}
    examples = examples_in(book)
    for one in layout.sheets:
        grid = Grid(book.sheets[one.sheet], one.sheet, is_turned=one.is_turned, mended=mended)
        for _sheet, row in (found for found in examples if found[0] == one.sheet and not one.is_turned):
            grid.leave_out(row)
        columns |= {(one.sheet, column.index): column for column in one.columns}
        _read_sheet(book, one, grid, drafts, ours.get(one.sheet))
        _tell_without_place(one, grid, drafts)
    columns |= drafts.gone_columns
    names.items.own = drafts.own_labels()
    Settler(drafts, columns, names, answers, {i: one.name for i, one in enumerate(book.sheets)}).settle()
    if passport and ours:
        _tell_of_sheets(book, passport, ours, drafts)
    return _turned_back(drafts.told, {one.sheet for one in layout.sheets if one.is_turned})


def _read_sheet(book: Book, one: SheetLayout, grid: Grid, drafts: Drafts, went_out: SheetPass | None) -> None:
    copy = book.named(went_out.copy) if went_out and one.is_ours else None
    if went_out and copy:
        drafts.told.missing_lines += Returned(grid, one, went_out, copy, drafts).read()
    else:
        Collector(grid, one, drafts).walk()


def _tell_without_place(one: SheetLayout, grid: Grid, drafts: Drafts) -> None:
    """List the columns that hold something and have no place."""
    rows = [row for row in grid.filled_rows if one.first <= row <= one.last]
    placed = {column.index for column in one.columns if column.target}
    headings = {column.index: column.heading for column in one.columns}
    for index in range(grid.width):
        if index not in placed and any(grid.at(row, index) for row in rows):
            heading = headings.get(index) or (str(index + 1) if one.is_turned else letters_of(index))
            drafts.told.without_place.append((one.sheet, heading))


def _tell_of_sheets(book: Book, passport: Passport, ours: Mapping[int, SheetPass], drafts: Drafts) -> None:
    """Tell of sheets that are only read and were changed, and of those that are gone."""
    there = {one.name for one in ours.values()}
    for one in passport.sheets:
        sheet, copy = book.named(one.name), book.named(one.copy)
        if one.kind and one.name not in there:
            drafts.remark(
                None,
                N_("Lembar “%(name)s” tidak ada lagi di berkas ini; isinya di peta jalan tidak disentuh."),
                name=one.name,
            )
        elif not one.kind and sheet and copy and is_changed(sheet, copy):
            drafts.told.touched_read_only.append(one.name)


def _turned_back(told: Gathered, turned: set[int]) -> Gathered:
    """Name the cells of tables that stand on their side as they stand in the file."""
    if not turned:
        return told

    def back(where: Where) -> Where:
        return Where(where.sheet, where.column, where.row) if where.sheet in turned else where

    told.questions = [replace(one, where=tuple(map(back, one.where))) for one in told.questions]
    told.troubles = [replace(one, where=back(one.where)) for one in told.troubles]
    told.remarks = [replace(one, where=one.where and back(one.where)) for one in told.remarks]
    for candidate in told.candidates:
        candidate.values = {
            name: replace(given, where=tuple(map(back, given.where)))
            for name, given in candidate.values.items()
        }
    return told


def place_words(book: Book, layout: Layout, where: Where) -> tuple[str, int, str]:
    """Name a cell for people: its sheet, its row as they count, its column by heading or else by letter."""
    sheet = book.sheets[where.sheet]
    one = next((one for one in layout.sheets if one.sheet == where.sheet), None)
    at = where.row if one and one.is_turned else where.column
    heading = next((column.heading for column in one.columns if column.index == at), "") if one else ""
    return sheet.name, where.row + 1, heading or letters_of(where.column)
