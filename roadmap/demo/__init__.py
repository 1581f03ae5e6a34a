"""The demo city: a believable town that does not exist, with its history, written through the verbs people use.

Words: town (what the story needs at hand), story (what happened, in order), texts (what they wrote). Verbs: plant,
is_planted, people; `large.plant_large` adds data to measure with. Everybody here is marked as an example, and
every address ends in .example, where no mail can go.
"""

from sqlalchemy import select, update

from roadmap.clock import now
from roadmap.demo.story import tell_the_story
from roadmap.demo.texts.people import PASSWORD
from roadmap.extensions import db
from roadmap.mail import OutboxMail
from roadmap.people.models import Membership, Person, Region
from roadmap.people.words import ROLE_NAMES
from roadmap.work import unit_of_work

__all__ = ["PASSWORD", "is_planted", "people", "plant"]


def is_planted() -> bool:
    """Tell whether the demo city stands in this database."""
    return db.session.scalar(select(Region.id).where(Region.slug == "kota-contoh")) is not None


def plant() -> None:
    """Plant the demo city: about ten months of it, in a few seconds. Its mail goes nowhere."""
    tell_the_story()
    with unit_of_work():
        db.session.execute(
            update(OutboxMail)
            .where(OutboxMail.sent_at.is_(None), OutboxMail.recipient.endswith("@contoh.example"))
            .values(sent_at=now())
        )


def people() -> list[dict[str, str | int | None]]:
    """Give the demo people of this database: e-mail, role, region, roadmap (none: all of the region's)."""
    query = (
        select(Membership)
        .join(Membership.person)
        .where(Person.is_example, Person.closed_at.is_(None))
        .order_by(Membership.id)
    )
    return [
        {
            "email": held.person.email,
            "name": held.person.name,
            "role": str(held.role),
            "role_label": ROLE_NAMES[held.role],
            "region": held.region.full_name,
            "region_id": held.region_id,
            "roadmap": held.roadmap_id,
        }
        for held in db.session.scalars(query)
    ]
