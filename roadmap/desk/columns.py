"""The columns of the grid: which there are for a plan, what a box says for a value, and what typed words mean."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from roadmap.exchange.columns import Target
from roadmap.history.models import Plain
from roadmap.intake.values.dates import NoDate, NoYear, TwoDays, read_span
from roadmap.intake.values.figures import NoFigure
from roadmap.intake.values.money import read_amount
from roadmap.intake.values.understanding import find_choice
from roadmap.plan.fields import Choice, Choices, FieldError, Line, Money, Month, Organisation
from roadmap.plan.fields.reading import pick_organisation
from roadmap.plan.fields.rows import MOST_RUPIAH
from roadmap.plan.kinds import ACTION, SOURCES, Field
from roadmap.plan.outline import ItemView
from roadmap.plan.words import say
from roadmap.text.normal import normalise_line
from roadmap.text.numbers import TwoWays, Unreadable, read_rupiah, write_number
from roadmap.text.words import N_
from roadmap.web.filters import month

PLAIN = ("lead", "starts_on", "ends_on", "status", "code")
USUAL_SOURCE = "apbd"
MOST_YEARS = 12
_MONEY = re.compile(r"budget-(20\d\d)-(\w{1,20})")


@dataclass(frozen=True)
class Column:
    """A field of the actions, or one year and source of their money."""

    field: Field
    year: str = ""
    source: str = ""

    @property
    def id(self) -> str:
        """What it is called in the form."""
        return f"{self.field.name}-{self.year}-{self.source}" if self.key else self.field.name

    @property
    def key(self) -> str:
        """Its key in the map; empty for a whole field."""
        return f"{self.year} {self.source}" if self.year else ""

    @property
    def choice(self) -> str:
        """What shows or hides it: the field, or the year of the money."""
        return f"{self.field.name}-{self.year}" if self.key else self.field.name

    @property
    def label(self) -> str:
        """What stands above it."""
        if self.key:
            return _("Pagu %(year)s, %(source)s", year=self.year, source=_(SOURCES[self.source]))
        return _(self.field.label)

    @property
    def widget(self) -> str:
        """Of what sort its boxes are."""
        return "rupiah" if self.key else self.field.type.widget

    def value_in(self, values: Mapping[str, Plain]) -> Plain:
        """Give its value of an item."""
        value = values.get(self.field.name)
        if not self.key:
            return value
        return value.get(self.key) if isinstance(value, dict) else None

    def box(self, values: Mapping[str, Plain], choices: Choices) -> str:
        """Say what a box holds that shows the value of an item."""
        return self.box_of(self.value_in(values), choices)

    def box_of(self, value: Plain, choices: Choices) -> str:
        """Say what a box holds that shows a value."""
        if value in (None, ""):
            return ""
        match self.field.type:
            case Money():
                return write_number(int(str(value)))
            case Month():
                return month(str(value))
            case Organisation():
                return normalise_line(choices.organisations.get(str(value), ""))
        return str(value)

    def said(self, value: Plain, choices: Choices) -> str:
        """Say a value in words."""
        if self.key:
            return self.box_of(value, choices)
        return say(self.field, value, choices)

    def read(self, text: str, choices: Choices) -> Plain:
        """Tell what typed or pasted words mean. Raises FieldError with what to write instead."""
        if not text:
            return "" if isinstance(self.field.type, Line) else None
        match self.field.type:
            case Money():
                return _amount(text)
            case Month(at_end=at_end):
                return _month(text, at_end=at_end)
            case Organisation():
                return pick_organisation(text, choices)
            case Choice() as kind:
                return _one_of(self.field, kind, text)
        return self.field.type.parse(self.field.name, _Box(text), choices)


@dataclass(frozen=True)
class _Box:
    """One typed text, as a field asks a form for it."""

    text: str

    def getlist(self, _key: str) -> list[str]:
        """Give it."""
        return [self.text]


def columns_of(
    actions: Sequence[ItemView], years: Sequence[int], named: Collection[str] = ()
) -> list[Column]:
    """Give all the columns there are: the plain ones, and money for each year of the plan and each source in use.

    Beside them those that a form names: what somebody wrote into a column stands, also where others emptied it.
    """
    by_name = ACTION.by_name
    used = {key for action in actions for key in action.entries("budget")}
    sources = {source for key in used if (source := key.partition(" ")[2]) in SOURCES} or {USUAL_SOURCE}
    spans = sorted({key.partition(" ")[0] for key in used} | {str(year) for year in years})[:MOST_YEARS]
    found = [Column(by_name[name]) for name in PLAIN] + [
        Column(by_name["budget"], year, source) for year in spans for source in SOURCES if source in sources
    ]
    known = {one.id for one in found}
    return found + [
        one for name in sorted(named) if name not in known and (one := column_named(name)) is not None
    ]


def column_named(name: str) -> Column | None:
    """Give the column that a box of a form is called after; None for what is none."""
    if name in PLAIN:
        return Column(ACTION.by_name[name])
    money = _MONEY.fullmatch(name)
    if money is None or money.group(2) not in SOURCES:
        return None
    return Column(ACTION.by_name["budget"], money.group(1), money.group(2))


def shown_of(
    columns: Sequence[Column],
    chosen: Collection[str],
    actions: Sequence[ItemView],
    named: Collection[str] = (),
) -> list[Column]:
    """Give the columns that were chosen; where none were, the plain ones and the money in use; and those named."""
    if not any(one.choice in chosen for one in columns):
        used = {key for action in actions for key in action.entries("budget")}
        return [one for one in columns if not one.key or one.key in used or one.id in named]
    return [one for one in columns if one.choice in chosen or one.id in named]


def choices_of(columns: Sequence[Column]) -> list[tuple[str, str]]:
    """Give what can be shown or hidden, each once, with its words."""
    found: dict[str, str] = {}
    for column in columns:
        found[column.choice] = _("Pagu %(year)s", year=column.year) if column.key else column.label
    return list(found.items())


def _amount(text: str) -> int:
    try:
        amount = read_rupiah(text)
    except Unreadable as problem:
        amount = _scaled(text, problem)
    if amount > MOST_RUPIAH:
        raise FieldError(N_("Jumlah ini terlalu besar. Tulis dalam rupiah."))
    return amount


def _scaled(text: str, problem: Unreadable) -> int:
    """Read an amount that says its scale, as people write them beside a table: 1,5 miliar."""
    try:
        found = read_amount(text, None, ",")
    except (NoFigure, TwoWays):
        found = None
    if found is None:
        raise FieldError(str(problem)) from problem
    return found.rupiah


def _month(text: str, *, at_end: bool) -> str | None:
    try:
        span = read_span(text, day_first=True)
    except (NoDate, NoYear, TwoDays) as problem:
        raise FieldError(N_("Tulis bulan dan tahun, misalnya Mei 2026 atau 05/2026.")) from problem
    return None if span is None else span.to_month_end().on(at_end=at_end)


def _one_of(field: Field, kind: Choice, text: str) -> str:
    found = find_choice(Target("action", field.name), kind, text)
    found = found or next((name for name, words in kind.options.items() if _(words) == text), None)
    if found is None:
        raise FieldError(N_("“%(typed)s” tidak ada dalam pilihan."), typed=text[:80])
    return found
