"""Reads what a comparison of two moments needs: both states, whose hands were between them, what was said meanwhile.

As many queries whatever the size of the plan and the number of acts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from roadmap.discussion.models import Comment, Thread
from roadmap.discussion.queries import read_by
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Roadmap
from roadmap.history.queries import readable_by
from roadmap.people.models import Person
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import Outline
from roadmap.plan.queries import outline_as_of, outline_of

MOST_THREADS = 5


@dataclass(frozen=True)
class Hand:
    """Somebody who touched an item, and the last act in which they did."""

    person: str
    seq: int


@dataclass(frozen=True)
class Said:
    """What others said in one thread meanwhile, as far as the reader reads it; `mine` of it answers the reader."""

    thread_id: int
    count: int
    mine: int
    author: str
    words: str


@dataclass(frozen=True)
class Talk:
    """What others said meanwhile: how much, how much of it to the reader, and where, their own threads first."""

    count: int = 0
    mine: int = 0
    threads: int = 0
    said: Sequence[Said] = ()


def plan_at(roadmap: Roadmap, seq: int) -> Outline:
    """Read a plan as it stood at an act; nothing stood before the first."""
    return outline_of(roadmap.id) if seq >= roadmap.head_seq else outline_as_of(roadmap.id, seq)


def hands_between(roadmap: Roadmap, reader: Person, after: int, upto: int) -> Mapping[str, Sequence[Hand]]:
    """Give who touched each item between two acts, the last hand first, by the item's uid; one query."""
    last = func.max(Revision.seq)
    query = (
        select(Revision.item_uid, Changeset.actor_uid, last)
        .join(Changeset, Changeset.id == Revision.changeset_id)
        .where(
            Revision.roadmap_id == roadmap.id,
            Revision.seq > after,
            Revision.seq <= upto,
            Revision.kind.in_(sorted(KINDS)),
            readable_by(reader, roadmap),
        )
        .group_by(Revision.item_uid, Changeset.actor_uid)
        .order_by(last.desc())
    )
    hands: dict[str, list[Hand]] = defaultdict(list)
    for uid, person, seq in db.session.execute(query):
        hands[uid].append(Hand(person, seq))
    return hands


def moments_of(roadmap_id: int, seqs: Iterable[int]) -> Mapping[int, datetime]:
    """Give when acts on the plan happened; one query."""
    query = select(Changeset.seq, Changeset.at).where(
        Changeset.roadmap_id == roadmap_id, Changeset.seq.in_(sorted(set(seqs)))
    )
    return {row.seq: row.at for row in db.session.execute(query)}


def moment_known(roadmap: Roadmap, reader: Person, seq: int) -> datetime | None:
    """Give when the last act happened that a reader may know of, up to one; None before the first."""
    query = select(func.max(Changeset.at)).where(
        Changeset.roadmap_id == roadmap.id, Changeset.seq <= seq, readable_by(reader, roadmap)
    )
    return db.session.scalar(query)


def talk_between(roadmap: Roadmap, reader: Person, after: int, upto: int) -> Talk:
    """Count what others said between two acts, as far as the reader reads it; two queries."""
    query = (
        select(Comment.id, Thread.id, Thread.author, Comment.notified)
        .join(Revision, (Revision.kind == Comment.kind) & (Revision.item_id == Comment.id))
        .join(Thread, Thread.uid == Comment.thread)
        .where(
            Revision.roadmap_id == roadmap.id,
            Revision.seq > after,
            Revision.seq <= upto,
            Revision.item_version == 1,
            Comment.removed_at.is_(None),
            Comment.author != reader.uid,
            read_by(Comment, reader, roadmap),
            read_by(Thread, reader, roadmap),
        )
        .order_by(Revision.seq)
    )
    threads: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for comment_id, thread_id, opened_by, notified in db.session.execute(query):
        threads[thread_id].append((comment_id, reader.uid in {opened_by, *notified}))
    if not threads:
        return Talk()
    spoken = [one for group in threads.values() for one in group]
    ordered = sorted(
        threads.items(), key=lambda pair: (not any(own for _id, own in pair[1]), -pair[1][-1][0])
    )
    return Talk(
        len(spoken), sum(own for _id, own in spoken), len(threads), _last_words(ordered[:MOST_THREADS])
    )


def _last_words(threads: Sequence[tuple[int, Sequence[tuple[int, bool]]]]) -> list[Said]:
    last = {group[-1][0]: (thread_id, group) for thread_id, group in threads}
    found = {one.id: one for one in db.session.scalars(select(Comment).where(Comment.id.in_(last)))}
    return [
        Said(thread_id, len(group), sum(own for _id, own in group), found[id_].author, found[id_].body)
        for id_, (thread_id, group) in last.items()
    ]
