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
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from roadmap.intake.books import Area, Book, Cell, CellKind, Sheet
from roadmap.intake.errors import Unreadable
from roadmap.intake.guarded import read_file, read_paste
from roadmap.intake.parser.faults import Fault
from roadmap.intake.parser.figures import Look, look_of
from roadmap.intake.parser.reading import read
from roadmap.text.normal import normalise
from roadmap.text.plain import neutralise_cell
from tests.intake.packing import (
    HEAD,
    MAIN,
    OFFICE,
    STYLES,
    new_book,
    only,
    row_xml,
    saved,
    sheet_xml,
    text_cell,
    texts,
    workbook,
)

MATRIX = [
    ["No", "Permasalahan", "Rencana aksi", "Pagu"],
    ["1", "Belum ada puskesmas ramah disabilitas", "Melatih petugas;\nmembangun ramp", "1.500.000,50"],
    ["2", "Warga “adat” belum punya KTP", "Perekaman keliling, 12 kampung", "750.000"],
]


def table(*rows: list[Any]) -> bytes:
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
    assert only(read_file(table([neutralise_cell(text), "x"]), "a.xlsx")).at(0, 0) == Cell(
        CellKind.TEXT, text, is_literal=True
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


@pytest.mark.parametrize(
    ("code", "look"),
    [
        ("General", Look.PLAIN),
        ("#,##0.00", Look.PLAIN),
        ('"Rp"#,##0', Look.PLAIN),
        ("[$Rp-421]#,##0.00;[Red]-[$Rp-421]#,##0.00", Look.PLAIN),
        ('_-"Rp"* #,##0_-;-"Rp"* #,##0_-', Look.PLAIN),
        ('0 "hari di desa"', Look.PLAIN),
        ("0\\ \\h", Look.PLAIN),
        ("0.00E+00", Look.PLAIN),
        ("[Red]0", Look.PLAIN),
        ("@", Look.PLAIN),
        ("0%", Look.PERCENT),
        ("0,0%;-0,0%", Look.PERCENT),
        ('0"%"', Look.PLAIN),
        ("dd/mm/yyyy", Look.DATE),
        ("[$-421]dd mmmm yyyy;@", Look.DATE),
        ("mmm-yy", Look.DATE),
        ("mmmm", Look.DATE),
        ("d/m/yy h:mm", Look.DATE),
        ("h:mm AM/PM", Look.TIME),
        ("mm:ss.0", Look.TIME),
        ("[h]:mm:ss", Look.DURATION),
    ],
)
def test_a_number_is_looked_at_as_its_format_shows_it(code: str, look: Look) -> None:
    assert look_of(200, code) is look


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    book = (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="1"/>'
        '<sheets><sheet name="Aksi" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    found = read_file(
        workbook(sheet_xml(row_xml(1, '<c s="2"><v>44925</v></c>')), styles=STYLES.format("0"), book=book),
        "a",
    )
    assert only(found).rows == ((Cell(CellKind.DATE, "2026-12-31"),),)


def test_what_other_programs_write_is_read() -> None:
    """Names with a prefix, cells without places, runs with readings, formulas with nothing to show, days as ISO."""
    strings = (
        f'{HEAD}<x:sst xmlns:x="{MAIN}"><x:si><x:r><x:t>Per</x:t></x:r><x:r><x:t>da</x:t></x:r>'
        "<x:rPh><x:t>baca</x:t></x:rPh></x:si></x:sst>"
    )
    sheet = (
        f'{HEAD}<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row>'
        '<x:c t="s"><x:v>0</x:v></x:c><x:c/><x:c t="str"><x:f>IF(1,"")</x:f><x:v></x:v></x:c>'
        '<x:c t="str"><x:f>A1</x:f><x:v>Perda</x:v></x:c><x:c r="F1" t="d"><x:v>2026-12-31T00:00:00</x:v></x:c>'
        '<x:c t="d"><x:v>2026-13-45</x:v></x:c><x:c t="inlineStr"><x:is><x:t>a_x000D_&#10;b_x005F_x0041_</x:t></x:is></x:c>'
        "</x:row><x:row/><x:row><x:c><x:v>0.30000000000000004</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    found = only(read_file(workbook(sheet, strings=strings), "a"))
    assert found.rows == (
        (
            Cell(CellKind.TEXT, "Perda"),
            None,
            None,
            Cell(CellKind.TEXT, "Perda", is_formula=True),
            None,
            Cell(CellKind.DATE, "2026-12-31"),
            Cell(CellKind.TEXT, "2026-13-45"),
            Cell(CellKind.TEXT, "a\nb_x0041_"),
        ),
        (),
        (Cell(CellKind.NUMBER, "0.3"),),
    )


def test_a_sheet_in_utf_16_is_read() -> None:
    sheet = sheet_xml(row_xml(1, text_cell("A1", "Perda é"))).replace("UTF-8", "UTF-16").encode("utf-16")
    assert texts(only(read_file(workbook(sheet), "a"))) == [["Perda é"]]


def test_what_a_merged_area_hides_is_not_read() -> None:
    cells = row_xml(1, text_cell("A1", "Judul"), text_cell("B1", "sisa lama"), text_cell("C1", "Pagu"))
    found = only(
        read_file(workbook(sheet_xml(cells, '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')), "a")
    )
    assert texts(found) == [["Judul", "", "Pagu"]]


# --- text


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ("Aksi;Pagu\nMelatih;1,5\nMenilai;2,5\n", [["Aksi", "Pagu"], ["Melatih", "1,5"], ["Menilai", "2,5"]]),
        ("Aksi,Kantor\nMelatih,Dinsos; Bappeda\nMenilai,Bappeda\n", [["Aksi", "Kantor"], ["Melatih", "Dinsos; Bappeda"], ["Menilai", "Bappeda"]]),
        ("Matriks;;\nAksi;Pagu;Kantor\nA, B;1;C\n", [["Matriks", "", ""], ["Aksi", "Pagu", "Kantor"], ["A, B", "1", "C"]]),
        ("Aksi\nMelatih petugas, kader, dan warga\nMenilai\n", [["Aksi"], ["Melatih petugas, kader, dan warga"], ["Menilai"]]),
        ("sep=|\nA|B\n1|2\n", [["A", "B"], ["1", "2"]]),
        ('A;B\n"x\r\ny";"5"" pipa"\n', [["A", "B"], ["x\ny", '5" pipa']]),
        ('A;B\n"Kota" HAM;5" pipa\n', [["A", "B"], ['"Kota" HAM', '5" pipa']]),
        ("A;B\r1;2\r", [["A", "B"], ["1", "2"]]),
        ("A;B\n\n1;2;;;\n;;;\n\n", [["A", "B"], [], ["1", "2"]]),
        ("A;;C\n;2;\n", [["A", "", "C"], ["", "2"]]),
    ],
)  # fmt: skip
def test_separators_and_quotation_marks_are_read_as_meant(content: str, cells: list[list[str]]) -> None:
    found = texts(only(read_file(content.encode(), "a.csv")))
    trimmed = [[*row] for row in cells]
    for one in trimmed:
        while one and not one[-1]:
            one.pop()
    assert found == trimmed


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
