"""Which threads wait for one person over all roadmaps: one query for the list, one for how many there are.

An open thread waits when others spoke in it since the person read it and it was pointed out to them or is their
own; and for drafters as long as it asks for an official answer. One's own that somebody else resolved waits until
it is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    ScalarSelect,
    Select,
    Text,
    and_,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import joinedload

from roadmap.discussion.models import Comment, Thread, ThreadRead
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Roadmap
from roadmap.people.models import Membership, Person
from roadmap.people.queries import memberships_of
from roadmap.people.roles import Act, Role, holds, levels_read_by

MOST = 100


@dataclass(frozen=True)
class Waiting:
    """One thread that waits: since when, and whether it asks this drafter for an official answer."""

    thread: Thread
    roadmap: Roadmap
    since: datetime
    wants_answer: bool


def waiting_for(person: Person) -> list[Waiting]:
    """Give the threads that wait for a person, each once, oldest first."""
    waiting = _waiting(person)
    if waiting is None:
        return []
    found = waiting.subquery()
    since, asked = func.min(found.c.since), func.max(found.c.asked)
    query = (
        select(found.c.thread, since.label("since"), asked.label("asked"))
        .group_by(found.c.thread)
        .order_by(since, found.c.thread)
        .limit(MOST)
    ).subquery()
    rows = db.session.execute(
        select(Thread, Roadmap, query.c.since, query.c.asked)
        .join(query, query.c.thread == Thread.id)
        .join(Roadmap, Roadmap.id == Thread.roadmap_id)
        .order_by(query.c.since, Thread.id)
        .options(joinedload(Roadmap.region))
    )
    return [Waiting(thread, roadmap, at, bool(wanted)) for thread, roadmap, at, wanted in rows]


def count_waiting(person: Person) -> int:
    """Count the threads that wait for a person, up to as many as are listed."""
    waiting = _waiting(person)
    if waiting is None:
        return 0
    found = waiting.subquery()
    threads = select(found.c.thread).distinct().limit(MOST).subquery()
    return db.session.scalar(select(func.count()).select_from(threads)) or 0


def _waiting(person: Person) -> CompoundSelect[int, datetime, int] | None:
    seeing = [held for held in memberships_of(person) if holds({Role(held.role)}, Act.SEE)]
    if not seeing:
        return None
    parts = [_unread(person, seeing), _settled(person, seeing)]
    drafting = [held for held in seeing if held.role == Role.DRAFTER]
    if drafting:
        parts.append(_unanswered(person, seeing, drafting))
    return union_all(*parts)


def _unread(person: Person, seeing: Iterable[Membership]) -> Select[int, datetime, int]:
    seeing = list(seeing)
    is_for_them = or_(Thread.author == person.uid, cast(Comment.notified, Text).contains(person.uid))
    return (
        select(Thread.id.label("thread"), _said_at(Comment).label("since"), literal(0).label("asked"))
        .select_from(ThreadRead)
        .join(Thread, Thread.id == ThreadRead.thread_id)
        .join(Roadmap, Roadmap.id == Thread.roadmap_id)
        .join(Comment, Comment.thread == Thread.uid)
        .where(
            ThreadRead.person_id == person.id,
            ~Thread.is_resolved,
            _said_in(Comment) > ThreadRead.seq,
            Comment.author != person.uid,
            is_for_them,
            _reads(Thread, person, seeing),
            _reads(Comment, person, seeing),
        )
    )


def _settled(person: Person, seeing: Iterable[Membership]) -> Select[int, datetime, int]:
    """Give the person's own threads that somebody else resolved since they read them."""
    last = select(Revision.changeset_id).where(Revision.kind == Thread.kind, Revision.item_id == Thread.id)
    act = last.order_by(Revision.item_version.desc()).limit(1).correlate(Thread).scalar_subquery()
    return (
        select(Thread.id.label("thread"), Changeset.at.label("since"), literal(0).label("asked"))
        .select_from(ThreadRead)
        .join(Thread, Thread.id == ThreadRead.thread_id)
        .join(Roadmap, Roadmap.id == Thread.roadmap_id)
        .join(Changeset, Changeset.id == act)
        .where(
            ThreadRead.person_id == person.id,
            Thread.author == person.uid,
            Thread.is_resolved,
            Changeset.seq > ThreadRead.seq,
            Changeset.actor_uid != person.uid,
            _within(seeing),
        )
    )


def _unanswered(
    person: Person, seeing: Iterable[Membership], drafting: Iterable[Membership]
) -> Select[int, datetime, int]:
    return (
        select(Thread.id.label("thread"), _said_at(Thread).label("since"), literal(1).label("asked"))
        .join(Roadmap, Roadmap.id == Thread.roadmap_id)
        .where(
            Thread.wants_answer,
            ~Thread.is_resolved,
            Thread.author != person.uid,
            _within(drafting),
            _reads(Thread, person, seeing),
        )
    )


def _said_at(model: type[Thread] | type[Comment]) -> ScalarSelect[datetime]:
    """Give the moment of a thread or comment; found from it, so that no engine begins with the whole log."""
    moment = select(Changeset.at).join(Revision, Revision.changeset_id == Changeset.id)
    return moment.where(_is_first_of(model)).correlate(model).scalar_subquery()


def _said_in(model: type[Thread] | type[Comment]) -> ScalarSelect[int]:
    return select(Revision.seq).where(_is_first_of(model)).correlate(model).scalar_subquery()


def _is_first_of(model: type[Thread] | type[Comment]) -> ColumnElement[bool]:
    return and_(Revision.kind == model.kind, Revision.item_id == model.id, Revision.item_version == 1)


def _within(held: Iterable[Membership]) -> ColumnElement[bool]:
    """Say in SQL on which roadmaps memberships count."""
    held = list(held)
    regions = sorted({one.region_id for one in held if one.roadmap_id is None})
    roadmaps = sorted({one.roadmap_id for one in held if one.roadmap_id is not None})
    return or_(false(), Roadmap.region_id.in_(regions), Roadmap.id.in_(roadmaps))


def _reads(
    model: type[Thread] | type[Comment], person: Person, seeing: Iterable[Membership]
) -> ColumnElement[bool]:
    """Say in SQL what a person reads, on each roadmap by the roles they hold there."""
    seeing = list(seeing)
    by_role = [
        and_(
            _within(one for one in seeing if one.role == role),
            model.visibility.in_(sorted(levels_read_by({role}))),
        )
        for role in sorted({Role(one.role) for one in seeing})
    ]
    return or_(*by_role, and_(_within(seeing), model.author == person.uid))
