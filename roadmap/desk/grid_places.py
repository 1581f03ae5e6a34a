"""What words typed into the grid are about, for the recovery box: each beside its action and its column."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from flask import url_for
from flask_babel import gettext as _

from roadmap.desk.columns import Column, column_named, columns_of
from roadmap.desk.grid_drafts import pairs_of
from roadmap.desk.queries import overview_of
from roadmap.desk.rows import names_in, read_rows, work_out
from roadmap.errors import NotThere, Refusal
from roadmap.history.drafting import form_address
from roadmap.history.models import KeptWords, Roadmap
from roadmap.history.places import Place
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import roadmap_for
from roadmap.plan.fields import Choice
from roadmap.web.language import chosen_language

_ADDRESS = re.compile(r"/roadmaps/(\d{1,9})/grid(?:\?|$)")
_BOX = re.compile(r"c-\d{1,9}-([\w-]{1,60})")


def find_grid_places(person: Person, kept: Sequence[KeptWords]) -> Mapping[str, Place]:
    """Give the place of each of the kept words that were typed into a grid this person still sees."""
    found: dict[str, Place] = {}
    for one in kept:
        match = _ADDRESS.match(one.address)
        if match is not None:
            with suppress(Refusal):
                found[one.uid] = _place(person, one, roadmap_for(person, int(match.group(1)), to=Act.SEE))
    return found


def label_of_box(name: str) -> str | None:
    """Name a box of the grid by its column; None for a box of another form. Asks the database for nothing."""
    match = _BOX.fullmatch(name)
    column = column_named(match.group(1)) if match else None
    return column.label if column else None


def _place(person: Person, kept: KeptWords, roadmap: Roadmap) -> Place:
    whole = overview_of(person, roadmap, language=chosen_language())
    sent, actions = pairs_of(person, kept), whole.plan.items["action"]
    columns = columns_of(actions, whole.choices.years, names_in(sent))
    standing = {item.id: item for item in actions}
    rows = read_rows(sent, columns)
    try:
        work_out(roadmap.id, rows, columns, standing, whole.choices)
    except NotThere:
        for row in rows.values():
            row.changed = row.typed
    words = []
    for number, row in rows.items():
        item = standing.get(number)
        name = (
            f"{whole.numbers[item.uid]} {item.label}".strip()
            if item
            else _("Rencana aksi yang sudah dihapus")
        )
        words += [
            (f"{name} · {column.label}", _said(column, row.changed[column.id]))
            for column in columns
            if column.id in row.changed
        ]
    return Place(
        whole.plan.title,
        roadmap.language,
        tuple(words),
        url_for("desk.grid", roadmap_id=roadmap.id),
        form_address(kept.address, kept.uid),
        _("Sunting dalam tabel"),
    )


def _said(column: Column, text: str) -> str:
    kind = column.field.type
    if isinstance(kind, Choice) and text in kind.options:
        return _(kind.options[text])
    return text or _("(kosong)")
