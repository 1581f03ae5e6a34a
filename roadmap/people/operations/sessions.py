"""Sessions kept on the server: begun at sign-in, found by their token, ended at once when they are to end."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import joinedload

from roadmap.clock import now
from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.people.models import Person, SignedIn
from roadmap.people.queries import memberships_of
from roadmap.people.roles import Role
from roadmap.work import current_work, unit_of_work

A_DAY = timedelta(hours=12)
STAYING = timedelta(days=90)
LONGEST_DEVICE = 200

# Whose session on a forgotten telephone would be a prize: theirs never outlasts the day.
NEVER_STAYING = frozenset({Role.LEADER, Role.ADMIN})


def token_hash(token: str) -> str:
    """Hash a one-time token or a session's; the token itself is stored nowhere."""
    return sha256(token.encode()).hexdigest()


def begin_session(person: Person, *, stays: bool = False, device: str = "") -> str:
    """Begin a session and give its token; it lasts 12 hours, or 90 days where the person asks and may.

    Needs an open unit of work.
    """
    current_work()
    token = secrets.token_urlsafe(32)
    stays = stays and may_stay(person)
    db.session.add(
        SignedIn(
            token_hash=token_hash(token),
            person_id=person.id,
            expires_at=now() + (STAYING if stays else A_DAY),
            stays=stays,
            device=device[:LONGEST_DEVICE],
        )
    )
    return token


def may_stay(person: Person) -> bool:
    """Tell whether a person may stay signed in on a device: not whoever leads or administers anywhere."""
    return NEVER_STAYING.isdisjoint(Role(held.role) for held in memberships_of(person))


def shorten_sessions_of(person: Person) -> None:
    """Have a person who now leads or administers stay signed in no longer than they could begin to. In the open act."""
    current_work()
    db.session.execute(
        update(SignedIn)
        .where(SignedIn.person_id == person.id, SignedIn.ended_at.is_(None), SignedIn.stays)
        .values(expires_at=now() + A_DAY, stays=False)
    )


def find_session(token: str) -> SignedIn | None:
    """Find a session by its token, an ended one too."""
    return db.session.scalar(_BY_TOKEN, {"token_hash": token_hash(token)})


_BY_TOKEN = (
    select(SignedIn)
    .where(SignedIn.token_hash == bindparam("token_hash"))
    .options(joinedload(SignedIn.person))
)


def is_alive(session: SignedIn) -> bool:
    """Tell whether a session still lets its person in."""
    return session.ended_at is None and session.expires_at > now() and session.person.closed_at is None


def end_session(token: str) -> None:
    """End the session with this token; the next request with it is nobody's. Needs an open unit of work."""
    current_work()
    db.session.execute(
        update(SignedIn)
        .where(SignedIn.token_hash == token_hash(token), SignedIn.ended_at.is_(None))
        .values(ended_at=now())
    )


def end_sessions_of(person: Person, *, but: str = "") -> None:
    """End all sessions of a person, except the one with the token `but`. Needs an open unit of work."""
    current_work()
    db.session.execute(
        update(SignedIn)
        .where(
            SignedIn.person_id == person.id,
            SignedIn.ended_at.is_(None),
            SignedIn.token_hash != token_hash(but),
        )
        .values(ended_at=now())
    )


def open_sessions_of(person: Person) -> Sequence[SignedIn]:
    """Give the sessions that still let a person in, the newest first."""
    query = (
        select(SignedIn)
        .where(SignedIn.person_id == person.id, SignedIn.ended_at.is_(None), SignedIn.expires_at > now())
        .order_by(SignedIn.started_at.desc(), SignedIn.id.desc())
    )
    return db.session.scalars(query).all()


def end_own_session(person: Person, session_id: int) -> Person:
    """End one of a person's own sessions, wherever it is open. Raises NotThere for somebody else's."""
    with unit_of_work():
        session = db.session.get(SignedIn, session_id)
        if session is None or session.person_id != person.id:
            raise NotThere
        if session.ended_at is None:
            session.ended_at = now()
        return person


def end_other_sessions(person: Person, token: str) -> Person:
    """Sign a person out of every device but the one whose session has this token."""
    with unit_of_work():
        end_sessions_of(person, but=token)
        return person
