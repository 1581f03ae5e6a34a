"""The grid: many actions in the cells of a table, saved row by row or all at once through the same merge."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from roadmap.clock import now
from roadmap.desk.blueprint import bp
from roadmap.desk.grid_drafts import going_on, let_go_of_saved, take_up
from roadmap.desk.grid_page import GridPage, grid_response, render_row
from roadmap.desk.rows import SentRow
from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.errors import EditConflict
from roadmap.history.models import Roadmap
from roadmap.history.operations import keep_words, settle_words
from roadmap.people.access import require
from roadmap.people.models import Person
from roadmap.people.once import Press, once
from roadmap.people.queries import roles_on
from roadmap.people.roles import Act, Role
from roadmap.people.session import acting_person
from roadmap.plan.access import place_of, roadmap_for
from roadmap.plan.blueprint import item_url
from roadmap.plan.bulk import Edit, Fitted, edit_what_fits
from roadmap.plan.models import Action
from roadmap.plan.pages import enter
from roadmap.web.declare import asks
from roadmap.web.filters import clock_time
from roadmap.web.respond import Notice, changed_region, done, say_on_this_page, wants_partial, with_undo
from roadmap.work import unit_of_work


@bp.get("/roadmaps/<int:roadmap_id>/grid")
@asks(Act.SEE)
def grid(roadmap_id: int) -> Response:
    """Show the actions that the filter leaves, in cells; of an operator only the own office's can be changed."""
    person = acting_person()
    roadmap = _roadmap_of_editor(person, roadmap_id)
    return grid_response(GridPage(person, roadmap, *take_up(person)))


@bp.post("/roadmaps/<int:roadmap_id>/grid")
@asks(Act.SEE)
def save_grid(roadmap_id: int) -> Response:
    """Save the rows that were changed, or one of them; what clashes or cannot be read comes back with every word."""
    person = acting_person()
    roadmap = _roadmap_of_editor(person, roadmap_id)
    enter(roadmap.region)
    page = GridPage(person, roadmap, request.form, going_on(person))
    if "fill" in request.form:
        status = HTTPStatus.OK if page.fill_down() else HTTPStatus.UNPROCESSABLE_ENTITY
        return grid_response(page, status)
    only = request.form.get("row", "")
    wanted = {number: row for number, row in page.rows.items() if not only or str(number) == only}
    if only and not wanted:
        raise NotThere
    return _save(page, {number: row for number, row in wanted.items() if row.changed}, only)


def _save(page: GridPage, rows: Mapping[int, SentRow], only: str) -> Response:
    edits = [row.edit for row in rows.values() if row.values and not row.is_held]
    fitted = _lay(page, edits, only) if edits else Fitted((), {})
    page.read_again()
    for number, refusal in fitted.held.items():
        rows[number].hold(refusal, page.columns, page.choices)
    held = [row for row in rows.values() if row.is_held]
    _keep(page, held)
    _settle(page.person, [row.kept_uid for row in rows.values() if row.is_in and row.kept_uid])
    if not only and not held and not any(row.is_waiting for row in rows.values()):
        let_go_of_saved(page.person)
    page.carry({number: row for number, row in page.rows.items() if number not in rows or not row.is_in})
    return _answer(page, fitted, held, only)


class _NothingFits(Exception):
    """Every row is held back; raised so that the press counts as not carried out."""

    def __init__(self, fitted: Fitted) -> None:
        """Keep why."""
        super().__init__()
        self.fitted = fitted


def _lay(page: GridPage, edits: Sequence[Edit], only: str) -> Fitted:
    """Save what fits, once for each press; one that came twice does nothing, and what is not in yet goes on waiting."""
    person, roadmap_id = page.person, page.roadmap.id

    def act() -> Fitted:
        fitted = edit_what_fits(person, roadmap_id, edits)
        if fitted.held and fitted.seq is None:
            raise _NothingFits(fitted)
        return fitted

    key = request.form.get(f"act_key-{only}" if only else "act_key", "")
    try:
        outcome = once(person, Press(key), act, lambda _fitted: page.url, roadmap_id=roadmap_id)
    except _NothingFits as refused:
        return refused.fitted
    if outcome.result is not None:
        return outcome.result
    tried = edit_what_fits(person, roadmap_id, edits, is_trial=True)
    for one in tried.saved:
        page.rows[one.item.id].is_waiting = bool(one.changed)
    return Fitted((), tried.held)


def _answer(page: GridPage, fitted: Fitted, held: list[SentRow], only: str) -> Response:
    count = sum(1 for one in fitted.saved if one.changed)
    status = _status(held)
    notice = _undone_to_here(_notice(count, held), page)
    if only and wants_partial():
        return changed_region(render_row(page, int(only)), notice, status)
    if held or page.has_unsaved:
        say_on_this_page(notice)
        return grid_response(page, status)
    return done(page.url, notice)


def _undone_to_here(notice: Notice, page: GridPage) -> Notice:
    """Have the confirmation of taking this save back lead back to the table."""
    offering = with_undo(notice)
    return replace(offering, undo=offering.undo and f"{offering.undo}?{urlencode({'next': page.url})}")


def _status(held: list[SentRow]) -> int:
    if any(row.refusal for row in held):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if held else HTTPStatus.OK


def _notice(count: int, held: list[SentRow]) -> Notice:
    time = clock_time(now())
    told = []
    if count:
        told.append(
            ngettext(
                "%(num)s baris tersimpan di peta jalan pukul %(time)s, terlihat oleh tim.",
                "%(num)s baris tersimpan di peta jalan pukul %(time)s, terlihat oleh tim.",
                count,
                time=time,
            )
        )
    if held:
        told.append(
            ngettext(
                "%(num)s baris belum tersimpan; tulisan Anda utuh dan ditunjukkan di bawah.",
                "%(num)s baris belum tersimpan; tulisan Anda utuh dan ditunjukkan di bawah.",
                len(held),
            )
        )
        return Notice(" ".join(told), "heed", outcome=_("Perlu dipilih:"))
    if not count:
        return Notice(_("Tidak ada yang berubah; semuanya sudah seperti ini."), "info")
    return Notice(told[0])


def _keep(page: GridPage, held: list[SentRow]) -> None:
    """Keep the words of the rows that did not go in, each with its action."""
    if not held:
        return
    by_id = {row.item_id: row for row in held}
    with unit_of_work():
        query = select(Action).where(Action.roadmap_id == page.roadmap.id, Action.id.in_(by_id))
        for item in db.session.scalars(query).all():
            row = by_id[item.id]
            is_clash = isinstance(row.refusal, EditConflict)
            cause = "clash" if is_clash else "gone" if row.is_gone else "invalid"
            words = page.words_of(row, as_values=is_clash)
            kept = keep_words(page.person, words, cause, item_url(item), item=item, base_version=row.base)
            before, row.kept_uid = row.kept_uid, kept.uid if kept else row.kept_uid
            if before and before != row.kept_uid:
                _settle(page.person, [before])


def _settle(person: Person, uids: list[str]) -> None:
    """Put aside the kept words of rows that went in, or of which newer ones are kept."""
    if not uids:
        return
    with unit_of_work():
        for uid in uids:
            with suppress(NotThere):
                settle_words(person, uid)


def _roadmap_of_editor(person: Person, roadmap_id: int) -> Roadmap:
    """Give the roadmap to somebody who edits on it. Raises as the gate does."""
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    roles = roles_on(person, roadmap.region_id, roadmap.id)
    is_operator = Role.OPERATOR in roles and Role.DRAFTER not in roles
    require(person, Act.EDIT_OWN_OFFICE if is_operator else Act.EDIT, place_of(roadmap))
    return roadmap
