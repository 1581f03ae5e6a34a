"""The rows of a table become linked items: what is merged, blank, said again, summed or noted is read as people mean it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.exchange.columns import Target
from roadmap.exchange.passport import Line
from roadmap.intake.books import Book, Cell, CellKind
from roadmap.intake.candidates import Asks, Gathered, Where
from roadmap.intake.gathering import place_words
from roadmap.intake.headings import propose
from roadmap.intake.layouts import Column, Layout, SheetLayout
from tests.intake.books import YEARS, Typed, a_book, a_sheet, gathered, of_kind, targets, values

HEAD = ["Permasalahan", "Rencana Aksi", "Indikator", "Satuan", "Target 2026", "Wilayah"]


def table(*rows: list[Typed], head: list[Typed] | None = None, **more: Any) -> Book:
    return a_book(a_sheet([head or list(HEAD), *rows], **more))


def labels(found: Gathered, kind: str) -> list[str]:
    return [one.label for one in of_kind(found, kind)]


def said(found: Gathered) -> str:
    return " ".join(one.sentence for one in found.remarks)


def test_a_row_is_a_problem_its_action_and_its_measure_linked() -> None:
    found = gathered(table(["Belum ada kanal", "Membuka kanal", "Jumlah kanal", "kanal", 3, "Kota"]))
    problem, action, measure = (of_kind(found, kind)[0] for kind in ("problem", "action", "indicator"))
    assert action.links == {"problems": {problem.key}}
    assert measure.parent == action.key
    assert values(measure) == {"title": "Jumlah kanal", "unit": "kanal", "targets": {"2026": "3"}}
    assert values(action) == {"title": "Membuka kanal", "area": "Kota"}
    assert action.values["area"].where == (Where(0, 1, 5),)
    assert (found.troubles, found.questions, found.remarks, found.without_place) == ([], [], [], [])


def test_blank_cells_go_on_with_the_row_above() -> None:
    found = gathered(
        table(
            ["M", "A", "I", "orang", 1, "Kota"],
            [None, None, "J", "unit", 2, None],
            [None, "B", "K", "unit", 3, None],
            ["N", "C", "L", "unit", 4, None],
        )
    )
    problems, actions, measures = (of_kind(found, kind) for kind in ("problem", "action", "indicator"))
    assert [len(problems), len(actions), len(measures)] == [2, 3, 4]
    assert [one.parent for one in measures] == [actions[at].key for at in (0, 0, 1, 2)]
    assert [one.links["problems"] for one in actions] == [{problems[at].key} for at in (0, 0, 1)]
    assert actions[0].rows == [(0, 1)]


def test_merged_cells_hold_for_all_their_rows() -> None:
    rows: list[list[Typed]] = [
        ["M", "A", "I", None, 1, None],
        [None, None, "J", None, 2, None],
        [None, None, "K", None, 3, None],
    ]
    found = gathered(table(*rows, merged=[(1, 0, 3, 0), (1, 1, 3, 1)]))
    assert labels(found, "indicator") == ["I", "J", "K"]
    assert {one.parent for one in of_kind(found, "indicator")} == {of_kind(found, "action")[0].key}
    assert not found.remarks


def test_the_same_title_is_the_same_item() -> None:
    found = gathered(
        table(
            ["Belum ada kanal", "A", None, None, None, "Kota"],
            ["Belum  ada kanal ", "B", None, None, None, None],
            ["Lain", "a", None, None, None, "Kota"],
        )
    )
    first, other = of_kind(found, "problem")
    assert labels(found, "action") == ["A", "B"]
    assert of_kind(found, "action")[0].links == {"problems": {first.key, other.key}}
    assert of_kind(found, "action")[0].values["area"].where == (Where(0, 1, 5), Where(0, 3, 5))


def test_codes_part_actions_of_one_title() -> None:
    found = gathered(table(["1a", "Melatih"], ["1b", "Melatih"], head=["Kode", "Rencana aksi"]))
    assert [values(one)["code"] for one in of_kind(found, "action")] == ["1a", "1b"]


def test_as_above_means_the_cell_above() -> None:
    found = gathered(table(["M", "A", "I", "orang", 1, "Kota"], ["sda", "B", "J", "s.d.a", 2, "idem"]))
    assert labels(found, "problem") == ["M"]
    second = of_kind(found, "action")[1]
    assert values(second)["area"] == "Kota"
    assert second.values["area"].where == (Where(0, 2, 5),)
    assert values(of_kind(found, "indicator")[1])["unit"] == "orang"


def test_as_above_with_nothing_above_is_told() -> None:
    found = gathered(table(["M", "A", "I", "sda", 1, None]))
    assert [one.where for one in found.troubles] == [Where(0, 1, 3)]


def test_an_action_over_several_rows_has_all_their_cells() -> None:
    found = gathered(
        a_book(
            a_sheet(
                [
                    ["Rencana aksi", "Uraian", "Kode sub kegiatan"],
                    ["A", "Satu", "2.08.03.2.02.0001"],
                    [None, "Dua", "2.08.03.2.02.0002"],
                ]
            )
        )
    )
    (action,) = of_kind(found, "action")
    assert values(action)["description"] == "Satu\n\nDua"
    assert values(action)["subactivity_codes"] == ["2.08.03.2.02.0001", "2.08.03.2.02.0002"]
    assert action.rows == [(0, 1), (0, 2)]


def test_two_amounts_for_one_year_are_told_and_never_added_or_dropped() -> None:
    head: list[Typed] = ["Rencana aksi", "Anggaran 2026 APBD"]
    apart = gathered(table(["A", 5_000_000], [None, 5_000_000], head=head))
    assert [one.where for one in apart.troubles] == [Where(0, 2, 1)]
    again = gathered(table(["A", 5_000_000], ["A", 5_000_000], head=head))
    assert not again.troubles
    assert values(again.candidates[0])["budget"] == {"2026 apbd": 5_000_000}
    other = gathered(table(["A", 5_000_000], ["A", 6_000_000], head=head))
    assert [one.where for one in other.troubles] == [Where(0, 2, 1)]


def test_a_mended_cell_is_read_instead() -> None:
    book = table(["M", "A", "I", "orang", "tiga", None])
    assert [one.where for one in gathered(book).troubles] == [Where(0, 1, 4)]
    found = gathered(book, mended={"0-1-4": "3", "0-1-5": "Kota", "0-99-4": "9", "0-1-99": "9", "7-1-1": "x"})
    assert not found.troubles
    assert values(of_kind(found, "indicator")[0])["targets"] == {"2026": "3"}
    assert values(of_kind(found, "action")[0])["area"] == "Kota"
    assert gathered(book, mended={"0-1-0": " "}).candidates[0].kind == "action"


def test_what_is_no_entry_is_left_aside_and_told() -> None:
    found = gathered(
        table(
            [1, 2, 3, 4, 5, 6],
            ["M", "A", "Jumlah anak", "anak", 5, None],
            list(HEAD),
            [],
            ["N", "B", "Jumlah warga", "orang", 7, None],
            [None, "Jumlah", None, None, 12, None],
            [],
            ["Keterangan: angka sementara"],
            [None, None, None, None, "Semarang, 12 Januari 2026"],
            [None, None, None, None, "Kepala Bappeda"],
        )
    )
    assert labels(found, "indicator") == ["Jumlah anak", "Jumlah warga"]
    assert len(found.candidates) == 6
    assert [one.where.row for one in found.remarks if one.where] == [3, 4, 6, 8]
    assert found.remarks[-1].values["rows"] == "9, 10, 11"


def test_a_measure_that_begins_with_jumlah_is_no_sum() -> None:
    found = gathered(
        table(
            [None, "Melatih petugas", None, None, None, None],
            [None, None, "Jumlah tahun 2026", None, 12, None],
        )
    )
    assert labels(found, "indicator") == ["Jumlah tahun 2026"]


def test_a_title_over_rows_tells_of_rights_where_it_is_given_a_place() -> None:
    rows: list[list[Typed]] = [
        ["No", "Permasalahan", "Rencana aksi"],
        ["A. Hak atas kesehatan"],
        [1, "M", "A"],
        [2, "N", "B"],
        ["B. Hak atas pendidikan"],
        [3, "O", "C"],
    ]
    book = a_book(a_sheet(rows, merged=[(1, 0, 1, 2), (4, 0, 4, 2)]))
    layout = propose(book, {}, YEARS)
    assert targets(layout)["A. Hak atas kesehatan"] == "problem:rights"
    found = gathered(book, layout)
    assert [values(one)["rights"] for one in of_kind(found, "problem")] == [
        ["r-sehat"],
        ["r-sehat"],
        ["r-didik"],
    ]
    unplaced = Layout((_moved(layout.sheets[0], 3, None),))
    found = gathered(book, unplaced)
    assert [one.values["words"] for one in found.remarks] == [
        "A. Hak atas kesehatan",
        "B. Hak atas pendidikan",
    ]
    as_problems = Layout((_moved(_moved(layout.sheets[0], 3, Target("problem", "title")), 1, None),))
    found = gathered(book, as_problems)
    assert labels(found, "problem") == ["Hak atas kesehatan", "Hak atas pendidikan"]
    assert [len(one.links["problems"]) for one in of_kind(found, "action")] == [1, 1, 1]


def _moved(sheet: SheetLayout, index: int, target: Target | None) -> SheetLayout:
    columns = tuple(
        Column(one.index, one.heading, target) if one.index == index else one for one in sheet.columns
    )
    return SheetLayout(sheet.sheet, sheet.headings, sheet.first, sheet.last, columns, sheet.is_turned)


def test_numbered_measures_in_one_cell_take_their_own_targets() -> None:
    found = gathered(table(["M", "A", "1. Pedoman\n2. Pelatihan", "dokumen", "1. 5\n2. 7", None]))
    assert [values(one)["targets"] for one in of_kind(found, "indicator")] == [{"2026": "5"}, {"2026": "7"}]
    assert [values(one)["unit"] for one in of_kind(found, "indicator")] == ["dokumen", "dokumen"]
    one_for_two = gathered(table(["M", "A", "1. Pedoman\n2. Pelatihan", None, 5, None]))
    assert [one.where for one in one_for_two.troubles] == [Where(0, 1, 4)]


def test_a_measure_of_two_parties_is_one_of_each() -> None:
    found = gathered(
        table(["A", "Pedoman", "K/L; OMS"], head=["Rencana aksi", "Ukuran keberhasilan", "Pihak"])
    )
    assert [values(one)["party"] for one in of_kind(found, "indicator")] == ["pemerintah", "oms"]


def test_measures_of_one_name_belong_to_their_actions() -> None:
    found = gathered(table(["M", "A", "Jumlah", None, 1, None], ["M", "B", "Jumlah", None, 2, None]))
    assert [values(one)["targets"] for one in of_kind(found, "indicator")] == [{"2026": "1"}, {"2026": "2"}]


def test_targets_without_a_measure_measure_the_action() -> None:
    found = gathered(table(["Melatih petugas", 5, "orang"], head=["Rencana aksi", "Target 2026", "Satuan"]))
    (measure,) = of_kind(found, "indicator")
    assert (measure.label, values(measure)["unit"]) == ("Melatih petugas", "orang")
    assert "judul aksi dipakai" in said(found)


def test_a_column_whose_kind_has_no_title_is_told_once() -> None:
    found = gathered(table(["A", "x"], ["B", "y"], head=["Rencana aksi", "Penyebab"]))
    assert [(one.where, one.values["heading"]) for one in found.troubles] == [(Where(0, 1, 1), "Penyebab")]


def test_a_row_without_a_title_and_none_above_is_told() -> None:
    found = gathered(table([None, None, None, None, None, "Kota"]))
    assert [one.where for one in found.troubles] == [Where(0, 1, 5)]


def test_a_sheet_whose_measures_name_no_action_is_asked_about_once() -> None:
    book = table(["Jumlah kanal", "kanal"], ["Jumlah aduan", "aduan"], head=["Indikator", "Satuan"])
    found = gathered(book)
    (question,) = found.questions
    assert (question.key, question.asks, question.typed) == ("parent:matriks", Asks.PARENT, "Matriks")
    assert [(one.row, one.column) for one in question.where] == [(1, 0), (2, 0)]
    assert [one.value for one in question.options] == ["new", "leave"]
    assert all(one.awaits_parent and not one.parent for one in found.candidates)
    assert found.troubles == []


def test_an_action_that_only_its_measures_name_can_be_added() -> None:
    book = table(["7", "Jumlah kanal"], ["7", "Jumlah aduan"], head=["Aksi", "Indikator"])
    assert [one.key for one in gathered(book).questions] == ["parent:7"]
    found = gathered(book, answers={"parent:7": "new"})
    (action,) = of_kind(found, "action")
    assert (action.label, values(action)) == ("7", {"title": "7"})
    assert [one.parent for one in of_kind(found, "indicator")] == [action.key, action.key]
    left = gathered(book, answers={"parent:7": "leave"})
    assert [(one.parent, one.awaits_parent) for one in left.candidates] == [(None, False)] * 2


def test_a_sheet_of_measures_may_belong_to_an_action_of_another_sheet() -> None:
    book = a_book(
        a_sheet([["Rencana Aksi", "Uraian"], ["Membuka kanal", "Di semua kecamatan"]], "Aksi"),
        a_sheet([["Indikator", "Satuan"], ["Jumlah kanal", "kanal"]], "Ukuran kanal"),
    )
    (question,) = gathered(book).questions
    (offered, *_others) = question.options
    assert offered.values == {"name": "Membuka kanal"}
    found = gathered(book, answers={question.key: offered.value})
    assert [one.parent for one in of_kind(found, "indicator")] == [of_kind(found, "action")[0].key]


def test_blank_cells_before_the_titles_go_on_and_that_is_said() -> None:
    found = gathered(
        table(
            ["Hak atas kesehatan", "M"],
            [None, "N"],
            ["Hak atas pendidikan", "O"],
            head=["Hak", "Permasalahan"],
        )
    )
    assert [values(one)["rights"] for one in of_kind(found, "problem")] == [
        ["r-sehat"],
        ["r-sehat"],
        ["r-didik"],
    ]
    assert [one.values for one in found.remarks] == [{"heading": "Hak"}]


def test_a_sheet_links_to_another_by_title_or_number() -> None:
    found = gathered(
        a_book(
            a_sheet([["No", "Rencana aksi"], [1, "Melatih"], [2, "Menyusun"]], "Aksi"),
            a_sheet([["Komitmen", "Indikator"], [2, "I"], ["1", "J"], [1, "K"]], "Ukuran"),
            a_sheet([["Rencana aksi yang diukur", "Indikator"], ["2. Menyusun", "L"]], "Lain"),
        ),
        None,
    )
    actions = {one.label: one.key for one in of_kind(found, "action")}
    parents = {one.label: one.parent for one in of_kind(found, "indicator")}
    assert parents["I"] == actions["Menyusun"]
    assert parents["J"] == parents["K"] == actions["Melatih"]


def test_several_columns_of_one_text_say_what_each_is_about() -> None:
    head: list[Typed] = ["Rencana aksi", "Uraian", "Tahapan"]
    found = gathered(table(["A", "Umum", "Satu"], ["B", None, "Dua"], head=head))
    assert [values(one)["description"] for one in found.candidates] == [
        "Uraian: Umum\n\nTahapan: Satu",
        "Tahapan: Dua",
    ]


def test_periods_of_reporting_stand_before_their_measures() -> None:
    found = gathered(
        table(["A", "(1) Pemetaan. (2) Rapat", "Rapat"], head=["Aksi 1", "Ukuran B04", "Ukuran B12"])
    )
    assert labels(found, "indicator") == ["B04: Pemetaan.", "B04: Rapat", "B12: Rapat"]


def test_a_title_too_long_keeps_every_word_in_the_description() -> None:
    long = "Masalah yang panjang sekali " * 40
    found = gathered(table([long, "A", None, None, None, None]))
    problem = of_kind(found, "problem")[0]
    assert values(problem)["description"] == long.strip()
    assert len(problem.label) < 500
    assert len(found.remarks) == 1


def test_the_source_of_money_stands_in_a_column_of_its_own() -> None:
    head: list[Typed] = ["Rencana aksi", "Sumber dana", "Pagu 2026 (Rp juta)"]
    found = gathered(table(["A", "APBD", 250], ["B", "DAK", 1.5], ["C", "APBD dan APBN", 7], head=head))
    assert [values(one).get("budget") for one in found.candidates] == [
        {"2026 apbd": 250_000_000},
        {"2026 dak": 1_500_000},
        {"2026 apbd": 7_000_000},
    ]
    assert (found.troubles, [one.where for one in found.remarks]) == ([], [Where(0, 3, 1)])


def test_a_title_whose_formula_failed_is_told() -> None:
    broken = Cell(CellKind.ERROR, "#REF!", is_formula=True)
    found = gathered(
        table(["M", broken, None, None, None, None], ["N", Cell(CellKind.TEXT, "", is_formula=True)])
    )
    assert [one.where for one in found.troubles] == [Where(0, 1, 1), Where(0, 2, 1)]


def test_a_source_without_an_amount_is_told_once() -> None:
    head: list[Typed] = ["Rencana aksi", "Sumber dana", "Pagu 2026"]
    found = gathered(table(["A", "APBD", None], ["B", "APBN", None], ["C", "APBD", 5_000_000], head=head))
    assert [(one.where, one.values) for one in found.remarks] == [(Where(0, 1, 1), {"rows": "2, 3"})]


def test_amounts_that_name_their_own_sources_need_no_column_for_it() -> None:
    head: list[Typed] = ["Rencana aksi", "Sumber dana", "Pagu"]
    found = gathered(table(["A", "APBD dan APBN", "2026 APBD: 5.000.000\n2026 APBN: 7.000.000"], head=head))
    assert found.troubles == []
    assert values(found.candidates[0])["budget"] == {"2026 apbd": 5_000_000, "2026 apbn": 7_000_000}


def test_what_the_first_cell_says_beside_joins_what_the_other_column_says() -> None:
    found = gathered(
        table(
            ["A", "Dinas Satu; Dinas Dua", "Dinas Tiga"],
            head=["Rencana aksi", "Penanggung jawab", "Pendukung"],
        ),
        answers={f"owner:dinas {one}": "new" for one in ("satu", "dua", "tiga")},
    )
    assert len(values(found.candidates[0])["supporting"]) == 2  # type: ignore[arg-type]


def test_columns_without_a_place_are_listed_when_they_hold_something() -> None:
    found = gathered(table(["A", "x", None], head=["Rencana aksi", "Traps", "Hampa sekali"]))
    assert found.without_place == [(0, "Traps")]


def test_a_table_on_its_side_names_cells_as_they_stand_in_the_file() -> None:
    rows: list[list[Typed]] = [
        ["Field", "Isi"],
        ["Judul", "Melatih"],
        ["Masalah", "Belum ada"],
        ["Periode", "kapan-kapan"],
        ["Traps", "x"],
        ["Mitra", "Forum warga"],
    ]
    book = a_book(a_sheet(rows))
    layout = propose(book, {}, YEARS)
    assert layout.sheets[0].is_turned
    found = gathered(book, layout)
    assert found.candidates[0].values["title"].where == (Where(0, 1, 1),)
    assert [one.where for one in found.troubles] == [Where(0, 3, 1)]
    assert [one.where for one in found.questions] == [(Where(0, 5, 1),)]
    assert place_words(book, layout, Where(0, 3, 1)) == ("Matriks", 4, "Periode")
    assert gathered(book, layout, mended={"0-3-1": "2026"}).troubles == []


def test_a_cell_without_heading_is_named_by_its_letter() -> None:
    book = table(["A"], head=["Rencana aksi"])
    assert place_words(book, propose(book, {}, YEARS), Where(0, 1, 27)) == ("Matriks", 2, "AB")


def test_a_plain_table_of_ours_is_known_by_the_codes_of_its_rows() -> None:
    line = Line("3f0c2a5e-0000-4000-8000-000000000000", 3)
    found = gathered(
        table(
            ["Melatih", "Kota", str(line)],
            ["Salinan", None, str(line)],
            head=["Rencana aksi", "Wilayah", "Kode baris"],
        )
    )
    assert [one.line for one in found.candidates] == [line, None]
    assert len(found.remarks) == 1


# --- nothing is lost

TEXTS = st.sampled_from(
    [
        "",
        "",
        "A",
        "B",
        "sda",
        "Jumlah",
        "12",
        "1. x\n2. y",
        "2026",
        "-",
        "NA",
        "Hak atas kesehatan",
        "Dinas Sosial",
    ]
)
HEADINGS = st.lists(
    st.sampled_from(
        [
            "No",
            "Hak",
            "Permasalahan",
            "Penyebab",
            "Rencana aksi",
            "Uraian",
            "Indikator",
            "Satuan",
            "Target 2026",
            "Baseline",
            "Penanggung jawab",
            "Pendukung",
            "Mulai",
            "Waktu",
            "Pagu 2026 APBD",
            "Pagu 2027",
            "Sumber dana",
            "Prioritas",
            "Pihak",
            "Kode",
            "Wilayah",
            "Traps",
        ]
    ),
    min_size=2,
    max_size=8,
    unique=True,
)


@pytest.mark.slow
@given(st.data())
def test_no_cell_of_a_placed_column_is_lost(data: st.DataObject) -> None:
    head = data.draw(HEADINGS)
    rows = data.draw(
        st.lists(st.lists(TEXTS, min_size=len(head), max_size=len(head)), min_size=1, max_size=6)
    )
    book = a_book(a_sheet([head, *rows]))
    columns = tuple(
        column for column in propose(a_book(a_sheet([head, ["x"] * len(head)])), {}, YEARS).sheets[0].columns
    )
    found = gathered(book, Layout((SheetLayout(0, (0, 0), 1, len(rows), columns),)))
    told = _told(found)
    for column in columns:
        if column.target is None or column.target.field in {"number", "line"}:
            continue
        for number, row in enumerate(rows, 1):
            if row[column.index] and row[column.index] != "-":
                assert (
                    (number, column.index) in told
                    or number in _rows_left(found)
                    or _column_told(found, column)
                ), (column, number)


def _told(found: Gathered) -> set[tuple[int, int]]:
    wheres = [where for one in found.candidates for given in one.values.values() for where in given.where]
    wheres += [one.where for one in found.troubles]
    wheres += [where for one in found.questions for where in one.where]
    wheres += [one.where for one in found.remarks if one.where]
    return {(where.row, where.column) for where in wheres}


def _rows_left(found: Gathered) -> set[int]:
    """Rows that a remark names as left aside, whole."""
    named = ", ".join(one.values["rows"] for one in found.remarks if "rows" in one.values)
    return {int(one) - 1 for one in named.split(", ") if one.isdecimal()}


def _column_told(found: Gathered, column: Column) -> bool:
    return any(one.values.get("heading") == column.heading for one in found.troubles)


def test_a_source_beside_an_amount_that_waits_is_not_said_to_stand_alone() -> None:
    head: list[Typed] = ["Rencana aksi", "Sumber dana", "Pagu"]
    found = gathered(table(["A", "APBD", 5_000_000], head=head))
    assert ([one.key for one in found.questions], found.remarks) == (["year:0-2"], [])


def test_years_left_out_of_a_list_are_told() -> None:
    head: list[Typed] = ["Rencana aksi", "Waktu"]
    found = gathered(table(["A", "2026, 2028"], ["B", "2026, 2027"], ["C", "2027 - 2029"], head=head))
    assert [(one.where, one.values["typed"]) for one in found.remarks] == [(Where(0, 1, 1), "2026, 2028")]
