"""The rows of a table as their columns say them: merged cells and "sda" say what stands above, blank groups go on."""

from roadmap.exchange.columns import LINE, NUMBER, PARENT, Target
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.drafts import Drafts, Found
from roadmap.intake.grid import Grid
from roadmap.intake.layouts import Column, SheetLayout
from roadmap.intake.values import is_ditto
from roadmap.plan.kinds import KINDS
from roadmap.text.words import N_

TITLE = "title"
BROKEN = N_(
    "Rumus di sel ini tidak memberi hasil. Buka lalu simpan lagi berkasnya, atau tulis isinya sendiri."
)

Cells = dict[int, Found]


class EntryTable:
    """One sheet with its columns sorted by the kind they belong to, and what stood above the row at hand."""

    def __init__(self, grid: Grid, layout: SheetLayout, drafts: Drafts) -> None:
        """Sort the columns by the kind they belong to."""
        self.grid = grid
        self.layout = layout
        self.drafts = drafts
        self.columns: dict[int, tuple[Column, Target]] = {
            one.index: (one, one.target) for one in layout.columns if one.target
        }
        self.titles = {
            kind: [index for index, (_one, target) in self.columns.items() if names(target, kind, TITLE)]
            for kind in KINDS
        }
        self.order = sorted((kind for kind in KINDS if self.titles[kind]), key=self._place_of)
        self.own = {
            kind: [
                index
                for index, (_one, target) in self.columns.items()
                if target.kind == kind and target.field not in {TITLE, PARENT}
            ]
            for kind in KINDS
        }
        self.parents = [index for index, (_one, target) in self.columns.items() if target.field == PARENT]
        self.above: Cells = {}
        self.carried: set[int] = set()
        self.meaningful = {
            index for index, (_one, target) in self.columns.items() if target.field not in {NUMBER, LINE}
        }
        self.grouping = self._grouping_columns()

    def _place_of(self, kind: str) -> int:
        """Say where a kind stands in the order of the columns; what stands over rows comes first."""
        return -1 if self.titles[kind][0] == self.grid.width else self.titles[kind][0]

    def _grouping_columns(self) -> set[int]:
        """Columns before the first title: what they leave blank goes on with the row above."""
        if not self.order or self.layout.is_turned:
            return set()
        first = min(index for indexes in self.titles.values() for index in indexes)
        return {
            index
            for index, (_one, target) in self.columns.items()
            if index < first and target.field not in {NUMBER, LINE, "code"}
        } | set(self.parents)

    @property
    def title_columns(self) -> set[int]:
        """The columns that hold titles."""
        return {index for indexes in self.titles.values() for index in indexes}

    def forget_groups(self) -> None:
        """Let no blank cell go on with what stood above it so far."""
        self.above = {index: found for index, found in self.above.items() if index not in self.grouping}

    def cells_of(self, row: int) -> Cells:
        """Give what each column says in this row: merged cells and "sda" say what stands above them."""
        cells: Cells = {}
        for index in self.columns:
            found = self._cell(row, index)
            if found:
                cells[index] = found
        return cells

    def _cell(self, row: int, index: int) -> Found | None:
        at = self.grid.root(row, index)
        cell = self.grid.at(*at)
        where = self.grid.where(*at)
        if cell is None:
            above = self.above.get(index) if index in self.grouping else None
            if above is None or not self._has_fresh_title(row, self.columns[index][1].kind):
                return None
            if index not in self.carried:
                self.carried.add(index)
                self.drafts.remark(
                    self.grid.where(row, index),
                    N_("Sel kosong di kolom %(heading)s dibaca sama dengan sel di atasnya."),
                    heading=self.columns[index][0].heading,
                )
            return Found(above.where, above.cell, is_repeat=True)
        if not is_broken(cell) and is_ditto(cell):
            above = self.above.get(index)
            if above is None:
                self.drafts.trouble_once(
                    where, N_("Tidak ada isi di atas sel ini yang dapat disamakan. Tulis isinya."), cell.text
                )
                return None
            found = Found(where, above.cell, is_repeat=True)
        else:
            found = Found(where, cell, is_repeat=at[0] != row)
        if cell.text.strip() not in {"-", ""} and cell.kind is not CellKind.ERROR:
            self.above[index] = found
            return found
        # A lone dash: nothing to say again below, and no title.
        self.above.pop(index, None)
        if self.columns[index][1].field not in {TITLE, PARENT}:
            return found
        if is_broken(cell):
            self.drafts.trouble_once(where, BROKEN, cell.text)
        return None

    def _has_fresh_title(self, row: int, kind: str) -> bool:
        return any(self.grid.at(row, index) for index in self.titles[kind])


def is_broken(cell: Cell) -> bool:
    """Tell whether a formula of the file came to nothing."""
    return cell.kind is CellKind.ERROR or (cell.is_formula and not cell.text)


def names(target: Target, kind: str, field: str) -> bool:
    """Tell whether a place is this field."""
    return target.kind == kind and target.field == field
