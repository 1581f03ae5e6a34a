"""Words typed into the grid and not saved: written down for their writer, offered on every page of it, never lost."""

import contextvars
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from flask import Flask

from roadmap.errors import TooMany
from roadmap.extensions import db
from roadmap.history.models import KeptWords, Roadmap, WorkingCopy
from roadmap.people.models import Person
from roadmap.plan.operations import edit_item, remove_item
from tests.cast import PASSWORD, Cast, sign_in
from tests.factories import a_roadmap, an_action, the_item
from tests.journeys.failing import House
from tests.page import Form, LookingClient, Page

OFFERED = "Ada ketikan Anda dari sesaat lalu yang belum disimpan."
GO_ON = "Lanjutkan ketikan yang belum disimpan"


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    return a_roadmap(cast)


@pytest.fixture
def house(app: Flask, cast: Cast) -> Iterator[House]:
    house = House(app, cast)
    yield house
    house.mend()


def cell(item: Any, column: str) -> str:
    return f"c-{item.id}-{column}"


def write_down(client: LookingClient, person: Person, form: Form, typed: dict[str, str]) -> None:
    """Write down what was typed into the cells, as the page's script does: the changed cells and their versions."""
    rows = {name.split("-")[1] for name in typed}
    values = [["fields", "cells"], *([f"base-{row}", form.fields[f"base-{row}"]] for row in sorted(rows))]
    entry = {
        "person": person.uid,
        "address": form.action,
        "values": values + [list(pair) for pair in typed.items()],
        "base_version": None,
        "turn": 1,
        "form_key": form.fields["act_key"],
        "continues": form.fields["kept_uid"],
    }
    send = partial(client.raw.post, json=entry, headers={"X-CSRFToken": form.fields["csrf_token"]})
    assert contextvars.Context().run(send, "/working-copies").status_code == 200


def type_and_leave(client: LookingClient, person: Person, address: str, typed: dict[str, str]) -> Page:
    page = client.get(address)
    write_down(client, person, page.form("grid-form"), typed)
    return page


def copies(app: Flask) -> list[WorkingCopy]:
    with app.app_context():
        return list(db.session.query(WorkingCopy))


def kept(app: Flask) -> list[KeptWords]:
    with app.app_context():
        return list(db.session.query(KeptWords).filter(KeptWords.settled_at.is_(None)))


def now(app: Flask, item: Any) -> Any:
    with app.app_context():
        return the_item("action", item.id)


def test_what_was_typed_is_offered_on_every_page_of_the_grid_and_laid_over_the_newest_plan(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    free, clashing, same = (an_action(cast, roadmap, title=one, code="1") for one in ("Satu", "Dua", "Tiga"))
    address = f"/roadmaps/{roadmap.id}/grid"
    sign_in(client, cast.rina)
    typed = {cell(one, "code"): "R" for one in (free, clashing, same)} | {
        cell(free, "ends_on"): "25 Mar 2026"
    }
    type_and_leave(client, cast.rina, f"{address}?kolom=code&kolom=ends_on", typed)
    with app.app_context():
        edit_item(cast.dodi, "action", free.id, 1, {"status": "berjalan"})
        edit_item(cast.dodi, "action", clashing.id, 1, {"code": "D"})
        edit_item(cast.dodi, "action", same.id, 1, {"code": "R"})
    page = client.get(address)
    assert OFFERED in page.text
    taken_up = client.follow(page, GO_ON)
    fields = taken_up.form("grid-form").fields
    assert fields[cell(free, "ends_on")] == "25 Mar 2026"
    assert "Belum disimpan" in taken_up.region(f"grid-row-{free.id}").text
    assert not taken_up.all(f"#grid-row-{same.id} .grid-changed"), "the plan says this already"
    asked = client.submit(taken_up, "grid-form", {}, press="Simpan semua")
    assert asked.status == 409
    found = now(app, free)
    assert (found.code, found.status, found.ends_on.isoformat()) == ("R", "berjalan", "2026-03-31")
    assert now(app, clashing).code == "D"
    assert "Dodi Pranata: D" in asked.text
    decided = client.submit(asked, "grid-form", {f"choice-{clashing.id}-code": "mine"}, press="Simpan semua")
    assert (decided.status, now(app, clashing).code) == (200, "R")
    assert (copies(app), kept(app)) == ([], [])
    assert OFFERED not in client.get(address).text


def test_saving_one_row_leaves_what_was_typed_into_the_others_and_all_of_it_is_gone_once_all_is_saved(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    one, other = an_action(cast, roadmap, title="Satu"), an_action(cast, roadmap, title="Dua")
    sign_in(client, cast.rina)
    typed = {cell(one, "code"): "A.1", cell(other, "code"): "A.2"}
    page = type_and_leave(client, cast.rina, f"/roadmaps/{roadmap.id}/grid", typed)
    client.submit(page, "grid-form", typed, press=str(one.id), htmx=True)
    assert (now(app, one).code, now(app, other).code) == ("A.1", "")
    again = client.follow(client.get(f"/roadmaps/{roadmap.id}/grid"), GO_ON)
    assert [tag.tag["id"] for tag in again.all("tr:has(.grid-changed)")] == [f"grid-row-{other.id}"]
    client.submit(again, "grid-form", {}, press="Simpan semua")
    assert (now(app, other).code, copies(app), kept(app)) == ("A.2", [], [])


def test_cells_emptied_and_money_in_a_column_that_nobody_else_has_any_more_come_back_too(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    last = an_action(cast, roadmap, title="Satu", budget={"2026 hibah": 5})
    mine = an_action(cast, roadmap, title="Dua", code="X", budget={"2026 apbd": 1})
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/grid")
    typed = {
        cell(mine, "code"): "",
        cell(mine, "budget-2026-hibah"): "1,5 miliar",
        cell(mine, "budget-2026-apbd"): "2 juta",
    }
    write_down(client, cast.rina, page.form("grid-form"), typed)
    with app.app_context():
        edit_item(cast.dodi, "action", last.id, 1, {"budget": {}})
    box = client.get("/kept-words")
    for words in ("Pagu 2026, Hibah: 1,5 miliar", "Kode: (kosong)"):
        assert words in box.text
    again = client.follow(box, "Lanjutkan Peta Jalan Kota Contoh")
    client.submit(again, "grid-form", {}, press="Simpan semua")
    found = now(app, mine)
    assert (found.code, found.budget) == ("", {"2026 apbd": 2_000_000, "2026 hibah": 1_500_000_000})


def test_a_cell_that_was_emptied_is_still_empty_when_another_page_of_the_grid_was_typed_in(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    one, other = (an_action(cast, roadmap, title=title, code="X") for title in ("Satu", "Dua"))
    sign_in(client, cast.rina)
    address = f"/roadmaps/{roadmap.id}/grid"
    type_and_leave(client, cast.rina, address, {cell(one, "code"): ""})
    type_and_leave(client, cast.rina, address, {cell(other, "code"): "B"})
    assert [words.values[cell(one, "code")] for words in kept(app)] == [""]
    box = client.get("/kept-words")
    assert "Kode: (kosong)" in box.text
    again = client.get(f"{address}?kept={kept(app)[0].uid}")
    client.submit(again, "grid-form", {}, press="Simpan semua")
    assert (now(app, one).code, now(app, other).code) == ("", "X")


def test_words_whose_row_has_gone_are_shown_and_stay_whatever_is_typed_next(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    gone, stays = an_action(cast, roadmap, title="Satu"), an_action(cast, roadmap, title="Dua")
    sign_in(client, cast.rina)
    typed = {cell(gone, "code"): "Kode Rina", cell(stays, "code"): "A.2"}
    type_and_leave(client, cast.rina, f"/roadmaps/{roadmap.id}/grid", typed)
    with app.app_context():
        remove_item(cast.dodi, "action", gone.id)
    again = client.follow(client.get(f"/roadmaps/{roadmap.id}/grid"), GO_ON)
    assert "Rencana aksi yang sudah dihapus · Kode: Kode Rina" in again.text
    write_down(client, cast.rina, again.form("grid-form"), {cell(stays, "code"): "A.3"})
    client.submit(again, "grid-form", {cell(stays, "code"): "A.3"}, press="Simpan semua")
    assert now(app, stays).code == "A.3"
    assert "Kode Rina" in client.get("/kept-words").text


@pytest.mark.engines("sqlite")
def test_of_another_person_or_another_grid_nothing_is_offered(
    client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap)
    other = a_roadmap(cast)
    an_action(cast, other)
    sign_in(client, cast.rina)
    type_and_leave(client, cast.rina, f"/roadmaps/{roadmap.id}/grid", {cell(action, "code"): "Rahasia Rina"})
    offered = client.get(f"/roadmaps/{roadmap.id}/grid").link(GO_ON)
    assert OFFERED not in client.get(f"/roadmaps/{other.id}/grid").text
    sign_in(client, cast.dodi)
    assert OFFERED not in client.get(f"/roadmaps/{roadmap.id}/grid").text
    assert "Rahasia" not in client.get(offered).html


WORDS = "Dinas yang belum terdaftar"
SINGLE = "A.77"


def gone_with_the_database(house: House) -> None:
    house.break_database("server closed the connection unexpectedly")


def full_disk(house: House) -> None:
    house.break_database("database or disk is full", "INSERT|UPDATE")


def too_often(house: House) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise TooMany("Terlalu sering.", seconds=30)

    patch = pytest.MonkeyPatch()
    patch.setattr("roadmap.desk.grid.edit_what_fits", refuse)
    house.undone.append(patch.undo)


def role_taken(house: House) -> None:
    house.take_role(house.cast.rina)


WAYS: dict[Callable[[House], None], int] = {
    gone_with_the_database: 503,
    full_disk: 503,
    too_often: 429,
    role_taken: 404,
}


@pytest.mark.parametrize("press", ["Simpan semua", "row"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_send_that_fails_gives_every_cell_back(
    client: LookingClient, house: House, roadmap: Roadmap, way: Callable[[House], None], press: str
) -> None:
    app, cast, status = house.app, house.cast, WAYS[way]
    action = an_action(cast, roadmap)
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/grid")
    way(house)
    typed = {cell(action, "code"): SINGLE}
    answer = client.submit(
        page, "grid-form", typed, press=str(action.id) if press == "row" else press, follow=False
    )
    assert answer.status == status
    house.mend()
    if status == 503:
        assert answer.form("given-back-form").fields[cell(action, "code")] == SINGLE
        client.submit(answer, "given-back-form", {})
        assert now(app, action).code == SINGLE
        return
    assert [one.values[cell(action, "code")] for one in kept(app)] == [SINGLE]
    if status == 429:
        again = client.follow(client.get("/kept-words"), "Pakai lagi Peta Jalan Kota Contoh")
        assert again.form("grid-form").fields[cell(action, "code")] == SINGLE
        client.submit(again, "grid-form", {}, press="Simpan semua")
        assert (now(app, action).code, kept(app)) == (SINGLE, [])


@pytest.mark.parametrize("press", ["Simpan semua", "row"])
def test_a_session_that_ended_carries_every_cell_through_the_sign_in(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap, press: str
) -> None:
    action = an_action(cast, roadmap)
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/grid")
    client.forget()
    typed = {cell(action, "code"): SINGLE, cell(action, "lead"): WORDS}
    pressed = str(action.id) if press == "row" else press
    door = client.submit(page, "grid-form", typed, press=pressed, follow=False)
    assert door.form("sign-in-form").fields[f"carried-{cell(action, 'lead')}"] == WORDS
    inside = client.submit(
        door, "sign-in-form", {"email": cast.rina.email, "password": PASSWORD}, follow=False
    )
    back = client.submit(inside, "send-on-form", {}, follow=False)
    assert back.status == 422
    assert back.form("grid-form").fields[cell(action, "lead")] == WORDS
    client.submit(back, "grid-form", {cell(action, "lead"): "Dinsos"}, press="Simpan semua")
    assert (now(app, action).code, now(app, action).lead) == (SINGLE, cast.dinsos.uid)


@pytest.mark.engines("sqlite")
def test_a_form_in_which_nothing_is_typed_any_more_leaves_no_copy(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap)
    sign_in(client, cast.rina)
    page = type_and_leave(client, cast.rina, f"/roadmaps/{roadmap.id}/grid", {cell(action, "code"): "A"})
    form = page.form("grid-form")
    entry = {
        "person": cast.rina.uid,
        "address": form.action,
        "values": [],
        "turn": 2,
        "form_key": form.fields["act_key"],
    }
    send = partial(client.raw.post, json=entry, headers={"X-CSRFToken": form.fields["csrf_token"]})
    assert contextvars.Context().run(send, "/working-copies").status_code == 200
    assert copies(app) == []
