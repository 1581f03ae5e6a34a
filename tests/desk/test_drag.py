"""Dragging in the list of a part: an extra on top of the buttons, by mouse and by finger, that writes by the same form."""

import pytest
from playwright.sync_api import Page, expect

from roadmap.history.models import Roadmap
from roadmap.resources import resource
from tests.browser import PHONE, Pages, barriers
from tests.cast import Cast, sign_in
from tests.desk.at_a_desk import signed_in
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient

# What is looked at is the page, and it is the same on both.
pytestmark = pytest.mark.engines("sqlite")

SMALLEST_ISLAND = 3072


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    roadmap = a_roadmap(cast)
    for title in ("Pertama", "Kedua", "Ketiga", "Keempat"):
        an_action(cast, roadmap, title=title)
    return roadmap


def handle(page: Page, title: str) -> tuple[float, float]:
    """Bring the handle of an item into sight, and tell where it is."""
    found = page.locator(".part-items > li", has_text=title).locator("[data-drag]")
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def top_of(page: Page, title: str) -> float:
    box = page.locator(".part-items > li", has_text=title).bounding_box()
    assert box is not None
    return box["y"]


def order(page: Page) -> list[str]:
    return [words.split(" ", 1)[1] for words in page.locator(".part-items h2").all_inner_texts()]


def open_list(page_of: Pages, client: LookingClient, cast: Cast, roadmap: Roadmap, *args: object) -> Page:
    page = signed_in(page_of, client, cast.rina, *args)
    page.goto(f"/roadmaps/{roadmap.id}/actions")
    page.evaluate("window.stayed = true")
    return page


def test_rina_drags_an_item_to_the_top_and_the_focus_follows_it(
    cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = open_list(page_of, client, cast, roadmap, (1280, 1600))
    page.mouse.move(*handle(page, "Ketiga"))
    page.mouse.down()
    page.mouse.move(300, top_of(page, "Kedua") + 4, steps=4)
    expect(page.locator(".drop-before")).to_contain_text("Kedua")
    page.mouse.move(300, top_of(page, "Pertama") + 4, steps=4)
    expect(page.locator(".drop-before")).to_contain_text("Pertama")
    page.mouse.up()
    expect(page.locator("#notice")).to_contain_text("Dipindahkan.")
    assert order(page) == ["Ketiga", "Pertama", "Kedua", "Keempat"]
    assert page.evaluate("window.stayed") is True
    assert "Ketiga" in page.evaluate("document.activeElement.textContent")
    # And once more, from the list that came back, to the end.
    page.mouse.move(*handle(page, "Ketiga"))
    page.mouse.down()
    page.mouse.move(300, top_of(page, "Keempat") + 500, steps=4)
    expect(page.locator(".drop-after")).to_contain_text("Keempat")
    page.mouse.up()
    expect(page.locator(".part-items h2").last).to_contain_text("Ketiga")
    assert order(page) == ["Pertama", "Kedua", "Keempat", "Ketiga"]
    page.reload()
    assert order(page) == ["Pertama", "Kedua", "Keempat", "Ketiga"]


def test_a_finger_drags_by_the_handle(
    cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = signed_in(page_of, client, cast.rina, PHONE, has_touch=True, is_mobile=True)
    page.goto(f"/roadmaps/{roadmap.id}/actions")
    x, y = handle(page, "Kedua")
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    goal = top_of(page, "Pertama") + 2
    for step in range(1, 6):
        touch("touchMove", {"x": x, "y": y + (goal - y) * step / 5})
    touch("touchEnd")
    expect(page.locator(".part-items h2").first).to_contain_text("Kedua")
    assert order(page) == ["Kedua", "Pertama", "Ketiga", "Keempat"]


def test_escape_and_dropping_in_place_move_nothing(
    cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = open_list(page_of, client, cast, roadmap, (1280, 1600))
    page.mouse.move(*handle(page, "Kedua"))
    page.mouse.down()
    page.mouse.move(300, top_of(page, "Pertama") + 4, steps=4)
    page.keyboard.press("Escape")
    expect(page.locator(".drop-before, .dragged")).to_have_count(0)
    page.mouse.up()
    x, y = handle(page, "Kedua")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 3, steps=2)
    page.mouse.up()
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.up()
    expect(page.locator(".dragged")).to_have_count(0)
    page.reload()
    assert order(page) == ["Pertama", "Kedua", "Ketiga", "Keempat"]


def test_the_handle_is_for_the_hand_alone_and_stops_nobody(
    cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = open_list(page_of, client, cast, roadmap)
    assert page.locator("[data-drag]").first.get_attribute("aria-hidden") == "true"
    assert page.locator("[data-drag][tabindex], [data-drag] [tabindex]").count() == 0
    assert barriers(page) == []
    # All through by keyboard: the button moves, and the focus is on what was moved.
    page.get_by_role("button", name="Pindahkan turun 1 Pertama").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".part-items h2").first).to_contain_text("Kedua")
    assert page.evaluate("document.activeElement.textContent").endswith("Pertama")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('li').textContent").find("Pertama") >= 0


def test_without_the_island_everything_is_arranged_by_the_buttons(
    cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page_of.expect("arrange.js")
    page = signed_in(page_of, client, cast.rina)
    page.route("**/arrange.js", lambda route: route.abort())
    page.goto(f"/roadmaps/{roadmap.id}/actions")
    expect(page.locator("[data-drag]").first).to_be_hidden()
    page.get_by_role("button", name="Pindahkan turun 1 Pertama").click()
    expect(page.locator(".part-items h2").first).to_contain_text("Kedua")


def test_the_island_is_small_and_comes_only_where_something_can_be_arranged(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    assert (resource("static") / "js" / "arrange.js").stat().st_size <= SMALLEST_ISLAND
    for name, path, comes in (
        ("rina", "actions", True),
        ("rina", "actions?status=berjalan", False),
        ("yusuf", "actions", False),
    ):
        reader = client.another()
        sign_in(reader, getattr(cast, name))
        page = reader.get(f"/roadmaps/{roadmap.id}/{path}")
        assert page.has('script[src$="arrange.js"]') is comes, (name, path)


def test_after_the_last_of_a_page_comes_the_first_of_the_next(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    uids = [an_action(cast, roadmap, title=f"Aksi {number}").uid for number in range(52)]
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/actions?halaman=2")
    assert page.one(".part-items")["data-before"] == uids[49]
    assert [card["data-uid"] for card in page.all(".part-items > li")] == uids[50:]
    assert client.get(f"/roadmaps/{roadmap.id}/actions").one(".part-items")["data-before"] == "first"
