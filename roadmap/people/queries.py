"""Looking people up: roles a person holds, members of a roadmap, organisations a region sees."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import bindparam, column, event, or_, select, table
from sqlalchemy.orm import Session, UOWTransaction, joinedload

from roadmap.clock import in_zone, now
from roadmap.extensions import db
from roadmap.people.models import (
    Invitation,
    InvitationPurpose,
    Membership,
    Organisation,
    Person,
    Region,
)
from roadmap.people.roles import Role
from roadmap.work import once_a_reading

# Known by name only: the rooms above own it.
_ROADMAP = table("roadmap", column("id"), column("region_id"))

T = TypeVar("T")
_READ = "read by the gate"


def today_in(region: Region) -> date:
    """Tell the day it is in a region."""
    return in_zone(now(), region.zone).date()


_HELD = (
    select(Membership)
    .where(Membership.person_id == bindparam("person_id"))
    .options(joinedload(Membership.region), joinedload(Membership.organisation))
    .order_by(Membership.id)
)


def memberships_of(person: Person) -> list[Membership]:
    """Give the memberships that hold today, in every region."""

    def read() -> list[Membership]:
        return list(db.session.scalars(_HELD, {"person_id": person.id}))

    held = _once_a_transaction(("memberships", person.id), read)
    return [one for one in held if one.holds_on(today_in(one.region))]


def memberships_on(person: Person, region_id: int, roadmap_id: int | None) -> list[Membership]:
    """Give the memberships that hold today for one roadmap (region-wide ones too), or for the region as such."""
    return [
        held
        for held in memberships_of(person)
        if held.region_id == region_id and held.roadmap_id in (None, roadmap_id)
    ]


def roles_on(person: Person, region_id: int, roadmap_id: int | None) -> frozenset[Role]:
    """Give the roles a person holds today on a roadmap, or on a region as such; rights of several add up."""
    # Days begin on the hour in every zone we have: within one a membership neither begins nor ends.
    hour = now().replace(minute=0, second=0, microsecond=0)
    return once_a_reading(
        ("roles", person.id, region_id, roadmap_id, hour),
        lambda: frozenset(Role(held.role) for held in memberships_on(person, region_id, roadmap_id)),
    )


def offices_of(person: Person, region_id: int, roadmap_id: int, role: Role) -> frozenset[str]:
    """Give the uids of the organisations for which a person holds a role on a roadmap today.

    An organisation that was merged with others goes by all their uids, because plans keep naming the old ones.
    """
    own = {
        held.organisation_uid
        for held in memberships_on(person, region_id, roadmap_id)
        if held.role == role and held.organisation_uid is not None
    }
    if not own:
        return frozenset()
    standing = _once_a_transaction(
        ("standing", region_id),
        lambda: {uid: one.uid for uid, one in organisations_by_uid(region_id).items()},
    )
    meant = {standing.get(uid, uid) for uid in own}
    return frozenset(own | meant | {uid for uid, stands in standing.items() if stands in meant})


def members_of(region_id: int, roadmap_id: int | None = None) -> Sequence[Membership]:
    """Give all memberships of a region, ended ones too, or those that count for one of its roadmaps."""
    query = (
        select(Membership)
        .where(Membership.region_id == region_id)
        .options(
            joinedload(Membership.person), joinedload(Membership.organisation), joinedload(Membership.region)
        )
        .order_by(Membership.role, Membership.id)
    )
    if roadmap_id is not None:
        query = query.where(or_(Membership.roadmap_id.is_(None), Membership.roadmap_id == roadmap_id))
    return db.session.scalars(query).all()


def find_member(region_id: int, person_uid: str) -> Membership | None:
    """Find a person's newest membership in a region, among those that have not ended."""
    query = (
        select(Membership)
        .join(Person)
        .where(
            Membership.region_id == region_id, Person.uid == _askable(person_uid), Person.closed_at.is_(None)
        )
        .options(joinedload(Membership.person), joinedload(Membership.region))
        .order_by(Membership.id.desc())
    )
    found = db.session.scalars(query)
    return next((one for one in found if one.ends_on is None or one.ends_on > today_in(one.region)), None)


def holders_of(role: Role, region: Region, roadmap_id: int) -> list[Membership]:
    """Give who holds a role on a roadmap today."""
    today = today_in(region)
    return [
        held
        for held in members_of(region.id, roadmap_id)
        if held.role == role and held.holds_on(today) and held.person.closed_at is None
    ]


def find_person_by_email(email: str) -> Person | None:
    """Find an open account by its e-mail, whatever the case it is written in."""
    return db.session.scalar(
        select(Person).where(Person.email == _askable(email.strip().lower()), Person.closed_at.is_(None))
    )


def people_by_uid(uids: Iterable[str]) -> dict[str, Person]:
    """Give persons by uid, one query."""
    wanted = sorted(set(uids))
    if not wanted:
        return {}
    return {person.uid: person for person in db.session.scalars(select(Person).where(Person.uid.in_(wanted)))}


def organisations_seen_by(region_id: int) -> Sequence[Organisation]:
    """Give the organisations a region sees: its own and the national ones, by name; merged ones left out."""
    query = (
        select(Organisation)
        .where(
            or_(Organisation.region_id == region_id, Organisation.region_id.is_(None)),
            Organisation.merged_into.is_(None),
        )
        .order_by(Organisation.name)
    )
    return db.session.scalars(query).all()


def find_organisation(region_id: int, uid: str) -> Organisation | None:
    """Find an organisation a region sees and may name now: its own or a national one, not merged."""
    return db.session.scalar(
        select(Organisation).where(
            Organisation.uid == _askable(uid),
            or_(Organisation.region_id == region_id, Organisation.region_id.is_(None)),
            Organisation.merged_into.is_(None),
        )
    )


def find_organisation_by_uid(uid: str) -> Organisation | None:
    """Find an organisation by uid, a merged one too."""
    return db.session.scalar(select(Organisation).where(Organisation.uid == uid))


def invitations_of(region_id: int) -> Sequence[Invitation]:
    """Give the invitations of a region that nobody has taken up and nobody has taken back, newest first."""
    query = (
        select(Invitation)
        .where(
            Invitation.region_id == region_id,
            Invitation.purpose == InvitationPurpose.JOIN,
            Invitation.used_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .order_by(Invitation.id.desc())
    )
    return db.session.scalars(query).all()


def region_of_roadmap(roadmap_id: int) -> int | None:
    """Tell the region a roadmap belongs to, or None for a roadmap that is not there."""
    return db.session.scalar(select(_ROADMAP.c.region_id).where(_ROADMAP.c.id == roadmap_id))


def organisations_by_uid(region_id: int) -> dict[str, Organisation]:
    """Give every organisation a region can name, by uid; a merged one answers as the one it was merged into."""
    return once_a_reading(("organisations", region_id), lambda: _organisations_by_uid(region_id))


_NAMEABLE = select(Organisation).where(
    or_(Organisation.region_id == bindparam("region_id"), Organisation.region_id.is_(None))
)


def _organisations_by_uid(region_id: int) -> dict[str, Organisation]:
    rows = db.session.scalars(_NAMEABLE, {"region_id": region_id})
    found = {organisation.uid: organisation for organisation in rows}
    return {uid: _standing(organisation, found) for uid, organisation in found.items()}


def _standing(organisation: Organisation, found: dict[str, Organisation]) -> Organisation:
    seen: set[str] = set()
    while organisation.merged_into in found and organisation.uid not in seen:
        seen.add(organisation.uid)
        organisation = found[organisation.merged_into]
    return organisation


def _askable(text: str) -> str:
    """Leave out the one sign that PostgreSQL does not even take in a question; nothing is called so."""
    return text.replace("\x00", "")


def _once_a_transaction(key: Hashable, read: Callable[[], T]) -> T:
    """Read once in a transaction: a page asks the gate about every item, and the answer is the same each time."""
    kept: dict[Hashable, T] = db.session().info.setdefault(_READ, {})
    if key not in kept:
        kept[key] = read()
    return kept[key]


def _forget(session: Session) -> None:
    session.info.pop(_READ, None)


@event.listens_for(Session, "before_flush")
def _forget_what_changes(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if any(isinstance(one, Membership | Organisation) for one in (*session.new, *session.dirty)):
        _forget(session)


event.listen(Session, "after_commit", _forget)
event.listen(Session, "after_rollback", _forget)
