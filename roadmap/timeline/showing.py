"""One act whole: each field before and after, as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from roadmap.history.canonical import is_empty
from roadmap.history.models import Plain
from roadmap.plan.differences import Change
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import Field
from roadmap.plan.telling import entry_name, entry_said, member_name
from roadmap.plan.words import say_lines
from roadmap.text.diff import Piece, compare, fold
from roadmap.timeline.changes import Touched


@dataclass(frozen=True)
class Step:
    """One value before and after; what it is called where a field has several."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """One field in one act: marked in the flow (pieces), or as values before and after (steps)."""

    label: str
    pieces: Sequence[Piece] = ()
    steps: Sequence[Step] = ()
    text: str = ""


def shown_changes(touched: Touched, choices: Choices) -> list[Shown]:
    """Give every field that the act changed in an item, in the order people meet them."""
    if touched.is_new:
        return [_as_written(change, choices) for change in touched.changes]
    return [_as_changed(change, choices) for change in touched.changes]


def in_full(field: Field, value: Plain, choices: Choices) -> str:
    """Say a value in full, one line for each part of it."""
    if isinstance(value, str) and field.type.widget in {"line", "area"}:
        return value
    return "\n".join(say_lines(field, value, choices))


def _as_written(change: Change, choices: Choices) -> Shown:
    return Shown(_(change.field.label), text=in_full(change.field, change.after, choices))


def _as_changed(change: Change, choices: Choices) -> Shown:
    label, field = _(change.field.label), change.field
    if change.is_set:
        steps = [Step("", "", member_name(field, member, choices)) for member in change.added]
        steps += [Step("", member_name(field, member, choices), "") for member in change.removed]
        return Shown(label, steps=steps)
    if change.is_map:
        return Shown(
            label,
            steps=[
                Step(entry_name(field, key), entry_said(field, before), entry_said(field, after))
                for key, before, after in change.entries
            ],
        )
    if change.is_long and not is_empty(change.before) and not is_empty(change.after):
        return Shown(label, pieces=fold(compare(str(change.before), str(change.after))))
    before, after = in_full(field, change.before, choices), in_full(field, change.after, choices)
    return Shown(label, steps=[Step("", before, after)])
