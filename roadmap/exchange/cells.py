"""The columns of a kind's table as it goes out, and what stands in each cell: real numbers and dates, words else.

What `cell_of` gives is read back by the way in as the same value; a text is not yet neutralised here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from flask_babel import gettext as _

from roadmap.exchange.columns import LINE, NUMBER, PARENT, Target
from roadmap.exchange.passport import Line
from roadmap.history.canonical import NOT_AVAILABLE
from roadmap.history.models import Plain
from roadmap.plan.fields import (
    Choice,
    Choices,
    Codes,
    Evidence,
    FieldType,
    Item,
    Items,
    Money,
    Month,
    Number,
    Organisation,
    Organisations,
    Targets,
    Terms,
    Text,
    Year,
)
from roadmap.plan.kinds import KINDS, Field, Kind
from roadmap.plan.numbers import Numbers
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.words import money_key
from roadmap.text.numbers import write_for_form

CellValue = str | int | Decimal | date | None

# A spreadsheet keeps fifteen digits of a number and drops the rest in silence.
MOST_DIGITS = 15
LARGEST_WHOLE = 10**MOST_DIGITS
# Tables of more than a hundred columns are not read back; what is in use beyond these shares one column.
MOST_KEYS = 30


class Shape(StrEnum):
    """What a column holds, for its width and the format of its cells."""

    SHORT = "short"
    WORDS = "words"
    LONG = "long"
    RUPIAH = "rupiah"
    FIGURE = "figure"
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True)
class OutColumn:
    """One column of a table that goes out: its heading, its place in the plan, how wide and of what shape.

    `keys` are the entries of a map that one column holds together, because there are too many for their own.
    """

    title: str
    target: Target
    width: int
    shape: Shape = Shape.WORDS
    field: Field | None = None
    keys: frozenset[str] = frozenset()

    @property
    def is_hidden(self) -> bool:
        """Tell whether people are spared it."""
        return self.target.field == LINE

    @property
    def question(self) -> str:
        """The plain question about it; empty where nobody fills it in."""
        if self.target.field == PARENT:
            return _(
                "Rencana aksi mana yang diukur? Tulis nomor dan judulnya seperti di lembar Rencana aksi."
            )
        return _(self.field.question) if self.field else ""


# --- columns


def years_of_plan(plan: Outline) -> list[int]:
    """Give the years of a plan's period, at most twenty; none where it has no period yet."""
    start, end = (plan.cover.year_from, plan.cover.year_to) if plan.cover else (None, None)
    return list(range(start, end + 1))[:20] if isinstance(start, int) and isinstance(end, int) else []


def columns_of(kind: Kind, plan: Outline, years: Sequence[int]) -> list[OutColumn]:
    """Give the columns of a kind's table: line code, number, whose it is, then the fields as people meet them.

    Money has a column for each year and source in use and for the first source of each of the years, targets for
    each year; both so that what is not there yet has a place to be typed.
    """
    columns = [OutColumn(_("Kode baris"), Target(kind.name, LINE), 42, Shape.SHORT)]
    if kind.name != "cover":
        columns.append(OutColumn(_("Nomor"), Target(kind.name, NUMBER), 9, Shape.SHORT))
    if kind.parent:
        columns.append(OutColumn(_(KINDS[kind.parent].label), Target(kind.name, PARENT), 34))
    for field in kind.fields:
        columns += _columns_of_field(kind, field, plan, years)
    return columns


def _columns_of_field(kind: Kind, field: Field, plan: Outline, years: Sequence[int]) -> list[OutColumn]:
    if isinstance(field.type, Money):
        first_source = next(iter(field.type.sources))
        wanted = {f"{year} {first_source}" for year in years}
        return _columns_of_keys(kind, field, plan, wanted, _money_title(field))
    if isinstance(field.type, Targets):
        return _columns_of_keys(
            kind, field, plan, set(map(str, years)), lambda year: _("Target %(year)s", year=year)
        )
    shape, width = _shape_of(field)
    return [OutColumn(_(field.label), Target(kind.name, field.name), width, shape, field)]


def _columns_of_keys(
    kind: Kind, field: Field, plan: Outline, wanted: set[str], title: Callable[[str], str]
) -> list[OutColumn]:
    """Give each entry of a map a column of its own, and those that are too many one together."""
    in_use = _keys_in_use(kind, field, plan)
    keys = sorted(wanted | in_use.keys(), key=_in_order(field))
    own = set(sorted(keys, key=lambda key: -in_use.get(key, 0))[:MOST_KEYS])
    shape = Shape.RUPIAH if isinstance(field.type, Money) else Shape.FIGURE
    columns = [
        OutColumn(
            title(key), Target(kind.name, field.name, key), 19 if shape is Shape.RUPIAH else 12, shape, field
        )
        for key in keys
        if key in own
    ]
    if rest := frozenset(keys) - own:
        name = _("%(field)s lainnya", field=_(field.label))
        columns.append(OutColumn(name, Target(kind.name, field.name), 40, Shape.WORDS, field, rest))
    return columns


def _keys_in_use(kind: Kind, field: Field, plan: Outline) -> dict[str, int]:
    """Count how often each entry of a map is given in a plan."""
    found: dict[str, int] = {}
    for item in plan.items[kind.name]:
        value = item.values.get(field.name)
        for key in value if isinstance(value, dict) else ():
            found[key] = found.get(key, 0) + 1
    return found


def _in_order(field: Field) -> Callable[[str], tuple[str, int, str]]:
    sources = list(field.type.sources) if isinstance(field.type, Money) else []
    places = {source: place for place, source in enumerate(sources)}

    def place(key: str) -> tuple[str, int, str]:
        year, _space, source = key.partition(" ")
        return year, places.get(source, len(places)), source

    return place


def _money_title(field: Field) -> Callable[[str], str]:
    sources = field.type.sources if isinstance(field.type, Money) else {}
    label = _(field.label)

    def title(key: str) -> str:
        year, source = money_key(key, sources)
        return _("%(field)s %(year)s, %(source)s", field=label, year=year, source=source)

    return title


def _shape_of(field: Field) -> tuple[Shape, int]:
    match field.type:
        case Text():
            return Shape.LONG, 48
        case Year():
            return Shape.YEAR, 10
        case Month():
            return Shape.MONTH, 16
        case Number():
            return Shape.FIGURE, 14
        case Choice():
            return Shape.WORDS, 18
        case Codes():
            return Shape.WORDS, 20
        case Items() | Item() | Evidence():
            return Shape.WORDS, 38
    return Shape.WORDS, 46 if field.name == "title" else 26


# --- cells


def cell_of(
    column: OutColumn, item: ItemView, plan: Outline, numbers: Numbers, choices: Choices
) -> CellValue:
    """Say what stands in one cell; for many of one plan ask `Cells`."""
    return Cells(plan, numbers, choices).of(column, item)


class Cells:
    """The cells of a plan's tables: names and links are looked up once for all of them."""

    def __init__(self, plan: Outline, numbers: Numbers, choices: Choices) -> None:
        """Take the plan with its numbers and the words its values are shown by."""
        self._plan = plan
        self._numbers = numbers
        self._choices = choices
        self._named: dict[str, dict[str, tuple[int, str]]] = {}
        self._said: dict[str, str] = {}

    def of(self, column: OutColumn, item: ItemView) -> CellValue:
        """Say what stands in a cell; None for nothing."""
        if column.field is None:
            return self._of_no_field(column, item) or None
        value = item.values.get(column.target.field)
        if value in (None, "", [], {}):
            return None
        return self._of_field(column, column.field.type, value)

    def _of_no_field(self, column: OutColumn, item: ItemView) -> str:
        if column.target.field == LINE:
            return line_of(item)
        if column.target.field == NUMBER:
            return self._numbers[item.uid]
        return self._link(str(item.values.get(KINDS[item.kind].parent or "")))

    def _of_field(self, column: OutColumn, kind: FieldType, value: Plain) -> CellValue:
        if isinstance(value, dict):
            return self._of_map(column, kind, value)
        if isinstance(value, list):
            return "\n".join(self.members(kind, value))
        text = str(value)
        match kind:
            case Month():
                return date.fromisoformat(text)
            case Number():
                return figure_cell(text)
            case Year():
                return int(text)
        return self._in_words(kind, text)

    def _in_words(self, kind: FieldType, text: str) -> str:
        match kind:
            case Choice():
                return self._say(kind.options.get(text, text))
            case Organisation():
                return self._choices.organisations.get(text) or _("kantor yang tidak dikenal")
            case Item():
                return self._link(text) or _("bagian yang sudah dihapus")
        return text

    def _say(self, words: str) -> str:
        if words not in self._said:
            self._said[words] = _(words)
        return self._said[words]

    def _of_map(self, column: OutColumn, kind: FieldType, value: Mapping[str, int | str]) -> CellValue:
        if isinstance(kind, Evidence):
            return "\n".join(f"{title} | {link}" if title else link for link, title in sorted(value.items()))
        if column.keys:
            return "\n".join(_said_together(kind, value, column.keys)) or None
        entry = value.get(column.target.key)
        if entry is None:
            return None
        return money_cell(int(entry)) if isinstance(kind, Money) else figure_cell(str(entry))

    def members(self, kind: FieldType, value: Sequence[str]) -> list[str]:
        """Name the members of a set in their order; links to what was removed stay and are not shown."""
        if isinstance(kind, Codes):
            return list(value)
        known = self._known(kind)
        standing = sorted(known[uid] for uid in value if uid in known)
        lost = 0 if isinstance(kind, Items) else len(value) - len(standing)
        return [*(words for _place, words in standing), *([_("yang tidak dikenal")] * lost)]

    def _known(self, kind: FieldType) -> Mapping[str, tuple[int, str]]:
        """Give place and words of everything that a set may name."""
        match kind:
            case Organisations():
                return self._placed("organisation", self._choices.organisations.items)
            case Terms():
                return self._placed(
                    f"term {kind.vocabulary}",
                    lambda: self._choices.terms.get(kind.vocabulary, {}).items(),
                )
            case Items():
                items = self._plan.items[kind.kind]
                return self._placed(
                    f"item {kind.kind}", lambda: ((one.uid, self._link(one.uid)) for one in items)
                )
        return {}

    def _placed(
        self, name: str, read: Callable[[], Iterable[tuple[str, str]]]
    ) -> Mapping[str, tuple[int, str]]:
        if name not in self._named:
            self._named[name] = {uid: (place, words) for place, (uid, words) in enumerate(read())}
        return self._named[name]

    def _link(self, uid: str) -> str:
        item = self._plan.by_uid.get(uid)
        return link_words(self._numbers[uid], item.label) if item else ""


def line_of(item: ItemView) -> str:
    """Give the code of a row; empty where the version is not known (an edition's document names none)."""
    return str(Line(item.uid, item.version)) if item.version else ""


def link_words(number: str, label: str) -> str:
    """Say an item where another names it: 1.2. Its title."""
    return f"{number}. {label}"


def money_cell(amount: int) -> CellValue:
    """Give an amount of rupiah as a number, as text where a spreadsheet would not keep it whole."""
    return amount if abs(amount) <= LARGEST_WHOLE else str(amount)


def figure_cell(value: str) -> CellValue:
    """Give a figure as a number, as text where it has more digits than a spreadsheet keeps; NA in words."""
    if value == NOT_AVAILABLE:
        return _("tidak tersedia")
    figure = Decimal(value)
    digits = format(figure, "f").lstrip("-0.").replace(".", "")
    is_kept = len(digits) <= MOST_DIGITS and int(figure.as_tuple().exponent) >= -MOST_DIGITS
    return figure if is_kept else write_for_form(figure)


def _said_together(kind: FieldType, value: Mapping[str, int | str], keys: frozenset[str]) -> list[str]:
    sources = kind.sources if isinstance(kind, Money) else {}
    said = []
    for key in sorted(keys & value.keys()):
        entry = value[key]
        words = " ".join(money_key(key, sources)).strip()
        figure = _("tidak tersedia") if entry == NOT_AVAILABLE else write_for_form(str(entry))
        said.append(f"{words}: {figure}")
    return said
