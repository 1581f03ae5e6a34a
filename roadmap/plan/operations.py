"""The verbs of the plan. Each takes the acting person, asks the gate again inside its unit of work, and records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from roadmap.clock import now
from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.errors import ItemGone
from roadmap.history.models import Changeset, Edition, Plain, Revision, Roadmap, Versioned
from roadmap.history.operations import CLOSED, close_past_texts, merge_into, record
from roadmap.history.queries import touches_binding
from roadmap.people.access import Place, require
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import item_for, require_indicators_of, roadmap_for
from roadmap.plan.checking import check_values, fill, require_fields
from roadmap.plan.errors import StandsInEdition
from roadmap.plan.events import PlanChanged, RoadmapCreated
from roadmap.plan.kinds import COVER, KINDS, Kind
from roadmap.plan.models import Action, Cover, Indicator
from roadmap.plan.order import between
from roadmap.plan.queries import (
    find_by_uid,
    find_item,
    stands_in_edition,
)
from roadmap.text.words import N_
from roadmap.work import current_work, take_seq, tell, unit_of_work

AT_END = None
FIRST = "first"
APPROVED = N_(
    "Rencana aksi ini sudah disetujui dalam sebuah edisi, jadi tidak dihapus. "
    "Ubah statusnya menjadi dihentikan atau digantikan, dengan alasannya."
)


@dataclass(frozen=True)
class Edited:
    """What a save did: the item, the fields that changed, what others had changed meanwhile, and the act's `seq`."""

    item: Versioned
    changed: tuple[str, ...]
    merged_with: frozenset[str]
    seq: int | None = None


@dataclass(frozen=True)
class Moved:
    """What a move did; `neighbour_was_gone` says that it went to the end instead."""

    item: Versioned
    neighbour_was_gone: bool


def create_roadmap(
    actor: Person, region_id: int, values: Mapping[str, Plain], *, language: str = "id"
) -> Roadmap:
    """Create a roadmap with its cover, in one act, and begin its log.

    Raises as the gate does, and NotValid. Tells RoadmapCreated after the commit.
    """
    with unit_of_work():
        require(actor, Act.CREATE_ROADMAP, Place(region_id))
        roadmap = Roadmap(region_id=region_id, language=language)
        db.session.add(roadmap)
        db.session.flush()
        seq = take_seq(roadmap.id)
        cover = Cover(roadmap_id=roadmap.id)
        fill(cover, COVER, values)
        db.session.add(cover)
        record(actor, "create", [cover])
        tell(RoadmapCreated(roadmap.id, seq, actor.uid))
        return roadmap


def add_item(
    actor: Person,
    roadmap_id: int,
    kind_name: str,
    values: Mapping[str, Plain],
    *,
    parent_uid: str | None = None,
    after: str | None = AT_END,
    reason: str = "",
    source: str = "form",
) -> Versioned:
    """Add an item at the end of its list, after a named neighbour, or first. It may be incomplete.

    Raises as the gate does, and NotValid for what cannot be stored. Tells PlanChanged.
    """
    with unit_of_work(roadmap_id):
        kind = KINDS[kind_name]
        roadmap = db.session.get_one(Roadmap, roadmap_id)
        item = kind.model()
        item.roadmap_id = roadmap.id
        if kind.parent:
            action = find_by_uid(kind.parent, roadmap.id, parent_uid or "")
            if not isinstance(action, Action) or action.removed_at is not None:
                raise NotThere
            require_indicators_of(actor, roadmap, action)
            setattr(item, kind.parent, action.uid)
        else:
            roadmap_for(actor, roadmap_id, to=Act.EDIT)
        check_values(roadmap, kind, values)
        fill(item, kind, values)
        item.position = _place(item, kind, after)[0]
        db.session.add(item)
        record_and_tell(actor, "add", [item], reason=reason, source=source)
        return item


def edit_item(
    actor: Person,
    kind_name: str,
    item_id: int,
    base_version: int,
    values: Mapping[str, Plain],
    *,
    reason: str = "",
    source: str = "form",
) -> Edited:
    """Save the fields named in `values`, merged with what has happened since `base_version`.

    Raises as the gate does; FieldNotYours for a field named without the right to it; NotValid; ItemGone;
    EditConflict, which changes nothing. When nothing differs nothing happens. Tells PlanChanged.
    """
    item = _known(kind_name, item_id)
    with unit_of_work(item.roadmap_id):
        access = item_for(actor, kind_name, item_id, to=Act.EDIT)
        item, kind = access.item, KINDS[kind_name]
        require_fields(set(values), access.fields)
        check_values(access.roadmap, kind, values, item)
        merged, changed = merge_into(item, base_version, values)
        if not changed:
            return Edited(item, (), frozenset(merged.theirs_changed))
        fill(item, kind, changed)
        verb = "merge" if merged.theirs_changed else "edit"
        act = record_and_tell(actor, verb, [item], reason=reason, source=source)
        return Edited(item, tuple(changed), frozenset(merged.theirs_changed), act.seq if act else None)


def move_item(actor: Person, kind_name: str, item_id: int, after: str) -> Moved:
    """Put an item after a neighbour named by uid, or "first". Renumbers nobody, and never clashes with an edit.

    A neighbour that has gone means the end of the list. Raises as the gate does; tells PlanChanged.
    """
    item = _known(kind_name, item_id)
    with unit_of_work(item.roadmap_id):
        item = _drafters_item(actor, kind_name, item_id)
        if item.removed_at is not None:
            raise ItemGone(N_("Bagian ini sudah dihapus; pulihkan dulu bila ingin memindahkannya."))
        item.position, was_gone = _place(item, KINDS[kind_name], after)
        record_and_tell(actor, "move", [item])
        return Moved(item, was_gone)


def remove_item(actor: Person, kind_name: str, item_id: int, *, reason: str = "") -> Versioned:
    """Remove an item, with its indicators; it can be restored without expiry, and links to it stay, unshown.

    Raises as the gate does, and StandsInEdition for an action that was approved. Tells PlanChanged.
    """
    item = _known(kind_name, item_id)
    with unit_of_work(item.roadmap_id):
        item = _drafters_item(actor, kind_name, item_id)
        if kind_name == COVER.name:
            raise NotThere
        if item.removed_at is not None:
            return item
        if kind_name == "action" and stands_in_edition(item):
            raise StandsInEdition(APPROVED)
        going = [item, *_standing_indicators(item)]
        moment = now()
        for one in going:
            one.removed_at = moment
        record_and_tell(actor, "remove", going, reason=reason)
        return item


def restore_item(actor: Person, kind_name: str, item_id: int) -> Versioned:
    """Bring a removed item back to its place, with the indicators that went with it. Tells PlanChanged.

    Raises as the gate does, and NotThere for an indicator whose action is still removed.
    """
    item = _known(kind_name, item_id)
    with unit_of_work(item.roadmap_id):
        item = _drafters_item(actor, kind_name, item_id)
        if item.removed_at is None:
            return item
        if isinstance(item, Indicator):
            action = find_by_uid("action", item.roadmap_id, item.action)
            if action is None or action.removed_at is not None:
                raise ItemGone(N_("Pulihkan dulu rencana aksinya; indikator ini kembali bersamanya."))
        coming = [item, *_indicators_gone_with(item)]
        for one in coming:
            one.removed_at = None
        record_and_tell(actor, "restore", coming)
        return item


def close_text(
    actor: Person, kind_name: str, item_id: int, fields: Sequence[str], *, basis: str, reason: str
) -> Versioned:
    """Close texts that name a victim or hold private data: here, in every earlier version, and in editions.

    A visible mark stays; the chain of the log still holds. Side effects in their order: the mark is put into
    the item and recorded with basis and reason; earlier versions and kept words lose the words and their
    salt; the documents of editions show the mark. Raises as the gate does, and NotValid without a text field,
    a basis and a reason.
    """
    item = _known(kind_name, item_id)
    with unit_of_work(item.roadmap_id):
        access = item_for(actor, kind_name, item_id, to=Act.CLOSE_TEXT)
        item, kind = access.item, KINDS[kind_name]
        names = [name for name in fields if name in closable_fields(kind)]
        if not names or len(names) != len(set(fields)):
            raise NotValid({"fields": N_("Pilih isian yang akan ditutup.")})
        if not basis.strip() or not reason.strip():
            raise NotValid({"reason": N_("Tulis dasar dan alasannya; tanpa menyebut nama.")})
        for name in names:
            setattr(item, name, CLOSED)
        payload = {"kind": kind_name, "uid": item.uid, "fields": names, "basis": basis}
        if not record_and_tell(actor, "close", [item], reason=reason, payload=payload):
            raise NotValid({"fields": N_("Isian itu sudah ditutup.")})
        close_past_texts(item, names)
        _close_in_editions(item, names)
        return item


def closable_fields(kind: Kind) -> list[str]:
    """Give the fields of a kind that hold a person's own words."""
    return [one.name for one in kind.fields if one.type.widget in {"line", "area"}]


def _known(kind_name: str, item_id: int) -> Versioned:
    item = find_item(kind_name, item_id) if kind_name in KINDS else None
    if item is None:
        raise NotThere
    return item


def _drafters_item(actor: Person, kind_name: str, item_id: int) -> Versioned:
    item = _known(kind_name, item_id)
    roadmap_for(actor, item.roadmap_id, to=Act.EDIT)
    return item


def _place(item: Versioned, kind: Kind, after: str | None) -> tuple[str, bool]:
    """Compute a position among the item's siblings; the second part tells that the neighbour was gone.

    Removed siblings keep their places for their return; an item that already stands where it is to go stays.
    """
    query = select(kind.model.uid, kind.model.position, kind.model.removed_at).where(
        kind.model.roadmap_id == item.roadmap_id
    )
    if kind.parent:
        query = query.where(getattr(kind.model, kind.parent) == getattr(item, kind.parent))
    siblings = [row for row in db.session.execute(query) if row.uid != item.uid]
    taken = sorted({row.position for row in siblings})
    standing = {row.uid: row.position for row in siblings if row.removed_at is None}
    if after == FIRST:
        low, was_gone = None, False
    elif after in standing:
        low, was_gone = standing[after], False
    else:
        low, was_gone = max(standing.values(), default=None), after is not AT_END
    following = min((place for place in standing.values() if low is None or place > low), default=None)
    here: str | None = item.position
    if here and (low is None or low < here) and (following is None or here < following) and here not in taken:
        return here, was_gone
    return between(low, next((place for place in taken if low is None or place > low), None)), was_gone


def _standing_indicators(item: Versioned) -> list[Indicator]:
    if not isinstance(item, Action):
        return []
    query = select(Indicator).where(Indicator.action == item.uid, Indicator.removed_at.is_(None))
    return list(db.session.scalars(query))


def _indicators_gone_with(item: Versioned) -> list[Indicator]:
    if not isinstance(item, Action):
        return []
    query = select(Indicator).where(Indicator.action == item.uid, Indicator.removed_at == item.removed_at)
    return list(db.session.scalars(query))


def record_and_tell(
    actor: Person,
    verb: str,
    items: Sequence[Versioned],
    *,
    reason: str = "",
    source: str = "form",
    payload: Mapping[str, object] | None = None,
) -> Changeset | None:
    """Record an act on items and tell PlanChanged; None when nothing differed."""
    changeset = record(actor, verb, items, reason=reason, source=source, payload=payload)
    if changeset is None:
        return None
    work = current_work()
    tell(
        PlanChanged(
            roadmap_id=changeset.roadmap_id,
            seq=changeset.seq,
            actor_uid=actor.uid,
            verb=verb,
            items=tuple(
                (revision.kind, revision.item_id, revision.item_uid) for revision in changeset.revisions
            ),
            is_binding=any(_is_binding(revision) for revision in changeset.revisions),
        )
    )
    work.notes["changeset"] = changeset
    return changeset


def _is_binding(revision: Revision) -> bool:
    return touches_binding(revision) or revision.changed == ["position"]


def _close_in_editions(item: Versioned, names: Sequence[str]) -> None:
    for edition in db.session.scalars(select(Edition).where(Edition.roadmap_id == item.roadmap_id)):
        items = edition.document.get("items")
        if not isinstance(items, dict) or not isinstance(entry := items.get(item.uid), dict):
            continue
        fields = dict(entry["fields"])
        fields.update({name: CLOSED for name in names if fields.get(name)})
        document = {**edition.document, "items": {**items, item.uid: {**entry, "fields": fields}}}
        head = document.get("roadmap")
        if item.kind == COVER.name and "title" in names and isinstance(head, dict):
            document["roadmap"] = {**head, "title": CLOSED}
        edition.document = document
