"""A kind of item as a table that a spreadsheet opens: every cell in words, none of them a formula."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from flask_babel import gettext as _

from roadmap.plan.fields import Choices, Items, Text
from roadmap.plan.kinds import KINDS, Field, Kind
from roadmap.plan.numbers import Numbers, numbers_of
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.words import say, say_lines
from roadmap.text.plain import neutralise_cell, plain

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def write_csv(kind: Kind, plan: Outline, choices: Choices) -> str:
    """Write the items of a kind as CSV that a spreadsheet takes for UTF-8: labels first, then one line an item."""
    file = StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in sheet_of(kind, plan, choices):
        writer.writerow([neutralise_cell(cell) for cell in row])
    return file.getvalue()


def sheet_of(kind: Kind, plan: Outline, choices: Choices) -> Iterator[list[str]]:
    """Give the head and the rows of a kind's table, in words."""
    numbers = numbers_of(plan)
    parent = KINDS[kind.parent] if kind.parent else None
    yield [_("Nomor"), *([_(parent.label)] if parent else []), *(_(field.label) for field in kind.fields)]
    for item in _items(kind, plan, numbers):
        above = [_title_of(plan, numbers, str(item.values.get(kind.parent or "")))] if parent else []
        yield [
            numbers[item.uid],
            *above,
            *(_cell(field, item, plan, numbers, choices) for field in kind.fields),
        ]


def _items(kind: Kind, plan: Outline, numbers: Numbers) -> Sequence[ItemView]:
    if kind.name == "action":
        return numbers.actions
    if kind.parent:
        return [one for action in numbers.actions for one in plan.indicators_of.get(action.uid, [])]
    return plan.items[kind.name]


def _cell(field: Field, item: ItemView, plan: Outline, numbers: Numbers, choices: Choices) -> str:
    value = item.values.get(field.name)
    if isinstance(field.type, Items):
        linked = [one for one in plan.items[field.type.kind] if one.uid in set(item.texts(field.name))]
        return "; ".join(f"{numbers[one.uid]}. {one.label}" for one in linked)
    if isinstance(value, list | dict):
        return "; ".join(say_lines(field, value, choices))
    words = say(field, value, choices)
    return plain(words) if isinstance(field.type, Text) else words


def _title_of(plan: Outline, numbers: Numbers, uid: str) -> str:
    item = plan.by_uid.get(uid)
    return f"{numbers[uid]}. {item.label}" if item else ""
