"""The verbs of the record: write down an act, lay an edit on its base, keep words, close a text."""

import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select, update

from roadmap.clock import now
from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.canonical import canonical, changeset_digest, content_hash, plain, sha256, snapshot_hash
from roadmap.history.errors import EditConflict, ItemGone
from roadmap.history.events import Recorded
from roadmap.history.guard import is_recorded
from roadmap.history.merge import Clash, Merged, merge_fields
from roadmap.history.models import (
    Changeset,
    KeptWords,
    Plain,
    Revision,
    Roadmap,
    Snapshot,
    Versioned,
    WorkingCopy,
)
from roadmap.history.queries import find_kept, last_revisions, revision_at, revision_that_changed, upcast
from roadmap.history.shapes import same_value, shape_of, snapshot_of, written
from roadmap.history.unsaved import CLASH, UNUSED, is_copy
from roadmap.people.models import Person
from roadmap.people.roles import Visibility
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.words import N_
from roadmap.work import current_work, tell

CLOSED = "[Isi ditutup karena data pribadi]"


def record(
    actor: Person,
    verb: str,
    items: Sequence[Versioned] = (),
    *,
    payload: Mapping[str, object] | None = None,
    reason: str = "",
    source: str = "form",
    on_behalf_of: str | None = None,
    audience: Visibility | None = None,
) -> Changeset | None:
    """Write down one human act, with a revision for each of the items that changed; the act takes the open `seq`.

    Returns None, and leaves the unit of work to roll back, when items were named and none of them changed.
    The payload names uids, fields and numbers only, never words. An act that not all who see the roadmap may
    know of names its `audience`; the reason of such an act is as hidden as the act. Side effects in their
    order: flushes the items, adds the changeset and its revisions, moves the head of the roadmap's log, tells
    Recorded to those who listen within the act.
    """
    work = current_work()
    if work.roadmap_id is None or work.seq is None:
        message = "an act on a roadmap needs unit_of_work(roadmap_id)"
        raise RuntimeError(message)
    if work.has_recorded:
        message = "one act writes one changeset"
        raise RuntimeError(message)
    db.session.flush()
    revisions = _revisions_for(work.roadmap_id, work.seq, items)
    if items and not revisions:
        return None
    roadmap = db.session.get_one(Roadmap, work.roadmap_id)
    db.session.refresh(roadmap, ["head_seq", "head_digest"])
    reason = normalise(reason)
    changeset = Changeset(
        roadmap_id=roadmap.id,
        seq=work.seq,
        actor_uid=actor.uid,
        on_behalf_of=normalise_line(on_behalf_of) if on_behalf_of else None,
        at=now(),
        verb=verb,
        reason=reason,
        reason_salt=secrets.token_hex(16),
        source=source,
        payload={name: plain(value) for name, value in (payload or {}).items()},
        audience=audience,
        previous_digest=roadmap.head_digest,
        revisions=revisions,
    )
    changeset.reason_hash = sha256("reason", changeset.reason_salt or "", reason)
    changeset.digest = digest_of(changeset, roadmap.uid)
    db.session.add(changeset)
    roadmap.head_digest = changeset.digest
    for item in items:
        is_recorded(db.session(), item)
    work.has_recorded = True
    tell(Recorded(changeset))
    return changeset


def digest_of(changeset: Changeset, roadmap_uid: str) -> str:
    """Compute the digest that chains an act to the one before it (design 2.11)."""
    header = {
        "roadmap": roadmap_uid,
        "seq": changeset.seq,
        "actor": changeset.actor_uid,
        "on_behalf_of": changeset.on_behalf_of,
        "at": changeset.at.isoformat(timespec="microseconds"),
        "verb": changeset.verb,
        "reason_hash": changeset.reason_hash,
        "source": changeset.source,
        "payload": changeset.payload,
    }
    rows = sorted(
        (revision.kind, revision.item_uid, revision.item_version, revision.snapshot_hash)
        for revision in changeset.revisions
    )
    return changeset_digest(changeset.previous_digest, header, rows)


def _revisions_for(roadmap_id: int, seq: int, items: Sequence[Versioned]) -> list[Revision]:
    previous: dict[tuple[str, int], Revision] = {}
    for kind in sorted({item.kind for item in items}):
        ids = [item.id for item in items if item.kind == kind]
        previous |= {(kind, item_id): last for item_id, last in last_revisions(roadmap_id, kind, ids).items()}
    found = (_revision_for(roadmap_id, seq, item, previous.get((item.kind, item.id))) for item in items)
    return [revision for revision in found if revision is not None]


def _revision_for(roadmap_id: int, seq: int, item: Versioned, last: Revision | None) -> Revision | None:
    snapshot = snapshot_of(item)
    gone = item.removed_at is not None
    changed = changed_between(last, snapshot, gone=gone)
    if not changed:
        return None
    salt = secrets.token_hex(16)
    return Revision(
        roadmap_id=roadmap_id,
        seq=seq,
        kind=item.kind,
        item_id=item.id,
        item_uid=item.uid,
        item_version=item.version,
        snapshot=snapshot,
        salt=salt,
        changed=changed,
        gone=gone,
        snapshot_hash=snapshot_hash(snapshot, salt, gone=gone),
        content_hash=content_hash(snapshot, shape_of(item.kind).binding),
    )


def changed_between(last: Revision | None, snapshot: Snapshot, *, gone: bool) -> list[str]:
    """Name the fields in which an item differs from its last revision; all of them where it has none."""
    if last is None:
        return list(snapshot)
    before = upcast(last.kind, last.snapshot)
    changed = [name for name, value in snapshot.items() if not same_value(value, before.get(name))]
    if last.gone != gone:
        changed.append("removed_at")
    return changed


def merge_into(
    item: Versioned, base_version: int, values: Mapping[str, Plain], *, seen: Revision | None = None
) -> tuple[Merged, Snapshot]:
    """Lay typed values on the version they were typed upon, merged with what has happened since.

    `seen` is that version where the caller has read it already, with others.

    Returns the merge and the fields that now differ from the item. Raises ItemGone for a removed item,
    NoSuchVersion for a version it never had, EditConflict where a field truly clashes; in none of these
    is the item touched, and neither is it when all goes well: the caller sets what is returned.
    """
    if item.removed_at is not None:
        raise ItemGone(N_("Bagian ini sudah dihapus. Tulisan Anda tetap ada dan dapat dipulihkan."))
    theirs = snapshot_of(item)
    mine = _plainly(item.kind, values)
    if base_version == item.version:
        merged = merge_fields(theirs, theirs, mine, shape_of(item.kind).merges)
    else:
        seen = seen or revision_at(item, base_version)
        merged = merge_fields(upcast(item.kind, seen.snapshot), theirs, mine, shape_of(item.kind).merges)
        if seen.closed_at is not None:
            _ask_before_reopening(merged, theirs, mine)
    if merged.clashes:
        last = revision_that_changed(item, base_version, merged.clashes)
        raise EditConflict(
            merged.clashes,
            merged.values,
            item.version,
            frozenset(merged.theirs_changed - set(merged.clashes)),
            overtaken_by=last.changeset.actor_uid,
            overtaken_at=last.changeset.at,
        )
    changed = {name: value for name, value in merged.values.items() if not same_value(value, theirs[name])}
    return merged, changed


def _plainly(kind: str, values: Mapping[str, Plain]) -> Snapshot:
    merges = shape_of(kind).merges
    return {name: written(value, merges[name]) for name, value in values.items()}


def _ask_before_reopening(merged: Merged, theirs: Snapshot, mine: Snapshot) -> None:
    """Let a form that was opened before a text was closed not bring its words back unasked.

    The form's base shows the mark now and no longer the words, so they would pass for newly typed ones.
    """
    for name, value in mine.items():
        if theirs[name] == CLOSED and value != CLOSED and name not in merged.clashes:
            merged.values[name] = CLOSED
            merged.clashes[name] = Clash(CLOSED, CLOSED, value)


def keep_words(
    person: Person,
    values: Mapping[str, object],
    cause: str,
    address: str,
    *,
    item: Versioned | None = None,
    roadmap_id: int | None = None,
    base_version: int | None = None,
) -> KeptWords | None:
    """Keep what was typed and did not go through; the same words twice are kept once. Returns None for no words.

    Needs an open unit of work.
    """
    current_work()
    if not values:
        return None
    twin = db.session.scalars(
        select(KeptWords).where(
            KeptWords.person_id == person.id,
            KeptWords.address == address,
            KeptWords.cause == cause,
            KeptWords.settled_at.is_(None),
        )
    )
    for kept in twin:
        if canonical(kept.values) == canonical(dict(values)):
            kept.at = now()
            return kept
    kept = KeptWords(
        person_id=person.id,
        roadmap_id=roadmap_id or (item.roadmap_id if item else None),
        item_kind=item.kind if item else None,
        item_uid=item.uid if item else None,
        base_version=base_version,
        values=dict(values),
        cause=cause,
        address=address,
    )
    db.session.add(kept)
    # The uid is given by the flush; callers make addresses of it.
    db.session.flush()
    return kept


def settle_words(person: Person, kept_uid: str) -> KeptWords:
    """Put a person's own kept words aside; they stay, but a working copy goes. Raises NotThere for another's.

    Words that a choice had left unused are no longer listed as such.
    """
    current_work()
    kept = find_kept(person.id, kept_uid)
    if kept is None:
        raise NotThere
    if is_copy(kept):
        db.session.execute(delete(WorkingCopy).where(WorkingCopy.uid == kept.uid))
    if kept.cause == UNUSED:
        kept.cause = CLASH
    kept.settled_at = kept.settled_at or now()
    return kept


def leave_unused(person: Person, kept_uid: str) -> KeptWords:
    """Put aside the kept words of a clash over which their writer chose others, to be found again as such.

    Raises NotThere for another's.
    """
    kept = settle_words(person, kept_uid)
    if kept.cause == CLASH:
        kept.cause = UNUSED
    return kept


def close_past_texts(item: Versioned, fields: Sequence[str]) -> int:
    """Take the named texts out of every earlier version of an item, and out of what was kept of it.

    The mark CLOSED stands in their place and the salt goes, so that the words cannot be guessed from the
    hash; the hashes themselves stay, and with them the chain. Returns how many versions were touched. The
    caller has already put the mark into the item itself and recorded the act with its basis and reason.
    """
    current_work()
    touched = 0
    past = db.session.scalars(
        select(Revision).where(Revision.kind == item.kind, Revision.item_id == item.id)
    ).all()
    for revision in past:
        words = {name: CLOSED for name in fields if revision.snapshot.get(name) not in (None, "", CLOSED)}
        if not words:
            continue
        db.session.execute(
            update(Revision)
            .where(Revision.id == revision.id)
            .values(snapshot={**revision.snapshot, **words}, salt=None, closed_at=now())
            .execution_options(closing=True, synchronize_session=False)
        )
        touched += 1
    for kept in db.session.scalars(select(KeptWords).where(KeptWords.item_uid == item.uid)):
        kept.values = {
            name: CLOSED if name.split(":")[0] in fields else value for name, value in kept.values.items()
        }
    for copy in db.session.scalars(select(WorkingCopy).where(WorkingCopy.item_uid == item.uid)):
        copy.values = [[name, CLOSED if name in fields and value else value] for name, value in copy.values]
    return touched
