"""One-time links as such: made, found while they are open, taken up once. Only a link's hash is kept."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select, update

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.people.errors import LinkSpent
from roadmap.people.models import Invitation, InvitationPurpose, Person, Region
from roadmap.people.operations.accounts import note
from roadmap.people.operations.sessions import token_hash
from roadmap.text.words import N_


@dataclass(frozen=True)
class Ticket:
    """A one-time link at the only moment at which it is known."""

    invitation: Invitation
    token: str


Send = Callable[[Ticket], None]


def issue(
    actor: Person | None, invitation: Invitation, region: Region | None, send: Send | None = None
) -> Ticket:
    """Make a link, replacing open ones to the same role; `send` is called inside the transaction."""
    token = secrets.token_urlsafe(32)
    if invitation.purpose == InvitationPurpose.JOIN:
        revoke_open(InvitationPurpose.JOIN, invitation.email or "", like=invitation)
    invitation.token_hash = token_hash(token)
    db.session.add(invitation)
    db.session.flush()
    note(actor, f"{invitation.purpose}-link-made", region=region, about=invitation.uid)
    ticket = Ticket(invitation, token)
    if send is not None:
        send(ticket)
    return ticket


def find_link(token: str, purpose: InvitationPurpose) -> Invitation:
    """Give the open invitation behind a link. Raises LinkSpent for any other link, whatever became of it."""
    query = select(Invitation).where(
        Invitation.token_hash == token_hash(token), Invitation.purpose == purpose
    )
    invitation = db.session.scalar(query)
    if invitation is None or not is_open(invitation):
        raise LinkSpent(
            N_("Tautan ini sudah dipakai, dicabut, diganti, atau lewat waktunya. Minta tautan baru."),
        )
    return invitation


def is_open(invitation: Invitation) -> bool:
    """Tell whether a link can still be used."""
    return invitation.used_at is None and invitation.revoked_at is None and invitation.expires_at > now()


def taken_up(token: str, purpose: InvitationPurpose) -> Invitation:
    """Give the invitation again, now locked: of two who press at once the second finds the link spent."""
    invitation = find_link(token, purpose)
    db.session.refresh(invitation, with_for_update=True)
    if not is_open(invitation):
        return find_link(token, purpose)
    return invitation


def revoke_open(purpose: InvitationPurpose, email: str, *, like: Invitation | None = None) -> None:
    """Take back the open links of an address; `like` narrows it to invitations to the same role."""
    query = update(Invitation).where(
        Invitation.purpose == purpose,
        Invitation.email == email,
        Invitation.used_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    if like is not None:
        query = query.where(
            Invitation.region_id == like.region_id,
            Invitation.role == like.role,
            Invitation.roadmap_id.is_(None)
            if like.roadmap_id is None
            else Invitation.roadmap_id == like.roadmap_id,
        )
    db.session.execute(query.values(revoked_at=now()))
