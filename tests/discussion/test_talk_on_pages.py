"""Talking on the pages: what a person writes, who reads it, what stands there afterwards, with and without script."""

import pytest

from tests.cast import sign_in
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient, Page


@pytest.fixture
def action(cast):
    roadmap = a_roadmap(cast)
    return an_action(cast, roadmap, title="Melatih petugas", expected_result="Petugas dapat menyapa.")


def as_(client: LookingClient, person, address: str, **more) -> Page:
    sign_in(client, person)
    return client.get(address, **more)


def form_of(client, action, field=""):
    return client.get(f"/roadmaps/{action.roadmap_id}/threads/new?tentang=action:{action.uid}&isian={field}")


def test_yusuf_asks_something_on_an_action_and_finds_it_there(client, cast, action):
    page = as_(client, cast.yusuf, f"/actions/{action.id}")
    assert "Belum ada percakapan. Tanyakan atau sarankan sesuatu." in page.region("slot-threads")
    form = client.follow(page.region("slot-threads"), "Tulis komentar")
    assert "Dibaca: tim penyusun dan mentor" in form.region("new-thread")
    page = client.submit(
        form, "new-thread-form", {"body": "Apakah ada juru bahasa isyarat?", "wants_answer": "1"}
    )
    assert page.title.startswith("Terkirim:")
    assert "Terkirim. Dibaca: tim penyusun dan mentor." in page.region("notice")
    thread = page.one(".thread")
    assert thread.one("h3").text == "Pertanyaan dari Yusuf Tanoto, Perkumpulan Contoh Setara"
    assert "Menunggu jawaban" in thread
    assert "Apakah ada juru bahasa isyarat?" in thread
