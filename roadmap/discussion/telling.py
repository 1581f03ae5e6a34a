"""Threads and comments dressed for a page: headings, who reads them, what the reader may do, what has changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, select

from roadmap.discussion.models import Comment, Nature, Thread, ThreadRead
from roadmap.discussion.queries import read_by
from roadmap.discussion.shown import CommentView, ThreadView
from roadmap.discussion.topics import Topic, changed_since, topics_of
from roadmap.discussion.words import CLOSED_ACCOUNT, heading_of
from roadmap.discussion.words import read_by as said_read_by
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Roadmap
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.queries import people_by_uid
from roadmap.people.roles import Act
from roadmap.people.words import ROLE_NAMES
from roadmap.plan.access import place_of
from roadmap.text.plain import excerpt, plain
from roadmap.web.filters import day

EXCERPT = 70
SUMMARY = 180


@dataclass(frozen=True)
class Said:
    """One comment on a page; `readers` only where fewer read it than the thread."""

    comment: CommentView
    who: str
    told: str
    readers: str
    closed_words: str
    is_mine: bool

    @property
    def is_edited(self) -> bool:
        """Tell whether its writer changed it."""
        return self.comment.edited_at is not None

    @property
    def at(self) -> datetime:
        """When it was said."""
        return self.comment.at

    @property
    def is_closed(self) -> bool:
        """Tell whether the words are gone."""
        return self.comment.is_closed


@dataclass(frozen=True)
class Told:
    """One thread on a page: its first comment, the later ones that are shown, and how many stand between."""

    thread: ThreadView
    heading: str
    excerpt: str
    topic: Topic | None
    first: Said
    later: tuple[Said, ...]
    hidden: int
    has_changed: bool
    is_for_me: bool
    may_reply: bool
    may_settle: bool

    @property
    def summary(self) -> str:
        """Give the beginning of what was said, as plain text."""
        return excerpt(plain(self.first.closed_words), SUMMARY)

    @property
    def has_marks(self) -> bool:
        """Tell whether anything is to be marked on it."""
        view = self.thread
        return self.is_for_me or view.is_resolved or view.wants_answer or view.nature == Nature.NOT_AGREED

    @property
    def settled_by(self) -> str:
        """Name who resolved it, or opened it again."""
        person = self.thread.settled_by
        return person.name if person is not None and person.closed_at is None else _(CLOSED_ACCOUNT)

    @property
    def readers(self) -> str:
        """Say who reads it."""
        return said_read_by(self.thread.visibility)


def tell_threads(roadmap: Roadmap, reader: Person, views: Sequence[ThreadView]) -> list[Told]:
    """Dress threads that this reader reads; as many queries whatever the number."""
    topics = topics_of(roadmap, [view.about for view in views])
    changed = changed_since(views, topics)
    unread = unread_among(roadmap, reader, [view.id for view in views])
    comments = [one for view in views for one in view.comments]
    names, closings = names_in(comments), closings_of(comments)
    told = []
    for view in views:
        said = [tell_comment(one, view, reader, names, closings) for one in view.comments]
        told.append(
            Told(
                view,
                heading_of(view.nature, who_is(view)),
                excerpt(plain(view.opening.body), EXCERPT),
                topics.get(view.about),
                said[0],
                tuple(said[1:]),
                view.count - len(said),
                view.id in changed,
                view.id in unread,
                allows(reader, Act.COMMENT, place_of(roadmap)),
                _may_settle(reader, roadmap, view),
            )
        )
    return told


def tell_comment(
    comment: CommentView,
    thread: ThreadView,
    reader: Person,
    names: Mapping[str, str],
    closings: Mapping[int, str],
) -> Said:
    """Dress one comment of a thread."""
    return Said(
        comment,
        who_is(comment),
        ", ".join(names[uid] for uid in comment.notified if uid in names),
        said_read_by(comment.visibility) if comment.visibility != thread.visibility else "",
        closings.get(comment.id, comment.body),
        comment.author_uid == reader.uid,
    )


def unread_among(roadmap: Roadmap, reader: Person, thread_ids: Sequence[int]) -> set[int]:
    """Tell in which of these threads something waits that was pointed out to a reader; one query."""
    query = (
        select(Thread.id)
        .where(Thread.id.in_(thread_ids), is_unread(roadmap, reader))
        .where(read_by(Thread, reader, roadmap))
    )
    return set(db.session.scalars(query))


def is_unread(roadmap: Roadmap, reader: Person) -> ColumnElement[bool]:
    """Say in SQL in which threads that a reader follows others have spoken since they read it."""
    return (
        select(ThreadRead.id)
        .join(Comment, Comment.thread == Thread.uid)
        .join(
            Revision,
            and_(Revision.kind == Comment.kind, Revision.item_id == Comment.id, Revision.item_version == 1),
        )
        .where(
            ThreadRead.thread_id == Thread.id,
            ThreadRead.person_id == reader.id,
            Revision.seq > ThreadRead.seq,
            Comment.author != reader.uid,
            read_by(Comment, reader, roadmap),
        )
        .correlate(Thread)
        .exists()
    )


def who_is(one: ThreadView | CommentView) -> str:
    """Name who spoke, with the office or role they spoke for then."""
    is_known = one.author is not None and one.author.closed_at is None
    name = one.author.name if one.author is not None and is_known else _(CLOSED_ACCOUNT)
    return f"{name}, {one.organisation.short_name if one.organisation else _(ROLE_NAMES[one.role])}"


def names_in(comments: Sequence[CommentView]) -> Mapping[str, str]:
    """Give the names of those whom comments were pointed out to, by uid; one query, or none."""
    people = people_by_uid(uid for one in comments for uid in one.notified)
    return {
        uid: person.name if person.closed_at is None else _(CLOSED_ACCOUNT) for uid, person in people.items()
    }


def closings_of(comments: Sequence[CommentView]) -> Mapping[int, str]:
    """Say of closed comments when and by whom they were closed, by id; one query, or none."""
    closed = [one.id for one in comments if one.is_closed]
    if not closed:
        return {}
    query = (
        select(Revision.item_id, Changeset.at, Person.name)
        .join(Changeset, Changeset.id == Revision.changeset_id)
        .join(Person, Person.uid == Changeset.actor_uid)
        .where(
            Revision.kind == Comment.kind,
            Revision.item_id.in_(closed),
            Changeset.verb == "close-comment",
        )
    )
    return {
        item_id: _("Isi ditutup karena data pribadi, %(day)s, oleh %(name)s", day=day(at), name=name)
        for item_id, at, name in db.session.execute(query)
    }


def _may_settle(reader: Person, roadmap: Roadmap, view: ThreadView) -> bool:
    act = Act.COMMENT if view.author_uid == reader.uid else Act.RESOLVE
    return allows(reader, act, place_of(roadmap))
