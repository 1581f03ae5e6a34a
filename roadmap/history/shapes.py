"""The shape each kind tells the record: its table, its versioned fields, how each merges, what a leader approves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from roadmap.history.canonical import is_empty, plain
from roadmap.history.models import Plain, Snapshot, Versioned


class Merge(StrEnum):
    """How a field of base, theirs and mine becomes one."""

    WHOLE = "whole"
    TEXT = "text"
    SET = "set"
    MAP = "map"


@dataclass(frozen=True)
class Shape:
    """What the record needs to know of a kind."""

    kind: str
    model: type[Versioned]
    merges: Mapping[str, Merge]
    binding: frozenset[str]

    @property
    def fields(self) -> tuple[str, ...]:
        """All versioned fields, by name."""
        return tuple(self.merges)


_shapes: dict[str, Shape] = {}


def tell_shape(shape: Shape) -> None:
    """Make a kind known to the record."""
    _shapes[shape.kind] = shape


def shape_of(kind: str) -> Shape:
    """Give the shape of a kind. Raises KeyError for a kind nobody told of."""
    return _shapes[kind]


def all_shapes() -> tuple[Shape, ...]:
    """Give every shape, in the order they were told."""
    return tuple(_shapes.values())


def snapshot_of(item: Versioned) -> Snapshot:
    """Write down all versioned fields of an item as plain values.

    What stands in the columns was normalised on its way in (`written`), so that reading a large plan need not
    do it again.
    """
    merges = shape_of(item.kind).merges
    return {name: _stored(getattr(item, name), merges[name]) for name in merges}


def _stored(value: object, rule: Merge) -> Plain:
    if isinstance(value, date):
        return value.isoformat()
    if rule == Merge.SET and isinstance(value, list):
        return sorted(set(value))
    return value  # type: ignore[return-value]


def same_value(one: Plain, other: Plain) -> bool:
    """Tell whether two values are one; a field the log did not have yet equals an empty one."""
    return one == other or (is_empty(one) and is_empty(other) and None in (one, other))


def written(value: object, rule: Merge) -> Plain:
    """Write down one value; a set is sorted, each member once."""
    if rule == Merge.SET and isinstance(value, list):
        value = set(value)
    return plain(value)  # type: ignore[return-value]
