"""Words whose session has gone: carried on through the sign-in page, and sent by their writer after it.

They travel in hidden fields, never on the server. A mark made with the house's secret tells words that came from
one of our own pages from words that another site put there: only the former are sent without being read again.
"""

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from roadmap.people.writers import writer_of
from roadmap.web.views import safe_next

PREFIX = "carried-"
PATH, OWNER, MARK = "carry_path", "carry_owner", "carry_mark"
MOST_SIGNS = 2_000_000
# What must be typed again, because it must not stand in a page.
SECRETS = frozenset({"csrf_token", "password", "old_password", "new_password"})
DOORS = frozenset({"people.sign_in", "people.sign_out", "people.forgot_password", "people.try_sign_in"})


@dataclass(frozen=True)
class Carried:
    """A form that was sent and not taken: where to, what, whose words they are, and whether a page of ours sent it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    owner_uid: str = ""
    is_ours: bool = False

    @property
    def hidden(self) -> Iterator[tuple[str, str]]:
        """The fields of the sign-in form that carry it on."""
        yield from ((PREFIX + name, value) for name, value in self.fields)
        yield PATH, self.path
        if self.is_ours:
            yield OWNER, self.owner_uid
            yield MARK, _mark_of(self)

    @property
    def values(self) -> dict[str, object]:
        """The words by field, for keeping them; a field that came several times as a list."""
        found: MultiDict[str, str] = MultiDict(self.fields)
        found.poplist("act_key")
        return {name: values[0] if len(values) == 1 else values for name, values in found.lists()}

    @property
    def writer_uid(self) -> str:
        """Name whose words they are: whose session had ended, or whom the form was made for, as its key tells."""
        keys = (value for name, value in self.fields if name == "act_key")
        return self.owner_uid or writer_of(next(keys, ""))

    @property
    def has_key(self) -> bool:
        """Tell whether the form carries the key that lets its act happen once."""
        return any(name == "act_key" for name, _ in self.fields)

    @property
    def to_read(self) -> list[str]:
        """The typed words, for reading them before they are sent."""
        machine = {"act_key", "base_version", "fields", "next", "follows"}
        return [value for name, value in self.fields if value.strip() and name not in machine]


def words_of_request(owner_uid: str = "", *, is_ours: bool) -> Carried | None:
    """Take up the form of this request, if there is one that can be sent again. Raises RequestEntityTooLarge."""
    path = request.full_path.rstrip("?")
    fields = _fields(request.form)
    if not can_be_sent_to(path) or not fields:
        return None
    return Carried(path, fields, owner_uid, is_ours)


def words_of_form(form: MultiDict[str, str]) -> Carried | None:
    """Take up the words that a sign-in form carries. What was tampered with is nobody's, and nothing of ours."""
    path = form.get(PATH, "")
    fields = _fields(
        (name.removeprefix(PREFIX), value)
        for name, value in form.items(multi=True)
        if name.startswith(PREFIX)
    )
    if not can_be_sent_to(path) or not fields:
        return None
    carried = Carried(path, fields, form.get(OWNER, ""), is_ours=True)
    if hmac.compare_digest(_mark_of(carried), form.get(MARK, "")):
        return carried
    return replace(carried, owner_uid="", is_ours=False)


def can_be_sent_to(path: str) -> bool:
    """Tell whether a path leads to a form of this house that somebody signed in may send."""
    if safe_next(path, "") != path:
        return False
    try:
        endpoint, _values = current_app.url_map.bind("").match(urlsplit(path).path, method="POST")
    except (HTTPException, ValueError):
        return False
    return endpoint not in DOORS


def _fields(pairs: "MultiDict[str, str] | Iterable[tuple[str, str]]") -> tuple[tuple[str, str], ...]:
    pairs = pairs.items(multi=True) if isinstance(pairs, MultiDict) else pairs
    fields = tuple((name, value) for name, value in pairs if name not in SECRETS)
    if sum(len(name) + len(value) for name, value in fields) > MOST_SIGNS:
        # Better to be told that the words still stand on the page before than to lose them on this one.
        raise RequestEntityTooLarge
    return fields


def _mark_of(carried: Carried) -> str:
    words = json.dumps([carried.path, carried.owner_uid, [list(pair) for pair in carried.fields]])
    key = str(current_app.secret_key).encode()
    return hmac.new(key, b"carried " + words.encode(), sha256).hexdigest()
