"""A sheet before it is written: its columns, its rows with the look of each, and how it is read and printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from flask_babel import gettext as _

from roadmap.exchange.cells import CellValue, OutColumn, Shape
from roadmap.exchange.columns import NUMBER, Target
from roadmap.text.plain import neutralise_cell

# Counted as spreadsheets do, in units of UTF-16; one is left for the quote before a formula sign.
LONGEST_CELL = 32_766
LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class Look(StrEnum):
    """What a row is to the eye."""

    TITLE = "title"
    HEAD = "head"
    SECTION = "section"
    PLAIN = "plain"
    TOTAL = "total"
    EXAMPLE = "example"


@dataclass(frozen=True)
class Menu:
    """A drop-down: the name of its list, and whether something else may be typed."""

    name: str
    is_closed: bool = False


@dataclass(frozen=True)
class GridColumn:
    """One column of a sheet: its width and shape, its place in the plan where it has one, its note and drop-down."""

    width: int
    shape: Shape = Shape.WORDS
    target: Target | None = None
    note: str = ""
    menu: Menu | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class GridRow:
    """One row: how it looks, and its cells; `lines` where its height does not follow from them."""

    look: Look
    cells: Sequence[CellValue]
    lines: int | None = None


@dataclass
class Grid:
    """One sheet. `kind` is "" where people only read it; `frozen` tells how many rows and columns stay in sight.

    `merged` are areas as a spreadsheet names them (A1:B2); `pages_wide` the sheets of paper side by side.
    """

    name: str
    columns: Sequence[GridColumn]
    rows: list[GridRow]
    kind: str = ""
    headings: int = 1
    frozen: tuple[int, int] = (1, 0)
    merged: Sequence[str] = ()
    pages_wide: int = 1
    has_filter: bool = False
    has_lines: bool = True
    copy: str = ""
    targets: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Write the places of its columns down, for the passport."""
        self.targets = tuple(str(one.target) if one.target else "" for one in self.columns)


def sheet_name(words: str, taken: Iterable[str] = ()) -> str:
    """Give words as the name of a sheet: short, without forbidden signs, unlike those taken."""
    bare = " ".join(words.translate(_FORBIDDEN_IN_NAMES).split())[:LONGEST_NAME].strip() or "-"
    known = {name.casefold() for name in taken}
    name, count = bare, 1
    while name.casefold() in known:
        count += 1
        tail = f" ({count})"
        name = f"{bare[: LONGEST_NAME - len(tail)].rstrip()}{tail}"
    return name


def neutralised(cell: CellValue) -> CellValue:
    """Give a cell that no spreadsheet takes for a formula."""
    return neutralise_cell(cell) if isinstance(cell, str) else cell


# --- cells that are longer than a spreadsheet takes


def spread(
    columns: Sequence[OutColumn], rows: Sequence[Sequence[CellValue]]
) -> tuple[list[OutColumn], list[list[CellValue]]]:
    """Carry what one cell cannot hold on into columns of its own, which nobody reads back; nothing is cut off."""
    parts = [[_parts(cell) for cell in row] for row in rows]
    widths = [max((len(row[place]) for row in parts), default=1) for place in range(len(columns))]
    wide: list[OutColumn] = []
    for column, width in zip(columns, widths, strict=True):
        wide.append(column)
        wide += [_continued(column, number) for number in range(2, width + 1)]
    filled: list[list[CellValue]] = [
        [
            cell
            for cells, width in zip(row, widths, strict=True)
            for cell in [*cells, *([None] * (width - len(cells)))]
        ]
        for row in parts
    ]
    return wide, filled


def _continued(column: OutColumn, number: int) -> OutColumn:
    title = _("%(field)s (lanjutan %(number)s)", field=column.title, number=number)
    return OutColumn(title, Target(column.target.kind, NUMBER), column.width, column.shape)


def _parts(cell: CellValue) -> list[CellValue]:
    if not isinstance(cell, str) or len(cell) * 2 <= LONGEST_CELL or units(cell) <= LONGEST_CELL:
        return [cell]
    told = _("(bersambung di kolom berikutnya)")
    room = LONGEST_CELL - units(told) - 1
    parts: list[CellValue] = []
    rest = cell
    while units(rest) > LONGEST_CELL:
        head = _beginning(rest, room)
        parts.append(f"{head}\n{told}")
        rest = rest[len(head) :].removeprefix("\n")
    return [*parts, rest]


def _beginning(text: str, room: int) -> str:
    """Give as much of a text as has room, up to the end of a line where that is not far."""
    head = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    line_end = head.rfind("\n")
    return head[:line_end] if line_end > len(head) // 2 else head


def units(text: str) -> int:
    """Count the characters as a spreadsheet does."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
