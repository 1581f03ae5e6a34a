"""python-calamine, which knows nothing of ours, sees the same cells in the same workbook."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from roadmap.intake.books import Cell, CellKind
from roadmap.intake.guarded import read_file
from tests.intake.packing import new_book, only, saved

VALUES = st.one_of(
    st.text("abc <&>é“”", min_size=1, max_size=12).map(str.strip),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    st.booleans(),
)


def as_ours(value: Any) -> Cell | None:
    match value:
        case "":
            return None
        case bool():
            return Cell(CellKind.FLAG, str(int(value)))
        case date():
            return Cell(CellKind.DATE, value.isoformat())
        case int() | float():
            plain = format(Decimal(format(value, ".15g")).normalize(), "f")
            return Cell(CellKind.NUMBER, plain if value else "0")
    return Cell(CellKind.TEXT, str(value))


@settings(max_examples=20)
@given(st.lists(st.lists(VALUES, min_size=1, max_size=6), min_size=1, max_size=10))
def test_another_reader_sees_the_same_cells(rows: list[list[Any]]) -> None:
    book, sheet = new_book()
    sheet.append(["No"] * 6)
    for row in rows:
        sheet.append(row)
    content = saved(book)
    theirs = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = only(read_file(content, "a.xlsx"))
    for number, row in enumerate(theirs):
        for column, value in enumerate(row):
            assert ours.at(number, column) == as_ours(value)
