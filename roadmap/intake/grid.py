"""A sheet as a table of entries, whichever way it stands, with merged cells filled and mended cells in place. Pure."""

from collections.abc import Mapping
from functools import cached_property

from roadmap.intake.books import Area, Cell, CellKind, Sheet
from roadmap.intake.candidates import Where

MOST_FILLED = 600_000


class Grid:
    """Rows are entries here, also where the table stands on its side; `at` gives cells as they stand in it."""

    def __init__(
        self, sheet: Sheet, index: int, *, is_turned: bool = False, mended: Mapping[str, str] | None = None
    ) -> None:
        """Take a sheet of a book, and what a person wrote over some of its cells (by their place in the file)."""
        self.sheet = sheet
        self.index = index
        self.is_turned = is_turned
        rows = [list(row) for row in sheet.rows]
        for place, text in (mended or {}).items():
            _mend(rows, index, place, text, sheet.width)
        width = sheet.width
        even = [[*(held(cell) for cell in row), *([None] * (width - len(row)))] for row in rows]
        self._rows: list[list[Cell | None]] = (
            [list(row) for row in zip(*even, strict=True)] if is_turned else even
        )
        self.left_out: set[int] = set()
        self.width = len(rows) if is_turned else width
        self.height = width if is_turned else len(rows)

    def leave_out(self, row: int) -> None:
        """Take a row for an empty one. Not after anything was asked of the rows."""
        self._rows[row] = [None] * self.width
        self.left_out.add(row)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The merged cells."""
        if not self.is_turned:
            return self.sheet.merged
        return tuple(Area(one.left, one.top, one.right, one.bottom) for one in self.sheet.merged)

    @property
    def has_areas(self) -> bool:
        """Tell whether any cells are merged."""
        return bool(self.sheet.merged)

    @cached_property
    def filled_rows(self) -> list[int]:
        """The rows that hold something."""
        return [number for number, row in enumerate(self._rows) if any(row)]

    @cached_property
    def _roots(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each merged cell the one that holds what they show."""
        roots: dict[tuple[int, int], tuple[int, int]] = {}
        for area in self.areas:
            bottom, right = min(area.bottom, self.height - 1), min(area.right, self.width - 1)
            if len(roots) + (bottom - area.top + 1) * (right - area.left + 1) > MOST_FILLED:
                break
            for row in range(area.top, bottom + 1):
                for column in range(area.left, right + 1):
                    roots[row, column] = (area.top, area.left)
        return roots

    def at(self, row: int, column: int) -> Cell | None:
        """Give a cell that holds something; None for an empty one and beyond the edges."""
        if 0 <= row < len(self._rows) and 0 <= column < self.width:
            return self._rows[row][column]
        return None

    def row(self, row: int) -> list[Cell | None]:
        """Give the cells of a row; None for empty ones."""
        return self._rows[row] if 0 <= row < len(self._rows) else [None] * self.width

    def texts(self, row: int) -> list[str]:
        """Give the texts of a row; empty ones for empty cells."""
        return [cells_text(cell) for cell in self.row(row)]

    def whole(self, row: int, column: int) -> Cell | None:
        """Give what a cell shows, also where it is merged with others in any direction."""
        return self.at(*self._roots.get((row, column), (row, column)))

    def root(self, row: int, column: int) -> tuple[int, int]:
        """Give the row and column a cell's content stands in: its own, or that of the cells above it merged with it.

        Cells merged sideways belong to the first of their columns only.
        """
        found = self._roots.get((row, column))
        return found if found and found[1] == column else (row, column)

    def span(self, row: int, column: int) -> int:
        """Say over how many columns a cell reaches."""
        return self._spans.get((row, column), 1)

    @cached_property
    def _spans(self) -> dict[tuple[int, int], int]:
        return {(area.top, area.left): area.right - area.left + 1 for area in self.areas}

    def where(self, row: int, column: int) -> Where:
        """Name a cell as rows and columns count here."""
        return Where(self.index, row, column)


def held(cell: Cell | None) -> Cell | None:
    """Give a cell that holds something, None for any other."""
    return (
        cell
        if cell is not None and (cell.text.strip() or cell.is_formula or cell.kind is CellKind.ERROR)
        else None
    )


def cells_text(cell: Cell | None) -> str:
    """Give the text of a cell without spaces at its ends; empty for none."""
    return cell.text.strip() if cell else ""


def _mend(rows: list[list[Cell | None]], index: int, place: str, text: str, width: int) -> None:
    sheet, row, column = (int(part) for part in place.split("-"))
    if sheet != index or row >= len(rows) or column >= width:
        return
    line = rows[row]
    line.extend([None] * (column + 1 - len(line)))
    line[column] = Cell(CellKind.TEXT, text) if text.strip() else None
