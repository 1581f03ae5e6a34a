"""Words that nobody came back for go after 90 days; their owner is told 14 days before, and can take them away.

Settled words stay: the history of an item shows them beside what was chosen.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.sql import ColumnElement

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.history.models import KeptWords, WorkingCopy
from roadmap.people.models import Person
from roadmap.work import unit_of_work

KEPT_FOR = timedelta(days=90)
TOLD_BEFORE = timedelta(days=14)

Teller = Callable[[Person, int], None]


def purge_words(tell_owner: Teller) -> int:
    """Let go of old words and tell the owners of those that will go soon; says how many went.

    Nothing goes before its owner was told TOLD_BEFORE ago, however late the telling came. `tell_owner` puts the
    mail into the outbox: (person, how many).
    """
    with unit_of_work():
        gone = sum(_let_go(model) for model in (WorkingCopy, KeptWords))
        waiting: dict[int, int] = {}
        for model in (WorkingCopy, KeptWords):
            for person_id in _to_be_told(model):
                waiting[person_id] = waiting.get(person_id, 0) + 1
        for person in db.session.scalars(select(Person).where(Person.id.in_(sorted(waiting)))):
            tell_owner(person, waiting[person.id])
        return gone


def kept_until(kept: KeptWords) -> datetime:
    """Tell the first moment at which waiting words may go: never before their owner was told."""
    if kept.told_at is None:
        return max(kept.at + KEPT_FOR, now() + TOLD_BEFORE)
    return max(kept.at + KEPT_FOR, kept.told_at + TOLD_BEFORE)


def _unsettled(model: type[WorkingCopy | KeptWords]) -> list[ColumnElement[bool]]:
    return [KeptWords.settled_at.is_(None)] if model is KeptWords else []


def _let_go(model: type[WorkingCopy | KeptWords]) -> int:
    old = delete(model).where(
        model.at < now() - KEPT_FOR, model.told_at < now() - TOLD_BEFORE, *_unsettled(model)
    )
    return len(db.session.scalars(old.returning(model.id)).all())


def _to_be_told(model: type[WorkingCopy | KeptWords]) -> list[int]:
    soon = update(model).where(
        model.at < now() - (KEPT_FOR - TOLD_BEFORE), model.told_at.is_(None), *_unsettled(model)
    )
    return list(db.session.scalars(soon.values(told_at=now()).returning(model.person_id)))
