"""Signing in and out."""

from flask import current_app, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from roadmap.errors import TooMany
from roadmap.people.carrying import Carried, words_of_form
from roadmap.people.doors import keep_for_another, leave, let_in, own_token, send_page, sign_in_page
from roadmap.people.errors import WrongPassword
from roadmap.people.models import Person
from roadmap.people.operations import end_session, find_session, marker, note, sign_in
from roadmap.people.session import acting_person
from roadmap.people.views.blueprint import bp
from roadmap.web.declare import for_everyone
from roadmap.web.errors import say
from roadmap.web.respond import Notice, done
from roadmap.web.security import end_session as forget_pages
from roadmap.web.views import safe_next
from roadmap.work import unit_of_work


@bp.get("/sign-in", endpoint="sign_in")
@for_everyone
def ask_who() -> Response:
    """Ask who is there."""
    address = safe_next(request.args.get("next", ""), "")
    if current_user.is_authenticated:
        return redirect(address or url_for("web.home"), 302)
    return sign_in_page(next_address=address)


@bp.post("/sign-in", endpoint="try_sign_in")
@for_everyone
def try_sign_in() -> Response:
    """Let in whoever knows the password, and send on what their ended session left behind."""
    form = request.form
    carried = words_of_form(form)
    wants_to_stay = "stays" in form
    try:
        person, token = sign_in(
            form.get("email", ""),
            form.get("password", ""),
            address=request.remote_addr or "",
            mark=marker(str(current_app.secret_key)),
            stays=wants_to_stay,
            device=request.headers.get("User-Agent", ""),
        )
    except (WrongPassword, TooMany) as refusal:
        return _asked_again(refusal, carried)
    _end_what_was()
    found = find_session(token)
    stays = found is not None and found.stays
    let_in(person, token, stays=stays)
    if carried is not None:
        return _send_on(person, carried)
    notice = None
    if wants_to_stay and not stays:
        notice = Notice(
            _(
                "Anda sudah masuk. Demi keamanan akun pimpinan dan admin, Anda perlu masuk lagi setelah 12 jam."
            ),
            "info",
        )
    return done(safe_next(form.get("next", ""), url_for("web.home")), notice)


@bp.post("/sign-out", endpoint="sign_out")
@for_everyone
def sign_out() -> Response:
    """End the session on the server, and have the browser forget what it stored."""
    with unit_of_work():
        if current_user.is_authenticated:
            person = acting_person()
            note(person, "sign-out", about=person.uid)
        leave()
    answer = done(url_for("web.home"), Notice(_("Anda sudah keluar."), "info"))
    return forget_pages(answer, others_wait="others" in request.form)  # type: ignore[arg-type]


def _asked_again(refusal: WrongPassword | TooMany, carried: Carried | None) -> Response:
    seconds = refusal.seconds if isinstance(refusal, TooMany) else None
    response = sign_in_page(
        429 if seconds else 422,
        carried=carried,
        error=say(refusal),
        email=request.form.get("email", "")[:254],
        next_address=safe_next(request.form.get("next", ""), ""),
    )
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response


def _end_what_was() -> None:
    if (before := own_token()) and current_user.is_authenticated:
        with unit_of_work():
            end_session(before)


def _send_on(person: Person, carried: Carried) -> Response:
    if carried.writer_uid not in ("", person.uid):
        return keep_for_another(carried)
    return send_page(
        carried,
        sentence=_("Anda sudah masuk. Tulisan Anda siap dikirim."),
        label=_("Kirim tulisan saya"),
        at_once=carried.is_ours,
    )
