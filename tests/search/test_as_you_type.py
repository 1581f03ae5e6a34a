"""Finding while one types: the answers alone change, the box keeps the focus, the address can be sent on."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, PHONE, Pages, barriers
from tests.cast import Cast
from tests.desk.at_a_desk import signed_in
from tests.factories import a_problem, a_roadmap, an_action
from tests.page import LookingClient

# What is looked at is the page, and it is the same on both.
pytestmark = pytest.mark.engines("sqlite")


def test_answers_come_as_one_types_and_the_box_keeps_the_focus(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Halte yang ramah", description="Tanda suara di setiap halte.")
    a_problem(cast, roadmap, title="Belum ada halte")
    page = signed_in(page_of, client, cast.yusuf, PHONE)
    page.goto(f"/roadmaps/{roadmap.id}")
    page.get_by_role("link", name="Cari di peta jalan ini").click()
    box = page.get_by_label("Kata yang dicari")
    page.evaluate("window.stayed = true")
    box.press_sequentially("hal", delay=20)
    expect(page.locator("#search-heading")).to_have_text("2 hasil untuk ‘hal’")
    expect(page.locator("#live")).to_have_text("2 hasil untuk ‘hal’")
    assert page.evaluate("document.activeElement.id") == "f-cari"
    assert page.url.endswith(f"/roadmaps/{roadmap.id}/search?cari=hal")
    assert page.evaluate("window.stayed") is True
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.get_by_role("link", name="Permasalahan 1").click()
    expect(page.locator("#search-heading")).to_have_text("1 hasil untuk ‘hal’")
    assert page.evaluate("document.activeElement.id") == "search-heading"
    assert barriers(page) == []
    at_night = signed_in(page_of, client, cast.yusuf, DESK, theme="dark")
    at_night.goto(f"/roadmaps/{roadmap.id}/search?cari=halte")
    assert barriers(at_night) == []


def test_without_script_the_same_form_finds_the_same(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Halte yang ramah")
    page = signed_in(page_of, client, cast.yusuf, js=False)
    page.goto(f"/roadmaps/{roadmap.id}/search")
    page.get_by_label("Kata yang dicari").fill("halte")
    page.get_by_label("Kata yang dicari").press("Enter")
    expect(page.locator("#search-heading")).to_have_text("1 hasil untuk ‘halte’")
    assert page.locator("#search-heading").evaluate("el => el.matches(':target')")
    page.get_by_role("link", name="Halte yang ramah").click()
    assert page.url.endswith(f"/actions/{action.id}")
