"""A drafter brings the table of a workshop in: by keyboard alone on a telephone, axe looking along, and without script.

The table is as tables are: a title above, headings on two lines, cells merged, an office misspelt, a figure that
is none. Nothing is written before the last yes; then it is one change, and it can be taken back whole.
"""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook

from roadmap.plan.queries import outline_of
from tests.browser import PHONE, Pages
from tests.cast import PASSWORD, Cast
from tests.journeys.visitor import Visitor
from tests.plans import a_plan

pytestmark = [pytest.mark.slow, pytest.mark.engines("sqlite")]

PROBLEM = "Warga tuli belum terlayani di loket"
DEEDS = (
    "Melatih petugas loket berbahasa isyarat",
    "Menyediakan juru bahasa isyarat",
    "Memasang penanda suara",
)
STEPS_TO_WAIT = 40


def _a_messy_workbook(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Matriks"
    sheet.append(["Matriks Rencana Aksi, hasil lokakarya"])
    sheet.append([])
    sheet.append(
        [
            "No",
            "Permasalahan",
            "Rencana Aksi",
            "Indikator",
            "Target",
            None,
            "Penanggung Jawab",
            "Catatan panitia",
        ]
    )
    sheet.append([None, None, None, None, "2026", "2027", None, None])
    sheet.merge_cells("E3:F3")
    sheet.append([1, PROBLEM, DEEDS[0], "Jumlah petugas terlatih", 60, 80, "Dinas Sosail", "dari meja 2"])
    sheet.append([2, None, DEEDS[1], "Jumlah juru bahasa", "belum tahu pasti", 4, "Dinas Sosial", None])
    sheet.append([3, None, DEEDS[2], "Jumlah halte", 12, 20, "Dinas Sosial", None])
    sheet.merge_cells("B5:B7")
    path = folder / "Matriks lokakarya.xlsx"
    book.save(path)
    return path


def _signed_in(visitor: Visitor, person: Any) -> Visitor:
    visitor.open("/sign-in")
    visitor.fill("Alamat surel", person.email)
    visitor.fill("Kata sandi", PASSWORD)
    visitor.press("Masuk")
    return visitor


def _until_done(visitor: Visitor) -> None:
    """Wait for the work to end: the page asks by itself, or one follows its link."""
    for _ in range(STEPS_TO_WAIT):
        if not visitor.page.locator("#intake-progress").count():
            return
        if visitor.scripted:
            visitor.page.wait_for_selector("#intake-progress", state="detached")
        else:
            visitor.follow("Lihat kemajuan")
    pytest.fail("the work does not end")


def _bring(visitor: Visitor, roadmap_id: int, path: Path) -> None:
    visitor.open(f"/roadmaps/{roadmap_id}/documents")
    visitor.follow("Ambil dari Excel atau CSV", within="main")
    visitor.attach("Berkas Excel atau CSV", path)
    visitor.press("Baca tabel ini")
    _until_done(visitor)
    assert visitor.heading == "Kolom mana untuk apa?", visitor.text
    assert "Langkah 2 dari 4" in visitor.text


def _lay_out(visitor: Visitor) -> None:
    visitor.choose("H Catatan panitia", "Uraian")
    visitor.press("Coba dulu, belum ditulis")
    _until_done(visitor)
    assert "Belum ada yang ditulis" in visitor.text
    assert visitor.heading == "Periksa; belum ada yang ditulis"


def _answer_and_mend(visitor: Visitor) -> None:
    visitor.tick("Sama dengan “Dinas Sosial”", group="Kantor atau lembaga mana ini? Dinas Sosail")
    visitor.press("Simpan jawaban, lalu coba lagi")
    _until_done(visitor)
    visitor.follow("Perbaiki 1 sel")
    visitor.fill("Baris 6, kolom Target · 2026", "2")
    visitor.press("Simpan perbaikan, lalu coba lagi")
    _until_done(visitor)
    assert "Akan ditambah 1 permasalahan, 3 rencana aksi dan 3 indikator" in visitor.text, visitor.text


def _write(visitor: Visitor) -> None:
    visitor.follow("Beri nama dan tulis")
    assert "Langkah 4 dari 4" in visitor.text
    visitor.fill("Nama untuk riwayat", "Matriks dari lokakarya 5 Mei")
    visitor.press("Tulis ke peta jalan")
    _until_done(visitor)
    assert visitor.heading == "Tabel sudah masuk", visitor.text


def _standing(app: Flask, roadmap_id: int) -> list[str]:
    with app.app_context():
        return sorted(item.label for item in outline_of(roadmap_id).items["action"])


@pytest.mark.parametrize("hands", ["keyboard", "without-script"])
def test_a_messy_table_comes_in_and_is_taken_back(
    hands: str, cast: Cast, page_of: Pages, tmp_path: Path, app: Flask
) -> None:
    roadmap = a_plan(cast, problems=1, actions=2, modalities=1)
    before = _standing(app, roadmap.id)
    scripted = hands == "keyboard"
    visitor = Visitor(page_of(PHONE, js=scripted), by_keyboard=scripted, scripted=scripted, looks=scripted)
    _signed_in(visitor, cast.rina)

    _bring(visitor, roadmap.id, _a_messy_workbook(tmp_path))
    _lay_out(visitor)
    _answer_and_mend(visitor)
    assert _standing(app, roadmap.id) == before, "nothing is written before the last yes"
    _write(visitor)
    assert _standing(app, roadmap.id) == sorted([*before, *DEEDS])

    visitor.follow("Lihat perubahannya")
    assert "Matriks dari lokakarya 5 Mei" in visitor.text
    visitor.follow("Urungkan", within="main")
    visitor.press("Urungkan")
    assert _standing(app, roadmap.id) == before
    assert not visitor.found, "\n".join(visitor.found)
