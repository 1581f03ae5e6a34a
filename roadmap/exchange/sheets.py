"""A kind of item as a table that a spreadsheet opens: every cell in words, none of them a formula."""

import csv
from collections.abc import Iterator
from io import StringIO

from flask_babel import gettext as _

from roadmap.exchange.cells import Cells, line_of, link_words
from roadmap.exchange.tables import items_of
from roadmap.history.models import Plain
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import KINDS, Field, Kind
from roadmap.plan.numbers import Numbers, numbers_of
from roadmap.plan.outline import Outline
from roadmap.plan.words import say, say_lines
from roadmap.text.plain import neutralise_cell

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
    """Give the head and the rows of a kind's table, in words; each row ends with the code it is known again by."""
    numbers = numbers_of(plan)
    cells = Cells(plan, numbers, choices)
    parent = KINDS[kind.parent] if kind.parent else None
    above = [_(parent.label)] if parent else []
    yield [_("Nomor"), *above, *(_(field.label) for field in kind.fields), _("Kode baris")]
    for item in items_of(kind, plan):
        above = [_title_of(plan, numbers, str(item.values.get(kind.parent or "")))] if parent else []
        words = [_cell(field, item.values.get(field.name), cells, choices) for field in kind.fields]
        yield [numbers[item.uid], *above, *words, line_of(item)]


def _cell(field: Field, value: Plain, cells: Cells, choices: Choices) -> str:
    if isinstance(value, list):
        return "; ".join(cells.members(field.type, value))
    if isinstance(value, dict):
        return "; ".join(say_lines(field, value, choices))
    return say(field, value, choices)


def _title_of(plan: Outline, numbers: Numbers, uid: str) -> str:
    item = plan.by_uid.get(uid)
    return link_words(numbers[uid], item.label) if item else ""
