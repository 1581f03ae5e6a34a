"""What an open page is told: numbers of acts and addresses of items, of what its reader may know of, and nothing else."""

import pytest

from roadmap.discussion.operations import About, open_thread
from roadmap.plan.operations import add_item, edit_item, remove_item
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action, an_indicator
from tests.page import LookingClient
from tests.presence.at_hand import Tab, place


def test_a_change_names_its_item_and_its_number_and_no_word(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    dodi = Tab(client, cast.dodi, roadmap)
    assert dodi.news(since=2) == {}
    with cast.app.app_context():
        edit_item(cast.rina, "action", action.id, 1, {"title": "Melatih petugas loket"})
    assert dodi.news(since=2) == {"seq": 3, "items": [place(action)], "others": 1}
    assert dodi.news(since=3) == {}


def test_ones_own_act_is_news_to_ones_other_tab_but_none_of_others(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    assert Tab(client, cast.rina, roadmap).news(since=1) == {"seq": 2, "items": [place(action)], "others": 0}


def test_what_shows_it_too_is_named_with_it(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    problem, other = a_problem(cast, roadmap), a_problem(cast, roadmap, title="Belum ada data")
    action = an_action(cast, roadmap, problems=[problem])
    indicator = an_indicator(cast, action)
    dodi = Tab(client, cast.dodi, roadmap)
    assert dodi.news(since=3)["items"] == sorted([place(action), place(problem), place(indicator)])
    with cast.app.app_context():
        edit_item(cast.rina, "action", action.id, 1, {"problems": [other.uid]})
    assert dodi.news(since=5)["items"] == sorted([place(action), place(problem), place(other)])


def test_who_may_not_read_a_comment_hears_nothing_of_it(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    with cast.app.app_context():
        about = About("action", action.uid)
        open_thread(cast.yusuf, roadmap.id, about, "Hanya untuk tim.", nature="saran", visibility="tim")
    assert Tab(client, cast.rina, roadmap).news(since=2) == {"seq": 3, "items": [place(action)], "others": 1}
    assert Tab(client, cast.maria, roadmap).news(since=2) == {}
    maria = Tab(client, cast.maria, roadmap)
    with cast.app.app_context():
        edit_item(cast.rina, "action", action.id, 1, {"title": "Melatih petugas"})
    assert maria.news(since=2) == {"seq": 4, "items": [place(action)], "others": 1}


def test_the_beat_answers_what_is_new(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    dodi = Tab(client, cast.dodi, roadmap)
    mark = dodi.beat(since="1").json["who"]
    assert dodi.beat(since="1", who=mark).status == 204
    action = an_action(cast, roadmap)
    assert dodi.beat(since="1", who=mark).json == {"seq": 2, "items": [place(action)], "others": 1}


def test_a_removal_and_what_was_added_are_news(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    with cast.app.app_context():
        added = add_item(cast.rina, roadmap.id, "problem", {"title": "Baru"}).id
        remove_item(cast.rina, "action", action.id)
    assert Tab(client, cast.dodi, roadmap).news(since=2) == {
        "seq": 4, "items": sorted([place(action), f"problems/{added}"]), "others": 2,
    }  # fmt: skip


@pytest.mark.engines("sqlite")
def test_a_strange_number_is_the_beginning(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    rina = Tab(client, cast.rina, roadmap)
    for since in ("", "-1", "1e9", "9" * 20, "١"):
        answer = rina.client.get(f"{rina.root}/changes", query_string={"since": since})
        assert answer.json["seq"] == 1


def test_the_page_begins_where_its_reader_may_know(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    with cast.app.app_context():
        about = About("roadmap", roadmap.uid)
        open_thread(cast.yusuf, roadmap.id, about, "Hanya untuk tim.", nature="saran", visibility="tim")
    client.sign_in(cast.maria)
    assert client.get(f"/roadmaps/{roadmap.id}").region("live-page")["data-seq"] == "1"


@pytest.mark.engines("sqlite")
def test_how_live_a_page_is_each_reader_chooses(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    client.sign_in(cast.rina)
    found = {}
    for wish in ("biasa", "hemat", "mati"):
        page = client.submit(client.get("/account"), "account-form", {"live_updates": wish})
        assert "Akun Anda tersimpan." in page.region("notice")
        for save_data in ("", "on"):
            page = client.get(f"/roadmaps/{roadmap.id}", headers={"Save-Data": save_data})
            found[wish, save_data] = page.region("live-page")["data-mode"]
    assert found == {
        ("biasa", ""): "biasa", ("biasa", "on"): "hemat", ("hemat", ""): "hemat",
        ("hemat", "on"): "hemat", ("mati", ""): "", ("mati", "on"): "",
    }  # fmt: skip


@pytest.mark.engines("sqlite")
def test_another_wish_than_these_is_given_back(cast: Cast, client: LookingClient) -> None:
    client.sign_in(cast.rina)
    client.get("/account")
    form = {"name": "Rina", "language": "id", "theme": "auto", "live_updates": "selalu", "act_key": "k1"}
    assert client.post("/account", form).status == 422


def test_asking_for_regions_leaves_the_notice_of_an_act_to_the_page_it_leads_to(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    client.sign_in(cast.rina)
    page = client.get(f"/{place(action)}/edit")
    client.submit(page, f"action-{action.id}-form", {"title": "Melatih petugas"}, follow=False)
    asked = client.get(f"/{place(action)}", headers={"X-Live": "1"})
    assert asked.region("notice").text == ""
    assert "Tersimpan di peta jalan" in client.get(f"/{place(action)}").region("notice")
