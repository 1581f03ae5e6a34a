"""The words of a request that the database could not take or keep: given back in the answer itself, to be sent again.

The page asks the database for nothing, so that it can be made while there is none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import g, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, PendingRollbackError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from roadmap.extensions import db
from roadmap.web.remembering import Unasked
from roadmap.web.secrecy import is_secret
from roadmap.web.views import safe_next

_MACHINERY = frozenset(
    {"act_key", "base_version", "fields", "kept_uid", "next", "clashing", "email", "follows"}
)
LARGEST_SHOWN = 6_000_000

Labeller = Callable[[str], str | None]
Teller = Callable[[], Sequence[tuple[str, str]] | None]
_labellers: list[Labeller] = []
_tellers: list[Teller] = []


@dataclass(frozen=True)
class Box:
    """Typed words under the name of their field."""

    name: str
    label: str
    words: str

    @property
    def rows(self) -> int:
        """How many lines the box shows."""
        return min(2 + len(self.words) // 50 + self.words.count("\n"), 16)


@dataclass(frozen=True)
class GivenBack:
    """A form that was sent and not taken: where to, what goes along, the words to mend, and the rest to be read.

    `chosen` tells, by label, what else goes along and can be said without the database; `has_more` whether there
    is still more that was filled in.
    """

    address: str
    hidden: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    chosen: tuple[tuple[str, str], ...] = ()
    has_more: bool = False

    @property
    def has_key(self) -> bool:
        """Tell whether the form carries the key that lets its act happen once."""
        return any(name == "act_key" for name, _value in self.hidden)


def label_boxes_with(labeller: Labeller) -> None:
    """Have a room name the text fields of its forms: None for what is none of its, "" for what is told as chosen."""
    if labeller not in _labellers:
        _labellers.append(labeller)


def tell_choices_with(teller: Teller) -> None:
    """Have a room tell what was chosen in the form of this request, as (label, words); None for what is none of its."""
    if teller not in _tellers:
        _tellers.append(teller)


def is_outage(problem: BaseException | None) -> bool:
    """Tell whether the database could not be had: gone, full, locked, or all its connections taken."""
    if isinstance(problem, OperationalError | InterfaceError | PendingRollbackError | NoConnectionLeft):
        return True
    return isinstance(problem, DBAPIError) and problem.connection_invalidated


def ask_the_database_no_more() -> None:
    """Have the rest of this request go on without the database, also without asking who is there."""
    db.session.rollback()
    g.is_without_database = True
    g._login_user = Unasked()  # noqa: SLF001 - where the sign-in extension keeps who is there


def words_given_back() -> GivenBack | None:
    """Take up the words of this request; None where it brought none, or they cannot be read."""
    if request.method != "POST":
        return None
    try:
        pairs = [(name, value) for name, value in request.form.items(multi=True) if not is_secret(name)]
    except HTTPException:
        return None
    boxes = tuple(
        Box(name, label, value)
        for name, value in pairs
        if value and name not in _MACHINERY and (label := _label(name, value))
    )
    shown = {(box.name, box.words) for box in boxes}
    hidden = tuple(pair for pair in pairs if pair not in shown)
    address = safe_next(request.full_path.rstrip("?"), "/")
    told = next((said for teller in _tellers if (said := teller()) is not None), None)
    filled = [name for name, value in hidden if value and name not in _MACHINERY]
    given = GivenBack(address, hidden, boxes, tuple(told or ()), bool(filled) and told is None)
    return given if boxes or hidden else None


def read_what_is_too_large() -> GivenBack | None:
    """Read a form beyond what may be stored, up to what a page can show; None where it is larger still."""
    if (
        request.content_length or 0
    ) > LARGEST_SHOWN or request.mimetype != "application/x-www-form-urlencoded":
        return None
    request.max_content_length = request.max_form_memory_size = LARGEST_SHOWN
    return words_given_back()


def page_with_words(
    status: int, heading: str, sentences: list[str], given: GivenBack, *, can_be_sent: bool = True
) -> Response:
    """Make the page on which every word that was typed stands again."""
    body = render_template(
        "web/given_back.html",
        heading=heading,
        sentences=sentences,
        given=given,
        can_be_sent=can_be_sent,
        request_id=g.get("request_id", ""),
        outcome_title=_("Belum tersimpan:"),
    )
    return make_response(body, status)


def _label(name: str, value: str) -> str | None:
    known = next((said for labeller in _labellers if (said := labeller(name)) is not None), None)
    if known is not None:
        return known or None
    return _("Isian") if len(value.split()) > 1 else None
