"""What is one's own beside the account: open sessions, the file of one's data, and the way out."""

import json

from flask import current_app, make_response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.clock import now
from roadmap.errors import NotValid, TooMany
from roadmap.people.devices import UNKNOWN, device_named
from roadmap.people.doors import leave, own_token
from roadmap.people.models import Person, SignedIn
from roadmap.people.once import once
from roadmap.people.operations import (
    close_account,
    count_attempt,
    end_own_session,
    find_session,
    forgive,
    marker,
    open_memberships_of,
    open_sessions_of,
)
from roadmap.people.own_data import own_data_of, take_own_data
from roadmap.people.passwords import is_right
from roadmap.people.session import acting_person
from roadmap.people.views.blueprint import bp, page, sentences
from roadmap.people.words import ROLE_NAMES
from roadmap.people.writers import pressed
from roadmap.web.declare import for_oneself
from roadmap.web.errors import say
from roadmap.web.respond import Notice, done
from roadmap.web.security import end_session as forget_pages
from roadmap.work import unit_of_work

CLOSING = "tutup"


@bp.get("/account/sessions")
@for_oneself
def sessions() -> Response:
    """List where one is signed in, this place first."""
    here = find_session(own_token())
    found = sorted(open_sessions_of(acting_person()), key=lambda one: here is None or one.id != here.id)
    return page(
        "people/sessions.html", sessions=found, here=here.id if here else None, device_of=device_in_words
    )


@bp.post("/account/sessions/<int:session_id>/end")
@for_oneself
def end_session(session_id: int) -> Response:
    """Sign out of one of one's own sessions."""
    person = acting_person()
    outcome = once(
        person,
        pressed(),
        lambda: end_own_session(person, session_id),
        lambda _person: url_for("people.sessions"),
    )
    return done(
        outcome.address, Notice(_("Perangkat itu sudah dikeluarkan. Tulisan yang belum masuk tetap aman."))
    )


@bp.get("/account/data", endpoint="own_data")
@for_oneself
def show_own_data() -> Response:
    """Say what is held of the reader, part by part, and offer it as a file."""
    held = own_data_of(acting_person())
    counts = {name: len(part) for name, part in held.items() if isinstance(part, list)}
    return page("people/own_data.html", counts=counts, part_names=_part_names())


@bp.post("/account/data")
@for_oneself
def download_own_data() -> Response:
    """Give the reader everything that is held of them, as a file."""
    held = take_own_data(acting_person())
    response = make_response(json.dumps(held, ensure_ascii=False, indent=2))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="data-saya-{now():%Y-%m-%d}.json"'
    return response


@bp.get("/account/closing", endpoint="close_account")
@for_oneself
def ask_about_closing() -> Response:
    """Say what closing an account does, and ask for the password."""
    return _closing_page()


@bp.post("/account/closing")
@for_oneself
def close_own_account() -> Response:
    """Close the reader's account for good; the password is asked once more."""
    person = acting_person()
    try:
        _prove(person)
        outcome = once(person, pressed(), lambda: close_account(person), lambda _person: url_for("web.home"))
    except TooMany as refusal:
        response = _closing_page(429, {"password": say(refusal)})
        response.headers["Retry-After"] = str(refusal.seconds)
        return response
    except NotValid as problem:
        return _closing_page(422, sentences(problem))
    with unit_of_work():
        leave()
    words = _(
        "Akun Anda sudah ditutup. Terima kasih atas yang Anda kerjakan; tulisan Anda tetap ada tanpa nama Anda."
    )
    return forget_pages(done(outcome.address, Notice(words, "info", outcome=_("Ditutup:"))))  # type: ignore[arg-type]


def device_in_words(session: SignedIn) -> str:
    """Name the device of a session as people do."""
    browser, system = device_named(session.device)
    if browser and system:
        return _("%(browser)s di %(system)s", browser=browser, system=system)
    return browser or system or _(UNKNOWN)


def _closing_page(status: int = 200, errors: dict[str, str] | None = None) -> Response:
    roles = [
        f"{_(ROLE_NAMES[held.role])}, {held.region.full_name}"
        for held in open_memberships_of(acting_person())
    ]
    return page("people/close_account.html", status, errors=errors or {}, roles=roles)


def _prove(person: Person) -> None:
    """Ask for the password once more; attempts are counted. Raises NotValid and TooMany."""
    mark = marker(str(current_app.secret_key))
    attempt = count_attempt(mark(person.email), mark(f"closing {person.uid}"))
    if not is_right(request.form.get("password", ""), person.password_hash):
        raise NotValid({"password": _("Kata sandi tidak cocok. Akun Anda belum ditutup.")})
    with unit_of_work():
        forgive(attempt)
    if request.form.get("sure") != CLOSING:
        raise NotValid({"sure": _("Centang dahulu bahwa Anda mengerti.")})


def _part_names() -> dict[str, str]:
    return {
        "roles": _("Peran"),
        "sessions": _("Perangkat tempat Anda masuk"),
        "acts_without_roadmap": _("Catatan masuk dan perubahan akun"),
        "acts": _("Perubahan pada peta jalan"),
        "kept_words": _("Tulisan yang belum masuk"),
        "working_copies": _("Ketikan yang belum disimpan"),
        "threads": _("Percakapan yang Anda buka"),
        "comments": _("Komentar"),
        "notes": _("Catatan telaah"),
        "visits": _("Kunjungan terakhir"),
        "saved_views": _("Tampilan yang disimpan"),
    }
