"""The second step: which sheets are taken, where their headings stand, and where each column belongs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.history.models import Roadmap
from roadmap.intake import operations
from roadmap.intake.access import intake_for
from roadmap.intake.blueprint import bp
from roadmap.intake.books import Book, Sheet, letters_of
from roadmap.intake.cell_words import cell_words
from roadmap.intake.forms import ROWS_OFFERED, Sketch, heading_rows, read_layout
from roadmap.intake.layouts import Column, Layout, Reading, SheetLayout
from roadmap.intake.models import Intake, State
from roadmap.intake.offering import places
from roadmap.intake.queries import book_of, layout_of
from roadmap.intake.reading_words import say_reading
from roadmap.intake.remembering import remembered_for
from roadmap.intake.showing import say, step_page
from roadmap.intake.trial_words import earlier_told
from roadmap.intake.working import go_on_working
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import roadmap_for
from roadmap.plan.kinds import KINDS, SOURCES
from roadmap.plan.queries import choices_for
from roadmap.plan.words import money_key
from roadmap.text.plain import excerpt
from roadmap.web.declare import for_oneself
from roadmap.web.language import chosen_language

EXAMPLES = 3
EXAMPLE_LENGTH = 80
PREVIEW_ROWS = 12
PREVIEW_LENGTH = 60
ROW_LENGTH = 90

Places = Sequence[tuple[str, Sequence[tuple[str, str]]]]


@dataclass(frozen=True)
class ColumnShown:
    """One column on the page: its letter, heading, a few values, its place, and how its cells are read."""

    index: int
    letter: str
    heading: str
    examples: list[str]
    target: str
    own_place: str
    reading: str


@dataclass(frozen=True)
class SheetShown:
    """One sheet on the page; of one that is not taken nothing but its name and size is shown."""

    index: int
    name: str
    rows: int
    is_hidden: bool
    is_ours: bool = False
    is_taken: bool = False
    is_turned: bool = False
    drawn: str = ""
    top: int = 0
    lines: int = 1
    heading_choices: Sequence[tuple[int, str]] = ()
    columns: Sequence[ColumnShown] = ()
    preview: Sequence[tuple[int, bool, Sequence[str]]] = ()
    letters: Sequence[str] = ()


@bp.get("/intakes/<int:intake_id>/layout", endpoint="lay_out")
@for_oneself
def show_layout(intake_id: int) -> Response:
    """Show how a table is laid out, also after it was tried."""
    person = acting_person()
    found = intake_for(person, intake_id)
    if found.state not in {State.LAYOUT, State.TRIAL}:
        return redirect(url_for("intake.intake", intake_id=found.id), 302)
    return layout_page(roadmap_for(person, found.roadmap_id, to=Act.SEE), found)


@bp.post("/intakes/<int:intake_id>/layout")
@for_oneself
def lay_it_out(intake_id: int) -> Response:
    """Lay a table out as the form says and have it tried; where headings were changed, show them read anew first."""
    person = acting_person()
    found = intake_for(person, intake_id)
    roadmap = roadmap_for(person, found.roadmap_id, to=Act.SEE)
    book = book_of(found)
    sketch = read_layout(
        request.form,
        book,
        _named(layout_of(found), book),
        _targets(_places(roadmap)),
        remembered_for(roadmap.region_id),
        years=choices_for(roadmap).years,
    )
    if request.form.get("look") or sketch.redrawn:
        return layout_page(roadmap, found, book=book, sketch=sketch)
    if wrong := _what_is_wrong(sketch.layout):
        return layout_page(
            roadmap,
            found,
            book=book,
            sketch=sketch,
            error=wrong,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    outcome = once(
        person,
        pressed(),
        lambda: operations.lay_out(person, intake_id, sketch.layout),
        lambda one: url_for("intake.intake", intake_id=one.id),
    )
    return go_on_working(outcome.result, outcome.address)


def layout_page(
    roadmap: Roadmap,
    found: Intake,
    *,
    book: Book | None = None,
    sketch: Sketch | None = None,
    error: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    """Show the second step, as it is kept or as the form has it that is given back."""
    book = book or book_of(found)
    layout = sketch.layout if sketch else _named(layout_of(found), book)
    offered = _places(roadmap)
    sheets = shown_sheets(book, layout, _targets(offered))
    return step_page(
        "intake/layout.html",
        roadmap,
        2,
        status=status,
        intake=found,
        book=book,
        earlier=earlier_told(found, acting_person()),
        sheets=sheets,
        places=offered,
        is_ours=bool(layout.sheets) and all(one.is_ours for one in layout.sheets),
        redrawn=sketch is not None and not error,
        error=error,
        remarks=[_(remark) for remark in book.remarks],
        trouble=say(found.trouble["sentence"], found.trouble.get("values")) if found.trouble else "",
        outcome_title=_("Perlu diperbaiki:") if error else "",
    )


def shown_sheets(book: Book, layout: Layout, offered: Collection[str]) -> list[SheetShown]:
    """Give every sheet of a book as the page shows it; our own hidden ones are not people's business."""
    taken = {one.sheet: one for one in layout.sheets}
    ours = any(one.is_ours or one.is_known for one in layout.sheets)
    return [
        _shown(sheet, index, taken.get(index), offered)
        for index, sheet in enumerate(book.sheets)
        if index in taken or not (ours and sheet.is_hidden)
    ]


def _shown(sheet: Sheet, index: int, one: SheetLayout | None, offered: Collection[str]) -> SheetShown:
    rows = sum(any(cell is not None for cell in row) for row in sheet.rows)
    if one is None:
        return SheetShown(index, sheet.name, rows, sheet.is_hidden)
    top, bottom = one.headings
    return SheetShown(
        index,
        sheet.name,
        rows,
        sheet.is_hidden,
        is_ours=one.is_ours,
        is_taken=True,
        is_turned=one.is_turned,
        drawn=heading_rows(one),
        top=top,
        lines=bottom - top + 1,
        heading_choices=_heading_choices(sheet, top),
        columns=[_column(sheet, one, column, offered) for column in one.columns],
        preview=_preview(sheet, one),
        letters=[letters_of(number) for number in range(sheet.width)],
    )


def _own_place(column: Column, offered: Collection[str]) -> str:
    """Say the place of a column where it is more precise than those that are offered: money of a year and a source."""
    if column.target is None or str(column.target) in offered:
        return ""
    field = KINDS[column.target.kind].by_name.get(column.target.field)
    if field is None:
        return column.heading or str(_(KINDS[column.target.kind].label))
    return f"{_(field.label)} {' '.join(money_key(column.target.key, SOURCES))}".strip()


def _column(sheet: Sheet, one: SheetLayout, column: Column, offered: Collection[str]) -> ColumnShown:
    is_group = column.index >= sheet.width and not one.is_turned
    return ColumnShown(
        column.index,
        _letter(sheet, one, column),
        _("Judul di antara baris-baris") if is_group else column.heading,
        [column.heading] if is_group else _examples(sheet, one, column.index),
        str(column.target) if column.target else "",
        _own_place(column, offered),
        say_reading(column.reading) if column.reading != Reading() else "",
    )


def _letter(sheet: Sheet, one: SheetLayout, column: Column) -> str:
    """Name a column as spreadsheets do; titles that stand between the rows have none."""
    if one.is_turned:
        return _("Baris %(row)s", row=column.index + 1)
    return letters_of(column.index) if column.index < sheet.width else ""


def _examples(sheet: Sheet, one: SheetLayout, column: int) -> list[str]:
    """Give the first few different values below the heading."""
    found: list[str] = []
    for row in range(one.first, one.last + 1):
        cell = sheet.at(column, row) if one.is_turned else sheet.at(row, column)
        words = excerpt(cell_words(cell), EXAMPLE_LENGTH)
        if words and words not in found:
            found.append(words)
        if len(found) == EXAMPLES:
            break
    return found


def _heading_choices(sheet: Sheet, chosen: int) -> list[tuple[int, str]]:
    """Offer the first filled rows as the heading, each by what stands in it."""
    offered = [
        (number, _row_words(sheet, number))
        for number in range(min(len(sheet.rows), ROWS_OFFERED))
        if any(cell is not None for cell in sheet.rows[number])
    ]
    if chosen >= ROWS_OFFERED:
        offered.append((chosen, _row_words(sheet, chosen)))
    return [*offered, (-1, _("Tidak ada judul kolom"))]


def _row_words(sheet: Sheet, number: int) -> str:
    words = ", ".join(cell_words(cell) for cell in sheet.rows[number] if cell is not None)
    return _("Baris %(row)s: %(words)s", row=number + 1, words=excerpt(" ".join(words.split()), ROW_LENGTH))


def _preview(sheet: Sheet, one: SheetLayout) -> list[tuple[int, bool, Sequence[str]]]:
    """Give the first rows from a little above the heading: number, whether it is a heading, cells."""
    top, bottom = one.headings
    filled = (n for n, row in enumerate(sheet.rows) if any(cell is not None for cell in row))
    start = max(0, min(max(top - 1, 0), next(filled, 0)) if top < PREVIEW_ROWS else top - 1)
    return [
        (
            number + 1,
            not one.is_turned and top <= number <= bottom,
            [excerpt(cell_words(sheet.at(number, column)), PREVIEW_LENGTH) for column in range(sheet.width)],
        )
        for number in range(start, min(len(sheet.rows), start + PREVIEW_ROWS))
    ]


def _named(layout: Layout, book: Book) -> Layout:
    """Put the names of the sheets into a layout that was kept without them."""
    return Layout(tuple(replace(one, name=book.sheets[one.sheet].name) for one in layout.sheets))


def _places(roadmap: Roadmap) -> Places:
    years = choices_for(roadmap, language=chosen_language()).years
    return places(years)


def _targets(offered: Places) -> set[str]:
    return {target for _group, members in offered for target, _label in members}


def _what_is_wrong(layout: Layout) -> str:
    if not layout.sheets:
        return _("Pilih paling sedikit satu lembar yang diambil.")
    if not any(column.target for one in layout.sheets for column in one.columns):
        return _("Belum ada kolom yang mendapat tempat. Pilih tempatnya paling sedikit untuk satu kolom.")
    return ""
