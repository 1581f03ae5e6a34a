"""Deciding about a trial: questions are answered, cells mended, rows left out; every word given back, nothing written."""

import pytest
from flask import Flask

from roadmap.extensions import db
from roadmap.history.models import Roadmap, WorkingCopy
from roadmap.history.working_copies import Typed, write_down
from roadmap.intake.models import Intake
from roadmap.intake.operations import let_go
from roadmap.plan import operations as plan_verbs
from roadmap.plan.queries import outline_of
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_roadmap
from tests.intake.pages import CLEAN, FAULTY, HEADINGS, MISSPELT, a_csv, bring, try_it, until_done, write_it
from tests.page import LookingClient, Page
from tests.queries import queries

pytestmark = pytest.mark.engines("sqlite")  # what a page shows knows no engine


@pytest.fixture
def roadmap(cast: Cast, client: LookingClient) -> Roadmap:
    client.sign_in(cast.rina)
    return a_roadmap(cast)


def standing(app: Flask, roadmap: Roadmap) -> int:
    with app.app_context():
        return len(outline_of(roadmap.id).by_uid) - 1


def the_question(page: Page) -> str:
    return next(name for name in page.form("answers").names if name.startswith("answer:"))


def test_one_sentence_comes_first_and_says_that_nothing_is_written(
    app: Flask, client: LookingClient, roadmap: Roadmap
) -> None:
    page = try_it(client, roadmap, a_csv())
    lead = page.one("p.lead").text
    assert lead == "Akan ditambah 2 permasalahan, 2 rencana aksi dan 2 indikator. Belum ada yang ditulis."
    assert "Langkah 3 dari 4" in page
    assert standing(app, roadmap) == 0


def test_a_misspelt_office_is_asked_once_and_shown_with_its_likely_twin(
    client: LookingClient, roadmap: Roadmap
) -> None:
    page = try_it(client, roadmap, a_csv(MISSPELT))
    assert "1 hal perlu dijawab" in page.one("p.lead")
    name = the_question(page)
    choices = page.form("answers").choices(name)
    assert list(choices.values()) == [
        "Sama dengan “Dinas Sosial”",
        "Daftarkan “Dinas Sosail” sebagai kantor atau lembaga baru",
        "Lewati nama ini",
    ]
    assert name not in page.form("answers").fields, "nothing is chosen beforehand"
    join = next(value for value in choices if value.startswith("join:"))
    page = until_done(client, client.submit(page, "answers", {name: join}))
    assert "1 jawaban dicatat." in page.region("notice")
    assert "Akan ditambah 1 permasalahan, 1 rencana aksi dan 1 indikator." in page
    assert page.links["Beri nama dan tulis"]


def test_an_answer_can_be_taken_back_while_nothing_is_written(
    client: LookingClient, roadmap: Roadmap
) -> None:
    page = try_it(client, roadmap, a_csv(MISSPELT))
    name = the_question(page)
    page = until_done(client, client.submit(page, "answers", {name: "leave"}))
    page = client.get(page.address + "?lihat=terjawab")
    assert page.form("answers").fields[name] == "leave"
    page = until_done(client, client.submit(page, "answers", {name: "undecided"}))
    assert "1 hal perlu dijawab" in page.one("p.lead")


def test_one_press_takes_all_suggestions_for_offices(client: LookingClient, roadmap: Roadmap) -> None:
    rows = [
        (*MISSPELT[0][:2], f"Melatih {n}", f"Jumlah {n}", "6", office, "")
        for n, office in enumerate(("Dinas Sosail", "Loket Bersama", "Paguyuban Loket"))
    ]
    page = try_it(client, roadmap, a_csv(rows))
    assert "1 disamakan dengan yang sudah terdaftar, 2 didaftarkan baru" in page
    page = until_done(client, client.submit(page, "answers", press="Pakai semua 3 saran ini"))
    assert "Beri nama dan tulis" in page.links
    confirm = client.follow(page, "Beri nama dan tulis")
    assert all(name in confirm for name in ("Loket Bersama", "Paguyuban Loket"))


def test_no_answer_at_all_is_said(client: LookingClient, roadmap: Roadmap) -> None:
    page = try_it(client, roadmap, a_csv(MISSPELT))
    page = client.submit(page, "answers", press="Simpan jawaban, lalu coba lagi")
    assert page.status == 422
    assert "Belum ada jawaban yang dipilih" in page.region("error-summary")


def test_a_faulty_cell_is_named_and_mended_in_place(client: LookingClient, roadmap: Roadmap) -> None:
    page = try_it(client, roadmap, a_csv(FAULTY))
    assert "1 sel perlu diperbaiki" in page.one("p.lead")
    cell = page.one(".intake-cell")
    assert cell.text.startswith("Baris 2, kolom Target 2026")
    assert "Melatih petugas loket" in cell
    assert "Tertulis: entah" in cell
    page = until_done(client, client.submit(page, "cells", {"cell:0-1-4": "60"}))
    assert "1 sel dicatat." in page.region("notice")
    assert page.one("p.lead").text.startswith("Akan ditambah 2 permasalahan, 2 rencana aksi dan 2 indikator.")
    page = client.get(page.address + "?lihat=terjawab")
    assert page.form("cells").fields["cell:0-1-4"] == "60"


def test_what_is_still_wrong_after_mending_is_asked_again_with_what_was_typed(
    client: LookingClient, roadmap: Roadmap
) -> None:
    page = try_it(client, roadmap, a_csv(FAULTY))
    page = until_done(client, client.submit(page, "cells", {"cell:0-1-4": "enam puluh lebih"}))
    assert page.form("cells").fields["cell:0-1-4"] == "enam puluh lebih"


def test_a_row_can_be_left_out_and_taken_again(client: LookingClient, roadmap: Roadmap) -> None:
    page = try_it(client, roadmap, a_csv(FAULTY))
    skip = next(name for name in page.form("cells").names if name.startswith("skip:"))
    page = until_done(client, client.submit(page, "cells", {skip: "yes"}))
    assert "1 bagian dilewati." in page.region("notice")
    assert "Beri nama dan tulis" in page.links
    page = client.get(page.address + "?lihat=dilewati")
    page = until_done(client, client.submit(page, "answers", press=skip))
    assert "1 sel perlu diperbaiki" in page.one("p.lead")


def test_nothing_mended_is_said_and_too_much_is_given_back(client: LookingClient, roadmap: Roadmap) -> None:
    page = try_it(client, roadmap, a_csv(FAULTY))
    same = client.submit(page, "cells")
    assert same.status == 422
    assert "Belum ada sel yang berubah" in same.region("error-summary")
    words = "panjang " * 6000
    page = client.submit(page, "cells", {"cell:0-1-4": words})
    assert page.status == 422
    assert page.form("cells").fields["cell:0-1-4"].strip() == words.strip()


def test_what_was_begun_and_not_sent_is_offered_put_back_and_goes_with_the_sending_or_the_table(
    app: Flask, client: LookingClient, roadmap: Roadmap, cast: Cast
) -> None:
    page = try_it(client, roadmap, a_csv([*FAULTY, *MISSPELT]))
    asked = client.get(page.address + "?lihat=pertanyaan")
    begun = {"answers": (the_question(asked), "leave"), "cells": ("cell:0-1-4", "60 orang")}
    with app.app_context():
        for form, (name, words) in begun.items():
            boxes = (("lihat", "sel" if form == "cells" else "pertanyaan"), ("halaman", "1"), (name, words))
            write_down(cast.rina, Typed(f"{page.address}/{form}", boxes, roadmap_id=roadmap.id))
    box = client.get("/kept-words")
    assert "60 orang" in box.text
    assert not any(word in box.text for word in ("leave", "pertanyaan"))
    for form, (name, words) in begun.items():
        part = "sel" if form == "cells" else "pertanyaan"
        offered = client.get(f"{page.address}?lihat={part}")
        filled = client.follow(offered, "Lanjutkan ketikan yang belum disimpan")
        assert filled.form(form).fields[name] == words
        assert client.get(filled.address.partition("?")[0]).form(form).fields.get(name) != words
    until_done(client, client.submit(filled, "cells"))
    with app.app_context():
        assert [one.address for one in db.session.query(WorkingCopy)] == [f"{page.address}/answers"]
        with unit_of_work():
            let_go(db.session.query(Intake).one())
        assert db.session.query(WorkingCopy).count() == 0


def test_items_are_shown_by_what_becomes_of_them(client: LookingClient, roadmap: Roadmap, cast: Cast) -> None:
    write_it(client, try_it(client, roadmap, a_csv()))
    changed = (CLEAN[0], (*CLEAN[1][:4], "15", *CLEAN[1][5:]))
    page = try_it(client, roadmap, a_csv(changed))
    assert page.one("p.lead").text == "1 bagian diubah. Belum ada yang ditulis."
    part = page.region("part")
    assert "Diubah: 1" in part
    assert "Target 2026 berubah dari 12 menjadi 15" in part
    assert "Baris 3" in part
    assert part.link("Panjang trotoar").startswith("/indicators/")
    page = client.get(page.address + "?lihat=tetap")
    assert "Tetap: 5" in page.region("part")


def test_the_same_file_twice_changes_nothing(client: LookingClient, roadmap: Roadmap) -> None:
    write_it(client, try_it(client, roadmap, a_csv()))
    page = try_it(client, roadmap, a_csv())
    assert page.one("p.lead").text == "Tidak ada perubahan: semua isi tabel ini sudah ada di peta jalan."
    assert "Beri nama dan tulis" not in page.links


def test_an_operator_is_told_what_is_not_written(
    app: Flask, cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    write_it(client, try_it(client, roadmap, a_csv()))
    client.sign_in(cast.oki)
    more = (*CLEAN, ("3", "Masalah baru", "Aksi baru", "Jumlah", "1", "Dinas Sosial", ""))
    page = try_it(client, roadmap, a_csv(more))
    assert "Yang ditulis hanya rencana aksi kantor Anda sendiri" in page
    assert page.one("p.lead").text == "Tidak ada perubahan: semua isi tabel ini sudah ada di peta jalan." or (
        "dilewati" in page
    )
    page = client.get(page.address + "?lihat=catatan")
    assert "hanya dapat ditambah tim penyusun" in page.region("part")


def test_what_is_said_of_many_rows_of_a_column_is_said_once(client: LookingClient, roadmap: Roadmap) -> None:
    pair = '"Dinas Sosial, Dinas Kesehatan"'
    rows = [
        ("A1", "1", pair),
        ("A2", "2", "Dinas Sosial"),
        ("A3", "3", pair),
        ("A4", "4", pair),
        ("A5", "5", ""),
    ]
    page = try_it(client, roadmap, a_csv(rows, ("Rencana Aksi", "Target 2026", "Penanggung Jawab")))
    said = [one.text for one in client.get(page.address + "?lihat=catatan").region("part").all("li")]
    (measures,) = [one for one in said if "judul aksi dipakai" in one]
    (leads,) = [one for one in said if "Penanggung jawab utama hanya satu" in one]
    assert measures.startswith("baris 2–6, kolom Target 2026")
    assert leads.startswith("baris 2, 4, 5, kolom Penanggung Jawab")


def test_writing_what_is_not_settled_leads_back(client: LookingClient, roadmap: Roadmap) -> None:
    page = try_it(client, roadmap, a_csv(FAULTY))
    assert client.get(f"{page.address}/writing").status == 302
    answer = client.post(f"{page.address}/writing", {"name": "Tetap saja"})
    assert answer.status == 409
    assert "Belum ada yang ditulis." in answer.region("error-summary")


def test_a_name_too_long_is_given_back(client: LookingClient, roadmap: Roadmap) -> None:
    page = client.follow(try_it(client, roadmap, a_csv()), "Beri nama dan tulis")
    assert page.form("write").fields["name"] == "Matriks"
    name = "nama " * 100
    page = client.submit(page, "write", {"name": name})
    assert page.status == 422
    assert page.form("write").fields["name"].strip() == name.strip()
    assert "paling banyak 300 huruf" in page


def test_what_was_written_is_told_with_the_way_back_and_what_had_no_place(
    app: Flask, client: LookingClient, roadmap: Roadmap
) -> None:
    page = write_it(client, try_it(client, roadmap, a_csv()), "Dari lokakarya")
    assert page.heading == "Tabel sudah masuk"
    assert page.title.startswith("Tersimpan:")
    assert "Ditambah 2 permasalahan, 2 rencana aksi dan 2 indikator. Semuanya terlihat oleh tim." in page
    assert "Catatan panitia" in page.region("without-place")
    assert standing(app, roadmap) == 6
    change = client.follow(page, "Lihat perubahannya")
    assert "Dari lokakarya" in change
    undo = client.follow(page, "Urungkan semuanya")
    client.submit(undo, "undo")
    assert standing(app, roadmap) == 0


def test_a_clash_shows_what_both_began_with_and_both_texts(
    app: Flask, cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    with app.app_context():
        item = plan_verbs.add_item(
            cast.rina,
            roadmap.id,
            "action",
            {"title": "Melatih petugas", "expected_result": "Semua warga dilayani."},
        )
        item_id, version = item.id, item.version
    book = client.get(f"/roadmaps/{roadmap.id}/workbook.xlsx").body
    with app.app_context():
        plan_verbs.edit_item(
            cast.dodi,
            "action",
            item_id,
            version,
            {"expected_result": "Semua warga dilayani lima hari kerja."},
        )
    page = bring(client, roadmap, _with_result(book, "Semua warga dilayani dengan isyarat."))
    assert "1 hal perlu dijawab" in page.one("p.lead")
    question = page.one(".intake-question")
    assert "Hasil yang ingin dicapai: Melatih petugas" in question
    assert "Semua warga dilayani." in question.one("details")
    assert len(question.all(".version")) == 3
    mine, theirs = question.all(".version")[:2]
    assert mine.has("ins")
    assert "Semua warga dilayani lima hari kerja." in theirs
    name = the_question(page)
    value = next(value for value in page.form("answers").choices(name) if value.startswith("mine@"))
    page = until_done(client, client.submit(page, "answers", {name: value}))
    page = write_it(client, page)
    assert "1 bagian diubah" in page
    assert "Semua warga dilayani dengan isyarat." in client.get(f"/actions/{item_id}")


def _with_result(book: bytes, words: str) -> bytes:
    """Write another result into the only action of a workbook that went out."""
    from io import BytesIO

    from openpyxl import load_workbook

    opened = load_workbook(BytesIO(book))
    sheet = next(one for one in opened.worksheets if one.title == "Rencana aksi")
    heading = next(
        cell for row in sheet.iter_rows() for cell in row if cell.value == "Hasil yang ingin dicapai"
    )
    sheet.cell(heading.row + 1, heading.column).value = words
    stream = BytesIO()
    opened.save(stream)
    return stream.getvalue()


def test_a_page_of_a_trial_asks_as_much_for_many_rows_as_for_few(
    app: Flask, client: LookingClient, roadmap: Roadmap
) -> None:
    def asked(count: int) -> tuple[int, int]:
        rows = [
            (str(n), f"Masalah {n}", f"Aksi {n} di loket", f"Jumlah {n}", "6", "Dinas Sosial", "")
            for n in range(count)
        ]
        page = try_it(client, roadmap, a_csv(rows))
        client.get(page.address)
        with queries(app) as made:
            looked = client.get(page.address)
        return len(made), len(looked.body)

    few, _size = asked(2)
    many, size = asked(120)
    assert many == few
    assert size < 60_000, "a page of a trial does not grow with the table"


def test_a_table_that_was_written_is_not_written_again(
    client: LookingClient, roadmap: Roadmap, app: Flask
) -> None:
    page = try_it(client, roadmap, a_csv())
    confirm = client.follow(page, "Beri nama dan tulis")
    sent = confirm.form("write").filled({})
    until_done(client, client.post(confirm.form("write").action, sent, follow=True))
    until_done(client, client.post(confirm.form("write").action, sent | {"act_key": "another"}, follow=True))
    assert standing(app, roadmap) == 6
    with app.app_context():
        assert db.session.get_one(Intake, int(page.address.rsplit("/", 1)[1])).seq is not None


def test_headings_are_named_in_the_cells(client: LookingClient, roadmap: Roadmap) -> None:
    page = try_it(client, roadmap, a_csv(FAULTY, (*HEADINGS[:4], "Target Tahun 2026", *HEADINGS[5:])))
    assert "Baris 2, kolom Target Tahun 2026" in page
