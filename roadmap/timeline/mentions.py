"""What acts speak of beside the items they change: threads, other acts, named moments; a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from roadmap.discussion.models import Thread
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Roadmap
from roadmap.history.queries import revisions_before
from roadmap.plan.kinds import KINDS
from roadmap.timeline.models import Pin


@dataclass(frozen=True)
class PinNames:
    """What a moment is called after an act, and what it was called before; empty where it had no name yet."""

    name: str
    before: str


@dataclass
class Mentions:
    """Threads by uid (their numbers), acts by their place in the log, items' titles by uid, pins by act."""

    threads: Mapping[str, int] = field(default_factory=dict)
    acts: Mapping[int, Changeset] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    pins: Mapping[int, PinNames] = field(default_factory=dict)


def mentions_of(roadmap: Roadmap, acts: Sequence[Changeset]) -> Mentions:
    """Read what these acts mention."""
    return Mentions(_threads(roadmap, acts), _acts(roadmap, acts), _titles(roadmap, acts), _pins(acts))


def about_of(act: Changeset) -> tuple[str, str]:
    """Give the kind and the uid of what an act speaks about; empty where it names nothing."""
    payload = act.payload
    kind, uid = payload.get("about_kind", payload.get("kind")), payload.get("about", payload.get("uid"))
    return (kind, uid) if isinstance(kind, str) and isinstance(uid, str) else ("", "")


def seq_named_by(act: Changeset) -> int | None:
    """Give the place in the log of the act or moment that an act speaks of."""
    for name in ("undone", "moment"):
        if isinstance(found := act.payload.get(name), int):
            return found
    return None


def _threads(roadmap: Roadmap, acts: Sequence[Changeset]) -> dict[str, int]:
    uids = sorted(str(act.payload["thread"]) for act in acts if "thread" in act.payload)
    if not uids:
        return {}
    query = select(Thread.uid, Thread.id).where(Thread.roadmap_id == roadmap.id, Thread.uid.in_(uids))
    return {row.uid: row.id for row in db.session.execute(query)}


def _acts(roadmap: Roadmap, acts: Sequence[Changeset]) -> dict[int, Changeset]:
    named = sorted({seq for act in acts if (seq := seq_named_by(act)) is not None})
    if not named:
        return {}
    query = select(Changeset).where(
        Changeset.roadmap_id == roadmap.id, Changeset.seq.in_(named), Changeset.audience.is_(None)
    )
    return {act.seq: act for act in db.session.scalars(query)}


def _titles(roadmap: Roadmap, acts: Sequence[Changeset]) -> dict[str, str]:
    named: dict[str, set[str]] = defaultdict(set)
    for act in acts:
        kind, uid = about_of(act)
        if kind in KINDS:
            named[kind].add(uid)
    found: dict[str, str] = {}
    for kind, uids in named.items():
        model = KINDS[kind].model
        query = select(model.uid, model.title).where(  # type: ignore[attr-defined]
            model.roadmap_id == roadmap.id, model.uid.in_(sorted(uids))
        )
        found |= {row.uid: row.title for row in db.session.execute(query)}
    return found


def _pins(acts: Sequence[Changeset]) -> dict[int, PinNames]:
    ids = [act.id for act in acts if act.verb.endswith("pin")]
    if not ids:
        return {}
    query = select(Revision).where(Revision.changeset_id.in_(ids), Revision.kind == Pin.kind)
    found = list(db.session.scalars(query))
    before = revisions_before(found)
    return {
        one.changeset_id: PinNames(
            str(one.snapshot.get("name") or ""),
            str(before[one.id].snapshot.get("name") or "") if one.id in before else "",
        )
        for one in found
    }
