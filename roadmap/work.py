"""One act, one transaction: the unit of work, what is told after the commit, and the second try.

Known to every room and knowing none: the roadmap's row is touched here by name only, because taking the
sequence number must be the first statement of the transaction (order of sequence is then order of commit).
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import column, event, table, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.orm.exc import StaleDataError

from roadmap.errors import Busy, NotThere
from roadmap.extensions import BUSY_TIMEOUT_MS, db

log = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 6
_ROADMAP = table("roadmap", column("id"), column("head_seq"), column("head_digest"))
_BUSY = "Sistem sedang sibuk. Tulisan Anda utuh; coba simpan lagi sebentar lagi."

# SQLite admits one writer; queueing for it here is fairer than its own busy handler, which sleeps and
# tries again (measured: p95 0.35 s against 1.0 s with 40 writers).
_one_writer = threading.Lock()


@dataclass
class Work:
    """What is going on in the transaction that is open."""

    roadmap_id: int | None = None
    seq: int | None = None
    previous_digest: str | None = None
    has_recorded: bool = False
    to_tell: list[object] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)


_READ = "read once"
_current: ContextVar[Work | None] = ContextVar("work", default=None)


def current_work() -> Work:
    """Give the open unit of work. Raises RuntimeError where none is open."""
    work = _current.get()
    if work is None:
        message = "this verb changes something and needs a unit_of_work() around it"
        raise RuntimeError(message)
    return work


def is_writing() -> bool:
    """Tell whether a unit of work is open."""
    return _current.get() is not None


@contextmanager
def unit_of_work(roadmap_id: int | None = None) -> Iterator[Work]:
    """Open the transaction of one act, or join the one that is open.

    Side effects in their order: ends the request's reading transaction; begins the writing one; takes the
    roadmap's next sequence number (where a roadmap is named); runs the body; commits, or rolls back when the
    body raised or recorded nothing about the roadmap; tells the events. Raises NotThere for an unknown
    roadmap and Busy when the database could not be had in time.
    """
    outer = _current.get()
    if outer is not None:
        if roadmap_id is not None and outer.roadmap_id != roadmap_id:
            message = "one unit of work changes one roadmap"
            raise RuntimeError(message)
        yield outer
        return
    work = Work()
    db.session.rollback()
    with _writer():
        token = _current.set(work)
        try:
            db.session.connection(execution_options={"writing": True})
            if roadmap_id is not None:
                take_seq(roadmap_id)
            yield work
            if work.roadmap_id is None or work.has_recorded:
                db.session.commit()
            else:
                db.session.rollback()
                work.to_tell.clear()
        except BaseException:
            db.session.rollback()
            raise
        finally:
            _current.reset(token)
    _deliver(work.to_tell)


def take_seq(roadmap_id: int) -> int:
    """Take the roadmap's next sequence number in the open unit of work, queueing behind who took the last."""
    work = current_work()
    taken = db.session.execute(
        update(_ROADMAP)
        .where(_ROADMAP.c.id == roadmap_id)
        .values(head_seq=_ROADMAP.c.head_seq + 1)
        .returning(_ROADMAP.c.head_seq, _ROADMAP.c.head_digest)
    ).one_or_none()
    if taken is None:
        raise NotThere
    work.roadmap_id, work.seq, work.previous_digest = roadmap_id, taken.head_seq, taken.head_digest
    return work.seq


def once_a_reading(question: Hashable, read: Callable[[], T]) -> T:
    """Read once in a transaction that only reads: the rooms of a page ask for the same things.

    Inside a unit of work it is read each time, because there the answer may change.
    """
    if is_writing():
        return read()
    kept: dict[Hashable, T] = db.session().info.setdefault(_READ, {})
    if question not in kept:
        kept[question] = read()
    return kept[question]


def begin_reading() -> None:
    """Begin a request's reading transaction: one snapshot for the whole page, in which writing is refused."""
    options: dict[str, object] = {"reading": True}
    if db.engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    db.session.connection(execution_options=options)


def again_if_overtaken(act: Callable[[], T]) -> T:
    """Do the act; when somebody was quicker by a millisecond, read again and do it once more, silently.

    Raises Busy after six tries, or when the database stayed locked.
    """
    for _ in range(TRIES):
        try:
            return act()
        except StaleDataError:
            db.session.rollback()
        except (OperationalError, IntegrityError) as problem:
            db.session.rollback()
            if not _was_overtaken(problem):
                if "locked" in str(problem.orig) or "timeout" in str(problem.orig):
                    raise Busy(_BUSY) from problem
                raise
    raise Busy(_BUSY)


def tell(happening: object) -> None:
    """Say that something happened: at once to those who act within the transaction, to all others after it."""
    for listener in _within[type(happening)]:
        listener(happening)
    current_work().to_tell.append(happening)


def listen(happening: type, listener: Callable[[Any], None]) -> None:
    """Have a listener hear a kind of event after the commit; its failure is logged and spoils nothing."""
    if listener not in _after[happening]:
        _after[happening].append(listener)


def listen_within(happening: type, listener: Callable[[Any], None]) -> None:
    """Have a listener hear a kind of event inside the act's transaction; its failure undoes the act."""
    if listener not in _within[happening]:
        _within[happening].append(listener)


_after: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
_within: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


@contextmanager
def _writer() -> Iterator[None]:
    if db.engine.dialect.name != "sqlite":
        yield
        return
    if not _one_writer.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
        raise Busy(_BUSY)
    try:
        yield
    finally:
        _one_writer.release()


def _was_overtaken(problem: OperationalError | IntegrityError) -> bool:
    # PostgreSQL: serialization failure, deadlock; or the same press arriving twice in the same moment.
    return getattr(problem.orig, "sqlstate", None) in {"40001", "40P01"} or "act_receipt" in str(problem.orig)


def _deliver(happenings: list[object]) -> None:
    for happening in happenings:
        for listener in _after[type(happening)]:
            try:
                listener(happening)
            except Exception:
                db.session.rollback()
                log.exception("a listener did not cope with %s", type(happening).__name__)


@event.listens_for(Session, "before_flush")
def _refuse_a_stray_write(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Refuse what is written outside a unit of work, where the second try and the queue would not hold."""
    if _current.get() is None and (
        session.new or session.deleted or any(session.is_modified(item) for item in session.dirty)
    ):
        message = "a write outside unit_of_work()"
        raise RuntimeError(message)


def _forget(session: Session) -> None:
    session.info.pop(_READ, None)


event.listen(Session, "after_commit", _forget)
event.listen(Session, "after_rollback", _forget)
