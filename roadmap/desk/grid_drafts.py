"""Words of the grid that are not in the plan: offered where they were typed, taken up again, gone once they are saved.

A copy holds the cells that were changed, and the version of each row that they were typed upon; it belongs to the
address of the page, its filter and its columns, and is offered on every page of the same grid.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from flask import request
from sqlalchemy import or_, select
from werkzeug.datastructures import MultiDict

from roadmap.desk.rows import Sent
from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import KeptWords, WorkingCopy
from roadmap.history.queries import find_kept
from roadmap.history.unsaved import find_at, find_copy, is_copy
from roadmap.history.working_copies import discard
from roadmap.people.models import Person

MOST_OFFERED = 5


@dataclass(frozen=True)
class Draft:
    """The unsaved words a page of the grid goes on from, by their uid, and those it offers beside them."""

    uid: str = ""
    is_taken_up: bool = False
    offered: Sequence[WorkingCopy] = ()


def take_up(person: Person) -> tuple[Sent, Draft]:
    """Give the own words of this grid that the address names, as its form sent them, and what else is offered."""
    kept_uid = request.args.get("kept", "")
    kept = find_kept(person.id, kept_uid) if kept_uid else None
    if kept is None or kept.address.partition("?")[0] != request.path:
        return MultiDict(), Draft(offered=_copies(person, ""))
    return pairs_of(person, kept), Draft(kept.uid, is_taken_up=True, offered=_copies(person, kept.uid))


def pairs_of(person: Person, kept: KeptWords) -> Sent:
    """Give words of the grid as its form sent them; of a working copy also the cells that were emptied."""
    copy = find_copy(person.id, kept.uid) if is_copy(kept) else None
    if copy is not None:
        return MultiDict((name, value) for name, value in copy.values)
    return MultiDict(
        (name, str(one))
        for name, value in kept.values.items()
        for one in (value if isinstance(value, list) else [value])
    )


def going_on(person: Person) -> Draft:
    """Give what a form goes on from that was sent: what it wrote down itself, else what it was filled with."""
    copy = _own(person, _address())
    return Draft(copy.uid if copy is not None else request.form.get("kept_uid", ""))


def let_go_of_saved(person: Person) -> None:
    """Throw away the working copy of a form of which nothing is left to save, also where nothing was to be done."""
    named = find_copy(person.id, request.form.get("kept_uid", ""))
    for copy in {one.id: one for one in (named, _own(person, _address())) if one is not None}.values():
        with suppress(NotThere):
            discard(person, copy.id)


def _own(person: Person, address: str) -> WorkingCopy | None:
    """Find the copy that the form of this request wrote down, or went on from."""
    copy = find_at(person.id, address)
    is_own = copy is not None and (
        copy.form_key == request.form.get("act_key") or copy.uid == request.form.get("kept_uid")
    )
    return copy if is_own else None


def _address() -> str:
    return request.full_path.rstrip("?")


def _copies(person: Person, but: str) -> Sequence[WorkingCopy]:
    path = request.path
    is_here = or_(WorkingCopy.address == path, WorkingCopy.address.startswith(f"{path}?", autoescape=True))
    query = select(WorkingCopy).where(WorkingCopy.person_id == person.id, is_here, WorkingCopy.uid != but)
    return db.session.scalars(query.order_by(WorkingCopy.at.desc()).limit(MOST_OFFERED)).all()
