"""What differs between two states of a plan, for people who decide: new, changed, removed; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from roadmap.plan.kinds import KINDS, Field
from roadmap.plan.outline import ItemView, Outline


class What(StrEnum):
    """What became of an item."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """What became of one item between two states, with the fields that differ."""

    what: What
    item: ItemView
    before: ItemView | None
    fields: tuple[Field, ...] = ()


def changes_between(before: Outline, after: Outline, *, with_living: bool = False) -> list[Change]:
    """Give what differs, in the plan's order, what was removed last; living fields are left out unless asked for."""
    return [*_standing(before, after, with_living=with_living), *_gone(before, after)]


def _standing(before: Outline, after: Outline, *, with_living: bool) -> Iterator[Change]:
    for item in after.in_published_order():
        old = before.by_uid.get(item.uid)
        if old is None:
            yield Change(What.NEW, item, None)
            continue
        fields = tuple(
            one
            for one in KINDS[item.kind].fields
            if (with_living or not one.is_living)
            and (item.values.get(one.name) or None) != (old.values.get(one.name) or None)
        )
        if fields:
            yield Change(What.CHANGED, item, old, fields)


def _gone(before: Outline, after: Outline) -> Iterator[Change]:
    for item in before.in_published_order():
        if item.uid not in after.by_uid:
            yield Change(What.GONE, item, item)
