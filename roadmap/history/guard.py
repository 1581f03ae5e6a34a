"""Refuses a commit that changes a versioned item without a revision, and any bulk change to one (design 2.8)."""

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from roadmap.history.errors import UnrecordedChange
from roadmap.history.models import Changeset, Revision, Versioned
from roadmap.history.shapes import all_shapes, shape_of

_UNRECORDED = "unrecorded items"
_KEPT = (Changeset, Revision)
_CLOSABLE = Revision.__tablename__


def is_recorded(session: Session, item: Versioned) -> None:
    """Note that the item's change has its revision."""
    session.info.get(_UNRECORDED, {}).pop(id(item), None)


@event.listens_for(Session, "before_flush")
def _note_changes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    unrecorded = session.info.setdefault(_UNRECORDED, {})
    for item in session.new:
        if isinstance(item, Versioned):
            unrecorded[id(item)] = item
    for item in session.dirty:
        if isinstance(item, Versioned) and _has_changed(item):
            unrecorded[id(item)] = item
        if isinstance(item, _KEPT) and session.is_modified(item, include_collections=False):
            message = f"{type(item).__name__}: the record is never rewritten"
            raise UnrecordedChange(message)
    for item in session.deleted:
        if isinstance(item, Versioned | Changeset | Revision):
            message = f"{type(item).__name__}: nothing in the record is deleted"
            raise UnrecordedChange(message)


def _has_changed(item: Versioned) -> bool:
    state = inspect(item)
    names = (*shape_of(item.kind).fields, "removed_at")
    return any(state.attrs[name].history.has_changes() for name in names)


@event.listens_for(Session, "before_commit")
def _refuse_unrecorded(session: Session) -> None:
    session.flush()
    unrecorded = session.info.get(_UNRECORDED, {})
    if unrecorded:
        item = next(iter(unrecorded.values()))
        message = f"{item.kind} {item.id} changed without a revision: call history.operations.record"
        unrecorded.clear()
        raise UnrecordedChange(message)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(_UNRECORDED, None)


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete or state.is_insert):
        return
    name = getattr(getattr(state.statement, "table", None), "name", "")
    is_closing = state.is_update and name == _CLOSABLE and state.execution_options.get("closing")
    if name in _guarded_tables() and not is_closing:
        message = f"{name} is changed one by one, through the record"
        raise UnrecordedChange(message)


def _guarded_tables() -> frozenset[str]:
    # By name, so that a statement on the bare table is refused as one on the class is.
    models = (*_KEPT, *(shape.model for shape in all_shapes()))
    return frozenset(str(inspect(model).local_table.name) for model in models)
