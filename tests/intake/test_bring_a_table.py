"""Bringing a table: a file or a paste is taken in, and whoever may not bring one is told so honestly."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.history.models import Changeset, Roadmap
from roadmap.intake import views
from roadmap.intake.books import MOST_BYTES
from roadmap.intake.models import Intake, State
from roadmap.people.roles import Stage
from roadmap.work import unit_of_work
from tests.browser import PHONE, Pages
from tests.cast import PASSWORD, Cast
from tests.factories import a_roadmap
from tests.intake.pages import CLEAN, HEADINGS, a_csv, bring
from tests.journeys.visitor import Visitor
from tests.page import LookingClient, Page
from tests.queries import queries


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def acts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Changeset.id))) or 0


def test_a_file_is_read_and_its_columns_are_guessed(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    client.sign_in(cast.rina)
    before = acts(cast.app)
    page = bring(client, roadmap, a_csv())
    assert page.heading == "Kolom mana untuk apa?"
    assert "Langkah 2 dari 4" in page
    assert "Matriks.csv" in page
    form = page.form("layout")
    assert form.fields["place-0-2"] == "action:title"
    assert form.choices("place-0-2")[""] == "Tidak diambil"
    assert "Belum mendapat tempat, jadi tidak diambil: Catatan panitia." in page
    assert acts(cast.app) == before, "the plan is not touched"


def test_rows_that_were_pasted_go_the_same_way(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    client.sign_in(cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/intakes/new")
    text = "\n".join("\t".join(row) for row in (HEADINGS, *CLEAN))
    page = client.submit(page, "bring", {"text": text})
    assert page.heading == "Kolom mana untuk apa?"
    assert "Melatih petugas loket" in page


def test_nothing_sent_or_both_is_said_and_the_paste_stays(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    client.sign_in(cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/intakes/new")
    page = client.submit(page, "bring")
    assert page.status == 422
    assert page.title.startswith("Perlu diperbaiki:")
    assert "Pilih satu berkas, atau tempelkan" in page.region("error-summary")
    both = {"file": (BytesIO(a_csv()), "a.csv"), "text": "Rencana aksi\nMelatih"}
    page = client.submit(page, "bring", both)
    assert page.status == 422
    assert "Kirim salah satu" in page.region("error-summary")
    assert page.form("bring").fields["text"] == "Rencana aksi\r\nMelatih"


def test_a_file_that_cannot_be_read_leads_back_to_the_first_step_with_what_to_do(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    client.sign_in(cast.rina)
    page = bring(client, roadmap, b"\x89PNG\r\n\x1a\n" + bytes(200), "foto.xlsx")
    assert page.status == 200
    assert "“foto.xlsx” belum dapat dibaca" in page.region("error-summary")
    assert "Tidak ada yang berubah di peta jalan." in page
    assert page.has_form("bring")


def send_much(client: LookingClient, roadmap: Roadmap, size: int) -> Page:
    """Send a file of a size, as a browser does it; the library's own way leaves its temporary file open."""
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{client.token}\r\n',
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
        "a" * size + "\r\n--b--\r\n",
    ]
    return client._open(
        "POST",
        f"/roadmaps/{roadmap.id}/intakes",
        follow=False,
        htmx=False,
        input_stream=BytesIO("".join(parts).encode()),
        content_type="multipart/form-data; boundary=b",
    )


@pytest.mark.engines("sqlite")
def test_a_file_too_large_is_told_on_the_page(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    client.sign_in(cast.rina)
    client.get(f"/roadmaps/{roadmap.id}/intakes/new")
    for size, status in ((MOST_BYTES + 1, 422), (views.MOST_SENT + 1, 413)):
        page = send_much(client, roadmap, size)
        assert page.status == status
        assert "lebih besar dari 10 MB" in page.region("error-summary")
        assert page.has_form("bring")


@pytest.mark.engines("sqlite")
def test_a_stranger_who_sends_too_much_learns_nothing(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    assert send_much(client, roadmap, views.MOST_SENT + 1).status == 413
    client.sign_in(cast.eka)
    assert send_much(client, roadmap, views.MOST_SENT + 1).status == 404


def test_who_may_not_edit_gets_an_honest_sentence(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    for person in (cast.yusuf, cast.maria, cast.wali):
        client.sign_in(person)
        page = client.get(f"/roadmaps/{roadmap.id}/intakes/new")
        assert page.status == 200
        assert not page.has_form("bring")
        assert "menjadi usulan perubahan" in page
        assert cast.rina.name in page
        assert page.link("Buka peta jalan dan tulis komentar") == f"/roadmaps/{roadmap.id}"
        documents = client.get(f"/roadmaps/{roadmap.id}/documents")
        assert "Ambil dari Excel atau CSV" not in documents
        assert documents.link("Lihat kepada siapa mengirimkannya") == page.address
        assert client.post(f"/roadmaps/{roadmap.id}/intakes", {"text": "Rencana aksi\nA"}).status == 403


def test_an_operator_is_told_that_only_the_own_office_is_reached(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    client.sign_in(cast.oki)
    page = client.get(f"/roadmaps/{roadmap.id}/intakes/new")
    assert "Anda mengubah rencana aksi kantor Anda sendiri" in page
    assert page.has_form("bring")


def test_a_table_is_nobody_elses(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    client.sign_in(cast.rina)
    here = bring(client, roadmap, a_csv()).address
    for person in (cast.dodi, cast.yusuf, cast.eka):
        other = client.another()
        other.sign_in(person)
        assert other.get(here).status == 404
        assert other.get(f"{here}/layout").status == 404
        assert other.get(f"{here}/writing").status == 404
        for act in ("layout", "answers", "cells", "writing", "leaving", "continuation"):
            assert other.post(f"{here}/{act}").status == 404


def test_a_table_is_found_again_and_can_be_left(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    client.sign_in(cast.rina)
    here = bring(client, roadmap, a_csv()).address
    page = client.get(f"/roadmaps/{roadmap.id}/intakes/new")
    assert "menunggu pencocokan kolom" in page
    words = next(words for words in page.links if words.startswith("Lanjutkan Matriks.csv"))
    page = client.follow(page, words)
    assert page.address == here
    page = client.submit(page, "leave")
    assert "Tidak ada yang ditulis ke peta jalan." in page.region("notice")
    assert "ditinggalkan, tidak ada yang ditulis" in page
    assert "sudah ditinggalkan" in client.get(here)


def test_the_same_press_twice_brings_one_table(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    client.sign_in(cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/intakes/new")
    sent = page.form("bring").filled({"text": "Rencana aksi\tWilayah\nMelatih\tKota"})
    first = client.post(page.form("bring").action, sent)
    again = client.post(page.form("bring").action, sent)
    assert first.location == again.location
    with cast.app.app_context():
        assert db.session.scalar(select(func.count(Intake.id))) == 1


@pytest.mark.engines("sqlite")
def test_work_that_goes_on_is_shown_and_asked_for_again(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    client.sign_in(cast.rina)
    here = bring(client, roadmap, a_csv()).address
    _put_back(cast.app, State.TRYING, None)
    page = client.get(here)
    assert page.heading == "Tabel sedang dicoba"
    assert page.region("intake-progress")["hx-trigger"] == "every 2s"
    assert client.get(here, htmx="intake-progress").has_region("intake-progress")
    _put_back(cast.app, State.LAYOUT, None)
    answer = client.get(here, htmx="intake-progress")
    assert (answer.status, answer.headers["HX-Redirect"]) == (204, here)


@pytest.mark.engines("sqlite")
def test_work_that_stands_still_can_be_taken_up_again(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    client.sign_in(cast.rina)
    here = bring(client, roadmap, a_csv()).address
    _put_back(cast.app, State.TRYING, datetime(2026, 1, 1, tzinfo=UTC))
    page = client.get(here)
    assert "terhenti di tengah jalan" in page
    page = client.submit(page, "go-on")
    assert page.heading == "Periksa; belum ada yang ditulis"


def _put_back(app: Flask, state: State, beat: datetime | None) -> None:
    """Have the only table at a step, as when the process that was at it died."""
    with app.app_context(), unit_of_work():
        intake = db.session.scalars(select(Intake)).one()
        intake.state, intake.claim, intake.beat_at = state, "somebody's", beat or now()


@pytest.mark.engines("sqlite")
def test_a_page_of_work_leads_on_by_itself(
    cast: Cast, client: LookingClient, roadmap: Roadmap, page_of: Pages
) -> None:
    client.sign_in(cast.rina)
    here = bring(client, roadmap, a_csv()).address
    _put_back(cast.app, State.TRYING, None)
    visitor = Visitor(page_of(PHONE))
    visitor.open("/sign-in")
    visitor.fill("Alamat surel", cast.rina.email)
    visitor.fill("Kata sandi", PASSWORD)
    visitor.press("Masuk")
    visitor.open(here)
    assert visitor.heading == "Tabel sedang dicoba"
    _put_back(cast.app, State.LAYOUT, None)
    visitor.page.wait_for_selector("#layout")
    assert visitor.heading == "Kolom mana untuk apa?"
    _put_back(cast.app, State.TRYING, None)
    visitor.open(here)
    _put_back(cast.app, State.TRYING, datetime(2026, 1, 1, tzinfo=UTC))
    visitor.page.wait_for_selector("#go-on")


@pytest.mark.engines("sqlite")
def test_the_list_of_tables_asks_as_much_for_many_as_for_one(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    client.sign_in(cast.rina)
    address = f"/roadmaps/{roadmap.id}/intakes/new"
    bring(client, roadmap, a_csv())
    client.get(address)
    with queries(cast.app) as one:
        client.get(address)
    for _ in range(3):
        bring(client, roadmap, a_csv())
    with queries(cast.app) as many:
        client.get(address)
    assert len(many) == len(one)


def test_a_roadmap_that_has_ended_takes_no_table(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    with cast.app.app_context(), unit_of_work():
        db.session.get_one(Roadmap, roadmap.id).stage = Stage.FINISHED
    client.sign_in(cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/intakes/new")
    assert not page.has_form("bring")
    assert client.post(f"/roadmaps/{roadmap.id}/intakes", {"text": "Rencana aksi\nA"}).status == 409


def test_the_documents_and_an_empty_roadmap_lead_here(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    client.sign_in(cast.rina)
    door = f"/roadmaps/{roadmap.id}/intakes/new"
    assert client.get(f"/roadmaps/{roadmap.id}/documents").link("Ambil dari Excel atau CSV") == door
    links = client.get(f"/roadmaps/{roadmap.id}").links
    assert any(address == door for address in links.values())
