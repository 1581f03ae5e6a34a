"""Up to where a person has seen a roadmap, in this sitting and in the one before; known to nobody else.

Noted by a POST that pages of the roadmap send, or by the person's own button; reading a page never notes it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import roadmap_for
from roadmap.timeline.models import Visit
from roadmap.work import unit_of_work

# Whoever comes back later than this begins a new sitting.
SITTING = timedelta(minutes=30)
# Within a sitting it is noted this often that it goes on.
A_WHILE = timedelta(minutes=10)


@dataclass(frozen=True)
class Seen:
    """Up to which act somebody had seen a roadmap, and when."""

    seq: int
    at: datetime


def visit_of(person: Person, roadmap_id: int) -> Visit | None:
    """Find what is noted of a person's visits to a roadmap."""
    query = select(Visit).where(Visit.person_id == person.id, Visit.roadmap_id == roadmap_id)
    return db.session.scalar(query)


def last_visit(visit: Visit | None) -> Seen | None:
    """Give what a person had seen when their last sitting ended; None where this one is the first."""
    if visit is None:
        return None
    if _is_over(visit):
        return Seen(visit.seq, visit.at)
    if visit.before_seq is None or visit.before_at is None:
        return None
    return Seen(visit.before_seq, visit.before_at)


def is_worth_noting(visit: Visit | None, head: int) -> bool:
    """Tell whether a page that shows the roadmap up to an act has something to note."""
    return visit is None or visit.seq < head or now() - visit.at > A_WHILE


def note_visit(actor: Person, roadmap_id: int, upto: int, *, is_read: bool = False) -> Visit:
    """Note that a person has seen a roadmap up to an act, and no less than is noted already.

    Within a sitting it goes on; later it is a new one, and what was noted becomes the last visit. With `is_read`
    the person says so themselves: it counts as the last visit at once. Raises as the gate does.
    """
    try:
        return _note(actor, roadmap_id, upto, is_read=is_read)
    except IntegrityError:
        # Two pages noted the first visit at once.
        db.session.rollback()
        return _note(actor, roadmap_id, upto, is_read=is_read)


def _note(actor: Person, roadmap_id: int, upto: int, *, is_read: bool) -> Visit:
    with unit_of_work():
        roadmap = roadmap_for(actor, roadmap_id, to=Act.SEE)
        seen = min(max(upto, 0), roadmap.head_seq)
        visit = visit_of(actor, roadmap_id)
        if visit is None:
            visit = Visit(person_id=actor.id, roadmap_id=roadmap_id, seq=seen, at=now())
            db.session.add(visit)
        elif _is_over(visit):
            visit.before_seq, visit.before_at = visit.seq, visit.at
        visit.seq, visit.at = max(visit.seq, seen), now()
        if is_read:
            visit.before_seq, visit.before_at = max(visit.before_seq or 0, seen), now()
        db.session.flush()
        return visit


def _is_over(visit: Visit) -> bool:
    return now() - visit.at > SITTING
