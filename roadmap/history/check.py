"""Proves that the log replays to the tables and that the chain holds; names the first row that does not fit."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from roadmap.extensions import db
from roadmap.history.canonical import content_hash, edition_digest, is_empty, sha256, snapshot_hash
from roadmap.history.models import Changeset, Edition, Revision, Roadmap
from roadmap.history.operations import changed_between, digest_of
from roadmap.history.queries import state_as_of
from roadmap.history.shapes import all_shapes, same_value, shape_of, snapshot_of

BATCH = 200


def faults_of(roadmap: Roadmap) -> Iterator[str]:
    """Tell every place where log, chain and tables do not tell one story; nothing where they do."""
    newest: dict[tuple[str, int], Revision] = {}
    yield from _faults_of_chain(roadmap, newest)
    yield from _faults_of_tables(roadmap, newest)
    yield from _faults_of_editions(roadmap)


def _faults_of_chain(roadmap: Roadmap, newest: dict[tuple[str, int], Revision]) -> Iterator[str]:
    previous, expected = "", 1
    for changeset in _acts_in_order(roadmap.id):
        where = f"roadmap {roadmap.uid} changeset {changeset.seq}"
        if changeset.seq != expected:
            yield f"{where}: expected sequence number {expected}"
        if changeset.previous_digest != previous:
            yield f"{where}: does not follow the act before it"
        if changeset.reason_hash != sha256("reason", changeset.reason_salt or "", changeset.reason):
            yield f"{where}: its reason is not the one that was written"
        if changeset.digest != digest_of(changeset, roadmap.uid):
            yield f"{where}: its digest does not fit what it says"
        for revision in changeset.revisions:
            yield from _faults_of_revision(where, changeset, revision, newest)
        previous, expected = changeset.digest, changeset.seq + 1
    if (roadmap.head_seq, roadmap.head_digest) != (expected - 1, previous):
        yield f"roadmap {roadmap.uid}: its head is not the last act of its log"


def _faults_of_revision(
    where: str, changeset: Changeset, revision: Revision, newest: dict[tuple[str, int], Revision]
) -> Iterator[str]:
    name = f"{where}: {revision.kind} {revision.item_uid} version {revision.item_version}"
    before = newest.get((revision.kind, revision.item_id))
    if before is not None and revision.item_version <= before.item_version:
        yield f"{name}: comes after version {before.item_version}"
    if revision.seq != changeset.seq or revision.roadmap_id != changeset.roadmap_id:
        yield f"{name}: says it belongs to another act"
    if before is not None and before.item_uid != revision.item_uid:
        yield f"{name}: was {before.item_uid} before"
    if (before is not None and before.gone != revision.gone) != ("removed_at" in revision.changed):
        yield f"{name}: stands or is gone without having been removed or restored"
    if revision.salt is not None:
        if revision.snapshot_hash != snapshot_hash(revision.snapshot, revision.salt, gone=revision.gone):
            yield f"{name}: its words are not the ones that were recorded"
        if revision.content_hash != content_hash(revision.snapshot, shape_of(revision.kind).binding):
            yield f"{name}: its content is not the one that was recorded"
        if not _tells_what_changed(before, revision):
            yield f"{name}: does not name the fields it changed"
    elif revision.closed_at is None:
        yield f"{name}: has lost its salt without having been closed"
    newest[revision.kind, revision.item_id] = revision


def _tells_what_changed(before: Revision | None, revision: Revision) -> bool:
    if before is None:
        return set(revision.changed) >= set(revision.snapshot)
    if before.closed_at is not None:
        return True  # what stood there before is no longer known
    return set(revision.changed) == set(changed_between(before, revision.snapshot, gone=revision.gone))


def _faults_of_tables(roadmap: Roadmap, newest: dict[tuple[str, int], Revision]) -> Iterator[str]:
    for shape in all_shapes():
        items = db.session.scalars(select(shape.model).where(shape.model.roadmap_id == roadmap.id))
        for item in items:
            revision = newest.pop((shape.kind, item.id), None)
            name = f"roadmap {roadmap.uid}: {shape.kind} {item.uid}"
            if revision is None:
                yield f"{name}: stands in the table and not in the log"
            elif item.version != revision.item_version:
                yield f"{name}: version {item.version} in the table, {revision.item_version} in the log"
            elif item.uid != revision.item_uid or changed_between(
                revision, snapshot_of(item), gone=item.removed_at is not None
            ):
                yield f"{name}: the table differs from the log"
    for kind, item_id in newest:
        yield f"roadmap {roadmap.uid}: {kind} number {item_id} stands in the log and not in the table"


def _faults_of_editions(roadmap: Roadmap) -> Iterator[str]:
    for edition in db.session.scalars(select(Edition).where(Edition.roadmap_id == roadmap.id)):
        name = f"roadmap {roadmap.uid} edition {edition.number}"
        order = edition.document.get("order")
        rows = {
            (revision.kind, revision.item_uid): revision
            for revision in state_as_of(roadmap.id, edition.seq)
            if shape_of(revision.kind).binding
        }
        published = [(str(kind), str(uid)) for kind, uid in order] if isinstance(order, list) else []
        if len(published) != len(rows) or set(published) != set(rows):
            yield f"{name}: holds other items than its sequence number"
            continue
        if edition.digest != edition_digest(
            (kind, uid, rows[kind, uid].content_hash) for kind, uid in published
        ):
            yield f"{name}: its digest does not fit its content"
        entries = edition.document.get("items")
        for revision in rows.values():
            entry = entries.get(revision.item_uid) if isinstance(entries, dict) else None
            if not _shows(entry, revision):
                yield f"{name}: shows {revision.kind} {revision.item_uid} otherwise than it was approved"


def _shows(entry: object, revision: Revision) -> bool:
    if not isinstance(entry, dict) or not isinstance(fields := entry.get("fields"), dict):
        return False
    for name in shape_of(revision.kind).binding - set(fields):
        value = revision.snapshot.get(name)
        if not is_empty(value) and value != entry.get("parent"):
            return False
    return all(same_value(value, revision.snapshot.get(name)) for name, value in fields.items())


def _acts_in_order(roadmap_id: int) -> Iterator[Changeset]:
    seq = 0
    while True:
        batch = db.session.scalars(
            select(Changeset)
            .where(Changeset.roadmap_id == roadmap_id, Changeset.seq > seq)
            .order_by(Changeset.seq)
            .limit(BATCH)
            .options(selectinload(Changeset.revisions))
        ).all()
        if not batch:
            return
        yield from batch
        seq = batch[-1].seq
