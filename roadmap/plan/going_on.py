"""Whoever goes on writing in a form whose first press went in, because its answer never came.

What went in is a version of the item, and the words that follow are upon it: nobody is asked about their own two
texts, and nothing that was added is taken for what is in already.
"""

from flask import request

from roadmap.history.errors import NoSuchVersion
from roadmap.history.queries import revision_at, snapshot_at
from roadmap.people.models import Person
from roadmap.people.once import Press, Receipt, receipt_of
from roadmap.people.writers import marks_of, pressed
from roadmap.plan.access import Access
from roadmap.plan.forms import ItemForm, form_of

FOLLOWS = "follows"  # the key of the press whose answer never came, where a script gave the form another one


def press_of(person: Person, access: Access, form: ItemForm) -> Press:
    """Give this press of an item's form; where it goes on from an earlier one that went in, the form stands upon that.

    Changes the form's version. Only where what the earlier press brought is a version of its own is that known;
    otherwise the form stands where it stood, and its writer may be asked.
    """
    press = pressed()
    first = receipt_of(person, press.key)
    if first is not None and press.brings_more_than(first.sent):
        press = press.anew()
    elif first is None:
        first = receipt_of(person, request.form.get(FOLLOWS, ""))
    if first is not None and form.base_version and _is_what_went_in(person, access, form, first):
        form.base_version += 1
    return press


def _is_what_went_in(person: Person, access: Access, form: ItemForm, first: Receipt) -> bool:
    """Tell whether the version after the form's own is this person's, and holds in every box what was sent first."""
    upon = (form.base_version or 0) + 1
    try:
        revision = revision_at(access.item, upon)
    except NoSuchVersion:
        return False
    if revision.changeset.actor_uid != person.uid:
        return False
    names = [one.name for one in form.fields]
    stood = form_of(form.kind, snapshot_at(access.item, upon), names, form.choices, upon).raw
    boxes = ((name, words) for name, held in stood.items() for words in held)
    return marks_of(boxes) <= set(first.sent.split())
