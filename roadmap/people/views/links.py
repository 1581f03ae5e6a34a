"""One-time links: taking up an invitation, asking for and choosing a new password."""

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from roadmap.errors import NotAllowed, NotValid, TooMany
from roadmap.extensions import db
from roadmap.people.doors import let_in, own_token
from roadmap.people.errors import LinkSpent
from roadmap.people.letters import post_ticket
from roadmap.people.models import Invitation, InvitationPurpose, Organisation, Person, Region
from roadmap.people.once import once
from roadmap.people.operations import (
    accept,
    accept_as_newcomer,
    ask_for_new_password,
    begin_session,
    choose_new_password,
    count_attempt,
    end_session,
    find_link,
    marker,
)
from roadmap.people.queries import find_organisation_by_uid, find_person_by_email
from roadmap.people.session import acting_person
from roadmap.people.views.blueprint import bp, page, sentences, spent_page
from roadmap.people.writers import pressed
from roadmap.web.declare import for_everyone
from roadmap.web.errors import say
from roadmap.web.respond import Notice, done
from roadmap.work import unit_of_work


@bp.get("/invitations/<token>", endpoint="invitation")
@for_everyone
def read_invitation(token: str) -> Response:
    """Show what somebody is invited to, and how to take it up."""
    try:
        return _invitation_page(find_link(token, InvitationPurpose.JOIN), token)
    except LinkSpent as spent:
        return spent_page(spent)


@bp.post("/invitations/<token>", endpoint="accept_invitation")
@for_everyone
def accept_invitation(token: str) -> Response:
    """Take the invitation up: with the account one is signed in to, or by making one."""
    try:
        invitation = find_link(token, InvitationPurpose.JOIN)
        if current_user.is_authenticated:
            return _accept_as_oneself(invitation, token)
        return _accept_as_newcomer(invitation, token)
    except LinkSpent as spent:
        return spent_page(spent)


@bp.get("/forgotten-password", endpoint="forgot_password")
@for_everyone
def ask_for_address() -> Response:
    """Ask for the address to which a link may go."""
    return page("people/forgot_password.html", email=request.args.get("email", "")[:254], error="")


@bp.post("/forgotten-password")
@for_everyone
def send_new_password_link() -> Response:
    """Send a link, and say the same whether there is such an account or not."""
    email = request.form.get("email", "").strip()[:254]
    if "@" not in email:
        sentence = _("Tulis alamat surel Anda, misalnya nama@contoh.go.id.")
        return page("people/forgot_password.html", 422, email=email, error=sentence)
    mark = marker(str(current_app.secret_key))
    try:
        # Counted apart from sign-ins, so that asking for a link never stands in the way of using it.
        count_attempt(mark(f"link {email.lower()}"), mark(f"link {request.remote_addr}"))
    except TooMany as refusal:
        response = page("people/forgot_password.html", 429, email=email, error=say(refusal))
        response.headers["Retry-After"] = str(refusal.seconds)
        return response
    ask_for_new_password(email, send=post_ticket)
    sentence = _(
        "Bila alamat itu mempunyai akun, tautan untuk kata sandi baru sudah kami kirim. Periksa surel Anda."
    )
    return done(url_for("people.sign_in"), Notice(sentence, "info"))


@bp.get("/new-passwords/<token>", endpoint="new_password")
@for_everyone
def ask_for_new_one(token: str) -> Response:
    """Ask for the new password."""
    try:
        invitation = find_link(token, InvitationPurpose.NEW_PASSWORD)
    except LinkSpent as spent:
        return spent_page(spent)
    return page("people/new_password.html", token=token, email=invitation.email, errors={})


@bp.post("/new-passwords/<token>")
@for_everyone
def take_new_one(token: str) -> Response:
    """Take the new password; whoever was signed in with the old one is so no longer."""
    try:
        invitation = find_link(token, InvitationPurpose.NEW_PASSWORD)
        email = invitation.email
        person = choose_new_password(token, request.form.get("password", ""))
    except LinkSpent as spent:
        return spent_page(spent)
    except NotValid as problem:
        return page("people/new_password.html", 422, token=token, email=email, errors=sentences(problem))
    _begin(person)
    return done(
        url_for("web.home"),
        Notice(
            _(
                "Kata sandi baru tersimpan dan Anda sudah masuk. Di perangkat lain, masuk lagi dengan yang baru."
            )
        ),
    )


def _invitation_page(
    invitation: Invitation,
    token: str,
    status: int = 200,
    *,
    name: str = "",
    errors: dict[str, str] | None = None,
) -> Response:
    person = find_person_by_email(invitation.email or "")
    uid = invitation.organisation_uid
    organisation: Organisation | None = find_organisation_by_uid(uid) if uid else None
    return page(
        "people/invitation.html",
        status,
        invitation=invitation,
        token=token,
        region=db.session.get_one(Region, invitation.region_id),
        organisation=organisation,
        has_account=person is not None and person.password_hash is not None,
        is_theirs=current_user.is_authenticated and acting_person().email == invitation.email,
        name=name,
        errors=errors or {},
    )


def _accept_as_oneself(invitation: Invitation, token: str) -> Response:
    person = acting_person()
    try:
        outcome = once(
            person,
            pressed(),
            lambda: accept(token, person),
            lambda _membership: url_for("web.home"),
            roadmap_id=invitation.roadmap_id,
        )
    except NotAllowed as refusal:
        return _invitation_page(
            find_link(token, InvitationPurpose.JOIN), token, 403, errors={"": say(refusal)}
        )
    except NotValid as problem:
        invitation = find_link(token, InvitationPurpose.JOIN)
        return _invitation_page(invitation, token, 409, errors=sentences(problem))
    return done(outcome.address, Notice(_("Undangan diterima. Selamat bergabung.")))


def _accept_as_newcomer(invitation: Invitation, token: str) -> Response:
    name = request.form.get("name", "")
    try:
        person, _membership = accept_as_newcomer(token, name, request.form.get("password", ""))
    except NotValid as problem:
        invitation = find_link(token, InvitationPurpose.JOIN)
        return _invitation_page(invitation, token, 422, name=name, errors=sentences(problem))
    _begin(person)
    return done(url_for("web.home"), Notice(_("Akun Anda siap dan undangan diterima. Selamat bergabung.")))


def _begin(person: Person) -> None:
    with unit_of_work():
        end_session(own_token())
        token = begin_session(person, device=request.headers.get("User-Agent", ""))
    let_in(person, token, stays=False)
