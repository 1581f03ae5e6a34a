"""A whole plan as rows of words to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from roadmap.plan.fields import Choices, Text
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.words import say_lines


@dataclass(frozen=True)
class Row:
    """A field as read: its label and its lines, or its long text in Markdown."""

    label: str
    lines: Sequence[str]
    text: str = ""


def rows_of(
    item: ItemView, choices: Choices, labels: Mapping[str, Mapping[str, str]] | None = None
) -> list[Row]:
    """Give the filled fields of an item but its title, with the labels of the day where they are given."""
    words = (labels or {}).get(item.kind, {})
    rows = []
    for field in KINDS[item.kind].fields:
        value = item.values.get(field.name)
        if field.name == "title" or value in (None, "", [], {}):
            continue
        label = _(words.get(field.name, field.label))
        if isinstance(field.type, Text):
            rows.append(Row(label, (), str(value)))
        elif lines := say_lines(field, value, choices):
            rows.append(Row(label, lines))
    return rows


def sheets_of(
    plan: Outline, choices: Choices, labels: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, list[Row]]:
    """Give the rows of every item of a plan, by uid."""
    return {item.uid: rows_of(item, choices, labels) for item in plan.in_published_order()}
