"""What a cell is called ("baris 14, kolom Target"), and what stands in it, in words for people."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from roadmap.intake.books import Cell, CellKind, letters_of
from roadmap.intake.candidates import Where
from roadmap.intake.layouts import Layout, SheetLayout
from roadmap.text.plain import excerpt
from roadmap.web.filters import day

MOST_NAMED = 3


def cell_words(cell: Cell | None) -> str:
    """Say what stands in a cell as its writer would read it."""
    if cell is None:
        return ""
    match cell.kind:
        case CellKind.NUMBER:
            return _percent(cell.text) if cell.is_percent else cell.text.replace(".", ",")
        case CellKind.DATE:
            return day(cell.text)
        case CellKind.FLAG:
            return _("Ya") if cell.text == "1" else _("Tidak")
    return cell.text


def _percent(number: str) -> str:
    """Write 0.729 as 72,9%, without ever counting in binary fractions."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _dot, rest = digits.partition(".")
    rest = rest.ljust(2, "0")
    shifted = (whole + rest[:2]).lstrip("0") or "0"
    after = rest[2:].rstrip("0")
    return f"{sign}{shifted}{',' + after if after else ''}%"


class CellNames:
    """Names the cells and rows of a layout's sheets, with the sheet only where there are several."""

    def __init__(self, layout: Layout) -> None:
        """Take the layout whose cells are to be named."""
        self._sheets = {one.sheet: one for one in layout.sheets}
        self._headings = {
            (one.sheet, column.index): column.heading for one in layout.sheets for column in one.columns
        }

    def cell(self, where: Where) -> str:
        """Name a cell: "baris 14, kolom Target"."""
        sheet = self._sheets.get(where.sheet)
        words = _("baris %(row)s, kolom %(column)s", row=where.row + 1, column=self._column(sheet, where))
        return self._with_sheet(words, where.sheet)

    def named(self, where: str) -> str:
        """Name a cell that is written as one word: "0-13-5"."""
        sheet, row, column = (int(part) for part in where.split("-"))
        return self.cell(Where(sheet, row, column))

    def cells(self, many: Sequence[Where]) -> str:
        """Name the cells a question concerns: the column once where it is one, and the first few rows."""
        if not many:
            return ""
        columns = {(one.sheet, self._column(self._sheets.get(one.sheet), one)) for one in many}
        if len(columns) > 1 or self._is_turned(many[0].sheet):
            named = "; ".join(self.cell(one) for one in many[:MOST_NAMED])
            return self._and_more(named, len(many) - MOST_NAMED)
        sheet, column = columns.pop()
        rows = self._few_rows(sorted({one.row for one in many}))
        return self._with_sheet(_("%(rows)s, kolom %(column)s", rows=rows, column=column), sheet)

    def columns(self, many: Sequence[Where]) -> str:
        """Name the columns a question concerns: "kolom Pagu 2026; Pagu 2027"."""
        if not many or self._is_turned(many[0].sheet):
            return self.cells(many)
        sheet = self._sheets.get(many[0].sheet)
        named = list(dict.fromkeys(self._column(sheet, one) for one in many))
        words = self._and_more("; ".join(named[:MOST_NAMED]), len(named) - MOST_NAMED)
        return self._with_sheet(_("kolom %(columns)s", columns=words), many[0].sheet)

    def rows(self, many: Iterable[tuple[int, int]]) -> str:
        """Name the rows an item came from: "baris 14–16"."""
        by_sheet: dict[int, list[int]] = {}
        for sheet, row in many:
            by_sheet.setdefault(sheet, []).append(row)
        return "; ".join(
            self._with_sheet(self._few_rows(sorted(set(rows))), sheet) for sheet, rows in by_sheet.items()
        )

    def sheet(self, index: int) -> str:
        """Name a sheet; empty where the table has but one."""
        sheet = self._sheets.get(index)
        return sheet.name if sheet is not None and len(self._sheets) > 1 else ""

    def _column(self, sheet: SheetLayout | None, where: Where) -> str:
        if sheet is not None and sheet.is_turned:
            return letters_of(where.column)
        heading = self._headings.get((where.sheet, where.column), "")
        return excerpt(heading, 60) if heading else letters_of(where.column)

    def _is_turned(self, sheet: int) -> bool:
        found = self._sheets.get(sheet)
        return found is not None and found.is_turned

    def _few_rows(self, rows: Sequence[int]) -> str:
        first, last = rows[0] + 1, rows[-1] + 1
        if len(rows) > 1 and last - first == len(rows) - 1:
            return _("baris %(rows)s", rows=f"{first}–{last}")
        named = ", ".join(str(row + 1) for row in rows[:MOST_NAMED])
        return self._and_more(_("baris %(rows)s", rows=named), len(rows) - MOST_NAMED)

    @staticmethod
    def _and_more(words: str, more: int) -> str:
        return _("%(words)s, dan %(more)s lainnya", words=words, more=more) if more > 0 else words

    def _with_sheet(self, words: str, index: int) -> str:
        name = self.sheet(index)
        return _("%(words)s (lembar %(sheet)s)", words=words, sheet=name) if name else words
