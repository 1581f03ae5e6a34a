"""What is held of one person, gathered for them alone: to read, and to take away as a file (UU PDP)."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import select

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.people.hooks import own_parts_of
from roadmap.people.models import Audit, Membership, Person, SignedIn
from roadmap.people.operations import note
from roadmap.work import unit_of_work

T = TypeVar("T", Membership, SignedIn)

FORMAT = "peta-jalan-ham/data-saya/1"


def own_data_of(person: Person) -> Mapping[str, object]:
    """Give everything that is held of a person and is theirs to see; no secret, and nobody else's words."""
    return {
        "format": FORMAT,
        "taken_at": now().isoformat(),
        "account": {
            "uid": person.uid,
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "theme": person.theme,
            "created_at": person.created_at.isoformat(),
        },
        "roles": [_role(held) for held in _all(Membership, person)],
        "sessions": [_session(one) for one in _all(SignedIn, person)],
        "acts_without_roadmap": [_audited(one) for one in _audited_by(person)],
        **own_parts_of(person),
    }


def take_own_data(person: Person) -> Mapping[str, object]:
    """Give a person their data, and note in the audit that it was taken."""
    with unit_of_work():
        note(person, "own-data-taken", about=person.uid)
    return own_data_of(person)


def _all(model: type[T], person: Person) -> list[T]:
    return list(db.session.scalars(select(model).where(model.person_id == person.id).order_by(model.id)))


def _role(held: Membership) -> dict[str, object]:
    return {
        "role": str(held.role),
        "region": held.region.full_name,
        "organisation": held.organisation.name if held.organisation else None,
        "from": held.starts_on.isoformat(),
        "until": held.ends_on.isoformat() if held.ends_on else None,
    }


def _session(session: SignedIn) -> dict[str, object]:
    return {
        "device": session.device,
        "started_at": session.started_at.isoformat(),
        "expires_at": session.expires_at.isoformat(),
        "ended_at": session.ended_at.isoformat() if session.ended_at else None,
    }


def _audited_by(person: Person) -> list[Audit]:
    return list(db.session.scalars(select(Audit).where(Audit.actor_uid == person.uid).order_by(Audit.id)))


def _audited(act: Audit) -> dict[str, object]:
    return {"at": act.at.isoformat(), "act": act.verb, "about": act.object_uid}
