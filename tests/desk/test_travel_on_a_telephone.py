"""The past as it is held in the hand: the band stays in sight and never lies over what has the focus."""

import pytest
from playwright.sync_api import expect

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from tests.browser import DESK, PHONE, Pages, barriers
from tests.cast import Cast
from tests.desk.at_a_desk import signed_in
from tests.discussion.talks import a_thread
from tests.factories import an_action
from tests.page import LookingClient
from tests.plans import a_plan

# What is looked at is the page, and it is the same on both.
pytestmark = pytest.mark.engines("sqlite")

UNDER_THE_BAND = """() => {
  const band = document.querySelector(".past-band"), here = document.activeElement;
  if (!here || here === document.body || band.contains(here)) return "";
  const top = here.getBoundingClientRect(), over = band.getBoundingClientRect();
  return top.bottom > over.top + 1 && top.top < over.bottom - 1 ? here.outerHTML.slice(0, 120) : "";
}"""


def addresses(cast: Cast, client: LookingClient) -> tuple[str, list[str]]:
    roadmap = a_plan(cast, problems=8, actions=12, modalities=2)
    action = an_action(cast, roadmap, title="Melatih petugas")
    a_thread(cast, roadmap, about=action)
    with client.app.app_context():
        seq = db.session.get_one(Roadmap, roadmap.id).head_seq - 1
    past = f"/roadmaps/{roadmap.id}/as-of/{seq}"
    views = [past + view for view in ("", "?view=tabel", "?view=kantor", "/actions", "/threads")]
    return past, [*views, f"{past}/actions/{action.id}", f"/roadmaps/{roadmap.id}/as-of"]


def test_nothing_scrolls_sideways_and_nobody_meets_a_barrier(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    _past, pages = addresses(cast, client)
    narrow = signed_in(page_of, client, cast.rina, (320, 640))
    desk = signed_in(page_of, client, cast.rina, DESK)
    at_night = signed_in(page_of, client, cast.rina, PHONE, theme="dark", reduced_motion="reduce")
    for address in pages:
        narrow.goto(address)
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, address
        desk.goto(address)
        assert barriers(desk) == [], address
    for address in (pages[0], pages[-1]):
        at_night.goto(address)
        assert barriers(at_night) == [], address


def test_by_keyboard_the_focus_is_never_under_the_band(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    past, _pages = addresses(cast, client)
    page = signed_in(page_of, client, cast.rina, PHONE)
    page.goto(past)
    for _press in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate(UNDER_THE_BAND) == ""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".past-band")).to_be_in_viewport()
    for _press in range(38):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(UNDER_THE_BAND) == ""
    # Where the keyboard leaves little of the window, the band goes with the page.
    page.set_viewport_size({"width": 360, "height": 420})
    assert page.locator(".past-band").evaluate("el => getComputedStyle(el).position") == "static"


def test_switching_the_view_stays_in_the_past_with_and_without_script(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    past, _pages = addresses(cast, client)
    page = signed_in(page_of, client, cast.yusuf)
    page.goto(past)
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Per kantor").click()
    expect(page.locator(".outline-kantor")).to_be_visible()
    assert page.url.endswith(f"{past}?view=kantor")
    assert page.evaluate("window.stayed") is True
    expect(page.locator(".past-band")).to_be_in_viewport()
    plain = signed_in(page_of, client, cast.yusuf, PHONE, js=False)
    plain.goto(past)
    plain.get_by_role("link", name="Tabel").click()
    expect(plain.locator(".outline-tabel table.matrix")).to_be_visible()
    plain.get_by_role("link", name="Pilih waktu lain").click()
    plain.get_by_label("Pada akhir tanggal").fill("2099-01-01")
    plain.get_by_role("button", name="Lihat").click()
    expect(plain.locator(".past-band")).to_contain_text("belum ada yang berubah")
