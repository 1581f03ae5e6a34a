"""A page that lost its stream finds its way back, and one that may no longer listen says so and loses nothing."""

import pytest
from playwright.sync_api import Page, Response, expect

from roadmap.people import operations as people_verbs
from roadmap.people.operations.sessions import end_sessions_of
from roadmap.people.queries import memberships_of
from roadmap.plan.operations import edit_item
from roadmap.work import unit_of_work
from tests.browser import Pages
from tests.cast import Cast
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient
from tests.presence.at_hand import place
from tests.presence.side_by_side import beside

BOX = 'textarea[name="description"]'
POLL, POLLS_BEFORE_A_TRY = 5_500, 12


def is_stream(answer: Response) -> bool:
    return "/live?" in answer.url and answer.status == 200


def beats(page: Page) -> None:
    page.evaluate("document.dispatchEvent(new CustomEvent('live:beat'))")


@pytest.mark.engines("sqlite")
def test_without_a_place_it_asks_by_itself_takes_the_stream_again_and_wakes_from_sleep(
    cast: Cast, client: LookingClient, gunicorn, page_of: Pages
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    base = str(gunicorn(workers=1, threads=12, ROADMAP_STREAMS="6"))
    rina, yusuf = beside(page_of, client, cast.rina, base), beside(page_of, client, cast.yusuf, base)
    rina.clock.install()
    rina.route("**/live?*", lambda route: route.fulfill(status=204))
    rina.goto(f"/{place(action)}/edit")
    rina.locator("details.group", has=rina.locator(BOX)).evaluate_all(
        "all => all.forEach(one => one.open = true)"
    )
    rina.locator(BOX).fill("Sedang saya tulis.")
    with cast.app.app_context():
        edit_item(cast.dodi, "action", action.id, 1, {"title": "Judul yang baru"})
    with rina.expect_response("**/changes?*"):
        rina.clock.run_for(POLL)
    expect(rina.locator(".newer")).to_contain_text("Dodi Pranata baru saja menyimpan")

    rina.unroute("**/live?*")
    streams: list[str] = []
    rina.on("response", lambda answer: streams.append(answer.url) if is_stream(answer) else None)
    for _ in range(3 * POLLS_BEFORE_A_TRY):
        rina.clock.run_for(POLL)
        rina.evaluate("fetch('/healthz').then(answer => answer.text())")
        if streams:
            break
    assert "since=3&" in streams[0], "from where it had come by asking"
    with rina.expect_response(is_stream):
        rina.clock.fast_forward("10:00")
        beats(rina)

    with yusuf.expect_response(is_stream):
        yusuf.goto(f"/{place(action)}")
    with cast.app.app_context():
        with unit_of_work():
            end_sessions_of(cast.rina)
        for one in memberships_of(cast.yusuf):
            people_verbs.end_membership(cast.adi, cast.city.id, one.id)
    for page in (rina, yusuf):
        beats(page)
    told = rina.locator("#live-ended")
    expect(told).to_contain_text("Sesi Anda berakhir. Yang sudah Anda ketik tetap di halaman ini.")
    assert told.get_by_role("link", name="Masuk lagi").get_attribute("href") == f"/{place(action)}/edit"
    assert rina.locator(BOX).input_value() == "Sedang saya tulis."
    expect(yusuf.locator("#live-ended")).to_contain_text(
        "Peran Anda pada peta jalan ini sudah berakhir", use_inner_text=True
    )
    assert "Sesi" not in yusuf.locator("#live-ended").inner_text()
    assert yusuf.locator("main h1").is_visible()
