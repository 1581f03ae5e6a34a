"""How much is said on each thing, counted for one reader once a page: for the tab, the cards and the rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask import g
from sqlalchemy import func, select

from roadmap.discussion.models import Comment, Thread
from roadmap.discussion.queries import read_by
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Organisation, Person
from roadmap.people.queries import organisations_by_uid

T = TypeVar("T")


@dataclass(frozen=True)
class Count:
    """Threads: how many are open, how many of these wait for an official answer, and how many there are."""

    open: int = 0
    waiting: int = 0
    all: int = 0

    def __add__(self, other: "Count") -> "Count":
        """Add two up."""
        return Count(self.open + other.open, self.waiting + other.waiting, self.all + other.all)

    @property
    def resolved(self) -> int:
        """How many are resolved."""
        return self.all - self.open


def counts_by_thing(roadmap: Roadmap, reader: Person) -> Mapping[str, Count]:
    """Count the threads that a reader reads by the uid of what they are about; one query a page."""
    return _once(("threads", roadmap.id, roadmap.head_seq, reader.id), lambda: _by_thing(roadmap, reader))


def count_all(roadmap: Roadmap, reader: Person) -> Count:
    """Count all threads that a reader reads."""
    return sum(counts_by_thing(roadmap, reader).values(), Count())


def count_on_organisation(roadmap: Roadmap, reader: Person, uid: str) -> tuple[str, Count]:
    """Count the threads on an organisation under all its uids, and give the uid it goes by today."""
    organisations = _once(
        ("organisations", roadmap.region_id), lambda: organisations_by_uid(roadmap.region_id)
    )
    today = organisations[uid].uid if uid in organisations else uid
    counts = counts_by_thing(roadmap, reader)
    return today, sum((counts[one] for one in uids_of(organisations, today) if one in counts), Count())


def uids_of(organisations: Mapping[str, Organisation], today: str) -> list[str]:
    """Give all the uids of an organisation that others were merged into."""
    return [today, *(uid for uid, one in organisations.items() if one.uid == today and uid != today)]


def comments_by_field(roadmap: Roadmap, reader: Person, uid: str) -> Mapping[str, int]:
    """Count the comments that a reader reads by the field of an item they speak of; one query a page and item."""
    return _once(
        ("comments", roadmap.id, roadmap.head_seq, reader.id, uid), lambda: _by_field(roadmap, reader, uid)
    )


def _by_thing(roadmap: Roadmap, reader: Person) -> Mapping[str, Count]:
    query = (
        select(Thread.about, Thread.is_resolved, Thread.wants_answer, func.count(Thread.id))
        .where(Thread.roadmap_id == roadmap.id, read_by(Thread, reader, roadmap))
        .group_by(Thread.about, Thread.is_resolved, Thread.wants_answer)
    )
    found: dict[str, Count] = {}
    for about, is_resolved, wants_answer, count in db.session.execute(query):
        is_open = 0 if is_resolved else count
        found[about] = found.get(about, Count()) + Count(is_open, is_open if wants_answer else 0, count)
    return found


def _by_field(roadmap: Roadmap, reader: Person, uid: str) -> Mapping[str, int]:
    query = (
        select(Thread.field, func.count(Comment.id))
        .join(Comment, Comment.thread == Thread.uid)
        .where(
            Thread.roadmap_id == roadmap.id,
            Thread.about == uid,
            read_by(Thread, reader, roadmap),
            read_by(Comment, reader, roadmap),
        )
        .group_by(Thread.field)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _once(key: tuple[object, ...], read: Callable[[], T]) -> T:
    """Read once a page, and anew after an act."""
    kept: dict[tuple[object, ...], T] = g.setdefault("talk_counts", {})
    if key not in kept:
        kept[key] = read()
    return kept[key]
