"""What is asked once for a whole column, and what its own cells decide: signs for decimals, days and months, scale."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from roadmap.clock import now
from roadmap.exchange.columns import PERIOD, Target
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.candidates import Asks, Option, Question, Trouble, Where
from roadmap.intake.layouts import Reading
from roadmap.intake.naming import Names
from roadmap.intake.values.dates import days_tell
from roadmap.intake.values.figures import decimal_sign_in
from roadmap.intake.values.money import is_bare, read_amount_cell
from roadmap.intake.values.parts import Cells, Understood, column_key
from roadmap.intake.values.understanding import understand, understand_period
from roadmap.intake.values.written import text_of
from roadmap.plan.fields import Choices, Money, Month, Number, Targets
from roadmap.plan.kinds import SOURCES, Field
from roadmap.text.numbers import TwoWays, Unreadable, read_number
from roadmap.text.words import N_

# A pagu below this is hardly meant in whole rupiah.
SMALLEST_PAGU = 1_000_000
THOUSAND, MILLION = 1_000, 1_000_000
YEARS_AROUND = 6
YEARS_BEFORE = 2
# How our own workbook writes.
OURS = Reading(decimal=",", day_first=True, scale=1, dash="")


def settle(target: Target, field: Field | None, cells: Cells, reading: Reading) -> Reading:
    """Complete a column's reading by what its own cells decide; what they leave open or contradict stays None."""
    if not _has_figures(target, field):
        return reading
    texts = [text_of(cell) for _where, cell in cells if cell.kind is CellKind.TEXT]
    if reading.decimal is None:
        reading = replace(reading, decimal=_agreed(map(decimal_sign_in, texts)))
    if reading.day_first is None:
        reading = replace(reading, day_first=_agreed(map(days_tell, texts)))
    if reading.scale is None and isinstance(field and field.type, Money) and not _small(cells, reading):
        reading = replace(reading, scale=1)
    return reading


def ask_about(
    target: Target,
    field: Field | None,
    cells: Cells,
    reading: Reading,
    *,
    years: Sequence[int] = (),
    has_periods: bool = False,
) -> list[Question]:
    """Give the questions about a whole column, each once with all the cells it concerns.

    `has_periods`: the rows say themselves when what they speak of begins and ends.
    `cells` are all cells of the column; `field` is None for a column that holds beginning and end. What the cells
    themselves decide is not asked. An answered question is not asked again: give the reading with its answers.
    """
    if not cells or not _has_figures(target, field):
        return []
    known = settle(target, field, cells, reading)
    waiting: dict[str, list[Where]] = {}
    for where, cell in cells:
        for key in _waits(target, field, where, cell, known):
            waiting.setdefault(key.partition(":")[0], []).append(where)
    if isinstance(field and field.type, Money) and known.scale is None:
        waiting["scale"] = [where for where, cell in cells if is_bare(cell)]
    found = [_question(asks, cells, waiting[asks], years) for asks in Asks if waiting.get(asks)]
    return [_with_row_years(one, field) for one in found] if has_periods else found


def left_open(told: Understood, asked: Container[str], cells: Cells) -> list[Trouble]:
    """Give a trouble for each question that some cells wait for and nobody asks (`asked`: the keys that are)."""
    where, cell = cells[0]
    return [
        Trouble(where, _LEFT_OPEN[Asks(key.partition(":")[0])], {}, cell.text[:80])
        for key in sorted(told.waits)
        if key not in asked
    ]


_LEFT_OPEN: Mapping[str, str] = {
    Asks.NUMBERS: N_("Angka ini dapat dibaca dua cara. Tulis tanpa pemisah ribuan, misalnya 1500 atau 1,5."),
    Asks.DATES: N_("Tulis bulan dan tahun, misalnya Desember 2026."),
    Asks.SCALE: N_("Tulis rupiah bulat, misalnya 420.000.000."),
    Asks.YEAR: N_("Tahunnya belum disebut. Tulis bersama tahunnya, misalnya “2026: 10”."),
    Asks.SOURCE: N_(
        "Sumber dananya belum disebut. Tulis bersama sumbernya, misalnya “2026 APBD: 420.000.000”."
    ),
    Asks.DASH: N_("Tanda “-” dapat berarti nihil atau tidak tersedia. Tulis salah satunya, atau kosongkan."),
}


def apply_answers(reading: Reading, sheet: int, column: int, answers: Mapping[str, str]) -> Reading:
    """Give a column's reading with the answers to its questions; answers that are none of the options are left."""
    changes: dict[str, Any] = {}
    for asks, (name, options) in _ANSWERS.items():
        answer = answers.get(f"{asks}:{sheet}-{column}", "")
        if answer in options:
            changes[name] = options[answer]
    year = answers.get(f"{Asks.YEAR}:{sheet}-{column}", "")
    if year.isascii() and year.isdecimal() and len(year) == 4:  # noqa: PLR2004 - a year
        changes |= {"year": int(year), "year_from": None}
    elif year in _ROW_YEARS:
        changes |= {"year": None, "year_from": year}
    return replace(reading, **changes)


_ANSWERS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    Asks.NUMBERS: ("decimal", {",": ",", ".": "."}),
    Asks.DATES: ("day_first", {"day": True, "month": False}),
    Asks.SCALE: ("scale", {"1": 1, "1000": THOUSAND, "1000000": MILLION}),
    Asks.SOURCE: ("source", {source: source for source in SOURCES}),
    Asks.DASH: ("dash", {"empty": "", "0": "0", "NA": "NA"}),
}


def _has_figures(target: Target, field: Field | None) -> bool:
    return target.field == PERIOD or isinstance(field and field.type, Money | Month | Number | Targets)


def _agreed(told: Iterable[Any]) -> Any:
    said = {one for one in told if one is not None}
    return said.pop() if len(said) == 1 else None


def _small(cells: Cells, reading: Reading) -> bool:
    """Tell whether all amounts that say no scale of their own are too small to be whole rupiah."""
    amounts = []
    for _where, cell in cells:
        if not is_bare(cell):
            continue
        try:
            amount = read_amount_cell(cell, 1, reading.decimal)
        except (Unreadable, ValueError):
            # 70,5 is no whole rupiah: a fraction of something larger.
            amounts.append(1)
            continue
        if amount and amount.rupiah:
            amounts.append(amount.rupiah)
    return bool(amounts) and max(amounts) < SMALLEST_PAGU


def _waits(target: Target, field: Field | None, where: Where, cell: Cell, reading: Reading) -> set[str]:
    nobody = Names(Choices(), (), {})
    cells = [(where, cell)]
    if field is None:
        return understand_period(cells, reading, nobody).waits
    return understand(field, target, cells, reading, nobody).waits


def _question(asks: str, cells: Cells, where: list[Where], years: Sequence[int]) -> Question:
    first = next((cell for place, cell in cells if place == where[0]), None)
    typed = text_of(first) or first.text if first else ""
    options: tuple[Option, ...] = ()
    default: str | None = None
    match asks:
        case Asks.NUMBERS:
            options = _number_options(typed)
        case Asks.DATES:
            options = _date_options(typed)
        case Asks.SCALE:
            options = _scale_options(typed)
        case Asks.YEAR:
            options = tuple(
                Option(str(year), N_("Tahun %(year)s"), {"year": str(year)})
                for year in _with_years_before(years) or _years_around()
            )
        case Asks.SOURCE:
            options = tuple(Option(source, words) for source, words in SOURCES.items())
        case _:
            options, default = _DASHES, "empty"
    return Question(column_key(asks, where[0]), Asks(asks), typed[:200], options, tuple(where), default)


_ROW_YEARS: Mapping[str, str] = {
    "starts_on": N_("Tahun mulai setiap baris"),
    "ends_on": N_("Tahun selesai setiap baris"),
    "spread": N_("Dibagi rata ke semua tahun pelaksanaan setiap baris"),
}


def _with_row_years(question: Question, field: Field | None) -> Question:
    """Offer the years of the rows themselves before those that would hold for all of them."""
    if question.asks is not Asks.YEAR or not isinstance(field and field.type, Money | Targets):
        return question
    is_target = isinstance(field and field.type, Targets)
    own = [Option(name, words) for name, words in _ROW_YEARS.items() if not (is_target and name == "spread")]
    default = "ends_on" if is_target else question.default
    return replace(question, options=(*own, *question.options), default=default)


_DASHES = (
    Option("empty", N_("Tidak diisi")),
    Option("0", N_("0 (nihil)")),
    Option("NA", N_("Tidak tersedia")),
)


def _number_options(typed: str) -> tuple[Option, ...]:
    word = _two_ways_in(typed)
    return tuple(_number_option(word, sign, *sentences) for sign, sentences in _SIGNS.items())


# Of a figure that can be read two ways one reading is some thousands, the other a fraction.
_SIGNS: Mapping[str, tuple[str, str, str]] = {
    ",": (
        N_("Koma untuk desimal, titik untuk ribuan: “%(typed)s” berarti %(whole)s koma %(rest)s"),
        N_("Koma untuk desimal, titik untuk ribuan: “%(typed)s” berarti %(whole)s ribu %(rest)s"),
        N_("Koma untuk desimal, titik untuk ribuan: “%(typed)s” berarti %(whole)s ribu"),
    ),
    ".": (
        N_("Titik untuk desimal, koma untuk ribuan: “%(typed)s” berarti %(whole)s koma %(rest)s"),
        N_("Titik untuk desimal, koma untuk ribuan: “%(typed)s” berarti %(whole)s ribu %(rest)s"),
        N_("Titik untuk desimal, koma untuk ribuan: “%(typed)s” berarti %(whole)s ribu"),
    ),
}


def _number_option(word: str, sign: str, as_fraction: str, in_thousands: str, whole_thousands: str) -> Option:
    whole, _sign, rest = word.replace(",", ".").partition(".")
    if sign in word:
        return Option(sign, as_fraction, {"typed": word, "whole": whole, "rest": rest.rstrip("0") or "0"})
    rest = rest.lstrip("0")
    return Option(
        sign, in_thousands if rest else whole_thousands, {"typed": word, "whole": whole, "rest": rest}
    )


def _two_ways_in(typed: str) -> str:
    for word in typed[:200].replace("Rp", " ").split():
        try:
            read_number(word.strip("%();:"))
        except TwoWays:
            return word.strip("%();:")
        except Unreadable:
            continue
    return typed[:40]


def _date_options(typed: str) -> tuple[Option, ...]:
    one, other, *_rest = [*"".join(sign if sign.isdigit() else " " for sign in typed[:40]).split(), "", ""]
    return (
        Option(
            "day",
            N_("Hari dahulu: “%(typed)s” adalah tanggal %(day)s bulan %(month)s"),
            {"typed": typed[:40], "day": one, "month": other},
        ),
        Option(
            "month",
            N_("Bulan dahulu: “%(typed)s” adalah tanggal %(day)s bulan %(month)s"),
            {"typed": typed[:40], "day": other, "month": one},
        ),
    )


def _scale_options(typed: str) -> tuple[Option, ...]:
    return tuple(
        Option(str(scale), sentence, {"typed": typed[:40]})
        for scale, sentence in (
            (1, N_("Rupiah penuh: “%(typed)s” dibaca apa adanya")),
            (THOUSAND, N_("Ribuan rupiah: “%(typed)s” ribu rupiah")),
            (MILLION, N_("Jutaan rupiah: “%(typed)s” juta rupiah")),
        )
    )


def _with_years_before(years: Sequence[int]) -> list[int]:
    """Give the years of a roadmap, and before them those of tables that are not yet old."""
    return [*range(now().year - YEARS_BEFORE, min(years)), *years] if years else []


def _years_around() -> range:
    this = now().year
    return range(this - YEARS_AROUND // 2, this + YEARS_AROUND)
