"""The places of a book's columns as their cells are read."""

from collections.abc import Mapping
from dataclasses import replace

from roadmap.exchange.columns import NO_FIELDS, PERIOD, Target
from roadmap.intake.drafts import At
from roadmap.intake.layouts import Column, Reading
from roadmap.plan.fields import Money
from roadmap.plan.kinds import KINDS, Field

Columns = Mapping[At, Column]
YEAR_DIGITS = 4
# What says when an action is done.
PERIODS = frozenset({PERIOD, "starts_on", "ends_on"})


def plain_target(column: Column) -> tuple[Target | None, Reading]:
    """Give a column's place as its cells are read: a year alone belongs to the reading."""
    target, reading = column.target, column.reading
    if target is None:
        return None, reading
    field = field_of(target)
    if field and isinstance(field.type, Money) and len(target.key) == YEAR_DIGITS and target.key.isdecimal():
        return Target(target.kind, target.field), replace(reading, year=int(target.key))
    return target, reading


def field_of(target: Target | None) -> Field | None:
    """Give the field a place names; None for a place that is none."""
    if target is None or target.field in NO_FIELDS or target.kind not in KINDS:
        return None
    return KINDS[target.kind].by_name.get(target.field)
