"""A form is carried out once: its act key is written in the act's transaction with the address of the result."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.people.events import CarriedOut
from roadmap.people.models import ActReceipt, Person
from roadmap.work import again_if_overtaken, is_writing, tell, unit_of_work

T = TypeVar("T")
LONGEST_KEY = 64


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
    act_key: str,
    act: Callable[[], T],
    address: Callable[[T], str],
    *,
    roadmap_id: int | None = None,
) -> Outcome[T]:
    """Carry out an act unless this person's key says it was done; overtaken acts are tried again silently.

    `act` must not return None. Raises what the act raises, and Busy.
    """
    key = act_key.replace("\x00", "")[:LONGEST_KEY]

    def attempt() -> Outcome[T]:
        with unit_of_work(roadmap_id) as work:
            done_before = key and db.session.scalar(
                select(ActReceipt.address).where(ActReceipt.person_id == person.id, ActReceipt.act_key == key)
            )
            if done_before:
                return Outcome(None, done_before)
            result = act()
            where = address(result)
            _note(person, key, where)
        if work.roadmap_id is not None and not work.has_recorded and not is_writing():
            # Nothing changed and the act left no trace; that the form was carried out holds all the same.
            with unit_of_work():
                _note(person, key, where)
        return Outcome(result, where)

    return again_if_overtaken(attempt)


def _note(person: Person, key: str, where: str) -> None:
    if key:
        db.session.add(ActReceipt(person_id=person.id, act_key=key, address=where))
    tell(CarriedOut(person, key))
