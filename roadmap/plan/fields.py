"""The types a field can have: how it merges, how a form shows and reads it, what a column takes.

`raw` and `parse` are inverse: what a form was filled with is read back as the same value. A value here is
always plain (see `history/canonical.py`). `parse` raises FieldError with a sentence for the person.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol
from urllib.parse import urlsplit

from roadmap.history.canonical import NOT_AVAILABLE, plain_decimal
from roadmap.history.models import Plain
from roadmap.history.shapes import Merge
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.numbers import Unreadable, read_number, read_rupiah, write_for_form, write_number
from roadmap.text.words import N_

Raw = dict[str, list[str]]
FIRST_YEAR, LAST_YEAR = 1945, 2200
MOST_RUPIAH = 10**15
MOST_ENTRIES = 200
MOST_ROWS = 60
LONGEST_CODE, LONGEST_LINK, LAST_MONTH = 60, 2000, 12
LINE_LIMIT, TEXT_LIMIT = 500, 20_000


class FieldError(ValueError):
    """The typed words cannot be stored in this field; the sentence says what to write."""

    def __init__(self, sentence: str, **values: object) -> None:
        """Keep the sentence untranslated."""
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


class Typed(Protocol):
    """A submitted form: all values under a name."""

    def getlist(self, key: str) -> list[str]:
        """Give every value under a name, in order."""
        ...


@dataclass
class Choices:
    """What the fields of one roadmap may name: offices, words of the vocabularies, and its own items."""

    organisations: Mapping[str, str] = field(default_factory=dict)
    organisation_names: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    years: Sequence[int] = ()
    retired: frozenset[str] = frozenset()


class FieldType:
    """A text of one line; the other types differ where they must."""

    merge = Merge.WHOLE
    widget = "line"
    empty: Plain = ""

    def __init__(self, limit: int = LINE_LIMIT) -> None:
        """Bound the length in characters."""
        self.limit = limit

    def raw(self, name: str, value: Plain) -> Raw:
        """Say what a form holds that shows this value."""
        return {name: [str(value)] if value not in (None, "") else [""]}

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the value a person typed."""
        del choices
        return self._bounded(normalise_line(_one(form, name)))

    def load(self, value: Plain) -> object:
        """Turn the plain value into what the column takes."""
        return self.empty if value is None else value

    def references(self, value: Plain) -> set[str]:
        """Give the uids the value names."""
        del value
        return set()

    def _bounded(self, text: str) -> str:
        if len(text) > self.limit:
            raise FieldError(
                N_("Terlalu panjang: %(length)s huruf, paling banyak %(limit)s. Tulisan Anda tetap di sini."),
                length=len(text),
                limit=self.limit,
            )
        return text


class Line(FieldType):
    """A text of one line."""


class Text(FieldType):
    """A long text in Markdown; merges line by line."""

    merge = Merge.LINES
    widget = "area"

    def __init__(self, limit: int = TEXT_LIMIT) -> None:
        """Bound the length in characters."""
        super().__init__(limit)

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the text with its line breaks."""
        del choices
        return self._bounded(normalise(_one(form, name)))


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
        value = _one(form, name)
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
        return read_year(_one(form, name))

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
        month, year = _one(form, f"{name}-month"), read_year(_one(form, f"{name}-year"))
        if year is None:
            if month:
                raise FieldError(N_("Isi juga tahunnya."))
            return None
        if month and not (month.isascii() and month.isdecimal() and 1 <= int(month) <= LAST_MONTH):
            raise FieldError(N_("Pilih bulan dari daftar."))
        number = int(month) if month else (12 if self.at_end else 1)
        exact = _one(form, f"{name}-day")
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
        return read_figure(_one(form, name), is_missing=bool(_one(form, f"{name}-na")))

    def load(self, value: Plain) -> object:
        """Take None for empty."""
        return value


class Organisation(FieldType):
    """One office of the register, typed by name or abbreviation, with suggestions."""

    widget = "organisation"
    empty = None

    def raw(self, name: str, value: Plain) -> Raw:
        """Carry the uid; the page shows the name."""
        return {name: [str(value or "")]}

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read a uid or a name."""
        return pick_organisation(normalise_line(_one(form, name)), choices)

    def load(self, value: Plain) -> object:
        """Take None for nobody."""
        return value or None

    def references(self, value: Plain) -> set[str]:
        """Name the office."""
        return {value} if isinstance(value, str) and value else set()


class Several(FieldType):
    """A set of uids or codes."""

    merge = Merge.SET
    empty: Plain = []

    def raw(self, name: str, value: Plain) -> Raw:
        """Show each as one value under the name."""
        return {name: list(value) if isinstance(value, list) else []}

    def load(self, value: Plain) -> object:
        """Give the column a sorted list."""
        return sorted(value) if isinstance(value, list) else []

    def references(self, value: Plain) -> set[str]:
        """Name them all."""
        return set(value) if isinstance(value, list) else set()

    def _few(self, values: set[str]) -> list[str]:
        if len(values) > MOST_ENTRIES:
            raise FieldError(N_("Paling banyak %(limit)s pilihan."), limit=MOST_ENTRIES)
        return sorted(values)


class Organisations(Several):
    """Several offices: those ticked, and those typed by name."""

    widget = "organisations"

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read ticked uids and typed names together."""
        ticked = {value for value in form.getlist(name) if value}
        typed = (normalise_line(value) for value in form.getlist(f"{name}-add"))
        picked = {pick_organisation(value, choices) for value in typed if value}
        return self._few(ticked | {str(uid) for uid in picked if uid})


class Terms(Several):
    """Words of a vocabulary."""

    widget = "terms"

    def __init__(self, vocabulary: str) -> None:
        """Name the vocabulary."""
        super().__init__()
        self.vocabulary = vocabulary

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the ticked words."""
        del choices
        return self._few({value for value in form.getlist(name) if value})


class Items(Several):
    """Links to items of a kind in the same roadmap."""

    widget = "items"

    def __init__(self, kind: str) -> None:
        """Name the kind."""
        super().__init__()
        self.kind = kind

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read ticked items and those typed by their title."""
        ticked = {value for value in form.getlist(name) if value}
        by_label = {label.casefold(): uid for uid, label in choices.items.get(self.kind, {}).items()}
        for typed in form.getlist(f"{name}-add"):
            words = normalise_line(typed)
            if not words:
                continue
            uid = by_label.get(words.casefold())
            if uid is None:
                raise FieldError(
                    N_("“%(typed)s” belum ada di peta jalan ini. Pilih dari saran."), typed=words[:80]
                )
            ticked.add(uid)
        return self._few(ticked)


class Item(FieldType):
    """A link to one item of a kind, or none."""

    widget = "item"
    empty = None

    def __init__(self, kind: str) -> None:
        """Name the kind."""
        super().__init__()
        self.kind = kind

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read a uid or a title."""
        words = normalise_line(_one(form, name))
        if not words:
            return None
        known = choices.items.get(self.kind, {})
        by_label = {label.casefold(): uid for uid, label in known.items()}
        return words if words in known else by_label.get(words.casefold(), words)

    def load(self, value: Plain) -> object:
        """Take None for none."""
        return value or None

    def references(self, value: Plain) -> set[str]:
        """Name the item."""
        return {value} if isinstance(value, str) and value else set()


class Codes(Several):
    """Codes, one a line."""

    widget = "codes"

    def raw(self, name: str, value: Plain) -> Raw:
        """Show one a line."""
        return {name: ["\n".join(value) if isinstance(value, list) else ""]}

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read one a line; commas and semicolons part them too."""
        del choices
        codes = {normalise_line(code) for code in re.split(r"[\n,;]", _one(form, name))} - {""}
        if any(len(code) > LONGEST_CODE for code in codes):
            raise FieldError(N_("Satu kode paling panjang 60 huruf."))
        return self._few(codes)

    def references(self, value: Plain) -> set[str]:
        """Codes name nothing of ours."""
        del value
        return set()


class Rows(FieldType):
    """A map, typed as rows; merges key by key."""

    merge = Merge.MAP
    empty: Plain = {}
    parts: tuple[str, ...] = ()

    def load(self, value: Plain) -> object:
        """Give the column a map with its keys in order."""
        return dict(sorted(value.items())) if isinstance(value, dict) else {}

    def _rows(self, name: str, form: Typed) -> list[tuple[str, ...]]:
        """Read the rows that are not empty, in order."""
        rows = []
        for index in range(MOST_ROWS):
            row = tuple(normalise_line(_one(form, f"{name}-{index}-{part}")) for part in self.parts)
            if any(row):
                rows.append(row)
        return rows

    def _raw_rows(self, name: str, rows: Sequence[Sequence[str]]) -> Raw:
        return {
            f"{name}-{index}-{part}": [value]
            for index, row in enumerate(rows)
            for part, value in zip(self.parts, row, strict=True)
        }


class Money(Rows):
    """Whole rupiah for each year and source; the key is 'year source'."""

    widget = "money"
    parts = ("year", "source", "amount")

    def __init__(self, sources: Mapping[str, str]) -> None:
        """Map each stored source to its words."""
        super().__init__()
        self.sources = sources

    def raw(self, name: str, value: Plain) -> Raw:
        """Show a row for each year and source."""
        entries = sorted(value.items()) if isinstance(value, dict) else []
        return self._raw_rows(
            name, [(*key.split(" ", 1), write_number(str(amount))) for key, amount in entries]
        )

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the rows; two rows of one year and source are refused, not added up."""
        del choices
        money: dict[str, int] = {}
        for year_text, source, amount_text in self._rows(name, form):
            if not amount_text:
                continue
            year = read_year(year_text)
            if year is None:
                raise FieldError(N_("Isi tahun untuk %(amount)s."), amount=amount_text[:40])
            if source not in self.sources:
                raise FieldError(N_("Pilih sumber dana untuk tahun %(year)s."), year=year)
            try:
                amount = read_rupiah(amount_text)
            except Unreadable as problem:
                raise FieldError(str(problem)) from problem
            if amount > MOST_RUPIAH:
                raise FieldError(N_("Jumlah untuk tahun %(year)s terlalu besar."), year=year)
            key = f"{year} {source}"
            if key in money:
                raise FieldError(N_("Tahun %(year)s dengan sumber yang sama tertulis dua kali."), year=year)
            money[key] = amount
        return dict(sorted(money.items()))


class Targets(Rows):
    """A figure for each year; *tidak tersedia* apart from empty."""

    widget = "targets"
    parts = ("year", "value", "na")

    def raw(self, name: str, value: Plain) -> Raw:
        """Show a row for each year."""
        entries = sorted(value.items()) if isinstance(value, dict) else []
        return self._raw_rows(
            name,
            [
                (year, "", "1") if figure == NOT_AVAILABLE else (year, write_for_form(str(figure)), "")
                for year, figure in entries
            ],
        )

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the rows."""
        del choices
        targets: dict[str, str] = {}
        for year_text, value, missing in self._rows(name, form):
            figure = read_figure(value, is_missing=bool(missing))
            if figure is None:
                continue
            year = read_year(year_text)
            if year is None:
                raise FieldError(N_("Isi tahun untuk target %(value)s."), value=value[:40])
            if str(year) in targets:
                raise FieldError(N_("Target tahun %(year)s tertulis dua kali."), year=year)
            targets[str(year)] = figure
        return dict(sorted(targets.items()))


class Evidence(Rows):
    """Links with what they show; the key is the link."""

    widget = "evidence"
    parts = ("title", "link")

    def raw(self, name: str, value: Plain) -> Raw:
        """Show a row for each link."""
        entries = sorted(value.items()) if isinstance(value, dict) else []
        return self._raw_rows(name, [(str(title), link) for link, title in entries])

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the rows; only http and https links are taken, and none is ever fetched."""
        del choices
        evidence: dict[str, str] = {}
        for title, link in self._rows(name, form):
            if not link:
                raise FieldError(N_("Isi tautan untuk “%(title)s”."), title=title[:80])
            evidence[read_link(link)] = self._bounded(title)
        return dict(sorted(evidence.items()))


def read_link(text: str) -> str:
    """Read an http or https link. Raises FieldError for anything else."""
    try:
        parts = urlsplit(text)
    except ValueError as problem:
        raise FieldError(N_("Tautan ini tidak dapat dibaca. Salin lagi dari peramban.")) from problem
    if (
        parts.scheme.lower() not in {"http", "https"}
        or not parts.netloc
        or " " in text
        or len(text) > LONGEST_LINK
    ):
        raise FieldError(N_("Tautan dimulai dengan https:// atau http://."))
    return text


def read_year(text: str) -> int | None:
    """Read a year, or None for nothing. Raises FieldError outside the years a plan can speak of."""
    bare = text.strip()
    if not bare:
        return None
    if not (bare.isascii() and bare.isdecimal()) or not FIRST_YEAR <= int(bare[:9]) <= LAST_YEAR:
        raise FieldError(N_("Tulis tahun dengan empat angka, misalnya 2026."))
    return int(bare)


def read_figure(text: str, *, is_missing: bool) -> str | None:
    """Read a figure: a number, NA where it is said to be missing, or None for nothing."""
    bare = text.strip()
    if is_missing or bare.casefold() in {"na", "n/a", "tidak tersedia"}:
        return NOT_AVAILABLE
    if not bare:
        return None
    if bare.casefold() == "nihil":
        return "0"
    try:
        number: Decimal = read_number(bare)
    except Unreadable as problem:
        raise FieldError(str(problem)) from problem
    return plain_decimal(number)


def pick_organisation(words: str, choices: Choices) -> str | None:
    """Find the office a person means by uid, name or abbreviation. Raises FieldError for one that is not registered."""
    if not words:
        return None
    if words in choices.organisations:
        return words
    uid = choices.organisation_names.get(words.casefold())
    if uid is None:
        raise FieldError(
            N_(
                "“%(typed)s” belum ada di daftar kantor dan lembaga. Pilih dari saran, "
                "atau minta admin daerah menambahkannya."
            ),
            typed=words[:80],
        )
    return uid


def _one(form: Typed, name: str) -> str:
    values = form.getlist(name)
    return values[0] if values else ""


def _last_day(year: int, month: int) -> date:
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - timedelta(days=1)
