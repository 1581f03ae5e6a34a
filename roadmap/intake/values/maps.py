"""Reads money, targets and evidence: a whole map in one cell, or the one entry a column stands for."""

import re
from collections.abc import Iterator, Mapping, Sequence

from roadmap.history.models import Plain
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.candidates import Where
from roadmap.intake.values.figures import Dash, Figure, NoFigure, read_figure_cell, read_figure_text
from roadmap.intake.values.money import Amount, entries_in, read_amount_cell
from roadmap.intake.values.parts import Cells, Desk
from roadmap.intake.values.written import text_of
from roadmap.plan.fields import FIRST_YEAR, LAST_YEAR, Evidence, FieldError, read_link
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.numbers import TwoWays
from roadmap.text.words import N_

_BEFORE_YEAR = re.compile(
    r"[,;]\s?(?=(?:target |tahun |th\.? ?|thn\.? ?)?(?:(?:19|2[01])\d\d|2200)\s?[:=])", re.IGNORECASE
)
_AFTER_YEAR = re.compile(r"(?<=\))\s?[,;]\s?")
_START_OF_LINK = re.compile(r"https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"\(?(?:https?://|www\.)\S+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?<!\S)[\w-]{1,60}(?:\.[\w-]{1,60}){1,5}/\S*")
_NO_LINK = frozenset({"#", "-", "–", "—", "n/a", "na"})


def year_and_source(key: str) -> tuple[int | None, str | None]:
    """Part the key of a target of money: "2026 apbd", "2026", "apbd"."""
    first, _space, rest = key.strip().partition(" ")
    if first.isascii() and first.isdecimal():
        return int(first), rest.strip() or None
    return None, key.strip() or None


# --- money


def read_money(desk: Desk, cells: Cells) -> Plain:
    """Give the entries of money that the cells hold."""
    money: dict[str, int] = {}
    for where, cell in cells:
        for amount in _amounts(desk, where, cell):
            key = _money_key(desk, where, cell, amount)
            if key is None:
                continue
            for place, rupiah in _spread(desk, key, amount):
                if money.setdefault(place, rupiah) != rupiah:
                    desk.trouble(where, cell.text, _TWO_AMOUNTS)
            if amount.said:
                desk.remark(
                    where, N_("“%(typed)s” dibaca sebagai miliar atau triliun rupiah."), typed=amount.said
                )
    return dict(sorted(money.items()))


_TWO_AMOUNTS = N_("Untuk tahun dan sumber dana yang sama ada dua jumlah yang berbeda. Jadikan satu jumlah.")


def _spread(desk: Desk, key: tuple[int, str], amount: Amount) -> Iterator[tuple[str, int]]:
    """Give an amount where it belongs: to its year, or in equal parts of whole rupiah to all years of its row."""
    (year, source), (first, last) = key, desk.years
    has_own_year = amount.year or year_and_source(desk.target.key)[0]
    if desk.reading.year_from != "spread" or has_own_year or first is None or last is None:
        yield f"{year} {source}", amount.rupiah
        return
    share, rest = divmod(amount.rupiah, last - first + 1)
    for one in range(first, last + 1):
        yield f"{one} {source}", share + (rest if one == last else 0)


def _amounts(desk: Desk, where: Where, cell: Cell) -> Sequence[Amount]:
    scale, decimal = desk.reading.scale, desk.reading.decimal
    try:
        if cell.kind is not CellKind.TEXT:
            one = read_amount_cell(cell, scale, decimal)
            return [one] if one else []
        return desk.few(where, list(entries_in(text_of(cell), scale, decimal)))
    except TwoWays:
        desk.wait("numbers", where)
    except NoFigure as problem:
        in_scale = _IN_SCALE.get(scale or 1, "") if WHOLE_EXAMPLE in problem.sentence else ""
        if in_scale:
            desk.trouble(where, cell.text, in_scale, typed=cell.text)
        else:
            desk.trouble(where, cell.text, problem.sentence, **problem.values)
    return []


# Where a whole column is in thousands or millions, so is the example of how to write it.
WHOLE_EXAMPLE = "420.000.000"
_IN_SCALE: Mapping[int, str] = {
    1_000: N_(
        "“%(typed)s” tidak dapat dibaca. Kolom ini dalam ribuan rupiah: tulis angkanya saja, misalnya 420.000."
    ),
    1_000_000: N_(
        "“%(typed)s” tidak dapat dibaca. Kolom ini dalam jutaan rupiah: tulis angkanya saja, misalnya 420."
    ),
}


def _money_key(desk: Desk, where: Where, cell: Cell, amount: Amount) -> tuple[int, str] | None:
    year, source = year_and_source(desk.target.key)
    if (year and amount.year and year != amount.year) or (
        source and amount.source and source != amount.source
    ):
        desk.trouble(
            where,
            cell.text,
            N_(
                "Sel ini menyebut tahun atau sumber dana lain daripada kolomnya. Pindahkan ke kolom yang sesuai."
            ),
        )
        return None
    year = amount.year or year or desk.row_year(where, cell.text)
    source = amount.source or source or desk.reading.source
    if source is None:
        desk.wait("source", where)
    if year is None or source is None:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        desk.trouble(where, cell.text, N_("Tulis tahun dengan empat angka, misalnya 2026."))
        return None
    return year, source


# --- targets


def read_targets(desk: Desk, cells: Cells) -> Plain:
    """Give the targets that the cells hold, by year."""
    targets: dict[str, str] = {}
    for where, cell in cells:
        for figure in _figures(desk, where, cell):
            year = _target_year(desk, where, cell, figure)
            if year is None:
                continue
            if targets.setdefault(str(year), figure.value) != figure.value:
                desk.trouble(
                    where,
                    cell.text,
                    N_("Untuk tahun %(year)s ada dua target yang berbeda. Jadikan satu angka."),
                    year=year,
                )
            note_companions(desk, figure)
    return dict(sorted(targets.items()))


def _figures(desk: Desk, where: Where, cell: Cell) -> list[Figure]:
    pieces = _target_pieces(text_of(cell)) if cell.kind is CellKind.TEXT and not desk.target.key else [None]
    found = []
    for piece in desk.few(where, pieces):
        figure = figure_at(desk, where, cell, piece)
        if figure:
            found.append(figure)
    return found


def _target_pieces(text: str) -> list[str | None]:
    pieces: list[str | None] = []
    for line in normalise(text).split("\n"):
        for part in _BEFORE_YEAR.split(line):
            for piece in part.split(";"):
                pieces += [one for one in _AFTER_YEAR.split(piece) if one.strip()]
    return pieces or [text]


def figure_at(desk: Desk, where: Where, cell: Cell, piece: str | None = None) -> Figure | None:
    """Read one figure of a cell; says what is wrong, and waits for what has to be asked."""
    decimal = desk.reading.decimal
    try:
        if piece is None and cell.kind is not CellKind.TEXT:
            return read_figure_cell(cell, decimal)
        # Of a figure a dash is a question, so that the lone one counts here.
        text = piece if piece is not None else cell.text if cell.text.strip() == "-" else text_of(cell)
        return read_figure_text(text, decimal)
    except TwoWays:
        desk.wait("numbers", where)
    except Dash:
        return _dash(desk, where)
    except NoFigure as problem:
        desk.trouble(where, cell.text, problem.sentence, **problem.values)
    return None


def _dash(desk: Desk, where: Where) -> Figure | None:
    if desk.reading.dash is None:
        desk.wait("dash", where)
    return Figure(desk.reading.dash) if desk.reading.dash else None


def _target_year(desk: Desk, where: Where, cell: Cell, figure: Figure) -> int | None:
    key = int(desk.target.key) if desk.target.key.isdecimal() else None
    if key and figure.year and key != figure.year:
        desk.trouble(
            where,
            cell.text,
            N_("Sel ini menyebut tahun %(year)s, kolomnya tahun %(column)s. Pindahkan ke kolom yang sesuai."),
            year=figure.year,
            column=key,
        )
        return None
    return figure.year or key or desk.row_year(where, cell.text)


UNIT_OF = {"problem.baseline": "baseline_unit", "indicator.baseline": "unit", "indicator.targets": "unit"}
YEAR_OF = {"problem.baseline": "baseline_year", "indicator.baseline": "baseline_year"}


def note_companions(desk: Desk, figure: Figure) -> None:
    """Keep unit, year and direction that stood beside a figure, or over it, for the fields they belong to."""
    place = f"{desk.target.kind}.{desk.target.field}"
    if figure.unit and place in UNIT_OF:
        desk.told.beside[UNIT_OF[place]] = figure.unit
    if (year := figure.year or desk.reading.year) and place in YEAR_OF:
        desk.told.beside[YEAR_OF[place]] = year
    if figure.direction and desk.target.kind == "indicator":
        desk.told.beside["direction"] = figure.direction


# --- evidence


def read_evidence(desk: Desk, cells: Cells) -> Plain:
    """Give the links that the cells hold, with what they show."""
    evidence: dict[str, str] = {}
    for where, cell in cells:
        for title, link in desk.few(where, list(_links(text_of(cell)))):
            _take_link(desk, where, title, link, evidence)
    return dict(sorted(evidence.items()))


def _take_link(desk: Desk, where: Where, title: str, link: str, evidence: dict[str, str]) -> None:
    limit = Evidence().limit
    if not link:
        if title.casefold() in _NO_LINK:
            desk.remark(where, N_("“%(typed)s” bukan tautan dan tidak diambil."), typed=title)
            return
        desk.trouble(
            where,
            title or link,
            N_("Isi tautan untuk “%(title)s”, misalnya “Judul | https://…”."),
            title=title,
        )
        return
    if len(title) > limit:
        desk.trouble(where, title or link, TOO_LONG, length=len(title), limit=limit)
        return
    try:
        read_link(link)
    except FieldError as problem:
        desk.trouble(where, title or link, problem.sentence)
        return
    if evidence.setdefault(link, title) != title:
        desk.remark(where, N_("Tautan yang sama tertulis dua kali; judul yang pertama dipakai."))


TOO_LONG = N_(
    "Terlalu panjang: %(length)s huruf, paling banyak %(limit)s. Pendekkan, atau pindahkan sebagian."
)


def _links(text: str) -> Iterator[tuple[str, str]]:
    for line in normalise(text).split("\n"):
        words = normalise_line(line)
        if words:
            yield from _links_of_line(words)


def _links_of_line(words: str) -> Iterator[tuple[str, str]]:
    title, bar, link = words.rpartition(" | ")
    if not bar and words.startswith("| "):
        title, bar, link = "", "|", words[2:]
    if bar and " " not in link.strip():
        yield title.strip(), _whole_link(link.strip())
        return
    if " " not in words and len(_START_OF_LINK.findall(words)) == 1 and _START_OF_LINK.match(words):
        yield "", words
        return
    found = list(_ADDRESS.finditer(words)) or list(_BARE_ADDRESS.finditer(words))
    if not found:
        yield words, ""
        return
    start = 0
    for address in found:
        label = words[start : address.start()].strip(" -–—:|;,([]")
        yield (
            label,
            _whole_link(
                address.group(0).strip("(").rstrip(".,;)") if label else address.group(0).rstrip(";,")
            ),
        )
        start = address.end()
    rest = words[start:].strip(" -–—:|;,)].")
    if rest:
        yield rest, ""


def _whole_link(link: str) -> str:
    is_bare = link.lower().startswith("www.") or _BARE_ADDRESS.fullmatch(link)
    return f"https://{link}" if is_bare else link
