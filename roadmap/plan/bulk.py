"""Many entries in one act, as an import writes them: the same gate, checks, order and record as one at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select

from roadmap.clock import now
from roadmap.errors import Conflict, NotThere, NotValid, Refusal
from roadmap.extensions import db
from roadmap.history.errors import EditConflict, ItemGone
from roadmap.history.models import Changeset, Plain, Revision, Roadmap, Snapshot, Versioned
from roadmap.history.operations import merge_into
from roadmap.people.access import require
from roadmap.people.models import Person, new_uid
from roadmap.people.roles import Act
from roadmap.plan.access import open_fields_on, own_among, place_of, roadmap_for, roadmap_to_edit
from roadmap.plan.bulk_queries import Parent, items_at, last_places, versions_seen
from roadmap.plan.checking import check_values, fill, known_uids, require_fields
from roadmap.plan.errors import StandsInEdition
from roadmap.plan.kinds import COVER, KINDS, Kind
from roadmap.plan.models import Indicator
from roadmap.plan.operations import APPROVED, Edited, record_and_tell
from roadmap.plan.order import between
from roadmap.plan.queries import items_by_uid, standing_in_editions
from roadmap.text.words import N_
from roadmap.work import unit_of_work

MOST_AT_ONCE = 200
MOST_IN_ONE_ACT = 15_000


@dataclass(frozen=True)
class Entry:
    """A new item; its uid is chosen beforehand, so that entries that come together can name one another."""

    kind: str
    values: Mapping[str, Plain]
    parent_uid: str | None = None
    uid: str = field(default_factory=new_uid)


@dataclass(frozen=True)
class Edit:
    """New values for some fields of an item, laid on the version they were written upon."""

    kind: str
    item_id: int
    base_version: int
    values: Mapping[str, Plain]


@dataclass(frozen=True)
class Removal:
    """An item that is to go, in view of a version of it."""

    kind: str
    item_id: int
    version: int


@dataclass(frozen=True)
class Fitted:
    """What came of several edits: those that went in, and by item id why the others did not; the act's `seq`."""

    saved: tuple[Edited, ...]
    held: Mapping[int, Refusal]
    seq: int | None = None


@dataclass(frozen=True)
class _Merge:
    """An edit that was merged and is not laid yet."""

    item: Versioned
    kind: Kind
    changed: Snapshot
    theirs_changed: frozenset[str]

    @property
    def foreseen(self) -> Edited:
        """What laying it would do."""
        return Edited(self.item, tuple(self.changed), self.theirs_changed)

    def fill(self) -> Edited:
        """Lay it."""
        fill(self.item, self.kind, self.changed)
        return self.foreseen


def add_many(
    actor: Person, roadmap_id: int, entries: Sequence[Entry], *, reason: str = "", source: str = "import"
) -> list[Versioned]:
    """Add up to 200 items in one act, each at the end of its list, in the order given.

    Raises as the gate does, and NotValid for an entry that cannot be stored; then none is. Tells PlanChanged.
    """
    _refuse_more_than(MOST_AT_ONCE, entries)
    with unit_of_work(roadmap_id):
        roadmap_for(actor, roadmap_id, to=Act.EDIT)
        items = _Laying(actor, roadmap_id, entries, ()).add(entries)
        record_and_tell(actor, "add", items, reason=reason, source=source)
        return items


def edit_many(
    actor: Person, roadmap_id: int, edits: Sequence[Edit], *, reason: str = "", source: str = "import"
) -> list[Edited]:
    """Save up to 200 edits in one act, each merged with what has happened since its base; at most one to an item.

    Raises as the gate does, NotThere for an item that is not this roadmap's, FieldNotYours, NotValid, ItemGone
    and EditConflict; in each of these nothing is changed. Tells PlanChanged.
    """
    _refuse_more_than(MOST_AT_ONCE, edits)
    with unit_of_work(roadmap_id):
        results = _Laying(actor, roadmap_id, (), edits).edit(edits)
        changed_items = [result.item for result in results if result.changed]
        if changed_items:
            verb = "merge" if any(result.merged_with for result in results) else "edit"
            record_and_tell(actor, verb, changed_items, reason=reason, source=source)
        return results


def edit_what_fits(
    actor: Person, roadmap_id: int, edits: Sequence[Edit], *, source: str = "form", is_trial: bool = False
) -> Fitted:
    """Save in one act those of up to 200 edits that need no decision; each of the others is held back with its refusal.

    Held back are clashes, items that have gone and values that cannot be stored; of such an item nothing is
    changed. A trial changes nothing at all and tells what would be done. Raises as the gate does, NotThere for an item
    that is not this roadmap's, and FieldNotYours; then nothing is saved. Tells PlanChanged.
    """
    _refuse_more_than(MOST_AT_ONCE, edits)
    with unit_of_work(roadmap_id):
        merges, held = _Laying(actor, roadmap_id, (), edits).merge(edits)
        if is_trial:
            return Fitted(tuple(one.foreseen for one in merges), held)
        results = [one.fill() for one in merges]
        changed_items = [result.item for result in results if result.changed]
        act = None
        if changed_items:
            verb = "merge" if any(result.merged_with for result in results) else "edit"
            act = record_and_tell(actor, verb, changed_items, source=source)
        return Fitted(tuple(results), held, act.seq if act else None)


def lay_many(
    actor: Person,
    roadmap_id: int,
    entries: Sequence[Entry],
    edits: Sequence[Edit],
    removals: Sequence[Removal] = (),
    *,
    verb: str = "import",
    source: str = "import",
    reason: str = "",
    payload: Mapping[str, object] | None = None,
) -> Changeset | None:
    """Add, edit and remove up to 15,000 items in one act, all or nothing; None where nothing would change.

    Edits are merged with what has happened since their base. A drafter may do everything, an operator edit the
    own office's actions and their indicators, and add indicators to them. Raises as the gate does; NotThere
    for what is not this roadmap's; FieldNotYours; NotValid; ItemGone; EditConflict; StandsInEdition for a
    removal of what was approved; Conflict for a removal of what was changed since. Tells PlanChanged.
    """
    _refuse_more_than(MOST_IN_ONE_ACT, (*entries, *edits, *removals))
    with unit_of_work(roadmap_id):
        laying = _Laying(actor, roadmap_id, entries, edits)
        added = laying.add(entries) if entries else []
        edited = laying.edit(edits) if edits else []
        gone = _remove(actor, roadmap_id, removals) if removals else []
        items = {
            (one.kind, one.id): one for one in [*added, *(one.item for one in edited if one.changed), *gone]
        }
        if not items:
            return None
        return record_and_tell(
            actor, verb, list(items.values()), reason=reason, source=source, payload=payload
        )


class _Laying:
    """What all entries and edits of one act need to know, asked once; needs an open unit of work."""

    def __init__(
        self, actor: Person, roadmap_id: int, entries: Sequence[Entry], edits: Sequence[Edit]
    ) -> None:
        self.actor = actor
        self.roadmap = roadmap_to_edit(actor, roadmap_id)
        needs = entries or any(_names_others(edit) for edit in edits)
        # Entries may name one another, and edits the entries that come with them.
        self.known = (known_uids(self.roadmap) if needs else set()) | {entry.uid for entry in entries}

    def add(self, entries: Sequence[Entry]) -> list[Versioned]:
        """Put the entries in, each at the end of its list. Raises as `add_many`."""
        self._require_entries(entries)
        last = last_places(self.roadmap.id, {entry.kind for entry in entries})
        items = [_made(self.roadmap, entry, self.known, last) for entry in entries]
        # The actions go first: their indicators refer to them.
        for kind in KINDS:
            db.session.add_all([item for item in items if item.kind == kind])
            db.session.flush()
        return items

    def edit(self, edits: Sequence[Edit]) -> list[Edited]:
        """Lay the edits, one after the other. Raises as `edit_many`."""
        return [merging().fill() for _edit, merging in self._mergings(edits)]

    def merge(self, edits: Sequence[Edit]) -> tuple[list[_Merge], dict[int, Refusal]]:
        """Merge the edits and lay none; tell by item id why some cannot be. Raises as `edit_what_fits`."""
        merges: list[_Merge] = []
        held: dict[int, Refusal] = {}
        for edit, merging in self._mergings(edits):
            try:
                merges.append(merging())
            except (EditConflict, ItemGone, NotValid) as refusal:
                held[edit.item_id] = refusal
        return merges, held

    def _mergings(self, edits: Sequence[Edit]) -> Iterator[tuple[Edit, Callable[[], _Merge]]]:
        items = items_at(self.roadmap.id, [(one.kind, one.item_id) for one in edits])
        open_fields = open_fields_on(self.actor, self.roadmap, list(items.values()))
        seen = versions_seen(items, {(one.kind, one.item_id): one.base_version for one in edits})
        for edit in edits:
            place = (edit.kind, edit.item_id)
            yield edit, partial(self._merged, edit, items[place], open_fields, seen.get(place))

    def _merged(
        self,
        edit: Edit,
        item: Versioned,
        open_fields: Mapping[str, frozenset[str]],
        seen: Revision | None,
    ) -> _Merge:
        kind = KINDS[edit.kind]
        require_fields(set(edit.values), open_fields[item.uid] & frozenset(kind.by_name))
        check_values(self.roadmap, kind, edit.values, item, known=self.known)
        merged, changed = merge_into(item, edit.base_version, edit.values, seen=seen)
        return _Merge(item, kind, changed, frozenset(merged.theirs_changed))

    def _require_entries(self, entries: Sequence[Entry]) -> None:
        """Let through drafters, and operators who add indicators to standing actions of their offices."""
        place = place_of(self.roadmap)
        parents = {entry.parent_uid for entry in entries if KINDS[entry.kind].parent and entry.parent_uid}
        if all(KINDS[entry.kind].parent for entry in entries):
            actions = list(items_by_uid("action", self.roadmap.id, parents).values())
            if parents and parents <= own_among(self.actor, self.roadmap, actions):
                require(self.actor, Act.EDIT_OWN_OFFICE, place)
                return
        require(self.actor, Act.EDIT, place)


def _refuse_more_than(most: int, entries: Sequence[object]) -> None:
    if len(entries) > most:
        raise NotValid(
            sentence=N_("Paling banyak %(most)s baris sekali simpan; ini %(count)s."),
            most=most,
            count=len(entries),
        )


def _remove(actor: Person, roadmap_id: int, removals: Sequence[Removal]) -> list[Versioned]:
    """Remove items with their indicators; those that have gone already are left."""
    roadmap = roadmap_for(actor, roadmap_id, to=Act.EDIT)
    items = items_at(roadmap_id, [(one.kind, one.item_id) for one in removals])
    standing = [
        (items[one.kind, one.item_id], one.version)
        for one in removals
        if items[one.kind, one.item_id].removed_at is None
    ]
    if any(item.kind == COVER.name for item, _version in standing):
        raise NotThere
    if any(item.version != version for item, version in standing):
        raise Conflict(
            N_("Bagian yang akan dihapus baru saja diubah orang lain. Periksa lagi; tidak ada yang diubah.")
        )
    actions = [item for item, _version in standing if item.kind == "action"]
    if actions and standing_in_editions(roadmap.id, "action", [item.id for item in actions]):
        raise StandsInEdition(APPROVED)
    query = select(Indicator).where(
        Indicator.action.in_([item.uid for item in actions]), Indicator.removed_at.is_(None)
    )
    going = {(item.kind, item.id): item for item, _version in standing}
    going |= {(item.kind, item.id): item for item in db.session.scalars(query)} if actions else {}
    moment = now()
    for item in going.values():
        item.removed_at = moment
    return list(going.values())


def _made(
    roadmap: Roadmap, entry: Entry, known: AbstractSet[str], last: dict[Parent, str | None]
) -> Versioned:
    kind = KINDS[entry.kind]
    if kind is COVER:
        raise NotThere
    check_values(roadmap, kind, entry.values, known=known)
    item = kind.model()
    item.uid, item.roadmap_id = entry.uid, roadmap.id
    if kind.parent:
        if entry.parent_uid not in known:
            raise NotThere
        setattr(item, kind.parent, entry.parent_uid)
    fill(item, kind, entry.values)
    list_of = (kind.name, entry.parent_uid or "")
    item.position = last[list_of] = between(last.get(list_of), None)
    return item


def _names_others(edit: Edit) -> bool:
    fields = KINDS[edit.kind].by_name
    return any(fields[name].type.references(value) for name, value in edit.values.items() if name in fields)
