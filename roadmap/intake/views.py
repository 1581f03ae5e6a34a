"""A table that comes in: bringing it, seeing how far it is, leaving it, going on where the work stood still."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from roadmap.clock import now
from roadmap.errors import NotValid
from roadmap.history.models import Roadmap
from roadmap.intake import operations
from roadmap.intake.access import intake_for
from roadmap.intake.blueprint import bp
from roadmap.intake.books import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from roadmap.intake.done_page import done_page
from roadmap.intake.earlier import undone_acts
from roadmap.intake.layout_page import layout_page
from roadmap.intake.models import Intake, State
from roadmap.intake.queries import intakes_of, is_kept, is_stalled, is_unfinished
from roadmap.intake.rules import ENDED, WORK
from roadmap.intake.showing import (
    STATE_WORDS,
    WORK_WORDS,
    is_for_own_office,
    may_bring,
    names_of_drafters,
    say,
    step_page,
)
from roadmap.intake.trial_page import trial_page
from roadmap.intake.working import go_on_working
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import roadmap_for
from roadmap.plan.pages import enter
from roadmap.text.words import N_
from roadmap.web.declare import asks, for_oneself, takes_files
from roadmap.web.errors import answer
from roadmap.web.errors import say as say_refusal
from roadmap.web.filters import moment
from roadmap.web.respond import Notice, done, wants_partial

# Somewhat more is let in than is read, so that whoever sends too much is told so on the page and loses nothing.
MOST_SENT = 3 * MOST_BYTES
EARLIER_SHOWN = 10
NOTHING_SENT = N_("Pilih satu berkas, atau tempelkan baris-baris tabel ke dalam kotak.")
BOTH_SENT = N_("Ada berkas dan ada tempelan. Kirim salah satu; kosongkan yang lain.")
TOO_LARGE = N_(
    "Berkas ini lebih besar dari %(most)s MB, jadi belum dibaca. Hapus gambar dan lembar yang tidak diperlukan,"
    " atau bagi menjadi beberapa berkas, lalu kirim lagi."
)


@dataclass(frozen=True)
class Sent:
    """What was sent: a file or a paste; `wrong` says why it is neither."""

    name: str = ""
    content: bytes = b""
    is_paste: bool = False
    wrong: str = ""


@bp.get("/roadmaps/<int:roadmap_id>/intakes/new")
@asks(Act.SEE)
def new(roadmap_id: int) -> Response:
    """Ask for a table: a file, or rows to paste; say what will happen, and list what was brought before."""
    return _new_page(roadmap_for(acting_person(), roadmap_id, to=Act.SEE))


@bp.post("/roadmaps/<int:roadmap_id>/intakes")
@asks(Act.SEE)
@takes_files(MOST_SENT)
def bring(roadmap_id: int) -> Response:
    """Take a table in and begin to read it; the plan is not touched."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    sent = _sent(roadmap)
    if sent.wrong:
        return _new_page(roadmap, error=sent.wrong, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        outcome = once(
            person,
            pressed(),
            lambda: operations.bring(person, roadmap_id, sent.name, sent.content, is_paste=sent.is_paste),
            _address,
        )
    except NotValid as refusal:
        return _new_page(roadmap, error=say_refusal(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return go_on_working(outcome.result, outcome.address)


@bp.get("/intakes/<int:intake_id>")
@for_oneself
def intake(intake_id: int) -> Response:
    """Show how far a table has come: at work, to be laid out, tried, written, or not to be read."""
    person = acting_person()
    found = intake_for(person, intake_id)
    roadmap = roadmap_for(person, found.roadmap_id, to=Act.SEE)
    if wants_partial() and request.headers.get("HX-Target", "").endswith("intake-progress"):
        return _progress(found)
    if found.state in WORK:
        return step_page("intake/progress.html", roadmap, WORK_WORDS[found.state][1], **_work(found))
    match found.state:
        case State.LAYOUT:
            return layout_page(roadmap, found)
        case State.TRIAL:
            return trial_page(person, roadmap, found)
        case State.DONE:
            return done_page(roadmap, found)
    return _new_page(roadmap, about=found)


@bp.post("/intakes/<int:intake_id>/leaving")
@for_oneself
def leave(intake_id: int) -> Response:
    """Leave a table: nothing of it is written."""
    person = acting_person()
    found = intake_for(person, intake_id)
    address = url_for("intake.new", roadmap_id=found.roadmap_id)
    once(
        person,
        pressed(),
        lambda: operations.leave(person, intake_id),
        lambda _left: address,
    )
    told = _(
        "Tabel ditinggalkan. Tidak ada yang ditulis ke peta jalan. Selama 7 hari masih dapat dilanjutkan."
    )
    return done(address, Notice(told, "info"))


@bp.post("/intakes/<int:intake_id>/continuation")
@for_oneself
def go_on(intake_id: int) -> Response:
    """Take a step up again that stood still."""
    person = acting_person()
    try:
        outcome = once(
            person,
            pressed(),
            lambda: operations.go_on(person, intake_id),
            _address,
        )
    except NotValid as refusal:
        found = intake_for(person, intake_id)
        roadmap = roadmap_for(person, found.roadmap_id, to=Act.SEE)
        told = say_refusal(refusal)
        return _new_page(roadmap, about=found, error=told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return go_on_working(outcome.result, outcome.address)


def too_large() -> Response:
    """Answer a request that was too large to be read with the first step and what to do."""
    roadmap_id = (request.view_args or {}).get("roadmap_id", 0)
    if not isinstance(current_user._get_current_object(), Person):  # noqa: SLF001
        return answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, [])
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    told = _(TOO_LARGE, most=MOST_BYTES // 1_000_000)
    return _new_page(roadmap, error=told, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, typed="")


def _address(found: Intake) -> str:
    return url_for("intake.intake", intake_id=found.id)


def _sent(roadmap: Roadmap) -> Sent:
    """Read what was sent, or say what is wrong with the sending."""
    file, text = request.files.get("file"), request.form.get("text", "")
    content = file.read(MOST_BYTES + 1) if file else b""
    is_file = bool(file and (file.filename or content))
    if is_file and text.strip():
        return Sent(wrong=_(BOTH_SENT))
    if text.strip():
        enter(roadmap.region)
        return Sent(_("Tempelan %(when)s", when=moment(now())), text.encode(), is_paste=True)
    if not is_file or file is None:
        return Sent(wrong=_(NOTHING_SENT))
    return Sent(file.filename or _("Berkas tanpa nama"), content)


def _new_page(
    roadmap: Roadmap,
    *,
    about: Intake | None = None,
    error: str = "",
    status: int = HTTPStatus.OK,
    typed: str | None = None,
) -> Response:
    """Show the first step; `about` is a table that could not be read or was left, `error` what was wrong."""
    person = acting_person()
    can_bring = may_bring(person, roadmap)
    mine = intakes_of(person, roadmap.id)
    undone = undone_acts(roadmap.id)
    ended = [one for one in mine if not is_unfinished(one)][:EARLIER_SHOWN]
    trouble = about.trouble if about is not None and about.state == State.UNREADABLE else None
    return step_page(
        "intake/new.html",
        roadmap,
        1,
        status=status,
        about=about,
        trouble=say(trouble["sentence"], trouble.get("values")) if trouble else "",
        error=error,
        typed=request.form.get("text", "") if typed is None else typed,
        can_bring=can_bring,
        drafters=[] if can_bring else names_of_drafters(roadmap),
        own_office=is_for_own_office(person, roadmap),
        can_go_on=about is not None and about.state == State.LEFT and is_kept(about),
        waiting=[one for one in mine if is_unfinished(one)],
        earlier=[(one, _state_words(one, undone)) for one in ended],
        state_words=STATE_WORDS,
        most_bytes=MOST_BYTES // 1_000_000,
        most_rows=MOST_ROWS,
        most_columns=MOST_COLUMNS,
        outcome_title=_("Perlu diperbaiki:") if error else "",
    )


def _state_words(found: Intake, undone: Mapping[int, int]) -> str:
    if found.seq in undone:
        return _("sudah masuk, lalu diurungkan")
    if found.state not in ENDED or (found.state == State.DONE and found.seq is None):
        return _("tidak ada perubahan")
    return _(STATE_WORDS[found.state])


def _progress(found: Intake) -> Response:
    """Answer the page's asking how far it is; once the work is done or stands still, lead to the page that says so."""
    if found.state in WORK and not is_stalled(found):
        return make_response(render_template("intake/_progress.html", **_work(found)))
    response = make_response("", HTTPStatus.NO_CONTENT)
    response.headers["HX-Redirect"] = _address(found)
    return response


def _work(found: Intake) -> dict[str, Any]:
    return {"intake": found, "work": _(WORK_WORDS[found.state][0]), "is_stalled": is_stalled(found)}
