"""A workbook of ours that comes back: its sheets and columns are known again, wherever they stand. May be forged."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from roadmap.exchange.columns import LINE, NUMBER, PARENT, Target
from roadmap.exchange.passport import EXAMPLE, PASSPORT_SHEET, Line, NoPassport, Passport, SheetPass
from roadmap.intake.books import Book, Cell, CellKind, Sheet
from roadmap.intake.grid import Grid, held
from roadmap.intake.guessing import guess
from roadmap.intake.layouts import Column, SheetLayout
from roadmap.intake.values import OURS
from roadmap.plan.kinds import KINDS
from roadmap.text.normal import normalise, normalise_line

MOST_ROWS_ABOVE = 20
TITLE = "title"
# How much of a column has to be as it went out for it to be known under another heading.
ENOUGH_ALIKE = 0.5

Key = tuple[CellKind, str] | None


def passport_of(book: Book) -> Passport | None:
    """Read the passport of a book that went out from here; None where there is none. It may be forged."""
    sheet = book.named(PASSPORT_SHEET)
    if sheet is None:
        return None
    try:
        return Passport.read("".join(cell.text for row in sheet.rows for cell in row if cell))
    except NoPassport:
        return None


# --- how it is laid out


def lay_out_ours(book: Book, passport: Passport) -> tuple[SheetLayout, ...]:
    """Lay out the sheets the passport names, wherever their columns stand now."""
    found = []
    for one in passport.sheets:
        if one.kind not in KINDS:
            continue
        index = _index_of(book, one, passport)
        if index is None:
            continue
        layout = _lay_out(book, index, one, is_ours=not passport.is_blank)
        if layout:
            found.append(layout)
    return tuple(found)


def sheets_of(book: Book, passport: Passport) -> dict[int, SheetPass]:
    """Say which sheet of a book is which of the passport's."""
    found = ((_index_of(book, one, passport), one) for one in passport.sheets if one.kind in KINDS)
    return {index: one for index, one in found if index is not None}


def examples_in(book: Book) -> set[tuple[int, int]]:
    """Say which rows (sheet, row) are examples of a template, just as they went out: they are nobody's entries."""
    passport = passport_of(book)
    if passport is None or not passport.is_blank:
        return set()
    found = set()
    for index, one in sheets_of(book, passport).items():
        copy = book.named(one.copy)
        shown = {_texts(row) for row in copy.rows if EXAMPLE in _texts(row)} if copy else set()
        found |= {(index, place) for place, row in enumerate(book.sheets[index].rows) if _texts(row) in shown}
    return found


def _texts(row: Sequence[Cell | None]) -> tuple[str, ...]:
    """Give what stands in a row, wherever its columns stand now."""
    return tuple(sorted(cell.text for cell in row if cell and cell.text))


def _index_of(book: Book, one: SheetPass, passport: Passport) -> int | None:
    """Find a sheet by its name, else by the codes of its rows."""
    named = next((index for index, sheet in enumerate(book.sheets) if sheet.name == one.name), None)
    if named is not None:
        return named
    taken = {other.name for other in passport.sheets} | {other.copy for other in passport.sheets}
    copy = book.named(one.copy)
    lines = _lines_of(copy) if copy else set()
    for index, sheet in enumerate(book.sheets):
        if sheet.name not in taken and not sheet.is_hidden and lines & _lines_of(sheet):
            return index
    return None


def _lines_of(sheet: Sheet) -> set[str]:
    return {cell.text for row in sheet.rows for cell in row[:3] if cell and Line.read(cell.text)}


def _lay_out(book: Book, index: int, one: SheetPass, *, is_ours: bool) -> SheetLayout | None:
    targets = [target_of(written, one.kind) for written in one.targets]
    copy = book.named(one.copy)
    grid = Grid(book.sheets[index], index)
    head = _heading_row(grid, copy, targets)
    if head is None:
        return None
    columns = _columns(grid, head, Grid(copy, -1) if copy else None, targets)
    last = max([row for row in grid.filled_rows if row > head], default=head + 1)
    return SheetLayout(
        index,
        (head, head),
        head + 1,
        last,
        tuple(columns),
        is_ours=is_ours,
        name=grid.sheet.name,
        is_known=True,
    )


def target_of(written: str, kind: str) -> Target | None:
    """Read a place that a passport names; None for one that a sheet of this kind cannot hold."""
    try:
        target = Target.read(written)
    except ValueError:
        return None
    fields = KINDS[kind].by_name
    return (
        target
        if target.kind == kind and (target.field in fields or target.field in {LINE, NUMBER, PARENT})
        else None
    )


def _heading_row(grid: Grid, copy: Sheet | None, targets: Sequence[Target | None]) -> int | None:
    """Find the row that says most of the headings as they went out."""
    headings = set(_headings(Grid(copy, -1))) if copy else set()
    best, most = None, 0
    for row in grid.filled_rows[:MOST_ROWS_ABOVE]:
        alike = len(headings & {normalise_line(text) for text in grid.texts(row) if text})
        if alike > most:
            best, most = row, alike
    if best is None and grid.filled_rows and len(targets) >= 1:
        return grid.filled_rows[0]
    return best


def _headings(grid: Grid) -> list[str]:
    return [normalise_line(text) for text in grid.texts(0)]


def _columns(grid: Grid, head: int, copy: Grid | None, targets: Sequence[Target | None]) -> list[Column]:
    """Know columns by their headings, renamed ones by what stands in them, guess the added ones."""
    words = [normalise_line(text) for text in grid.texts(head)]
    went_out = _headings(copy) if copy else []
    places: dict[int, int] = {}
    free = list(range(len(targets)))
    for index, heading in enumerate(words):
        at = next((at for at in free if at < len(went_out) and went_out[at] == heading and heading), None)
        if at is not None:
            places[index] = at
            free.remove(at)
    unknown = [
        index for index in range(grid.width) if index not in places and _holds_something(grid, head, index)
    ]
    if copy and free:
        _know_by_contents(grid, head, copy, unknown, free, places)
    guessed = guess([words[index] for index in unknown], [[] for _one in unknown], {}, "")
    by_guess = dict(zip(unknown, guessed, strict=True))
    taken = {targets[at] for at in places.values()}
    columns = []
    for index in range(grid.width):
        if index in places:
            columns.append(Column(index, words[index], targets[places[index]], OURS))
        elif index in by_guess:
            target, reading = by_guess[index]
            kind = next((one.kind for one in targets if one), "")
            fits = (
                target is not None and target.kind == kind and target not in taken and target.field != NUMBER
            )
            columns.append(
                Column(index, words[index], target, reading) if fits else Column(index, words[index])
            )
    return columns


def _holds_something(grid: Grid, head: int, column: int) -> bool:
    return any(grid.at(row, column) for row in grid.filled_rows if row >= head)


def _know_by_contents(  # noqa: PLR0917
    grid: Grid, head: int, copy: Grid, unknown: list[int], free: list[int], places: dict[int, int]
) -> None:
    for index in list(unknown):
        here = Counter(
            key_of(grid.at(row, index)) for row in range(head + 1, grid.height) if grid.at(row, index)
        )
        best, most = None, 0.0
        for at in free:
            there = Counter(key_of(copy.at(row, at)) for row in range(1, copy.height) if copy.at(row, at))
            size = max(sum(here.values()), sum(there.values()))
            alike = sum((here & there).values()) / size if size else (1.0 if index == at else 0.0)
            if alike > most:
                best, most = at, alike
        if best is not None and most >= ENOUGH_ALIKE:
            places[index] = best
            free.remove(best)
            unknown.remove(index)


def key_of(cell: Cell | None) -> Key:
    """Give what counts of a cell when it is compared: spaces at ends, kinds of line ends, zeros behind do not."""
    if held(cell) is None or cell is None:
        return None
    if cell.kind is CellKind.NUMBER:
        return _number_key(cell.text)
    if cell.kind is CellKind.DATE:
        return CellKind.DATE, cell.text[:10]
    return CellKind.TEXT, normalise(cell.text).strip()


def _number_key(text: str) -> Key:
    try:
        return CellKind.NUMBER, format(Decimal(text).normalize(), "f") if len(text) < 60 else text  # noqa: PLR2004
    except InvalidOperation:
        return CellKind.NUMBER, text
