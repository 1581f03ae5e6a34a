"""Keeps what was typed in a form that was refused, so that no words are lost; the error page links to them."""

from collections.abc import Mapping

from flask import current_app, request, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from roadmap.extensions import db
from roadmap.history.operations import keep_words
from roadmap.history.places import Spot, spot_of, way_on
from roadmap.history.working_copies import clear_kept
from roadmap.people.models import Person
from roadmap.web.secrecy import is_secret
from roadmap.work import unit_of_work

# What the page put into the form, not the person.
MACHINERY = frozenset(
    {"csrf_token", "act_key", "base_version", "fields", "kept_uid", "kept_own", "clashing", "next", "follows"}
)
# What the page of a clash knows its offered text again by.
MARKS = ("offered-",)
# Free text outside the forms of items; what holds a space is free text anyhow.
WORDY = frozenset({"note", "reason", "basis", "subject", "number", "title", "body", "comment"})
LONGEST_ADDRESS = 2000
LARGEST_VERSION = 2**31
FIRST = 1  # what a form brought that something new began with


def keep_typed(cause: str, went_in: str = "") -> str | None:
    """Keep the words of the request that was refused; give the address where their writer finds them again.

    None where nobody is signed in or the form carried no words. Where the form went in before, they are kept for
    changing what it brought.
    """
    kept_uid = keep_sent(cause, went_in)
    return url_for("history.kept", kept_uid=kept_uid) if kept_uid else None


def keep_sent(cause: str, went_in: str = "") -> str | None:
    """Keep the words of this request and give their uid; None as above. Ends the reading transaction."""
    if cause == "size" or not isinstance(current_user._get_current_object(), Person):  # noqa: SLF001
        return None
    words = typed_words(request.form)
    if not words:
        return None
    db.session.rollback()
    person = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way to the object
    with unit_of_work():
        again = way_on(person, request.endpoint or "", went_in)
        spot = _spot_at(person, again) if again else spot_of(person, request.view_args or {})
        kept = keep_words(
            person,
            words,
            cause,
            (again or request.path)[:LONGEST_ADDRESS].replace("\x00", ""),
            item=spot.item,
            roadmap_id=spot.roadmap_id,
            base_version=FIRST if again else _base_version(request.form),
        )
        clear_kept(person, request.full_path.rstrip("?"), request.form.get("act_key", ""))
        return kept.uid if kept is not None else None


def keep_for_owner(person: Person, values: dict[str, object], address: str) -> None:
    """Keep words for the person who wrote them, when somebody else signs in on the page that carries them on.

    Needs an open unit of work.
    """
    words = {name: value for name, value in values.items() if not is_machinery(name) and value}
    base_version = _base_version({name: str(value) for name, value in values.items()})
    spot = _spot_at(person, address)
    keep_words(
        person,
        words,
        "session",
        address[:LONGEST_ADDRESS].replace("\x00", ""),
        item=spot.item,
        roadmap_id=spot.roadmap_id,
        base_version=base_version,
    )


def _spot_at(person: Person, address: str) -> Spot:
    try:
        _endpoint, parts = current_app.url_map.bind("").match(address.partition("?")[0], method="POST")
    except (HTTPException, RequestRedirect):
        return Spot()
    return spot_of(person, parts)


def is_machinery(name: str) -> bool:
    """Tell whether a box of a form is the page's own or holds a secret: such are never kept."""
    return name in MACHINERY or name.startswith(MARKS) or is_secret(name)


def typed_words(form: MultiDict[str, str]) -> dict[str, object]:
    """Give what a person typed into a form, as the form named it; nothing when it held no words."""
    typed = {name: values for name, values in form.lists() if not is_machinery(name) and any(values)}
    if "fields" not in form and not any(_is_wordy(name, values) for name, values in typed.items()):
        return {}
    return {name: values[0] if len(values) == 1 else values for name, values in typed.items()}


def _is_wordy(name: str, values: list[str]) -> bool:
    return name in WORDY or any(len(value.split()) > 1 for value in values)


def _base_version(form: Mapping[str, str]) -> int | None:
    typed = form.get("base_version", "")
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > len(str(LARGEST_VERSION)):
        return None
    return int(typed) if int(typed) < LARGEST_VERSION else None
