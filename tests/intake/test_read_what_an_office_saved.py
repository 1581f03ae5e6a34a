"""What LibreOffice opened and saved, in its own formats and in Excel's, is read as it was."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from roadmap.intake.books import Area, Cell, CellKind
from roadmap.intake.errors import Unreadable
from roadmap.intake.guarded import read_file
from roadmap.intake.parser.faults import Fault
from tests.intake.packing import new_book, only, saved, texts


def a_plan() -> bytes:
    """A table with everything in it: a merged title, days, shares, money, several lines, a formula, a hidden sheet."""
    book, sheet = new_book()
    sheet.title = "Rencana aksi"
    rows: list[list[Any]] = [
        ["Matriks rencana aksi"],
        ["Aksi", "Mulai", "Target", "Pagu", "Rumus", "Selesai?"],
        ["Melatih petugas;\nmembangun ramp", date(2026, 1, 1), 0.729, 1_081_275_230, "=2*21", True],
        ["Warga “adat” & ‘desa’ <perda>", date(2026, 12, 31), 0.6, 0.1, "=1/0", False],
        ["'=SUM(A1)", None, None, -1500.5, None, None],
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    for number in (3, 4):
        sheet.cell(number, 2).number_format = "dd/mm/yyyy"
        sheet.cell(number, 3).number_format = "0.0%"
        sheet.cell(number, 4).number_format = '"Rp"#,##0.00'
    sheet.row_dimensions[4].hidden = True
    hidden = book.create_sheet("Pilihan")
    hidden["A1"] = "APBD"
    hidden.sheet_state = "hidden"
    return saved(book)


PLAN = (
    (Cell(CellKind.TEXT, "Matriks rencana aksi"),),
    tuple(Cell(CellKind.TEXT, word) for word in ("Aksi", "Mulai", "Target", "Pagu", "Rumus", "Selesai?")),
    (
        Cell(CellKind.TEXT, "Melatih petugas;\nmembangun ramp"),
        Cell(CellKind.DATE, "2026-01-01"),
        Cell(CellKind.NUMBER, "0.729", is_percent=True),
        Cell(CellKind.NUMBER, "1081275230"),
        Cell(CellKind.NUMBER, "42", is_formula=True),
        Cell(CellKind.FLAG, "1"),
    ),
    (
        Cell(CellKind.TEXT, "Warga “adat” & ‘desa’ <perda>"),
        Cell(CellKind.DATE, "2026-12-31"),
        Cell(CellKind.NUMBER, "0.6", is_percent=True),
        Cell(CellKind.NUMBER, "0.1"),
        Cell(CellKind.ERROR, "#DIV/0!", is_formula=True),
        Cell(CellKind.FLAG, "0"),
    ),
    (Cell(CellKind.TEXT, "=SUM(A1)", is_literal=True), None, None, Cell(CellKind.NUMBER, "-1500.5")),
)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_what_libreoffice_opened_and_saved_is_read_as_it_was(
    form: str, office: Callable[..., Path], tmp_path: Path
) -> None:
    written = tmp_path / "rencana.xlsx"
    written.write_bytes(a_plan())
    found = read_file(office(written, form, tmp_path / "out").read_bytes(), f"rencana.{form}")
    assert [(sheet.name, sheet.is_hidden) for sheet in found.sheets] == [
        ("Rencana aksi", False),
        ("Pilihan", True),
    ]
    assert found.sheets[0].rows == PLAN
    assert found.sheets[0].merged == (Area(0, 0, 0, 5),)
    assert found.remarks == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("separator", "letters"),
    [(",", "cp1252"), ("\t", "utf-16")],
    ids=["comma", "tab"],
)
def test_what_libreoffice_saves_as_csv_is_read(
    separator: str, letters: str, office: Callable[..., Path], tmp_path: Path
) -> None:
    written = tmp_path / "rencana.xlsx"
    written.write_bytes(a_plan())
    numbers = {"cp1252": "1", "utf-16": "65535"}
    choice = f"csv:Text - txt - csv (StarCalc):{ord(separator)},34,{numbers[letters]},1"
    found = only(read_file(office(written, choice, tmp_path / "out").read_bytes(), "rencana.csv"))
    assert texts(found)[0][0] == "Matriks rencana aksi"
    assert texts(found)[2][:2] == ["Melatih petugas;\nmembangun ramp", "01/01/2026"]
    assert texts(found)[3][0] == "Warga “adat” & ‘desa’ <perda>"
    assert texts(found)[4][0] == "=SUM(A1)"


@pytest.mark.slow
def test_an_old_workbook_is_refused_by_name(office: Callable[..., Path], tmp_path: Path) -> None:
    written = tmp_path / "rencana.xlsx"
    written.write_bytes(a_plan())
    with pytest.raises(Unreadable) as refusal:
        read_file(office(written, "xls:MS Excel 97", tmp_path / "out").read_bytes(), "rencana.xls")
    assert refusal.value.sentence == Fault.OLD_EXCEL
