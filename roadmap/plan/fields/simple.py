"""Fields of one value: lines, texts, choices, years, months and numbers."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from roadmap.history.canonical import NOT_AVAILABLE
from roadmap.history.models import Plain
from roadmap.history.shapes import Merge
from roadmap.plan.fields.base import Choices, FieldError, FieldType, Raw, Typed, first
from roadmap.plan.fields.reading import read_figure, read_year
from roadmap.text.normal import normalise
from roadmap.text.numbers import write_for_form
from roadmap.text.words import N_

LAST_MONTH = 12
TEXT_LIMIT = 20_000


class Line(FieldType):
    """A text of one line."""


class Text(FieldType):
    """A long text in Markdown; merges sentence by sentence."""

    merge = Merge.TEXT
    widget = "area"

    def __init__(self, limit: int = TEXT_LIMIT) -> None:
        """Bound the length in characters."""
        super().__init__(limit)

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the text with its line breaks."""
        del choices
        return self._bounded(normalise(first(form, name)))


class Choice(FieldType):
    """One of a fixed list of words."""

    widget = "choice"
    empty = None

    def __init__(self, options: Mapping[str, str]) -> None:
        """Map each stored word to the one that is shown."""
        super().__init__()
        self.options = options

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the choice; nothing chosen is None."""
        del choices
        value = first(form, name)
        if value == "":
            return None
        if value not in self.options:
            raise FieldError(N_("Pilih salah satu dari daftar."))
        return value

    def load(self, value: Plain) -> object:
        """Take None for nothing chosen."""
        return value


class Year(FieldType):
    """A year of four digits."""

    widget = "year"
    empty = None

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the year."""
        del choices
        return read_year(first(form, name))

    def load(self, value: Plain) -> object:
        """Take None for no year."""
        return value


class Month(FieldType):
    """The first or last day of a month; an exact day that came from elsewhere stays while its month is not changed."""

    widget = "month"
    empty = None

    def __init__(self, *, at_end: bool) -> None:
        """Choose whether the month means its last day."""
        super().__init__()
        self.at_end = at_end

    def raw(self, name: str, value: Plain) -> Raw:
        """Show month and year, and carry the exact day along."""
        if not isinstance(value, str) or not value:
            return {f"{name}-month": [""], f"{name}-year": [""]}
        day = date.fromisoformat(value)
        return {f"{name}-month": [str(day.month)], f"{name}-year": [str(day.year)], f"{name}-day": [value]}

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read month and year; a year alone means its first or last month."""
        del choices
        month, year = first(form, f"{name}-month"), read_year(first(form, f"{name}-year"))
        if year is None:
            if month:
                raise FieldError(N_("Isi juga tahunnya."))
            return None
        if month and not (month.isascii() and month.isdecimal() and 1 <= int(month) <= LAST_MONTH):
            raise FieldError(N_("Pilih bulan dari daftar."))
        number = int(month) if month else (12 if self.at_end else 1)
        exact = first(form, f"{name}-day")
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", exact) and exact.startswith(f"{year:04d}-{number:02d}-"):
            try:
                return date.fromisoformat(exact).isoformat()
            except ValueError:
                pass
        return (_last_day(year, number) if self.at_end else date(year, number, 1)).isoformat()

    def load(self, value: Plain) -> object:
        """Give the column a date."""
        return date.fromisoformat(value) if isinstance(value, str) and value else None


class Number(FieldType):
    """An exact number; *tidak tersedia* is a value of its own, apart from empty and from 0."""

    widget = "number"
    empty = None

    def raw(self, name: str, value: Plain) -> Raw:
        """Show the number as people write it."""
        if value == NOT_AVAILABLE:
            return {name: [""], f"{name}-na": ["1"]}
        return {name: [write_for_form(str(value))] if value not in (None, "") else [""]}

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the number, or that there is none to be had."""
        del choices
        return read_figure(first(form, name), is_missing=bool(first(form, f"{name}-na")))

    def load(self, value: Plain) -> object:
        """Take None for empty."""
        return value


def _last_day(year: int, month: int) -> date:
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)
