"""What differs between two states of a plan: items added, removed, moved, and changed field by field; pure.

Every page that compares shows what this gives: two moments, two editions, a submission and what came before it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from roadmap.history.canonical import is_empty
from roadmap.history.models import Plain
from roadmap.history.shapes import Merge, same_value
from roadmap.plan.fields import Text
from roadmap.plan.kinds import KINDS, Field
from roadmap.plan.outline import ItemView, Outline

# Longer than this, an old and a new value no longer fit into one sentence.
SHORT = 60

_Group = tuple[str, str]


class What(StrEnum):
    """What became of an item."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """One field of an item, as it was and as it is afterwards."""

    field: Field
    before: Plain
    after: Plain

    @property
    def is_long(self) -> bool:
        """Tell whether the words are marked in the flow rather than said as old and new."""
        return isinstance(self.field.type, Text) or any(
            isinstance(value, str) and len(value) > SHORT for value in (self.before, self.after)
        )

    @property
    def is_set(self) -> bool:
        """Tell whether the field is a set."""
        return self.field.type.merge == Merge.SET

    @property
    def is_map(self) -> bool:
        """Tell whether the field is a map."""
        return self.field.type.merge == Merge.MAP

    @property
    def added(self) -> list[str]:
        """What came into a set."""
        return sorted(_members(self.after) - _members(self.before))

    @property
    def removed(self) -> list[str]:
        """What went out of a set."""
        return sorted(_members(self.before) - _members(self.after))

    @property
    def entries(self) -> list[tuple[str, Plain, Plain]]:
        """The keys of a map whose entry differs, each with its entry before and after."""
        before, after = _entries(self.before), _entries(self.after)
        return [
            (key, before.get(key), after.get(key))
            for key in sorted({*before, *after})
            if before.get(key) != after.get(key)
        ]


@dataclass(frozen=True)
class Difference:
    """One item as it was and as it is; `along` are the indicators that came or went with their action."""

    before: ItemView | None
    after: ItemView | None
    changes: tuple[Change, ...] = ()
    was_moved: bool = False
    along: tuple[ItemView, ...] = ()

    @property
    def item(self) -> ItemView:
        """The item as it is, or as it was where it is gone."""
        item = self.after or self.before
        assert item is not None  # noqa: S101 - a difference has at least one side
        return item

    @property
    def what(self) -> What:
        """What became of the item; one that was changed and moved is a changed one."""
        if self.before is None:
            return What.NEW
        if self.after is None:
            return What.GONE
        return What.CHANGED if self.changes else What.MOVED


def differences(before: Outline, after: Outline, *, with_living: bool = True) -> list[Difference]:
    """Give what differs, in published order; what is gone stands where it stood.

    Without `with_living` only what a leader approves is compared, and places. An indicator that came or went
    with its action is told with the action. Moved is who belongs to a smallest set of items whose moving
    explains the new order; where both states come from the log, who kept the written position stood still.
    """
    old, new = _Plan(before), _Plan(after)
    moved = _moved(old, new)
    found = (_difference(uid, old, new, moved, with_living=with_living) for uid in _woven(old, new))
    return [one for one in found if one is not None]


class _Plan:
    """A state of a plan as groups of siblings: the items of one kind under one parent, in their order."""

    def __init__(self, plan: Outline) -> None:
        """Sort the standing items into their groups."""
        self.items: dict[str, ItemView] = {item.uid: item for item in plan.in_published_order()}
        self.groups: dict[_Group, list[str]] = defaultdict(list)
        for item in self.items.values():
            self.groups[_group_of(item)].append(item.uid)

    def under(self, uid: str) -> Iterator[ItemView]:
        """Give the items that stand under another."""
        for kind in KINDS.values():
            if kind.parent:
                yield from (self.items[one] for one in self.groups.get((kind.name, uid), ()))


def _group_of(item: ItemView) -> _Group:
    parent = KINDS[item.kind].parent
    return item.kind, str(item.values.get(parent) or "") if parent else ""


def _difference(
    uid: str, old: _Plan, new: _Plan, moved: frozenset[str], *, with_living: bool
) -> Difference | None:
    before, after = old.items.get(uid), new.items.get(uid)
    if before is not None and after is not None:
        changes = _changes(before, after, with_living=with_living)
        if not changes and uid not in moved:
            return None
        return Difference(before, after, changes, uid in moved)
    here, there = (new, old) if before is None else (old, new)
    item = here.items[uid]
    parent = _group_of(item)[1]
    if parent and parent not in there.items:
        return None
    along = tuple(one for one in here.under(uid) if one.uid not in there.items)
    return Difference(before, after, along=along)


def _changes(before: ItemView, after: ItemView, *, with_living: bool) -> tuple[Change, ...]:
    old, new = before.values, after.values
    if old == new:
        return ()
    return tuple(
        Change(field, old.get(field.name), new.get(field.name))
        for field in KINDS[after.kind].fields
        if old.get(field.name) != new.get(field.name)
        and (with_living or not field.is_living)
        and not _is_same(old.get(field.name), new.get(field.name))
    )


def _is_same(one: Plain, other: Plain) -> bool:
    return same_value(one, other) or (is_empty(one) and is_empty(other))


def _woven(old: _Plan, new: _Plan) -> Iterator[str]:
    """Give every item of both states in one published order."""
    for kind in KINDS.values():
        if kind.parent is None:
            for uid in _siblings((kind.name, ""), old, new):
                yield uid
                for child in KINDS.values():
                    if child.parent == kind.name:
                        yield from _siblings((child.name, uid), old, new)


def _siblings(group: _Group, old: _Plan, new: _Plan) -> Iterator[str]:
    """Give the siblings of the new state, each followed by the gone ones that stood behind it."""
    standing = new.groups.get(group, [])
    behind: dict[str, list[str]] = defaultdict(list)
    last, here = "", set(standing)
    for uid in old.groups.get(group, []):
        if uid in here:
            last = uid
        elif uid not in new.items:
            behind[last].append(uid)
    yield from behind[""]
    for uid in standing:
        yield uid
        yield from behind[uid]


# --- Who moved ------------------------------------------------------------------------------------------


def _moved(old: _Plan, new: _Plan) -> frozenset[str]:
    moved: set[str] = set()
    for group, uids in new.groups.items():
        was = [uid for uid in old.groups.get(group, []) if uid in new.items]
        here = set(was)
        moved |= {uid for uid in uids if uid in old.items and uid not in here}
        both = set(uids) & here
        before, after = [uid for uid in was if uid in both], [uid for uid in uids if uid in both]
        if before != after:
            still = {uid for uid in both if _stood_still(old.items[uid], new.items[uid])}
            moved |= both - _stayed(before, after, still)
    return frozenset(moved)


def _stood_still(before: ItemView, after: ItemView) -> bool:
    """Tell whether the written position proves that an item was not moved: in an edition it only counts places."""
    return bool(before.version and after.version) and before.position == after.position


def _stayed(before: list[str], after: list[str], still: set[str]) -> set[str]:
    """Give a largest set of siblings whose order is the same in both, all that stood still among them."""
    # From one side, whichever way the states are compared: of several answers both ways must give one.
    first, second = sorted((before, after))
    place = {uid: index for index, uid in enumerate(second)}
    passed = _passed(first, still), _passed(second, still)
    # Whoever stands on the other side of one that stood still has moved.
    rest = [uid for uid in first if passed[0][uid] == passed[1][uid]]
    return {rest[index] for index in _longest_rise([place[uid] for uid in rest])}


def _passed(uids: Iterable[str], still: set[str]) -> Mapping[str, int]:
    """Tell behind how many of those that stood still each one stands."""
    passed, count = {}, 0
    for uid in uids:
        passed[uid] = count
        count += uid in still
    return passed


def _longest_rise(numbers: Sequence[int]) -> Iterator[int]:
    """Give the indexes of a longest rising run of different numbers, from its end."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [index]
    index = ends[-1] if ends else -1
    while index >= 0:
        yield index
        index = before[index]


def _members(value: Plain) -> set[str]:
    return set(value) if isinstance(value, list) else set()


def _entries(value: Plain) -> Mapping[str, Plain]:
    return value if isinstance(value, dict) else {}
