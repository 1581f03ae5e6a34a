"""Up to where somebody has seen a roadmap is noted for them alone, by pages with script and by their own button."""

from typing import Any

import pytest

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.plan import operations
from roadmap.timeline.models import Visit
from roadmap.timeline.visits import last_visit, note_visit, visit_of
from tests.browser import PHONE
from tests.cast import Cast, sign_in
from tests.factories import a_problem, a_roadmap
from tests.page import LookingClient
from tests.queries import queries


def noted(client: LookingClient, person: Person, roadmap_id: int) -> tuple[int, int | None]:
    with client.app.app_context():
        visit = visit_of(person, roadmap_id)
        assert visit is not None
        return visit.seq, visit.before_seq


def send(client: LookingClient, page: Any) -> int:
    """Send what the page sends by itself where scripts run."""
    beacon = page.one("form[hx-trigger=load]")
    answer = client.raw.post(
        beacon["hx-post"],
        data={box["name"]: box["value"] for box in beacon.all("input")},
        headers={"HX-Request": "true"},
    )
    assert answer.data == b""
    return int(answer.status_code)


def test_a_visit_goes_on_for_half_an_hour_and_a_later_one_begins_after_it(
    cast: Cast, client: LookingClient, clock: Any
):
    with client.app.app_context():
        roadmap_id = a_roadmap(cast).id
    sign_in(client, cast.yusuf)
    address = f"/roadmaps/{roadmap_id}/stages"
    page = client.get(address)
    assert send(client, page) == 204
    assert noted(client, cast.yusuf, roadmap_id) == (1, None)
    assert not client.get(address).has("[hx-trigger=load]")
    with client.app.app_context():
        a_problem(cast, db.session.get_one(Roadmap, roadmap_id))
    clock.advance(minutes=5)
    send(client, client.get(address))
    assert noted(client, cast.yusuf, roadmap_id) == (2, None)
    clock.advance(minutes=25)
    send(client, client.get(address))
    clock.advance(minutes=29)
    send(client, client.get(address))
    assert noted(client, cast.yusuf, roadmap_id) == (2, None)
    clock.advance(minutes=31)
    with client.app.app_context():
        a_problem(cast, db.session.get_one(Roadmap, roadmap_id))
    send(client, client.get(address))
    assert noted(client, cast.yusuf, roadmap_id) == (3, 2)


def test_the_overview_says_what_others_changed_since_and_only_to_whom_it_concerns(
    cast: Cast, client: LookingClient, clock: Any
):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        problem = a_problem(cast, roadmap)
        roadmap_id, seq = roadmap.id, 2
        note_visit(cast.yusuf, roadmap_id, seq)
        note_visit(cast.rina, roadmap_id, seq)
        clock.advance(days=3)
        operations.edit_item(cast.rina, "problem", problem.id, 1, {"cause": "Belum ada."})
        a_problem(cast, roadmap, title="Kedua")
    address = f"/roadmaps/{roadmap_id}"
    sign_in(client, cast.yusuf)
    page = client.get(address)
    told = page.region("slot-since-visit")
    assert told.text == "2 perubahan sejak kunjungan Anda 2 November 2026. Lihat apa yang berubah"
    assert told.link("Lihat apa yang berubah") == f"/roadmaps/{roadmap_id}/comparison?dari={seq}"
    send(client, page)
    assert client.get(address).has_region("slot-since-visit")
    for person in (cast.rina, cast.maria):
        sign_in(client, person)
        assert not client.get(address).has_region("slot-since-visit")


def test_without_script_a_button_says_that_everything_was_seen(cast: Cast, client: LookingClient):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        a_problem(cast, roadmap)
        roadmap_id = roadmap.id
    sign_in(client, cast.yusuf)
    address = f"/roadmaps/{roadmap_id}/comparison"
    page = client.get(address)
    assert len(page.all(".change")) == 2
    page = client.submit(page, "all-seen")
    assert page.address == address
    assert "Dicatat." in page.region("notice")
    assert "Tidak ada yang berubah" in page
    assert page.one(".lead").text.startswith("Sejak kunjungan Anda")
    with client.app.app_context():
        a_problem(cast, db.session.get_one(Roadmap, roadmap_id), title="Kedua")
    assert [head.text for head in client.get(address).all(".change h2")] == ["Baru Permasalahan 2: Kedua"]


def test_what_was_noted_never_goes_back_nor_beyond_what_there_is(cast: Cast, ctx: Any):
    roadmap = a_roadmap(cast)
    for upto, seq in ((99, 1), (0, 1), (-5, 1)):
        assert note_visit(cast.yusuf, roadmap.id, upto).seq == seq
    assert last_visit(visit_of(cast.yusuf, roadmap.id)) is None
    assert visit_of(cast.rina, roadmap.id) is None
    assert db.session.query(Visit).count() == 1


@pytest.mark.parametrize("seen", ["", "abc", "9" * 12, "-1", "²"])
def test_a_number_that_is_none_is_refused_and_a_stranger_finds_nothing(
    cast: Cast, client: LookingClient, seen: str
):
    with client.app.app_context():
        roadmap_id = a_roadmap(cast).id
    sign_in(client, cast.yusuf)
    page = client.get(f"/roadmaps/{roadmap_id}/comparison")
    form = {"csrf_token": page.one("meta[name=csrf-token]")["content"], "seen": seen}
    assert client.raw.post(f"/roadmaps/{roadmap_id}/visit", data=form).status_code == 422
    sign_in(client, cast.eka)
    form["csrf_token"] = client.get("/help").one("meta[name=csrf-token]")["content"]
    assert client.raw.post(f"/roadmaps/{roadmap_id}/visit", data=form | {"seen": "1"}).status_code == 404


def test_reading_writes_nothing_and_asks_one_question_more(cast: Cast, client: LookingClient):
    with client.app.app_context():
        roadmap_id = a_roadmap(cast).id
    sign_in(client, cast.yusuf)
    with queries(client.app) as asked:
        client.get(f"/roadmaps/{roadmap_id}/stages")
    assert len([one for one in asked if " FROM visit" in one.replace("\n", " ")]) == 1
    with client.app.app_context():
        assert visit_of(cast.yusuf, roadmap_id) is None


@pytest.mark.engines("sqlite")  # what a browser sends knows no database
def test_where_scripts_run_a_page_notes_the_visit_once_by_itself(
    cast: Cast, client: LookingClient, page_of: Any
):
    with client.app.app_context():
        roadmap_id = a_roadmap(cast).id
    sign_in(client, cast.yusuf)
    cookie: Any = client.raw.get_cookie("roadmap")
    page = page_of(PHONE)
    page.context.add_cookies([{"name": "roadmap", "value": cookie.value, "domain": "127.0.0.1", "path": "/"}])
    with page.expect_response("**/visit") as answered:
        page.goto(f"/roadmaps/{roadmap_id}/stages")
    assert answered.value.status == 204
    assert noted(client, cast.yusuf, roadmap_id) == (1, None)
    page.goto(f"/roadmaps/{roadmap_id}")
    assert page.locator("[hx-trigger=load]").count() == 0
