"""What a form that is given back goes on with: its words are kept on the server too, until they go through."""

from contextlib import suppress
from http import HTTPStatus

from flask import request
from werkzeug.datastructures import MultiDict

from roadmap.errors import NotThere
from roadmap.history.keeper import keep_sent
from roadmap.history.operations import settle_words
from roadmap.history.queries import find_kept
from roadmap.people.models import Person
from roadmap.people.session import acting_person
from roadmap.work import unit_of_work


def kept_uid_for(status: int) -> str:
    """Name the kept words that a form goes on with: those it came from or, where it is given back, those just sent.

    A form that is given back (422) has its words kept, in place of what the same form had kept before. The
    words of a clash are kept already.
    """
    named = request.args.get("kept", request.form.get("kept_uid", ""))
    if status != HTTPStatus.UNPROCESSABLE_ENTITY or request.form.get("clashing"):
        return named
    kept_uid = keep_sent("invalid")
    if kept_uid and kept_uid != named:
        settle_sent_words(acting_person())
    return kept_uid or named


def words_in_form() -> MultiDict[str, str]:
    """Give what stands in a form of words: what was just sent, else the reader's own kept words the address names.

    Words that were kept of another form are not put into this one.
    """
    if request.method == "POST":
        return request.form
    kept_uid = request.args.get("kept", "")
    kept = find_kept(acting_person().id, kept_uid) if kept_uid else None
    if kept is None or kept.address.partition("?")[0] != request.path:
        return MultiDict()
    several = {name: value if isinstance(value, list) else [value] for name, value in kept.values.items()}
    return MultiDict((name, str(one)) for name, values in several.items() for one in values)


def settle_sent_words(person: Person) -> None:
    """Put aside the kept words that a form came from, now that they went through or newer ones are kept."""
    kept_uid = request.form.get("kept_uid", "")
    if kept_uid:
        with suppress(NotThere), unit_of_work():
            settle_words(person, kept_uid)
