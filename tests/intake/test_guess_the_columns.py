"""Headings are found wherever they stand, and every column is offered the place it probably has; a person decides."""

from collections.abc import Sequence

import pytest

from roadmap.exchange.columns import Target
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.guessing import guess, heading_key, places
from roadmap.intake.headings import describe, propose
from roadmap.intake.layouts import Layout, Reading
from roadmap.plan.kinds import KINDS, Kind
from tests.intake.books import YEARS, Areas, Typed, a_book, a_sheet, targets

OFFICIAL = [
    "No", "Hak", "Permasalahan", "Aksi", "Indikator", "Baseline", "Target 2026", "Penanggung jawab", "Pendukung/OMS",
    "Sumber dana", "Pagu",
]  # fmt: skip
ROW: list[Typed] = [1, "Hak atas kesehatan", "M", "A", "I", 5, 7, "Dinas Sosial", "PKK", "APBD", 5_000_000]


def laid(*rows: Sequence[Typed], merged: Areas = (), name: str = "Matriks") -> Layout:
    return propose(a_book(a_sheet(rows, name, merged)), {}, YEARS)


def guessed(heading: str, *cells: Typed, beside: tuple[str, ...] = ("Rencana aksi",)) -> str:
    samples = a_sheet([cells]).rows[0]
    found = guess([*beside, heading], [*([] for _one in beside), [cell for cell in samples if cell]], {}, "")
    return str(found[-1][0] or "")


def test_the_official_columns_are_known() -> None:
    assert list(targets(laid(list(OFFICIAL), ROW)).values()) == [
        "problem:number", "problem:rights", "problem:title", "action:title", "indicator:title", "indicator:baseline",
        "indicator:targets:2026", "action:lead", "action:supporting", "action:budget:source", "action:budget",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("PJ", "action:lead"),
        ("OPD", "action:lead"),
        ("Perangkat daerah pelaksana", "action:lead"),
        ("PERANGKAT  DAERAH\nPENANGGUNG JAWAB", "action:lead"),
        ("Lead", "action:lead"),
        ("Relevant agency", "action:lead"),
        ("Kementerian/Lembaga", "action:lead"),
        ("Organisasi Masyarakat Sipil (OMS)", "action:supporting"),
        ("Institutions involved", "action:supporting"),
        ("Ukuran B04", "indicator:title"),
        ("Ukuran keberhasilan (K/L)", "indicator:title"),
        ("Kriteria keberhasilan", "action:success_criteria"),
        ("Hasil yang ingin dicapai", "action:expected_result"),
        ("Masalah (ringkas)", "problem:title"),
        ("Akar masalah", "problem:cause"),
        ("Kondisi saat ini", "problem:description"),
        ("Target Tahun 2027", "indicator:targets:2027"),
        ("2028 · Target", "indicator:targets:2028"),
        ("Target · 2029", "indicator:targets:2029"),
        ("Anggaran 2026 APBD Provinsi", "action:budget:2026 apbd_provinsi"),
        ("2026 · Rp (juta)", "action:budget:2026"),
        ("APBN", "action:budget"),
        ("Realisasi Anggaran 2025", "action:realisation:2025"),
        ("Baseline 2024", "indicator:baseline"),
        ("Data dasar · Tahun", "indicator:baseline_year"),
        ("Waktu Pelaksanaan", "action:period"),
        ("Waktu · Mulai", "action:starts_on"),
        ("Completion", "action:ends_on"),
        ("Kode Sub Kegiatan", "action:subactivity_codes"),
        ("Keterkaitan RPJMD", "action:planning_links"),
        ("Lokasi", "action:area"),
        ("Data dukung", "action:evidence"),
        ("Value", ""),
        ("Wajib bagi", ""),
        ("Warna kesukaan kepala dinas", ""),
        ("x" * 400, ""),
    ],
)
def test_a_heading_means_what_people_mean_by_it(heading: str, target: str) -> None:
    assert guessed(heading) == target


def test_a_heading_says_how_large_its_amounts_are_and_where_they_come_from() -> None:
    (_title, _none), (target, reading) = guess(["Aksi", "Pagu APBN (Rp juta)"], [[], []], {}, "")
    assert (target, reading) == (Target("action", "budget"), Reading(scale=1_000_000, source="apbn"))


def test_vague_headings_belong_to_the_title_beside_them() -> None:
    layout = laid(
        [
            "Modalitas",
            "Jenis",
            "Bukti",
            "Permasalahan",
            "Uraian",
            "Kelompok",
            "Aksi",
            "Uraian",
            "Status",
            "Indikator",
            "Jenis",
        ],
        ["x"] * 11,
    )
    assert [str(one.target) for one in layout.sheets[0].columns] == [
        "modality:title", "modality:modality_kind", "modality:evidence", "problem:title", "problem:description",
        "problem:groups", "action:title", "action:description", "modality:status", "indicator:title", "None",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cells", "target"),
    [
        ("Kode", ["2.08.03.2.02.0001", "2.08.03.2.02.01"], "action:subactivity_codes"),
        ("Kode", ["A1", "A2"], "action:code"),
        ("Sub kegiatan", ["2.08.03.2.02.0001 Layanan pengaduan"], "action:subactivity_codes"),
        ("Sub kegiatan", ["Layanan pengaduan"], "action:planning_links"),
        ("Komitmen", [7, 12, 13], "indicator:parent"),
        ("2026", [5_000_000, 7_000_000], "action:budget:2026"),
        ("2026", [5, 7], "indicator:targets:2026"),
        (
            "Baseline / status quo",
            ["Pada 2020 hanya sedikit perempuan yang ikut musrenbang di kelurahan"],
            "problem:description",
        ),
    ],
)
def test_what_stands_below_decides_between_two_meanings(
    heading: str, cells: list[Typed], target: str
) -> None:
    beside = {"Komitmen": ("Indikator",), "Baseline / status quo": ("Masalah",)}.get(
        heading, ("Rencana aksi",)
    )
    assert guessed(heading, *cells, beside=beside) == target


def test_a_place_for_one_column_goes_to_the_surest_and_other_offices_support() -> None:
    assert list(targets(laid(["Aksi", "OPD", "Penanggung jawab", "Wilayah", "Kecamatan"], ["x"] * 5)).values()) == [
        "action:title", "action:lead", "action:supporting", "action:area", "",
    ]  # fmt: skip


def test_a_sub_activity_is_the_action_where_there_is_no_other() -> None:
    rows: list[list[Typed]] = [
        ["Kode", "Sub kegiatan", "Anggaran"],
        ["2.08.02.2.01.01", "Koordinasi", 70_590_400],
    ]
    assert list(targets(laid(*rows)).values()) == [
        "action:subactivity_codes",
        "action:title",
        "action:budget",
    ]


# --- where headings stand


def test_titles_and_notes_above_the_headings_are_no_headings() -> None:
    layout = laid(
        ["MATRIKS RENCANA AKSI DAERAH HAM KOTA CONTOH"],
        ["Tahun 2026–2030"],
        [],
        [None, None, "Lampiran II Keputusan Wali Kota"],
        list(OFFICIAL),
        ROW,
        merged=[(0, 0, 0, 10)],
    )
    assert (layout.sheets[0].headings, layout.sheets[0].first, layout.sheets[0].last) == ((4, 4), 5, 5)


@pytest.mark.parametrize("merged", [[], [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 1, 5)]])
def test_two_lines_of_headings_are_one(merged: Areas) -> None:
    layout = laid(
        ["No", "Rencana aksi", "Target", None, None, "OPD"],
        [None, None, 2026, 2027, 2028],
        [1, "A", 5, 6, 7, "Dinas"],
        merged=merged,
    )
    assert layout.sheets[0].headings == (0, 1)
    assert targets(layout) == {
        "No": "action:number",
        "Rencana aksi": "action:title",
        "Target · 2026": "indicator:targets:2026",
        "Target · 2027": "indicator:targets:2027",
        "Target · 2028": "indicator:targets:2028",
        "OPD": "action:lead",
    }


def test_three_lines_of_headings_are_one() -> None:
    layout = laid(
        [
            "Program",
            "Indikator kinerja",
            "Capaian kinerja dan pendanaan",
            None,
            None,
            None,
            "Perangkat daerah",
        ],
        [None, None, 2026, None, 2027],
        [None, None, "Target", "Rp (juta)", "Target", "Rp (juta)"],
        ["P", "I", 5, 100, 6, 200, "Dinas"],
        merged=[(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 5), (1, 2, 1, 3), (1, 4, 1, 5), (0, 6, 2, 6)],
    )
    assert layout.sheets[0].headings == (0, 2)
    assert [str(one.target) for one in layout.sheets[0].columns] == [
        "action:title", "indicator:title", "indicator:targets:2026", "action:budget:2026", "indicator:targets:2027",
        "action:budget:2027", "action:lead",
    ]  # fmt: skip
    assert layout.sheets[0].columns[3].reading == Reading(scale=1_000_000)


def test_a_line_of_numbers_below_the_headings_is_no_entry() -> None:
    layout = laid(list(OFFICIAL), list(range(1, 12)), ROW)
    assert layout.sheets[0].first == 2


def test_a_first_entry_is_no_second_line_of_headings() -> None:
    layout = laid(["No", "Rencana aksi", "Catatan", None], [1, "Melatih", "x", "y"])
    assert layout.sheets[0].headings == (0, 0)


def test_notes_and_signatures_below_are_no_entries() -> None:
    layout = laid(
        list(OFFICIAL), ROW, [2, None, "N", "B"], [], ["Catatan: pagu indikatif"], [None] * 8 + ["Wali Kota Contoh"], [],
        [None] * 8 + ["NIP. 1970"],
    )  # fmt: skip
    assert layout.sheets[0].last == 2


def test_a_table_that_stands_on_its_side_is_seen() -> None:
    layout = laid(
        ["Field", 7, 12], ["Judul", "A", "B"], ["Hak", "x", "y"], ["Pemerintah", "p", "q"], ["OMS", "r", "s"]
    )
    assert layout.sheets[0].is_turned
    assert (layout.sheets[0].first, layout.sheets[0].last) == (1, 2)
    assert targets(layout)["Field"] == "action:number"
    assert targets(layout)["OMS"] == "action:supporting"


def test_words_nobody_knows_are_still_headings() -> None:
    layout = laid(["Satu", "Dua"], ["x", 1], ["y", 2])
    assert layout.sheets[0].headings == (0, 0)
    assert targets(layout) == {"Satu": "", "Dua": ""}


def test_without_headings_there_are_none() -> None:
    layout = laid(
        ["Melatih petugas puskesmas di seluruh kota dengan bahasa isyarat dasar", 5], ["Menyusun pedoman", 7]
    )
    assert (layout.sheets[0].headings, layout.sheets[0].first) == ((-1, -1), 0)
    assert [one.heading for one in layout.sheets[0].columns] == ["", ""]


def test_sheets_without_a_table_and_hidden_ones_are_left() -> None:
    hidden = a_sheet([["Rencana aksi", "OPD"], ["A", "B"]], "Rahasia")
    book = a_book(
        a_sheet([["Petunjuk pengisian"], ["Isi setiap kolom."]], "Petunjuk"),
        a_sheet([["Rencana aksi", "OPD"], ["A", "B"]], "Aksi"),
        type(hidden)(hidden.name, hidden.rows, is_hidden=True),
        a_sheet([], "Kosong"),
    )
    assert [one.sheet for one in propose(book, {}, YEARS).sheets] == [1]


def test_an_empty_book_has_no_table() -> None:
    assert propose(a_book(), {}, YEARS) == Layout()
    assert propose(a_book(a_sheet([])), {}, YEARS) == Layout()


def test_columns_are_described_anew_for_other_heading_rows() -> None:
    book = a_book(a_sheet([["Judul besar"], ["No", "Aksi"], [1, "A"]]))
    assert [one.heading for one in describe(book, 0, (1, 1))] == ["No", "Aksi"]
    assert [one.heading for one in describe(book, 0, (-1, -1))] == ["", ""]


def test_what_a_region_remembers_comes_first() -> None:
    remembered = {
        heading_key("Warna  Map"): (Target("action", "area"), Reading()),
        heading_key("OPD"): (Target("action", "supporting"), Reading()),
    }
    found = propose(a_book(a_sheet([["Aksi", "WARNA MAP", "OPD"], ["A", "b", "c"]])), remembered, YEARS)
    assert targets(found) == {"Aksi": "action:title", "WARNA MAP": "action:area", "OPD": "action:supporting"}


def test_every_place_on_offer_is_one_of_the_plan(ctx: object) -> None:
    offered = [target for _group, members in places(YEARS) for target, _words in members]
    assert len(offered) == len(set(offered))
    for written in offered:
        target = Target.read(written)
        assert str(target) == written
        assert target.field in {*KINDS[target.kind].by_name, "number", "parent", "period"}
    assert all(words for _group, members in places(YEARS) for _target, words in members)
    assert {
        "action:budget:2026",
        "action:budget:source",
        "indicator:targets:2030",
        "indicator:parent",
    } <= set(offered)


def test_a_thousand_rows_of_wild_headings_are_laid_out_at_once() -> None:
    wild = a_sheet([[Cell(CellKind.TEXT, "· " * 500)] * 100] * 40 + [["("] * 100] * 100)
    assert propose(a_book(wild), {}, YEARS).sheets


def test_years_before_the_roadmap_are_no_targets_the_last_of_them_is_the_baseline() -> None:
    head: list[Typed] = ["Aksi", "Indikator", 2023, 2024, 2025, 2026, 2027]
    layout = laid(head, ["A", "I", 74.5, 74.9, 75.3, 76, 77])
    assert list(targets(layout).values())[2:] == [
        "", "", "indicator:baseline", "indicator:targets:2026", "indicator:targets:2027",
    ]  # fmt: skip
    assert layout.sheets[0].columns[4].reading.year == 2025


def test_what_was_spent_beside_a_pagu_is_realisation_what_was_reached_of_a_measure_has_no_place() -> None:
    head: list[Typed] = ["Sub kegiatan", "Tahun 2025", None, "Indikator", "Tahun 2024"]
    under: list[Typed] = [None, "Anggaran", "Realisasi", None, "Realisasi"]
    layout = laid(
        head,
        under,
        ["A", 70_590_400, 17_150_000, "I", 12],
        merged=((0, 1, 0, 2), (0, 0, 1, 0), (0, 3, 1, 3)),
        name="Sub kegiatan",
    )
    assert list(targets(layout).values()) == [
        "action:title", "action:budget:2025", "action:realisation:2025", "indicator:title", "",
    ]  # fmt: skip


def test_the_evidence_beside_a_measure_is_about_its_action() -> None:
    head = ["Rencana aksi", "Permasalahan", "Ukuran keberhasilan", "Pihak", "Bukti"]
    assert targets(laid(head, ["A", "M", "U", "K/L", "https://contoh.id"]))["Bukti"] == "action:evidence"


def test_without_a_column_of_titles_a_lone_word_is_no_title_over_rows() -> None:
    layout = laid(["No", "Pemerintah", "B04", "B08"], [1, "Kota Satu"], [2, "Kota Dua"])
    assert [one.index for one in layout.sheets[0].columns] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.name != "cover"], ids=lambda kind: kind.name
)
def test_a_plain_table_that_went_out_from_here_is_known_by_its_labels_and_codes(kind: Kind) -> None:
    labels = {"Nomor": "number"} | ({"Rencana aksi": "parent"} if kind.parent else {})
    labels |= {field.label: field.name for field in kind.fields} | {"Kode baris": "line", "Catatan saya": ""}
    found = guess(list(labels), [[] for _label in labels], {}, "Tabel")
    wanted = [f"{kind.name}:{name}" if name else "" for name in labels.values()]
    assert [str(target or "") for target, _reading in found] == wanted
