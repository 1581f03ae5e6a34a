"""Filling a form with words that were typed before: kept ones, and a working copy on the version it was typed upon."""

from contextlib import suppress

from werkzeug.datastructures import MultiDict

from roadmap.history.errors import NoSuchVersion
from roadmap.history.models import KeptWords, Snapshot, Versioned
from roadmap.history.queries import find_kept, snapshot_at
from roadmap.history.shapes import same_value, written
from roadmap.history.unsaved import AS_VALUES, UNSAVED, UNUSED, fields_covered, find_copy
from roadmap.people.models import Person
from roadmap.plan.clashing import OWN
from roadmap.plan.fields import FieldError
from roadmap.plan.forms import ItemForm
from roadmap.plan.kinds import Field
from roadmap.text.normal import normalise


def fill_with_kept(form: ItemForm, person: Person, item: Versioned | None, kept_uid: str) -> None:
    """Put kept words into the form, over what stands there now; saving them is then the person's decision.

    The form then tells which of its fields hold words that do not stand in the plan.
    """
    kept = find_kept(person.id, kept_uid) if kept_uid else None
    if kept is None or kept.item_uid != (item.uid if item is not None else None):
        return
    _begin_where_typed(form, kept)
    for one in form.fields:
        if kept.cause in AS_VALUES:
            if one.name in kept.values:
                form.raw |= one.type.raw(one.name, kept.values[one.name])  # type: ignore[arg-type]
            continue
        typed = {name: _listed(value) for name, value in kept.values.items() if _is_box_of(name, one.name)}
        if kept.values.get(f"choice-{one.name}") == OWN:
            # Written on the page of a clash, in the place of both readings.
            typed = {one.name: _listed(kept.values.get(f"own-{one.name}", ""))}
        if typed:
            others = {name: words for name, words in form.raw.items() if not _is_box_of(name, one.name)}
            form.raw = others | typed
    form.brought = _brought(form, item)


def _brought(form: ItemForm, item: Versioned | None) -> list[str]:
    """Name the fields whose words are the person's: neither what stands in the plan, nor what they began with."""
    began: Snapshot = form.values
    if item is not None and form.base_version not in {None, item.version}:
        with suppress(NoSuchVersion):
            began = snapshot_at(item, form.base_version or 0)
    return [one.name for one in form.fields if not _holds(form, one, form.values) | _holds(form, one, began)]


def _holds(form: ItemForm, one: Field, values: Snapshot) -> bool:
    boxes = MultiDict((name, normalise(words)) for name, several in form.raw.items() for words in several)
    try:
        held = one.type.parse(one.name, boxes, form.choices)
    except FieldError:
        return False
    return same_value(written(held, one.type.merge) or None, values.get(one.name) or None)


def _is_box_of(name: str, field_name: str) -> bool:
    return name == field_name or name.startswith(f"{field_name}-")


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _begin_where_typed(form: ItemForm, kept: KeptWords) -> None:
    """Have a form's words be laid on the version their writer saw, so that saving merges them.

    Where they were never sent, the fields that their form carried are emptied first: what it left empty was meant so.
    """
    if kept.cause == UNUSED:
        return
    if kept.base_version is not None:
        form.base_version = kept.base_version
    if kept.cause != UNSAVED:
        return
    copy = find_copy(kept.person_id, kept.uid)
    covered = fields_covered(copy) if copy is not None else frozenset()
    form.raw = {
        name: words
        for name, words in form.raw.items()
        if not any(_is_box_of(name, covered_field) for covered_field in covered)
    }
