"""Every confirmation of an act on the plan offers to take one's own act back, in one press where nothing is asked."""

import pytest
from flask import Flask

from roadmap.history.models import Roadmap
from roadmap.plan.operations import edit_item
from tests.cast import Cast, sign_in
from tests.factories import a_problem, a_roadmap, an_action, the_item
from tests.history.log import head
from tests.page import LookingClient, Page


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def _takes_back(client: LookingClient, done: Page) -> Page:
    back = client.submit(done, "undo-own", {})
    assert back.status == 200
    assert back.title.startswith("Diurungkan:")
    return back


def test_an_edit_is_taken_back_with_one_press_and_so_is_the_taking_back(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap, code="A.1")
    sign_in(client, cast.rina)
    page = client.get(f"/actions/{action.id}/edit/code")
    saved = client.submit(page, f"action-{action.id}-code-form", {"code": "A.2"})
    assert "Urungkan" in saved.form("undo-own").buttons[0]
    back = _takes_back(client, saved)
    with app.app_context():
        assert the_item("action", action.id).code == "A.1"
    _takes_back(client, back)
    with app.app_context():
        assert the_item("action", action.id).code == "A.2"


def test_of_two_confirmations_on_one_page_the_last_offers_it(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    first, second = an_action(cast, roadmap, code="A.1"), an_action(cast, roadmap, code="B.1")
    sign_in(client, cast.rina)
    forms = [(action.id, client.get(f"/actions/{action.id}/edit/code")) for action in (first, second)]
    for number, page in forms:
        client.submit(page, f"action-{number}-code-form", {"code": "baru"}, follow=False)
    page = client.get(f"/roadmaps/{roadmap.id}")
    assert page.text.count("Tersimpan di peta jalan") == 2
    client.submit(page, "undo-own", {})
    with app.app_context():
        assert [the_item("action", one.id).code for one in (first, second)] == ["baru", "B.1"]


def test_what_others_did_meanwhile_stays_and_what_clashes_is_asked(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap, code="A.1", area="Kota")
    sign_in(client, cast.rina)
    page = client.get(f"/actions/{action.id}/edit/code")
    saved = client.submit(page, f"action-{action.id}-code-form", {"code": "A.2"})
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, the_item("action", action.id).version, {"area": "Desa"})
    _takes_back(client, saved)
    with app.app_context():
        assert (the_item("action", action.id).code, the_item("action", action.id).area) == ("A.1", "Desa")
    page = client.get(f"/actions/{action.id}/edit/code")
    saved = client.submit(page, f"action-{action.id}-code-form", {"code": "A.3"})
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, the_item("action", action.id).version, {"code": "A.4"})
    asked = client.submit(saved, "undo-own", {})
    assert asked.status == 409
    assert asked.heading == "Urungkan perubahan ini?"
    with app.app_context():
        assert the_item("action", action.id).code == "A.4"


def test_adding_moving_removing_and_restoring_offer_it_too(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    first, second = (a_problem(cast, roadmap, title=title) for title in ("Satu", "Dua"))
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/problems/new")
    form = next(
        one.id for one in (page.form(tag["id"]) for tag in page.all("form[id]")) if "title" in one.names
    )
    _takes_back(client, client.submit(page, form, {"title": "Tiga"}))
    moved = client.post(f"/problems/{second.id}/move", {"after": "first", "act_key": "m"}, follow=True)
    with app.app_context():
        assert the_item("problem", second.id).position < the_item("problem", first.id).position
    _takes_back(client, moved)
    with app.app_context():
        assert the_item("problem", second.id).position > the_item("problem", first.id).position
    removed = client.submit(client.get(f"/problems/{first.id}/removal"), "removal", {})
    _takes_back(client, removed)
    with app.app_context():
        assert the_item("problem", first.id).removed_at is None
    client.submit(client.get(f"/problems/{first.id}/removal"), "removal", {})
    restored = client.post(f"/problems/{first.id}/restoration", {"act_key": "r"}, follow=True)
    _takes_back(client, restored)
    with app.app_context():
        assert the_item("problem", first.id).removed_at is not None


@pytest.mark.engines("sqlite")
def test_in_place_the_notice_comes_along_with_the_offer(
    client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap, code="A.1")
    sign_in(client, cast.rina)
    page = client.get(f"/actions/{action.id}/edit/code", htmx=True)
    saved = client.submit(page, f"action-{action.id}-code-form", {"code": "A.2"}, htmx=True)
    assert saved.form("undo-own").action.endswith("/undo")


def test_one_press_twice_takes_back_once_and_what_changed_nothing_offers_nothing(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap, code="A.1")
    sign_in(client, cast.rina)
    page = client.get(f"/actions/{action.id}/edit/code")
    saved = client.submit(page, f"action-{action.id}-code-form", {"code": "A.2"})
    with app.app_context():
        before = head(roadmap.id)
    for _press in range(2):
        client.submit(saved, "undo-own", {})
    with app.app_context():
        assert head(roadmap.id) == before + 1
        assert the_item("action", action.id).code == "A.1"
    page = client.get(f"/actions/{action.id}/edit/code")
    same = client.submit(page, f"action-{action.id}-code-form", {})
    assert not same.has_form("undo-own")


@pytest.mark.engines("sqlite")
def test_talk_offers_none_and_an_operator_takes_the_own_act_back(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    action = an_action(cast, roadmap, lead=cast.dinsos, code="A.1")
    sign_in(client, cast.oki)
    page = client.get(f"/actions/{action.id}/edit/code")
    _takes_back(client, client.submit(page, f"action-{action.id}-code-form", {"code": "A.2"}))
    with app.app_context():
        assert the_item("action", action.id).code == "A.1"
    page = client.get(f"/roadmaps/{roadmap.id}/threads/new?tentang=action:{action.uid}")
    said = client.submit(page, "new-thread-form", {"body": "Sudah tepatkah?"})
    assert not said.has_form("undo-own")
