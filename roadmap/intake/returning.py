"""What was changed in a workbook of ours that comes back: each row is compared with the copy of what went out.

Everything in it may be forged: it says only which cells the person changed; what may be changed is asked elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from roadmap.exchange.columns import LINE, NUMBER, PARENT, Target
from roadmap.exchange.passport import Line, SheetPass
from roadmap.intake.books import Sheet
from roadmap.intake.candidates import Where
from roadmap.intake.drafts import Draft, Drafts, Found
from roadmap.intake.entry_table import BROKEN, TITLE, is_broken
from roadmap.intake.grid import Grid, held
from roadmap.intake.layouts import Column, SheetLayout
from roadmap.intake.ours import Key, key_of, target_of
from roadmap.intake.values import OURS, text_of
from roadmap.plan.fields.rows import Rows
from roadmap.plan.kinds import KINDS
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_


class Returned:
    """One sheet that comes back, compared with the copy of its cells as they went out."""

    def __init__(self, grid: Grid, layout: SheetLayout, one: SheetPass, copy: Sheet, drafts: Drafts) -> None:
        """Know the rows of the copy by their codes."""
        self.grid = grid
        self.drafts = drafts
        self.kind = KINDS[one.kind]
        self.columns = {column.index: column.target for column in layout.columns if column.target}
        self.line_at = next((index for index, target in self.columns.items() if target.field == LINE), None)
        self.layout = layout
        self.copy = Grid(copy, -1)
        self.targets = [target_of(written, one.kind) for written in one.targets]
        self.went_out = {target: at for at, target in enumerate(self.targets) if target is not None}
        self.rows_out = self._rows_out()

    def _rows_out(self) -> dict[Line, int]:
        at = self.went_out.get(Target(self.kind.name, LINE))
        rows: dict[Line, int] = {}
        if at is None:
            return rows
        for row in range(1, self.copy.height):
            cell = self.copy.at(row, at)
            line = Line.read(cell.text) if cell else None
            if line:
                rows.setdefault(line, row)
        return rows

    def read(self) -> list[Line]:
        """Make a draft of every row that was changed or added; give the lines that are in the sheet no more."""
        rows = list(self._rows())
        lines = self._lines(rows)
        for row in rows:
            line = lines.get(row)
            if line is not None:
                self._read_known(row, line)
            else:
                self._read_new(row)
        if rows and not lines and self.rows_out:
            self.drafts.remark(
                self.grid.where(rows[0], 0),
                N_("Kode baris tidak ditemukan di lembar ini; barisnya dikenali dari judulnya."),
            )
            return []
        return [line for line in self.rows_out if line not in set(lines.values())]

    def _rows(self) -> Iterator[int]:
        for row in self.grid.filled_rows:
            if self.layout.first <= row and any(self.grid.at(row, index) for index in self.columns):
                yield row

    def _lines(self, rows: Sequence[int]) -> dict[int, Line]:
        """Say which row is which; of a row that was copied, the one most like what went out is the item itself."""
        claimed: dict[Line, list[int]] = {}
        for row in rows:
            cell = self.grid.at(row, self.line_at) if self.line_at is not None else None
            line = Line.read(cell.text) if cell else None
            if line in self.rows_out and line is not None:
                claimed.setdefault(line, []).append(row)
        lines: dict[int, Line] = {}
        for line, several in claimed.items():
            best = max(several, key=lambda row: (self._likeness(row, self.rows_out[line]), -row))
            lines[best] = line
            for row in several:
                if row != best:
                    self.drafts.remark(
                        self.grid.where(row, self._first_column(row)),
                        N_("Baris ini salinan baris %(row)s; dibaca sebagai bagian baru."),
                        row=best + 1,
                    )
        return lines

    def _likeness(self, row: int, out: int) -> int:
        return sum(
            key_of(self.grid.at(row, index)) == key_of(self.copy.at(out, self.went_out[target]))
            for index, target in self.columns.items()
            if target in self.went_out
        )

    def _first_column(self, row: int) -> int:
        return next(
            (index for index in self.columns if index != self.line_at and self.grid.at(row, index)), 0
        )

    # --- one row

    def _read_known(self, row: int, line: Line) -> None:
        out = self.rows_out[line]
        touched = [index for index in self.columns if self._is_touched(row, index, out)]
        if not touched:
            return
        draft = self.drafts.begin(self.kind.name, self.grid.where(row, 0), line)
        draft.stand_in(self.grid.index, row)
        draft.candidate.label = self._label(row, out)
        done: set[str] = set()
        for index in touched:
            if self._goes_on(index, out):
                self.drafts.trouble(
                    self.grid.where(row, index),
                    N_(
                        "Isi ini terlalu panjang untuk satu sel dan bersambung di kolom lain. Ubah di halamannya."
                    ),
                )
                continue
            field = self.columns[index].field
            known = self.kind.by_name.get(field)
            if field in done:
                continue
            if known is not None and isinstance(known.type, Rows):
                done.add(field)
                self._give_map(draft, field, row, out, index)
            else:
                self._give(draft, row, index)

    def _is_touched(self, row: int, index: int, out: int) -> bool:
        target = self.columns[index]
        if target.field in {LINE, NUMBER}:
            return False
        at = self.went_out.get(target)
        before = self.copy.at(out, at) if at is not None else None
        return key_of(self.grid.at(row, index)) != key_of(before)

    def _goes_on(self, index: int, out: int) -> bool:
        """Tell whether a cell held only the beginning of what stands in the plan."""
        at = self.went_out.get(self.columns[index])
        if at is None or at + 1 >= len(self.targets):
            return False
        after = self.targets[at + 1]
        return (
            at > 1 and after is not None and after.field == NUMBER and self.copy.at(out, at + 1) is not None
        )

    def _label(self, row: int, out: int) -> str:
        index = next((index for index, target in self.columns.items() if target.field == TITLE), None)
        cell = self.grid.at(row, index) if index is not None else None
        if cell is None and (at := self.went_out.get(Target(self.kind.name, TITLE))) is not None:
            cell = self.copy.at(out, at)
        return normalise_line(text_of(cell)) if cell else ""

    def _give(self, draft: Draft, row: int, index: int) -> None:
        target, cell = self.columns[index], self.grid.at(row, index)
        where = self.grid.where(row, index)
        if cell is None:
            if target.field == PARENT:
                self.drafts.remark(where, N_("Rencana aksi ukuran ini tetap seperti semula."))
            else:
                draft.emptied[target.field] = where
        elif target.field in {TITLE, PARENT} and is_broken(cell):
            self.drafts.trouble_once(where, BROKEN, cell.text)
        elif target.field == TITLE:
            draft.title.append(Found(where, cell))
        elif target.field == PARENT:
            draft.parent_cell = Found(where, cell)
        else:
            draft.add((self.grid.index, index), Found(where, cell))

    def _give_map(self, draft: Draft, field: str, row: int, out: int, touched: int) -> None:
        """Give a map whole, because an emptied cell takes its entry away; what has no column now is as it went out."""
        draft.emptied[field] = self.grid.where(row, touched)
        here = {target: index for index, target in self.columns.items() if target.field == field}
        for target, index in here.items():
            cell = self.grid.at(row, index)
            if cell:
                draft.add((self.grid.index, index), Found(self.grid.where(row, index), cell))
            del target
        for target, at in self.went_out.items():
            if target.field != field or target in here:
                continue
            cell = self.copy.at(out, at)
            if cell:
                self.drafts.gone_columns[self.grid.index, _beyond(at)] = Column(_beyond(at), "", target, OURS)
                draft.add(
                    (self.grid.index, _beyond(at)), Found(Where(self.grid.index, row, _beyond(at)), cell)
                )

    def _read_new(self, row: int) -> None:
        """Read a row that was added: an item with everything that stands in it."""
        cells = {index: cell for index in self.columns if (cell := self.grid.at(row, index))}
        if not any(self.columns[index].field not in {LINE, NUMBER} for index in cells):
            return
        title = next((index for index in cells if self.columns[index].field == TITLE), None)
        if title is None and self.kind.name != "cover":
            first = self._first_column(row)
            self.drafts.trouble(
                self.grid.where(row, first),
                N_("Baris ini tidak punya judul. Tulis judulnya, atau kosongkan sel ini."),
                cells[first].text if first in cells else "",
            )
            return
        draft = self.drafts.begin(self.kind.name, self.grid.where(row, 0))
        draft.stand_in(self.grid.index, row)
        draft.candidate.label = normalise_line(text_of(cells[title])) if title is not None else ""
        for index, cell in cells.items():
            field = self.columns[index].field
            if field in {NUMBER, "code"}:
                draft.labels.append(normalise_line(text_of(cell)).rstrip("."))
            if field not in {LINE, NUMBER}:
                self._give(draft, row, index)


def _beyond(column: int) -> int:
    """Name a column that was taken out of a sheet, so that it is none of those that stand there."""
    return 1_000 + column


def is_changed(sheet: Sheet, copy: Sheet) -> bool:
    """Tell whether a sheet says other things than its copy; the order of rows and columns does not count."""
    return _contents(sheet) != _contents(copy)


def _contents(sheet: Sheet) -> Counter[frozenset[tuple[Key, int]]]:
    rows = (Counter(key_of(cell) for cell in row if held(cell)) for row in sheet.rows)
    return Counter(frozenset(row.items()) for row in rows if row)
