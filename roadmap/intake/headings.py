"""How a book is probably laid out: which sheets are tables, where their headings and entries stand. Pure."""

from collections.abc import Iterable, Sequence

from roadmap.exchange.columns import Target
from roadmap.intake.asides import is_footer, is_numbering, is_title_over_rows
from roadmap.intake.books import Book, Cell
from roadmap.intake.grid import Grid, cells_text
from roadmap.intake.guessing import LONGEST_HEADING, PART, Remembered, guess, weigh
from roadmap.intake.layouts import Column, Layout, SheetLayout
from roadmap.intake.ours import lay_out_ours, passport_of

MOST_ROWS_ABOVE = 40
MOST_LINES = 3
MOST_SAMPLES = 40
LONGEST_IN_HEADING = 120
LONG_WORD = 60
ENOUGH_ON_ITS_SIDE = 3
GROUPS_LOOKED_AT = 500

__all__ = ["describe", "passport_of", "propose"]

Lines = tuple[int, int]
NO_HEADINGS: Lines = (-1, -1)


def propose(book: Book, remembered: Remembered, years: Sequence[int]) -> Layout:
    """Lay a book out as it probably is, for a roadmap of these years; what went out from here as its passport says."""
    passport = passport_of(book)
    ours = lay_out_ours(book, passport) if passport else ()
    if ours:
        return Layout(ours)
    found = [
        one
        for index, sheet in enumerate(book.sheets)
        if not sheet.is_hidden and (one := _propose_sheet(book, index, remembered, years)) is not None
    ]
    with_places = [one for one in found if any(column.target for column in one.columns)]
    return Layout(tuple(with_places or found[:1]))


def describe(
    book: Book,
    sheet: int,
    headings: Lines,
    remembered: Remembered | None = None,
    *,
    is_turned: bool = False,
    years: Sequence[int] = (),
) -> list[Column]:
    """Give the columns of a sheet whose headings stand in these rows, each with the place it probably has."""
    grid = Grid(book.sheets[sheet], sheet, is_turned=is_turned)
    words = heading_words(grid, headings)
    first = headings[1] + 1
    samples = [_samples(grid, column, first) for column in range(grid.width)]
    guessed = guess(words, samples, remembered or {}, grid.sheet.name, years)
    columns = [
        Column(index, words[index], *guessed[index])
        for index in range(grid.width)
        if words[index] or samples[index]
    ]
    group = _group_column(grid, entry_rows(grid, headings), columns)
    return [*columns, group] if group else columns


def heading_words(grid: Grid, headings: Lines) -> list[str]:
    """Join what stands over each column, line by line; a heading over several columns belongs to each of them."""
    if headings[0] < 0:
        return [""] * grid.width
    lines = [_spread(grid, row, is_last=row == headings[1]) for row in range(headings[0], headings[1] + 1)]
    return [
        PART.join(dict.fromkeys(line[column] for line in lines if line[column]))[:LONGEST_HEADING]
        for column in range(grid.width)
    ]


def _spread(grid: Grid, row: int, *, is_last: bool) -> list[str]:
    """Give one line of headings; above the last line, a heading reaches over the empty cells it spans."""
    words = [" ".join(cells_text(grid.whole(row, column)).split()) for column in range(grid.width)]
    if is_last:
        return words
    for column in range(1, grid.width):
        if not words[column] and _is_under_span(grid, row, column):
            words[column] = words[column - 1]
    return words


def _is_under_span(grid: Grid, row: int, column: int) -> bool:
    """Without merged cells, as in a pasted table: empty here, a word before it, a word below it."""
    return not grid.has_areas and grid.at(row, column) is None and grid.at(row + 1, column) is not None


# --- where the headings stand


def _propose_sheet(
    book: Book, index: int, remembered: Remembered, years: Sequence[int]
) -> SheetLayout | None:
    grid = Grid(book.sheets[index], index)
    if len(grid.filled_rows) < 1 or grid.width < 1:
        return None
    turned = Grid(book.sheets[index], index, is_turned=True)
    headings, weight = _find_headings(grid, remembered)
    on_its_side = _weight_on_its_side(grid, remembered)
    if on_its_side >= ENOUGH_ON_ITS_SIDE and on_its_side > weight:
        return _lay_out(book, turned, _first_line(turned), remembered, years)
    if len(grid.filled_rows) <= 1 and not weight:
        return None
    return _lay_out(book, grid, headings, remembered, years)


def _first_line(turned: Grid) -> Lines:
    first = turned.filled_rows[0] if turned.filled_rows else 0
    return first, first


def _lay_out(
    book: Book, grid: Grid, headings: Lines, remembered: Remembered, years: Sequence[int]
) -> SheetLayout:
    columns = describe(book, grid.index, headings, remembered, is_turned=grid.is_turned, years=years)
    first, last = entry_rows(grid, headings)
    return SheetLayout(grid.index, headings, first, last, tuple(columns), grid.is_turned)


def entry_rows(grid: Grid, headings: Lines) -> Lines:
    """Say which rows hold entries: below the headings and a line of numbers, above the notes and signatures."""
    first = headings[1] + 1
    following = next((row for row in grid.filled_rows if row >= first), None)
    if following is not None and is_numbering(grid.texts(following)):
        first = following + 1
    return first, max(_last_entry(grid, first), first)


def _last_entry(grid: Grid, first: int) -> int:
    rows = [row for row in grid.filled_rows if row >= first]
    if not rows or grid.is_turned:
        return rows[-1] if rows else first
    last = len(rows) - 1
    while last > 0 and _is_below(grid, rows, last):
        last -= 1
    # What looks like a note in the middle of nothing but notes is the table itself.
    return rows[last] if last > 0 or not _is_below(grid, rows, 0) else rows[-1]


def _is_below(grid: Grid, rows: Sequence[int], place: int) -> bool:
    texts = grid.texts(rows[place])
    is_apart = rows[place] - rows[place - 1] > 1 if place else False
    after_is_apart = place + 1 < len(rows) and rows[place + 1] - rows[place] > 1
    return is_footer(texts, grid.width, is_apart=is_apart or after_is_apart)


def _find_headings(grid: Grid, remembered: Remembered) -> tuple[Lines, float]:
    """Find the rows that look most like headings; the first of equals."""
    best: tuple[float, Lines] = (0.0, NO_HEADINGS)
    for row in grid.filled_rows[:MOST_ROWS_ABOVE]:
        texts = [text for text in grid.texts(row) if text]
        if any(area.top < row <= area.bottom for area in grid.areas):
            # A line below the first of headings that are merged downwards.
            continue
        if len(texts) < min(2, grid.width) or sum(map(len, texts)) > LONGEST_IN_HEADING * len(texts):
            continue
        lines = (row, _last_line(grid, row))
        weight = sum(weigh(words, remembered) for words in heading_words(grid, lines) if words)
        if weight > best[0]:
            best = (weight, lines)
    if best[0]:
        return best[1], best[0]
    return _first_full_row(grid), 0.0


def _first_full_row(grid: Grid) -> Lines:
    """Take the first row of several short texts for headings where no word is known; else there are none."""
    widest = max(
        (len([text for text in grid.texts(row) if text]) for row in grid.filled_rows[:MOST_ROWS_ABOVE]),
        default=0,
    )
    for row in grid.filled_rows[:MOST_ROWS_ABOVE]:
        cells = [cell for cell in grid.row(row) if cell]
        is_short = all(cell.kind == "s" and len(cell.text) <= LONG_WORD for cell in cells)
        if is_short and len(cells) > 1 and len(cells) * 2 >= widest and row != grid.filled_rows[-1]:
            return row, _last_line(grid, row)
    return NO_HEADINGS


def _last_line(grid: Grid, row: int) -> int:
    """Say where headings that begin in a row end: lines go on under what spans several columns."""
    last = row
    while last - row + 1 < MOST_LINES and _goes_on(grid, row, last):
        last += 1
    return last


def _goes_on(grid: Grid, first: int, row: int) -> bool:
    below = {column: cell for column, cell in enumerate(grid.row(row + 1)) if cell}
    if not below or is_numbering(grid.texts(row + 1)) or any(not _is_short(cell) for cell in below.values()):
        return _is_merged_on(grid, row)
    spanned = _spanned(grid, row)
    above_is_empty = {
        column
        for column in range(grid.width)
        if not any(grid.whole(one, column) for one in range(first, row + 1))
    }
    if _reaches_down(grid, row) and spanned & below.keys():
        return True
    return bool(spanned & below.keys()) and below.keys() <= spanned | above_is_empty


def _is_merged_on(grid: Grid, row: int) -> bool:
    """Tell whether headings are merged with the empty line below them."""
    return _reaches_down(grid, row) and not any(grid.row(row + 1))


def _reaches_down(grid: Grid, row: int) -> bool:
    """Tell whether any heading is merged with the line below it."""
    return any(area.top <= row < area.bottom and area.bottom - area.top < MOST_LINES for area in grid.areas)


def _is_short(cell: Cell) -> bool:
    is_year = cell.kind == "n" and cell.text.isdecimal() and 1945 <= int(cell.text[:9]) <= 2200  # noqa: PLR2004 - years
    return is_year or (cell.kind == "s" and len(cell.text) <= LONG_WORD)


def _spanned(grid: Grid, row: int) -> set[int]:
    """Give the columns under headings that reach over several: merged, or followed by empty cells."""
    spanned: set[int] = set()
    for area in grid.areas:
        if area.top <= row <= area.bottom and area.right > area.left and grid.at(area.top, area.left):
            spanned |= set(range(area.left, area.right + 1))
    if grid.has_areas:
        return spanned
    cells = grid.row(row)
    for column in range(grid.width - 1):
        if cells[column] and not cells[column + 1]:
            end = next((at for at in range(column + 1, grid.width) if cells[at]), grid.width)
            spanned |= set(range(column, end))
    return spanned


def _weight_on_its_side(grid: Grid, remembered: Remembered) -> float:
    """Weigh the first column as headings of a table that stands on its side."""
    column = next((at for at in range(grid.width) if any(grid.at(row, at) for row in grid.filled_rows)), 0)
    if grid.width - column < 2:  # noqa: PLR2004 - headings and one entry
        return 0.0
    texts = [cells_text(grid.at(row, column)) for row in grid.filled_rows[:100]]
    seen = dict.fromkeys(text for text in texts if text and len(text) <= LONG_WORD)
    return sum(weigh(text, remembered) for text in seen)


# --- what stands below them


def _samples(grid: Grid, column: int, first: int) -> list[Cell]:
    found: list[Cell] = []
    for row in grid.filled_rows:
        if row < first:
            continue
        cell = grid.at(row, column)
        if cell:
            found.append(cell)
            if len(found) == MOST_SAMPLES:
                break
    return found


def _group_column(grid: Grid, entries: Lines, columns: Iterable[Column]) -> Column | None:
    """Offer the rows that name what the rows below are about ("A. Hak atas kesehatan") as a column past the last."""
    titles = title_columns(columns)
    rows = [row for row in grid.filled_rows if entries[0] <= row <= entries[1]][:GROUPS_LOOKED_AT]
    if grid.is_turned or not titles or len(rows) < 2:  # noqa: PLR2004 - a title and a row below it
        return None
    texts = [text for row in rows if (text := is_title_over_rows(grid, row, titles))]
    if not texts:
        return None
    about_rights = sum(
        1 for text in texts if " hak " in f" {text.casefold()} " or " right" in f" {text.casefold()}"
    )
    target = (
        _group_target({one.target.kind for one in columns if one.target})
        if about_rights * 2 > len(texts)
        else None
    )
    return Column(grid.width, texts[0], target)


def _group_target(kinds: set[str]) -> Target | None:
    kind = next((kind for kind in ("problem", "action", "modality") if kind in kinds), None)
    return Target(kind, "rights") if kind else None


def title_columns(columns: Iterable[Column]) -> frozenset[int]:
    """Give the columns that hold titles of items."""
    return frozenset(one.index for one in columns if one.target and one.target.field == "title")
