"""Submissions, verdicts, editions, adoptions and imports are stops of the path without anybody naming them."""

import pytest
from flask import Flask

from roadmap.history.models import Roadmap
from roadmap.plan import bulk, operations
from roadmap.timeline.operations import add_pin
from tests.cast import Cast, sign_in
from tests.factories import a_roadmap, an_action
from tests.history.log import head
from tests.page import LookingClient, Page
from tests.queries import queries
from tests.review import stories


def _stops(page: Page) -> list[str]:
    return [one.one(".item-link").text for one in page.all(".history > li")]


def test_the_path_of_a_round_without_what_lies_between(app: Flask, client: LookingClient, cast: Cast) -> None:
    with app.app_context():
        roadmap, edition = stories.approved(cast)
        stories.adopt(cast, edition)
        roadmap_id = roadmap.id
        action = an_action(cast, roadmap, title="Sesudahnya")
        operations.edit_item(cast.rina, "action", action.id, 1, {"code": "B"})
        add_pin(cast.rina, roadmap_id, head(roadmap_id), "Siap dibahas")
        operations.edit_item(cast.rina, "action", action.id, 2, {"code": "C"})
    sign_in(client, cast.yusuf)
    page = client.follow(client.get(f"/roadmaps/{roadmap_id}/history"), "Tonggak saja")
    told = _stops(page)
    assert told == [
        "Rina Wulandari mengisi Kode: B pada Sesudahnya.",
        "Rina Wulandari mencatat penetapan Edisi 1.",
        "Bu Wali menyetujui Rancangan 1 sebagai Edisi 1.",
        "Rina Wulandari meneruskan Rancangan 1 untuk persetujuan.",
        "Maria Lestari meloloskan Rancangan 1 dari telaah.",
        "Rina Wulandari mengajukan Rancangan 1 untuk telaah.",
    ]
    assert page.one("h3.pin").text == "Tonggak: Siap dibahas"
    assert page.one(".views a[aria-current]").text == "Tonggak saja"
    assert all("milestone" in one.classes for one in page.all(".history > li"))


def test_what_came_from_a_spreadsheet_is_a_stop_and_a_page_of_saves_is_none(
    app: Flask, client: LookingClient, cast: Cast
) -> None:
    with app.app_context():
        roadmap = a_roadmap(cast)
        bulk.add_many(cast.rina, roadmap.id, [bulk.Entry("problem", {"title": f"M {n}"}) for n in range(7)])
        an_action(cast, roadmap)
        roadmap_id = roadmap.id
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap_id}/history?tonggak=1")
    assert _stops(page) == ["Anda memasukkan isi lembar kerja: 7 permasalahan ditambah."]
    everything = client.get(f"/roadmaps/{roadmap_id}/history")
    assert len(everything.all(".history > li.milestone")) == 1
    assert len(everything.all(".history > li")) == 3


@pytest.mark.engines("sqlite")
def test_where_there_are_none_it_says_what_would_become_one(client: LookingClient, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    for person in (cast.rina, cast.yusuf):
        sign_in(client, person)
        page = client.get(f"/roadmaps/{roadmap.id}/history?tonggak=1")
        assert "Belum ada tonggak" in page.text
        assert ("namai sendiri" in page.text) is (person is cast.rina)


def test_milestones_come_a_page_at_a_time_with_as_many_queries(
    app: Flask, client: LookingClient, cast: Cast
) -> None:
    roadmap = a_roadmap(cast)
    _name(app, cast, roadmap, 3)
    sign_in(client, cast.yusuf)
    client.get("/help")
    address = f"/roadmaps/{roadmap.id}/history?tonggak=1"
    client.get(address)
    with queries(app) as few:
        client.get(address)
    _name(app, cast, roadmap, 37)
    client.get(address)
    with queries(app) as many:
        page = client.get(address)
    assert len(few) == len(many)
    assert len(page.all(".history > li")) == 30
    older = client.follow(page, "Yang lebih lama")
    assert len(older.all(".history > li")) == 10
    assert older.one(".views a[aria-current]").text == "Tonggak saja"
    assert "Yang lebih lama" not in older.links


def _name(app: Flask, cast: Cast, roadmap: Roadmap, count: int) -> None:
    with app.app_context():
        for n in range(count):
            an_action(cast, roadmap, title=f"Aksi {n}")
            add_pin(cast.rina, roadmap.id, head(roadmap.id), f"Nama {n}")
