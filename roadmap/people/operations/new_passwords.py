"""New passwords by one-time link: asked for by their owners, or made for a member who has no mail."""

from datetime import timedelta

from sqlalchemy import select

from roadmap.clock import now
from roadmap.errors import NotAllowed, NotThere
from roadmap.extensions import db
from roadmap.people.access import Place, require
from roadmap.people.errors import LinkSpent
from roadmap.people.models import Invitation, InvitationPurpose, Membership, Person, Region
from roadmap.people.operations.accounts import checked_hash, note
from roadmap.people.operations.links import Send, Ticket, find_link, issue, revoke_open, taken_up
from roadmap.people.operations.sessions import end_sessions_of
from roadmap.people.queries import find_member, find_person_by_email, today_in
from roadmap.people.roles import Act
from roadmap.text.words import N_
from roadmap.work import unit_of_work

AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR = 5


def ask_for_new_password(email: str, *, send: Send) -> None:
    """Send the owner of an address a link to choose a new password; nothing tells whether there is an account.

    At most five an hour go to one address.
    """
    with unit_of_work():
        person = find_person_by_email(email)
        note(None, "new-password-asked", about=person.uid if person else None)
        if person is None or _resets_this_hour(person) >= MOST_AN_HOUR:
            return
        send(_reset_for(person, None, None))


def make_new_password_link(
    actor: Person | None, region_id: int, person_uid: str, *, send: Send | None = None
) -> Ticket:
    """Make a link for a member to choose a new password.

    Raises as the gate does for MANAGE_PEOPLE, NotThere for who is no member of the region, and NotAllowed for
    a member who has a role in another region too: an administrator of one must not get into the other.
    """
    with unit_of_work():
        if actor is not None:
            require(actor, Act.MANAGE_PEOPLE, Place(region_id))
        person = member_for_new_password(region_id, person_uid)
        return _reset_for(person, actor, db.session.get(Region, region_id), send)


def member_for_new_password(region_id: int, person_uid: str) -> Person:
    """Give a member whom this region's administrator may help to a new password. Raises as told above."""
    member = find_member(region_id, person_uid)
    if member is None:
        raise NotThere
    query = select(Membership).where(Membership.person_id == member.person_id)
    held = [
        one for one in db.session.scalars(query) if one.ends_on is None or one.ends_on > today_in(one.region)
    ]
    if any(one.region_id != region_id for one in held):
        raise NotAllowed(
            N_(
                "Orang ini juga bekerja di daerah lain, jadi tautannya hanya dikirim ke surelnya sendiri: "
                "minta ia membuka “Lupa kata sandi”."
            )
        )
    return member.person


def choose_new_password(token: str, password: str) -> Person:
    """Choose a new password by a one-time link. Raises LinkSpent, and NotValid for a weak password.

    Side effects in their order: the hash is replaced, the link and all other such links of the person are
    spent, all sessions end, an Audit row.
    """
    invitation = find_link(token, InvitationPurpose.NEW_PASSWORD)
    person = find_person_by_email(invitation.email or "")
    if person is None:
        raise LinkSpent(N_("Akun ini sudah ditutup."))
    password_hash = checked_hash(password, name=person.name, email=person.email)
    with unit_of_work():
        invitation = taken_up(token, InvitationPurpose.NEW_PASSWORD)
        person = db.session.get_one(Person, person.id)
        person.password_hash = password_hash
        invitation.used_at, invitation.used_by = now(), person.id
        revoke_open(InvitationPurpose.NEW_PASSWORD, person.email)
        end_sessions_of(person)
        note(person, "password-changed", about=person.uid)
        return person


def _reset_for(
    person: Person, actor: Person | None, region: Region | None, send: Send | None = None
) -> Ticket:
    invitation = Invitation(
        token_hash="",
        purpose=InvitationPurpose.NEW_PASSWORD,
        email=person.email,
        region_id=region.id if region else None,
        invited_by=actor.id if actor else None,
        expires_at=now() + AN_HOUR,
    )
    return issue(actor, invitation, region, send)


def _resets_this_hour(person: Person) -> int:
    query = select(Invitation.id).where(
        Invitation.purpose == InvitationPurpose.NEW_PASSWORD,
        Invitation.email == person.email,
        Invitation.created_at > now() - AN_HOUR,
    )
    return len(db.session.scalars(query).all())
