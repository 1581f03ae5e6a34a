"""How high a row must be for its words, and from which cell on it is coloured: other programs do not find out."""

from collections.abc import Sequence

from roadmap.exchange.grids import GridColumn, GridRow, Look

TALLEST_ROW = 190
LINE_HEIGHT, TITLE_HEIGHT, HEAD_ROOM = 15, 26, 6
BARS = frozenset({Look.HEAD, Look.SECTION})


def row_height(row: GridRow, columns: Sequence[GridColumn]) -> int:
    """Estimate how high a row must be for its words; a very long text does not push the next row out of sight."""
    lines = row.lines or max(
        (
            _lines(cell, column.width)
            for column, cell in zip(columns, row.cells, strict=True)
            if isinstance(cell, str) and not column.is_hidden
        ),
        default=1,
    )
    if row.look is Look.TITLE:
        return TITLE_HEIGHT
    return min(max(lines, 1) * LINE_HEIGHT + (HEAD_ROOM if row.look in BARS else 0), TALLEST_ROW)


def first_filled(row: GridRow) -> int:
    """Tell from which cell on a row is coloured, also where nothing stands: a heading whole, a total from its words."""
    if row.look in BARS:
        return 0
    is_total = row.look is Look.TOTAL
    return next((at for at, cell in enumerate(row.cells) if is_total and cell is not None), len(row.cells))


def _lines(text: str, width: int) -> int:
    if len(text) < width - 4 and "\n" not in text:
        return 1
    # Letters are narrower than the figures a width counts, and words are not broken at its end.
    room = max(width * 1.15 - 5, 4)
    return sum(int(len(line) // room) + 1 for line in text.split("\n"))
