"""Many entries in one act, as an import writes them: the same gate, checks, order and record as one at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, func, literal, select

from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.models import Plain, Roadmap, Versioned
from roadmap.history.operations import merge_into
from roadmap.people.models import Person, new_uid
from roadmap.people.roles import Act
from roadmap.plan.access import roadmap_for
from roadmap.plan.checking import check_values, fill, known_uids
from roadmap.plan.kinds import COVER, KINDS, Kind
from roadmap.plan.operations import Edited, record_and_tell
from roadmap.plan.order import between
from roadmap.text.words import N_
from roadmap.work import unit_of_work

MOST_AT_ONCE = 200

Parent = tuple[str, str]


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


def add_many(
    actor: Person, roadmap_id: int, entries: Sequence[Entry], *, reason: str = "", source: str = "import"
) -> list[Versioned]:
    """Add up to 200 items in one act, each at the end of its list, in the order given.

    Raises as the gate does, and NotValid for an entry that cannot be stored; then none is. Tells PlanChanged.
    """
    _refuse_too_many(entries)
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.EDIT)
        known = known_uids(roadmap) | {entry.uid for entry in entries}
        last = _last_places(roadmap_id, {entry.kind for entry in entries})
        items = [_made(roadmap, entry, known, last) for entry in entries]
        # The actions go first: their indicators refer to them.
        for kind in KINDS:
            db.session.add_all([item for item in items if item.kind == kind])
            db.session.flush()
        record_and_tell(actor, "add", items, reason=reason, source=source)
        return items


def edit_many(
    actor: Person, roadmap_id: int, edits: Sequence[Edit], *, reason: str = "", source: str = "import"
) -> list[Edited]:
    """Save up to 200 edits in one act, each merged with what has happened since its base; at most one to an item.

    Raises as the gate does, NotThere for an item that is not this roadmap's, NotValid, ItemGone and
    EditConflict; in each of these nothing is changed. Tells PlanChanged.
    """
    _refuse_too_many(edits)
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.EDIT)
        known = known_uids(roadmap) if any(_names_others(edit) for edit in edits) else set()
        items = _items_of(roadmap_id, edits)
        results = []
        for edit in edits:
            item, kind = items[edit.kind, edit.item_id], KINDS[edit.kind]
            check_values(roadmap, kind, edit.values, item, known=known)
            merged, changed = merge_into(item, edit.base_version, edit.values)
            fill(item, kind, changed)
            results.append(Edited(item, tuple(changed), frozenset(merged.theirs_changed)))
        changed_items = [result.item for result in results if result.changed]
        if changed_items:
            verb = "merge" if any(result.merged_with for result in results) else "edit"
            record_and_tell(actor, verb, changed_items, reason=reason, source=source)
        return results


def _refuse_too_many(entries: Sequence[object]) -> None:
    if len(entries) > MOST_AT_ONCE:
        raise NotValid(
            sentence=N_("Paling banyak %(most)s baris sekali simpan; ini %(count)s."),
            most=MOST_AT_ONCE,
            count=len(entries),
        )


def _made(roadmap: Roadmap, entry: Entry, known: set[str], last: dict[Parent, str | None]) -> Versioned:
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


def _last_places(roadmap_id: int, kinds: Iterable[str]) -> dict[Parent, str | None]:
    """Give the last position in use in each list of these kinds: (kind, parent's uid or empty)."""
    last: dict[Parent, str | None] = {}
    for kind in (KINDS[name] for name in kinds):
        # Removed ones too: they keep their places for their return.
        query = select(_parent_column(kind), func.max(kind.model.position)).where(
            kind.model.roadmap_id == roadmap_id
        )
        if kind.parent:
            query = query.group_by(_parent_column(kind))
        for parent, position in db.session.execute(query):
            last[kind.name, parent] = position
    return last


def _parent_column(kind: Kind) -> ColumnElement[str]:
    column: ColumnElement[str] = getattr(kind.model, kind.parent) if kind.parent else literal("")
    return column


def _items_of(roadmap_id: int, edits: Sequence[Edit]) -> dict[tuple[str, int], Versioned]:
    found: dict[tuple[str, int], Versioned] = {}
    for name in {edit.kind for edit in edits}:
        model = KINDS[name].model
        query = select(model).where(
            model.roadmap_id == roadmap_id,
            model.id.in_([edit.item_id for edit in edits if edit.kind == name]),
        )
        found |= {(name, item.id): item for item in db.session.scalars(query)}
    if len(found) != len(edits):
        raise NotThere
    return found
