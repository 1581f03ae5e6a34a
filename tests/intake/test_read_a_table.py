"""Tables that people have are read as they stand: XLSX, ODS, CSV in every writing, and what is pasted."""

import csv
import io
import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet.worksheet import Worksheet

from roadmap.intake.books import Area, Book, Cell, CellKind, Sheet
from roadmap.intake.errors import Unreadable
from roadmap.intake.guarded import read_file, read_paste
from roadmap.intake.parser.faults import Fault
from roadmap.intake.parser.reading import read
from roadmap.text.normal import normalise
from roadmap.text.plain import neutralise_cell

MATRIX = [
    ["No", "Permasalahan", "Rencana aksi", "Pagu"],
    ["1", "Belum ada puskesmas ramah disabilitas", "Melatih petugas;\nmembangun ramp", "1.500.000,50"],
    ["2", "Warga “adat” belum punya KTP", "Perekaman keliling, 12 kampung", "750.000"],
]


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in sheet.rows]


def only(book: Book) -> Sheet:
    (sheet,) = book.sheets
    return sheet


def new_book() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    return book, book.active


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows: list[Any]) -> bytes:
    book, sheet = new_book()
    for row in rows:
        sheet.append(row)
    return saved(book)


def as_csv(rows: list[list[str]], separator: str = ",", encoding: str = "utf-8", before: str = "") -> bytes:
    out = io.StringIO(before, newline="")
    out.seek(0, io.SEEK_END)
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding)


# --- workbooks


def test_each_kind_of_cell_is_told_apart() -> None:
    book, sheet = new_book()
    sheet.title = "Rencana aksi"
    sheet.append(["Judul", 12, 0.1, 0.1 + 0.2, -3.5, True, False, "#REF!", "=1+1"])
    sheet.append(
        [
            date(2026, 12, 31),
            datetime(2026, 3, 1, 8, 30),  # noqa: DTZ001 - a cell has no zone
            time(8, 30),
            0.729,
            1_081_275_230,
            None,
            1e21,
        ]
    )
    sheet["D2"].number_format = "0.0%"
    found = only(read_file(saved(book), "rencana.xlsx"))
    assert found.name == "Rencana aksi"
    assert found.rows == (
        (
            Cell(CellKind.TEXT, "Judul"),
            Cell(CellKind.NUMBER, "12"),
            Cell(CellKind.NUMBER, "0.1"),
            Cell(CellKind.NUMBER, "0.3"),
            Cell(CellKind.NUMBER, "-3.5"),
            Cell(CellKind.FLAG, "1"),
            Cell(CellKind.FLAG, "0"),
            Cell(CellKind.ERROR, "#REF!"),
            Cell(CellKind.TEXT, "", is_formula=True),
        ),
        (
            Cell(CellKind.DATE, "2026-12-31"),
            Cell(CellKind.DATE, "2026-03-01"),
            Cell(CellKind.TEXT, "08:30"),
            Cell(CellKind.NUMBER, "0.729", is_percent=True),
            Cell(CellKind.NUMBER, "1081275230"),
            None,
            Cell(CellKind.NUMBER, "1000000000000000000000"),
        ),
    )


def test_merged_areas_hidden_sheets_rows_and_columns_are_read() -> None:
    book, sheet = new_book()
    sheet["A1"], sheet["C3"] = "Judul matriks", "terlihat"
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.auto_filter.ref = "A1:C3"
    book.create_sheet("Tersembunyi")["A1"] = "tetap dibaca"
    book["Tersembunyi"].sheet_state = "veryHidden"
    found = read_file(saved(book), "matriks.xlsx")
    assert [(one.name, one.is_hidden) for one in found.sheets] == [("Sheet", False), ("Tersembunyi", True)]
    assert found.sheets[0].merged == (Area(0, 0, 0, 2),)
    assert found.sheets[0].at(2, 2) == Cell(CellKind.TEXT, "terlihat")
    assert found.sheets[1].at(0, 0) == Cell(CellKind.TEXT, "tetap dibaca")


@pytest.mark.parametrize("text", ["=1+1", "+62 811", "-", "@kota", "'=1+1", "\tx", "＝1"])
def test_what_was_neutralised_on_the_way_out_comes_back_as_it_was(text: str) -> None:
    assert only(read_file(workbook([neutralise_cell(text), "x"]), "a.xlsx")).at(0, 0) == Cell(
        CellKind.TEXT, text
    )


WORDS = st.text(
    st.characters(codec="utf-8", blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"),
    max_size=40,
)
VALUES = st.one_of(
    WORDS,
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**9), 10**9, places=4, allow_nan=False),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    st.booleans(),
    st.none(),
)


def read_back(value: Any) -> Cell | None:
    if value is None or (isinstance(value, str) and not normalise(value)):
        return None
    if isinstance(value, bool):
        return Cell(CellKind.FLAG, str(int(value)))
    if isinstance(value, date):
        return Cell(CellKind.DATE, value.isoformat())
    if isinstance(value, int | Decimal):
        plain = format(value, "f")
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        return Cell(CellKind.NUMBER, "0" if plain in {"-0", ""} else plain)
    return Cell(CellKind.TEXT, normalise(value))


def read_here(content: bytes, name: str) -> Sheet:
    """Read as the process does, without the process: for many small files."""
    return only(Book.from_json(json.loads("".join(read(content, name, is_paste=False).as_json()))))


@settings(max_examples=60)
@given(st.lists(st.lists(VALUES, min_size=1, max_size=6), min_size=1, max_size=8))
def test_what_openpyxl_writes_is_read_back(rows: list[list[Any]]) -> None:
    book, sheet = new_book()
    for number, row in enumerate([["No"], *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", neutralise_cell(value)), "s"
            else:
                cell.value = value
    found = read_here(saved(book), "a.xlsx")
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            assert found.at(number, column) == read_back(value)


# --- text


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_csv_is_read_in_every_writing(separator: str, encoding: str) -> None:
    found = only(read_file(as_csv(MATRIX, separator, encoding), "C:\\Rencana\\matriks 2026.csv"))
    assert (found.name, texts(found)) == ("matriks 2026", MATRIX)


@given(
    st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_csv_writes_is_read_back(rows: list[list[str]], separator: str, encoding: str) -> None:
    written = [["No", "Judul", "Nilai"], *([neutralise_cell(word) for word in row] for row in rows)]
    content = as_csv(written, separator, encoding, before=f"sep={separator}\r\n")
    found = read_here(content, "a.csv")
    for number, row in enumerate(rows, start=1):
        for column, word in enumerate(row):
            cell = found.at(number, column)
            assert (cell.text if cell else "") == normalise(word)


# --- what is pasted


def test_rows_copied_from_excel_keep_their_cells_of_several_lines() -> None:
    found = only(
        read_paste('Aksi\tPenanggung jawab\r\n"Melatih;\n""Kader"""\t"Kota HAM" adalah\r\nPerda\tBappeda\r\n')
    )
    assert texts(found) == [
        ["Aksi", "Penanggung jawab"],
        ['Melatih;\n"Kader"', '"Kota HAM" adalah'],
        ["Perda", "Bappeda"],
    ]


def test_a_paste_with_semicolons_is_parted_and_commas_stay() -> None:
    assert texts(only(read_paste("Aksi;Pagu\nMelatih, lalu menilai;1.500,5\n"))) == [
        ["Aksi", "Pagu"],
        ["Melatih, lalu menilai", "1.500,5"],
    ]


def test_one_pasted_column_is_one_column() -> None:
    assert texts(only(read_paste("Melatih petugas, kader\nMembangun ramp\n\nPerda"))) == [
        ["Melatih petugas, kader"],
        ["Membangun ramp"],
        [],
        ["Perda"],
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", Fault.EMPTY), (" \n\t\n ", Fault.EMPTY), ("<table><tr><td>1</td></tr></table>", Fault.WEB_PAGE)],
)
def test_a_paste_without_a_table_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_paste(text)
    assert refusal.value.sentence == sentence
