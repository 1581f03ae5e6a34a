"""Fields of several rows: money, targets and evidence."""

from collections.abc import Mapping, Sequence

from roadmap.history.canonical import NOT_AVAILABLE
from roadmap.history.models import Plain
from roadmap.history.shapes import Merge
from roadmap.plan.fields.base import Choices, FieldError, FieldType, Raw, Typed, first
from roadmap.plan.fields.reading import read_figure, read_link, read_year
from roadmap.text.normal import normalise_line
from roadmap.text.numbers import Unreadable, read_rupiah, write_for_form, write_number
from roadmap.text.words import N_

MOST_RUPIAH = 10**15
MOST_ROWS = 60


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
            row = tuple(normalise_line(first(form, f"{name}-{index}-{part}")) for part in self.parts)
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
