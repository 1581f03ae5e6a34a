"""Whoever drafts gives a moment a name; it is a stop in the history that all see, and it goes as it came."""

import pytest
from flask import Flask

from roadmap.errors import NotAllowed, NotThere, NotValid, StepNotOpen
from roadmap.extensions import db
from roadmap.history.errors import EditConflict, ItemGone
from roadmap.history.models import Roadmap
from roadmap.history.operations import record
from roadmap.history.queries import binding_acts
from roadmap.people.roles import Role, Stage, Visibility
from roadmap.timeline.models import Pin
from roadmap.timeline.moments import pins_of
from roadmap.timeline.operations import LONGEST_NAME, add_pin, remove_pin, rename_pin
from roadmap.work import unit_of_work
from tests.cast import Cast, sign_in
from tests.conftest import Clock
from tests.factories import a_roadmap, an_action
from tests.history.log import acts, faults, head
from tests.page import LookingClient
from tests.text.hostile_strings import HOSTILE_STRINGS


@pytest.fixture
def roadmap(cast: Cast, clock: Clock) -> Roadmap:
    roadmap = a_roadmap(cast)
    clock.advance(minutes=1)
    an_action(cast, roadmap, title="Melatih petugas")
    return roadmap


def test_a_drafter_names_renames_and_unnames_a_moment(
    client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    page = client.follow(client.get(f"/roadmaps/{roadmap.id}/history"), "Namai keadaan sekarang")
    assert "Keadaan peta jalan pada 2 November 2026 pukul 08.01 WIB." in page.text
    page = client.submit(page, "pin", {"name": "  Sebelum   rapat "})
    assert page.heading == "Riwayat"
    assert "menjadi tonggak" in page.text
    (stop,) = page.all("h3.pin")
    assert stop.text == "Tonggak: Sebelum rapat"
    page = client.submit(client.follow(page, "Ganti nama: Sebelum rapat"), "pin", {"name": "Sesudah rapat"})
    assert page.one("h3.pin").text == "Tonggak: Sesudah rapat"
    page = client.submit(client.follow(page, "Lepas nama: Sesudah rapat"), "removal", {})
    assert not page.has("h3.pin")
    whole = client.get(f"/roadmaps/{roadmap.id}/history")
    told = [one.text for one in whole.all(".history > li p:first-child")]
    assert told[:3] == [
        "Anda melepas nama tonggak “Sesudah rapat”; keadaannya tetap dapat dilihat.",
        "Anda mengganti nama tonggak “Sebelum rapat” menjadi “Sesudah rapat”.",
        "Anda menamai keadaan 2 November 2026 pukul 08.01 WIB “Sebelum rapat”.",
    ]


def test_an_older_moment_is_named_from_its_act(client: LookingClient, cast: Cast, roadmap: Roadmap) -> None:
    sign_in(client, cast.rina)
    page = client.follow(client.get(f"/roadmaps/{roadmap.id}/changes/1"), "Namai keadaan ini")
    page = client.submit(page, "pin", {"name": "Awal"})
    stop = page.one(".history > li.milestone")
    assert stop.text.startswith("Tonggak: Awal")
    assert "membuat peta jalan ini" in stop.text


def test_a_name_is_asked_for_and_what_was_typed_stays(
    client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/pins")
    again = client.submit(page, "pin", {"name": "  "})
    assert again.status == 422
    assert "Tulis namanya" in again.text
    long = client.submit(page, "pin", {"name": "kata " * 40})
    assert long.status == 422
    assert "kata kata" in long.html


def test_only_drafters_name_moments(ctx: Flask, cast: Cast, roadmap: Roadmap) -> None:
    pin = add_pin(cast.rina, roadmap.id, 1, "Awal")
    for role, person in cast.team.items():
        if role == Role.DRAFTER:
            continue
        refusal = NotThere if role == Role.ADMIN else NotAllowed
        with pytest.raises(refusal):
            add_pin(person, roadmap.id, 1, "x")
        with pytest.raises(refusal):
            rename_pin(person, pin.id, 1, "x")
        with pytest.raises(refusal):
            remove_pin(person, pin.id)
    for person in (cast.eka, cast.nina):
        with pytest.raises(NotThere):
            rename_pin(person, pin.id, 1, "x")
    with unit_of_work():
        db.session.get_one(Roadmap, roadmap.id).stage = Stage.FINISHED
    with pytest.raises(StepNotOpen):
        add_pin(cast.rina, roadmap.id, 1, "x")


def test_a_moment_that_never_was_has_no_name(ctx: Flask, cast: Cast, roadmap: Roadmap) -> None:
    for seq in (0, -1, 99):
        with pytest.raises(NotThere):
            add_pin(cast.rina, roadmap.id, seq, "x")
    with pytest.raises(NotThere):
        rename_pin(cast.rina, 77, 1, "x")
    with pytest.raises(NotValid):
        add_pin(cast.rina, roadmap.id, 1, "x" * (LONGEST_NAME + 1))
    assert head(roadmap.id) == 2


def test_a_hidden_act_lends_its_moment_to_the_one_before(ctx: Flask, cast: Cast, roadmap: Roadmap) -> None:
    with unit_of_work(roadmap.id):
        record(cast.yusuf, "reply", audience=Visibility.CSO_AND_MENTOR)
    assert add_pin(cast.rina, roadmap.id, head(roadmap.id), "Kini").moment == 2


def test_a_pin_is_an_item_of_the_record_and_nothing_of_it_is_approved(
    ctx: Flask, cast: Cast, roadmap: Roadmap
) -> None:
    pin = add_pin(cast.rina, roadmap.id, 2, "Awal")
    rename_pin(cast.dodi, pin.id, 1, "Mula")
    assert rename_pin(cast.dodi, pin.id, 2, "Mula").version == 2
    with pytest.raises(EditConflict):
        rename_pin(cast.rina, pin.id, 1, "Permulaan")
    remove_pin(cast.rina, pin.id)
    remove_pin(cast.rina, pin.id)
    with pytest.raises(ItemGone):
        rename_pin(cast.rina, pin.id, 3, "Lagi")
    log = acts(roadmap.id)
    assert [(one.verb, one.payload) for one in log[2:]] == [
        ("pin", {"moment": 2}),
        ("rename-pin", {"moment": 2}),
        ("remove-pin", {"moment": 2}),
    ]
    assert pins_of(roadmap.id) == []
    assert binding_acts(roadmap.id, 2, 99) == []
    assert faults(roadmap.id) == []
    assert db.session.query(Pin).count() == 1


@pytest.mark.engines("sqlite")
def test_everybody_of_the_team_sees_the_stops_and_nobody_else(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    with app.app_context():
        add_pin(cast.rina, roadmap.id, 2, "Sebelum rapat")
    for name in ("yusuf", "maria", "wali", "oki"):
        sign_in(client, getattr(cast, name))
        page = client.get(f"/roadmaps/{roadmap.id}/history")
        assert "Sebelum rapat" in page.text
        assert not page.has("a[href*='/pins']")
    for name in ("adi", "eka", "nina"):
        sign_in(client, getattr(cast, name))
        assert "Sebelum rapat" not in client.get(f"/roadmaps/{roadmap.id}/history").html


@pytest.mark.engines("sqlite")
def test_a_name_is_words_and_nothing_else(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    with app.app_context():
        for text in HOSTILE_STRINGS[::9]:
            if text.strip() and text.isprintable():
                add_pin(cast.rina, roadmap.id, 1, text[:LONGEST_NAME])
    sign_in(client, cast.rina)
    for address in (f"/roadmaps/{roadmap.id}/history", f"/roadmaps/{roadmap.id}/history?tonggak=1"):
        page = client.get(address)
        assert page.status == 200
        assert not page.has("main img, main iframe, main script, main object, main [style]")
