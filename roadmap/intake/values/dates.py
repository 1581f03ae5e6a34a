"""Months and periods as people write them: 31/12/2026, Desember 2026, TW3 2026, B04 2026, Semester 1 2026, 2026."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roadmap.intake.books import Cell, CellKind
from roadmap.intake.synonyms import MONTHS, ROMAN
from roadmap.plan.fields import FIRST_YEAR, LAST_YEAR
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_

LONGEST_DATE = 120
LAST_MONTH = 12
# A date that lost its format: the number of days since the end of 1899, for the years 2000 to 2060.
FIRST_SERIAL, LAST_SERIAL = 36_526, 58_805
_NUMERIC = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T].{0,20})?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})\s?[/-]\s?(\d{1,2})")
_WORDS = re.compile(r"(?:(\d{1,2})\s?[-/. ]?\s?)?([a-z]{3,9})(?:\s?[-/., ']?\s?(\d{4}|\d{2}))?")
_PART = re.compile(
    r"(tw|twl|triwulan|kuartal|quarter|q|semester|smt|sem|smstr|catur ?wulan|cawu|b)\s?[.\-]?\s?(?:ke\s?-?\s?)?"
    r"(iv|iii|ii|i|\d{1,2})\s?[-/., ]?\s?(?:tahun\s?)?(\d{4})?"
)
_PART_BEFORE = re.compile(
    r"(\d{4})\s?[-/., ]?\s?(tw|triwulan|q|semester|smt|b)\s?[.\-]?\s?(iv|iii|ii|i|\d{1,2})"
)
_YEAR = re.compile(r"(?:(?:tahun|thn|th|ta|t\.a|year|fy)\.?\s?(?:anggaran\s?)?)?(\d{4})")
_BETWEEN = re.compile(
    r"\s+(?:s\.?/?d\.?|sd|sampai(?: dengan)?|hingga|to|until)\s+|\s?[–—]\s?|\s-\s|\ss/d\s?|\ss\.d\.\s?"
)
_SHORT_END = re.compile(r"(?:iv|iii|ii|i|[1-4])(?:\s?[-/., ]?\s?\d{4})?")
_LISTED = re.compile(r"\s?(?:,|;|&|\bdan\b)\s?")
_MONTHS_IN = {"tw": 3, "semester": 6, "cawu": 4}
_REPORTS = {3: 3, 6: 3, 9: 3, 4: 4, 8: 4, 12: 4}


@dataclass(frozen=True)
class Span:
    """From the first to the last day that some words name."""

    first: date
    last: date
    # Whether the words named both its ends.
    is_period: bool = False

    def on(self, *, at_end: bool) -> str:
        """Give the one of them that a field means."""
        return (self.last if at_end else self.first).isoformat()

    def to_month_end(self) -> "Span":
        """Give it with the whole of its last month."""
        return Span(self.first, _month(self.last.year, self.last.month).last)


class NoDate(ValueError):
    """The words name no month; says what to do."""

    def __init__(self, sentence: str, **values: object) -> None:
        """Keep the sentence untranslated."""
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


class TwoDays(ValueError):
    """03/04/2026 is the 3rd of April or the 4th of March."""


class NoYear(ValueError):
    """A month or a part of a year stands there without its year."""


def read_span_cell(cell: Cell, *, day_first: bool | None, year: int | None) -> Span | None:
    """Read a cell as a day, a month, a part of a year, a year or a period; None for nothing.

    Raises NoDate, TwoDays where day and month could be exchanged, and NoYear where a year has to be known.
    """
    match cell.kind:
        case CellKind.DATE:
            day = _real_date(cell.text)
            return Span(day, day)
        case CellKind.NUMBER:
            return _from_number(cell.text)
        case CellKind.FLAG:
            raise _unclear()
    return read_span(cell.text, day_first=day_first, year=year)


def read_span(text: str, *, day_first: bool | None = None, year: int | None = None) -> Span | None:
    """Read words as a day, a month, a part of a year, a year or a period; raises as `read_span_cell` does."""
    bare = normalise_line(text[: LONGEST_DATE * 2]).casefold().strip(" .,;")
    if not bare or bare in {"-", "–", "—"}:
        return None
    if len(bare) > LONGEST_DATE:
        raise _unclear()
    single = _single(bare, day_first=day_first, year=year)
    return single or _period(bare, day_first=day_first, year=year)


def days_tell(text: str) -> bool | None:
    """Tell whether a date of figures, alone or at an end of a period, gives away that the day comes first.

    None where none of them does, or where they contradict one another.
    """
    bare = normalise_line(text[:LONGEST_DATE]).casefold().strip(" .,;")
    told = {_day_tells(one) for one in (bare, *_ends(bare))} - {None}
    return told.pop() if len(told) == 1 else None


def _day_tells(bare: str) -> bool | None:
    found = _NUMERIC.fullmatch(bare)
    if not found:
        return None
    one, other = int(found.group(1)), int(found.group(2))
    if one > LAST_MONTH >= other:
        return True
    return False if other > LAST_MONTH >= one else None


def leaves_years_out(text: str) -> bool:
    """Tell whether a text lists years with others missing between them: "2026, 2028"."""
    listed = _LISTED.split(normalise_line(text[:LONGEST_DATE]).casefold().strip(" .,;"))
    if len(listed) < 2 or not all(re.fullmatch(r"\d{4}", one) for one in listed):  # noqa: PLR2004 - several
        return False
    years = [int(one) for one in listed]
    return max(years) - min(years) + 1 > len(set(years))


def _single(bare: str, *, day_first: bool | None, year: int | None) -> Span | None:
    if found := _ISO.fullmatch(bare):
        return _day(int(found.group(1)), int(found.group(2)), int(found.group(3)))
    if found := _NUMERIC.fullmatch(bare):
        return _numeric(found, day_first=day_first)
    if found := _MONTH_YEAR.fullmatch(bare):
        return _month(int(found.group(2)), int(found.group(1)))
    if found := _YEAR.fullmatch(bare):
        return _year(int(found.group(1)))
    return _part_or_words(bare, year)


def _part_or_words(bare: str, year: int | None) -> Span | None:
    if found := _PART.fullmatch(bare):
        return _part(found.group(1), found.group(2), found.group(3), year)
    if found := _PART_BEFORE.fullmatch(bare):
        return _part(found.group(2), found.group(3), found.group(1), year)
    if found := _WORDS.fullmatch(_without_filler(bare)):
        return _in_words(found, year)
    if (found := _YEAR_MONTH.fullmatch(bare)) and 1 <= int(found.group(2)) <= LAST_MONTH:
        return _month(int(found.group(1)), int(found.group(2)))
    return None


def _without_filler(bare: str) -> str:
    return re.sub(r"\b(?:bulan|tahun|tanggal|tgl|bln|thn)\b\.?\s?", "", bare).strip()


def _numeric(found: re.Match[str], *, day_first: bool | None) -> Span:
    one, other, year = int(found.group(1)), int(found.group(2)), _full_year(found.group(3))
    if one <= LAST_MONTH and other <= LAST_MONTH and one != other:
        if day_first is None:
            raise TwoDays
        return _day(year, other, one) if day_first else _day(year, one, other)
    return _day(year, one, other) if other > LAST_MONTH else _day(year, other, one)


def _in_words(found: re.Match[str], year: int | None) -> Span | None:
    day, word, typed_year = found.groups()
    number = MONTHS.get(word)
    if number is None:
        return None
    if typed_year is None and year is None:
        if day and int(day) > 31:  # noqa: PLR2004 - no month has more days
            raise _unclear()
        raise NoYear
    whole = _full_year(typed_year) if typed_year else year or 0
    return _day(whole, number, int(day)) if day else _month(whole, number)


def _part(sort: str, number: str, typed_year: str | None, year: int | None) -> Span:
    if typed_year is None and year is None:
        raise NoYear
    whole = int(typed_year) if typed_year else year or 0
    which = ROMAN.get(number) or int(number)
    if sort == "b":
        if which not in _REPORTS:
            raise _unclear()
        return Span(_month(whole, which - _REPORTS[which] + 1).first, _month(whole, which).last)
    length = _MONTHS_IN["semester" if sort.startswith("s") else "cawu" if sort.startswith("c") else "tw"]
    if not 1 <= which <= LAST_MONTH // length:
        raise _unclear()
    return Span(_month(whole, (which - 1) * length + 1).first, _month(whole, which * length).last)


def _period(bare: str, *, day_first: bool | None, year: int | None) -> Span:
    years = re.fullmatch(r"(\d{4})(?:\s?[-–—/]\s?|\s?(?:s\.?/?d\.?|sampai|hingga)\s?)(\d{4})", bare)
    if years:
        return _from_to(_year(int(years.group(1))), _year(int(years.group(2))))
    listed = _LISTED.split(bare)
    if len(listed) > 1 and all(re.fullmatch(r"\d{4}", one) for one in listed):
        return _from_to(_year(int(listed[0])), _year(int(listed[-1])))
    ends = _ends(bare)
    if len(ends) != 2:  # noqa: PLR2004 - from and to
        raise _unclear()
    last = _single(ends[1], day_first=day_first, year=year)
    # "Januari – Desember 2026": the year stands once.
    first = _single(ends[0], day_first=day_first, year=last.last.year if last else year)
    if first is None or last is None:
        raise _unclear()
    return _from_to(first, last)


def _ends(bare: str) -> Sequence[str]:
    ends = [one.strip(" .,") for one in _BETWEEN.split(bare) if one.strip(" .,")]
    if len(ends) == 1 and bare.count("-") == 1:
        ends = [one.strip() for one in bare.split("-")]
    if len(ends) == 2 and ends[0].startswith("tw") and _SHORT_END.fullmatch(ends[1]):  # noqa: PLR2004 - from and to
        # "TW I – III 2026": the second is a part of a year as well.
        ends[1] = f"tw {ends[1]}"
    return ends


def _from_to(first: Span, last: Span) -> Span:
    if last.last < first.first:
        raise NoDate(
            N_(
                "Akhirnya lebih dulu dari awalnya. Tulis dari awal ke akhir, misalnya Januari 2026 – Maret 2027."
            )
        )
    return Span(first.first, last.last, is_period=True)


def _from_number(text: str) -> Span:
    whole = text.partition(".")[0]
    number = int(whole) if whole.isascii() and whole.isdecimal() and len(whole) < 8 else 0  # noqa: PLR2004
    if FIRST_YEAR <= number <= LAST_YEAR and text.rstrip("0") in {f"{whole}.", whole, whole.rstrip("0")}:
        return _year(number)
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        raise NoDate(
            N_(
                "Angka %(number)s mungkin tanggal %(date)s yang kehilangan bentuknya. Tulis bulan dan tahunnya."
            ),
            number=text,
            date=(date(1899, 12, 30) + timedelta(days=number)).strftime("%d/%m/%Y"),
        )
    raise _unclear()


def _real_date(text: str) -> date:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError as problem:
        raise _unclear() from problem
    _known_year(day.year)
    return day


def _day(year: int, month: int, day: int) -> Span:
    _known_year(year)
    try:
        found = date(year, month, day)
    except ValueError as problem:
        raise NoDate(N_("Tanggal ini tidak ada di kalender. Periksa hari dan bulannya.")) from problem
    return Span(found, found)


def _month(year: int, month: int) -> Span:
    _known_year(year)
    if not 1 <= month <= LAST_MONTH:
        raise _unclear()
    after = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), after - timedelta(days=1))


def _year(year: int) -> Span:
    _known_year(year)
    return Span(date(year, 1, 1), date(year, 12, 31))


def _known_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoDate(N_("Tulis tahun dengan empat angka, misalnya 2026."))


def _full_year(typed: str) -> int:
    return int(typed) if len(typed) > 2 else 2000 + int(typed)  # noqa: PLR2004 - 26 is 2026


def _unclear() -> NoDate:
    return NoDate(N_("Tulis bulan dan tahun, misalnya Desember 2026."))
