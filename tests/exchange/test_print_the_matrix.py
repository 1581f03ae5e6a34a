"""The matrix of actions as a sheet of paper: its columns, its heading, and that it prints as an annex does."""

import io
import re

import pytest
from docx import Document

from tests import factories
from tests.browser import Pages
from tests.cast import Cast, sign_in
from tests.desk.at_a_desk import signed_in
from tests.page import LookingClient
from tests.plans import a_plan, adopted

COLUMNS = [
    "No", "Hak", "Permasalahan", "Aksi", "Indikator", "Data dasar", "Target per tahun", "Penanggung jawab",
    "Pendukung / OMS", "Sumber dana", "Pagu (Rp)",
]  # fmt: skip


def test_the_matrix_has_the_columns_of_an_annex_and_a_row_for_each_indicator(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = factories.a_roadmap(cast)
    problem = factories.a_problem(cast, roadmap, title="Belum ada kanal")
    action = factories.an_action(
        cast, roadmap, title="Melatih", problems=[problem], lead=cast.dinsos, supporting=[cast.oms],
        budget={"2026 apbd": 420000000, "2026 apbn": 1000, "2027 apbd": 5},
    )  # fmt: skip
    factories.an_indicator(
        cast, action, title="Petugas", unit="orang", baseline="0", baseline_year=2025, targets={"2026": "60"}
    )
    factories.an_indicator(cast, action, title="Puskesmas", baseline="NA")
    sign_in(client, cast.yusuf)
    page = client.get(f"/roadmaps/{roadmap.id}/matrix")
    assert page.rows == [
        COLUMNS,
        ["2026", "2027", "2028", "2029", "2030"],
        ["1.1", "", "1. Belum ada kanal", "Melatih", "Petugas (orang)", "0 (nihil), tahun 2025", "60", "", "", "", "",
         "Dinas Sosial", "Perkumpulan Contoh Setara", "APBD kabupaten/kota APBN",
         "APBD kabupaten/kota 2026: 420.000.000 2027: 5 APBN 2026: 1.000"],
        ["Puskesmas", "Tidak tersedia", "", "", "", "", ""],
        ["Jumlah pagu tahun 2026", "420.001.000"],
        ["Jumlah pagu tahun 2027", "5"],
        ["Jumlah pagu seluruhnya", "420.001.005"],
    ]  # fmt: skip


def test_the_sheet_and_the_annex_in_word_say_the_same_in_the_same_columns(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_plan(cast, problems=3, actions=7, modalities=1)
    sign_in(client, cast.rina)
    sheet = client.get(f"/roadmaps/{roadmap.id}/matrix").rows
    table = Document(io.BytesIO(client.get(f"/roadmaps/{roadmap.id}/annex.docx").body)).tables[0]
    word = [
        [" ".join(" ".join(p.text for p in cell.p_lst).split()) for cell in row._tr.tc_lst]
        for row in table.rows[:-1]
    ]
    assert word[0] == sheet[0] == COLUMNS
    assert [words for words in word[1] if words] == sheet[1]
    # The document says with a dash that nothing is missing, and what actions share once.
    said = [["" if words == "–" else words for words in row] for row in word[2:]]
    own, shared = slice(3, None), slice(1, 3)
    assert [row[own] for row in said] == [row[own] for row in sheet[2:]]
    for place, row in enumerate(said[:-3]):
        above = sheet[place + 1]
        assert row[shared] == [
            "" if words == above[at] else words for at, words in enumerate(sheet[place + 2][shared], 1)
        ]


def test_what_an_action_shares_with_the_one_above_follows_it_without_a_line_on_paper(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = factories.a_roadmap(cast)
    kanal, trotoar = (factories.a_problem(cast, roadmap, title=title) for title in ("Kanal", "Trotoar"))
    for title, problems in (
        ("Satu", [kanal]),
        ("Dua", [kanal]),
        ("Tiga", [trotoar]),
        ("Empat", []),
        ("Lima", []),
    ):
        factories.an_action(cast, roadmap, title=title, problems=problems)
    sign_in(client, cast.yusuf)
    rows = client.get(f"/roadmaps/{roadmap.id}/matrix").all(".matrix tbody tr")
    # A page may end between any two rows, so that nothing is left out.
    assert [(row.all("td")[1].text, [cell.text for cell in row.all(".said-above")]) for row in rows[:5]] == [
        ("1. Kanal", []),
        ("1. Kanal", ["1. Kanal"]),
        ("2. Trotoar", []),
        ("", []),
        ("", []),
    ]


def test_a_working_plan_says_on_paper_that_it_is_a_draft_and_an_adopted_edition_does_not(
    cast: Cast, client: LookingClient, clock: object
) -> None:
    roadmap = a_plan(cast, problems=1, actions=1, modalities=1, loose=0)
    sign_in(client, cast.rina)
    draft = client.get(f"/roadmaps/{roadmap.id}/matrix").one(".annex-sheet")
    assert "RANCANGAN PERATURAN WALI KOTA CONTOH NOMOR ……" in draft
    assert (
        draft.one(".print-foot").text
        == "Rancangan, belum ditetapkan · dicetak 2 November 2026 pukul 08.00 WIB"
    )
    adopted(cast, roadmap)
    with client.app.app_context():
        from roadmap.plan.operations import add_item

        add_item(cast.rina, roadmap.id, "action", {"title": "Sesudah edisi"})
    edition = client.get(f"/roadmaps/{roadmap.id}/matrix?edisi=1&kertas=f4").one(".annex-sheet")
    assert (
        "LAMPIRAN PERATURAN WALI KOTA CONTOH NOMOR 12 TAHUN 2026 TENTANG PETA JALAN KOTA HAM MATRIKS"
        in edition
    )
    assert "Ditetapkan di Contoh pada tanggal 1 Juli 2026 WALI KOTA CONTOH," in edition
    assert "Sesudah edisi" not in edition
    assert not edition.has(".print-foot")
    assert not re.search(r"[0-9a-f]{12}", edition.text)
    assert "Sesudah edisi" in client.get(f"/roadmaps/{roadmap.id}/matrix").one(".annex-sheet")
    for unknown in ("2", "0", "-1", "x", "9" * 30):
        assert client.get(f"/roadmaps/{roadmap.id}/matrix?edisi={unknown}").status == 404


def test_the_annex_is_read_in_the_roadmaps_language(cast: Cast, client: LookingClient) -> None:
    roadmap = factories.a_roadmap(cast)
    factories.an_action(cast, roadmap)
    sign_in(client, cast.rina)
    client.raw.set_cookie("bahasa", "en")
    page = client.get(f"/roadmaps/{roadmap.id}/matrix")
    assert page.language == "id"
    assert page.rows[0] == COLUMNS


SHEETS = {"a4": (842, 595), "f4": (935, 609)}


@pytest.mark.engines("sqlite")  # what is printed is the same on both
def test_forty_actions_print_on_landscape_sheets_with_nothing_cut(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    roadmap = a_plan(cast, problems=9, actions=40, modalities=2, loose=0)
    page = signed_in(page_of, client, cast.rina)
    for paper, size in SHEETS.items():
        page.goto(f"/roadmaps/{roadmap.id}/matrix?kertas={paper}")
        boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", page.pdf(prefer_css_page_size=True))
        assert len(boxes) >= 4
        assert {(round(float(wide)), round(float(high))) for wide, high in boxes} == {size}
    page.emulate_media(media="print")
    for hidden in ("header.top", ".foot", ".print-hidden"):
        assert not page.locator(hidden).first.is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.annex-table thead')).display")
        == "table-header-group"
    )
    cut = page.evaluate(
        "[...document.querySelectorAll('.annex-table th, .annex-table td')].filter(c => c.scrollWidth > c.clientWidth + 1).length"
    )
    assert cut == 0
