"""Figures as people write them: with a unit, a year, an arrow; NA apart from nihil; what is no figure is said."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from roadmap.history.canonical import NOT_AVAILABLE, plain_decimal
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.likeness import fold
from roadmap.intake.synonyms import DASHES, NIHIL_WORDS, NOT_AVAILABLE_WORDS, SCALES
from roadmap.text.normal import normalise_line
from roadmap.text.numbers import LONGEST_NUMBER, TwoWays, Unreadable, decimal_sign_of, read_number
from roadmap.text.words import N_

PERCENT = "persen"
LONGEST_FIGURE = 200
LONGEST_UNIT = 60
_START = re.compile(r"[+\-\N{MINUS SIGN}]?\d[\d.,]*")
# Thousands parted by spaces, as in 1 081 275; two numbers beside each other are not one.
_SPACED = re.compile(r"[+\-\N{MINUS SIGN}]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?![\d.,])")
_BOUND = re.compile(
    r"[<>≥≤±~≈]|(?:lebih dari|kurang dari|minimal|maksimal|min\.|maks\.|paling|di atas|di bawah|sekitar|kurang lebih"
    r"|sampai dengan|hingga|at least|at most|more than|less than|about)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:-|–|—|s\.?/?d\.?|sampai|hingga|to|/|:)\s*\d", re.IGNORECASE)
_YEAR_AFTER = re.compile(
    r"[\s,;]*(?:\((?:data |th\.? ?|thn\.? ?|tahun )?((?:19|20)\d\d)\)"
    r"|[,;]?\s(?:pada )?(?:tahun|thn|th)\.? ((?:19|20)\d\d))$",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?:target |tahun |thn\.? ?|th\.? ?)?((?:19|2[01])\d\d|2200)\s*[:=]\s*", re.IGNORECASE
)
_ARROWS = {
    "↓": "turun",
    "▼": "turun",
    "↘": "turun",
    "⬇": "turun",
    "↑": "naik",
    "▲": "naik",
    "↗": "naik",
    "⬆": "naik",
}
_BECOMES = re.compile(
    r"(menurun|turun|naik|meningkat)\s+(?:menjadi|ke|jadi|hingga menjadi)\s+", re.IGNORECASE
)
_CHANGES = re.compile(
    r"(?:menurun|turun|penurunan|naik|meningkat|kenaikan|peningkatan|bertambah|berkurang)\b", re.IGNORECASE
)
_UNIT = re.compile(r"[^\W\d_][\w\s./²³°()-]*|%|‰")


@dataclass(frozen=True)
class Figure:
    """A figure with what stands beside it in the same words."""

    value: str
    unit: str = ""
    year: int | None = None
    direction: str = ""


class NoFigure(ValueError):
    """The words are no figure the plan has a place for; says what to do."""

    def __init__(self, sentence: str, **values: object) -> None:
        """Keep the sentence untranslated."""
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


def no_date(cell: Cell) -> NoFigure:
    """Make the refusal of a date that stands where a figure is expected."""
    return NoFigure(
        N_("Sel ini berisi tanggal (%(date)s), bukan angka. Excel mungkin mengubahnya; tulis lagi angkanya."),
        date=cell.text,
    )


class Dash(ValueError):
    """A dash stands where a figure is expected: nothing, nihil, or not available."""


def is_not_available(text: str) -> bool:
    """Tell whether words say that there is no figure to be had."""
    return len(text) <= LONGEST_FIGURE and fold(text) in NOT_AVAILABLE_WORDS


def is_dash(text: str) -> bool:
    """Tell whether a text is nothing but a dash."""
    return text.strip() in DASHES


def read_figure_cell(cell: Cell, decimal: str | None) -> Figure | None:
    """Read a cell as a figure; None for nothing. Raises NoFigure, Dash, and TwoWays where it has to be asked."""
    match cell.kind:
        case CellKind.NUMBER:
            return _real_number(cell)
        case CellKind.DATE:
            raise no_date(cell)
        case CellKind.FLAG:
            raise NoFigure(N_("Tulis angka saja, misalnya 72,9."))
    return read_figure_text(cell.text, decimal)


def read_figure_text(text: str, decimal: str | None) -> Figure | None:
    """Read words as a figure; None for nothing. Raises as `read_figure_cell` does."""
    bare = normalise_line(text[: LONGEST_FIGURE * 2])
    if not bare:
        return None
    if len(bare) > LONGEST_FIGURE:
        raise NoFigure(N_("Ini uraian, bukan angka. Tulis angkanya saja, lalu pindahkan uraiannya."))
    rest, year = _without_year(bare)
    if not rest:
        return None
    if is_dash(rest):
        raise Dash
    if fold(rest) in NOT_AVAILABLE_WORDS:
        return Figure(NOT_AVAILABLE, year=year)
    if fold(rest) in NIHIL_WORDS:
        return Figure("0", year=year)
    return replace(_with_direction(rest, decimal), year=year)


def decimal_sign_in(text: str) -> str | None:
    """Tell the sign for decimals that the number in a text gives away."""
    found = _number_at_start(_to_the_number(text))
    return decimal_sign_of(found) if found else None


def _real_number(cell: Cell) -> Figure:
    try:
        number = Decimal(cell.text)
    except ArithmeticError as problem:
        raise NoFigure(N_("Tulis angka saja, misalnya 72,9.")) from problem
    if not number.is_finite() or number.adjusted() > LONGEST_NUMBER:
        raise NoFigure(N_("Tulis angka saja, misalnya 72,9."))
    if cell.is_percent:
        return Figure(plain_decimal(number.scaleb(2)), PERCENT)
    return Figure(plain_decimal(number))


def _without_year(bare: str) -> tuple[str, int | None]:
    before, after = _YEAR_BEFORE.match(bare), _YEAR_AFTER.search(bare[-40:])
    if after:
        return bare[: len(bare) - len(after.group(0))].strip(" ,;"), int(after.group(1) or after.group(2))
    if before:
        return bare[before.end() :].strip(" ,;"), int(before.group(1))
    return bare.strip(" ,;"), None


def _with_direction(bare: str, decimal: str | None) -> Figure:
    becomes = _BECOMES.match(bare)
    if becomes:
        word = "turun" if becomes.group(1).lower() in {"turun", "menurun"} else "naik"
        return replace(_with_unit(bare[becomes.end() :], decimal), direction=word)
    for end in (0, -1):
        if bare[end : end + 1 or None] in _ARROWS:
            return replace(
                _with_unit(bare.strip("".join(_ARROWS) + " "), decimal), direction=_ARROWS[bare[end]]
            )
    return _with_unit(bare, decimal)


def _with_unit(bare: str, decimal: str | None) -> Figure:
    if _BOUND.match(bare):
        raise NoFigure(
            N_(
                "Batas seperti “%(typed)s” belum punya tempat. Tulis angkanya saja, lalu sebutkan batasnya di ukuran."
            ),
            typed=bare,
        )
    if _CHANGES.match(bare) or bare.startswith("+"):
        raise NoFigure(
            N_("“%(typed)s” menyebut perubahan, bukan angka yang ingin dicapai. Tulis angka tujuannya."),
            typed=bare,
        )
    number = _number_at_start(bare)
    if not number:
        raise NoFigure(N_("Tulis angka saja, misalnya 72,9."))
    rest = bare[len(number) :]
    if _RANGE.match(rest):
        raise NoFigure(
            N_(
                "“%(typed)s” memuat lebih dari satu angka. Tulis satu angka, lalu sebutkan sisanya di uraian."
            ),
            typed=bare,
        )
    return _figure(number.rstrip(".,"), rest.strip(), bare, decimal)


def _figure(number: str, rest: str, bare: str, decimal: str | None) -> Figure:
    try:
        value = read_number(number, decimal)
    except TwoWays:
        raise
    except Unreadable as problem:
        raise NoFigure(str(problem)) from problem
    first, _space, more = rest.partition(" ")
    if first.casefold() in SCALES and len(first) > 1:
        value, rest = value * SCALES[first.casefold()], more.strip()
    return Figure(plain_decimal(value), _unit(rest, bare))


def _unit(rest: str, bare: str) -> str:
    if not rest:
        return ""
    if rest[0] in "%‰" and rest[1:].strip():
        rest = f"{rest[0]} {rest[1:].strip()}"
    if len(rest) > LONGEST_UNIT or not _UNIT.fullmatch(rest):
        raise NoFigure(
            N_("“%(typed)s” memuat lebih dari satu angka. Tulis satu angka, lalu sebutkan sisanya di uraian.")
            if any(sign.isdigit() for sign in rest)
            else N_("Tulis angkanya saja; “%(rest)s” belum punya tempat di sini."),
            typed=bare,
            rest=rest,
        )
    return PERCENT if rest == "%" else rest


def _to_the_number(text: str) -> str:
    bare = normalise_line(text[: LONGEST_FIGURE * 2])
    year = _YEAR_BEFORE.match(bare)
    bare = bare[year.end() :] if year else bare
    becomes = _BECOMES.match(bare)
    return (bare[becomes.end() :] if becomes else bare).strip("".join(_ARROWS) + " ")


def _number_at_start(bare: str) -> str:
    found = _SPACED.match(bare) or _START.match(bare)
    return found.group(0) if found else ""
