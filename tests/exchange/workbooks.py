"""Workbooks as another program reads them: their sheets by name, their rows under their headings."""

from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from roadmap.exchange.passport import PASSPORT_SHEET, Passport
from tests.page import LookingClient

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def taken(client: LookingClient, address: str) -> bytes:
    """Download a workbook."""
    answer = client.get(address)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == XLSX
    return answer.body


def opened(content: bytes | Path) -> Workbook:
    """Read a workbook, formulas as formulas."""
    return load_workbook(BytesIO(content) if isinstance(content, bytes) else content)


def rows_of(book: Workbook, name: str) -> list[list[Any]]:
    """Give the cells of a sheet as they are read."""
    return [[cell.value for cell in row] for row in book[name].iter_rows()]


def entries(book: Workbook, name: str) -> list[dict[str, Any]]:
    """Give the rows of a sheet by its headings, without what is empty."""
    head, *rows = rows_of(book, name)
    return [
        {title: value for title, value in zip(head, row, strict=True) if value is not None} for row in rows
    ]


def passport_in(book: Workbook) -> Passport:
    """Read the passport."""
    return Passport.read("".join(str(row[0]) for row in rows_of(book, PASSPORT_SHEET)))


def kinds_of_cells(book: Workbook) -> set[str]:
    """Give the types of all cells in all sheets, hidden ones too: s, n, d, f."""
    return {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
