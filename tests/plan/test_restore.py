"""Old words come back as a new act: fields of an item, items as they were at a moment, the whole plan; merged, never forced."""

from typing import Any

import pytest
from flask import Flask

from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.history.errors import EditConflict, ItemGone, NoSuchVersion
from roadmap.history.models import Roadmap
from roadmap.history.operations import CLOSED, record
from roadmap.people.models import Person
from roadmap.people.roles import Visibility
from roadmap.plan import bulk, operations, restoring
from roadmap.plan.earlier import Why
from roadmap.plan.errors import FieldNotYours, Unsettled
from roadmap.plan.laying import Answer
from roadmap.plan.queries import outline_as_of, outline_of
from roadmap.work import unit_of_work
from tests.cast import Cast, sign_in
from tests.factories import a_problem, a_roadmap, an_action, an_indicator, the_item
from tests.history.log import acts, faults, head
from tests.page import LookingClient


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def _edit(by: Person, item: Any, **values: Any) -> int:
    operations.edit_item(by, item.kind, item.id, the_item(item.kind, item.id).version, values)
    return head(item.roadmap_id)


def _content(roadmap_id: int, seq: int | None = None) -> list[Any]:
    """What stands, in its order, with all its fields."""
    plan = outline_of(roadmap_id) if seq is None else outline_as_of(roadmap_id, seq)
    return [(item.uid, item.values) for item in plan.in_published_order()]


# --- fields


def test_a_field_comes_back_and_the_others_stay(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota", code="A.1", budget={"2026 apbd": 5})
    _edit(cast.dodi, action, area="Desa", code="A.2", budget={"2026 apbd": 9})
    edited = restoring.restore_fields(
        cast.rina, "action", action.id, 1, ["area", "budget"], base_version=2, reason="Lebih tepat"
    )
    assert edited.changed == ("area", "budget")
    item = the_item("action", action.id)
    assert (item.area, item.code, item.budget) == ("Kota", "A.2", {"2026 apbd": 5})
    last = acts(roadmap.id)[-1]
    assert (last.verb, last.source, last.reason) == ("restore-fields", "restore", "Lebih tepat")
    assert last.payload == {"version": 1, "fields": ["area", "budget"]}
    assert faults(roadmap.id) == []


def test_what_others_save_meanwhile_is_merged_or_asked_about(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota", expected_result="satu\n\ndua")
    _edit(cast.dodi, action, area="Desa", expected_result="SATU\n\ndua")
    _edit(cast.dodi, action, expected_result="SATU\n\nDUA")
    restoring.restore_fields(cast.rina, "action", action.id, 1, ["expected_result"], base_version=2)
    assert the_item("action", action.id).expected_result == "satu\n\nDUA"
    _edit(cast.dodi, action, area="Kecamatan")
    last = head(roadmap.id)
    with pytest.raises(EditConflict):
        restoring.restore_fields(cast.rina, "action", action.id, 1, ["area"], base_version=2)
    assert head(roadmap.id) == last


def test_what_is_as_it_was_needs_no_act(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    last = _edit(cast.dodi, action, code="A.1")
    assert restoring.restore_fields(cast.rina, "action", action.id, 1, ["area"], base_version=2).changed == ()
    assert head(roadmap.id) == last


def test_fields_are_restored_by_whom_they_are_open_to(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, lead=cast.dinsos, area="Kota")
    _edit(cast.rina, action, area="Desa", supporting=[cast.oms.uid])
    restoring.restore_fields(cast.oki, "action", action.id, 1, ["area"], base_version=2)
    with pytest.raises(FieldNotYours):
        restoring.restore_fields(cast.oki, "action", action.id, 1, ["supporting"], base_version=3)
    for person in (cast.yusuf, cast.maria, cast.wali):
        with pytest.raises(NotAllowed):
            restoring.restore_fields(person, "action", action.id, 1, ["area"], base_version=3)
    for person in (cast.eka, cast.adi, cast.nina):
        with pytest.raises(NotThere):
            restoring.restore_fields(person, "action", action.id, 1, ["area"], base_version=3)


def test_closed_words_stay_closed(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, description="")
    _edit(cast.rina, action, description="Siti Aminah")
    operations.close_text(cast.maria, "action", action.id, ["description"], basis="UU PDP", reason="Korban")
    for version in (1, 2):
        with pytest.raises(NotValid):
            restoring.restore_fields(cast.rina, "action", action.id, version, ["description"], base_version=3)
    assert the_item("action", action.id).description == CLOSED
    preview = restoring.preview_items(cast.rina, roadmap.id, 3, [action.uid])
    assert {one.why for one in preview.obstacles} <= {Why.CLOSED}
    restoring.restore_items(cast.rina, roadmap.id, 2, None)
    assert the_item("action", action.id).description == CLOSED


def test_odd_requests_are_refused(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    with pytest.raises(NotValid):
        restoring.restore_fields(cast.rina, "action", action.id, 1, [], base_version=1)
    with pytest.raises(NoSuchVersion):
        restoring.restore_fields(cast.rina, "action", action.id, 9, ["area"], base_version=1)
    with pytest.raises(NotThere):
        restoring.restore_fields(cast.rina, "verse", action.id, 1, ["area"], base_version=1)
    with pytest.raises(NotThere):
        restoring.restore_fields(cast.rina, "action", 999, 1, ["area"], base_version=1)
    operations.remove_item(cast.rina, "action", action.id)
    with pytest.raises(ItemGone):
        restoring.restore_fields(cast.rina, "action", action.id, 1, ["area"], base_version=1)
    for seq in (0, -3, 99):
        with pytest.raises(NotThere):
            restoring.restore_items(cast.rina, roadmap.id, seq, None)
    with pytest.raises(NotThere):
        restoring.restore_items(cast.rina, roadmap.id, 2, ["no-such-item"])


# --- items as they were


def test_chosen_items_come_back_as_they_were_and_no_others(cast: Cast, roadmap: Roadmap) -> None:
    one, two = (an_action(cast, roadmap, title=title, area="Kota") for title in ("Satu", "Dua"))
    indicator = an_indicator(cast, one)
    then = head(roadmap.id)
    for item in (one, two):
        _edit(cast.dodi, item, area="Desa")
    operations.remove_item(cast.dodi, "action", one.id)
    restoring.restore_items(cast.rina, roadmap.id, then, [one.uid, indicator.uid], reason="Masih perlu")
    assert the_item("action", one.id).area == "Kota"
    assert the_item("action", one.id).removed_at is None
    assert the_item("indicator", indicator.id).removed_at is None
    assert the_item("action", two.id).area == "Desa"
    last = acts(roadmap.id)[-1]
    assert (last.verb, last.source, last.payload) == (
        "restore-items",
        "restore",
        {"moment": then, "all": False},
    )
    assert faults(roadmap.id) == []


def test_the_whole_plan_is_as_it_was_and_can_be_as_it_became(cast: Cast, roadmap: Roadmap) -> None:
    actions = [an_action(cast, roadmap, title=f"Aksi {n}", area="Kota") for n in range(4)]
    an_indicator(cast, actions[0])
    problem = a_problem(cast, roadmap)
    then = head(roadmap.id)
    was = _content(roadmap.id)
    _edit(cast.dodi, actions[0], area="Desa", problems=[problem.uid])
    operations.move_item(cast.dodi, "action", actions[3].id, "first")
    operations.remove_item(cast.dodi, "action", actions[1].id)
    bulk.add_many(cast.dodi, roadmap.id, [bulk.Entry("problem", {"title": f"M {n}"}) for n in range(5)])
    became, last = _content(roadmap.id), head(roadmap.id)
    restoring.restore_items(cast.rina, roadmap.id, then, None)
    assert _content(roadmap.id) == was
    assert head(roadmap.id) == last + 1
    restoring.undo(cast.rina, roadmap.id, last + 1)
    assert _content(roadmap.id) == became
    restoring.restore_items(cast.rina, roadmap.id, then, None)
    restoring.restore_items(cast.rina, roadmap.id, last, None)
    assert _content(roadmap.id) == became
    assert faults(roadmap.id) == []


def test_what_was_saved_after_the_screen_is_merged_or_asked_about(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota", code="A.1")
    then = head(roadmap.id)
    seen = _edit(cast.dodi, action, area="Desa")
    _edit(cast.dodi, action, code="A.2", title="Baru")
    restoring.restore_items(cast.rina, roadmap.id, then, [action.uid], base_seq=seen)
    item = the_item("action", action.id)
    assert (item.area, item.code, item.title) == ("Kota", "A.2", "Baru")
    seen = _edit(cast.dodi, action, area="Desa")
    _edit(cast.dodi, action, area="Kecamatan")
    with pytest.raises(Unsettled):
        restoring.restore_items(cast.rina, roadmap.id, then, [action.uid], base_seq=seen)
    answers = {(action.uid, "area"): Answer(takes_old=True, version=the_item("action", action.id).version)}
    restoring.restore_items(cast.rina, roadmap.id, then, [action.uid], base_seq=seen, choices=answers)
    assert the_item("action", action.id).area == "Kota"


def test_a_moment_that_only_some_know_of_is_the_one_before(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    with unit_of_work(roadmap.id):
        record(cast.yusuf, "reply", audience=Visibility.CSO_AND_MENTOR)
    hidden = head(roadmap.id)
    _edit(cast.dodi, action, area="Desa")
    restoring.restore_items(cast.rina, roadmap.id, hidden, [action.uid])
    assert the_item("action", action.id).area == "Kota"
    assert acts(roadmap.id)[-1].payload == {"moment": hidden - 1, "all": False}


def test_only_drafters_restore_items(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, lead=cast.dinsos)
    for person in (cast.oki, cast.yusuf, cast.maria, cast.wali, cast.sari, cast.vera):
        with pytest.raises(NotAllowed):
            restoring.restore_items(person, roadmap.id, 2, [action.uid])
    for person in (cast.adi, cast.eka, cast.nina):
        with pytest.raises(NotThere):
            restoring.restore_items(person, roadmap.id, 2, [action.uid])


# --- the pages


def test_a_field_is_ticked_on_a_version_of_the_history(app: Flask, client: LookingClient, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Melatih petugas", area="Kota", code="A.1")
    with app.app_context():
        _edit(cast.dodi, action, area="Desa", code="A.2")
    sign_in(client, cast.rina)
    history = client.get(f"/actions/{action.id}/history")
    (link,) = history.all("a[href$='/restore']")
    assert link.text.startswith("Kembalikan isi ini:")
    page = client.get(link["href"])
    assert page.heading == "Kembalikan isi lama"
    assert page.form("restore-fields").choices("restored") == {"code": "Kode", "area": "Wilayah"}
    assert "Wilayah berubah dari Desa menjadi Kota." in page.text
    nothing = client.submit(page, "restore-fields", {"reason": "Lebih tepat"})
    assert nothing.status == 422
    assert "Pilih isian yang akan dikembalikan." in nothing.text
    with app.app_context():
        _edit(cast.dodi, action, area="Kecamatan")
    overtaken = client.submit(nothing, "restore-fields", {"restored": ["area"]})
    assert overtaken.status == 409
    assert "baru saja diubah orang lain" in overtaken.text
    assert "Wilayah berubah dari Kecamatan menjadi Kota." in overtaken.text
    assert overtaken.form("restore-fields").filled({})["restored"] == "area"
    done = client.submit(overtaken, "restore-fields", {})
    assert done.heading == "Melatih petugas"
    assert "Isi lama dikembalikan" in done.text
    with app.app_context():
        item = the_item("action", action.id)
        assert (item.area, item.code) == ("Kota", "A.2")
    story = client.get(f"/roadmaps/{roadmap.id}/history").one(".history > li:first-child p:first-child").text
    assert (
        story == "Anda mengembalikan isi lama: mengubah Wilayah dari Kecamatan ke Kota pada Melatih petugas."
    )


def test_items_are_chosen_looked_at_and_restored(app: Flask, client: LookingClient, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Melatih petugas", area="Kota")
    indicator = an_indicator(cast, action)
    other = an_action(cast, roadmap, title="Lain", area="Kota")
    with app.app_context():
        then = head(roadmap.id)
        operations.remove_item(cast.dodi, "action", action.id)
        _edit(cast.dodi, other, area="Desa")
        an_action(cast, roadmap, title="Yang baru")
    sign_in(client, cast.rina)
    address = f"/roadmaps/{roadmap.id}/as-of/{then}/restore"
    page = client.get(address)
    assert set(page.form("restore-choice").choices("butir")) == {f"action-{action.id}", f"action-{other.id}"}
    assert "1 bagian yang ditambahkan sesudahnya akan dihapus" in page.text
    preview = client.submit(page, "restore-choice", {"butir": [f"action-{action.id}"]})
    assert preview.heading == "Pulihkan yang dipilih?"
    assert "1 bagian akan berubah" in preview.text
    assert "Lain" not in preview.one("#restore-items").text
    done = client.submit(preview, "restore-items", {"reason": "Masih perlu"})
    assert "Dipulihkan seperti waktu itu" in done.text
    first = done.one(".history > li:first-child p:first-child").text
    assert first.startswith("Anda mengembalikan keadaan ")
    assert first.endswith(": memulihkan Melatih petugas.")
    with app.app_context():
        assert the_item("indicator", indicator.id).removed_at is None
        assert the_item("action", other.id).area == "Desa"
    whole = client.submit(
        client.follow(client.get(address), "Lihat bila semuanya dipulihkan"), "restore-items", {}
    )
    assert "mengembalikan seluruh peta jalan ke keadaan" in whole.one(".history > li:first-child").text
    with app.app_context():
        assert _content(roadmap.id) == _content(roadmap.id, then)
    assert "masih sama sampai sekarang" in client.get(address).text


def test_nothing_chosen_is_asked_for_and_odd_choices_do_nothing(client: LookingClient, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, area="Kota")
    address = f"/roadmaps/{roadmap.id}/as-of/2/restore"
    sign_in(client, cast.rina)
    assert client.get(f"{address}?butir=action-999&butir=x").status == 404
    assert client.get(f"/roadmaps/{roadmap.id}/as-of/99/restore").status == 404
    answer = client.post(address, {"butir": "verse-1"})
    assert answer.status == 422
    assert "Pilih paling sedikit satu bagian." in answer.text
    assert action.id
