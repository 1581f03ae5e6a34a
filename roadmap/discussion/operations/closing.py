"""Closing what was said, where it names a victim or holds private data."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from roadmap.discussion.access import comment_for, thread_for
from roadmap.discussion.events import CommentClosed, ResolutionClosed
from roadmap.discussion.models import Comment, Thread
from roadmap.discussion.operations.recording import record_talk, roadmap_of
from roadmap.discussion.publishing import PART, published_threads
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.history.models import Edition
from roadmap.history.operations import CLOSED, close_past_texts
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.text.words import N_
from roadmap.work import tell, unit_of_work


def close_comment(actor: Person, comment_id: int, *, basis: str, reason: str) -> Comment:
    """Close a comment that names a victim or holds private data: here, in every earlier version, and in editions.

    A visible mark stays; the chain of the log still holds. Side effects in their order: the mark is put into
    the comment and recorded with basis and reason; earlier versions and kept words lose the words and their
    salt; the documents of editions show the mark. Raises as the gate does, and NotValid without a basis and a
    reason, or where it is closed already. Tells CommentClosed.
    """
    with unit_of_work(roadmap_of(Comment, comment_id)):
        comment, thread, roadmap = comment_for(actor, comment_id, to=Act.CLOSE_TEXT)
        _require_grounds(basis, reason)
        if comment.body == CLOSED:
            raise NotValid({"reason": N_("Isi komentar ini sudah ditutup.")})
        comment.body = CLOSED
        act = record_talk(
            actor,
            "close-comment",
            [comment],
            thread,
            comment,
            reason=reason,
            payload={"fields": ["body"], "basis": basis},
        )
        close_past_texts(comment, ["body"])
        _close_in_editions(roadmap.id, lambda entry: _with_closed_comment(entry, comment.uid))
        tell(CommentClosed(roadmap.id, act.seq, actor.uid, thread.id, comment.id))
        return comment


def close_resolution(actor: Person, thread_id: int, *, basis: str, reason: str) -> Thread:
    """Close the words with which a thread was resolved or opened again, as a comment is closed.

    Raises as the gate does, and NotValid without a basis and a reason, or where no words stand. Tells
    ResolutionClosed.
    """
    with unit_of_work(roadmap_of(Thread, thread_id)):
        thread, roadmap = thread_for(actor, thread_id, to=Act.CLOSE_TEXT)
        _require_grounds(basis, reason)
        if thread.resolution in {"", CLOSED}:
            raise NotValid({"reason": N_("Tidak ada isi yang masih dapat ditutup di sini.")})
        thread.resolution = CLOSED
        payload: dict[str, object] = {"fields": ["resolution"], "basis": basis}
        act = record_talk(actor, "close-resolution", [thread], thread, reason=reason, payload=payload)
        close_past_texts(thread, ["resolution", "reason"])
        _close_in_editions(roadmap.id, lambda entry: _with_closed_resolution(entry, thread.uid))
        tell(ResolutionClosed(roadmap.id, act.seq, actor.uid, thread.id))
        return thread


def _require_grounds(basis: str, reason: str) -> None:
    missing = [name for name, words in (("basis", basis), ("reason", reason)) if not words.strip()]
    if missing:
        raise NotValid({name: N_("Tulis dasar dan alasannya; tanpa menyebut nama.") for name in missing})


def _close_in_editions(roadmap_id: int, close: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    for edition in db.session.scalars(select(Edition).where(Edition.roadmap_id == roadmap_id)):
        threads = published_threads(edition.document)
        closed = [close(entry) for entry in threads]
        if closed != threads:
            edition.document = {**edition.document, PART: closed}


def _with_closed_comment(entry: dict[str, Any], uid: str) -> dict[str, Any]:
    comments = [one | {"body": CLOSED} if one["uid"] == uid else one for one in entry["comments"]]
    return entry | {"comments": comments}


def _with_closed_resolution(entry: dict[str, Any], uid: str) -> dict[str, Any]:
    return entry | {"resolution": CLOSED} if entry["uid"] == uid and entry["resolution"] else entry
