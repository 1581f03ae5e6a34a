"""The rows of the grid: what a form said of each action, what of it was changed, and what is to be laid.

A cell is changed when its words differ from what its box said of the version that the form was made from; an
untouched cell names nothing, so that what others write there stays. A row whose clashes are all decided is laid
on the version in view of which it was decided, with the chosen cells only. Of a row that names no version every
cell that differs from the plan is asked: a browser may bring back words, and no longer what they were typed upon.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from roadmap.desk.columns import Column
from roadmap.errors import Conflict, NotThere, Refusal
from roadmap.history.errors import EditConflict, ItemGone
from roadmap.history.models import Plain
from roadmap.history.queries import revisions_at, upcast
from roadmap.plan.bulk import Edit
from roadmap.plan.fields import Choices, FieldError
from roadmap.plan.outline import ItemView
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_

MOST_VERSIONS = 10**9
LONGEST_CELL = 2000
MINE, THEIRS = "mine", "theirs"
_BASE = re.compile(r"base-(\d{1,9})")
_CELL = re.compile(r"c-(\d{1,9})-([\w-]{1,60})")

_GONE = N_("Bagian ini sudah dihapus. Tulisan Anda tetap ada dan dapat dipulihkan.")
_OLD = N_("Baris ini diketik di halaman lama. Pilih tulisan yang dipakai, lalu simpan lagi.")

Values = Mapping[str, Plain]
Sent = MultiDict[str, str]


class NoVersion(Conflict):
    """The form says of a row no version that its words were typed upon."""


@dataclass(frozen=True)
class CellClash:
    """A cell that two people changed differently, in words: what it was, what the other wrote, what one wrote."""

    base: str
    theirs: str
    mine: str


@dataclass
class SentRow:
    """What a form said of one action: its versions, the words in its cells, what was chosen; and what came of it."""

    item_id: int
    base: int | None
    seen: int | None
    typed: dict[str, str]
    chosen: dict[str, str]
    asked: frozenset[str]
    kept_uid: str
    changed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    clashes: dict[str, CellClash] = field(default_factory=dict)
    values: dict[str, Plain] = field(default_factory=dict)
    refusal: Refusal | None = None
    is_waiting: bool = False

    @property
    def is_decided(self) -> bool:
        """Tell whether a choice was made for every cell that clashed."""
        return self.seen is not None and self.asked <= set(self.chosen)

    @property
    def laid_on(self) -> int | None:
        """The version the row is laid on; None where the form named none."""
        return self.seen if self.is_decided and self.seen is not None else self.base

    @property
    def is_held(self) -> bool:
        """Tell whether the row could not go in."""
        return bool(self.errors or self.refusal)

    @property
    def is_in(self) -> bool:
        """Tell whether nothing of the row is left to save, once it was laid."""
        return not self.is_held and not self.is_waiting

    @property
    def is_gone(self) -> bool:
        """Tell whether the action was removed meanwhile."""
        return isinstance(self.refusal, ItemGone)

    @property
    def edit(self) -> Edit:
        """What is to be laid; needs the version it is laid on."""
        return Edit("action", self.item_id, self.laid_on or 0, self.values)

    def hold(self, refusal: Refusal, columns: Sequence[Column], choices: Choices) -> None:
        """Note why the row could not go in, and which of its cells clash."""
        self.refusal = refusal
        if not isinstance(refusal, EditConflict):
            return
        self.seen = refusal.base_version
        for column in columns:
            clash = refusal.clashes.get(column.field.name)
            if clash is None:
                continue
            sides = [
                column.value_in({column.field.name: side}) for side in (clash.base, clash.theirs, clash.mine)
            ]
            if sides[1] != sides[2]:
                self.clashes[column.id] = CellClash(*(column.said(side, choices) for side in sides))


def read_rows(sent: Sent, columns: Sequence[Column]) -> dict[int, SentRow]:
    """Read every row that a form carries, also one of which it names no version."""
    bases: dict[int, int | None] = {}
    for name in sent:
        if match := _BASE.fullmatch(name):
            bases[int(match.group(1))] = _number(sent[name])
        elif match := _CELL.fullmatch(name):
            bases.setdefault(int(match.group(1)), None)
    found: dict[int, SentRow] = {}
    for item_id, base in bases.items():
        typed = {
            column.id: normalise_line(sent[box][:LONGEST_CELL])
            for column in columns
            if (box := f"c-{item_id}-{column.id}") in sent
        }
        chosen = {
            column.id: answer
            for column in columns
            if (answer := sent.get(f"choice-{item_id}-{column.id}", "")) in {MINE, THEIRS}
        }
        asked = frozenset(sent.get(f"asked-{item_id}", "").split())
        found[item_id] = SentRow(
            item_id,
            base,
            _number(sent.get(f"seen-{item_id}", "")),
            typed,
            chosen,
            asked,
            sent.get(f"kept-{item_id}", ""),
        )
    return found


def work_out(
    roadmap_id: int,
    rows: Mapping[int, SentRow],
    columns: Sequence[Column],
    standing: Mapping[int, ItemView],
    choices: Choices,
) -> None:
    """Find what each row changed and what that means; a cell whose words mean nothing gets its sentence.

    One query at most. Raises NotThere for a version that no action of this roadmap ever had.
    """
    known = _versions(roadmap_id, rows.values(), standing)
    for row in rows.values():
        if row.base is None and row.seen is not None and row.is_decided:
            changed = _changed(row, columns, known[row.item_id, row.seen], choices)
            row.base = row.seen if changed.keys() <= row.asked else None
        if row.base is None:
            _ask(row, columns, standing.get(row.item_id), choices)
            continue
        row.changed = _changed(row, columns, known[row.item_id, row.base], choices)
        _read(row, columns, known[row.item_id, row.laid_on or row.base], choices)


def _changed(row: SentRow, columns: Sequence[Column], was: Values, choices: Choices) -> dict[str, str]:
    return {
        column.id: row.typed[column.id]
        for column in columns
        if column.id in row.typed and row.typed[column.id] != column.box(was, choices)
    }


def _ask(row: SentRow, columns: Sequence[Column], item: ItemView | None, choices: Choices) -> None:
    """Hold a row that names no version: every cell that differs from the plan as it stands is to be decided."""
    row.clashes, row.refusal, row.seen = {}, None, None
    if item is None:
        row.changed = {name: text for name, text in row.typed.items() if text}
        _read(row, columns, {}, choices)
        row.refusal = ItemGone(_GONE) if row.changed else None
        return
    row.changed = _changed(row, columns, item.values, choices)
    _read(row, columns, item.values, choices)
    row.clashes = {
        column.id: CellClash("", column.said(column.value_in(item.values), choices), row.changed[column.id])
        for column in columns
        if column.id in row.changed and column.id not in row.errors
    }
    if row.clashes:
        row.seen, row.refusal = item.version, NoVersion(_OLD)


def lay_over(
    roadmap_id: int,
    rows: dict[int, SentRow],
    columns: Sequence[Column],
    standing: Mapping[int, ItemView],
    choices: Choices,
) -> None:
    """Lay words that were typed before over the plan as it stands; needs them worked out.

    What the plan says already waits no more. A row of which nobody else wrote the changed cells goes on from the
    newest version, any other from the one it was typed upon: saving it asks. Nothing is complained of yet.
    """
    known = _versions(roadmap_id, rows.values(), standing)
    for number, row in list(rows.items()):
        row.errors, row.seen, row.asked, row.chosen = {}, None, frozenset(), {}
        row.clashes, row.refusal = {}, None
        item = standing.get(number)
        if item is None:
            continue
        newest = {one.id: one.box(item.values, choices) for one in columns}
        row.changed = {name: text for name, text in row.changed.items() if text != newest[name]}
        row.typed = dict(row.changed)
        if row.base is not None and not _overtaken(row, columns, known[number, row.base], newest, choices):
            row.base = item.version
        if not row.changed:
            del rows[number]


def _overtaken(
    row: SentRow, columns: Sequence[Column], before: Values, newest: Mapping[str, str], choices: Choices
) -> bool:
    return any(one.id in row.changed and one.box(before, choices) != newest[one.id] for one in columns)


def names_in(sent: Sent) -> frozenset[str]:
    """Give the columns that the boxes of a form are called after."""
    return frozenset(match.group(2) for name in sent if (match := _CELL.fullmatch(name)))


def _read(row: SentRow, columns: Sequence[Column], laid_on: Values, choices: Choices) -> None:
    for column in columns:
        if column.id not in row.changed or (row.is_decided and row.chosen.get(column.id) == THEIRS):
            continue
        try:
            value = column.read(row.changed[column.id], choices)
        except FieldError as problem:
            row.errors[column.id] = (
                _(problem.sentence, **problem.values) if problem.values else _(problem.sentence)
            )
            continue
        name = column.field.name
        row.values[name] = _put(row.values.get(name, laid_on.get(name)), column.key, value)


def _put(held: Plain, key: str, value: Plain) -> Plain:
    """Put an entry into a map, or take it out; of a whole field the value itself."""
    if not key:
        return value
    entries: dict[str, Plain] = dict(held) if isinstance(held, dict) else {}
    entries.pop(key, None)
    if value is not None:
        entries[key] = value
    return entries  # type: ignore[return-value]


def _versions(
    roadmap_id: int, rows: Collection[SentRow], standing: Mapping[int, ItemView]
) -> dict[tuple[int, int], Values]:
    """Give the values of every version that the rows name: those on the screen, the others from the record."""
    wanted = {(row.item_id, version) for row in rows for version in (row.base, row.laid_on) if version}
    found: dict[tuple[int, int], Values] = {
        (item.id, item.version): item.values for item in standing.values()
    }
    missing = sorted(wanted - found.keys())
    for revision in revisions_at("action", missing) if missing else ():
        if revision.roadmap_id == roadmap_id:
            found[revision.item_id, revision.item_version] = upcast("action", revision.snapshot)
    if wanted - found.keys():
        raise NotThere
    return found


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and 0 < int(text[:12]) <= MOST_VERSIONS
    return int(text) if is_number else None
