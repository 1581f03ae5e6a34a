"""Laying a table out: sheets, heading rows, the place of each column; a changed heading is read anew, nothing is lost."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from roadmap.history.models import Roadmap
from tests.cast import Cast
from tests.factories import a_roadmap
from tests.intake.pages import CLEAN, HEADINGS, a_csv, bring, try_it, until_done
from tests.page import LookingClient

pytestmark = pytest.mark.engines("sqlite")  # what a page shows knows no engine


@pytest.fixture
def roadmap(cast: Cast, client: LookingClient) -> Roadmap:
    client.sign_in(cast.rina)
    return a_roadmap(cast)


def a_workbook() -> bytes:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Matriks"
    for row in (("Judul besar", None), HEADINGS, *CLEAN):
        first.append(row)
    second = book.create_sheet("Lain-lain")
    second.append(["Uraian", "Jumlah"])
    second.append(["Melatih kader", "3"])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_each_column_shows_its_heading_examples_and_its_place(
    client: LookingClient, roadmap: Roadmap
) -> None:
    page = bring(client, roadmap, a_csv())
    first = page.all(".intake-columns > li")[1]
    assert first.text.startswith("B Permasalahan")
    assert "Warga tuli belum terlayani; Trotoar rusak di pusat kota" in first
    preview = page.one(".intake-preview")
    assert (preview["tabindex"], preview["role"]) == ("0", "region")
    assert preview.rows[1][:3] == ["1 judul", "No", "Permasalahan"]
    places = page.one("#f-place-0-1")
    assert [group["label"] for group in places.all("optgroup")][:3] == [
        "Permasalahan",
        "Rencana aksi",
        "Indikator",
    ]


def test_a_place_that_was_chosen_holds_when_one_comes_back(client: LookingClient, roadmap: Roadmap) -> None:
    page = bring(client, roadmap, a_csv())
    page = client.submit(
        page, "layout", {"place-0-6": "action:description"}, press="Coba dulu, belum ditulis"
    )
    page = until_done(client, page)
    assert page.heading == "Periksa; belum ada yang ditulis"
    page = client.follow(page, "Ubah kolom (langkah 2)")
    assert page.form("layout").fields["place-0-6"] == "action:description"


def test_another_heading_row_is_read_anew_before_anything_is_tried(
    client: LookingClient, roadmap: Roadmap
) -> None:
    page = bring(client, roadmap, a_workbook(), "Matriks.xlsx")
    page = client.submit(page, "layout", {"heading-0": "2"}, press="Coba dulu, belum ditulis")
    assert page.status == 200
    assert page.heading == "Kolom mana untuk apa?"
    assert "Judul kolom dibaca ulang." in page
    assert "Warga tuli belum terlayani" in page.all(".intake-columns > li strong")[1]
    page = client.submit(page, "layout", {"heading-0": "1"}, press="Coba dulu, belum ditulis")
    assert page.form("layout").fields["place-0-1"] == "problem:title"
    page = until_done(client, client.submit(page, "layout", press="Coba dulu, belum ditulis"))
    assert "Akan ditambah 2 permasalahan, 2 rencana aksi dan 2 indikator" in page


def test_what_was_chosen_stays_while_a_heading_of_another_sheet_is_read_anew(
    client: LookingClient, roadmap: Roadmap
) -> None:
    page = bring(client, roadmap, a_workbook(), "Matriks.xlsx")
    changes = {"sheet": ["0", "1"], "place-0-6": "action:description"}
    page = client.submit(page, "layout", changes, press="Tampilkan lembar yang dipilih")
    assert page.status == 200
    form = page.form("layout")
    assert form.fields["place-0-6"] == "action:description"
    assert "place-1-0" in form.names


def test_a_sheet_that_is_left_out_is_not_taken(client: LookingClient, roadmap: Roadmap) -> None:
    page = bring(client, roadmap, a_workbook(), "Matriks.xlsx")
    page = client.submit(page, "layout", {"sheet": None}, press="Coba dulu, belum ditulis")
    assert page.status == 422
    assert "Pilih paling sedikit satu lembar" in page.region("error-summary")


def test_a_table_without_any_place_is_given_back(client: LookingClient, roadmap: Roadmap) -> None:
    page = bring(client, roadmap, a_csv())
    nothing = {name: "" for name in page.form("layout").names if name.startswith("place-")}
    page = client.submit(page, "layout", nothing, press="Coba dulu, belum ditulis")
    assert page.status == 422
    assert "Belum ada kolom yang mendapat tempat" in page.region("error-summary")


def test_a_place_that_is_not_offered_is_not_taken(client: LookingClient, roadmap: Roadmap) -> None:
    page = bring(client, roadmap, a_csv())
    sent = page.form("layout").filled({}, press="Coba dulu, belum ditulis") | {
        "place-0-6": "action:status:x'; drop",
        "heading-0": "٣",
        "lines-0": "999999999999",
        "sheet": ["0", "77", "-1", "\x00"],
    }
    answer = client.post(page.form("layout").action, sent, follow=True)
    assert answer.status == 200


def test_a_table_on_its_side_can_be_turned(client: LookingClient, roadmap: Roadmap) -> None:
    turned = "\r\n".join(";".join(line) for line in zip(HEADINGS, *CLEAN, strict=True)).encode()
    page = bring(client, roadmap, turned)
    if page.form("layout").fields["turned-0"] != "1":
        page = client.submit(page, "layout", {"turned-0": "1"}, press="Baca ulang judul kolom")
    assert page.form("layout").fields["place-0-2"] == "action:title"
    page = until_done(client, client.submit(page, "layout", press="Coba dulu, belum ditulis"))
    assert "Akan ditambah 2 permasalahan, 2 rencana aksi dan 2 indikator" in page


def test_headings_on_two_lines_and_columns_without_a_place_are_told_by_name(
    client: LookingClient, roadmap: Roadmap
) -> None:
    page = try_it(client, roadmap, a_csv())
    page = client.get(page.address + "?lihat=tanpa-tempat")
    assert "Catatan panitia" in page.region("part")


def test_titles_between_the_rows_are_a_column_of_their_own(client: LookingClient, roadmap: Roadmap) -> None:
    groups = [("A. Hak atas kesehatan", *[""] * 6), CLEAN[0], ("B. Hak atas pendidikan", *[""] * 6), CLEAN[1]]
    page = bring(client, roadmap, a_csv(groups))
    last = page.all(".intake-columns > li")[-1]
    assert "Judul di antara baris-baris" in last
    assert "A. Hak atas kesehatan" in last


def test_where_a_column_belonged_is_remembered_also_when_headings_are_read_anew(
    client: LookingClient, roadmap: Roadmap
) -> None:
    page = bring(client, roadmap, a_csv())
    sent = {"place-0-6": "action:description"}
    until_done(client, client.submit(page, "layout", sent, press="Coba dulu, belum ditulis"))
    page = bring(client, roadmap, a_workbook(), "Matriks.xlsx")
    assert page.form("layout").fields["place-0-6"] == "action:description"
    page = client.submit(page, "layout", {"heading-0": "2"}, press="Baca ulang judul kolom Matriks")
    page = client.submit(page, "layout", {"heading-0": "1"}, press="Baca ulang judul kolom Matriks")
    assert page.form("layout").fields["place-0-6"] == "action:description"
