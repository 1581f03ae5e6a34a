"""Grids written as an XLSX file: styles, frozen headings, drop-downs, notes, print set-up; equal grids, equal bytes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import XML_NS
from openpyxl.xml.functions import Element, SubElement

from roadmap.exchange.cells import CellValue, Shape
from roadmap.exchange.grids import Grid, GridColumn, GridRow, Look
from roadmap.exchange.passport import LISTS_SHEET, PASSPORT_SHEET, Passport, SheetPass
from roadmap.exchange.row_looks import first_filled, row_height
from roadmap.exchange.xlsx_file import RowSheet, TimelessZip, chunks, written

LONGEST_FOOTER = 90
LAST_ROW_OF_MENUS = 5_000
YEAR_FORMAT = "0"
A4, LANDSCAPE = 9, "landscape"
INK, SOFT, PAPER, TINT, QUIET = "231F1B", "5B5148", "FFFFFF", "E2EDF3", "F1EAE0"
ACT = "1B4F6E"
LOCALES = {"id": "421", "en": "409"}
SPACE = f"{{{XML_NS}}}space"
AUTHOR = "Peta Jalan HAM"
# A spreadsheet counts days from here, for every day after February 1900.
FIRST_DAY = date(1899, 12, 30)


@dataclass(frozen=True)
class About:
    """What the file says of itself: title, language, and the moment whose state it shows."""

    title: str
    language: str
    at: datetime


def write_xlsx(
    about: About, grids: Sequence[Grid], lists: Mapping[str, Sequence[str]], passport: Passport | None = None
) -> bytes:
    """Write sheets in order, then, hidden, their copies, the lists of the drop-downs and the passport.

    The passport is given without its sheets; they are written into it here. Without one nothing hidden is written.
    """
    return _Writing(about, lists).write(grids, passport)


class _Writing:
    """One workbook on its way to bytes."""

    def __init__(self, about: About, lists: Mapping[str, Sequence[str]]) -> None:
        self._about = about
        self._lists = {name: words for name, words in lists.items() if words}
        self._book = Workbook(write_only=True)
        self._book.properties = DocumentProperties(
            creator=None,
            title=about.title,
            language=about.language,
            created=_bare(about.at),
            modified=_bare(about.at),
        )
        self._book.calculation.fullCalcOnLoad = False
        self._styles: dict[tuple[Look, str], Any] = {}
        self._ids: dict[tuple[Look, str], str] = {}

    def write(self, grids: Sequence[Grid], passport: Passport | None) -> bytes:
        sheets = [self._sheet(grid.name) for grid in grids]
        copies = [self._hidden(grid.copy) for grid in grids if grid.copy and passport]
        after = iter(copies)
        for sheet, grid in zip(sheets, grids, strict=True):
            self._set_up(sheet, grid)
            self._fill(sheet, next(after) if grid.copy and passport else None, grid)
        if self._lists:
            self._write_lists(self._hidden(LISTS_SHEET))
        if passport:
            self._write_passport(self._hidden(PASSPORT_SHEET), passport, grids)
        out = BytesIO()
        ExcelWriter(self._book, TimelessZip(out, "w", ZIP_DEFLATED)).save()
        return out.getvalue()

    def _hidden(self, name: str) -> Any:
        sheet = self._sheet(name)
        sheet.sheet_state = "hidden"
        return sheet

    def _sheet(self, name: str) -> Any:
        sheet = RowSheet(self._book, name)
        self._book._add_sheet(sheet)  # type: ignore[attr-defined]  # noqa: SLF001
        return sheet

    # --- what surrounds the cells

    def _set_up(self, sheet: Any, grid: Grid) -> None:
        rows, columns = grid.frozen
        if rows or columns:
            sheet.freeze_panes = f"{get_column_letter(columns + 1)}{rows + 1}"
        sheet.sheet_view.showGridLines = grid.has_lines
        sheet.sheet_properties.tabColor = ACT if grid.kind else SOFT
        for place, column in enumerate(grid.columns, 1):
            self._set_up_column(sheet, grid, get_column_letter(place), column)
        for area in grid.merged:
            sheet.merged_cells.add(CellRange(area))
        if grid.has_filter:
            last = max(len(grid.rows), grid.headings + 1)
            sheet.auto_filter.ref = f"A{grid.headings}:{get_column_letter(len(grid.columns))}{last}"
        self._add_menus(sheet, grid)
        self._set_up_print(sheet, grid)

    def _set_up_column(self, sheet: Any, grid: Grid, letter: str, column: GridColumn) -> None:
        dimension = sheet.column_dimensions[letter]
        dimension.width = column.width
        dimension.hidden = column.is_hidden
        if grid.kind:
            # So that what is typed below is shown as what stands above.
            dimension._style = self._style(Look.PLAIN, self._format(column, None))  # noqa: SLF001

    def _set_up_print(self, sheet: Any, grid: Grid) -> None:
        sheet.page_setup.orientation = LANDSCAPE
        sheet.page_setup.paperSize = A4
        sheet.page_setup.fitToWidth = grid.pages_wide
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_options.gridLines = grid.has_lines
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.7, 0.3, 0.3
        if grid.headings:
            sheet.print_title_rows = f"1:{grid.headings}"
        if grid.pages_wide > 1 and grid.frozen[1]:
            sheet.print_title_cols = f"A:{get_column_letter(grid.frozen[1])}"
        footer = sheet.HeaderFooter.oddFooter
        footer.left.text = f"{self._about.title[:LONGEST_FOOTER]} · {grid.name}".replace("&", "&&")
        footer.right.text = _("Halaman %(page)s dari %(pages)s", page="&P", pages="&N")

    def _add_menus(self, sheet: Any, grid: Grid) -> None:
        places = {name: place for place, name in enumerate(self._lists, 1)}
        for place, column in enumerate(grid.columns, 1):
            if column.menu is None or column.menu.name not in places:
                continue
            letter, words = get_column_letter(places[column.menu.name]), self._lists[column.menu.name]
            menu = DataValidation(
                type="list",
                formula1=f"'{LISTS_SHEET}'!${letter}$1:${letter}${len(words)}",
                allow_blank=True,
                showErrorMessage=column.menu.is_closed,
                errorTitle=_("Pilih dari daftar"),
                error=_("Pilih salah satu dari daftar di sel ini, atau kosongkan."),
            )
            here = get_column_letter(place)
            menu.add(f"{here}{grid.headings + 1}:{here}{LAST_ROW_OF_MENUS}")
            sheet.data_validations.append(menu)

    # --- the cells

    def _fill(self, sheet: Any, copy: Any, grid: Grid) -> None:
        letters = [get_column_letter(place) for place in range(1, len(grid.columns) + 1)]
        for place, row in enumerate(grid.rows, 1):
            line = Element("row", {"r": str(place), "ht": str(row_height(row, grid.columns))})
            filled_from = first_filled(row)
            for at, (letter, column, cell) in enumerate(zip(letters, grid.columns, row.cells, strict=True)):
                if cell is not None or at >= filled_from:
                    self._put(line, f"{letter}{place}", self._style_id(row.look, column, cell), cell)
            sheet.append(line)
            if copy is not None:
                copy.append(line)
        if grid.headings:
            _add_notes(sheet, grid)

    @staticmethod
    def _put(line: Any, name: str, style: str, value: CellValue) -> None:
        """Write one cell; a text is always of type text, whatever it begins with."""
        if isinstance(value, str):
            words = written(value)
            text = SubElement(SubElement(SubElement(line, "c", r=name, s=style, t="inlineStr"), "is"), "t")
            text.text = words
            if words != words.strip():
                text.set(SPACE, "preserve")
        elif value is None:
            SubElement(line, "c", r=name, s=style)
        else:
            number = (value - FIRST_DAY).days if isinstance(value, date) else value
            SubElement(SubElement(line, "c", r=name, s=style), "v").text = format(
                number, "f" if isinstance(number, Decimal) else ""
            )

    def _style_id(self, look: Look, column: GridColumn, value: CellValue) -> str:
        key = look, self._format(column, value)
        if key not in self._ids:
            cell: Any = WriteOnlyCell(self._book.worksheets[0])
            cell._style = self._style(*key)  # noqa: SLF001
            self._ids[key] = str(cell.style_id)
        return self._ids[key]

    def _format(self, column: GridColumn, value: CellValue) -> str:
        locale = LOCALES.get(self._about.language, "421")
        match column.shape:
            case Shape.RUPIAH:
                return '[$-421]"Rp"#,##0'
            case Shape.YEAR:
                return YEAR_FORMAT
            case Shape.FIGURE:
                places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
                return f"[$-{locale}]#,##0{'.' + '0' * places if places > 0 else ''}"
            case Shape.MONTH:
                whole = not isinstance(value, date) or _is_end_of_month(value)
                return f"[$-{locale}]{'' if whole else 'd '}mmmm yyyy"
        return "General"

    def _style(self, look: Look, number_format: str) -> Any:
        if (look, number_format) not in self._styles:
            cell: Any = WriteOnlyCell(self._book.worksheets[0])
            is_head, is_year = look is Look.HEAD, number_format == YEAR_FORMAT
            cell.alignment = Alignment(
                wrap_text=look is not Look.TITLE,
                vertical="center" if is_head or look is Look.SECTION else "top",
                horizontal="center" if is_head or is_year else None,
            )
            cell.number_format = "General" if look is Look.HEAD else number_format
            cell.font, fill = _FONTS[look]
            if fill:
                cell.fill = PatternFill("solid", start_color=fill)
            self._styles[look, number_format] = cell._style  # noqa: SLF001
        return self._styles[look, number_format]

    # --- what is hidden

    def _write_lists(self, sheet: Any) -> None:
        columns = list(self._lists.values())
        rows = [
            [words[place] if place < len(words) else None for words in columns]
            for place in range(max(map(len, columns)))
        ]
        self._fill(sheet, None, _hidden_grid(rows))

    def _write_passport(self, sheet: Any, passport: Passport, grids: Iterable[Grid]) -> None:
        sheets = tuple(SheetPass(one.name, one.kind, one.targets, one.copy) for one in grids if one.copy)
        full = Passport(passport.roadmap, passport.seq, passport.language, sheets, passport.is_blank)
        self._fill(sheet, None, _hidden_grid([[chunk] for chunk in chunks(full.write())]))


def _hidden_grid(rows: Sequence[Sequence[CellValue]]) -> Grid:
    columns = [GridColumn(20)] * len(rows[0])
    return Grid("", columns, [GridRow(Look.PLAIN, row) for row in rows], headings=0)


_FONTS: Mapping[Look, tuple[Font, str]] = {
    Look.TITLE: (Font(name="Calibri", size=14, bold=True, color=ACT), ""),
    Look.HEAD: (Font(name="Calibri", size=11, bold=True, color=PAPER), ACT),
    Look.SECTION: (Font(name="Calibri", size=11, bold=True, color=PAPER), ACT),
    Look.PLAIN: (Font(name="Calibri", size=11, color=INK), ""),
    Look.TOTAL: (Font(name="Calibri", size=11, bold=True, color=INK), TINT),
    Look.EXAMPLE: (Font(name="Calibri", size=11, italic=True, color=SOFT), QUIET),
}


def _add_notes(sheet: Any, grid: Grid) -> None:
    for place, column in enumerate(grid.columns, 1):
        if column.note:
            cell: Any = WriteOnlyCell(sheet)
            cell.column, cell.row = place, grid.headings
            lines = sum(-(-len(line) // 34) for line in column.note.splitlines())
            cell.comment = Comment(column.note, AUTHOR, height=28 + 18 * lines, width=260)
            sheet._comments.append(CommentRecord.from_cell(cell))  # noqa: SLF001


def _is_end_of_month(day: date) -> bool:
    """Tell whether a day is the first or last of its month, which is all that the month says."""
    return day.day == 1 or (day + timedelta(days=1)).day == 1


def _bare(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
