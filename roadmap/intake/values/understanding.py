"""What some cells mean for one field of one item, whatever its type; pure but for the names it asks about."""

import re
from collections.abc import Sequence

from roadmap.exchange.columns import PERIOD, Target
from roadmap.history.models import Plain
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.candidates import Where
from roadmap.intake.layouts import Reading
from roadmap.intake.likeness import fold
from roadmap.intake.naming import Names
from roadmap.intake.synonyms import CHOICES
from roadmap.intake.values.dates import NoDate, NoYear, Span, TwoDays, leaves_years_out, read_span_cell
from roadmap.intake.values.maps import (
    TOO_LONG,
    figure_at,
    note_companions,
    read_evidence,
    read_money,
    read_targets,
)
from roadmap.intake.values.naming_cells import (
    read_codes,
    read_item,
    read_items,
    read_organisation,
    read_organisations,
    read_terms,
)
from roadmap.intake.values.parts import NO_YEARS, Cells, Desk, Understood, Years
from roadmap.intake.values.written import is_placeholder, text_of
from roadmap.plan.fields import (
    Choice,
    Choices,
    Codes,
    Evidence,
    FieldError,
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
from roadmap.plan.fields.reading import read_year
from roadmap.plan.kinds import Field
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.words import N_

LONGEST_WORD = 200
_YEAR = re.compile(
    r"(?:data )?(?:tahun|thn|th|ta|t\.a)?\.?\s?(?:anggaran )?(\d{4})(?:[.,]0+)?", re.IGNORECASE
)
_SPAN_ENDS = ("starts_on", "ends_on")
# "…" and "Isi di sini" may be somebody's words in a text, and are nothing anywhere else.
_NO_WORDS_OF_THEIR_OWN = (
    Choice, Year, Month, Number, Money, Targets, Organisation, Organisations, Terms, Evidence,
)  # fmt: skip


def understand(  # noqa: PLR0917 - what a cell is read by
    field: Field, target: Target, cells: Cells, reading: Reading, names: Names, years: Years = NO_YEARS
) -> Understood:
    """Read the cells of one column for one field of one item.

    Never guesses in silence: what could be two things waits for its column's question, what has no place is a
    trouble of its cell. `names` takes note of the names it is asked about. `years`: those of the item's own period.
    """
    desk = Desk(target, reading, names, years=years)
    held = [(where, cell) for where, cell in cells if _holds_something(desk, where, cell)]
    if isinstance(field.type, _NO_WORDS_OF_THEIR_OWN):
        held = [one for one in held if not _keeps_a_place(desk, *one)]
    if held:
        desk.told.value = _value(field.type, desk, held)
    else:
        desk.told.value = field.type.empty
    return desk.told


def understand_period(cells: Cells, reading: Reading, names: Names | None = None) -> Understood:
    """Read a column that holds beginning and end together; both stand in `beside` as starts_on and ends_on."""
    desk = Desk(Target("action", PERIOD), reading, names or Names(Choices(), (), {}))
    spans = [
        span
        for where, cell in cells
        if _holds_something(desk, where, cell)
        and not _keeps_a_place(desk, where, cell)
        and (span := _span(desk, where, cell)) is not None
    ]
    if spans:
        desk.told.beside["starts_on"] = min(span.first for span in spans).isoformat()
        desk.told.beside["ends_on"] = max(span.last for span in spans).isoformat()
    return desk.told


def _holds_something(desk: Desk, where: Where, cell: Cell) -> bool:
    if cell.kind is CellKind.ERROR or (cell.is_formula and not cell.text):
        desk.trouble(
            where,
            cell.text,
            N_(
                "Rumus di sel ini tidak memberi hasil. Buka lalu simpan lagi berkasnya, atau tulis isinya sendiri."
            ),
        )
        return False
    if cell.is_formula and desk.names.first_time("formula", str(where.sheet), str(where.column)):
        desk.remark(where, N_("Kolom ini memuat rumus; yang diambil adalah hasilnya."))
    return bool(cell.text.strip())


def _keeps_a_place(desk: Desk, where: Where, cell: Cell) -> bool:
    """Tell whether a cell holds only what a form says before it is filled in; said once for each such word."""
    if not is_placeholder(cell) or desk.names.offices.knows(cell.text.strip()):
        return False
    if desk.names.first_time("placeholder", str(where.sheet), str(where.column), fold(cell.text)):
        desk.remark(
            where, N_("“%(typed)s” di kolom ini dibaca sebagai belum diisi."), typed=cell.text.strip()
        )
    return True


def _value(kind: FieldType, desk: Desk, cells: Cells) -> Plain:
    match kind:
        case Text():
            return _text(desk, kind, cells)
        case Choice():
            return _one(desk, cells, [_choice(desk, kind, *one) for one in cells])
        case Year():
            return _one(desk, cells, [_year(desk, *one) for one in cells])
        case Month():
            return _one(desk, cells, [_month(desk, kind, *one) for one in cells])
        case Number():
            return _one(desk, cells, [_number(desk, *one) for one in cells])
        case Money():
            return read_money(desk, cells)
        case Targets():
            return read_targets(desk, cells)
    return _naming(kind, desk, cells)


def _naming(kind: FieldType, desk: Desk, cells: Cells) -> Plain:
    match kind:
        case Organisation():
            return read_organisation(desk, cells)
        case Organisations():
            return read_organisations(desk, cells)
        case Terms():
            return read_terms(desk, cells, kind.vocabulary)
        case Items():
            return read_items(desk, cells, kind.kind)
        case Item():
            return read_item(desk, cells, kind.kind)
        case Codes():
            return read_codes(desk, cells)
        case Evidence():
            return read_evidence(desk, cells)
    return _line(desk, kind, cells)


def _one(desk: Desk, cells: Cells, values: Sequence[Plain]) -> Plain:
    """Give the one value of cells that should agree."""
    given = [(value, *one) for value, one in zip(values, cells, strict=True) if value is not None]
    for value, where, cell in given[1:]:
        if value != given[0][0]:
            desk.trouble(
                where,
                cell.text,
                N_("Baris-baris ini satu hal, tetapi isinya di kolom ini berbeda. Pilih satu isi."),
            )
    return given[0][0] if given else None


# --- words


def _line(desk: Desk, kind: FieldType, cells: Cells) -> Plain:
    lines = [normalise_line(text_of(cell)) for _where, cell in cells]
    return _bounded(desk, kind, cells, "; ".join(dict.fromkeys(line for line in lines if line)))


def _text(desk: Desk, kind: FieldType, cells: Cells) -> Plain:
    texts = [normalise(text_of(cell)) for _where, cell in cells]
    text = "\n\n".join(dict.fromkeys(one for one in texts if one.strip()))
    return _bounded(desk, kind, cells, text)


def _bounded(desk: Desk, kind: FieldType, cells: Cells, text: str) -> Plain:
    if len(text) > kind.limit:
        where, cell = max(cells, key=lambda one: len(one[1].text))
        desk.trouble(where, cell.text, TOO_LONG, length=len(text), limit=kind.limit)
        return kind.empty
    return text


def _choice(desk: Desk, kind: Choice, where: Where, cell: Cell) -> Plain:
    typed = text_of(cell)
    words = fold(typed[:LONGEST_WORD])
    if not words and not any(sign in typed for sign in "↓↑▼▲"):
        return None
    found = find_choice(desk.target, kind, typed)
    if found is None:
        desk.trouble(
            where,
            typed,
            N_("“%(typed)s” tidak ada di daftar. Pilih salah satu: %(options)s."),
            typed=typed,
            options=", ".join(kind.options.values()),
        )
    return found


def find_choice(target: Target, kind: Choice, typed: str) -> str | None:
    """Give the stored word that a text means, in either language, by label or by what people write for it."""
    words = fold(typed[:LONGEST_WORD]).removesuffix(" only").removesuffix(" saja")
    if typed.strip() in kind.options:
        return typed.strip()
    labels = {fold(label): word for word, label in kind.options.items()}
    labels |= {fold(word): word for word in kind.options if fold(word) not in labels}
    if words in labels:
        return labels[words]
    table = CHOICES.get(f"{target.kind}.{target.field}") or CHOICES.get(target.field, {})
    if target.field == "direction" and not words:
        return "turun" if any(sign in typed for sign in "↓▼") else "naik"
    found = table.get(words)
    return found if found in kind.options else None


# --- years, months, numbers


def _year(desk: Desk, where: Where, cell: Cell) -> Plain:
    typed = text_of(cell)
    found = _YEAR.fullmatch(
        normalise_line(cell.text[:10] if cell.kind is CellKind.DATE else typed[:LONGEST_WORD])
    )
    if cell.kind is CellKind.DATE:
        return int(cell.text[:4])
    if not typed.strip() or typed.strip() in {"–", "—"}:
        return None
    try:
        return read_year(found.group(1) if found else "-")
    except FieldError as problem:
        desk.trouble(where, typed, problem.sentence)
        return None


def _month(desk: Desk, kind: Month, where: Where, cell: Cell) -> Plain:
    span = _span(desk, where, cell)
    if span is None:
        return None
    if cell.kind is CellKind.DATE and kind.at_end and span.last.day == 1:
        # Who types "Des 2026" into a spreadsheet gets its first day; the end of it is meant.
        return _last_of_month(span)
    if cell.kind is CellKind.TEXT and desk.target.field in _SPAN_ENDS and span.is_period:
        desk.told.beside[_SPAN_ENDS[not kind.at_end]] = span.on(at_end=not kind.at_end)
    return span.on(at_end=kind.at_end)


def _last_of_month(span: Span) -> str:
    return span.to_month_end().last.isoformat()


def _span(desk: Desk, where: Where, cell: Cell) -> Span | None:
    shown = cell if cell.kind is not CellKind.TEXT else Cell(CellKind.TEXT, text_of(cell))
    try:
        span = read_span_cell(shown, day_first=desk.reading.day_first, year=desk.reading.year)
        if span and leaves_years_out(shown.text):
            desk.remark(
                where,
                N_("“%(typed)s” dibaca dari %(first)s sampai %(last)s; tahun di antaranya ikut."),
                typed=shown.text,
                first=span.first.year,
                last=span.last.year,
            )
        return span
    except TwoDays:
        desk.wait("dates", where)
    except NoYear:
        desk.wait("year", where)
    except NoDate as problem:
        desk.trouble(where, cell.text, problem.sentence, **problem.values)
    return None


def _number(desk: Desk, where: Where, cell: Cell) -> Plain:
    figure = figure_at(desk, where, cell)
    if figure is None:
        return None
    note_companions(desk, figure)
    return figure.value
