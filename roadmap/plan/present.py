"""Reading a plan as it stands: columns, not objects; of a plan read before, only what its log says has changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, inspect, select

from roadmap.extensions import db
from roadmap.history.models import Changeset, Plain, Revision, Roadmap
from roadmap.history.queries import upcast
from roadmap.history.shapes import Merge
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import ItemView, Outline, outline
from roadmap.plan.shelf import Shelf, Shelved
from roadmap.work import is_writing, once_a_reading

# Beyond this part of a plan reading it whole is quicker than reading what changed.
LARGE_PART = 5

shelf = Shelf()


def read_plan(roadmap_id: int) -> Outline:
    """Read a plan as it stands: what is kept of it, brought up to date, or one query for each kind."""
    if is_writing():
        # The tables may be ahead of the log here: nothing is taken from the shelf and nothing put there.
        db.session.flush()
        return outline(_views(roadmap_id))
    return once_a_reading(("plan", roadmap_id), lambda: _read_or_found(roadmap_id))


def _read_or_found(roadmap_id: int) -> Outline:
    head = _head(roadmap_id)
    kept = shelf.find(roadmap_id)
    if kept is not None and kept.digest == head.digest:
        return kept.plan
    plan = _brought_up_to_date(kept, head) if kept is not None else None
    if plan is None:
        plan = outline(_views(roadmap_id))
    # Read again: without a snapshot of its own a transaction may have seen two states of the plan.
    if _head(roadmap_id) == head and (kept is None or kept.seq < head.seq or plan is not kept.plan):
        shelf.keep(roadmap_id, Shelved(head.seq, head.digest, plan))
    return plan


@dataclass(frozen=True)
class _Head:
    roadmap_id: int
    seq: int
    digest: str


_ROADMAP = inspect(Roadmap).local_table
_HEAD = select(_ROADMAP.c.id, _ROADMAP.c.head_seq, _ROADMAP.c.head_digest).where(
    _ROADMAP.c.id == bindparam("roadmap_id")
)
_ACTS = inspect(Changeset).local_table
_DIGEST = select(_ACTS.c.digest).where(
    _ACTS.c.roadmap_id == bindparam("roadmap_id"), _ACTS.c.seq == bindparam("seq")
)
_LOG = inspect(Revision).local_table
_CHANGED = (
    select(_LOG.c.kind, _LOG.c.item_id, _LOG.c.item_uid, _LOG.c.item_version, _LOG.c.gone, _LOG.c.snapshot)
    .join_from(_ACTS, _LOG, _LOG.c.changeset_id == _ACTS.c.id)
    .where(
        _ACTS.c.roadmap_id == bindparam("roadmap_id"),
        _ACTS.c.seq > bindparam("seq"),
        _LOG.c.kind.in_(sorted(KINDS)),
    )
    .order_by(_ACTS.c.seq)
    .limit(bindparam("most"))
)


def _head(roadmap_id: int) -> _Head:
    row = db.session.execute(_HEAD, {"roadmap_id": roadmap_id}).one_or_none()
    return _Head(roadmap_id, row[1], row[2]) if row is not None else _Head(roadmap_id, 0, "")


def _brought_up_to_date(kept: Shelved, head: _Head) -> Outline | None:
    """Read what changed since; None where the log does not hold what is kept, or too much has changed."""
    if kept.seq > head.seq:
        return None
    asked = {"roadmap_id": head.roadmap_id, "seq": kept.seq}
    if db.session.execute(_DIGEST, asked).scalar() != kept.digest:
        return None
    most = len(kept.plan.by_uid) // LARGE_PART + 1
    changed = db.session.execute(_CHANGED, {**asked, "most": most}).all()
    if len(changed) >= most:
        return None
    last = {row.item_uid: row for row in changed}
    views = (
        ItemView(row.kind, row.item_id, row.item_uid, row.item_version, upcast(row.kind, row.snapshot))
        for row in last.values()
        if not row.gone
    )
    return kept.plan.with_changed(views, last)


def _views(roadmap_id: int) -> Iterator[ItemView]:
    """Read the standing items of a plan, one query for each kind."""
    for kind in KINDS:
        query, look = _query_of(kind)
        yield from map(look, db.session.execute(query, {"roadmap_id": roadmap_id}))


@cache
def _query_of(kind_name: str) -> tuple[Select[Any], Callable[[Sequence[Any]], ItemView]]:
    """Give the query of a kind, and what makes a view of each of its rows."""
    merges = KINDS[kind_name].shape.merges
    table = inspect(KINDS[kind_name].model).local_table
    query = select(table.c.id, table.c.uid, table.c.version, *(table.c[name] for name in merges)).where(
        table.c.roadmap_id == bindparam("roadmap_id"), table.c.removed_at.is_(None)
    )
    names = tuple(merges)
    turned = tuple(_turned(names, merges, table.c))

    def look(row: Sequence[Any]) -> ItemView:
        values = dict(zip(names, row[3:], strict=True))
        for name, turn in turned:
            values[name] = turn(values[name])
        return ItemView(kind_name, row[0], row[1], row[2], values)

    return query, look


def _turned(
    names: Iterable[str], merges: Mapping[str, Merge], columns: Any
) -> Iterator[tuple[str, Callable[[Any], Plain]]]:
    """Name the fields whose columns hold something else than their plain value."""
    for name in names:
        if merges[name] == Merge.SET:
            yield name, lambda value: sorted(set(value)) if isinstance(value, list) else value
        elif columns[name].type.python_type is date:
            yield name, lambda value: value.isoformat() if isinstance(value, date) else value
