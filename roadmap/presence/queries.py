"""Who is here, who is editing what, and what has happened since: only what the reader may know of."""

import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.history.models import Changeset, Roadmap
from roadmap.history.queries import readable_by
from roadmap.people.models import Person
from roadmap.people.queries import members_of, today_in
from roadmap.people.roles import Act, Role, holds
from roadmap.presence.models import Presence
from roadmap.presence.rules import GONE, MOST_ACTS
from roadmap.presence.touched import touched_by


@dataclass(frozen=True)
class Editing:
    """Somebody is editing an item: who, which, and since when."""

    name: str
    kind: str
    uid: str
    since: datetime

    @property
    def minutes(self) -> int:
        """For how many minutes; the first one counts from its beginning."""
        return max(1, int((now() - self.since).total_seconds() // 60))


@dataclass(frozen=True)
class Here:
    """Who else has a roadmap open, by name, what they edit, and what the reader edits in another tab."""

    names: tuple[str, ...] = ()
    editing: tuple[Editing, ...] = ()
    own_elsewhere: frozenset[str] = frozenset()
    mark: str = "0"


@dataclass(frozen=True)
class News:
    """What has happened since: up to which act, which items it touched, by how many acts of others."""

    seq: int
    items: tuple[str, ...] = ()
    is_wide: bool = False
    others: int = 0


def here_on(roadmap: Roadmap, reader: Person, tabs: Collection[str] = ()) -> Here:
    """Tell who is on a roadmap beside the reader; only who may see it now. Not when anybody else was last seen.

    `tabs` names the reader's tab, and what stood in it before: what is edited there is not edited elsewhere.
    """
    rows = _rows([roadmap.id])
    own = frozenset(
        row.item_uid
        for row in rows
        if tabs and row.person_id == reader.id and row.tab not in tabs and row.editing_since is not None
    )
    mark = _marks(rows).get(roadmap.id, "0")
    others = [row for row in rows if row.person_id != reader.id]
    if not others:
        return Here(own_elsewhere=own, mark=mark)
    names = _names(roadmap)
    here = {names[row.person_id] for row in others if row.person_id in names}
    editing: dict[tuple[int, str], Editing] = {}
    for row in sorted(others, key=lambda one: one.editing_since or now()):
        if row.editing_since is not None and row.person_id in names:
            one = Editing(names[row.person_id], row.item_kind, row.item_uid, row.editing_since)
            editing.setdefault((row.person_id, row.item_uid), one)
    return Here(tuple(sorted(here, key=str.casefold)), tuple(editing.values()), own, mark)


def marks_of(roadmap_ids: Iterable[int]) -> dict[int, str]:
    """Give a mark for each roadmap that changes when somebody comes, goes, or begins or ends to edit."""
    wanted = list(roadmap_ids)
    found = _marks(_rows(wanted))
    return {one: found.get(one, "0") for one in wanted}


def heads_of(roadmap_ids: Iterable[int]) -> Mapping[int, int]:
    """Give the number of the last act of each roadmap; one query."""
    rows = db.session.execute(_HEADS, {"ids": list(roadmap_ids)})
    return {row.id: row.head_seq for row in rows}


_HEADS = select(Roadmap.id, Roadmap.head_seq).where(Roadmap.id.in_(bindparam("ids", expanding=True)))


def news_since(roadmap: Roadmap, reader: Person, seq: int) -> News | None:
    """Tell what has happened after an act, of what the reader may know; None where that is nothing."""
    if roadmap.head_seq <= seq:
        return None
    query = (
        select(Changeset.seq, Changeset.digest, Changeset.actor_uid)
        .where(Changeset.roadmap_id == roadmap.id, Changeset.seq > seq, readable_by(reader, roadmap))
        .order_by(Changeset.seq.desc())
        .limit(MOST_ACTS)
    )
    acts = db.session.execute(query).all()
    if not acts:
        return None
    others = sum(1 for act in acts if act.actor_uid != reader.uid)
    if len(acts) == MOST_ACTS:
        return News(acts[0].seq, is_wide=True, others=others)
    touched = touched_by(roadmap.id, {act.digest: act.seq for act in acts})
    items = sorted({item for one in touched for item in one.items})
    return News(acts[0].seq, tuple(items), any(one.is_wide for one in touched), others)


def _rows(roadmap_ids: Sequence[int]) -> Sequence[Presence]:
    asked = {"ids": list(roadmap_ids), "since": now() - GONE}
    return db.session.execute(_PRESENT, asked).all()  # type: ignore[return-value]


_PRESENT = (
    select(
        Presence.roadmap_id,
        Presence.person_id,
        Presence.tab,
        Presence.item_kind,
        Presence.item_uid,
        Presence.editing_since,
    )
    .where(Presence.roadmap_id.in_(bindparam("ids", expanding=True)), Presence.seen_at > bindparam("since"))
    .order_by(Presence.id)
)


def _names(roadmap: Roadmap) -> dict[int, str]:
    """Name everybody who may see the roadmap today, by their number."""
    today = today_in(roadmap.region)
    return {
        held.person_id: held.person.name
        for held in members_of(roadmap.region_id, roadmap.id)
        if held.holds_on(today) and held.person.closed_at is None and holds({Role(held.role)}, Act.SEE)
    }


def _marks(rows: Sequence[Presence]) -> dict[int, str]:
    signs: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        edits = row.item_uid if row.editing_since is not None else ""
        signs[row.roadmap_id].add(f"{row.person_id}:{edits}")
    return {one: f"{zlib.crc32(' '.join(sorted(held)).encode()):x}" for one, held in signs.items()}
