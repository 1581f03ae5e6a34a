"""The gate of the discussion: the only way a view or a verb obtains a thread or a comment.

What somebody does not read is not there for them, whatever else they may do on the roadmap.
"""

from contextlib import suppress

from sqlalchemy import select

from roadmap.discussion.models import Comment, Thread
from roadmap.discussion.rules import closes_unread, reads
from roadmap.errors import NotThere, Refusal
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.access import allows, require
from roadmap.people.models import Person
from roadmap.people.queries import roles_on
from roadmap.people.roles import Act
from roadmap.plan.access import place_of


def thread_for(person: Person, thread_id: int, to: Act) -> tuple[Thread, Roadmap]:
    """Give a thread and its roadmap to somebody who reads it and may do the act; its author may resolve it too.

    An administrator closes its resolution unread, as `comment_for` says. Raises NotThere where they do not read
    it, else as the gate does.
    """
    thread = db.session.get(Thread, thread_id)
    if thread is None:
        raise NotThere
    roadmap = db.session.get_one(Roadmap, thread.roadmap_id)
    if to == Act.RESOLVE and thread.author == person.uid and not allows(person, to, place_of(roadmap)):
        to = Act.COMMENT
    _let_through(
        person, to, roadmap, is_seen=_reads(person, roadmap, thread) or _closes(person, to, roadmap, thread)
    )
    return thread, roadmap


def comment_for(person: Person, comment_id: int, to: Act) -> tuple[Comment, Thread, Roadmap]:
    """Give a comment, its thread and its roadmap to somebody who reads it and may do the act.

    An administrator, who reads none, closes comments all the same, but not those between civil society and mentor.
    Raises NotThere where they do not read it, else as the gate does.
    """
    comment = db.session.get(Comment, comment_id)
    if comment is None:
        raise NotThere
    thread = db.session.scalars(select(Thread).where(Thread.uid == comment.thread)).one()
    roadmap = db.session.get_one(Roadmap, comment.roadmap_id)
    is_read = _reads(person, roadmap, thread) and _reads(person, roadmap, comment)
    is_seen = is_read or _closes(person, to, roadmap, comment)
    _let_through(person, to, roadmap, is_seen=is_seen)
    return comment, thread, roadmap


def may_resolve(person: Person, thread: Thread, roadmap: Roadmap) -> bool:
    """Tell whether a person may resolve or reopen a thread they read, for showing or leaving out a control."""
    act = Act.COMMENT if thread.author == person.uid else Act.RESOLVE
    return allows(person, act, place_of(roadmap))


def may_read(person: Person, roadmap: Roadmap, *said: Thread | Comment) -> bool:
    """Tell whether a person sees the roadmap now and reads all of what is named, for telling them of it."""
    return allows(person, Act.SEE, place_of(roadmap)) and all(_reads(person, roadmap, one) for one in said)


def _reads(person: Person, roadmap: Roadmap, said: Thread | Comment) -> bool:
    roles = roles_on(person, roadmap.region_id, roadmap.id)
    return reads(roles, person.uid, said.visibility, said.author)


def _closes(person: Person, to: Act, roadmap: Roadmap, said: Thread | Comment) -> bool:
    roles = roles_on(person, roadmap.region_id, roadmap.id)
    return to == Act.CLOSE_TEXT and closes_unread(roles, said.visibility)


def _let_through(person: Person, to: Act, roadmap: Roadmap, *, is_seen: bool) -> None:
    if is_seen:
        require(person, to, place_of(roadmap))
        return
    with suppress(Refusal):
        require(person, to, place_of(roadmap))
    raise NotThere
