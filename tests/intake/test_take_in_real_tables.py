"""Tables in the shapes in which cities keep their plans come in whole: each cell stands in the plan or its column is named.

The words are made up; the shapes are those of reporting forms, commitments of open government, indicator reports,
budget lines. Only choices that a person would make on the pages are made.
"""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.factories import a_roadmap
from tests.intake.accounts import Desk, Rows, Typed

# Reading and trying ask the database for names only; that is tried on both elsewhere.
pytestmark = pytest.mark.engines("sqlite")

TRAINING = "Melatih kader kelurahan mendampingi lansia yang hidup sendiri"
CARDS = "Membuka layanan dokumen keliling bagi warga bantaran sungai"


@pytest.fixture
def desk(ctx: Flask, cast: Cast) -> Desk:
    return Desk(cast, a_roadmap(cast))


def test_a_reporting_form_on_its_side_with_measures_for_each_period(desk: Desk) -> None:
    rows: Rows = [
        ["Kelompok sasaran", "Lansia"],
        ["Pelaksana", "Pemerintah Daerah Kabupaten/Kota"],
        ["Aksi 1", TRAINING],
        ["Kriteria keberhasilan", "Meningkatnya jumlah lansia yang didampingi […]"],
        ["Ukuran B04", "(1) Tersedianya data lansia.\n(2) Terlaksananya rapat kader.\n(3) Alokasi anggaran kader"],
        ["Ukuran B08", "(1) Terlaksananya pelatihan.\n(2) Tersedianya daftar kader"],
        ["Ukuran B12", "Terlaksananya evaluasi kader"],
        ["Catatan penguji", "Daftar nama adalah data pribadi"],
    ]  # fmt: skip
    found = desk.take(("Aksi 1", rows, ()))
    assert found.asked == ["owner:pemerintah daerah kabupaten kota"]
    assert found.listed == ["Catatan penguji"]
    assert found.lost([row[1:] for row in rows[:-1]]) == []
    titles = [one["title"] for one in found.of("indicator")]
    assert len(titles) == 6
    assert {title[:4] for title in titles} == {"B04:", "B08:", "B12:"}


def test_a_list_of_actions_with_groups_and_who_is_bound(desk: Desk) -> None:
    rows: Rows = [
        [
            1,
            "Memeriksa rancangan produk hukum daerah",
            "perempuan, anak, disabilitas, adat",
            "prov + kab/kota",
        ],
        [2, "Memantau perkara produk hukum", None, "prov"],
        [3, CARDS, "4 kelompok + warga bantaran", "prov + kab/kota"],
    ]
    unknown = ["term:groups:4 kelompok", "term:groups:warga bantaran"]
    found = desk.take(
        ("Aksi", [["No", "Aksi", "Kelompok", "Wajib bagi"], *rows], ()),
        answers=dict.fromkeys(unknown, "leave"),
    )
    assert found.asked == unknown
    assert found.listed == ["Wajib bagi"]
    # Said in the words of the list; one was left by the person.
    assert found.lost(rows, listed=[0, 3]) == [rows[0][2], rows[2][2]]
    assert [len(one["groups"]) for one in found.of("action")] == [4, 0, 0]


def test_two_commitments_side_by_side(desk: Desk) -> None:
    rows: Rows = [
        ["Field", "IDXXX0002", "IDXXX0005"],
        ["Title", "More seats for older people in planning", "Faster answers to complaints"],
        ["Period", "Aug 2026 – Dec 2028", "Aug 2026 – Dec 2028"],
        ["Problem (shortened)", "Few older people take part", "No sorting of complaints"],
        ["Baseline / status quo", "2025: participation 25%; 93 villages only", "within 1 day, 5 days, […]"],
        ["Action", "two activities, the first a workshop […]", "[…]"],
        ["Lead", "Regional Planning Office", "Communication, Information and Statistics Office"],
        ["Others", "Pusaka Warga; PKK; Family Office", "Pusaka Warga; Ministry of Services"],
        ["Value", "Civic participation", "Technology"],
    ]
    found = desk.take(("Rencana", rows, ()))
    assert all(key.startswith("owner:") for key in found.asked)
    assert len(found.asked) == len(set(found.asked)) == 6
    assert found.listed == ["Value"]
    period = "Aug 2026 – Dec 2028"
    assert found.lost([row[1:] for row in rows[:-1]]) == [period, period]
    assert {(one["starts_on"], one["ends_on"]) for one in found.of("action")} == {
        ("2026-08-01", "2028-12-31")
    }
    assert [len(one["supporting"]) for one in found.of("action")] == [3, 2]


def test_many_owners_in_one_cell_with_broken_numbering(desk: Desk) -> None:
    government = '1.Dinas Lingkungan Hidup\n2. Dinas Pekerjaan Umum\n3.Kecamatan Utara\n3. "forum lurah"'
    rows: Rows = [
        ["Title", "Mengelola sampah bersama warga"],
        ["Period", "Jan 2026 – Mar 2028"],
        ["Right (tr., compiler's)", "lingkungan yang baik dan sehat"],
        ["Problem", "Sampah plastik belum dikelola […]"],
        ["Aims", "memilah di setiap RT; memberi nilai pada sampah"],
        ["Owners (government)", government],
        [
            "Owners (civil society)",
            "1.Pusaka Warga\n2.Media Rantai\n2. PKK\n4.Pimpinan Daerah Aisyah Banggar",
        ],
        ["Review", "Verifiable: Yes · Relevant: Yes"],
    ]
    found = desk.take(("Sampah", rows, ()))
    assert found.listed == ["Review"]
    assert found.lost([row[1:] for row in rows[:-1]]) == ["Jan 2026 – Mar 2028"]
    (action,) = found.of("action")
    assert (len(action["supporting"]), action["lead"] is not None) == (7, True)


def test_commitments_and_their_measures_on_two_sheets(desk: Desk) -> None:
    long_problem = "Layanan belum aksesibel bagi warga. " * 100
    commitments: Rows = [
        ["Field", 7, 12],
        ["Judul", "Menyusun pedoman layanan", "Memperluas bantuan hukum"],
        ["Hak", "informasi", "bantuan hukum"],
        ["Masalah (ringkas)", long_problem, "standar layanan belum punya panduan"],
        ["Penyebab (ringkas)", "tidak ada panduan", "64% warga tidak memakainya (2019)"],
        ["Pemerintah", "(kosong di sumber)", "BPHN; Mahkamah Agung"],
        ["OMS", "(kosong di sumber)", "1.Pusaka Hukum\n2.Pusaka Warga"],
    ]
    measures: Rows = [
        [7, 1, "Tersusunnya pedoman", "K/L; OMS", "(kosong)", "link per periode"],
        [12, 1, "Terlibatnya warga", "K/L; OMS", "(kosong)", "link"],
        [12, "1 (again)", "Tersedianya peraturan turunan", "K/L only", "(kosong)", '"#"'],
    ]
    head = ["Komitmen", "UK", "Ukuran keberhasilan", "Pihak", "Status", "Bukti"]
    found = desk.take(("Komitmen", commitments, ()), ("Ukuran", [head, *measures], ()))
    assert found.listed == ["Status", "Bukti"]
    assert found.lost([row[1:] for row in commitments[1:]]) == []
    assert found.lost(measures, listed=[0, 1, 3, 4, 5]) == []
    parties = [(one["title"], one["party"]) for one in found.of("indicator")]
    assert sorted(parties) == [
        ("Terlibatnya warga", "oms"), ("Terlibatnya warga", "pemerintah"),
        ("Tersedianya peraturan turunan", "pemerintah"),
        ("Tersusunnya pedoman", "oms"), ("Tersusunnya pedoman", "pemerintah"),
    ]  # fmt: skip


def test_indicators_that_no_action_holds_are_asked_about_once(desk: Desk) -> None:
    rows: Rows = [
        ["Decent living", "Food parcels", "(+17% reported 2023)", ">2,800 (2024)", "parcels"],
        ["Health", "Healthy years, men", 63.61, 62.01, "years"],
        ["Education", "Gap between schools", 26, 28.9, "percentage points"],
        ["Housing", "Households in shelters", None, "+24% (2023)", "% change"],
    ]
    head = ["Right", "Indicator", "Earlier", "Later", "Unit"]
    found = desk.take(("Laporan kota", [head, *rows], ()), cells={"0-1-2": ""})
    assert found.asked == ["parent:laporan kota"]
    assert found.listed == ["Right", "Later"]
    assert [one["title"] for one in found.of("action")] == ["Laporan kota"]
    assert found.lost([row[1:] for row in rows], listed=[2]) == ["(+17% reported 2023)"]
    assert [one["baseline"] for one in found.of("indicator")] == [None, "63.61", "26", None]


def test_indicators_under_rights_that_a_person_takes_for_the_headings_of_work(desk: Desk) -> None:
    rows: Rows = [
        ["Health", "Healthy years, men", 63],
        ["Health", "Healthy years, women", 64],
        ["Housing", "Homes", 9],
    ]
    found = desk.take(
        ("Laporan", [["Right", "Indicator", "Earlier"], *rows], ()), places={"Right": "action:title"}
    )
    assert (found.asked, found.listed, found.lost(rows)) == ([], [], [])
    assert sorted(one["title"] for one in found.of("action")) == ["Health", "Housing"]


def test_points_with_actions_below_them_in_one_cell(desk: Desk) -> None:
    rows: Rows = [
        [
            1,
            "Greater vigilance against exclusion",
            "monitoring network; rapid response; agenda of the youth council",
        ],
        [2, "Better support for victims", None],
        [10, "Crimes of hate and conflicts", None],
    ]
    found = desk.take(("Points", [["No", "Commitment", "Sub-actions seen"], *rows], ()))
    assert (found.asked, found.listed, found.lost(rows, listed=[0])) == ([], [], [])


@pytest.mark.parametrize("as_text", [False, True])
def test_figures_of_past_years_by_district(desk: Desk, as_text: bool) -> None:
    rows: Rows = [["Wana", 74.51, 74.87, 75.56], ["Rawa", 52.52, 60.4, 60.28]]
    if as_text:
        rows = [[str(cell) for cell in row] for row in rows]
    found = desk.take(
        ("Indeks", [["Kabupaten", "2018", "2019", "2020"], *rows], ()),
        places={"Kabupaten": "indicator:title"},
    )
    assert found.asked == ["parent:indeks"]
    assert found.listed == ["2018", "2019"]
    assert [(one["title"], one["baseline"], one["baseline_year"]) for one in found.of("indicator")] == [
        ("Wana", "75.56", 2020),
        ("Rawa", "60.28", 2020),
    ]


def test_counts_by_district_whose_forms_add_up_to_more(desk: Desk) -> None:
    rows: Rows = [[1, "Wana", 4, 4, 0], [2, "Rawa", 7, 1, 8], [None, "Total", 11, 5, 8]]
    found = desk.take(
        ("Kasus 2025", [["No", "Kabupaten", "Kasus", "Fisik", "Lainnya"], *rows], ()),
        places={"Kabupaten": "indicator:title", "Kasus": "indicator:baseline"},
    )
    assert found.listed == ["No", "Fisik", "Lainnya"]
    assert [(one["title"], one["baseline"]) for one in found.of("indicator")] == [
        ("Wana", "4"),
        ("Rawa", "7"),
    ]
    assert any("jumlah" in one.sentence for one in found.trial.remarks)


def test_a_model_table_that_nobody_has_filled_in(desk: Desk) -> None:
    rows: Rows = [
        ["Raise awareness", "Better knowledge of rights", "Broadcast a series of programmes", "Insert", None],
        [None, None, "Publish an expert report", "Insert", "…"],
        [None, None, "Distribute kits to educational […]", "Insert", "Insert"],
    ]
    head = ["Goal", "Objective", "Activity", "Relevant agency", "Completion"]
    found = desk.take(("Figure 11", [head, *rows], ["A2:A4", "B2:B4"]))
    assert (found.asked, found.listed, found.lost(rows)) == ([], [], [])
    assert {(one["lead"], one["ends_on"]) for one in found.of("action")} == {(None, None)}
    assert {one["expected_result"] for one in found.of("action")} == {
        "Goal: Raise awareness\n\nObjective: Better knowledge of rights"
    }


CODES = ("2.08.02.2.01.01", "2.08.03.2.02.01")


@pytest.mark.parametrize(
    ("first", "second"),
    [((70590400, 17150000), (633611720, 0)), (("Rp 70.590.400,00", "Rp 17.150.000,00"), ("Rp 633.611.720,00", "0"))],
)  # fmt: skip
def test_budget_lines_with_codes_of_two_digits(
    desk: Desk, first: tuple[Typed, Typed], second: tuple[Typed, Typed]
) -> None:
    rows: Rows = [
        [CODES[0], TRAINING, *first],
        [CODES[1], CARDS, *second],
        [None, "JUMLAH", "704202120", "17150000"],
    ]
    sheet: Rows = [
        ["ANGGARAN DINAS TAHUN 2025"],
        [],
        ["Kode", "Sub kegiatan", "Anggaran", "Realisasi"],
        *rows,
    ]
    found = desk.take(
        ("Sub kegiatan", sheet, ()), answers={"year:0-all-money": "2025", "source:0-all-money": "apbd"}
    )
    assert found.asked == ["year:0-all-money", "source:0-all-money"]
    assert found.listed == []
    assert [(one["subactivity_codes"], one["budget"], one["realisation"]) for one in found.of("action")] == [
        ([CODES[0]], {"2025 apbd": 70_590_400}, {"2025 apbd": 17_150_000}),
        ([CODES[1]], {"2025 apbd": 633_611_720}, {"2025 apbd": 0}),
    ]


def test_budget_lines_under_two_lines_of_headings(desk: Desk) -> None:
    rows: Rows = [
        [CODES[0], TRAINING, 70_590_400, 17_150_000, "Jumlah kader  yang terlatih"],
        [CODES[1], CARDS, 633_611_720, 77_614_110, None],
    ]
    head: Rows = [
        ["Kode", "Sub kegiatan", "Tahun 2025", None, "Indikator"],
        [None, None, "Anggaran", "Realisasi", None],
    ]
    found = desk.take(
        ("Sub kegiatan", [*head, *rows], ["A1:A2", "B1:B2", "C1:D1", "E1:E2"]),
        answers={"source:0-all-money": "apbd"},
    )
    assert (found.asked, found.listed, found.lost(rows)) == (["source:0-all-money"], [], [])
    assert found.of("action")[0]["realisation"] == {"2025 apbd": 17_150_000}
