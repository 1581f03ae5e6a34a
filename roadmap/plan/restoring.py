"""Going back: undo an act, restore fields or items as they were; each is one more act in the log, never less.

A preview reads only and says what would change, what is asked and what stands against it; the verbs do the same
inside their unit of work, and raise Unsettled (nothing is changed) where a question has no answer that still holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from roadmap.clock import now
from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Roadmap
from roadmap.history.operations import CLOSED, merge_into
from roadmap.history.queries import (
    changeset_at,
    open_act_at,
    revisions_before,
    snapshot_at,
    state_as_of,
    upcast,
)
from roadmap.history.shapes import same_value, snapshot_of
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import (
    Access,
    item_for,
    open_fields_on,
    own_among,
    place_of,
    roadmap_for,
    roadmap_to_edit,
)
from roadmap.plan.checking import check_values, fill, require_fields
from roadmap.plan.earlier import POSITION, State, Wish
from roadmap.plan.errors import NotUndoable, Unsettled
from roadmap.plan.kinds import KINDS
from roadmap.plan.laying import Choices, Laying, Preview, items_of
from roadmap.plan.operations import Edited, record_and_tell
from roadmap.plan.queries import find_item
from roadmap.text.words import N_
from roadmap.work import unit_of_work

# Acts on items that are not taken back; what touches no item never is.
NEVER = {
    "create": N_("Peta jalan yang sudah dibuat tidak diurungkan; isinya dapat diubah satu per satu."),
    "close": N_("Isi yang ditutup karena data pribadi tidak dibuka kembali."),
}
TALK = frozenset(
    {
        "open-thread",
        "reply",
        "edit-comment",
        "resolve",
        "reopen",
        "close-comment",
        "close-resolution",
        "answer-note",
    }
)
ROLES = frozenset({"role-given", "role-ended"})
OF_TALK = N_("Percakapan tidak diurungkan: penulisnya dapat menyunting komentarnya sendiri.")
OF_ROLES = N_("Peran tidak diurungkan dari sini: admin daerah memberi dan mengakhirinya.")
OF_STEPS = N_("Langkah ini tidak mengubah isi peta jalan, jadi tidak ada yang diurungkan.")


@dataclass(frozen=True)
class WentBack:
    """What was done: the act (None where nothing differed), and the preview it followed."""

    changeset: Changeset | None
    preview: Preview


def why_not_undone(act: Changeset) -> str:
    """Say why an act is not of a kind that is taken back; empty where it is."""
    if act.verb in NEVER:
        return NEVER[act.verb]
    if any(revision.kind in KINDS for revision in act.revisions):
        return ""
    return OF_TALK if act.verb in TALK else OF_ROLES if act.verb in ROLES else OF_STEPS


def may_undo(person: Person, roadmap: Roadmap, act: Changeset) -> bool:
    """Tell whether a person may take something of an act back, for showing or leaving out a control."""
    if why_not_undone(act):
        return False
    if allows(person, Act.EDIT, place_of(roadmap)):
        return True
    if not allows(person, Act.EDIT_OWN_OFFICE, place_of(roadmap)):
        return False
    items = items_of(roadmap.id, [(one.kind, one.item_uid) for one in act.revisions if one.kind in KINDS])
    return bool(own_among(person, roadmap, list(items.values())))


def preview_undo(actor: Person, roadmap_id: int, seq: int, choices: Choices | None = None) -> Preview:
    """Say what undoing an act would do, to somebody who may. Raises as `undo`, but for Unsettled."""
    roadmap = roadmap_to_edit(actor, roadmap_id)
    act = changeset_at(roadmap, seq, actor)
    if act is None:
        raise NotThere
    found = [revision for revision in act.revisions if revision.kind in KINDS]
    items = items_of(roadmap_id, [(one.kind, one.item_uid) for one in found])
    open_names = open_fields_on(actor, roadmap, list(items.values()))
    if why := why_not_undone(act):
        raise NotUndoable(why)
    before = revisions_before(found)
    wishes = [_taken_back(revision, before.get(revision.id)) for revision in found]
    return Laying(roadmap, items, open_names, choices or {}).lay_all(wishes)


def undo(
    actor: Person, roadmap_id: int, seq: int, choices: Choices | None = None, *, reason: str = ""
) -> WentBack:
    """Take an act back, merged with all that happened since; what cannot be taken back stays.

    Raises as the gate does, NotThere for an act that this person may not know of, NotUndoable, and Unsettled
    where a field was changed since and no answer in `choices` holds. Tells PlanChanged.
    """
    with unit_of_work(roadmap_id):
        preview = preview_undo(actor, roadmap_id, seq, choices)
        payload = {"undone": seq}
        return _go_back(
            actor, roadmap_id, preview, verb="undo", source="undo", payload=payload, reason=reason
        )


def preview_items(
    actor: Person,
    roadmap_id: int,
    seq: int,
    uids: Iterable[str] | None,
    *,
    base_seq: int | None = None,
    choices: Choices | None = None,
) -> Preview:
    """Say what restoring items as of a moment would do. Raises as `restore_items`, but for Unsettled."""
    roadmap = roadmap_for(actor, roadmap_id, to=Act.EDIT)
    seq = open_act_at(roadmap, seq).seq
    then, shown = _states(roadmap, seq), _states(roadmap, roadmap.head_seq if base_seq is None else base_seq)
    wanted = {*then, *shown} if uids is None else set(uids)
    if not wanted <= {*then, *shown}:
        raise NotThere
    items = items_of(roadmap_id, [(then.get(uid) or shown[uid])[:2] for uid in wanted])
    wishes = []
    for uid in wanted:
        kind, _uid, was = then.get(uid) or (*shown[uid][:2], State(shown[uid][2].values, stands=False))
        base = shown[uid][2] if uid in shown else State(was.values, stands=False)
        values = was.values if was.stands else base.values
        wishes.append(Wish(kind, uid, base, State(values, stands=was.stands)))
    open_names = open_fields_on(actor, roadmap, list(items.values()))
    return Laying(roadmap, items, open_names, choices or {}).lay_all(wishes)


def restore_items(
    actor: Person,
    roadmap_id: int,
    seq: int,
    uids: Iterable[str] | None,
    *,
    base_seq: int | None = None,
    choices: Choices | None = None,
    reason: str = "",
) -> WentBack:
    """Have items be as they were at a moment, in one act: their fields, their place, whether they stood.

    Without `uids` it is the whole plan: what came since is removed. `base_seq` is what was on the screen; what
    others changed since is merged. Raises as the gate does, NotThere for a uid that this roadmap never had, and
    Unsettled. Tells PlanChanged.
    """
    with unit_of_work(roadmap_id):
        preview = preview_items(actor, roadmap_id, seq, uids, base_seq=base_seq, choices=choices)
        moment = open_act_at(db.session.get_one(Roadmap, roadmap_id), seq).seq
        payload = {"moment": moment, "all": uids is None}
        return _go_back(
            actor, roadmap_id, preview, verb="restore-items", source="restore", payload=payload, reason=reason
        )


def old_fields(access: Access, version: int) -> dict[str, bool]:
    """Name the fields in which an item differs from an old version; True for those that can be had back.

    Not those that this person may not change, nor words that were closed. Raises NoSuchVersion.
    """
    old, current = snapshot_at(access.item, version), snapshot_of(access.item)
    return {
        name: name in access.fields and CLOSED not in (old.get(name), current.get(name))
        for name in KINDS[access.item.kind].by_name
        if not same_value(old.get(name), current.get(name))
    }


def restore_fields(
    actor: Person,
    kind_name: str,
    item_id: int,
    version: int,
    fields: Sequence[str],
    *,
    base_version: int,
    reason: str = "",
) -> Edited:
    """Have fields of an item be as in an old version: an edit whose mine is the old value, on the version on screen.

    Raises as the gate does; FieldNotYours; NotValid without a field, or for one whose words were closed;
    NoSuchVersion; ItemGone; EditConflict, which changes nothing. Tells PlanChanged.
    """
    item = find_item(kind_name, item_id) if kind_name in KINDS else None
    if item is None:
        raise NotThere
    with unit_of_work(item.roadmap_id):
        access = item_for(actor, kind_name, item_id, to=Act.EDIT)
        item, kind = access.item, KINDS[kind_name]
        require_fields(set(fields), access.fields)
        old, current = snapshot_at(item, version), snapshot_of(item)
        if not fields:
            raise NotValid({"fields": N_("Pilih isian yang akan dikembalikan.")})
        if any(CLOSED in (old.get(name), current.get(name)) for name in fields):
            raise NotValid({"fields": N_("Isi yang ditutup karena data pribadi tidak dibuka kembali.")})
        values = {name: old.get(name) for name in fields}
        check_values(access.roadmap, kind, values, item)
        merged, changed = merge_into(item, base_version, values)
        if changed:
            fill(item, kind, changed)
            payload = {"version": version, "fields": sorted(changed)}
            record_and_tell(actor, "restore-fields", [item], reason=reason, source="restore", payload=payload)
        return Edited(item, tuple(changed), frozenset(merged.theirs_changed))


def _go_back(
    actor: Person,
    roadmap_id: int,
    preview: Preview,
    *,
    verb: str,
    source: str,
    payload: Mapping[str, object],
    reason: str,
) -> WentBack:
    """Carry out a preview in the open unit of work."""
    if preview.questions:
        raise Unsettled(preview)
    changing = [one for one in preview.laid if one.differs]
    items = items_of(roadmap_id, [(one.wish.kind, one.wish.uid) for one in changing])
    moment = now()
    for one in changing:
        item = items[one.wish.uid]
        values = dict(one.values)
        item.position = str(values.pop(POSITION, item.position))
        fill(item, KINDS[item.kind], values)
        if one.stands != one.now.stands:
            item.removed_at = None if one.stands else moment
    found = list(items.values())
    act = (
        record_and_tell(actor, verb, found, reason=reason, source=source, payload=payload) if found else None
    )
    return WentBack(act, preview)


def _taken_back(revision: Revision, before: Revision | None) -> Wish:
    after = State(upcast(revision.kind, revision.snapshot), stands=not revision.gone)
    if before is None:
        return Wish(revision.kind, revision.item_uid, after, State(after.values, stands=False))
    was = State(upcast(before.kind, before.snapshot), stands=not before.gone)
    return Wish(revision.kind, revision.item_uid, after, was)


def _states(roadmap: Roadmap, seq: int) -> dict[str, tuple[str, str, State]]:
    """Give each item's kind, uid and state as of a moment, by uid; removed ones too."""
    return {
        one.item_uid: (one.kind, one.item_uid, State(upcast(one.kind, one.snapshot), stands=not one.gone))
        for one in state_as_of(roadmap.id, seq, with_gone=True)
        if one.kind in KINDS
    }
