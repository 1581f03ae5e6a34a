"""A form is carried out once: its act key is written in the act's transaction with the address of the result.

Beside the key stand marks of what was sent under it. Whoever goes on writing after an answer was lost, and sends the
same form again, has sent more than was carried out; that is told, never taken for the same press.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.people.errors import SentMore
from roadmap.people.events import CarriedOut
from roadmap.people.models import ActReceipt, Person
from roadmap.work import again_if_overtaken, is_writing, tell, unit_of_work

T = TypeVar("T")
LONGEST_KEY = 64
NOTHING = "-"  # was filled: also then whatever comes later is more


@dataclass(frozen=True)
class Press:
    """One sending of a form: its key, and a mark of each box that was filled; no marks where they are not compared."""

    key: str
    marks: frozenset[str] = frozenset()
    form_key: str = ""  # as the form that was opened is known, where the press has a key of its own

    def anew(self) -> "Press":
        """Give the press its own key, by what it brings: the same words sent twice more are one act again."""
        head, point, whose = self.key.partition(".")
        told = sha256(" ".join([head, *sorted(self.marks)]).encode()).hexdigest()[:22]
        return Press(f"{told}{point}{whose}", self.marks, self.form_key)

    def brings_more_than(self, sent: str) -> bool:
        """Tell whether a box holds something else than when the form was carried out."""
        return bool(sent) and not self.marks <= set(sent.split())


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What came of an act: its result and address; of a repetition only the address of the first one's result."""

    result: T | None
    address: str

    @property
    def is_repeated(self) -> bool:
        """Tell whether this press of the button was not the first."""
        return self.result is None


def once(
    person: Person,
    press: Press,
    act: Callable[[], T],
    address: Callable[[T], str],
    *,
    roadmap_id: int | None = None,
) -> Outcome[T]:
    """Carry out an act unless this person's key says it was done; overtaken acts are tried again silently.

    `act` must not return None. Raises SentMore where the form was carried out with other words, what the act raises,
    and Busy.
    """

    def attempt() -> Outcome[T]:
        with unit_of_work(roadmap_id) as work:
            if (receipt := receipt_of(person, press.key)) is not None:
                if press.brings_more_than(receipt.sent):
                    raise SentMore(receipt.address)
                return Outcome(None, receipt.address)
            result = act()
            where = address(result)
            _note(person, press, where)
        if work.roadmap_id is not None and not work.has_recorded and not is_writing():
            # Nothing changed and the act left no trace; that the form was carried out holds all the same.
            with unit_of_work():
                _note(person, press, where)
        return Outcome(result, where)

    return again_if_overtaken(attempt)


@dataclass(frozen=True)
class Receipt:
    """That a form was carried out: where its result is, what was sent, and when."""

    address: str
    sent: str
    at: datetime


def receipt_of(person: Person, key: str) -> Receipt | None:
    """Find what came of a form of this person; None where it was not carried out."""
    query = select(ActReceipt.address, ActReceipt.sent, ActReceipt.at).where(
        ActReceipt.person_id == person.id, ActReceipt.act_key == key
    )
    found = db.session.execute(query).one_or_none() if key else None
    return Receipt(*found) if found is not None else None


def _note(person: Person, press: Press, where: str) -> None:
    if press.key:
        sent = " ".join(sorted(press.marks)) or NOTHING
        db.session.add(ActReceipt(person_id=person.id, act_key=press.key, address=where, sent=sent))
    tell(CarriedOut(person, press.form_key or press.key))
