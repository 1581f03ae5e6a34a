"""Reads what the sentences need: acts, what they touched, every name in them; as many queries whatever the size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import Integer, Select, and_, bindparam, case, cast, func, select, tuple_

from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Roadmap, Versioned
from roadmap.history.queries import revisions_before
from roadmap.people.models import Person
from roadmap.people.queries import organisations_by_uid, people_by_uid
from roadmap.plan.fields import Choices, Item, Items
from roadmap.plan.kinds import KINDS
from roadmap.plan.queries import terms_seen_by
from roadmap.timeline.changes import Touched
from roadmap.timeline.mentions import Mentions, mentions_of

# An act on more items than this is told by counting them.
FEW = 4


@dataclass(frozen=True)
class Tally:
    """How many items of a kind an act touched."""

    kind: str
    total: int
    added: int
    gone: int


@dataclass
class Reading:
    """Acts with all that is needed to tell them."""

    roadmap: Roadmap
    touched: Mapping[int, list[Touched]] = field(default_factory=dict)
    tallies: Mapping[int, list[Tally]] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    parents: Mapping[str, str] = field(default_factory=dict)
    mentions: Mentions = field(default_factory=Mentions)


def read_acts(
    roadmap: Roadmap,
    acts: Sequence[Changeset],
    *,
    language: str,
    few: int | None = FEW,
    sittings: Mapping[int, int] | None = None,
) -> Reading:
    """Read what acts touched: each item where they are few (None: always), else how many.

    `sittings` says of acts that stand for a whole sitting which version of the item was there before it.
    """
    tallies = _tallies([act.id for act in acts])
    small = [
        act_id
        for act_id, found in tallies.items()
        if few is None or sum(tally.total for tally in found) <= few
    ]
    revisions = list(
        db.session.scalars(select(Revision).where(Revision.changeset_id.in_(small)).order_by(Revision.id))
    )
    return _reading(roadmap, acts, revisions, (tallies, sittings or {}), language)


def read_revisions(roadmap: Roadmap, revisions: Sequence[Revision], *, language: str) -> Reading:
    """Read single revisions with their acts, as the history of one item needs them."""
    acts = [revision.changeset for revision in revisions]
    return _reading(roadmap, acts, revisions, ({}, {}), language)


def count_removed(roadmap_id: int) -> int:
    """Count what was removed and can be restored by itself: not the indicators that went with their action."""
    return sum(db.session.execute(_removed(), {"roadmap_id": roadmap_id}).one())


@cache
def _removed() -> Select[*tuple[int, ...]]:
    counts = []
    for kind in KINDS.values():
        query = select(func.count(kind.model.id)).where(
            kind.model.roadmap_id == bindparam("roadmap_id"), kind.model.removed_at.is_not(None)
        )
        if kind.parent:
            parent = KINDS[kind.parent].model
            gone = select(parent.uid).where(
                parent.roadmap_id == bindparam("roadmap_id"), parent.removed_at.is_not(None)
            )
            query = query.where(getattr(kind.model, kind.parent).not_in(gone))
        counts.append(query.scalar_subquery())
    return select(*counts)


def acts_that_removed(roadmap_id: int, items: Sequence[Versioned]) -> dict[tuple[str, int], Changeset]:
    """Give the act that removed each of these items, by kind and id; one query."""
    newest = (
        select(Revision.kind, Revision.item_id, func.max(Revision.item_version).label("version"))
        .where(
            Revision.roadmap_id == roadmap_id,
            tuple_(Revision.kind, Revision.item_id).in_([(item.kind, item.id) for item in items]),
        )
        .group_by(Revision.kind, Revision.item_id)
        .subquery()
    )
    query = (
        select(Revision.kind, Revision.item_id, Changeset)
        .join(Changeset, Changeset.id == Revision.changeset_id)
        .join(
            newest,
            and_(
                Revision.kind == newest.c.kind,
                Revision.item_id == newest.c.item_id,
                Revision.item_version == newest.c.version,
            ),
        )
    )
    return {(row[0], row[1]): row[2] for row in db.session.execute(query)}


def people_by_id(ids: Iterable[int]) -> dict[int, Person]:
    """Give persons by id, one query."""
    return {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(sorted(ids))))}


def _reading(
    roadmap: Roadmap,
    acts: Sequence[Changeset],
    revisions: Sequence[Revision],
    counted: tuple[Mapping[int, list[Tally]], Mapping[int, int]],
    language: str,
) -> Reading:
    tallies, sittings = counted
    previous = revisions_before(revisions) | _before_sittings(revisions, sittings)
    touched: dict[int, list[Touched]] = defaultdict(list)
    for revision in revisions:
        if revision.kind in KINDS:
            before, is_sitting = previous.get(revision.id), revision.changeset_id in sittings
            touched[revision.changeset_id].append(Touched(revision, before, is_sitting))
    everything = [one for group in touched.values() for one in group]
    titles = _titles(roadmap.id, _uids_named(everything))
    mentions = mentions_of(roadmap, acts)
    return Reading(
        roadmap,
        touched,
        tallies,
        people_by_uid(_people_named([*acts, *mentions.acts.values()])),
        _choices(roadmap, titles, language),
        titles.get("action", {}),
        mentions,
    )


def _before_sittings(revisions: Sequence[Revision], sittings: Mapping[int, int]) -> dict[int, Revision]:
    """Give the revision before each sitting, by the id of the sitting's last one; one query where there is any."""
    last = {
        (one.kind, one.item_id, sittings[one.changeset_id]): one.id
        for one in revisions
        if one.changeset_id in sittings and one.kind in KINDS
    }
    if not last:
        return {}
    spot = tuple_(Revision.kind, Revision.item_id, Revision.item_version)
    found = db.session.scalars(select(Revision).where(spot.in_(sorted(last))))
    return {last[one.kind, one.item_id, one.item_version]: one for one in found}


def acts_by_id(ids: Iterable[int]) -> dict[int, Changeset]:
    """Give acts by id, one query."""
    return {one.id: one for one in db.session.scalars(select(Changeset).where(Changeset.id.in_(sorted(ids))))}


def _tallies(act_ids: Sequence[int]) -> dict[int, list[Tally]]:
    first = cast(func.sum(case((Revision.item_version == 1, 1), else_=0)), Integer)
    gone = cast(func.sum(case((Revision.gone, 1), else_=0)), Integer)
    query = (
        select(Revision.changeset_id, Revision.kind, func.count(Revision.id), first, gone)
        .where(Revision.changeset_id.in_(act_ids))
        .group_by(Revision.changeset_id, Revision.kind)
    )
    found: dict[int, list[Tally]] = defaultdict(list)
    for act_id, kind, total, added, removed in db.session.execute(query):
        if kind in KINDS:
            found[act_id].append(Tally(kind, total, added, removed))
    order = list(KINDS)
    for tallies in found.values():
        tallies.sort(key=lambda tally: order.index(tally.kind))
    return found


def _people_named(acts: Iterable[Changeset]) -> set[str]:
    named: set[str] = set()
    for act in acts:
        named.add(act.actor_uid)
        if act.on_behalf_of:
            named.add(act.on_behalf_of)
        person = act.payload.get("person")
        if isinstance(person, str):
            named.add(person)
    return named


def _uids_named(touched: Iterable[Touched]) -> dict[str, set[str]]:
    """Give the uids of items that the changed values name, by kind."""
    named: dict[str, set[str]] = defaultdict(set)
    for one in touched:
        if one.kind.parent:
            named[one.kind.parent].add(str(one.snapshot.get(one.kind.parent)))
        for change in one.changes:
            kind = change.field.type
            if isinstance(kind, Item | Items):
                named[kind.kind] |= kind.references(change.before) | kind.references(change.after)
    return named


def _titles(roadmap_id: int, named: Mapping[str, set[str]]) -> dict[str, dict[str, str]]:
    """Give titles by kind and uid, of removed items too: the log speaks of them."""
    found: dict[str, dict[str, str]] = {}
    for kind, uids in named.items():
        model = KINDS[kind].model
        query = select(model.uid, model.title).where(  # type: ignore[attr-defined]
            model.roadmap_id == roadmap_id, model.uid.in_(sorted(uids))
        )
        found[kind] = {row.uid: row.title for row in db.session.execute(query)}
    return found


def _choices(roadmap: Roadmap, titles: Mapping[str, Mapping[str, str]], language: str) -> Choices:
    terms: dict[str, dict[str, str]] = {}
    for term in terms_seen_by(roadmap.region_id):
        terms.setdefault(term.vocabulary, {})[term.uid] = term.label_en if language == "en" else term.label
    organisations = organisations_by_uid(roadmap.region_id)
    return Choices(
        organisations={uid: one.name for uid, one in organisations.items()}, terms=terms, items=titles
    )
