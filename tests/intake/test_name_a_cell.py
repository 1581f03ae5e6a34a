"""A cell is called what people call it, and says what stands in it as people read it; pure."""

import pytest
from flask import Flask

from roadmap.intake.books import Cell, CellKind, letters_of
from roadmap.intake.candidates import Where
from roadmap.intake.cell_words import CellNames, cell_words
from roadmap.intake.layouts import Column, Layout, SheetLayout

pytestmark = pytest.mark.engines("sqlite")


def a_sheet(index: int = 0, *, is_turned: bool = False) -> SheetLayout:
    columns = (Column(0, "No"), Column(4, "Target · 2026"), Column(5, ""))
    return SheetLayout(index, (2, 3), 4, 99, columns, is_turned, name=f"Lembar {index + 1}")


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_letters_of_spreadsheets(column: int, name: str) -> None:
    assert letters_of(column) == name


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        (Cell(CellKind.TEXT, "Rp 1.500.000,00"), "Rp 1.500.000,00"),
        (Cell(CellKind.NUMBER, "72.9"), "72,9"),
        (Cell(CellKind.NUMBER, "0.729", is_percent=True), "72,9%"),
        (Cell(CellKind.NUMBER, "1", is_percent=True), "100%"),
        (Cell(CellKind.NUMBER, "-0.0005", is_percent=True), "-0,05%"),
        (Cell(CellKind.NUMBER, "0", is_percent=True), "0%"),
        (Cell(CellKind.DATE, "2026-05-05"), "5 Mei 2026"),
        (Cell(CellKind.FLAG, "1"), "Ya"),
        (Cell(CellKind.FLAG, "0"), "Tidak"),
        (Cell(CellKind.ERROR, "#REF!"), "#REF!"),
    ],
)
def test_what_stands_in_a_cell_is_said_as_people_read_it(app: Flask, cell: Cell | None, words: str) -> None:
    with app.test_request_context():
        assert cell_words(cell) == words


def test_a_cell_is_named_by_row_and_heading(app: Flask) -> None:
    names = CellNames(Layout((a_sheet(),)))
    with app.test_request_context():
        assert names.cell(Where(0, 13, 4)) == "baris 14, kolom Target · 2026"
        assert names.cell(Where(0, 13, 5)) == "baris 14, kolom F"
        assert names.named("0-13-4") == names.cell(Where(0, 13, 4))
        assert names.cells([Where(0, row, 4) for row in (4, 5, 6)]) == "baris 5–7, kolom Target · 2026"
        many = names.cells([Where(0, row, 4) for row in (4, 8, 9, 20, 30)])
        assert many == "baris 5, 9, 10, dan 2 lainnya, kolom Target · 2026"
        assert names.rows([(0, 4), (0, 5)]) == "baris 5–6"
        assert names.cells([]) == ""


def test_a_sheet_is_named_only_where_there_are_several(app: Flask) -> None:
    names = CellNames(Layout((a_sheet(0), a_sheet(1))))
    with app.test_request_context():
        assert names.cell(Where(1, 13, 4)) == "baris 14, kolom Target · 2026 (lembar Lembar 2)"
        assert names.rows([(0, 4), (1, 9)]) == "baris 5 (lembar Lembar 1); baris 10 (lembar Lembar 2)"


def test_cells_of_a_table_on_its_side_are_named_as_they_stand_in_the_file(app: Flask) -> None:
    names = CellNames(Layout((a_sheet(is_turned=True),)))
    with app.test_request_context():
        assert names.cell(Where(0, 4, 2)) == "baris 5, kolom C"
