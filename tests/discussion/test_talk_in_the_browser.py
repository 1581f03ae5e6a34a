"""Talking where scripts run: the form comes to its place, the focus goes to what was sent, and nobody meets a barrier."""

import re

import pytest
from playwright.sync_api import expect

from roadmap.discussion import operations as verbs
from roadmap.discussion.rules import About
from tests.browser import DESK, PHONE, Pages, barriers
from tests.cast import Cast
from tests.desk.at_a_desk import signed_in
from tests.discussion.talks import a_thread
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient

# What is looked at is the page, and it is the same on both.
pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def action(cast):
    roadmap = a_roadmap(cast)
    return an_action(cast, roadmap, title="Melatih petugas", expected_result="Petugas dapat menyapa.")


def called(words: str, tail: str) -> re.Pattern[str]:
    """The name of a link with a tail for the ear, which stands apart or not."""
    return re.compile(f"{re.escape(words)} ?: {re.escape(tail)}")


def test_a_comment_is_written_and_answered_in_its_place_by_keyboard_alone(
    cast: Cast, client: LookingClient, page_of: Pages, action
) -> None:
    page_of.expect("status of 422")
    page = signed_in(page_of, client, cast.yusuf, PHONE)
    page.goto(f"/actions/{action.id}")
    page.evaluate("window.stayed = true")
    row = page.get_by_role("link", name="Komentari Hasil yang ingin dicapai")
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#f-new-body")).to_be_focused()
    assert page.locator("#f-new-place").input_value() == "expected_result"
    page.keyboard.press("Control+Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#f-new-body").fill("Menyapa siapa?")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#thread-1-heading")).to_be_focused()
    expect(page.locator("#notice")).to_contain_text("Terkirim. Dibaca: tim penyusun dan mentor.")
    expect(page.locator("#live")).to_contain_text("Terkirim.")
    expect(page.locator("#slot-talk-tab")).to_contain_text("1")
    expect(page.locator("#slot-thread-total")).to_contain_text("(1, 1 menunggu jawaban)")
    expect(page.get_by_role("link", name=called("1 komentar", "Hasil yang ingin dicapai"))).to_be_visible()
    page.get_by_role("link", name=called("Balas", "Menyapa siapa?")).click()
    expect(page.locator("#f-t1-body")).to_be_focused()
    page.keyboard.type("Warga Tuli, misalnya.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#comment-2-heading")).to_be_focused()
    expect(page.get_by_role("link", name=called("2 komentar", "Hasil yang ingin dicapai"))).to_be_visible()
    page.get_by_role("link", name=called("Tandai selesai", "Menyapa siapa?")).click()
    page.get_by_label("Mengapa selesai?").fill("Sudah jelas.")
    page.get_by_role("button", name="Tandai selesai").click()
    expect(page.locator("#thread-1-heading")).to_be_focused()
    expect(page.locator("#thread-1-card")).to_contain_text("Selesai: Sudah jelas.")
    expect(page.locator("#slot-talk-tab")).to_have_text("")
    assert page.evaluate("window.stayed") is True


def test_a_form_that_is_let_be_gives_the_button_back(
    cast: Cast, client: LookingClient, page_of: Pages, action
) -> None:
    page = signed_in(page_of, client, cast.rina, DESK)
    page.goto(f"/actions/{action.id}")
    page.get_by_role("link", name="Tulis komentar").click()
    expect(page.locator("#f-new-body")).to_be_visible()
    page.locator("#new-thread").get_by_role("link", name="Batal").click()
    expect(page.get_by_role("link", name="Tulis komentar")).to_be_visible()
    expect(page.locator("#f-new-body")).to_have_count(0)


def test_who_reads_and_who_can_be_told_follow_the_chosen_level(
    cast: Cast, client: LookingClient, page_of: Pages, action
) -> None:
    page = signed_in(page_of, client, cast.yusuf, DESK, js=False)
    page.goto(f"/roadmaps/{action.roadmap_id}/threads/new?tentang=action:{action.uid}")
    line = page.locator("details.readers summary")
    expect(line).to_contain_text("Dibaca: tim penyusun dan mentor")
    line.click()
    expect(page.get_by_label("Rina Wulandari, Bappeda")).to_be_visible()
    page.get_by_label("Mitra OMS dan mentor saja").check()
    expect(page.locator(".reads:visible")).to_have_text(["Dibaca: mitra OMS dan mentor saja"])
    expect(page.get_by_label("Rina Wulandari, Bappeda")).to_be_hidden()
    expect(page.get_by_label("Maria Lestari, Mentor")).to_be_visible()


def test_nobody_meets_a_barrier_and_nothing_scrolls_sideways(
    cast: Cast, client: LookingClient, page_of: Pages, action
) -> None:
    roadmap = a_roadmap(cast, title="Kosong")
    thread = a_thread(cast, roadmap, words="Sangatpanjangsekalitanpaspasi" * 5, nature="belum_sepakat")
    with cast.app.app_context():
        about = About("action", action.uid, "expected_result")
        asked = verbs.open_thread(
            cast.yusuf, action.roadmap_id, about, "Siapa?", nature="pertanyaan", visibility="publik",
            wants_answer=True, notified=[cast.rina.uid],
        )  # fmt: skip
        said = verbs.reply(cast.rina, asked.id, "Semua.")
        verbs.edit_comment(cast.rina, said.id, 1, "Semua **warga**.")
        said_id, asked_id = said.id, asked.id
    addresses = [
        f"/actions/{action.id}",
        f"/threads/{asked_id}",
        f"/threads/{thread.id}",
        f"/threads/{asked_id}/resolution",
        f"/roadmaps/{roadmap.id}/threads?jenis=saran",
        f"/roadmaps/{action.roadmap_id}/threads",
        f"/roadmaps/{action.roadmap_id}/threads/new?tentang=action:{action.uid}&isian=area",
        f"/comments/{said_id}/edit",
        f"/comments/{said_id}/history",
        f"/comments/{said_id}/close",
    ]
    narrow = signed_in(page_of, client, cast.rina, (320, 640))
    dark = signed_in(page_of, client, cast.rina, DESK, theme="dark", reduced_motion="reduce")
    for address in addresses:
        for page in (narrow, dark):
            page.goto(address)
            page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
            assert barriers(page) == [], address
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, address
