"""Dodi saves while Rina types: she is told, and may have his words laid under hers; nothing is saved by that."""

import pytest
from sqlalchemy import func, select

from roadmap.extensions import db
from roadmap.history.models import Changeset
from roadmap.plan.operations import close_text, edit_item, remove_item
from tests.cast import Cast
from tests.factories import a_roadmap, an_action, the_item
from tests.page import LookingClient, Page
from tests.presence.at_hand import LIVE, place

TEXT = "Kanal dibuka di kantor. Petugas berjaga setiap hari. Pengaduan dijawab."


def begin(cast: Cast, client: LookingClient) -> tuple:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, description=TEXT)
    client.sign_in(cast.rina)
    return roadmap, action, client.get(f"/{place(action)}/edit")


def merged(client: LookingClient, page: Page, action, changes: dict[str, str]) -> Page:
    form = page.form(f"action-{action.id}-form").filled(changes)
    return client.post(f"/{place(action)}/merged-form", form)


def dodi_saves(cast: Cast, action, **values) -> None:
    with cast.app.app_context():
        item = the_item("action", action.id)
        edit_item(cast.dodi, "action", action.id, item.version, values)


@pytest.mark.engines("sqlite")
def test_who_saved_a_newer_version_is_said_to_who_edits(cast: Cast, client: LookingClient) -> None:
    _roadmap, action, _page = begin(cast, client)
    address = f"/{place(action)}/newer?since=1"
    assert client.get(address, headers=LIVE).status == 204
    dodi_saves(cast, action, title="Melatih petugas")
    told = client.get(address, headers=LIVE)
    assert told.text.startswith("Dodi Pranata baru saja menyimpan isi yang lebih baru.")
    assert "Gabungkan sekarang" in told.text
    assert client.get(address).location == f"/{place(action)}"


@pytest.mark.engines("sqlite")
def test_ones_own_save_in_another_tab_and_a_removal_are_said_as_such(
    cast: Cast, client: LookingClient
) -> None:
    _roadmap, action, _page = begin(cast, client)
    with cast.app.app_context():
        edit_item(cast.rina, "action", action.id, 1, {"title": "Melatih petugas"})
    told = client.get(f"/{place(action)}/newer?since=1", headers=LIVE)
    assert told.text.startswith("Anda sendiri baru saja menyimpan isi yang lebih baru")
    with cast.app.app_context():
        remove_item(cast.dodi, "action", action.id)
    told = client.get(f"/{place(action)}/newer?since=1", headers=LIVE)
    assert told.text.startswith("Dodi Pranata baru saja menghapus bagian ini.")
    assert "Gabungkan" not in told.text


def test_his_words_come_under_hers_and_nothing_is_saved(cast: Cast, client: LookingClient) -> None:
    _roadmap, action, page = begin(cast, client)
    dodi_saves(cast, action, title="Melatih petugas", description=TEXT.replace("di kantor", "di kelurahan"))
    with cast.app.app_context():
        acts = db.session.scalar(select(func.count(Changeset.id)))
    typed = TEXT.replace("setiap hari", "siang dan malam")
    back = merged(client, page, action, {"description": typed, "expected_result": "Dua loket"})
    form = back.form(f"action-{action.id}-form").filled({})
    assert form["title"] == "Melatih petugas"
    assert form["description"] == typed.replace("di kantor", "di kelurahan")
    assert form["expected_result"] == "Dua loket"
    assert form["base_version"] == "2"
    assert "Digabung ke formulir Anda:" in back.region("notice")
    assert "Belum disimpan ke peta jalan." in back.region("notice")
    with cast.app.app_context():
        assert db.session.scalar(select(func.count(Changeset.id))) == acts
    saved = client.submit(back, f"action-{action.id}-form", {})
    assert saved.status == 200
    with cast.app.app_context():
        assert the_item("action", action.id).description == form["description"]


@pytest.mark.engines("sqlite")
def test_where_both_changed_the_same_words_hers_stay_and_the_save_asks(
    cast: Cast, client: LookingClient
) -> None:
    _roadmap, action, page = begin(cast, client)
    dodi_saves(cast, action, title="Judul Dodi", expected_result="Tiga loket")
    back = merged(client, page, action, {"title": "Judul Rina"})
    form = back.form(f"action-{action.id}-form").filled({})
    assert (form["title"], form["expected_result"], form["base_version"]) == ("Judul Rina", "Tiga loket", "1")
    assert "Diubah bersamaan:" in back.region("notice")
    assert client.submit(back, f"action-{action.id}-form", {}).status == 409


@pytest.mark.engines("sqlite")
def test_a_text_that_was_closed_meanwhile_is_not_reopened_by_merging(
    cast: Cast, client: LookingClient
) -> None:
    _roadmap, action, page = begin(cast, client)
    with cast.app.app_context():
        close_text(cast.dodi, "action", action.id, ["description"], basis="UU PDP", reason="Nama korban")
    back = merged(client, page, action, {"title": "Judul Rina"})
    assert back.form(f"action-{action.id}-form").filled({})["base_version"] == "1"
    assert client.submit(back, f"action-{action.id}-form", {}).status == 409


@pytest.mark.engines("sqlite")
def test_who_may_not_edit_gets_no_form(cast: Cast, client: LookingClient) -> None:
    _roadmap, action, page = begin(cast, client)
    form = page.form(f"action-{action.id}-form").filled({})
    for person, status in ((cast.yusuf, 403), (cast.eka, 404)):
        other = client.another()
        other.sign_in(person)
        other.get("/help")
        form["csrf_token"] = other.token
        assert other.post(f"/{place(action)}/merged-form", form).status == status
