"""Whose form it is, and which press of it this is: the key of a form carries a mark of the reader it was made for.

A browser can lose its cookie while a form stands open. The mark still tells whose words are in it, so that they are
never sent in the name of whoever signs in next. It is made with the house's secret, and stands on no page of others.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from flask import current_app, request
from flask_login import current_user

from roadmap.people.models import Person
from roadmap.people.once import LONGEST_KEY, Press
from roadmap.web.secrecy import is_secret

BREAK = "."
# What a page put into its form, and where a button leads after the same act.
_OF_THE_PAGE = frozenset({"act_key", "base_version", "kept_uid", "kept_own", "next", "follows", "go"})
LENGTH = 12  # of the mark, in signs; the whole key has at most 64
MARK_LENGTH = 8  # of a box: enough to tell the boxes of one form from one another


def act_key() -> str:
    """Make a one-time key for a form with an effect, marked as the reader's own where somebody is signed in."""
    reader = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way to the object
    key = secrets.token_urlsafe(16)
    return f"{key}{BREAK}{_marked(reader.uid)}" if isinstance(reader, Person) else key


def pressed() -> Press:
    """Give the sending of the form of this request: its key, and marks of what it brings."""
    form_key = request.form.get("act_key", "").replace("\x00", "")[:LONGEST_KEY]
    return Press(form_key, marks_of(request.form.items(multi=True)), form_key)


def marks_of(boxes: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Mark each filled box of a form, but for the page's own and for secrets; how lines are broken is left aside.

    The marks are made with the house's secret: whoever reads them cannot try out what the words were.
    """
    filled = ((name, " ".join(words.split())) for name, words in boxes)
    return frozenset(
        _signed(f"box {name}={words}")[:MARK_LENGTH]
        for name, words in filled
        if words and name not in _OF_THE_PAGE and not is_secret(name)
    )


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
    return name + _signed(f"writer {name}", secret)[:LENGTH]


def _signed(words: str, secret: object = None) -> str:
    key = str(secret or current_app.secret_key).encode()
    return base64.urlsafe_b64encode(hmac.new(key, words.encode(), sha256).digest()).decode()


def _former_secrets() -> list[str]:
    return list(current_app.config.get("SECRET_KEY_FALLBACKS") or ())
