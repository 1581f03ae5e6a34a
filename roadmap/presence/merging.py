"""Merging while one still types: what others saved goes under what stands in the form, and nothing is saved."""

from dataclasses import dataclass, field

from roadmap.history.errors import EditConflict
from roadmap.history.models import Changeset
from roadmap.history.operations import merge_into
from roadmap.history.queries import revisions_of
from roadmap.people.models import Person
from roadmap.people.queries import people_by_uid
from roadmap.plan.access import Access
from roadmap.plan.forms import ItemForm, raw_of


@dataclass(frozen=True)
class Newer:
    """What was saved of an item while somebody is editing it: by whom last, and whether it was removed."""

    name: str
    is_own: bool
    is_gone: bool


@dataclass(frozen=True)
class MergedForm:
    """A form with what others saved laid under it: the fields that took something over, and those that clash."""

    form: ItemForm
    taken: list[str] = field(default_factory=list)
    clashing: list[str] = field(default_factory=list)


def newer_than(access: Access, reader: Person, version: int) -> Newer | None:
    """Tell who saved an item after a version; None where nobody did."""
    if access.item.version <= version:
        return None
    last: Changeset = next(iter(revisions_of(access.item, limit=1))).changeset
    who = people_by_uid([last.actor_uid]).get(last.actor_uid)
    return Newer(who.name if who else "", last.actor_uid == reader.uid, access.item.removed_at is not None)


def lay_under(access: Access, form: ItemForm, base: int) -> MergedForm:
    """Lay what was saved since the form's base under what is typed in it; nothing is saved.

    Where a field clashes, its typed words stay, and the form stays on its base: saving it then asks. Raises
    ItemGone and NoSuchVersion.
    """
    try:
        merged, _changed = merge_into(access.item, base, form.values)
        values, clashing = merged.values, []
        form.base_version = access.item.version
    except EditConflict as clash:
        values = {name: value for name, value in clash.fields.items() if name not in clash.clashes}
        clashing = sorted(clash.clashes)
        form.base_version = base
    taken = [name for name, value in values.items() if value != form.values.get(name)]
    for name in taken:
        boxes = {box for box in form.raw if box == name or box.startswith(f"{name}-")}
        for box in boxes:
            del form.raw[box]
        form.raw |= {
            box: words
            for box, words in raw_of(form, {**form.values, name: values[name]}).items()
            if box == name or box.startswith(f"{name}-")
        }
        form.values[name] = values[name]
    return MergedForm(form, taken, clashing)
