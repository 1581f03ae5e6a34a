"""Invitations to join with a role: made, taken back, renewed, taken up."""

from collections.abc import Sequence
from datetime import date, timedelta

from roadmap.clock import now
from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from roadmap.people.access import Place, require
from roadmap.people.errors import LinkSpent
from roadmap.people.models import Invitation, InvitationPurpose, Membership, Person, Region
from roadmap.people.operations.accounts import checked_hash, create_person, note
from roadmap.people.operations.links import Send, Ticket, find_link, issue, taken_up
from roadmap.people.operations.memberships import check_membership, give_membership, require_compatible
from roadmap.people.queries import find_organisation, find_person_by_email
from roadmap.people.reading import MOST_AT_ONCE, read_all, read_emails, read_line
from roadmap.people.roles import Act, Role
from roadmap.text.words import N_
from roadmap.work import unit_of_work

JOIN_DAYS = timedelta(days=7)


def invite(
    actor: Person | None,
    region_id: int,
    emails: Sequence[str],
    role: Role,
    *,
    roadmap_id: int | None = None,
    organisation_uid: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    send: Send | None = None,
) -> list[Ticket]:
    """Make an invitation for each address; `send` is called inside the transaction and puts a mail into the outbox.

    Raises as the gate does for MANAGE_PEOPLE, and NotValid naming `emails`, `role`, `organisation`, `roadmap`
    or `ends_on`; then nobody is invited. An open invitation of the same address to the same role is replaced.
    """
    with unit_of_work():
        if actor is not None:
            require(actor, Act.MANAGE_PEOPLE, Place(region_id))
        region = db.session.get(Region, region_id)
        if region is None:
            raise NotThere
        organisation = find_organisation(region_id, organisation_uid) if organisation_uid else None
        if organisation_uid and organisation is None:
            raise NotValid({"organisation": N_("Kantor atau lembaga ini tidak ada di daftar daerah ini.")})
        check_membership(
            region,
            role,
            roadmap_id=roadmap_id,
            organisation=organisation,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        tickets = []
        for email in _addresses(emails, role, region, roadmap_id):
            invitation = Invitation(
                token_hash="",
                purpose=InvitationPurpose.JOIN,
                email=email,
                role=role,
                region_id=region.id,
                roadmap_id=roadmap_id,
                organisation_uid=organisation.uid if organisation else None,
                starts_on=starts_on,
                ends_on=ends_on,
                invited_by=actor.id if actor else None,
                expires_at=now() + JOIN_DAYS,
            )
            tickets.append(issue(actor, invitation, region, send))
        return tickets


def accept(token: str, person: Person) -> Membership:
    """Take an invitation up with one's own account.

    Raises LinkSpent, NotAllowed for another address's invitation, RolesExclude and what giving the
    membership raises. Needs the invitation's roadmap to be named to the unit of work around it.
    """
    invitation = find_link(token, InvitationPurpose.JOIN)
    with unit_of_work(invitation.roadmap_id):
        invitation = taken_up(token, InvitationPurpose.JOIN)
        if person.email != invitation.email:
            raise NotAllowed(
                N_("Undangan ini untuk alamat surel lain. Keluar dulu, lalu buka lagi tautannya.")
            )
        return _join(invitation, person)


def accept_as_newcomer(token: str, name: str, password: str) -> tuple[Person, Membership]:
    """Take an invitation up by making an account for its address; raises as `accept` does, and NotValid.

    Whoever has the link and finds an account there already is asked to sign in: NotValid too.
    """
    invitation = find_link(token, InvitationPurpose.JOIN)
    email, roadmap_id = invitation.email or "", invitation.roadmap_id
    read = read_all(
        {
            "name": lambda: read_line("name", name, 200),
            "password": lambda: checked_hash(password, name=name, email=email),
        }
    )
    with unit_of_work(roadmap_id):
        invitation = taken_up(token, InvitationPurpose.JOIN)
        person = find_person_by_email(email)
        if person is not None and person.password_hash is not None:
            raise NotValid(
                {
                    "password": N_(
                        "Alamat surel ini sudah mempunyai akun. Masuk dulu, lalu buka lagi tautannya."
                    )
                }
            )
        if person is None:
            person = create_person(read["name"], email)
        person.password_hash = read["password"]
        return person, _join(invitation, person)


def revoke_invitation(actor: Person, region_id: int, invitation_id: int) -> Invitation:
    """Take an invitation back: its link no longer works. Raises as the gate does, and NotThere for another region's."""
    with unit_of_work():
        require(actor, Act.MANAGE_PEOPLE, Place(region_id))
        invitation = _of_region(region_id, invitation_id)
        if invitation.used_at is None and invitation.revoked_at is None:
            invitation.revoked_at = now()
            note(actor, "invitation-revoked", region=db.session.get(Region, region_id), about=invitation.uid)
        return invitation


def renew_invitation(
    actor: Person, region_id: int, invitation_id: int, *, send: Send | None = None
) -> Ticket:
    """Replace an invitation's link by a new one, for seven days more. Raises as `revoke_invitation` does."""
    with unit_of_work():
        require(actor, Act.MANAGE_PEOPLE, Place(region_id))
        old = _of_region(region_id, invitation_id)
        if old.used_at is not None:
            raise LinkSpent(N_("Undangan ini sudah diterima."))
        tickets = invite(
            actor,
            region_id,
            [old.email or ""],
            Role(old.role or ""),
            roadmap_id=old.roadmap_id,
            organisation_uid=old.organisation_uid,
            starts_on=old.starts_on,
            ends_on=old.ends_on,
            send=send,
        )
        old.revoked_at = old.revoked_at or now()
        return tickets[0]


def _addresses(emails: Sequence[str], role: Role, region: Region, roadmap_id: int | None) -> list[str]:
    """Read the addresses, each once. Raises NotValid, naming those that are none, and RolesExclude."""
    read, strange = read_emails(emails)
    if strange:
        raise NotValid({"emails": N_("Perbaiki alamat ini: %(strange)s.")}, strange=", ".join(strange))
    if not read:
        raise NotValid({"emails": N_("Tulis paling sedikit satu alamat surel.")})
    if len(read) > MOST_AT_ONCE:
        raise NotValid({"emails": N_("Undang paling banyak 100 orang sekaligus.")})
    for email in read:
        if (person := find_person_by_email(email)) is not None:
            require_compatible(person, role, region, roadmap_id)
    return read


def _join(invitation: Invitation, person: Person) -> Membership:
    region = db.session.get_one(Region, invitation.region_id)
    uid = invitation.organisation_uid
    membership = give_membership(
        None,
        person,
        Role(invitation.role or ""),
        region.id,
        roadmap_id=invitation.roadmap_id,
        organisation=find_organisation(region.id, uid) if uid else None,
        starts_on=invitation.starts_on,
        ends_on=invitation.ends_on,
    )
    invitation.used_at, invitation.used_by = now(), person.id
    note(person, "invitation-accepted", region=region, about=invitation.uid)
    return membership


def _of_region(region_id: int, invitation_id: int) -> Invitation:
    invitation = db.session.get(Invitation, invitation_id)
    if (
        invitation is None
        or invitation.region_id != region_id
        or invitation.purpose != InvitationPurpose.JOIN
    ):
        raise NotThere
    return invitation
