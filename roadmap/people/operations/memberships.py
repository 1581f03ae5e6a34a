"""Memberships: given, and ended on a day; the rows stay, so that history can say who held what when."""

from datetime import date

from sqlalchemy import select

from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.people.access import Place, require
from roadmap.people.errors import RolesExclude
from roadmap.people.events import MembershipEnded, MembershipGiven
from roadmap.people.models import Membership, Organisation, Person, Region
from roadmap.people.operations.accounts import note
from roadmap.people.operations.sessions import NEVER_STAYING, shorten_sessions_of
from roadmap.people.queries import find_organisation, region_of_roadmap, today_in
from roadmap.people.roles import Act, Role, exclude_each_other
from roadmap.text.words import N_
from roadmap.work import tell, unit_of_work

NEEDS_OFFICE = frozenset({Role.OPERATOR})


def give_membership(
    actor: Person | None,
    person: Person,
    role: Role,
    region_id: int,
    *,
    roadmap_id: int | None = None,
    organisation: Organisation | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give a person a role; without an actor the command line or an accepted invitation gives it.

    Raises as the gate does for MANAGE_PEOPLE, NotValid for an office, roadmap or day that cannot stand, and
    RolesExclude. The same membership of a region twice is one; of a roadmap it is refused. Side effects in
    their order: the row, an Audit row, MembershipGiven.
    """
    with unit_of_work(roadmap_id):
        if actor is not None:
            require(actor, Act.MANAGE_PEOPLE, Place(region_id))
        region = db.session.get(Region, region_id)
        if region is None:
            raise NotThere
        check_membership(
            region,
            role,
            roadmap_id=roadmap_id,
            organisation=organisation,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        # Whoever gives the same person another role at this moment waits here.
        db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
        require_compatible(person, role, region, roadmap_id)
        membership = Membership(
            person_id=person.id,
            role=role,
            region_id=region.id,
            roadmap_id=roadmap_id,
            organisation_uid=organisation.uid if organisation else None,
            starts_on=starts_on or today_in(region),
            ends_on=ends_on,
        )
        if (same := _same(membership, today_in(region))) is not None:
            if roadmap_id is not None:
                raise NotValid({"role": N_("Orang ini sudah memegang peran itu pada peta jalan ini.")})
            return same
        db.session.add(membership)
        db.session.flush()
        if role in NEVER_STAYING:
            shorten_sessions_of(person)
        _tell_given(actor or person, membership, region)
        return membership


def check_membership(
    region: Region,
    role: Role,
    *,
    roadmap_id: int | None,
    organisation: Organisation | None,
    starts_on: date | None,
    ends_on: date | None,
) -> None:
    """Refuse a membership whose parts do not belong together. Raises NotValid naming the field."""
    errors: dict[str, str] = {}
    if roadmap_id is not None and region_of_roadmap(roadmap_id) != region.id:
        errors["roadmap"] = N_("Peta jalan ini tidak ada di daerah ini.")
    if organisation is not None and find_organisation(region.id, organisation.uid) is None:
        errors["organisation"] = N_("Kantor atau lembaga ini tidak ada di daftar daerah ini.")
    if organisation is None and role in NEEDS_OFFICE:
        errors["organisation"] = N_("Operator OPD menyunting rencana aksi kantornya: pilih kantornya.")
    if ends_on is not None and ends_on <= (starts_on or today_in(region)):
        errors["ends_on"] = N_("Hari berakhirnya sesudah hari mulainya dan sesudah hari ini.")
    if errors:
        raise NotValid(errors)


def require_compatible(person: Person, role: Role, region: Region, roadmap_id: int | None) -> None:
    """Refuse a role with which a person would judge what they can edit. Raises RolesExclude."""
    held = [
        Role(one.role)
        for one in _open_memberships(person, region)
        if roadmap_id is None or one.roadmap_id in (None, roadmap_id)
    ]
    if exclude_each_other([role], held):
        raise RolesExclude


def end_membership(
    actor: Person | None, region_id: int, membership_id: int, ends_on: date | None = None
) -> Membership:
    """Have a membership end on a day, or today: from that day on it gives no rights. The row stays.

    Raises as the gate does for MANAGE_PEOPLE, NotThere for another region's membership, and NotValid for a
    day that has passed, for a membership that has ended, and for the region's last administrator. Side effects: an
    Audit row, MembershipEnded. Needs the membership's roadmap to be named to the unit of work around it.
    """
    roadmap_id = roadmap_of_membership(region_id, membership_id)
    with unit_of_work(roadmap_id):
        if actor is not None:
            require(actor, Act.MANAGE_PEOPLE, Place(region_id))
        membership = db.session.get_one(Membership, membership_id)
        region = db.session.get_one(Region, region_id)
        today = today_in(region)
        day = ends_on or today
        if membership.ends_on is not None and membership.ends_on <= today:
            raise NotValid({"ends_on": N_("Peran ini sudah berakhir.")})
        if day < today:
            raise NotValid({"ends_on": N_("Pilih hari ini atau sesudahnya; yang sudah lewat tidak diubah.")})
        if membership.role == Role.ADMIN and day == today and _is_last_admin(membership, region):
            raise NotValid(
                {
                    "ends_on": N_(
                        "Ini satu-satunya admin daerah. Undang dulu penggantinya, lalu akhiri peran ini."
                    )
                }
            )
        if membership.ends_on == day:
            return membership
        membership.ends_on = day
        db.session.flush()
        _tell_ended(actor or membership.person, membership, region)
        return membership


def end_now(actor: Person, membership: Membership) -> None:
    """Have a membership give no rights from today on, in the open unit of work; an Audit row, MembershipEnded."""
    membership.ends_on = today_in(membership.region)
    db.session.flush()
    _tell_ended(actor, membership, membership.region)


def is_last_administrator(membership: Membership) -> bool:
    """Tell whether a region would have no administrator today without this membership."""
    return (
        membership.role == Role.ADMIN
        and membership.holds_on(today_in(membership.region))
        and _is_last_admin(membership, membership.region)
    )


def roadmap_of_membership(region_id: int, membership_id: int) -> int | None:
    """Tell which roadmap a membership of this region is bound to, if any. Raises NotThere."""
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.region_id != region_id:
        raise NotThere
    return membership.roadmap_id


def _open_memberships(person: Person, region: Region) -> list[Membership]:
    query = select(Membership).where(Membership.person_id == person.id, Membership.region_id == region.id)
    today = today_in(region)
    return [one for one in db.session.scalars(query) if one.ends_on is None or one.ends_on > today]


def _same(wanted: Membership, today: date) -> Membership | None:
    query = select(Membership).where(
        Membership.person_id == wanted.person_id,
        Membership.role == wanted.role,
        Membership.region_id == wanted.region_id,
        Membership.roadmap_id.is_(wanted.roadmap_id)
        if wanted.roadmap_id is None
        else Membership.roadmap_id == wanted.roadmap_id,
        Membership.organisation_uid.is_(None)
        if wanted.organisation_uid is None
        else Membership.organisation_uid == wanted.organisation_uid,
        Membership.starts_on <= wanted.starts_on,
    )
    found = [one for one in db.session.scalars(query) if one.ends_on is None or one.ends_on > today]
    return next((one for one in found if one.ends_on == wanted.ends_on), None)


def _is_last_admin(membership: Membership, region: Region) -> bool:
    query = select(Membership).where(
        Membership.region_id == region.id,
        Membership.role == Role.ADMIN,
        Membership.person_id != membership.person_id,
    )
    return not any(one.holds_on(today_in(region)) for one in db.session.scalars(query))


def _tell_given(actor: Person, membership: Membership, region: Region) -> None:
    note(
        actor,
        "membership-given",
        region=region,
        about=membership.uid,
        payload={"person": membership.person.uid, "role": str(membership.role)},
    )
    tell(
        MembershipGiven(
            membership_uid=membership.uid,
            person_uid=membership.person.uid,
            role=Role(membership.role),
            organisation_uid=membership.organisation_uid,
            region_id=region.id,
            roadmap_id=membership.roadmap_id,
            starts_on=membership.starts_on,
            ends_on=membership.ends_on,
            actor=actor,
        )
    )


def _tell_ended(actor: Person, membership: Membership, region: Region) -> None:
    note(
        actor,
        "membership-ended",
        region=region,
        about=membership.uid,
        payload={"person": membership.person.uid, "role": str(membership.role)},
    )
    tell(
        MembershipEnded(
            membership_uid=membership.uid,
            person_uid=membership.person.uid,
            role=Role(membership.role),
            region_id=region.id,
            roadmap_id=membership.roadmap_id,
            ends_on=membership.ends_on or today_in(region),
            actor=actor,
        )
    )
