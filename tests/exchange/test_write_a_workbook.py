"""A whole plan as one workbook: it says what the screen says, in real numbers and dates, and can come back."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from roadmap.discussion import operations as talk
from roadmap.discussion.models import Nature
from roadmap.discussion.operations import About
from roadmap.exchange.cells import OutColumn
from roadmap.exchange.columns import Target
from roadmap.exchange.grids import LONGEST_CELL, sheet_name, spread, units
from roadmap.exchange.passport import COPY_PREFIX, LISTS_SHEET, PASSPORT_SHEET, Line
from roadmap.exchange.xlsx_file import LONGEST_CHUNK, chunks, written
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.roles import Visibility
from roadmap.plan.operations import edit_item
from roadmap.web.filters import rupiah
from tests import factories
from tests.cast import Cast, sign_in
from tests.exchange.workbooks import entries, kinds_of_cells, opened, passport_in, rows_of, taken
from tests.page import LookingClient
from tests.plans import a_plan, adopted
from tests.queries import queries

SHEETS = [
    "Baca dulu", "Sampul", "Bab", "Modalitas", "Permasalahan", "Rencana aksi", "Indikator", "Matriks",
    "Per kantor dan tahun",
]  # fmt: skip
Office = Callable[..., Path]


def a_small_plan(cast: Cast) -> Roadmap:
    roadmap = factories.a_roadmap(cast, title="Peta Jalan Kota HAM 2026–2030", legal_basis="UU 39/1999")
    problem = factories.a_problem(cast, roadmap, title="Belum ada kanal", baseline="72.9")
    action = factories.an_action(
        cast, roadmap, title="Melatih petugas", problems=[problem], lead=cast.dinsos, supporting=[cast.oms],
        starts_on="2026-01-01", ends_on="2027-12-31", subactivity_codes=["2.08.03.2.02.0001"],
        budget={"2026 apbd": 420_000_000, "2026 dak": 5_000_000, "2027 apbd": 310_000_000}, code="A-1",
    )  # fmt: skip
    factories.an_indicator(cast, action, title="Petugas", unit="orang", baseline="0", targets={"2026": "60"})
    factories.an_indicator(
        cast, action, title="Puskesmas", baseline="NA", targets={"2026": "NA", "2027": "2.5"}
    )
    factories.an_action(cast, roadmap, title="Menyusun pedoman", lead=cast.kominfo, budget={"2027 apbn": 7})
    factories.an_action(cast, roadmap, title="Tanpa siapa pun")
    return roadmap


def test_every_kind_has_its_sheet_and_people_see_nine_of_them(cast: Cast, client: LookingClient) -> None:
    roadmap = a_small_plan(cast)
    sign_in(client, cast.yusuf)
    book = opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx"))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == SHEETS
    hidden = [sheet.title for sheet in book if sheet.sheet_state == "hidden"]
    assert hidden == [*(f"{COPY_PREFIX}{n}" for n in range(1, 10)), LISTS_SHEET, PASSPORT_SHEET]
    action = entries(book, "Rencana aksi")[0]
    assert Line.read(action.pop("Kode baris")) is not None
    assert action == {
        "Nomor": "1.1",
        "Rencana aksi": "Melatih petugas",
        "Permasalahan yang dijawab": "1. Belum ada kanal",
        "Penanggung jawab utama": "Dinas Sosial",
        "Pendukung": "Perkumpulan Contoh Setara",
        "Mulai": datetime(2026, 1, 1),  # noqa: DTZ001 - as it is read
        "Selesai": datetime(2027, 12, 31),  # noqa: DTZ001
        "Anggaran 2026, APBD kabupaten/kota": 420_000_000,
        "Anggaran 2026, DAK": 5_000_000,
        "Anggaran 2027, APBD kabupaten/kota": 310_000_000,
        "Kode": "A-1",
        "Kode sub kegiatan": "2.08.03.2.02.0001",
    }
    assert entries(book, "Permasalahan")[0]["Data dasar"] == 72.9
    assert [one.get("Target 2026") for one in entries(book, "Indikator")] == [60, "tidak tersedia"]
    assert entries(book, "Sampul")[0]["Dasar hukum"] == "UU 39/1999"


def test_the_matrix_has_the_official_columns_and_its_totals_equal_the_screen(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_small_plan(cast)
    sign_in(client, cast.yusuf)
    book = opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx"))
    head, years, first, second, *rest = rows_of(book, "Matriks")
    assert [words for words in head if words] == [
        "No", "Hak", "Permasalahan", "Aksi", "Indikator", "Data dasar", "Target per tahun", "Penanggung jawab",
        "Pendukung / OMS", "Sumber dana", "Pagu (Rp)",
    ]  # fmt: skip
    planned = ["2026", "2027", "2028", "2029", "2030"]
    assert [words for words in years if words] == [*planned, *planned, "Jumlah"]
    assert first == [
        "1.1\nA-1", None, "1. Belum ada kanal", "Melatih petugas", "Petugas (orang)", "0 (nihil)",
        60, None, None, None, None, "Dinas Sosial", "Perkumpulan Contoh Setara", "APBD kabupaten/kota\nDAK",
        425_000_000, 310_000_000, None, None, None, 735_000_000,
    ]  # fmt: skip
    assert second == [None] * 4 + ["Puskesmas", "Tidak tersedia", "tidak tersedia", 2.5] + [None] * 12
    totals = {row[11]: [money for money in row[14:] if money] for row in rest if row[11] and not row[0]}
    assert totals == {
        "Jumlah": [425_000_000, 310_000_007, 735_000_007],
        "Jumlah dari APBD kabupaten/kota": [420_000_000, 310_000_000, 730_000_000],
        "Jumlah dari APBN": [7, 7],
        "Jumlah dari DAK": [5_000_000, 5_000_000],
        "Jumlah Dinas Komunikasi dan Informatika": [7, 7],
        "Jumlah Dinas Sosial": [425_000_000, 310_000_000, 735_000_000],
    }
    screen = client.get(f"/roadmaps/{roadmap.id}?view=kantor").text
    offices = [amounts[:-1] for words, amounts in totals.items() if " dari " not in words]
    assert all(rupiah(amount) in screen for amounts in offices for amount in amounts)
    assert rupiah(735_000_007) in screen


def test_it_opens_with_headings_in_sight_prints_on_landscape_and_names_nobody(
    cast: Cast, client: LookingClient, clock: object
) -> None:
    roadmap = a_small_plan(cast)
    sign_in(client, cast.yusuf)
    answer = client.get(f"/roadmaps/{roadmap.id}/workbook.xlsx")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="lembar-kerja_peta-jalan-kota-ham-2026-2030_2026-11-02.xlsx"'
    )
    book = opened(answer.body)
    said = book.properties
    assert (said.title, said.language) == ("Peta Jalan Kota HAM 2026–2030", "id")
    with ZipFile(BytesIO(answer.body)) as parts:
        told = parts.read("docProps/core.xml").decode()
    assert "creator" not in told
    assert "lastModifiedBy" not in told
    frozen = {sheet.title: sheet.freeze_panes for sheet in book if sheet.sheet_state == "visible"}
    assert frozen == {
        "Baca dulu": None, "Sampul": "A2", "Bab": "D2", "Modalitas": "D2", "Permasalahan": "D2",
        "Rencana aksi": "D2", "Indikator": "E2", "Matriks": "B3", "Per kantor dan tahun": "A2",
    }  # fmt: skip
    for name in SHEETS[1:]:
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == ("$1:$2" if name == "Matriks" else "$1:$1")
        assert all(cell.alignment.wrap_text for cell in sheet[2] if cell.value is not None)
    actions = book["Rencana aksi"]
    assert actions.column_dimensions["A"].hidden
    money = next(cell for cell in actions[2] if cell.value == 420_000_000)
    assert money.number_format == '[$-421]"Rp"#,##0'
    starts = _first_date(actions)
    assert starts.number_format == "[$-421]mmmm yyyy"
    share = next(cell for cell in book["Permasalahan"][2] if cell.value == 72.9)
    assert share.number_format == "[$-421]#,##0.0"
    for each in book.worksheets:
        notes = [cell.comment for row in each.iter_rows() for cell in row if cell.comment]
        assert {note.author for note in notes} <= {"Peta Jalan HAM"}


def _first_date(sheet: Any) -> Any:
    return next(cell for cell in sheet[2] if cell.is_date)


def test_what_it_carries_says_where_each_column_belongs_and_keeps_each_cell_as_it_went_out(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_small_plan(cast)
    with client.app.app_context():
        uid = db.session.get_one(Roadmap, roadmap.id).uid
    sign_in(client, cast.yusuf)
    book = opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx"))
    passport = passport_in(book)
    assert (passport.roadmap, passport.language, passport.is_blank) == (uid, "id", False)
    assert [one.name for one in passport.sheets] == SHEETS
    assert [one.kind for one in passport.sheets] == [
        "", "cover", "section", "modality", "problem", "action", "indicator", "", "",
    ]  # fmt: skip
    for one in passport.sheets:
        assert rows_of(book, one.name) == rows_of(book, one.copy)
        assert len(one.targets) == book[one.name].max_column
        if one.kind:
            assert all(Target.read(target).kind == one.kind for target in one.targets)
    assert passport.sheets[5].targets[:3] == ("action:line", "action:number", "action:title")


@pytest.mark.engines("sqlite")  # what another program makes of it is the same on both
def test_libreoffice_opens_and_saves_it_and_every_cell_stays(
    cast: Cast, client: LookingClient, office: Office, tmp_path: Path
) -> None:
    roadmap = a_plan(cast, problems=3, actions=8, modalities=3, loose=1)
    factories.a_problem(cast, roadmap, title="=1+1", description="@SUM(A1)\n- butir\n_x0041_ <b>&amp;</b>")
    sign_in(client, cast.yusuf)
    path = tmp_path / "buku.xlsx"
    path.write_bytes(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx"))
    ours, theirs = opened(path), opened(office(path, "xlsx", tmp_path / "simpan"))
    assert [(sheet.title, sheet.sheet_state) for sheet in theirs] == [
        (sheet.title, sheet.sheet_state) for sheet in ours
    ]
    assert passport_in(theirs) == passport_in(ours)
    for one in passport_in(ours).sheets:
        assert _without_ends(rows_of(theirs, one.name)) == _without_ends(_unescaped(rows_of(ours, one.name)))
        assert _without_ends(rows_of(theirs, one.copy)) == _without_ends(_unescaped(rows_of(ours, one.copy)))
        menus = [len(book[one.name].data_validations.dataValidation) for book in (ours, theirs)]
        assert menus[0] == menus[1]
    assert theirs["Rencana aksi"].column_dimensions["A"].hidden
    assert kinds_of_cells(ours) | kinds_of_cells(theirs) == {"s", "n", "d"}


def _unescaped(rows: list[list[Any]]) -> list[list[Any]]:
    return [[cell.replace("_x005F_", "_") if isinstance(cell, str) else cell for cell in row] for row in rows]


def _without_ends(rows: list[list[Any]]) -> list[list[Any]]:
    """Leave empty cells and rows at the ends out: another program writes as many of them as it likes."""
    cut: list[list[Any]] = []
    for row in rows:
        filled = max((place for place, cell in enumerate(row, 1) if cell is not None), default=0)
        cut.append(row[:filled])
    while cut and not cut[-1]:
        cut.pop()
    return cut


def test_a_moment_gives_the_very_file_that_was_given_then(cast: Cast, client: LookingClient) -> None:
    roadmap = a_small_plan(cast)
    sign_in(client, cast.rina)
    then = taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx")
    seq = passport_in(opened(then)).seq
    assert taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx") == then
    with client.app.app_context():
        action = factories.the_item("action", 1)
        edit_item(cast.rina, "action", action.id, action.version, {"title": "Lain sekali"})
    factories.a_problem(cast, roadmap, title="Sesudahnya")
    now = opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx"))
    assert "Lain sekali" in {one["Rencana aksi"] for one in entries(now, "Rencana aksi")}
    assert taken(client, f"/roadmaps/{roadmap.id}/as-of/{seq}/workbook.xlsx") == then


def test_an_edition_is_given_as_it_was_approved_and_names_no_versions(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_plan(cast, problems=1, actions=2, modalities=1, loose=0)
    adopted(cast, roadmap)
    with client.app.app_context():
        factories.a_problem(cast, roadmap, title="Sesudah edisi")
    sign_in(client, cast.yusuf)
    book = opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx?edisi=1"))
    problems = entries(book, "Permasalahan")
    assert len(problems) == 1
    assert "Kode baris" not in problems[0]
    assert "Edisi 1, disetujui" in str(rows_of(book, "Baca dulu")[2][1])
    for unknown in ("2", "0", "x"):
        assert client.get(f"/roadmaps/{roadmap.id}/workbook.xlsx?edisi={unknown}").status == 404


def test_what_others_say_among_themselves_leaves_no_trace_in_it(cast: Cast, client: LookingClient) -> None:
    roadmap = a_small_plan(cast)
    sign_in(client, cast.rina)
    before = taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx")
    with client.app.app_context():
        talk.open_thread(
            cast.yusuf, roadmap.id, About("action", factories.the_item("action", 1).uid), "Di antara kita",
            nature=Nature.QUESTION, visibility=Visibility.CSO_AND_MENTOR, wants_answer=False,
        )  # fmt: skip
    assert taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx") == before


def test_only_those_who_see_the_draft_may_take_it(cast: Cast, client: LookingClient) -> None:
    roadmap = factories.a_roadmap(cast)
    for name in ("workbook.xlsx", "template.xlsx", "offices.xlsx", "as-of/1/workbook.xlsx"):
        address = f"/roadmaps/{roadmap.id}/{name}"
        for person in (cast.eka, cast.adi, cast.nina):
            sign_in(client, person)
            assert client.get(address).status in {403, 404}
        for person in (cast.oki, cast.maria, cast.wali):
            sign_in(client, person)
            assert client.get(address).status == 200
        assert client.another().get(address).status in {302, 303, 401}


def test_an_english_reader_gets_the_same_figures_under_english_headings(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_small_plan(cast)
    sign_in(client, cast.yusuf)
    client.raw.set_cookie("bahasa", "en")
    book = opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx"))
    assert passport_in(book).language == "en"
    assert "Rencana aksi" not in book.sheetnames
    actions = book[passport_in(book).sheets[5].name]
    assert 420_000_000 in [cell.value for cell in actions[2]]
    assert _first_date(actions).number_format == "[$-409]mmmm yyyy"


# --- what a spreadsheet cannot hold


def test_what_is_longer_than_a_cell_goes_on_in_the_next_column_and_nothing_is_cut() -> None:
    column = OutColumn("Bukti", Target("action", "evidence"), 30)
    long = "\n".join(f"Tautan {n} | https://contoh.id/{'x' * 1000}/{n}" for n in range(60))
    smiles = "😀" * 20_000
    columns, rows = spread([column, column], [[long, "pendek"], [smiles, None]])
    assert [one.title for one in columns] == [
        "Bukti", "Bukti (lanjutan 2)", "Bukti" ]  # fmt: skip
    assert [str(one.target) for one in columns] == ["action:evidence", "action:number", "action:evidence"]
    told = "\n(bersambung di kolom berikutnya)"
    assert rows[0][0] is not None
    assert f"{str(rows[0][0]).removesuffix(told)}\n{rows[0][1]}" == long
    assert f"{str(rows[1][0]).removesuffix(told)}{rows[1][1]}" == smiles
    assert all(units(str(cell)) <= LONGEST_CELL for row in rows for cell in row)
    assert [row[2] for row in rows] == ["pendek", None]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Rencana/aksi: [1]?", "Rencana aksi 1"),
        ("A" * 40, "A" * 31),
        ("  '", "-"),
        ("Matriks", "Matriks (2)"),
    ],
)
def test_a_sheet_has_a_name_that_every_program_takes(words: str, name: str) -> None:
    assert sheet_name(words, ["matriks"]) == name


def test_a_long_passport_is_cut_so_that_no_part_looks_like_a_formula() -> None:
    text = "x" * (LONGEST_CHUNK - 3) + "a'-=b" + "=" * 7 + "y" * LONGEST_CHUNK
    parts = chunks(text)
    assert "".join(parts) == text
    assert all(len(part) <= LONGEST_CHUNK and part[0] not in "'=-" for part in parts)


def test_what_no_workbook_can_carry_is_left_out_and_never_a_fault() -> None:
    assert written("a\x00\ud800b") == "ab"
    assert written("_x0041_ dan _xyz_") == "_x005F_x0041_ dan _xyz_"


def test_a_longer_plan_asks_the_database_no_more(cast: Cast, client: LookingClient) -> None:
    short = a_plan(cast, problems=1, actions=2, modalities=1, loose=0)
    long = a_plan(cast, problems=3, actions=12, modalities=4, loose=1)
    sign_in(client, cast.rina)
    asked = []
    for roadmap in (short, long):
        with queries(client.app) as statements:
            taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx")
        asked.append(len(statements))
    assert asked[1] <= asked[0]
