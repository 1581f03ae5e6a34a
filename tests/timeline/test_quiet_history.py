"""Forty saves in one sitting are one line that says what they come to; unfolded they are forty again."""

from typing import Any

import pytest
from flask import Flask

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.plan import operations
from roadmap.plan.models import Action
from roadmap.timeline.operations import add_pin
from roadmap.timeline.quiet import Lines, lines_of
from tests.cast import Cast, sign_in
from tests.conftest import Clock
from tests.factories import a_roadmap, an_action, the_item
from tests.history.log import acts, head
from tests.page import LookingClient, Page
from tests.queries import queries


@pytest.fixture
def roadmap(cast: Cast, clock: Clock) -> Roadmap:
    return a_roadmap(cast)


@pytest.fixture
def action(cast: Cast, roadmap: Roadmap) -> Action:
    return an_action(cast, roadmap, title="Melatih petugas", code="A.0", area="Kota")


def _save(by: Person, item: Any, **values: Any) -> None:
    operations.edit_item(by, item.kind, item.id, the_item(item.kind, item.id).version, values)


def _story(page: Page) -> list[str]:
    return [one.text for one in page.all(".history > li p:first-child")]


def _lines(roadmap: Roadmap, reader: Person) -> list[tuple[int, int]]:
    """The lines of the story: the act each tells, and how many acts it folds."""
    return [(one.seq, one.saves) for one in lines_of(roadmap, reader, before=None, limit=100).lines]


def test_forty_saves_are_one_line_and_forty_again(
    app: Flask, clock: Clock, client: LookingClient, cast: Cast, action: Action
) -> None:
    with app.app_context():
        for turn in range(40):
            clock.advance(minutes=2)
            _save(cast.rina, action, code=f"A.{turn + 1}", area="Desa" if turn % 2 else "Kota")
    sign_in(client, cast.dodi)
    page = client.get(f"/roadmaps/{action.roadmap_id}/history")
    assert _story(page)[0] == (
        "Rina Wulandari mengubah Wilayah dari Kota ke Desa dan mengubah Kode dari A.0 ke A.40 pada Melatih petugas."
    )
    assert len(_story(page)) == 3
    line = page.all(".history > li")[0]
    assert "40 kali simpan sejak pukul 08.02 WIB" in line.text
    assert "pukul 09.20 WIB" in line.text
    unfolded = client.get(line.all("a")[1]["href"])
    assert len(unfolded.all(".history > li")) == 20
    assert (
        _story(unfolded)[0]
        == "Rina Wulandari mengubah Wilayah dari Kota ke Desa dan mengubah Kode dari A.39 ke A.40."
    )
    with app.app_context():
        assert len(acts(action.roadmap_id)) == 42


def test_what_was_changed_and_changed_back_says_so(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    with app.app_context():
        _save(cast.rina, action, code="B", description="satu")
        _save(cast.rina, action, code="A.0", description="")
    sign_in(client, cast.dodi)
    page = client.get(f"/roadmaps/{action.roadmap_id}/history")
    assert _story(page)[0] == "Rina Wulandari mengubah Melatih petugas lalu mengembalikannya seperti semula."


def test_a_pause_of_half_an_hour_begins_another_line(
    ctx: Flask, clock: Clock, cast: Cast, roadmap: Roadmap, action: Action
) -> None:
    for minutes in (1, 30, 31):
        clock.advance(minutes=minutes)
        _save(cast.rina, action, code=str(minutes))
    assert _lines(roadmap, cast.dodi)[:2] == [(5, 1), (4, 2)]


def test_midnight_in_the_region_begins_another_line(
    ctx: Flask, clock: Clock, cast: Cast, roadmap: Roadmap, action: Action
) -> None:
    clock.set("2026-11-02T23:50+07:00")
    for _turn in range(3):
        _save(cast.rina, action, code=str(clock.now))
        clock.advance(minutes=8)
    assert _lines(roadmap, cast.dodi)[:2] == [(5, 1), (4, 2)]


def test_others_working_elsewhere_part_no_sitting_and_others_on_the_item_do(
    ctx: Flask, cast: Cast, roadmap: Roadmap, action: Action
) -> None:
    other = an_action(cast, roadmap, title="Lain")
    for turn in range(3):
        _save(cast.rina, action, code=f"a{turn}")
        _save(cast.dodi, other, code=f"b{turn}")
    assert _lines(roadmap, cast.maria)[:2] == [(9, 3), (8, 3)]
    _save(cast.dodi, action, code="z")
    _save(cast.rina, action, code="y")
    assert _lines(roadmap, cast.maria)[:4] == [(11, 1), (10, 1), (9, 3), (8, 3)]


def test_reasons_names_and_other_acts_keep_their_own_line(
    ctx: Flask, cast: Cast, roadmap: Roadmap, action: Action
) -> None:
    _save(cast.rina, action, code="1")
    operations.edit_item(cast.rina, "action", action.id, 2, {"code": "2"}, reason="Rapat")
    _save(cast.rina, action, code="3")
    add_pin(cast.rina, roadmap.id, head(roadmap.id), "Sebelum makan")
    _save(cast.rina, action, code="4")
    _save(cast.rina, action, code="5")
    operations.remove_item(cast.rina, "action", action.id)
    assert _lines(roadmap, cast.dodi) == [(9, 1), (8, 2), (6, 1), (5, 1), (4, 1), (3, 1), (2, 1), (1, 1)]


def test_pages_of_lines_tell_each_act_once_whatever_their_size(
    ctx: Flask, clock: Clock, cast: Cast, roadmap: Roadmap
) -> None:
    """Two people at once on four items, with pauses, until the page is full more than once."""
    items = [an_action(cast, roadmap, title=f"Aksi {n}") for n in range(4)]
    for turn in range(48):
        clock.advance(minutes=40 if turn % 16 == 15 else 4)
        _save((cast.rina, cast.dodi)[turn % 2], items[turn % 4], code=f"{turn}")
    roadmap = db.session.get_one(Roadmap, roadmap.id)
    whole = _told(lines_of(roadmap, cast.maria, before=None, limit=999))
    assert sum(saves for _seq, saves, _base in whole) == head(roadmap.id)
    assert len(whole) < 20
    for limit, most in ((3, 400), (5, 17), (100, 10), (1, 5)):
        paged, before = [], None
        while True:
            found = lines_of(roadmap, cast.maria, before=before, limit=limit, most=most)
            assert len(found.lines) <= limit
            paged += _told(found)
            if found.older is None:
                break
            before = found.older
        assert paged == whole


def _told(found: Lines) -> list[tuple[int, int, int | None]]:
    return [(one.seq, one.saves, one.base_version) for one in found.lines]


def test_the_page_asks_as_often_for_forty_saves_as_for_four(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    client.get("/help")
    counts = []
    for saves in (4, 40):
        with app.app_context():
            for turn in range(saves):
                _save(cast.dodi, action, code=f"{saves}.{turn}")
        client.get(f"/roadmaps/{action.roadmap_id}/history")
        with queries(app) as asked:
            page = client.get(f"/roadmaps/{action.roadmap_id}/history")
        assert len(_story(page)) == 3
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] < 40
