"""What is being typed and not saved yet: written down for its writer alone, and cleared by the act that saves it.

A working copy never enters the log. Words that another opened form would write over are set aside among the kept
words, so that typing in one place never costs what was typed in another.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, func, select, update

from roadmap.clock import now
from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.canonical import canonical
from roadmap.history.models import KeptWords, Versioned, WorkingCopy
from roadmap.history.operations import keep_words
from roadmap.history.unsaved import UNSAVED, find_at, words_of
from roadmap.people.models import Person
from roadmap.people.once import Press, receipt_of
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_
from roadmap.work import current_work, unit_of_work

MOST_COPIES = 200
MOST_BOXES = 3_000
LONGEST_NAME = 200
LONGEST_ADDRESS = 500
MOST_SIGNS = 400_000
_CELL = re.compile(r"c-\d+-")


@dataclass(frozen=True)
class Typed:
    """A form as it stands in a browser: its boxes in order, and what tells it from others of the same address.

    `form_key` is the key by which the form will be carried out once; `continues` names the copy it was filled from;
    `age` is how long ago it stood so: a device may have held it meanwhile. `after` tells what stands in a form that
    was sent already, and had no answer.
    """

    address: str
    values: Sequence[tuple[str, str]]
    base_version: int | None = None
    turn: int = 0
    form_key: str = ""
    continues: str = ""
    age: timedelta = timedelta()
    after: Press | None = None
    item: Versioned | None = field(default=None, repr=False)
    roadmap_id: int | None = None


def write_down(actor: Person, typed: Typed) -> WorkingCopy | None:
    """Write down what a person has typed so far; an older turn of the same form changes nothing.

    Returns None where the same form was carried out meanwhile, or its words are among the kept ones already, and
    where nothing stands in it any more: then what it had written before goes.
    What another opened form had written at this address is set aside first. Raises NotValid for a form too large
    and for one more than MOST_COPIES.
    """
    _refuse_too_large(typed)
    with unit_of_work():
        _one_at_a_time(actor)
        if _has_arrived(actor, typed):
            return None
        copy = find_at(actor.id, typed.address)
        if not typed.values:
            if copy is not None and (copy.form_key == typed.form_key or copy.uid == typed.continues):
                db.session.delete(copy)
            return None
        if copy is None:
            copy = _begin(actor, typed)
        elif copy.form_key == typed.form_key and typed.turn <= copy.turn:
            return copy
        elif copy.form_key != typed.form_key and copy.uid != typed.continues:
            _set_aside(actor, copy, typed.values)
        copy.values = [list(pair) for pair in typed.values]
        copy.base_version, copy.turn, copy.form_key = typed.base_version, typed.turn, typed.form_key
        copy.at, copy.told_at = now() - typed.age, None
        db.session.flush()
        return copy


def discard(actor: Person, copy_id: int) -> WorkingCopy:
    """Throw one's own working copy away, as its writer wishes. Raises NotThere for another's."""
    with unit_of_work():
        copy = db.session.get(WorkingCopy, copy_id)
        if copy is None or copy.person_id != actor.id:
            raise NotThere
        db.session.delete(copy)
        return copy


def clear_saved(
    actor: Person, address: str, form_key: str, continues: str, *, is_choice: bool = False
) -> None:
    """Clear the copy at an address that an act has just saved; needs the act's unit of work.

    Words that another opened form wrote there are not what was saved: they are set aside among the kept words.
    `is_choice` says that the act settled a clash, whose page goes on from the copy under a key of its own.
    """
    current_work()
    _one_at_a_time(actor)
    copy = find_at(actor.id, address)
    if copy is None:
        return
    if not is_choice and copy.form_key != form_key and copy.uid != continues:
        _set_aside(actor, copy, ())
    db.session.delete(copy)


def clear_kept(actor: Person, address: str, form_key: str) -> None:
    """Clear the copy of a form whose words were sent, refused and kept whole; needs an open unit of work."""
    current_work()
    copy = find_at(actor.id, address)
    if copy is not None and copy.form_key == form_key:
        db.session.delete(copy)


def settle_kept(actor: Person, uid: str) -> None:
    """Put a person's own kept words aside, now that they went through; needs the act's unit of work."""
    current_work()
    own = update(KeptWords).where(
        KeptWords.uid == normalise_line(uid), KeptWords.person_id == actor.id, KeptWords.settled_at.is_(None)
    )
    db.session.execute(own.values(settled_at=now()))


def let_go_at(actor: Person, address: str) -> None:
    """Let go of all that a person typed at an address, also of what was refused there; needs an open unit of work.

    For acts that make words disappear: what was told for them on the way is not to outlast them in a copy.
    """
    current_work()
    for model in (WorkingCopy, KeptWords):
        db.session.execute(delete(model).where(model.person_id == actor.id, model.address == address))


def let_go_below(address: str) -> None:
    """Let go of what was typed into the forms below an address and not saved; needs an open unit of work."""
    current_work()
    below = WorkingCopy.address.startswith(f"{address}/", autoescape=True)
    db.session.execute(delete(WorkingCopy).where(below).execution_options(synchronize_session=False))


def let_go(person: Person) -> None:
    """Let go of all that a person has typed and not saved; needs an open unit of work."""
    current_work()
    db.session.execute(delete(WorkingCopy).where(WorkingCopy.person_id == person.id))


def _begin(actor: Person, typed: Typed) -> WorkingCopy:
    held = select(func.count(WorkingCopy.id)).where(WorkingCopy.person_id == actor.id)
    if (db.session.scalar(held) or 0) >= MOST_COPIES:
        raise NotValid(
            sentence=N_("Terlalu banyak ketikan yang belum disimpan. Simpan atau buang sebagian dulu.")
        )
    copy = WorkingCopy(
        person_id=actor.id,
        address=typed.address,
        roadmap_id=typed.roadmap_id or (typed.item.roadmap_id if typed.item else None),
        item_kind=typed.item.kind if typed.item else None,
        item_uid=typed.item.uid if typed.item else None,
    )
    db.session.add(copy)
    return copy


def _refuse_too_large(typed: Typed) -> None:
    is_large = (
        len(typed.values) > MOST_BOXES
        or len(typed.address) > LONGEST_ADDRESS
        or any(len(name) > LONGEST_NAME for name, _value in typed.values)
        or sum(len(value) for _name, value in typed.values) > MOST_SIGNS
    )
    if is_large:
        raise NotValid(sentence=N_("Terlalu panjang untuk dicatat di sini; simpan dulu sebagian."))


def _one_at_a_time(actor: Person) -> None:
    """Let one tab of a person wait for another, and typing for the act that saves it."""
    db.session.execute(select(Person.id).where(Person.id == actor.id).with_for_update(key_share=True))


def _has_arrived(actor: Person, typed: Typed) -> bool:
    receipt = receipt_of(actor, typed.form_key)
    if receipt is not None and not (typed.after and typed.after.brings_more_than(receipt.sent)):
        return True
    kept = select(KeptWords).where(
        KeptWords.person_id == actor.id,
        KeptWords.address == typed.address.partition("?")[0],
        KeptWords.settled_at.is_(None),
    )
    words = canonical(_words(typed.values))
    return any(canonical(_told(one.values)) == words for one in db.session.scalars(kept))


def _told(values: dict[str, object]) -> dict[str, object]:
    pairs = [
        (name, str(one))
        for name, value in values.items()
        for one in (value if isinstance(value, list) else [value])
    ]
    return _words(pairs)


def _words(values: Sequence[Sequence[str]]) -> dict[str, object]:
    """Give what was typed, of a table also the cells that were emptied: it sends none that was not touched."""
    emptied = {name: value for name, value in values if not value and _CELL.match(name)}
    return {**words_of(values), **emptied}


def _set_aside(actor: Person, copy: WorkingCopy, newer: Sequence[tuple[str, str]]) -> None:
    """Put a copy among the kept words, unless the newer words are the same."""
    words = _words(copy.values)
    if not words or words == _words(newer):
        return
    kept = keep_words(
        actor,
        words,
        UNSAVED,
        copy.address,
        roadmap_id=copy.roadmap_id,
        base_version=copy.base_version,
    )
    if kept is not None:
        kept.item_kind, kept.item_uid = copy.item_kind, copy.item_uid
