"""Threads and comments as they are read, whether from the tables or from the log as of a moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, inspect, select

from roadmap.discussion.models import Comment, Nature, Thread
from roadmap.discussion.rules import About
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Snapshot, Versioned
from roadmap.history.operations import CLOSED
from roadmap.history.shapes import snapshot_of
from roadmap.people.models import Organisation, Person
from roadmap.people.queries import people_by_uid
from roadmap.people.roles import Role, Visibility


@dataclass(frozen=True)
class Row:
    """A thread or comment before it is dressed: its number, uid, version and plain values."""

    id: int
    uid: str
    version: int
    values: Snapshot


@dataclass(frozen=True)
class CommentView:
    """What one person said, with who and when; `edited_at` where they changed it, `is_closed` where it was closed."""

    id: int
    uid: str
    thread: str
    version: int
    body: str
    visibility: Visibility
    author_uid: str
    author: Person | None
    organisation: Organisation | None
    role: Role
    notified: tuple[str, ...]
    at: datetime
    edited_at: datetime | None

    @property
    def kind(self) -> str:
        """The kind's name in the record."""
        return Comment.kind

    @property
    def is_closed(self) -> bool:
        """Tell whether the words were closed because they held private data."""
        return self.body == CLOSED


@dataclass(frozen=True)
class ThreadView:
    """A thread for one reader: `comments` as far as they were asked for, `count` of all this reader reads.

    `settled_at` and `settled_by` tell of its last resolving or reopening, `resolution` why.
    """

    id: int
    uid: str
    version: int
    about: About
    about_version: int | None
    nature: Nature
    visibility: Visibility
    author_uid: str
    author: Person | None
    organisation: Organisation | None
    role: Role
    wants_answer: bool
    is_resolved: bool
    resolution: str
    at: datetime
    last_at: datetime
    settled_at: datetime | None
    settled_by: Person | None
    comments: tuple[CommentView, ...]
    count: int

    @property
    def kind(self) -> str:
        """The kind's name in the record."""
        return Thread.kind

    @property
    def is_resolution_closed(self) -> bool:
        """Tell whether the words that resolved it were closed because they held private data."""
        return self.resolution == CLOSED

    @property
    def opening(self) -> CommentView:
        """What opened it."""
        return self.comments[0]

    @property
    def replies(self) -> int:
        """How many replies this reader reads."""
        return self.count - 1


@dataclass(frozen=True)
class Moments:
    """When an item of the record came, was last changed, and (a thread) was last settled, and by whom."""

    first: datetime
    last: datetime
    settled_at: datetime | None = None
    settled_by: str | None = None


def row_of(item: Versioned) -> Row:
    """Take an item of the tables."""
    return Row(item.id, item.uid, item.version, snapshot_of(item))


def row_of_revision(revision: Revision) -> Row:
    """Take an item as it was in a version."""
    return Row(revision.item_id, revision.item_uid, revision.item_version, revision.snapshot)


def counts_in(comments: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """Count comments by the uid of their thread, and give the number of the last of each."""
    found: dict[str, tuple[int, int]] = {}
    for row in comments:
        count, last = found.get(str(row.values["thread"]), (0, 0))
        found[str(row.values["thread"])] = (count + 1, max(last, row.id))
    return found


def show(
    threads: Sequence[Row],
    comments: Iterable[Row],
    counts: Mapping[str, tuple[int, int]],
    *,
    upto: int | None = None,
) -> list[ThreadView]:
    """Dress threads with their comments: who, for whom, when; as many queries whatever the number.

    `counts` gives, by thread uid, how many comments the reader reads and the number of the last; with `upto`
    nothing after that act is told.
    """
    said = sorted(comments, key=lambda row: row.id)
    lasts = {last for _count, last in counts.values()}
    moments = _moments(Comment.kind, {row.id for row in said} | lasts, upto)
    settled = _moments(Thread.kind, {row.id for row in threads}, upto)
    names = _names_in([*threads, *said], settled.values())
    by_thread = names.by_thread(said, moments)
    shown = []
    for row in threads:
        count, last = counts[row.uid]
        view = names.thread(row, settled[row.id], tuple(by_thread[row.uid]))
        shown.append(replace(view, count=count, last_at=moments[last].first))
    return shown


def show_comments(comments: Iterable[Row]) -> dict[str, list[CommentView]]:
    """Dress comments, in the order they were said, by the uid of their thread; four queries."""
    said = sorted(comments, key=lambda row: row.id)
    moments = _moments(Comment.kind, {row.id for row in said}, None)
    return _names_in(said, ()).by_thread(said, moments)


@dataclass(frozen=True)
class _Names:
    """Who is named in what is shown."""

    people: Mapping[str, Person]
    offices: Mapping[str, Organisation]

    def by_thread(self, said: Iterable[Row], moments: Mapping[int, Moments]) -> dict[str, list[CommentView]]:
        """Dress comments, by the uid of their thread."""
        found: dict[str, list[CommentView]] = defaultdict(list)
        for row in said:
            found[str(row.values["thread"])].append(self.comment(row, moments[row.id]))
        return found

    def comment(self, row: Row, moments: Moments) -> CommentView:
        """Dress a comment."""
        values = row.values
        notified = values["notified"]
        return CommentView(
            id=row.id,
            uid=row.uid,
            thread=str(values["thread"]),
            version=row.version,
            body=str(values["body"]),
            visibility=Visibility(str(values["visibility"])),
            author_uid=str(values["author"]),
            author=self.people.get(str(values["author"])),
            organisation=self.offices.get(str(values["organisation"])),
            role=Role(str(values["role"])),
            notified=tuple(notified) if isinstance(notified, list) else (),
            at=moments.first,
            edited_at=moments.last if row.version > 1 and values["body"] != CLOSED else None,
        )

    def thread(self, row: Row, moments: Moments, comments: tuple[CommentView, ...]) -> ThreadView:
        """Dress a thread."""
        values = row.values
        version = values["about_version"]
        return ThreadView(
            id=row.id,
            uid=row.uid,
            version=row.version,
            about=About(str(values["about_kind"]), str(values["about"]), str(values["field"] or "")),
            about_version=version if isinstance(version, int) else None,
            nature=Nature(str(values["nature"])),
            visibility=Visibility(str(values["visibility"])),
            author_uid=str(values["author"]),
            author=self.people.get(str(values["author"])),
            organisation=self.offices.get(str(values["organisation"])),
            role=Role(str(values["role"])),
            wants_answer=bool(values["wants_answer"]),
            is_resolved=bool(values["is_resolved"]),
            resolution=str(values["resolution"] or ""),
            at=moments.first,
            last_at=moments.first,
            settled_at=moments.settled_at,
            settled_by=self.people.get(moments.settled_by or ""),
            comments=comments,
            count=len(comments),
        )


_LOG, _ACTS = inspect(Revision).local_table, inspect(Changeset).local_table
_ACTS_ON = (
    select(_LOG.c.item_id, _ACTS.c.at, _ACTS.c.verb, _ACTS.c.actor_uid)
    .join_from(_LOG, _ACTS, _ACTS.c.id == _LOG.c.changeset_id)
    .where(_LOG.c.kind == bindparam("kind"), _LOG.c.item_id.in_(bindparam("ids", expanding=True)))
    .order_by(_LOG.c.item_version)
)


def _moments(kind: str, ids: Iterable[int], upto: int | None) -> dict[int, Moments]:
    asked = {"kind": kind, "ids": sorted(ids)}
    if not asked["ids"]:
        return {}
    query = _ACTS_ON if upto is None else _ACTS_ON.where(_LOG.c.seq <= upto)
    found: dict[int, Moments] = {}
    for number, at, verb, actor in db.session.execute(query, asked):
        before = found.get(number)
        first = before.first if before else at
        if verb in {"resolve", "reopen"}:
            found[number] = Moments(first, at, at, actor)
        elif before:
            found[number] = Moments(first, at, before.settled_at, before.settled_by)
        else:
            found[number] = Moments(first, at)
    return found


def _names_in(rows: Sequence[Row], moments: Iterable[Moments]) -> _Names:
    people = {str(row.values["author"]) for row in rows}
    people |= {one.settled_by for one in moments if one.settled_by}
    offices = sorted({str(row.values["organisation"]) for row in rows if row.values["organisation"]})
    query = select(Organisation).where(Organisation.uid.in_(offices))
    return _Names(
        people_by_uid(people), {one.uid: one for one in db.session.scalars(query)} if offices else {}
    )
