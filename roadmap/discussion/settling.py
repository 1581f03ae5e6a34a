"""What is done to threads and comments beside speaking: resolve, reopen, close words, note that one has read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.discussion.access import comment_for, thread_for
from roadmap.discussion.addresses import comment_url, thread_url
from roadmap.discussion.blueprint import bp
from roadmap.discussion.models import Thread
from roadmap.discussion.operations import close_comment, close_resolution, mark_read, reopen, resolve
from roadmap.discussion.pages import echoes_of, fresh_thread, kept_of, outcome_of
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.working_copies import let_go_at
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import place_of
from roadmap.plan.keeping import kept_uid_for, settle_sent_words, words_in_form
from roadmap.plan.pages import enter, roadmap_page
from roadmap.text.lengths import LONGEST_REASON, bounded
from roadmap.text.normal import normalise, normalise_line
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done, wants_partial

T = TypeVar("T")


@bp.get("/threads/<int:thread_id>/resolution", endpoint="resolve")
@asks(Act.RESOLVE)
def resolve_form(thread_id: int) -> Response:
    """Ask why a thread is settled; to htmx the form alone."""
    return _settle_form(*_thread(thread_id), is_open=True)


@bp.post("/threads/<int:thread_id>/resolution")
@asks(Act.RESOLVE)
def resolve_thread(thread_id: int) -> Response:
    """Resolve a thread with its reason; it folds to one line."""
    return _settle(thread_id, is_open=True)


@bp.get("/threads/<int:thread_id>/reopening", endpoint="reopen")
@asks(Act.RESOLVE)
def reopen_form(thread_id: int) -> Response:
    """Ask why a thread is opened again."""
    return _settle_form(*_thread(thread_id), is_open=False)


@bp.post("/threads/<int:thread_id>/reopening")
@asks(Act.RESOLVE)
def reopen_thread(thread_id: int) -> Response:
    """Open a resolved thread again."""
    return _settle(thread_id, is_open=False)


@bp.post("/threads/<int:thread_id>/reading", endpoint="mark_read")
@asks(Act.SEE)
def note_reading(thread_id: int) -> Response:
    """Note that the reader has read a thread up to now; nobody else learns of it."""
    person = acting_person()
    thread_for(person, thread_id, to=Act.SEE)
    outcome = once(
        person,
        pressed(),
        lambda: mark_read(person, thread_id),
        lambda thread: thread_url(thread.id),
    )
    return done(outcome.address, Notice(_("Dicatat sudah Anda baca. Hanya Anda yang melihat catatan ini.")))


@bp.get("/comments/<int:comment_id>/close", endpoint="close_comment")
@asks(Act.CLOSE_TEXT)
def confirm_closing(comment_id: int) -> Response:
    """Say what closing a comment means, and ask; the words are not shown to an administrator."""
    _comment, _found, roadmap = comment_for(acting_person(), comment_id, to=Act.CLOSE_TEXT)
    return _closing_page(_closing_of(comment_id), roadmap, {})


@bp.post("/comments/<int:comment_id>/close")
@asks(Act.CLOSE_TEXT)
def close(comment_id: int) -> Response:
    """Close a comment that names a victim or holds private data."""
    person = acting_person()
    _comment, thread, roadmap = comment_for(person, comment_id, to=Act.CLOSE_TEXT)
    return _close(
        roadmap,
        _closing_of(comment_id),
        lambda basis, reason: close_comment(person, comment_id, basis=basis, reason=reason),
        lambda closed: comment_url(db.session.get_one(Roadmap, roadmap.id), person, thread, closed),
    )


@bp.get("/threads/<int:thread_id>/resolution/close", endpoint="close_resolution")
@asks(Act.CLOSE_TEXT)
def confirm_closing_resolution(thread_id: int) -> Response:
    """Say what closing the reason of a resolved thread means, and ask; it is not shown to an administrator."""
    _found, roadmap = thread_for(acting_person(), thread_id, to=Act.CLOSE_TEXT)
    return _closing_page(_closing_of_resolution(thread_id), roadmap, {})


@bp.post("/threads/<int:thread_id>/resolution/close", endpoint="close_reason")
@asks(Act.CLOSE_TEXT)
def close_reason_of_thread(thread_id: int) -> Response:
    """Close the reason of a resolved or reopened thread that names a victim or holds private data."""
    person = acting_person()
    _found, roadmap = thread_for(person, thread_id, to=Act.CLOSE_TEXT)
    return _close(
        roadmap,
        _closing_of_resolution(thread_id),
        lambda basis, reason: close_resolution(person, thread_id, basis=basis, reason=reason),
        lambda closed: thread_url(closed.id),
    )


def _thread(thread_id: int) -> tuple[Thread, Roadmap]:
    return thread_for(acting_person(), thread_id, to=Act.RESOLVE)


def _settle(thread_id: int, *, is_open: bool) -> Response:
    person = acting_person()
    thread, roadmap = thread_for(person, thread_id, to=Act.RESOLVE)
    enter(roadmap.region)
    reason = normalise(request.form.get("reason", ""))
    act = resolve if is_open else reopen
    try:
        outcome = once(
            person,
            pressed(),
            lambda: act(person, thread_id, reason),
            lambda settled: thread_url(settled.id),
            roadmap_id=roadmap.id,
        )
    except NotValid as problem:
        error = " ".join(_(sentence) for sentence in problem.errors.values())
        return _settle_form(thread, roadmap, is_open=is_open, status=422, error=error)
    settle_sent_words(person)
    settled = outcome.result
    words = _("Percakapan ditandai selesai.") if is_open else _("Percakapan dibuka lagi.")
    return done(
        outcome.address,
        Notice(words),
        partial=(lambda: _settled(person, roadmap, settled)) if settled is not None else None,
        echoes=echoes_of(roadmap, thread.about_kind, thread.about, thread.field),
    )


def _settled(person: Person, roadmap: Roadmap, thread: Thread) -> str:
    return render_template(
        "discussion/_thread.html",
        roadmap=roadmap,
        told=fresh_thread(person, roadmap, thread),
        here=thread.about,
        takes_focus="thread",
        closable=False,
    )


def _settle_form(
    thread: Thread, roadmap: Roadmap, *, is_open: bool, status: int = 200, error: str = ""
) -> Response:
    person = acting_person()
    kept_uid = kept_uid_for(status)
    told = fresh_thread(person, roadmap, thread)
    context: dict[str, Any] = {
        "told": told,
        "thread": told.thread,
        "is_open": is_open,
        "error": error,
        "reason": request.form.get("reason", "") or str(kept_of(person).get("reason") or ""),
        "kept_uid": kept_uid,
        "in_place": wants_partial(),
    }
    if wants_partial():
        enter(roadmap.region)
        body = render_template("discussion/_settle_form.html", roadmap=roadmap, **context)
        return make_response(body, status)
    return roadmap_page(
        "discussion/settle.html", roadmap, tab="talk", status=status, **context, **outcome_of(status)
    )


@dataclass(frozen=True)
class Closing:
    """What is to be closed: where the form goes, what its page is called, what is said afterwards."""

    address: str
    heading: str
    done: str


def _closing_of(comment_id: int) -> Closing:
    return Closing(
        url_for("discussion.close_comment", comment_id=comment_id),
        _("Tutup isi komentar (data pribadi)"),
        _("Isi komentar ditutup di sini dan di riwayat. Tandanya tetap ada."),
    )


def _closing_of_resolution(thread_id: int) -> Closing:
    return Closing(
        url_for("discussion.close_resolution", thread_id=thread_id),
        _("Tutup alasan percakapan (data pribadi)"),
        _("Alasannya ditutup di sini dan di riwayat. Tandanya tetap ada."),
    )


def _close(
    roadmap: Roadmap, closing: Closing, act: Callable[[str, str], T], place: Callable[[T], str]
) -> Response:
    person = acting_person()
    enter(roadmap.region)

    def after(closed: T) -> str:
        # An administrator, who reads none of it, goes back to the own pages.
        standing = db.session.get_one(Roadmap, roadmap.id)
        return place(closed) if allows(person, Act.SEE, place_of(standing)) else url_for("desk.roadmaps")

    def close_it() -> T:
        basis = bounded("basis", normalise_line(request.form.get("basis", "")), LONGEST_REASON)
        closed = act(basis, bounded("reason", normalise(request.form.get("reason", "")), LONGEST_REASON))
        let_go_at(person, request.path)
        return closed

    try:
        outcome = once(
            person,
            pressed(),
            close_it,
            after,
            roadmap_id=roadmap.id,
        )
    except NotValid as problem:
        errors = {name: _(sentence) for name, sentence in problem.errors.items()}
        return _closing_page(closing, roadmap, errors, 422)
    return done(outcome.address, Notice(closing.done))


def _closing_page(closing: Closing, roadmap: Roadmap, errors: dict[str, str], status: int = 200) -> Response:
    kept_uid = kept_uid_for(status)
    enter(roadmap.region)
    body = render_template(
        "discussion/close_comment.html",
        closing=closing,
        errors=errors,
        sent=words_in_form(),
        kept_uid=kept_uid,
        **outcome_of(status),
    )
    return make_response(body, status)
