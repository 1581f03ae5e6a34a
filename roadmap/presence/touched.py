"""Which items an act touched: those it changed, what they belong to, and what their links name or named.

An act never changes, so what is known of it stays; it is known by its digest, which no other act has.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from roadmap.extensions import db
from roadmap.history.models import Changeset, Plain, Revision
from roadmap.history.queries import revisions_before
from roadmap.plan.kinds import KINDS, LINKS
from roadmap.plan.queries import items_by_uid

MOST_KEPT = 5_000
Named = set[tuple[str, str]]


@dataclass(frozen=True)
class Touched:
    """The items an act touched, as their addresses name them; wide where it may show on every page."""

    items: frozenset[str]
    is_wide: bool = False


_kept: OrderedDict[str, Touched] = OrderedDict()
_lock = Lock()


def touched_by(roadmap_id: int, acts: Mapping[str, int]) -> list[Touched]:
    """Tell what acts of a roadmap touched, given their numbers by their digests."""
    with _lock:
        known = {digest: _kept[digest] for digest in acts if digest in _kept}
    missing = [seq for digest, seq in acts.items() if digest not in known]
    if missing:
        known |= _read(roadmap_id, missing)
        with _lock:
            _kept.update(known)
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return list(known.values())


def _read(roadmap_id: int, seqs: Sequence[int]) -> dict[str, Touched]:
    query = (
        select(Changeset)
        .where(Changeset.roadmap_id == roadmap_id, Changeset.seq.in_(seqs))
        .options(selectinload(Changeset.revisions))
    )
    acts = db.session.scalars(query).all()
    changed = [one for act in acts for one in act.revisions if one.kind in KINDS]
    before = revisions_before([one for one in changed if _changed_links(one)])
    named = {act.digest: _named_by(act, before) for act in acts}
    numbers = _numbers(roadmap_id, {name for names in named.values() for name in names})
    found = {}
    for act in acts:
        own = {_place(one.kind, one.item_id) for one in act.revisions if one.kind in KINDS}
        items = frozenset(own | {numbers[name] for name in named[act.digest] if name in numbers})
        found[act.digest] = Touched(items, is_wide=not items and "about" not in act.payload)
    return found


def _named_by(act: Changeset, before: Mapping[int, Revision]) -> Named:
    """Name what an act touched beside the items it changed: their parents, their links, what was talked about."""
    named: Named = {(str(act.payload.get("about_kind", "")), str(act.payload.get("about", "")))}
    for one in act.revisions:
        if one.kind not in KINDS:
            continue
        parent = KINDS[one.kind].parent
        if parent:
            named.add((parent, str(one.snapshot.get(parent))))
        earlier = before[one.id].snapshot if one.id in before else {}
        for name in _changed_links(one):
            target = LINKS[(one.kind, name)]
            named |= {(target, uid) for uid in _listed(one.snapshot.get(name))}
            named |= {(target, uid) for uid in _listed(earlier.get(name))}
    return named


def _changed_links(one: Revision) -> list[str]:
    whole = "removed_at" in one.changed
    return [name for kind, name in LINKS if kind == one.kind and (whole or name in one.changed)]


def _listed(value: Plain) -> Iterable[str]:
    return value if isinstance(value, list) else ()


def _numbers(roadmap_id: int, named: Named) -> dict[tuple[str, str], str]:
    found = {}
    for kind in KINDS:
        uids = {uid for one, uid in named if one == kind}
        if uids:
            for uid, item in items_by_uid(kind, roadmap_id, uids).items():
                found[(kind, uid)] = _place(kind, item.id)
    return found


def _place(kind: str, item_id: int) -> str:
    return f"{KINDS[kind].plural}/{item_id}"
