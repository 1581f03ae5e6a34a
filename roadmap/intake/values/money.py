"""Amounts of rupiah as people write them, with words for thousands and millions; sources of money by name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from roadmap.intake.books import Cell, CellKind
from roadmap.intake.likeness import fold
from roadmap.intake.synonyms import DASHES, NIHIL_WORDS, SCALES, SOURCES
from roadmap.intake.values.figures import NoFigure, no_date
from roadmap.plan.fields.rows import MOST_RUPIAH
from roadmap.text.normal import normalise_line
from roadmap.text.numbers import TwoWays, Unreadable, read_number, read_rupiah
from roadmap.text.words import N_

LONGEST_AMOUNT = 120
LONGEST_SOURCE = 80
_WHOLE = N_("Tulis rupiah bulat, misalnya 420.000.000.")
_CURRENCY = re.compile(r"^(?:rp|idr)\b\.?\s?|^rp\.?\s?(?=\d)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:\s?(?:rupiah|idr|rp)\.?)$|,-{1,2}$|,=$|\.-$", re.IGNORECASE)
_SCALED = re.compile(r"([\d.,]{1,40})\s?([a-z]{1,8})\.?", re.IGNORECASE)
_NO_CENTS = re.compile(r"[.,]0{1,2}$")
_AMOUNT = re.compile(
    r"(?:(?:rp|idr)\b\.?\s?|rp\.?\s?)?(\d(?:[\d.,]*\d)?)\s?((?:ribu|rb|juta|jt|miliar|milyar|mlr|m|triliun|t)\b)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d.,])((?:19|2[01])\d\d|2200)(?![\d.,]*\d)")
_SUFFIX_HERE = re.compile(r"\s?(?:rupiah|,-{1,2}|\.-)", re.IGNORECASE)
_EACH = re.compile(r"\s?(?:/|per\b|@|x\b)", re.IGNORECASE)
_FILLING = frozenset("tahun ta th thn anggaran pagu rp sebesar dari dana".split())
_NEXT_YEAR = re.compile(
    r"[,;]\s?(?=(?:tahun |ta\.? ?|th\.? ?)?(?:(?:19|2[01])\d\d|2200)\s?[:=(a-z])", re.IGNORECASE
)


@dataclass(frozen=True)
class Amount:
    """Whole rupiah with the year and the source its words name; `said` is a word that was taken on trust."""

    rupiah: int
    year: int | None = None
    source: str | None = None
    said: str = ""


def source_of(text: str) -> str | None:
    """Give the one source of money that words name; None for none, for several and for an unknown one."""
    found = sources_in(text)
    return found[0] if len(found) == 1 else None


def sources_in(text: str) -> list[str]:
    """Give the sources of money that words name, in order; those that are not known are left out."""
    words = _YEAR.sub(" ", text[: 4 * LONGEST_SOURCE])
    parts = [_source(part) for part in re.split(r"[\n;,/+&]|\bdan\b|\bserta\b|\batau\b", words)]
    whole = _source(words)
    # "APBD dan APBN" begins with one of them; "APBD kabupaten/kota" is one, its second part none.
    if whole and not (len(parts) > 1 and all(parts)):
        return [whole]
    return list(dict.fromkeys(filter(None, parts)))


def _source(text: str) -> str | None:
    words = re.sub(r"^\d{1,2}[.)]\s?", "", text.strip())
    folded = re.sub(r"^(?:sumber dana|sumber|dari|dana dari|anggaran|biaya)\s", "", fold(words))
    if folded in SOURCES:
        return SOURCES[folded]
    # "APBD Provinsi Jawa Tengah": the longest beginning that names one.
    pieces = folded.split()[:8]
    for length in range(len(pieces) - 1, 0, -1):
        if found := SOURCES.get(" ".join(pieces[:length])):
            return found
    return None


def read_amount_cell(cell: Cell, scale: int | None, decimal: str | None) -> Amount | None:
    """Read a cell as an amount; None for nothing. Raises NoFigure, and TwoWays where it has to be asked."""
    match cell.kind:
        case CellKind.NUMBER:
            if cell.is_percent:
                raise NoFigure(N_("Sel ini berisi persen, bukan jumlah uang. Tulis jumlahnya dalam rupiah."))
            return Amount(_whole(_decimal(cell.text), scale))
        case CellKind.DATE:
            raise no_date(cell)
        case CellKind.FLAG:
            raise NoFigure(_WHOLE)
    return read_amount(cell.text, scale, decimal)


def read_amount(text: str, scale: int | None, decimal: str | None) -> Amount | None:
    """Read words as an amount; None for nothing. `scale` and `decimal` hold for figures that do not say their own."""
    bare = normalise_line(text[: LONGEST_AMOUNT * 2])
    if len(bare) > LONGEST_AMOUNT:
        raise NoFigure(N_("Ini uraian, bukan jumlah uang. Tulis jumlahnya saja, misalnya 420.000.000."))
    plain, has_currency = _without_currency(bare)
    if not plain or plain in DASHES:
        return None
    if fold(plain) in NIHIL_WORDS:
        return Amount(0)
    scaled = _SCALED.fullmatch(plain)
    if scaled and scaled.group(2).casefold() in SCALES:
        word = scaled.group(2)
        number = _number(scaled.group(1), decimal)
        return Amount(
            _whole(number, SCALES[word.casefold()]), said=bare if word.casefold() in {"m", "t"} else ""
        )
    if scale in (None, 1) or has_currency:
        return Amount(_bounded(_rupiah(plain)))
    return Amount(_whole(_number(plain, decimal), scale))


def is_bare(cell: Cell) -> bool:
    """Tell whether a cell's amount says nothing of its scale: no Rp, no juta."""
    if cell.kind is CellKind.NUMBER:
        return True
    plain, has_currency = _without_currency(normalise_line(cell.text[:LONGEST_AMOUNT]))
    return cell.kind is CellKind.TEXT and not has_currency and bool(re.fullmatch(r"\d[\d.,]*", plain))


def entries_in(text: str, scale: int | None, decimal: str | None) -> Iterator[Amount]:
    """Read a cell that may hold several amounts with years and sources. Raises as `read_amount` does."""
    for line in text.split("\n"):
        for part in _NEXT_YEAR.split(line):
            for piece in part.split(";"):
                amount = _entry(normalise_line(piece), scale, decimal)
                if amount is not None:
                    yield amount


def _entry(piece: str, scale: int | None, decimal: str | None) -> Amount | None:
    if not piece or len(piece) > LONGEST_AMOUNT:
        return read_amount(piece, scale, decimal)
    sign = ":" if ":" in piece else "="
    key, has_key, rest = piece.partition(sign)
    if not has_key:
        try:
            return read_amount(piece, scale, decimal)
        except NoFigure:
            key, rest = _key_and_amount(piece)
    amount = read_amount(rest, scale, decimal)
    if amount is None:
        return None
    year = _YEAR.search(key)
    return Amount(amount.rupiah, int(year.group(1)) if year else None, _source_in_key(key), amount.said)


def _source_in_key(key: str) -> str | None:
    whole = fold(_YEAR.sub(" ", key))
    words = " ".join(word for word in whole.split() if word not in _FILLING)
    source = (source_of(whole) or source_of(words)) if words else None
    if words and source is None:
        raise NoFigure(
            N_(
                "Sumber dana “%(typed)s” tidak dikenal. Tulis misalnya APBD, APBN, DAK, DBHCHT, hibah, atau CSR."
            ),
            typed=key,
        )
    return source


def _key_and_amount(piece: str) -> tuple[str, str]:
    """Part "2026 APBD Rp10 juta" and "Rp10 juta (APBN, 2026)" into the words and the amount."""
    found = list(_AMOUNT.finditer(piece))
    amounts = [one for one in found if one.group(2) or not _YEAR.fullmatch(one.group(1))] or found[-1:]
    if len(amounts) > 1:
        raise NoFigure(
            N_("“%(typed)s” memuat lebih dari satu jumlah. Tulis satu jumlah per baris."), typed=piece
        )
    start, end = amounts[0].span() if amounts else (0, 0)
    suffix = _SUFFIX_HERE.match(piece, end)
    end = suffix.end() if suffix else end
    key = f"{piece[:start]} {piece[end:]}"
    is_signed = piece[:start].rstrip().endswith("-")
    # "per tahun" makes it another amount.
    if not amounts or not any(map(str.isalnum, key)) or is_signed or _EACH.match(piece, end):
        raise NoFigure(
            N_("“%(typed)s” tidak dapat dibaca sebagai jumlah uang. Tulis misalnya 420.000.000."), typed=piece
        )
    return key, piece[start:end]


def _without_currency(bare: str) -> tuple[str, bool]:
    plain = _CURRENCY.sub("", bare)
    has_currency = plain != bare
    for _twice in range(2):
        shorter = _SUFFIX.sub("", plain).strip()
        has_currency = has_currency or shorter != plain
        plain = shorter
    return plain, has_currency


def _rupiah(plain: str) -> int:
    joined = "".join(plain.split())
    cents = _NO_CENTS.search(joined)
    # 1.500.000,00 and 1500000.0, but not 1.50.
    if cents and re.fullmatch(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", joined[: cents.start()]):
        joined = joined[: cents.start()]
    try:
        return read_rupiah(joined)
    except Unreadable as problem:
        raise NoFigure(str(problem)) from problem


def _number(text: str, decimal: str | None) -> Decimal:
    try:
        return read_number(text.strip(".,"), decimal)
    except TwoWays:
        raise
    except Unreadable as problem:
        raise NoFigure(_WHOLE) from problem


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except ArithmeticError as problem:
        raise NoFigure(_WHOLE) from problem
    if not number.is_finite() or number.adjusted() > 40:  # noqa: PLR2004 - far beyond any amount
        raise NoFigure(_WHOLE)
    return number


def _whole(number: Decimal, scale: int | None) -> int:
    scaled = number * (scale or 1)
    whole = int(scaled)
    if whole != scaled:
        # A sum of a spreadsheet may come out as 1234567,9999999998.
        nearest = int(scaled.to_integral_value())
        if abs(scaled - nearest) > Decimal("0.0001"):
            raise NoFigure(_WHOLE)
        whole = nearest
    return _bounded(whole)


def _bounded(amount: int) -> int:
    if amount < 0:
        raise NoFigure(_WHOLE)
    if amount > MOST_RUPIAH:
        raise NoFigure(
            N_("Jumlah ini terlalu besar. Periksa angkanya, juga apakah kolom ini dalam juta rupiah.")
        )
    return amount
