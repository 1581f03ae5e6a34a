"""The overview as it is held in the hand: first things first, no sideways scrolling, links that work without script."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, PHONE, Pages, barriers
from tests.cast import Cast
from tests.desk.at_a_desk import signed_in
from tests.page import LookingClient
from tests.plans import a_plan

# What is looked at is the page, and it is the same on both.
pytestmark = pytest.mark.engines("sqlite")

TOP = "el => el.getBoundingClientRect().top + window.scrollY"


def test_the_first_item_begins_within_the_first_screenful(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    roadmap = a_plan(cast, problems=9, actions=34, modalities=12)
    for person in (cast.rina, cast.yusuf, cast.maria, cast.wali):
        page = signed_in(page_of, client, person, PHONE)
        page.goto(f"/roadmaps/{roadmap.id}")
        assert page.locator(".chain .card").first.evaluate(TOP) < 520
        assert page.locator(".duty .button-primary").evaluate(TOP) < 420


def test_nothing_scrolls_sideways_and_nobody_meets_a_barrier(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    long = "Peta Jalan Kabupaten dan Kota Ramah Hak Asasi Manusia bagi Seluruh Warga Tanpa Terkecuali, Periode 2026 sampai 2030, Disusun Bersama Warga"
    roadmap = a_plan(cast, title=long, problems=21, actions=21, modalities=1)
    pages = ["", "?view=tabel", "?view=kantor", "/actions", "/problems", "/documents", "/matrix"]
    addresses = [f"/roadmaps/{roadmap.id}{page}" for page in pages] + ["/roadmaps", "/tasks", "/p/"]
    narrow = signed_in(page_of, client, cast.rina, (320, 640))
    for address in addresses:
        narrow.goto(address)
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, address
    page = signed_in(page_of, client, cast.rina, DESK)
    for address in addresses:
        page.goto(address)
        assert barriers(page) == [], address
    at_night = signed_in(page_of, client, cast.rina, DESK, theme="dark")
    for address in (addresses[0], "/p/"):
        at_night.goto(address)
        assert barriers(at_night) == [], address


def test_switching_the_view_keeps_the_page_and_works_without_script_too(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    roadmap = a_plan(cast, problems=2, actions=4, modalities=1)
    page = signed_in(page_of, client, cast.rina)
    page.goto(f"/roadmaps/{roadmap.id}")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Per kantor").click()
    expect(page.locator(".outline-kantor")).to_be_visible()
    assert page.url.endswith(f"/roadmaps/{roadmap.id}?view=kantor")
    assert page.evaluate("window.stayed") is True
    assert page.evaluate("document.activeElement.id") == "outline-heading"
    page.get_by_role("link", name="Tabel").click()
    expect(page.locator(".outline-tabel table.matrix")).to_be_visible()
    page.go_back()
    expect(page.locator(".outline-kantor")).to_be_visible()
    plain = signed_in(page_of, client, cast.rina, js=False)
    plain.goto(f"/roadmaps/{roadmap.id}")
    plain.get_by_role("link", name="Tabel").click()
    expect(plain.locator(".outline-tabel table.matrix")).to_be_visible()


def test_moving_an_action_swaps_the_list_and_the_focus_stays_on_it(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    roadmap = a_plan(cast, problems=0, actions=3, modalities=0, indicators=0)
    page = signed_in(page_of, client, cast.rina, PHONE)
    page.goto(f"/roadmaps/{roadmap.id}/actions")
    page.evaluate("window.stayed = true")
    first = page.locator(".part-items h2").first.inner_text().split(" ", 1)[1]
    page.get_by_role("button", name=f"Pindahkan turun 1 {first[:40]}").click()
    expect(page.locator(".part-items h2").nth(1)).to_contain_text(first)
    expect(page.locator("#notice")).to_contain_text("Dipindahkan.")
    assert page.evaluate("window.stayed") is True
    assert first in page.evaluate("document.activeElement.textContent")
    # And once more, from the list that came back.
    page.get_by_role("button", name=f"Pindahkan naik 2 {first[:40]}").click()
    expect(page.locator(".part-items h2").first).to_contain_text(first)
