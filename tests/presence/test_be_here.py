"""Who has a roadmap open and who is editing what: seen by those who may see the roadmap, and gone a minute after."""

import pytest
from sqlalchemy import func, select

from roadmap import work
from roadmap.extensions import db
from roadmap.people import operations as people_verbs
from roadmap.people.hooks import let_go_of_all_kept_for
from roadmap.people.queries import memberships_of
from roadmap.presence.models import Presence
from roadmap.presence.rules import MOST_TABS
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient
from tests.presence.at_hand import LIVE, Tab, place
from tests.queries import queries

NOBODY = "Tidak ada orang lain di sini sekarang."


def test_rina_and_yusuf_see_each_other_and_themselves_not(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    rina, yusuf = Tab(client, cast.rina, roadmap), Tab(client, cast.yusuf, roadmap)
    rina.beat()
    assert rina.sees() == NOBODY
    yusuf.beat()
    assert "Yusuf Tanoto" in rina.sees()
    assert "Rina" not in rina.sees()
    assert "Rina Wulandari" in yusuf.sees()


@pytest.mark.engines("sqlite")
def test_the_page_says_who_is_here_without_script_too(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    Tab(client, cast.dodi, roadmap).beat()
    client.sign_in(cast.rina)
    region = client.get(f"/roadmaps/{roadmap.id}").region("presence")
    assert region.text.startswith("Di sini sekarang: Dodi Pranata")
    assert not region.has("[aria-live]")


def test_who_edits_what_is_said_with_the_minutes_and_no_other_time(
    cast: Cast, client: LookingClient, clock: Clock
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    rina, dodi = Tab(client, cast.rina, roadmap), Tab(client, cast.dodi, roadmap)
    rina.beat(action, editing=True)
    for _ in range(6):
        clock.advance(seconds=22)
        rina.beat(action, editing=True)
    assert dodi.sees(action).startswith("Sedang disunting oleh Rina Wulandari, 2 menit")
    assert "Rina Wulandari sedang menyunting Menyediakan kanal pengaduan, 2 menit" in dodi.sees()
    rina.beat(action)
    assert "menit" not in dodi.sees(action)
    assert "Rina Wulandari" in dodi.sees(action)


def test_a_person_is_gone_a_minute_after_the_last_beat_and_at_once_from_editing_when_the_tab_ends(
    cast: Cast, client: LookingClient, clock: Clock
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    rina, dodi = Tab(client, cast.rina, roadmap), Tab(client, cast.dodi, roadmap)
    rina.beat(action, editing=True)
    clock.advance(seconds=59)
    assert "Rina" in dodi.sees()
    clock.advance(seconds=2)
    assert dodi.sees() == NOBODY
    rina.beat(action, editing=True)
    assert rina.end().status == 204
    assert "menyunting" not in dodi.sees()
    clock.advance(seconds=6)
    assert dodi.sees() == NOBODY


@pytest.mark.engines("sqlite")
def test_going_from_page_to_page_is_no_leaving(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    first, second = Tab(client, cast.rina, roadmap, "a1"), Tab(client, cast.rina, roadmap, "a2")
    dodi = Tab(client, cast.dodi, roadmap)
    first.beat()
    mark = dodi.news()["who"]
    first.end()
    assert dodi.news(since=1, who=mark) == {}
    second.beat()
    assert dodi.news(since=1, who=mark) == {}


def test_ones_own_other_tab_is_recognised_and_no_other_person(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    first, second = Tab(client, cast.rina, roadmap, "a1"), Tab(client, cast.rina, roadmap, "a2")
    first.beat(action, editing=True)
    second.beat(action, editing=True)
    assert second.sees(action) == f"Anda juga menyuntingnya di tab lain. {NOBODY}"
    # What stood in the same tab and is still written down is no other tab.
    assert second.sees(action, before="a1") == NOBODY
    first.end()
    assert second.sees(action) == NOBODY
    dodi = Tab(client, cast.dodi, roadmap)
    assert dodi.sees(action).count("Rina Wulandari") == 1


def test_a_role_that_ended_is_not_shown_and_hears_nothing(
    cast: Cast, client: LookingClient, clock: Clock
) -> None:
    roadmap = a_roadmap(cast)
    yusuf, rina = Tab(client, cast.yusuf, roadmap), Tab(client, cast.rina, roadmap)
    yusuf.beat()
    assert "Yusuf" in rina.sees()
    with cast.app.app_context():
        for one in memberships_of(cast.yusuf):
            people_verbs.end_membership(cast.adi, cast.city.id, one.id)
    assert rina.sees() == NOBODY
    assert yusuf.beat().status == 404
    assert yusuf.client.get(f"{yusuf.root}/changes?since=0").status == 404


def test_to_strangers_there_is_no_such_roadmap(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    for person in (cast.eka, cast.adi, cast.nina):
        stranger = Tab(client, person, roadmap)
        assert stranger.beat().status == 404
        for address in ("live", "changes?since=0", "presence"):
            assert stranger.client.get(f"{stranger.root}/{address}", headers=LIVE).status == 404
        assert stranger.client.get(f"/{place(action)}/newer?since=0", headers=LIVE).status == 404
    with cast.app.app_context():
        assert db.session.scalar(select(func.count(Presence.id))) == 0


@pytest.mark.engines("sqlite")
def test_nobody_is_led_to_the_door(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    assert client.get(f"/roadmaps/{roadmap.id}/live").status == 302
    assert client.post(f"/roadmaps/{roadmap.id}/presence", {"tab": "a1"}).status in {400, 401}


def test_an_item_of_another_roadmap_is_not_said_to_be_edited_here(cast: Cast, client: LookingClient) -> None:
    roadmap, other = a_roadmap(cast), a_roadmap(cast, title="Yang lain")
    action = an_action(cast, other)
    rina, dodi = Tab(client, cast.rina, roadmap), Tab(client, cast.dodi, roadmap)
    assert rina.beat(action, editing=True).status == 204
    assert "menyunting" not in dodi.sees()


@pytest.mark.engines("sqlite")
def test_who_may_not_edit_is_not_said_to_edit(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    yusuf, rina = Tab(client, cast.yusuf, roadmap), Tab(client, cast.rina, roadmap)
    yusuf.beat(action, editing=True)
    assert "menyunting" not in rina.sees()
    assert "Yusuf Tanoto" in rina.sees()


@pytest.mark.engines("sqlite")
def test_a_tab_needs_a_plain_name(cast: Cast, client: LookingClient) -> None:
    rina = Tab(client, cast.rina, a_roadmap(cast))
    assert {rina.beat(tab=tab).status for tab in ("", "a b", "é1", "x" * 37, "<b>")} == {422}


@pytest.mark.engines("sqlite")
def test_very_many_tabs_of_one_person_push_out_the_oldest(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    rina = Tab(client, cast.rina, roadmap)
    for number in range(MOST_TABS + 3):
        rina.beat(tab=f"t{number}")
    with cast.app.app_context():
        assert db.session.scalar(select(func.count(Presence.id))) == MOST_TABS


@pytest.mark.engines("sqlite")
def test_presence_waits_for_nobody_while_the_database_is_busy(
    cast: Cast, client: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rina = Tab(client, cast.rina, a_roadmap(cast))
    monkeypatch.setattr(work, "BUSY_TIMEOUT_MS", 10)
    with work._one_writer:
        assert rina.beat().status == 204


def test_a_closed_account_leaves_no_tab_behind(cast: Cast, client: LookingClient) -> None:
    Tab(client, cast.yusuf, a_roadmap(cast)).beat()
    with cast.app.app_context():
        with unit_of_work():
            let_go_of_all_kept_for(cast.yusuf)
        assert db.session.scalar(select(func.count(Presence.id))) == 0


@pytest.mark.engines("sqlite")
def test_the_region_opened_as_an_address_leads_to_its_page(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    rina = Tab(client, cast.rina, roadmap)
    assert rina.client.get(f"{rina.root}/presence").location == f"/roadmaps/{roadmap.id}"


@pytest.mark.engines("sqlite")
def test_a_page_asks_as_many_questions_for_thirty_people_as_for_two(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    reader = Tab(client, cast.rina, roadmap)
    counts = []
    for people in (
        [cast.dodi],
        [cast.dodi, cast.oki, cast.yusuf, cast.maria, cast.vera, cast.wali, cast.sari],
    ):
        for person in people:
            Tab(client, person, roadmap).beat(action, editing=True)
        with queries(cast.app) as asked:
            assert reader.client.get(f"/roadmaps/{roadmap.id}").status == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
