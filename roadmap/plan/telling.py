"""What differs, in words: each field as a sentence, as old and new, as names that came and went, or marked in the flow.

One way for every page that compares; the templates that show it are in `macros/differences.html`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from roadmap.history.canonical import NOT_AVAILABLE, is_empty
from roadmap.history.models import Plain
from roadmap.plan.differences import Change, Difference
from roadmap.plan.fields import Choices, Evidence, Items, Money, Month, Number, Targets, Terms
from roadmap.plan.kinds import KINDS, Field
from roadmap.plan.numbers import Numbers
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.words import figure, money_key, say, say_lines
from roadmap.text.diff import Piece, compare, fold
from roadmap.text.plain import excerpt
from roadmap.text.words import N_
from roadmap.web.filters import rupiah

NAME_LENGTH = 50

# Labels that are no names of a field in the middle of a sentence.
_SPOKEN = {
    "title": N_("judul"),
    "starts_on": N_("waktu mulai"),
    "ends_on": N_("waktu selesai"),
    "targets": N_("Target"),
}


@dataclass(frozen=True)
class Step:
    """One value before and after; empty where there was or is none."""

    name: str
    before: str
    after: str
    unit: str = ""


@dataclass(frozen=True)
class Told:
    """How one field differs: as steps, as names that came and went, or marked in the flow."""

    field: str
    label: str
    pieces: Sequence[Piece] = ()
    steps: Sequence[Step] = ()
    is_amount: bool = False
    added: Sequence[str] = ()
    removed: Sequence[str] = ()


@dataclass(frozen=True)
class Telling:
    """One difference in words: what became of which item, and how each field differs.

    `number` and `title` are what people call it, `behind` names the item it stands behind where it was moved,
    `words` are what a new item holds.
    """

    difference: Difference
    number: str
    title: str
    told: Sequence[Told] = ()
    behind: str | None = None
    words: Sequence[tuple[str, Sequence[str]]] = ()

    @property
    def kind(self) -> str:
        """What kind of item it is, in words."""
        return _(KINDS[self.difference.item.kind].label)


class Teller:
    """Puts the differences between two states of a plan into words."""

    def __init__(
        self, before: Outline, after: Outline, numbers: tuple[Numbers, Numbers], choices: Choices
    ) -> None:
        """Take both states with the numbers of their items, and what their values are called."""
        self._numbers = numbers
        self._choices = _with_items_of(choices, before, after)
        self._after = after

    def tell(self, difference: Difference, *, with_words: bool = False) -> Telling:
        """Put one difference into words; `with_words` brings along what a new item holds."""
        item = difference.item
        return Telling(
            difference,
            number=self._numbers[difference.after is not None][item.uid],
            title=item.label or _("%(kind)s tanpa judul", kind=_(KINDS[item.kind].label)),
            told=[tell_change(change, self._choices, item) for change in difference.changes],
            behind=self._behind(item) if difference.was_moved else None,
            words=list(self._words(item)) if with_words and difference.before is None else (),
        )

    def _behind(self, item: ItemView) -> str:
        parent = KINDS[item.kind].parent
        siblings = [
            one
            for one in self._after.items[item.kind]
            if not parent or one.values.get(parent) == item.values.get(parent)
        ]
        place = siblings.index(item)
        return (siblings[place - 1].label or _("bagian tanpa judul")) if place else ""

    def _words(self, item: ItemView) -> Iterator[tuple[str, Sequence[str]]]:
        for field in KINDS[item.kind].fields:
            lines = say_lines(field, item.values.get(field.name), self._choices)
            if lines and field.name != "title":
                yield _(field.label), lines


def _with_items_of(choices: Choices, before: Outline, after: Outline) -> Choices:
    """Let the values name what stood in either state; where both have it, as it is called in the later one."""
    items: dict[str, Mapping[str, str]] = {}
    for kind in KINDS:
        names = {item.uid: item.label for item in (*before.items[kind], *after.items[kind])}
        items[kind] = {**choices.items.get(kind, {}), **names}
    return Choices(organisations=choices.organisations, terms=choices.terms, items=items)


# --- One field ------------------------------------------------------------------------------------------


def tell_change(change: Change, choices: Choices, item: ItemView | None = None) -> Told:
    """Say how one field differs; the item knows the unit of its figures."""
    field = change.field
    label = _(field.label) if field.name != "title" else _("Judul")
    if change.is_set:
        return Told(
            field.name,
            label,
            added=[member_name(field, member, choices) for member in change.added],
            removed=[member_name(field, member, choices) for member in change.removed],
        )
    if change.is_map:
        return Told(
            field.name, label, steps=list(_entries(change, item)), is_amount=isinstance(field.type, Money)
        )
    if change.is_long:
        before, after = ("" if value is None else str(value) for value in (change.before, change.after))
        return Told(field.name, label, pieces=fold(compare(before, after)))
    before, after = (_said(field, value, choices) for value in (change.before, change.after))
    unit = _unit_of(field, item, change.after if after else change.before)
    step = Step(_capital(spoken(field)), before, after, unit)
    return Told(field.name, label, steps=[step], is_amount=isinstance(field.type, Month))


def _entries(change: Change, item: ItemView | None) -> Iterator[Step]:
    for key, before, after in change.entries:
        unit = _unit_of(change.field, item, after if after is not None else before)
        yield Step(
            _capital(entry_name(change.field, key)),
            entry_said(change.field, before),
            entry_said(change.field, after),
            unit,
        )


def _said(field: Field, value: Plain, choices: Choices) -> str:
    return "" if is_empty(value) else say(field, value, choices) or _("(belum bernama)")


def _unit_of(field: Field, item: ItemView | None, value: Plain) -> str:
    if item is None or value == NOT_AVAILABLE or not isinstance(field.type, Number | Targets):
        return ""
    name = "unit" if "unit" in KINDS[item.kind].by_name else f"{field.name}_unit"
    return str(item.values.get(name) or "")


# --- Names inside a sentence ----------------------------------------------------------------------------


def lower(label: str) -> str:
    """Give a label as it stands inside a sentence; abbreviations stay as they are."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def spoken(field: Field) -> str:
    """Name a field inside a sentence."""
    return _(_SPOKEN.get(field.name, field.label))


def member_name(field: Field, member: str, choices: Choices) -> str:
    """Name one member of a set; what is not known any more says so."""
    name = say(field, [member], choices)
    if name:
        return name
    if isinstance(field.type, Terms):
        return _("yang tidak dikenal")
    known = choices.items.get(field.type.kind, {}) if isinstance(field.type, Items) else {}
    return _("bagian tanpa judul") if member in known else _("bagian yang sudah dihapus")


def entry_name(field: Field, key: str) -> str:
    """Name an entry of a map: Anggaran 2026 (APBD kota), Target 2027, bukti."""
    if isinstance(field.type, Money):
        year, source = money_key(key, field.type.sources)
        return _("%(what)s %(year)s (%(source)s)", what=spoken(field), year=year, source=source)
    if isinstance(field.type, Evidence):
        return _("%(what)s %(link)s", what=lower(spoken(field)), link=excerpt(key, NAME_LENGTH))
    return f"{spoken(field)} {key}"


def entry_said(field: Field, value: Plain) -> str:
    """Say an entry of a map; nothing for one that is not there."""
    if value is None:
        return ""
    if isinstance(field.type, Money):
        return rupiah(value) if isinstance(value, int) else str(value)
    if isinstance(field.type, Evidence):
        return str(value) or _("tanpa judul")
    return figure(str(value))
