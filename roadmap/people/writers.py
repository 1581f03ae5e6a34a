"""Whose form it is, and which press of it this is: the key of a form carries a mark of the reader it was made for.

A browser can lose its cookie while a form stands open. The mark still tells whose words are in it, so that they are
never sent in the name of whoever signs in next. It is made with the house's secret, and stands on no page of others.
"""

import base64
import binascii
import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from flask import current_app, request
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from roadmap.people.models import Person
from roadmap.people.once import Press

BREAK = "."
# What a page put into its form, and where a button leads after the same act.
_OF_THE_PAGE = frozenset(
    {"csrf_token", "act_key", "base_version", "kept_uid", "kept_own", "next", "follows", "go"}
)
LENGTH = 12  # of the mark, in signs; the whole key has at most 64


def act_key() -> str:
    """Make a one-time key for a form with an effect, marked as the reader's own where somebody is signed in."""
    reader = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way to the object
    key = secrets.token_urlsafe(16)
    return f"{key}{BREAK}{_marked(reader.uid)}" if isinstance(reader, Person) else key


def pressed() -> Press:
    """Give the sending of the form of this request: its key, and marks of what it brings."""
    return Press.of(request.form.get("act_key", ""), _brought(request.form))


def _brought(form: MultiDict[str, str]) -> list[tuple[str, str]]:
    return [pair for pair in form.items(multi=True) if pair[0] not in _OF_THE_PAGE]


def writer_of(key: str) -> str:
    """Give the uid of whom a form was made for; nothing where its key does not tell."""
    named = key.partition(BREAK)[2]
    try:
        uid = str(UUID(bytes=base64.urlsafe_b64decode(f"{named[:-LENGTH]}==")))
    except (ValueError, binascii.Error):
        return ""
    known = [_marked(uid, secret) for secret in (current_app.secret_key, *_former_secrets())]
    return uid if any(hmac.compare_digest(one.encode(), named.encode()) for one in known) else ""


def _marked(uid: str, secret: object = None) -> str:
    name = base64.urlsafe_b64encode(UUID(uid).bytes).decode().rstrip("=")
    key = str(secret or current_app.secret_key).encode()
    mark = hmac.new(key, b"writer " + name.encode(), sha256).digest()
    return name + base64.urlsafe_b64encode(mark).decode()[:LENGTH]


def _former_secrets() -> list[str]:
    return list(current_app.config.get("SECRET_KEY_FALLBACKS") or ())
