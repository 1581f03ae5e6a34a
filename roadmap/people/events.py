"""What happens to people's roles, complete in itself; a roadmap-bound one is told inside its unit of work."""

from dataclasses import dataclass
from datetime import date

from roadmap.people.models import Person
from roadmap.people.roles import Role


@dataclass(frozen=True)
class MembershipGiven:
    """A person was given a role, in a region or on one of its roadmaps (`roadmap_id`)."""

    membership_uid: str
    person_uid: str
    role: Role
    organisation_uid: str | None
    region_id: int
    roadmap_id: int | None
    starts_on: date
    ends_on: date | None
    actor: Person


@dataclass(frozen=True)
class MembershipEnded:
    """A person's role ends on a day; from that day on it gives no rights."""

    membership_uid: str
    person_uid: str
    role: Role
    region_id: int
    roadmap_id: int | None
    ends_on: date
    actor: Person


@dataclass(frozen=True)
class CarriedOut:
    """A form was carried out, under its key; told inside the act's transaction to those who listen within it."""

    person: Person
    act_key: str
