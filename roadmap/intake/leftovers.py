"""What of a table is no entry: it is left aside, and said so in one remark for each sort."""

from collections.abc import Mapping, Sequence

from roadmap.intake.asides import fold_spaces, is_numbering, is_sum, repeats
from roadmap.intake.books import CellKind
from roadmap.intake.drafts import Found
from roadmap.intake.entry_table import EntryTable
from roadmap.text.words import N_

MOST_NAMED_ROWS = 20


class Leftovers:
    """The rows and columns of one table that are left aside."""

    def __init__(self, table: EntryTable) -> None:
        """Begin with none."""
        self.table = table
        self.grid = table.grid
        self.drafts = table.drafts
        self.rows: dict[str, list[int]] = {}
        self.untitled: dict[int, Found] = {}
        first, last = table.layout.headings
        self._headings = [
            [fold_spaces(text) for text in self.grid.texts(row)] for row in range(first, last + 1) if row >= 0
        ]

    def takes(self, row: int) -> bool:
        """Take a row that is no entry; False for one that may be."""
        sort = self._sort_of(row)
        if sort:
            self.leave(sort, row)
        return bool(sort)

    def leave(self, sort: str, row: int) -> None:
        """Leave a row aside."""
        self.rows.setdefault(sort, []).append(row)

    def _sort_of(self, row: int) -> str:
        texts = self.grid.texts(row)
        if not any(texts):
            return "" if self._is_merged_into(row) else "empty"
        if self.table.layout.is_turned:
            return ""
        if is_numbering(texts) and (row == self.table.layout.first or not self._has_titles(row)):
            return "numbering"
        if repeats(texts, self._headings):
            return "headings"
        return "sum" if is_sum(texts, self.table.title_columns) else ""

    def _is_merged_into(self, row: int) -> bool:
        roots = ((self.grid.root(row, index), index) for index in self.table.columns)
        return any(root != (row, index) and self.grid.at(*root) for root, index in roots)

    def _has_titles(self, row: int) -> bool:
        return any(
            cell.kind is CellKind.TEXT and not cell.text.strip(" ().").isdecimal()
            for index in self.table.title_columns
            if (cell := self.grid.at(row, index))
        )

    def tell(self) -> None:
        """Say what was left aside, and what stands below the table."""
        for row in self.grid.filled_rows:
            if row > self.table.layout.last:
                self.leave("below", row)
        last = max(self.grid.filled_rows, default=0)
        # An example of ours that was left out is no row anybody left empty.
        empty = self.rows.get("empty", ())
        self.rows["empty"] = [row for row in empty if row < last and row not in self.grid.left_out]
        for what, rows in self.rows.items():
            if rows:
                at = next((index for index in range(self.grid.width) if self.grid.at(rows[0], index)), 0)
                self.drafts.remark(
                    self.grid.where(rows[0], at), _LEFT[what], rows=row_numbers(rows), count=len(rows)
                )
        for found in self.untitled.values():
            column, target = self.table.columns[found.where.column]
            self.drafts.trouble(
                found.where,
                _UNTITLED[target.kind],
                found.cell.text,
                heading=column.heading,
            )


_LEFT: Mapping[str, str] = {
    "empty": N_("Baris kosong dilewati (%(count)s)."),
    "numbering": N_("Baris nomor kolom dilewati: baris %(rows)s."),
    "headings": N_("Judul kolom yang diulang dilewati: baris %(rows)s."),
    "sum": N_("Baris jumlah dilewati: baris %(rows)s. Jumlah dihitung sendiri."),
    "nothing": N_("Baris tanpa isi di kolom yang dipakai dilewati: baris %(rows)s."),
    "below": N_("Tulisan di bawah tabel dilewati: baris %(rows)s."),
}
_UNTITLED: Mapping[str, str] = {
    "section": N_(
        "Kolom %(heading)s menerangkan bab, tetapi belum ada kolom judul bab. Pilih kolom judulnya."
    ),
    "modality": N_(
        "Kolom %(heading)s menerangkan modalitas, tetapi belum ada kolom modalitas. Pilih kolomnya."
    ),
    "problem": N_(
        "Kolom %(heading)s menerangkan permasalahan, tetapi belum ada kolom permasalahan. Pilih kolomnya."
    ),
    "action": N_(
        "Kolom %(heading)s menerangkan rencana aksi, tetapi belum ada kolom rencana aksi. Pilih kolomnya."
    ),
    "indicator": N_(
        "Kolom %(heading)s menerangkan ukuran, tetapi belum ada kolom ukuran keberhasilan. Pilih kolomnya."
    ),
}


def is_about_columns(sentence: str) -> bool:
    """Tell whether a trouble is mended where the columns are given their places, and not in its cell."""
    return sentence in _UNTITLED.values()


def row_numbers(rows: Sequence[int]) -> str:
    """Name rows as people count them, the first twenty of them."""
    rows = list(dict.fromkeys(rows))
    named = ", ".join(str(row + 1) for row in rows[:MOST_NAMED_ROWS])
    return f"{named}, …" if len(rows) > MOST_NAMED_ROWS else named
