"""What was typed and did not go through waits for its writer, word for word, until they settle it."""

from typing import Any

import pytest
from flask import Flask

from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.keeper import keep_for_owner
from roadmap.history.models import KeptWords, Roadmap
from roadmap.history.operations import keep_words, settle_words
from roadmap.history.queries import kept_words_of
from roadmap.history.unsaved import of_person
from roadmap.history.working_copies import Typed, discard, write_down
from roadmap.people.operations import end_membership
from roadmap.people.queries import find_member
from roadmap.people.roles import Stage
from roadmap.plan import operations
from roadmap.plan.kinds import KINDS
from roadmap.plan.models import Action
from roadmap.work import unit_of_work
from tests.cast import Cast, sign_in
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient

WORDS = "Setiap warga\r\n\r\n- dapat <b>mengadu</b>\r\n  - juga \N{LEFT DOUBLE QUOTATION MARK}malam\N{RIGHT DOUBLE QUOTATION MARK}  "

BROUGHT = ["#f-expected_result", "#f-ends_on-month", "#f-budget-0-year"]


@pytest.fixture
def action(cast: Cast) -> Action:
    return an_action(cast, a_roadmap(cast), title="Kanal pengaduan", lead=cast.dinsos)


def _kept(app: Flask) -> list[KeptWords]:
    with app.app_context():
        return list(db.session.query(KeptWords).order_by(KeptWords.id))


def _edit(client: LookingClient, action: Action, **values: Any) -> Any:
    """Send the whole form of an action past the page."""
    client.get("/help")
    named = " ".join({name.partition("-")[0] for name in values} & set(KINDS["action"].by_name))
    return client.post(f"/actions/{action.id}/edit", {"fields": named, "base_version": "1", **values})


def _finish(app: Flask, action: Action, stage: Stage = Stage.FINISHED) -> None:
    with app.app_context(), unit_of_work():
        db.session.get_one(Roadmap, action.roadmap_id).stage = stage


def test_words_sent_to_a_closed_stage_wait_for_their_writer(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _finish(app, action)
    answer = _edit(client, action, expected_result=WORDS)
    assert answer.status == 409
    assert "Tulisan Anda aman" in answer.text
    page = client.follow(answer, "Buka tulisan yang disimpan")
    assert page.one("textarea").tag.get_text().removeprefix("\n") == WORDS
    (kept,) = _kept(app)
    assert (kept.values, kept.cause, kept.item_uid) == ({"expected_result": WORDS}, "stage", action.uid)
    assert (kept.person_id, kept.roadmap_id, kept.base_version) == (cast.rina.id, action.roadmap_id, 1)


def test_words_of_somebody_whose_role_has_ended_are_kept(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    with app.app_context():
        membership = find_member(cast.city.id, cast.rina.uid)
        assert membership is not None
        end_membership(cast.adi, cast.city.id, membership.id)
    answer = client.submit(
        form, f"action-{action.id}-form", {"expected_result": "Belum sempat"}, follow=False
    )
    assert answer.status == 404
    (kept,) = _kept(app)
    assert kept.values["expected_result"] == "Belum sempat"
    # What they may no longer see is not named to them, nor are their words shown on the item.
    assert (kept.cause, kept.item_uid, kept.roadmap_id) == ("gone", None, None)
    page = client.get("/kept-words")
    assert "Belum sempat" in page.text
    assert "Kanal pengaduan" not in page.heading


def test_a_field_that_is_not_theirs_does_not_cost_an_operator_their_words(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.oki)
    answer = _edit(client, action, lead=cast.oms.uid, expected_result="Dari Dinas Sosial")
    assert answer.status == 403
    (kept,) = _kept(app)
    assert (kept.cause, kept.person_id) == ("rights", cast.oki.id)
    page = client.get("/kept-words")
    assert "Dari Dinas Sosial" in page.text
    assert "Perkumpulan Contoh Setara" in page.text
    assert cast.oms.uid not in page.html


def test_the_words_fill_the_form_again_and_saving_settles_them(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _finish(app, action)
    _edit(
        client,
        action,
        **{
            "expected_result": "Dipakai lagi",
            "ends_on-month": "3",
            "ends_on-year": "2027",
            "budget-0-year": "2026",
            "budget-0-source": "apbd",
            "budget-0-amount": "1.000.000",
        },
    )
    _finish(app, action, Stage.DRAFT)
    page = client.get("/kept-words")
    assert "Maret 2027" in page.text
    form = client.follow(page, "Pakai lagi Kanal pengaduan")
    assert [one["href"] for one in form.all("#brought-words a")] == BROUGHT
    assert len(form.all("details.group[open]")) == len(
        form.all("details.group:has(#f-budget-0-year, #f-ends_on-month)")
    )
    filled = form.form(f"action-{action.id}-form").fields
    assert filled["expected_result"] == "Dipakai lagi"
    assert (filled["ends_on-month"], filled["ends_on-year"]) == ("3", "2027")
    assert filled["budget-0-amount"] == "1.000.000"
    assert filled["title"] == "Kanal pengaduan"
    saved = client.submit(form, f"action-{action.id}-form", {"budget-0-amount": ""})
    assert saved.title.startswith("Tersimpan:")
    assert [kept.settled_at is not None for kept in _kept(app)] == [True]
    assert "Semua tulisan Anda sudah masuk" in client.get("/kept-words").text


def test_words_for_something_new_fill_the_form_for_something_new(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    address = f"/roadmaps/{action.roadmap_id}/problems/new"
    form = client.get(address)
    _finish(app, action)
    answer = client.submit(form, "new-problem", {"title": "Kanal belum ada", "cause": "Belum dianggarkan"})
    assert answer.status == 409
    _finish(app, action, Stage.DRAFT)
    page = client.get("/kept-words")
    assert "Permasalahan baru" in page.text
    form = client.follow(page, "Pakai lagi Permasalahan baru")
    assert form.form("new-problem").fields["cause"] == "Belum dianggarkan"
    client.submit(form, "new-problem", {})
    assert [kept.settled_at is not None for kept in _kept(app)] == [True]


def test_words_that_are_no_longer_needed_leave_the_list_and_stay_in_the_house(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _finish(app, action)
    _edit(client, action, expected_result="Tidak jadi")
    (kept,) = _kept(app)
    page = client.get(f"/kept-words/{kept.uid}")
    settled = client.submit(page, f"/kept-words/{kept.uid}/settlement", {})
    assert settled.path == "/kept-words"
    assert "Tidak jadi" not in settled.text
    assert [one.values for one in _kept(app)] == [{"expected_result": "Tidak jadi"}]
    assert "Tidak jadi" in client.get(f"/kept-words/{kept.uid}").text


def test_nobody_sees_or_settles_another_persons_words(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _finish(app, action)
    _edit(client, action, expected_result="Punya Rina")
    (kept,) = _kept(app)
    sign_in(client, cast.dodi)
    assert client.get(f"/kept-words/{kept.uid}").status == 404
    assert "Punya Rina" not in client.get("/kept-words").text
    assert client.post(f"/kept-words/{kept.uid}/settlement", {"act_key": "x"}).status == 404
    assert _kept(app)[0].settled_at is None


@pytest.mark.parametrize("uid", ["x", "0" * 36, "00000000-0000-0000-0000-000000000000", "%00"])
def test_an_address_of_no_words_is_not_there(client: LookingClient, cast: Cast, uid: str) -> None:
    sign_in(client, cast.rina)
    assert client.get(f"/kept-words/{uid}").status == 404


def test_forged_kept_words_do_no_harm(client: LookingClient, cast: Cast, action: Action) -> None:
    sign_in(client, cast.rina)
    assert client.get(f"/actions/{action.id}/edit?kept=%00x").status == 200
    assert _edit(client, action, title="Lain", kept_uid="\x00").status == 303


def test_passwords_and_machinery_are_never_kept(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _finish(app, action)
    _edit(client, action, title="Judul", password="tiga kucing oranye", new_password="empat", act_key="kunci")
    assert [kept.values for kept in _kept(app)] == [{"title": "Judul"}]


def test_a_form_without_words_leaves_nothing_behind(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.oki)
    client.get("/help")
    answer = client.post(f"/actions/{action.id}/removal", {"act_key": "x"})
    assert answer.status == 403
    assert _kept(app) == []


def test_the_same_words_twice_are_kept_once(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.rina)
    _finish(app, action)
    for _ in range(3):
        _edit(client, action, title="Sekali saja")
    _edit(client, action, title="Yang lain")
    assert [kept.values["title"] for kept in _kept(app)] == ["Sekali saja", "Yang lain"]


def test_a_stranger_who_guesses_an_address_leaves_no_words_on_the_item(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    sign_in(client, cast.eka)
    assert _edit(client, action, title="Dari jauh").status == 404
    assert [(kept.item_uid, kept.roadmap_id) for kept in _kept(app)] == [(None, None)]
    sign_in(client, cast.rina)
    assert "Dari jauh" not in client.get(f"/actions/{action.id}/history").text


def test_who_may_edit_an_item_reads_what_did_not_go_through(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    with app.app_context():
        operations.edit_item(cast.dodi, "action", action.id, 1, {"title": "Kanal Dodi"})
    sign_in(client, cast.rina)
    assert _edit(client, action, title="Kanal Rina").status == 409
    sign_in(client, cast.dodi)
    page = client.get(f"/actions/{action.id}/history")
    assert "Kanal Rina" in page.region("kept").text
    assert "Rina Wulandari" in page.region("kept").text
    assert "1 tulisan orang lain di bagian ini belum masuk" in client.get(f"/actions/{action.id}").text
    for who in (cast.yusuf, cast.maria, cast.wali):
        sign_in(client, who)
        assert "Kanal Rina" not in client.get(f"/actions/{action.id}/history").text


def test_words_of_another_owner_are_kept_for_them(app: Flask, cast: Cast, action: Action) -> None:
    with app.app_context(), unit_of_work():
        keep_for_owner(
            cast.rina,
            {"fields": "title", "base_version": "1", "title": "Terlambat masuk", "csrf_token": "x"},
            f"/actions/{action.id}/edit?x=1",
        )
    (kept,) = _kept(app)
    assert (kept.values, kept.cause) == ({"title": "Terlambat masuk"}, "session")
    assert (kept.item_uid, kept.base_version) == (action.uid, 1)


def test_only_ones_own_words_can_be_settled(ctx: object, cast: Cast) -> None:
    with unit_of_work():
        kept = keep_words(cast.rina, {"title": "x"}, "clash", "/")
        assert kept is not None
        uid = kept.uid
    with pytest.raises(NotThere), unit_of_work():
        settle_words(cast.dodi, uid)
    with unit_of_work():
        settle_words(cast.rina, uid)
    assert kept_words_of(cast.rina.id) == []


def test_words_of_a_clash_that_stand_in_an_unsaved_form_too_are_told_of_once_and_lost_in_neither(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    boxes = (("fields", "expected_result budget"), ("expected_result", " Dari Rina\r\n"))
    money = (("budget-0-year", "2027"), ("budget-0-source", "apbd"), ("budget-0-amount", "9.000"))
    with app.app_context():
        write_down(cast.rina, Typed(f"/actions/{action.id}/edit", boxes + money, 1, item=action))
        with unit_of_work():
            values = {"expected_result": "Dari Rina", "budget": {"2027 apbd": 9000}}
            keep_words(cast.rina, values, "clash", f"/actions/{action.id}", item=action, base_version=1)
    sign_in(client, cast.rina)
    assert _waiting(client) == (1, 1, 1)
    assert "Ketikan Anda yang belum disimpan" in client.get("/kept-words").text
    with app.app_context():
        discard(cast.rina, of_person(cast.rina.id)[0].id)
    assert _waiting(client) == (1, 1, 1)
    assert "sudah diubah orang lain lebih dulu" in client.get("/kept-words").text


def test_words_of_a_clash_are_told_of_beside_an_unsaved_form_that_says_something_else(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    with app.app_context():
        boxes = (("fields", "expected_result"), ("expected_result", "Lain lagi"))
        write_down(cast.rina, Typed(f"/actions/{action.id}/edit", boxes, 1, item=action))
        with unit_of_work():
            words = {"expected_result": "Dari Rina"}
            keep_words(cast.rina, words, "clash", f"/actions/{action.id}", item=action, base_version=1)
    sign_in(client, cast.rina)
    assert _waiting(client) == (2, 2, 2)


def _waiting(client: LookingClient) -> tuple[int, int, int]:
    """How many the list shows, how many the tasks, and what the count beside the menu says."""
    listed, tasks = client.get("/kept-words"), client.get("/tasks")
    rows, of_words = len(tasks.all("ul.rows li")), tasks.text.count("Buka tulisan")
    counted = int(tasks.one(".top-tasks .count").text)
    return len(listed.all("section.card")), of_words, counted - (rows - of_words)
