"""The mails of this room: one sentence and a link, in the language of the account, else Indonesian."""

from flask import current_app, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from roadmap import mail
from roadmap.config import Config
from roadmap.extensions import db
from roadmap.people.models import Invitation, InvitationPurpose, Region
from roadmap.people.operations import Ticket
from roadmap.people.queries import find_person_by_email
from roadmap.people.words import ROLE_NAMES


def link_of(ticket: Ticket) -> str:
    """Give the address of a one-time link; its host is the configured one, never the request's."""
    endpoint = (
        "people.invitation" if ticket.invitation.purpose == InvitationPurpose.JOIN else "people.new_password"
    )
    config: Config = current_app.extensions["roadmap_config"]
    return config.base_url + url_for(endpoint, token=ticket.token, _external=False)


def post_ticket(ticket: Ticket) -> None:
    """Put the mail with a one-time link into the outbox, in the open unit of work."""
    invitation = ticket.invitation
    person = find_person_by_email(invitation.email or "")
    with force_locale(person.language if person else "id"):
        if invitation.purpose == InvitationPurpose.JOIN:
            subject, sentence = _invitation_words(invitation)
        else:
            subject = _("Kata sandi baru")
            sentence = _(
                "Buka tautan ini dalam satu jam untuk memilih kata sandi baru Peta Jalan HAM. "
                "Bila Anda tidak memintanya, abaikan saja; kata sandi Anda tidak berubah."
            )
        body = render_template("mail/link.txt", sentence=sentence, link=link_of(ticket))
    mail.post(invitation.email or "", subject, body)


def _invitation_words(invitation: Invitation) -> tuple[str, str]:
    region = db.session.get_one(Region, invitation.region_id)
    role = _(ROLE_NAMES[str(invitation.role)])
    return (
        _("Undangan: peta jalan HAM %(region)s", region=region.full_name),
        _(
            "Anda diundang menjadi %(role)s pada peta jalan HAM %(region)s; tautan ini berlaku 7 hari, sekali pakai.",
            role=role,
            region=region.full_name,
        ),
    )
