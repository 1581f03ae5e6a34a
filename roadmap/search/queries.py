"""Asking the index: what a reader may see of what answers a question. Hits, counts and snippets alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, case, func, or_, select

from roadmap.discussion.models import Thread
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Organisation, Person
from roadmap.people.queries import organisations_by_uid, roles_on
from roadmap.people.roles import levels_read_by
from roadmap.plan.kinds import KINDS
from roadmap.search.kinds import GROUPS
from roadmap.search.models import SearchEntry
from roadmap.search.rules import Asked
from roadmap.search.words_table import Term, matching


@dataclass(frozen=True)
class Results:
    """One page of what was found: the entries, how many there are of each kind, the offices by uid."""

    entries: Sequence[SearchEntry] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    offices: Mapping[str, Organisation] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many there are of all kinds."""
        return sum(self.counts.values())


def find(
    reader: Person, roadmap: Roadmap, asked: Asked, *, kind: str | None, size: int, number: int
) -> Results:
    """Find what answers a question, of one kind or of all: kind by kind, in each those with it in the title first.

    The counts are of every kind, whichever was asked for; the page that is given is the nearest that exists.
    """
    if not asked:
        return Results()
    offices = organisations_by_uid(roadmap.region_id)
    terms = _terms(asked, offices)
    hit = matching(roadmap.id, terms).subquery()
    readable = _readable(reader, roadmap)
    counted = (
        select(SearchEntry.kind, func.count())
        .join(hit, hit.c.id == SearchEntry.id)
        .where(*readable)
        .group_by(SearchEntry.kind)
    )
    found: dict[str, int] = {row[0]: row[1] for row in db.session.execute(counted)}
    counts = {name: found[name] for name in GROUPS if name in found}
    total = counts.get(kind, 0) if kind else sum(counts.values())
    number = min(max(number, 1), max(-(-total // size), 1))
    query = select(SearchEntry.id).join(hit, hit.c.id == SearchEntry.id).where(*readable)
    if kind:
        query = query.where(SearchEntry.kind == kind)
    query = query.order_by(*_order(roadmap.id, terms)).limit(size).offset((number - 1) * size)
    return Results(_entries(db.session.scalars(query).all()), counts, offices)


def _entries(ids: Sequence[int]) -> list[SearchEntry]:
    """Read entries in the order of their ids; their texts are long, and are read for one page alone."""
    read = {
        entry.id: entry for entry in db.session.scalars(select(SearchEntry).where(SearchEntry.id.in_(ids)))
    }
    return [read[one] for one in ids]


def items_found(reader: Person, roadmap: Roadmap, asked: Asked) -> frozenset[str]:
    """Give the uids of the plan's own items that answer a question."""
    terms = _terms(asked, organisations_by_uid(roadmap.region_id))
    query = select(SearchEntry.item_uid).where(
        SearchEntry.id.in_(matching(roadmap.id, terms)),
        SearchEntry.kind.in_(list(KINDS)),
        *_readable(reader, roadmap),
    )
    return frozenset(db.session.scalars(query))


def threads_of(entries: Sequence[SearchEntry]) -> dict[str, Thread]:
    """Give the threads in which what was found was said, by uid, one query."""
    uids = {entry.thread or entry.item_uid for entry in entries if entry.kind not in KINDS}
    if not uids:
        return {}
    return {thread.uid: thread for thread in db.session.scalars(select(Thread).where(Thread.uid.in_(uids)))}


def titles_of(roadmap_id: int, uids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Give kind and title of the plan's items named by uid, those that stand and have one; one query."""
    if not uids:
        return {}
    query = select(SearchEntry.item_uid, SearchEntry.kind, SearchEntry.texts).where(
        SearchEntry.roadmap_id == roadmap_id,
        SearchEntry.item_uid.in_(uids),
        SearchEntry.kind.in_(list(KINDS)),
    )
    return {row.item_uid: (row.kind, row.texts.get("title", "")) for row in db.session.execute(query)}


def _terms(asked: Asked, offices: Mapping[str, Organisation]) -> list[Term]:
    """Join the offices to a question by the names they have now; a merged one goes by the one it was merged into."""
    return [
        Term(
            sought,
            sorted(
                uid
                for uid, office in offices.items()
                if sought.stands_in([office.name, office.abbreviation or ""])
            ),
        )
        for sought in asked.sought
    ]


def _readable(reader: Person, roadmap: Roadmap) -> list[ColumnElement[bool]]:
    """Say in SQL which entries somebody who sees the roadmap reads: as the gate of the discussion does."""
    levels = sorted(levels_read_by(roles_on(reader, roadmap.region_id, roadmap.id)))
    said_in = select(Thread.uid).where(
        Thread.roadmap_id == roadmap.id, or_(Thread.visibility.in_(levels), Thread.author == reader.uid)
    )
    return [
        SearchEntry.roadmap_id == roadmap.id,
        or_(SearchEntry.level.is_(None), SearchEntry.level.in_(levels), SearchEntry.author == reader.uid),
        or_(SearchEntry.thread.is_(None), SearchEntry.thread.in_(said_in)),
    ]


def _order(roadmap_id: int, terms: Sequence[Term]) -> list[ColumnElement[int]]:
    # By title and age, and by nothing that texts the reader does not see could move.
    kinds = case({name: place for place, name in enumerate(GROUPS)}, value=SearchEntry.kind)
    in_title = SearchEntry.id.in_(matching(roadmap_id, terms, in_title=True))
    return [kinds, case((in_title, 0), else_=1), SearchEntry.item_id, SearchEntry.id]  # type: ignore[list-item]
