"""What people write in a cell is what the plan gets; what could be two things waits, what has no place is said."""

import time
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from roadmap.exchange.columns import Target
from roadmap.history.models import Plain
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.layouts import Reading
from roadmap.intake.synonyms import CHOICES as SYNONYMS
from roadmap.intake.values import is_ditto, text_of, understand, understand_period
from roadmap.intake.values.understanding import find_choice
from roadmap.plan.fields import Choice, Line, Text
from roadmap.plan.kinds import KINDS
from tests.intake.cells import column, day, figure, names, place, read, sentences, value, words

# --- months and years

MONTHS = [
    # what stands there, as a beginning, as an end
    ("31/12/2026", "2026-12-31", "2026-12-31"),
    ("31-12-2026", "2026-12-31", "2026-12-31"),
    ("31.12.2026", "2026-12-31", "2026-12-31"),
    ("2026-12-31", "2026-12-31", "2026-12-31"),
    ("31/12/26", "2026-12-31", "2026-12-31"),
    ("12/31/2026", "2026-12-31", "2026-12-31"),
    ("05/05/2026", "2026-05-05", "2026-05-05"),
    ("31 Desember 2026", "2026-12-31", "2026-12-31"),
    ("Desember 2026", "2026-12-01", "2026-12-31"),
    ("DESEMBER 2026", "2026-12-01", "2026-12-31"),
    ("Des 2026", "2026-12-01", "2026-12-31"),
    ("Des-26", "2026-12-01", "2026-12-31"),
    ("Dec 2026", "2026-12-01", "2026-12-31"),
    ("Nopember 2026", "2026-11-01", "2026-11-30"),
    ("Bulan Februari tahun 2028", "2028-02-01", "2028-02-29"),
    ("12/2026", "2026-12-01", "2026-12-31"),
    ("2026/12", "2026-12-01", "2026-12-31"),
    ("TW3 2026", "2026-07-01", "2026-09-30"),
    ("TW III 2026", "2026-07-01", "2026-09-30"),
    ("TW.III/2026", "2026-07-01", "2026-09-30"),
    ("TW IV - 2026", "2026-10-01", "2026-12-31"),
    ("Triwulan III 2026", "2026-07-01", "2026-09-30"),
    ("Triwulan ke-3 Tahun 2026", "2026-07-01", "2026-09-30"),
    ("Q1 2026", "2026-01-01", "2026-03-31"),
    ("2026 TW 2", "2026-04-01", "2026-06-30"),
    ("Semester 1 2026", "2026-01-01", "2026-06-30"),
    ("Semester II Tahun 2026", "2026-07-01", "2026-12-31"),
    ("B04 2026", "2026-01-01", "2026-04-30"),
    ("B08 2026", "2026-05-01", "2026-08-31"),
    ("B12 2026", "2026-09-01", "2026-12-31"),
    ("B.06 2019", "2019-04-01", "2019-06-30"),
    ("2026", "2026-01-01", "2026-12-31"),
    ("Tahun 2026", "2026-01-01", "2026-12-31"),
    ("TA 2026", "2026-01-01", "2026-12-31"),
    ("T.A. 2026", "2026-01-01", "2026-12-31"),
]


@pytest.mark.parametrize(("typed", "first", "last"), MONTHS)
def test_a_month_is_read_however_it_is_written(typed: str, first: str, last: str) -> None:
    assert (value("action:starts_on", typed), value("action:ends_on", typed)) == (first, last)


def test_a_real_date_is_a_day_and_the_first_of_a_month_as_an_end_means_all_of_it() -> None:
    assert value("action:starts_on", day("2026-12-01")) == "2026-12-01"
    assert value("action:ends_on", day("2026-12-01")) == "2026-12-31"
    assert value("action:ends_on", day("2026-12-15")) == "2026-12-15"
    assert value("action:starts_on", figure("2026")) == "2026-01-01"
    assert value("action:ends_on", figure("2030")) == "2030-12-31"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("segera", "misalnya Desember 2026"),
        ("31/02/2026", "tidak ada di kalender"),
        ("13/13/2026", "tidak ada di kalender"),
        ("TW5 2026", "misalnya Desember 2026"),
        ("Desember 1826", "empat angka"),
        ("awal tahun", "misalnya Desember 2026"),
        ("Maret 2027 - Januari 2026", "Akhirnya lebih dulu"),
        (figure("46387"), "31/12/2026"),
        (figure("6"), "misalnya Desember 2026"),
        (figure("2026.5"), "misalnya Desember 2026"),
    ],
)
def test_what_names_no_month_is_said_with_what_to_write(typed: Cell | str, why: str) -> None:
    told = read("action:ends_on", typed)
    assert told.value is None
    assert [why in sentence for sentence in sentences(told)] == [True]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026–2028", "2026-01-01", "2028-12-31"),
        ("2026-2028", "2026-01-01", "2028-12-31"),
        ("2026 s.d. 2028", "2026-01-01", "2028-12-31"),
        ("2026 s/d 2028", "2026-01-01", "2028-12-31"),
        ("2026 sampai 2028", "2026-01-01", "2028-12-31"),
        ("2026, 2027, 2028", "2026-01-01", "2028-12-31"),
        ("2026 dan 2027", "2026-01-01", "2027-12-31"),
        ("Januari – Desember 2026", "2026-01-01", "2026-12-31"),
        ("Jan-Mar 2026", "2026-01-01", "2026-03-31"),
        ("Aug 2021 – Dec 2023", "2021-08-01", "2023-12-31"),
        ("Januari 2022 sampai dengan Maret 2024", "2022-01-01", "2024-03-31"),
        ("01/08/2021 - 31/12/2023", "2021-08-01", "2023-12-31"),
        ("TW I – III 2026", "2026-01-01", "2026-09-30"),
        ("TW1 - TW3 2026", "2026-01-01", "2026-09-30"),
        ("Desember 2026", "2026-12-01", "2026-12-31"),
    ],
)
def test_a_period_has_a_beginning_and_an_end(typed: str, first: str, last: str) -> None:
    told = understand_period(column(typed), Reading(day_first=True))
    assert (told.beside, told.troubles, told.waits) == ({"starts_on": first, "ends_on": last}, [], set())


def test_a_period_in_the_column_of_the_beginning_tells_the_end_too() -> None:
    told = read("action:starts_on", "Aug 2021 – Dec 2023")
    assert (told.value, told.beside) == ("2021-08-01", {"ends_on": "2023-12-31"})
    told = read("action:ends_on", "2026 s.d. 2028")
    assert (told.value, told.beside) == ("2028-12-31", {"starts_on": "2026-01-01"})


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("2025", 2025),
        ("Tahun 2025", 2025),
        ("TA 2025", 2025),
        ("data tahun 2025", 2025),
        (figure("2025"), 2025),
        (day("2025-03-01"), 2025),
        ("-", None),
        ("", None),
    ],
)
def test_a_year_is_read_however_it_is_written(typed: Cell | str, year: int | None) -> None:
    assert value("problem:baseline_year", typed) == year


@pytest.mark.parametrize("typed", ["2025/2026", "25", "2025 (BPS)", figure("2025.5"), "9999", "tahun lalu"])
def test_what_is_no_single_year_is_said(typed: Cell | str) -> None:
    told = read("problem:baseline_year", typed)
    assert (told.value, len(told.troubles)) == (None, 1)


# --- figures

FIGURES = [
    ("72,9", "72.9"),
    ("72.9", "72.9"),
    ("1.081.275", "1081275"),
    ("1,081,275", "1081275"),
    ("1.081.275,5", "1081275.5"),
    ("1 081 275", "1081275"),
    ("-3,5", "-3.5"),
    ("0,125", "0.125"),
    ("0", "0"),
    ("nihil", "0"),
    ("Nihil (0)", "0"),
    ("NA", "NA"),
    ("N/A", "NA"),
    ("n.a.", "NA"),
    ("Tidak tersedia", "NA"),
    ("belum ada data", "NA"),
    ("tidak ada data", "NA"),
    ("", None),
    (figure("72.9"), "72.9"),
    (figure("1.5"), "1.5"),
    (figure("1500"), "1500"),
    (figure("0.729", is_percent=True), "72.9"),
    (figure("1E+2"), "100"),
]


@pytest.mark.parametrize(("typed", "number"), FIGURES)
@pytest.mark.parametrize("where", ["indicator:baseline", "problem:baseline"])
def test_a_figure_is_read_however_it_is_written(where: str, typed: Cell | str, number: str | None) -> None:
    assert value(where, typed) == number


@pytest.mark.parametrize(
    ("typed", "number", "beside"),
    [
        ("60%", "60", {"unit": "persen"}),
        ("60 %", "60", {"unit": "persen"}),
        ("72,9 persen (2020)", "72.9", {"unit": "persen", "baseline_year": 2020}),
        ("26 (2020)", "26", {"baseline_year": 2020}),
        ("25% tahun 2020", "25", {"unit": "persen", "baseline_year": 2020}),
        ("2020: 25%", "25", {"unit": "persen", "baseline_year": 2020}),
        ("93 kelurahan", "93", {"unit": "kelurahan"}),
        ("1,5 juta orang", "1500000", {"unit": "orang"}),
        ("↓ 17,9", "17.9", {"direction": "turun"}),
        ("17,9 ↓", "17.9", {"direction": "turun"}),
        ("turun menjadi 17,9%", "17.9", {"direction": "turun", "unit": "persen"}),
        ("naik menjadi 93", "93", {"direction": "naik"}),
        (figure("0.25", is_percent=True), "25", {"unit": "persen"}),
    ],
)
def test_unit_year_and_direction_beside_a_figure_go_where_they_belong(
    typed: Cell | str, number: str, beside: dict[str, Plain]
) -> None:
    told = read("indicator:baseline", typed)
    assert (told.value, told.beside, told.troubles) == (number, beside, [])


def test_the_unit_of_a_problems_figure_has_another_name() -> None:
    assert read("problem:baseline", "26 orang (2021)").beside == {
        "baseline_unit": "orang",
        "baseline_year": 2021,
    }


@pytest.mark.parametrize(
    "typed",
    [
        ">2,800",
        "≥ 75",
        "< 5",
        "minimal 80",
        "lebih dari 10 orang",
        "70-75",
        "70 – 75",
        "70 s.d. 75",
        "2/3",
        "10 20",
        "10 orang, 5 laki-laki",
        "+24%",
        "turun 10%",
        "meningkat 5 persen",
        "banyak",
        "sekitar 40",
        "10 orang (di tiga kecamatan yang letaknya paling jauh dari pusat kota)",
        "25%, 50% usulan kelompok perempuan",
        day("2026-05-01"),
        Cell(CellKind.FLAG, "1"),
        "x" * 5_000,
    ],
)
def test_a_figure_that_the_plan_has_no_place_for_is_said_and_never_cut(typed: Cell | str) -> None:
    told = read("indicator:baseline", typed)
    assert (told.value, told.beside, told.waits) == (None, {}, set())
    assert len(told.troubles) == 1
    assert "%(" not in sentences(told)[0]


def test_a_date_among_figures_is_named_as_the_slip_of_the_program_it_is() -> None:
    assert "Excel" in sentences(read("indicator:baseline", day("2026-05-01")))[0]


# --- targets


@pytest.mark.parametrize(
    "typed",
    [
        "2026: 10; 2027: 20",
        "2026: 10\n2027: 20",
        "2026: 10, 2027: 20",
        "10 (2026), 20 (2027)",
        "2026 = 10; 2027 = 20",
    ],
)
def test_all_targets_may_stand_in_one_cell(typed: str) -> None:
    assert value("indicator:targets", typed) == {"2026": "10", "2027": "20"}


def test_targets_keep_commas_percent_and_what_is_not_to_be_had() -> None:
    told = read("indicator:targets", "2026: 72,9%; 2027: NA; 2028: nihil")
    assert (told.value, told.beside) == ({"2026": "72.9", "2027": "NA", "2028": "0"}, {"unit": "persen"})


def test_a_column_of_one_year_gives_one_target() -> None:
    assert value("indicator:targets:2026", figure("12")) == {"2026": "12"}
    assert value("indicator:targets:2026", "12 (2026)") == {"2026": "12"}
    assert value("indicator:targets", "12", reading=Reading(year=2027)) == {"2027": "12"}


def test_another_year_than_the_columns_is_said() -> None:
    told = read("indicator:targets:2026", "12 (2027)")
    assert (told.value, sentences(told)) == (
        {},
        ["Sel ini menyebut tahun 2027, kolomnya tahun 2026. Pindahkan ke kolom yang sesuai."],
    )


def test_two_targets_of_one_year_are_not_chosen_between() -> None:
    told = read("indicator:targets:2026", "12", "13")
    assert [one.where.row for one in told.troubles] == [14]


# --- money

AMOUNTS = [
    ("Rp 1.500.000,00", 1_500_000),
    ("Rp1.500.000", 1_500_000),
    ("Rp. 1.500.000,-", 1_500_000),
    ("rp 1.500.000", 1_500_000),
    ("IDR 1,500,000.00", 1_500_000),
    ("1.081.275.230", 1_081_275_230),
    ("1,081,275,230", 1_081_275_230),
    ("1500000", 1_500_000),
    ("1500000,00", 1_500_000),
    ("1.500", 1_500),
    ("1,5 juta", 1_500_000),
    ("Rp 1,5 jt", 1_500_000),
    ("Rp1,081 miliar", 1_081_000_000),
    ("250 ribu", 250_000),
    ("2 milyar rupiah", 2_000_000_000),
    ("1.500.000 rupiah", 1_500_000),
    ("nihil", 0),
    ("0", 0),
    (figure("70590400"), 70_590_400),
    (figure("70590400.0"), 70_590_400),
    (figure("1234567.9999999998"), 1_234_568),
]


@pytest.mark.parametrize(("typed", "rupiah"), AMOUNTS)
def test_an_amount_is_read_however_it_is_written(typed: Cell | str, rupiah: int) -> None:
    reading = Reading(decimal=",")
    assert value("action:budget:2026 apbd", typed, reading=reading) == {"2026 apbd": rupiah}


@pytest.mark.parametrize("typed", ["-", "Rp -", "Rp. -", "", "–", "Rp"])
def test_a_dash_among_amounts_is_nothing(typed: str) -> None:
    assert value("action:budget:2026 apbd", typed) == {}


def test_the_short_word_for_a_thousand_million_is_taken_and_told() -> None:
    told = read("action:budget:2026 apbd", "Rp 1,5 M")
    assert (told.value, len(told.remarks)) == ({"2026 apbd": 1_500_000_000}, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "72,5",
        "-5.000.000",
        "(5.000.000)",
        "100-200 juta",
        "10 juta dan 20 juta",
        "Rp70,5 juta/tahun",
        "5 juta per orang",
        figure("1500.5"),
        figure("-1"),
        figure("0.5", is_percent=True),
        "menyesuaikan",
        "sesuai DPA",
        "9" * 30,
        day("2026-05-01"),
        "Rp 1.5.00",
        "x" * 4_000,
    ],
)
def test_what_is_no_whole_amount_is_said(typed: Cell | str) -> None:
    told = read("action:budget:2026 apbd", typed)
    assert (told.value, len(told.troubles), told.waits) == ({}, 1, set())
    assert "%(" not in sentences(told)[0]


def test_a_column_in_millions_is_multiplied_but_not_what_says_rupiah() -> None:
    millions = Reading(scale=1_000_000, decimal=",")
    assert value("action:budget:2026 apbd", figure("70.5904"), reading=millions) == {"2026 apbd": 70_590_400}
    assert value("action:budget:2026 apbd", "70,5904", reading=millions) == {"2026 apbd": 70_590_400}
    assert value("action:budget:2026 apbd", "1.500", reading=millions) == {"2026 apbd": 1_500_000_000}
    assert value("action:budget:2026 apbd", "Rp 5.000.000", reading=millions) == {"2026 apbd": 5_000_000}
    assert value("action:budget:2026 apbd", "5 juta", reading=millions) == {"2026 apbd": 5_000_000}


@pytest.mark.parametrize(
    ("typed", "money"),
    [
        ("2026: Rp10 juta; 2027 APBN Rp20.000.000", {"2026 apbd": 10_000_000, "2027 apbn": 20_000_000}),
        ("2026 APBN: 5.000.000\n2026 CSR: 1.000.000", {"2026 apbn": 5_000_000, "2026 csr": 1_000_000}),
        ("Rp10 juta (APBN, 2026)", {"2026 apbn": 10_000_000}),
        ("APBD 2026 Rp 100.000.000", {"2026 apbd": 100_000_000}),
        ("2026 APBD kabupaten/kota: 420000000", {"2026 apbd": 420_000_000}),
        ("2026: 10.000.000, 2027: 20.000.000", {"2026 apbd": 10_000_000, "2027 apbd": 20_000_000}),
        ("DBH CHT: 7.000.000", {"2030 dbhcht": 7_000_000}),
        ("Bankeu Prov 2027: 3 jt", {"2027 bankeu": 3_000_000}),
        ("2026 Dana desa: 1876", {"2026 dana_desa": 1_876}),
        ("2200 Tanpa anggaran: 0", {"2200 tanpa": 0}),
    ],
)
def test_all_money_may_stand_in_one_cell(typed: str, money: dict[str, int]) -> None:
    assert value("action:budget", typed, reading=Reading(year=2030, source="apbd")) == money


def test_an_unknown_source_and_another_year_than_the_columns_are_said() -> None:
    assert "tidak dikenal" in sentences(read("action:budget", "2026 PAD Dinas: 5.000.000"))[0]
    assert "lain daripada kolomnya" in sentences(read("action:budget:2026 apbd", "2027: 5.000.000"))[0]
    assert "berbeda" in sentences(read("action:budget:2026 apbd", "5.000.000", "6.000.000"))[0]


# --- choices

FIELDS = [(kind.name, field) for kind in KINDS.values() for field in kind.fields]
LISTS = [(kind, field) for kind, field in FIELDS if isinstance(field.type, Choice)]
CATALOGUE = Path(__file__).parents[2] / "roadmap/translations/en/LC_MESSAGES/messages.po"


@pytest.mark.parametrize(("kind", "field"), LISTS, ids=lambda one: getattr(one, "name", one))
def test_a_choice_is_known_by_its_words_in_both_languages_in_any_case(kind: str, field: object) -> None:
    field = KINDS[kind].by_name[field.name]  # type: ignore[attr-defined]
    assert isinstance(field.type, Choice)
    with CATALOGUE.open("rb") as file:
        english = read_po(file)
    for word, label in field.type.options.items():
        said = str(english[label].string)
        for typed in (word, label, label.upper(), f" {label.lower()} ", said, said.upper()):
            assert value(f"{kind}:{field.name}", typed) == word, typed


def test_every_synonym_leads_to_a_word_of_its_list() -> None:
    for name, table in SYNONYMS.items():
        kind, _dot, field = name.rpartition(".")
        types = [one.type for at, one in FIELDS if one.name == field and kind in {"", at}]
        assert types, name
        for of in types:
            assert isinstance(of, Choice)
            assert set(table.values()) <= set(of.options), name
            assert [find_choice(Target(kind or "x", field), of, word) for word in table] == list(
                table.values()
            )


@pytest.mark.parametrize(
    "typed", ["turun", "↓", "semakin rendah", "Semakin rendah semakin baik", "Lower is better"]
)
def test_lower_is_better_is_a_direction(typed: str) -> None:
    assert value("indicator:direction", typed) == "turun"


def test_a_word_of_no_list_is_answered_with_the_list() -> None:
    assert sentences(read("modality:modality_kind", "x"))[0].endswith("Sarana, Lainnya.")
    told = read("action:priority", "penting sekali")
    assert sentences(told) == [
        "“penting sekali” tidak ada di daftar. Pilih salah satu: Tinggi, Sedang, Rendah."
    ]


# --- words


def test_words_are_taken_as_they_stand_and_a_lone_dash_only_where_it_is_meant() -> None:
    # The reader of files has taken off the quote that keeps a cell from being run.
    assert value("problem:title", "'=1+1") == "'=1+1"
    assert value("problem:description", "- satu\n- dua") == "- satu\n- dua"
    assert value("problem:title", Cell(CellKind.TEXT, "-", is_literal=True)) == "-"
    assert value("problem:title", "-") == ""
    assert value("problem:title", "  Belum\n tersedianya  kanal ") == "Belum tersedianya kanal"
    assert value("problem:title", figure("2026")) == "2026"
    assert value("problem:area", figure("0.5")) == "0,5"
    assert value("problem:area", figure("0.5", is_percent=True)) == "50%"
    assert value("problem:description", day("2026-05-09")) == "9 Mei 2026"


@pytest.mark.parametrize(("kind", "field"), [one for one in FIELDS if isinstance(one[1].type, Line | Text)])
def test_what_is_too_long_is_said_with_its_length_and_limit(kind: str, field: object) -> None:
    field = KINDS[kind].by_name[field.name]  # type: ignore[attr-defined]
    limit = field.type.limit
    where = f"{kind}:{field.name}"
    assert value(where, "x" * limit) == "x" * limit
    told = read(where, "x" * (limit + 7))
    assert told.value == ""
    assert f"{limit + 7} huruf, paling banyak {limit}" in sentences(told)[0]


def test_several_cells_of_one_text_are_put_together_once_each() -> None:
    assert value("problem:cause", "Satu", "Dua", "Satu") == "Satu\n\nDua"
    assert value("problem:area", "Kec. A", "Kec. B", "Kec. A") == "Kec. A; Kec. B"


def test_cells_that_should_agree_and_do_not_are_said() -> None:
    told = read("problem:baseline_year", "2020", "2021")
    assert (told.value, [one.where.row for one in told.troubles]) == (2020, [14])


# --- codes


def test_codes_of_both_widths_are_taken() -> None:
    told = read(
        "action:subactivity_codes",
        "2.08.03.2.02.01; 2.08.03.2.02.0001\nX.XX.01.2.01.0001, 2.08. 03.2.02.0002.",
    )
    assert told.value == ["2.08.03.2.02.0001", "2.08.03.2.02.0002", "2.08.03.2.02.01", "X.XX.01.2.01.0001"]
    assert (told.troubles, told.remarks) == ([], [])


def test_a_code_of_another_shape_is_taken_with_a_remark() -> None:
    told = read("action:subactivity_codes", "2.08.03\n7.02")
    assert (told.value, len(told.remarks), told.troubles) == (["2.08.03", "7.02"], 2, [])
    told = read("action:subactivity_codes", "2.08.03.2.02.0001 Penyediaan Layanan Pengaduan")
    assert told.value == ["2.08.03.2.02.0001"]
    assert [one.values for one in told.remarks] == [{"rest": "Penyediaan Layanan Pengaduan"}]
    assert sentences(read("action:subactivity_codes", "x" * 61)) == ["Satu kode paling panjang 60 huruf."]


# --- evidence


def test_links_come_with_their_titles() -> None:
    told = read(
        "problem:evidence",
        "Laporan | https://contoh.go.id/a\nhttps://contoh.go.id/b\nFoto: https://drive.google.com/c\n"
        "[Data](https://contoh.go.id/d)\nbappeda.contoh.go.id/e",
    )
    assert told.value == {
        "https://bappeda.contoh.go.id/e": "",
        "https://contoh.go.id/a": "Laporan",
        "https://contoh.go.id/b": "",
        "https://contoh.go.id/d": "Data",
        "https://drive.google.com/c": "Foto",
    }
    assert told.troubles == []


def test_several_links_on_one_line_are_parted() -> None:
    told = read("problem:evidence", "https://contoh.id/a; https://contoh.id/b, Foto: https://contoh.id/c.")
    assert told.value == {"https://contoh.id/a": "", "https://contoh.id/b": "", "https://contoh.id/c": "Foto"}


def test_a_cross_for_a_link_is_told_and_words_without_a_link_are_asked_for_one() -> None:
    told = read("problem:evidence", "#")
    assert (told.value, told.troubles, len(told.remarks)) == ({}, [], 1)
    assert "Isi tautan" in sentences(read("problem:evidence", "Foto kegiatan"))[0]
    assert "https://" in sentences(read("problem:evidence", "Berkas | ftp://contoh.id/x"))[0]


# --- what a program leaves behind


def test_a_formula_without_result_is_said_and_its_result_is_told_once_a_column() -> None:
    told = read("indicator:baseline", Cell(CellKind.ERROR, "#REF!"))
    assert (told.value, len(told.troubles)) == (None, 1)
    assert len(read("indicator:baseline", Cell(CellKind.TEXT, "", is_formula=True)).troubles) == 1
    same = names()
    field, target = place("indicator:baseline")
    remarks = [
        understand(field, target, one, Reading(), same).remarks
        for one in (
            column(Cell(CellKind.NUMBER, "5", is_formula=True)),
            column(Cell(CellKind.NUMBER, "6", is_formula=True)),
        )
    ]
    assert [len(one) for one in remarks] == [1, 0]


@pytest.mark.parametrize("typed", ["sda", "s.d.a.", "SDA", "idem", "”", '"', "Sama dengan di atas"])
def test_as_above_is_known(typed: str) -> None:
    assert is_ditto(words(typed))
    assert not is_ditto(words(f"{typed} dan Dinas Sosial"))


def test_a_yes_of_a_program_is_a_word() -> None:
    assert [text_of(Cell(CellKind.FLAG, sign)) for sign in "10"] == ["Ya", "Tidak"]


# --- what nobody types

ONE_OF_EACH_TYPE = list({type(field.type): (kind, field) for kind, field in FIELDS}.values())
PATTERNS = (
    "1." * 50_000,
    "1 " * 50_000,
    " " * 100_000,
    "(" * 100_000,
    "a; " * 33_000,
    "2026: " * 16_000,
    "2026, " * 16_000,
    "Rp" * 50_000,
    "1.000" * 20_000,
    "a dan " * 16_000,
    "https://" * 12_500,
    "a.b/" * 25_000,
    "-\n" * 50_000,
    "1. a " * 20_000,
    "TW " * 33_000,
    "\n" * 100_000,
    "x" * 100_000,
    "'" * 100_000 + "=",
    "s/d " * 25_000,
    " | " * 33_000,
)


@pytest.mark.parametrize("text", PATTERNS, ids=lambda text: repr(text[:8]))
def test_a_hostile_cell_is_read_in_time(text: str) -> None:
    """A cell holds 32,767 letters at most; three times as many may take no more than a moment."""
    began = time.process_time()
    slow = []
    for kind, field in ONE_OF_EACH_TYPE:
        start = time.process_time()
        read(f"{kind}:{field.name}", text)
        took = time.process_time() - start
        if took > 2:
            slow.append((field.name, took))
    understand_period(column(text), Reading())
    assert not slow, slow
    assert time.process_time() - began < 15


# --- what only keeps a place


@pytest.mark.parametrize(
    "typed",
    ["Insert", "…", "...", "[…]", "(kosong)", "(kosong di sumber)", '"#"', "Belum ditentukan", "____"],
)
def test_what_only_keeps_a_place_is_nothing_and_that_is_said_once(typed: str) -> None:
    for written in ("action:lead", "action:supporting", "action:groups", "action:ends_on", "action:budget",
                    "indicator:targets", "indicator:baseline", "indicator:party", "action:evidence"):  # fmt: skip
        known = names()
        told = read(written, typed, typed, given=known)
        assert (told.troubles, told.waits, known.questions) == ([], set(), []), written
        assert not told.value
        assert [one.values["typed"] for one in told.remarks] == [typed]


def test_in_a_text_the_same_words_are_somebodys_words() -> None:
    assert value("action:description", "…") == "…"
    assert value("problem:area", "Insert") == "Insert"


def test_a_name_in_quotes_is_the_name() -> None:
    known = names()
    read("action:supporting", '"Forum warga kelurahan"; “PKK”', given=known)
    assert [one.typed for one in known.questions] == ["Forum warga kelurahan", "PKK"]


def test_a_party_alone_may_say_that_it_is_the_only_one() -> None:
    assert value("indicator:party", "K/L only") == value("indicator:party", "Pemerintah saja") == "pemerintah"


def test_the_year_in_the_heading_of_a_baseline_is_its_year() -> None:
    told = read("indicator:baseline", figure("75.56"), reading=Reading(year=2020))
    assert (told.value, told.beside) == ("75.56", {"baseline_year": 2020})
    told = read("problem:baseline", "72,9 persen (2019)", reading=Reading(year=2020, decimal=","))
    assert told.beside == {"baseline_unit": "persen", "baseline_year": 2019}
