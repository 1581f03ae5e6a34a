"""What the page of the grid shows: its rows and cells as they stand, or as somebody left them with their words."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.desk.addresses import Addresses
from roadmap.desk.columns import Column, choices_of, columns_of, shown_of
from roadmap.desk.grid_drafts import Draft
from roadmap.desk.grid_sums import sums_of
from roadmap.desk.narrowing import filter_context, look_of
from roadmap.desk.queries import overview_of
from roadmap.desk.rows import CellClash, Sent, SentRow, lay_over, names_in, read_rows, work_out
from roadmap.errors import NotThere
from roadmap.history.drafting import age_of, form_address
from roadmap.history.errors import EditConflict
from roadmap.history.models import Roadmap
from roadmap.history.unsaved import FIELDS
from roadmap.people.models import Person
from roadmap.people.queries import people_by_uid
from roadmap.plan.fields import FieldError
from roadmap.plan.kinds import ACTION, OWNER_FIELDS
from roadmap.plan.outline import ItemView
from roadmap.plan.pages import roadmap_page
from roadmap.text.normal import normalise_line
from roadmap.web.errors import say as say_refusal
from roadmap.web.language import chosen_language
from roadmap.web.paging import PARAMETER, page_of

ROWS = 50
COLUMNS = "kolom"
# Saving one row has an address of its own: what was typed into the others stays written down at that of the page.
ROW = "baris"
EVERYWHERE, TICKED = "semua", "dicentang"


@dataclass(frozen=True)
class Cell:
    """One cell: what its box holds, or what it says where it cannot be changed; and what is the matter with it."""

    column: Column
    words: str
    is_open: bool
    is_changed: bool = False
    error: str = ""
    clash: CellClash | None = None
    choice: str = ""


@dataclass(frozen=True)
class Row:
    """One action as a row; `sent` is what a form said of it, where words wait in it."""

    item: ItemView
    number: str
    base: int | None
    is_open: bool
    cells: list[Cell]
    sent: SentRow | None = None
    message: str = ""
    other_name: str = ""


class GridPage:
    """One reading of the grid for a person, with the words of a form where one was sent."""

    def __init__(self, person: Person, roadmap: Roadmap, sent: Sent, draft: Draft) -> None:
        """Read the plan, and what was sent or is taken up again."""
        self.person, self.roadmap = person, roadmap
        self.sent, self.draft = sent, draft
        self.ticked = frozenset(self.sent.getlist("ticked"))
        self.fill_error = ""
        self.read_again()
        self.rows = read_rows(self.sent, self.columns)
        work_out(roadmap.id, self.rows, self.columns, self.standing, self.choices)
        if draft.is_taken_up:
            lay_over(roadmap.id, self.rows, self.columns, self.standing, self.choices)
        self.carried = {number: row for number, row in self.rows.items() if row.changed}

    def read_again(self) -> None:
        """Read the plan as it stands now."""
        whole = overview_of(self.person, self.roadmap, language=chosen_language())
        self.look = look_of(self.person, self.roadmap, whole)
        self.choices = whole.choices
        actions = whole.plan.items["action"]
        self.standing = {item.id: item for item in actions}
        named = names_in(self.sent) | set(self.sent.get(FIELDS, "").split())
        self.all_columns = columns_of(actions, self.choices.years, named)
        chosen = set(request.args.getlist(COLUMNS))
        self.columns = shown_of(self.all_columns, chosen, actions, named)
        self.page = page_of(self.look.shown.numbers.actions, ROWS)

    def carry(self, rows: Mapping[int, SentRow]) -> None:
        """Show these rows with the words that were sent, all others as they stand."""
        self.carried = {number: row for number, row in rows.items() if row.changed or row.is_held}

    @property
    def has_unsaved(self) -> bool:
        """Tell whether words wait in some row."""
        return bool(self.carried)

    @property
    def kept_uid(self) -> str:
        """Name the words that the form goes on from; none where some of them have no place in it, so that they stay."""
        return "" if self.draft.is_taken_up and self.homeless else self.draft.uid

    @property
    def homeless(self) -> list[tuple[str, str]]:
        """The words taken up that have no cell any more, each beside what it was written for."""
        if not self.draft.is_taken_up:
            return []
        found = []
        for number, row in self.carried.items():
            item = self.standing.get(number)
            if item is not None and self.look.whole.may_edit(item):
                continue
            name = self._name(row) if item is not None else _("Rencana aksi yang sudah dihapus")
            found += [
                (f"{name} · {column.label}", row.changed[column.id])
                for column in self.columns
                if column.id in row.changed
            ]
        return found

    @property
    def office_names(self) -> list[str]:
        """What can be named as an office, each once."""
        return sorted(set(self.choices.organisations.values()), key=str.casefold)

    @property
    def column_list(self) -> list[tuple[str, str]]:
        """The columns that can be filled."""
        return [(one.id, one.label) for one in self.columns if self._is_open(one)]

    @property
    def url(self) -> str:
        """The address of this page of the grid, with its filter and its columns."""
        return self.address(self.page.number)

    def address(self, number: int = 1) -> str:
        """Give the address of a page of the grid as it is looked at."""
        parts = [*self.look.wanted.args.items(), *((COLUMNS, one) for one in request.args.getlist(COLUMNS))]
        parts += [(PARAMETER, str(number))] if number > 1 else []
        here = url_for("desk.grid", roadmap_id=self.roadmap.id)
        return f"{here}?{urlencode(parts)}" if parts else here

    def fill_down(self) -> bool:
        """Write one text into a column of the ticked rows, or of all, saving nothing; False where it means nothing."""
        column = next((one for one in self.columns if one.id == self.sent.get("fill-column")), None)
        text = normalise_line(self.sent.get("fill-value", ""))
        everywhere = self.sent.get("fill-rows") == EVERYWHERE
        rows = [row for row in self.rows.values() if everywhere or str(row.item_id) in self.ticked]
        rows = [row for row in rows if column is not None and column.id in row.typed]
        try:
            value = column.read(text, self.choices) if column is not None else None
        except FieldError as problem:
            self.fill_error = _(problem.sentence, **problem.values) if problem.values else _(problem.sentence)
            return False
        if column is None or not rows:
            self.fill_error = _("Pilih kolomnya, dan centang baris yang akan diisi.")
            return False
        for row in rows:
            row.typed[column.id] = column.box_of(value, self.choices)
        work_out(self.roadmap.id, self.rows, self.columns, self.standing, self.choices)
        self.carry(self.rows)
        return True

    def row_views(self) -> list[Row]:
        """Give the rows of this page, and before them those with words that the filter no longer shows."""
        here = list(self.page.items)
        there = {item.id for item in here}
        beside = [
            self.standing[number]
            for number in self.carried
            if number not in there and number in self.standing
        ]
        names = people_by_uid(
            [
                row.refusal.overtaken_by
                for row in self.carried.values()
                if isinstance(row.refusal, EditConflict)
            ]
        )
        return [self._row(item, {uid: one.name for uid, one in names.items()}) for item in [*beside, *here]]

    def row_view(self, item_id: int) -> Row:
        """Give one row. Raises NotThere for an action that does not stand."""
        if item_id not in self.standing:
            raise NotThere
        return next(row for row in self.row_views() if row.item.id == item_id)

    @property
    def gone(self) -> list[SentRow]:
        """The rows with words whose action was removed."""
        if self.draft.is_taken_up:
            return []
        return [row for row in self.carried.values() if row.is_gone or row.item_id not in self.standing]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every message with the cell it leads to."""
        return [
            (f"c-{row.item_id}-{name}", f"{self._name(row)}: {sentence}")
            for row in self.carried.values()
            if row.item_id in self.standing
            for name, sentence in self._messages(row)
        ]

    def words_of(self, row: SentRow, *, as_values: bool) -> dict[str, object]:
        """Give the words of a row as the recovery box keeps them: values of a clash, else as a form would send them."""
        if as_values:
            return dict(row.values)
        words: dict[str, object] = {}
        for name, value in row.values.items():
            raw = ACTION.by_name[name].type.raw(name, value)
            words |= {box: values[0] for box, values in raw.items() if values}
        for place, name in enumerate(row.errors, 30):
            column = next(one for one in self.columns if one.id == name)
            text = row.changed[name]
            if column.key:
                box = f"{column.field.name}-{place}"
                words |= {f"{box}-year": column.year, f"{box}-source": column.source, f"{box}-amount": text}
            else:
                words[f"{name}-year" if column.widget == "month" else name] = text
        return words

    def _messages(self, row: SentRow) -> list[tuple[str, str]]:
        labels = {column.id: column.label for column in self.columns}
        found = [
            (
                name,
                _(
                    "%(column)s “%(words)s”: %(sentence)s",
                    column=labels[name],
                    words=row.changed[name],
                    sentence=sentence,
                ),
            )
            for name, sentence in row.errors.items()
        ]
        found += [
            (name, _("Pilih tulisan yang dipakai untuk %(field)s.", field=labels[name]))
            for name in row.clashes
        ]
        if row.refusal and not row.clashes:
            found.append((next(iter(row.changed), ""), say_refusal(row.refusal)))
        return found

    def _name(self, row: SentRow) -> str:
        item = self.standing[row.item_id]
        return f"{self.look.whole.numbers[item.uid]} {item.label}".strip()

    def _row(self, item: ItemView, names: Mapping[str, str]) -> Row:
        sent = self.carried.get(item.id)
        is_open = self.look.whole.may_edit(item)
        refusal = sent.refusal if sent else None
        is_clash = isinstance(refusal, EditConflict)
        return Row(
            item,
            self.look.whole.numbers[item.uid],
            sent.base if sent else item.version,
            is_open,
            [self._cell(item, column, sent, is_open=is_open) for column in self.columns],
            sent,
            say_refusal(refusal) if refusal and not is_clash else "",
            names.get(refusal.overtaken_by, _("Orang lain")) if isinstance(refusal, EditConflict) else "",
        )

    def _is_open(self, column: Column) -> bool:
        return self.look.whole.may_write or column.field.name not in OWNER_FIELDS

    def _cell(self, item: ItemView, column: Column, sent: SentRow | None, *, is_open: bool) -> Cell:
        if not (is_open and self._is_open(column)):
            return Cell(column, column.said(column.value_in(item.values), self.choices), is_open=False)
        if sent is None or column.id not in sent.typed:
            return Cell(column, column.box(item.values, self.choices), is_open=True)
        return Cell(
            column,
            sent.typed[column.id],
            is_open=True,
            is_changed=column.id in sent.changed,
            error=sent.errors.get(column.id, ""),
            clash=sent.clashes.get(column.id),
            choice=sent.chosen.get(column.id, ""),
        )


def grid_response(page: GridPage, status: int = 200) -> Response:
    """Show the grid."""
    look = page.look
    narrowed = filter_context(look)
    chosen = [one.choice for one in page.columns]
    rows = page.row_views()
    return roadmap_page(
        "desk/grid.html",
        page.roadmap,
        tab="contents",
        title=look.whole.plan.title,
        status=status,
        grid=page,
        rows=rows,
        sums=sums_of([row.cells for row in rows], page.columns, page.choices),
        addresses=Addresses(page.roadmap.id, kept=look.wanted.args),
        column_choices=choices_of(page.all_columns),
        chosen_columns=chosen,
        drafts=page.draft.offered,
        age_of=age_of,
        form_address=form_address,
        kept_along=[(COLUMNS, one) for one in request.args.getlist(COLUMNS)],
        **shared(page),
        **narrowed,
        **_outcome(status),
    )


def _outcome(status: int) -> dict[str, str]:
    titles = {
        HTTPStatus.UNPROCESSABLE_ENTITY: _("Perlu diperbaiki:"),
        HTTPStatus.CONFLICT: _("Perlu dipilih:"),
    }
    title = titles.get(HTTPStatus(status))
    return {"outcome_title": title} if title else {}


def render_row(page: GridPage, item_id: int) -> str:
    """Render one row, for htmx."""
    return render_template(
        "desk/_grid_row.html", row=page.row_view(item_id), **shared(page), roadmap=page.roadmap
    )


def shared(page: GridPage) -> dict[str, Any]:
    """Gather what a row needs."""
    return {
        "grid_url": page.url,
        "row_url": f"{page.url}{'&' if '?' in page.url else '?'}{ROW}=",
        "item_url": Addresses(page.roadmap.id).item,
        "ticked": page.ticked,
    }
