"""What shared caches may keep: the same for everybody, marked, told as unchanged, and nothing of whoever is signed in."""

import re
from datetime import date

import pytest

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.plan import operations as plan_verbs
from roadmap.plan.models import Action
from roadmap.publication.shelf import shelf
from roadmap.review import operations as review_verbs
from roadmap.review.models import Instrument
from tests.cast import Cast, sign_in
from tests.page import LookingClient
from tests.plans import a_plan, adopted, approved
from tests.queries import queries

DOCUMENT = "/p/kota-contoh/peta-jalan-kota-ham-2026-2030"


def published_pages(cast: Cast, client: LookingClient, roadmap: Roadmap | None = None) -> list[str]:
    adopted(cast, roadmap or a_plan(cast, problems=1, actions=2, modalities=1, loose=1))
    page = client.another().get(DOCUMENT)
    action, problem = (
        next(url for url in page.links.values() if f"/{part}/" in url) for part in ("aksi", "masalah")
    )
    return [
        "/p/", "/p/kota-contoh", DOCUMENT, f"{DOCUMENT}/1", f"{DOCUMENT}?cari=pengaduan", action, problem,
        f"{DOCUMENT}/1/perubahan", f"{DOCUMENT}/1/naskah", f"{DOCUMENT}.json", f"{DOCUMENT}/1.json", f"{DOCUMENT}/1/aksi.csv",
        "/p/schema/edition-1.json", "/p/sitemap.xml",
    ]  # fmt: skip


def test_whoever_has_a_page_still_is_told_so_without_the_document_being_read(
    cast: Cast, client: LookingClient
) -> None:
    for address in published_pages(cast, client):
        stranger = client.another()
        first = stranger.raw.get(address)
        assert first.status_code == 200
        assert first.headers["Cache-Control"] == "public, max-age=60", address
        assert "Set-Cookie" not in first.headers
        assert "Cookie" in first.headers["Vary"]
        if first.mimetype == "text/html":
            assert "HX-Request" in first.headers["Vary"]
            assert b"csrf" not in first.data
            assert b'method="post"' not in first.data
        mark, changed = first.headers["ETag"], first.headers["Last-Modified"]
        shelf.clear()
        for asking in ({"If-None-Match": mark}, {"If-Modified-Since": changed}):
            with queries(client.app) as asked:
                again = stranger.raw.get(address, headers=asking)
            assert (again.status_code, again.data) == (304, b""), address
            assert again.headers["ETag"] == mark
            assert again.headers["Cache-Control"] == "public, max-age=60"
            assert set(first.headers["Vary"].split(", ")) <= set(again.headers["Vary"].split(", "))
            assert not [words for words in asked if re.search(r"edition\.document\b", words)], address
        assert stranger.raw.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


@pytest.mark.engines("sqlite")  # the same
def test_language_look_and_question_have_marks_of_their_own(cast: Cast, client: LookingClient) -> None:
    published_pages(cast, client)
    marks = {
        client.another().get(address).headers["ETag"]
        for address in (DOCUMENT, f"{DOCUMENT}?bahasa=en", f"{DOCUMENT}?cari=rumah", f"{DOCUMENT}/1")
    }
    dark = client.another()
    dark.raw.set_cookie("tampilan", "dark")
    marks.add(dark.get(DOCUMENT).headers["ETag"])
    assert len(marks) == 5


def test_a_new_edition_changes_the_mark_of_the_old_one_too(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=1, actions=2, modalities=1, loose=1)
    adopted(cast, roadmap)
    before = client.another().get(f"{DOCUMENT}/1")
    with client.app.app_context():
        plan_verbs.add_item(cast.rina, roadmap.id, "action", {"title": "Yang baru", "lead": cast.dinsos.uid})
    edition = approved(cast, roadmap)
    # Approved and not yet adopted is none of the public's business.
    assert client.another().get(f"{DOCUMENT}/1").headers["ETag"] == before.headers["ETag"]
    with client.app.app_context():
        review_verbs.adopt(
            cast.rina, edition.id, instrument=Instrument.DECREE, number="9", adopted_on=date(2026, 9, 1), subject="x"
        )  # fmt: skip
    answer = client.another().raw.get(f"{DOCUMENT}/1", headers={"If-None-Match": before.headers["ETag"]})
    assert answer.status_code == 200
    assert b"Anda membaca Edisi 1, yang sudah diganti." in answer.data


@pytest.mark.engines("sqlite")  # the same
def test_nothing_of_whoever_is_signed_in_is_kept(cast: Cast, client: LookingClient) -> None:
    addresses = published_pages(cast, client)
    marks = {address: client.another().raw.get(address).headers["ETag"] for address in addresses}
    sign_in(client, cast.rina)
    for address in addresses:
        answer = client.raw.get(address, headers={"If-None-Match": marks[address]})
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "no-store", address
        assert "ETag" not in answer.headers


@pytest.mark.engines("sqlite")  # the same
def test_what_does_not_exist_and_the_start_page_are_not_kept(cast: Cast, client: LookingClient) -> None:
    published_pages(cast, client)
    for address in ("/p/kota-contoh/tidak-ada", f"{DOCUMENT}/2", f"{DOCUMENT}/1/aksi/00000000", "/"):
        assert client.another().get(address).headers["Cache-Control"] == "no-store", address


@pytest.mark.engines("sqlite")  # headers know no engine
def test_a_public_page_is_a_page_whoever_asks(cast: Cast, client: LookingClient) -> None:
    published_pages(cast, client)
    plain = client.another().get(DOCUMENT).html
    for target in (True, "kerja"):
        assert client.another().get(DOCUMENT, htmx=target).html == plain


@pytest.mark.engines("sqlite")  # the same
def test_a_visitor_who_came_by_the_start_page_gets_the_same(cast: Cast, client: LookingClient) -> None:
    published_pages(cast, client)
    client.get("/")
    assert "Set-Cookie" in client.raw.get("/help").headers or client.raw.get_cookie("roadmap")
    answer = client.raw.get(DOCUMENT)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["ETag"] == client.another().raw.get(DOCUMENT).headers["ETag"]


def test_a_text_that_is_closed_is_gone_from_every_copy(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=1, actions=2, modalities=1, loose=1)
    addresses = published_pages(cast, client, roadmap)
    victim = "Dinas Sosial mencatat nama korban"
    with client.app.app_context():
        action = db.session.query(Action).filter(Action.title.endswith("(1)")).one()
        plan_verbs.edit_item(cast.rina, "action", action.id, action.version, {"description": victim})
    edition = approved(cast, roadmap)
    with client.app.app_context():
        review_verbs.adopt(
            cast.rina, edition.id, instrument=Instrument.DECREE, number="9", adopted_on=date(2026, 9, 1), subject="x"
        )  # fmt: skip
        action = db.session.query(Action).filter(Action.title.endswith("(1)")).one()
        page = next(one for one in addresses if "/aksi/" in one).replace("/1/", "/2/")
        before = client.another().get(page)
        assert victim in before
        plan_verbs.close_text(
            cast.rina, "action", action.id, ["description"], basis="UU 27/2022", reason="nama"
        )
    after = client.another().get(page, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status == 200
    assert victim not in after
    for address in (*addresses, f"{DOCUMENT}?cari=korban", f"{DOCUMENT}/2/perubahan", f"{DOCUMENT}/2.json"):
        assert victim not in client.another().raw.get(address).get_data(as_text=True), address
