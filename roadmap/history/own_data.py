"""What the record holds of one person, for the file they take away: acts, and words that did not go through."""

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Changeset, KeptWords, Roadmap
from roadmap.history.unsaved import of_person
from roadmap.people.models import Person


def acts_of(person: Person) -> list[dict[str, object]]:
    """Give every act of a person on any roadmap: when, what, and the reason they gave."""
    query = (
        select(Changeset, Roadmap.uid)
        .join(Roadmap, Roadmap.id == Changeset.roadmap_id)
        .where(Changeset.actor_uid == person.uid)
        .order_by(Changeset.id)
    )
    return [
        {
            "at": act.at.isoformat(),
            "roadmap": uid,
            "act": act.verb,
            "reason": act.reason,
            "items": act.payload.get("uid"),
        }
        for act, uid in db.session.execute(query)
    ]


def kept_of(person: Person) -> list[dict[str, object]]:
    """Give every word a person typed that did not go through, settled or not."""
    query = select(KeptWords).where(KeptWords.person_id == person.id).order_by(KeptWords.id)
    return [
        {"at": one.at.isoformat(), "cause": one.cause, "address": one.address, "words": one.values}
        for one in db.session.scalars(query)
    ]


def copies_of(person: Person) -> list[dict[str, object]]:
    """Give what a person has typed into forms and not saved."""
    return [
        {"at": one.at.isoformat(), "address": one.address, "words": one.values}
        for one in of_person(person.id)
    ]
