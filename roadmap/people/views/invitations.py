"""Inviting people to a region, and the one page that shows a one-time link."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from roadmap.errors import NotValid
from roadmap.people.errors import LinkSpent
from roadmap.people.letters import link_of, post_ticket
from roadmap.people.once import once
from roadmap.people.operations import (
    Ticket,
    invite,
    renew_invitation,
    revoke_invitation,
)
from roadmap.people.qr import Drawing, draw
from roadmap.people.reading import split_addresses
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.views.blueprint import administered, bp, region_page, sentences, spent_page
from roadmap.people.views.role_form import RoleForm, role_page
from roadmap.people.writers import pressed
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done


@dataclass(frozen=True)
class Shown:
    """A one-time link on the only page that shows it."""

    email: str
    link: str
    drawing: Drawing

    @classmethod
    def of(cls, ticket: Ticket) -> "Shown":
        """Write out the link and draw it."""
        link = link_of(ticket)
        return cls(ticket.invitation.email or "", link, draw(link))


@bp.get("/regions/<int:region_id>/invitations/new", endpoint="invite")
@asks(Act.MANAGE_PEOPLE)
def ask_whom_to_invite(region_id: int) -> Response:
    """Ask who shall come, and as what."""
    region = administered(region_id, Act.MANAGE_PEOPLE)
    return role_page("people/invite.html", region, RoleForm())


@bp.post("/regions/<int:region_id>/invitations/new")
@asks(Act.MANAGE_PEOPLE)
def send_invitations(region_id: int) -> Response:
    """Invite by mail, or make links to be shown once."""
    region = administered(region_id, Act.MANAGE_PEOPLE)
    person, typed = acting_person(), RoleForm.typed(request.form)
    by_mail = typed.way != "link"
    try:
        role, roadmap_id, ends_on = typed.read(region)
        outcome = once(
            person,
            pressed(),
            lambda: invite(
                person,
                region_id,
                split_addresses(typed.emails),
                role,
                roadmap_id=roadmap_id,
                organisation_uid=typed.organisation or None,
                ends_on=ends_on,
                send=post_ticket if by_mail else None,
            ),
            lambda _tickets: url_for("people.region_people", region_id=region_id),
        )
    except NotValid as problem:
        typed.errors = sentences(problem)
        return role_page("people/invite.html", region, typed, 422)
    return tell_tickets(region_id, outcome.result, outcome.address, by_mail=by_mail)


@bp.post("/regions/<int:region_id>/invitations/<int:invitation_id>/revocation", endpoint="revoke_invitation")
@asks(Act.MANAGE_PEOPLE)
def take_back(region_id: int, invitation_id: int) -> Response:
    """Take an invitation back."""
    administered(region_id, Act.MANAGE_PEOPLE)
    person = acting_person()
    outcome = once(
        person,
        pressed(),
        lambda: revoke_invitation(person, region_id, invitation_id),
        lambda _invitation: url_for("people.region_people", region_id=region_id),
    )
    return done(outcome.address, Notice(_("Undangan dicabut. Tautannya tidak berlaku lagi.")))


@bp.post("/regions/<int:region_id>/invitations/<int:invitation_id>/renewal", endpoint="renew_invitation")
@asks(Act.MANAGE_PEOPLE)
def make_anew(region_id: int, invitation_id: int) -> Response:
    """Replace an invitation's link by a new one, shown once."""
    administered(region_id, Act.MANAGE_PEOPLE)
    person = acting_person()
    try:
        outcome = once(
            person,
            pressed(),
            lambda: [renew_invitation(person, region_id, invitation_id)],
            lambda _tickets: url_for("people.region_people", region_id=region_id),
        )
    except LinkSpent as spent:
        return spent_page(spent)
    return tell_tickets(region_id, outcome.result, outcome.address, by_mail=False)


def tell_tickets(
    region_id: int, tickets: Sequence[Ticket] | None, address: str, *, by_mail: bool
) -> Response:
    """Say that mails are on their way, or show the links on the only page that ever does."""
    if tickets is None:
        sentence = _("Itu sudah dilakukan. Tautan hanya ditampilkan satu kali; buat tautan baru bila perlu.")
        return done(address, Notice(sentence, "info"))
    if by_mail:
        count = len(tickets)
        sentence = ngettext(
            "%(num)s surel dikirim. Tautan di dalamnya sekali pakai.",
            "%(num)s surel dikirim. Tautan di dalamnya sekali pakai.",
            count,
        )
        return done(address, Notice(sentence, outcome=_("Terkirim:")))
    region = administered(region_id, Act.MANAGE_PEOPLE)
    return region_page(
        "people/links.html",
        region,
        "people",
        shown=[Shown.of(ticket) for ticket in tickets],
        is_password=str(tickets[0].invitation.purpose) == "new-password",
        outcome_title=_("Siap:"),
    )
