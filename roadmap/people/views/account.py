"""One's own account: name, language, look, password, and the roles one holds."""

from flask import current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotValid, TooMany
from roadmap.people.doors import own_token
from roadmap.people.once import once
from roadmap.people.operations import (
    change_own_password,
    change_own_settings,
    count_attempt,
    end_other_sessions,
    forgive,
    marker,
)
from roadmap.people.queries import memberships_of
from roadmap.people.session import acting_person
from roadmap.people.views.blueprint import bp, page, sentences
from roadmap.people.writers import pressed
from roadmap.web.declare import for_oneself
from roadmap.web.errors import say
from roadmap.web.filters import THEME_COOKIE
from roadmap.web.language import COOKIE as LANGUAGE_COOKIE
from roadmap.web.respond import Notice, done
from roadmap.work import unit_of_work

SETTINGS = ("name", "language", "theme", "live_updates")


@bp.get("/account", endpoint="account")
@for_oneself
def read_account() -> Response:
    """Show one's account."""
    person = acting_person()
    return _account_page({one: getattr(person, one) for one in SETTINGS})


@bp.post("/account")
@for_oneself
def save_account() -> Response:
    """Save name, language, look and live updates; what was chosen on this device alone gives way."""
    person = acting_person()
    typed = {name: request.form.get(name, "") for name in SETTINGS}
    try:
        outcome = once(
            person,
            pressed(),
            lambda: change_own_settings(person, **typed),
            lambda _person: url_for("people.account"),
        )
    except NotValid as problem:
        return _account_page(typed, 422, sentences(problem))
    response = done(outcome.address, Notice(_("Akun Anda tersimpan.")))
    response.delete_cookie(LANGUAGE_COOKIE, path="/", httponly=True, samesite="Lax")
    response.delete_cookie(THEME_COOKIE, path="/", httponly=True, samesite="Lax")
    return response


@bp.get("/account/password", endpoint="account_password")
@for_oneself
def ask_for_passwords() -> Response:
    """Ask for the old and the new password."""
    return page("people/account_password.html", errors={})


@bp.post("/account/password")
@for_oneself
def save_password() -> Response:
    """Change the password; other devices are signed out. The old one may not be guessed without end."""
    person = acting_person()
    token = own_token()
    mark = marker(str(current_app.secret_key))
    try:
        attempt = count_attempt(mark(person.email), mark(f"password {person.uid}"))
        outcome = once(
            person,
            pressed(),
            lambda: change_own_password(
                person,
                old=request.form.get("old_password", ""),
                new=request.form.get("new_password", ""),
                token=token,
            ),
            lambda _person: url_for("people.account"),
        )
    except TooMany as refusal:
        response = page("people/account_password.html", 429, errors={"old_password": say(refusal)})
        response.headers["Retry-After"] = str(refusal.seconds)
        return response
    except NotValid as problem:
        if "old_password" not in problem.errors:
            with unit_of_work():
                forgive(attempt)
        return page("people/account_password.html", 422, errors=sentences(problem))
    with unit_of_work():
        forgive(attempt)
    return done(
        outcome.address, Notice(_("Kata sandi berubah. Di perangkat lain, masuk lagi dengan yang baru."))
    )


@bp.post("/account/sessions/end", endpoint="end_other_sessions")
@for_oneself
def leave_other_devices() -> Response:
    """Sign out everywhere but here."""
    person, token = acting_person(), own_token()
    outcome = once(
        person,
        pressed(),
        lambda: end_other_sessions(person, token),
        lambda _person: url_for("people.sessions"),
    )
    return done(outcome.address, Notice(_("Anda sudah keluar dari semua perangkat lain.")))


def _account_page(typed: dict[str, str], status: int = 200, errors: dict[str, str] | None = None) -> Response:
    person = acting_person()
    return page(
        "people/account.html",
        status,
        typed=typed,
        errors=errors or {},
        memberships=memberships_of(person),
    )
