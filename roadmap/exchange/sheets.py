"""A kind of item as a table that a spreadsheet opens: every cell in words, none of them a formula."""

import csv
from collections.abc import Iterator
from io import StringIO

from flask_babel import gettext as _

from roadmap.exchange.cells import Cells, line_of, link_words
from roadmap.exchange.tables import items_of
from roadmap.history.models import Plain
from roadmap.plan.fields import Choices, Text
from roadmap.plan.kinds import KINDS, Field, Kind
from roadmap.plan.numbers import Numbers, numbers_of
from roadmap.plan.outline import Outline
from roadmap.plan.words import say, say_lines
from roadmap.text.plain import neutralise_cell, plain

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def write_csv(kind: Kind, plan: Outline, choices: Choices, *, comes_back: bool = True) -> str:
    """Write the items of a kind as CSV that a spreadsheet takes for UTF-8: labels first, then one line an item.

    One that may come back has its texts as they were typed, and each row ends with the code it is known again by;
    one that is only read has them without marks.
    """
    file = StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in _rows(kind, plan, choices, comes_back=comes_back):
        writer.writerow([neutralise_cell(cell) for cell in row])
    return file.getvalue()


def _rows(kind: Kind, plan: Outline, choices: Choices, *, comes_back: bool) -> Iterator[list[str]]:
    numbers = numbers_of(plan)
    cells = Cells(plan, numbers, choices)
    parent = KINDS[kind.parent] if kind.parent else None
    head = [_("Nomor"), *([_(parent.label)] if parent else []), *(_(field.label) for field in kind.fields)]
    yield [*head, _("Kode baris")] if comes_back else head
    for item in items_of(kind, plan):
        row = [numbers[item.uid]]
        if parent:
            row.append(_title_of(plan, numbers, str(item.values.get(parent.name))))
        for field in kind.fields:
            words = _cell(field, item.values.get(field.name), cells, choices)
            is_marked = isinstance(field.type, Text) and not comes_back
            row.append(plain(words) if is_marked else words)
        yield [*row, line_of(item)] if comes_back else row


def _cell(field: Field, value: Plain, cells: Cells, choices: Choices) -> str:
    if isinstance(value, list):
        return "; ".join(cells.members(field.type, value))
    if isinstance(value, dict):
        return "; ".join(say_lines(field, value, choices))
    return say(field, value, choices)


def _title_of(plan: Outline, numbers: Numbers, uid: str) -> str:
    item = plan.by_uid.get(uid)
    return link_words(numbers[uid], item.label) if item else ""
