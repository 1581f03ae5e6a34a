"""The verbs of the timeline: give a moment a name, another name, or take the name away.

Whoever drafts may name moments: the names divide the story that the whole team reads, as headings divide the
text. What mentors and leaders do are stops of the path already, without anybody naming them.
"""

from roadmap.clock import now
from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.operations import merge_into, record
from roadmap.history.queries import open_act_at
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import roadmap_for
from roadmap.text.lengths import bounded
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_
from roadmap.timeline.models import Pin
from roadmap.work import unit_of_work

LONGEST_NAME = 120


def pin_for(person: Person, pin_id: int, to: Act) -> tuple[Pin, Roadmap]:
    """Give a named moment and its roadmap to somebody who may do the act there. Raises as the gate does."""
    pin = db.session.get(Pin, pin_id)
    if pin is None:
        raise NotThere
    return pin, roadmap_for(person, pin.roadmap_id, to=to)


def add_pin(actor: Person, roadmap_id: int, seq: int, name: str) -> Pin:
    """Give a name to the moment after an act; an act that not all may know of lends its place to the one before.

    Raises as the gate does, NotThere for a moment that never was, and NotValid without a name.
    """
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.EDIT)
        act = open_act_at(roadmap, seq)
        pin = Pin(roadmap_id=roadmap.id, moment=act.seq, name=_named(name), author=actor.uid)
        db.session.add(pin)
        record(actor, "pin", [pin], payload={"moment": act.seq})
        return pin


def rename_pin(actor: Person, pin_id: int, base_version: int, name: str) -> Pin:
    """Give a moment another name. Raises as the gate does, NotValid, ItemGone, and EditConflict."""
    with unit_of_work(_roadmap_of(pin_id)):
        pin, _roadmap = pin_for(actor, pin_id, to=Act.EDIT)
        _merged, changed = merge_into(pin, base_version, {"name": _named(name)})
        if changed:
            pin.name = str(changed["name"])
            record(actor, "rename-pin", [pin], payload={"moment": pin.moment})
        return pin


def remove_pin(actor: Person, pin_id: int) -> Pin:
    """Take a moment's name away; the moment stays, and so does the name in the log. Raises as the gate does."""
    with unit_of_work(_roadmap_of(pin_id)):
        pin, _roadmap = pin_for(actor, pin_id, to=Act.EDIT)
        if pin.removed_at is None:
            pin.removed_at = now()
            record(actor, "remove-pin", [pin], payload={"moment": pin.moment})
        return pin


def _roadmap_of(pin_id: int) -> int:
    pin = db.session.get(Pin, pin_id)
    return pin.roadmap_id if pin is not None else 0


def _named(name: str) -> str:
    words = normalise_line(name)
    if not words:
        raise NotValid({"name": N_("Tulis namanya, misalnya “Sebelum rapat dengan mitra”.")})
    bounded("name", words, LONGEST_NAME)
    return words
