"""Going back as it is held in the hand: no barrier, nothing sideways, all of it by keyboard."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from roadmap.history.models import Roadmap
from roadmap.plan import operations
from roadmap.timeline.operations import add_pin
from tests.browser import DESK, Pages, barriers, barriers_of_colour
from tests.cast import Cast
from tests.desk.at_a_desk import signed_in
from tests.factories import a_roadmap, an_action, an_indicator, the_item
from tests.history.log import head
from tests.page import LookingClient

# What is looked at is the page, and it is the same on both.
pytestmark = pytest.mark.engines("sqlite")

LONG = (
    "Menyediakan kanal pengaduan yang aksesibel bagi penyandang disabilitas sensorik di seluruh kecamatan, "
    "kelurahan, dan puskesmas sampai akhir tahun 2027"
)


@pytest.fixture
def roadmap(app: Flask, cast: Cast) -> Roadmap:
    """A roadmap in which one act clashes with what came since, one item is gone, and one moment has a name."""
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title=LONG, area="Kota", expected_result="Setiap warga dijawab.")
    an_indicator(cast, action)
    other = an_action(cast, roadmap, title="Melatih petugas")
    with app.app_context():
        for by, values in (
            (
                cast.dodi,
                {
                    "area": "Seluruh desa",
                    "code": "A.1",
                    "expected_result": "Setiap warga didengar dan dijawab.",
                },
            ),
            (cast.rina, {"area": "Seluruh kelurahan"}),
            (cast.rina, {"area": "Seluruh kelurahan dan desa"}),
        ):
            operations.edit_item(by, "action", action.id, the_item("action", action.id).version, values)
        add_pin(cast.rina, roadmap.id, head(roadmap.id), "Sebelum rapat dengan mitra dan perangkat daerah")
        operations.remove_item(cast.dodi, "action", other.id, reason="Dobel")
    return roadmap


def _addresses(roadmap: Roadmap) -> list[str]:
    here = f"/roadmaps/{roadmap.id}"
    return [
        f"{here}/history",
        f"{here}/history?tonggak=1",
        f"{here}/changes/5",
        f"{here}/changes/5/undo",
        f"{here}/changes/9/undo",
        f"{here}/pins",
        "/pins/1/name",
        "/pins/1/removal",
        "/actions/1/history",
        "/actions/1/versions/1/restore",
        f"{here}/as-of/4/restore",
        f"{here}/as-of/4/restore?butir=action-1",
        f"{here}/as-of/4/restore?semua=1",
    ]


def test_nobody_meets_a_barrier_and_nothing_scrolls_sideways(
    cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    narrow = signed_in(page_of, client, cast.rina, (320, 640))
    for address in _addresses(roadmap):
        narrow.goto(address)
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 320, address
    by_day = signed_in(page_of, client, cast.rina, DESK)
    by_night = signed_in(page_of, client, cast.rina, DESK, theme="dark")
    for address in _addresses(roadmap):
        by_day.goto(address)
        assert barriers(by_day) == [], address
        by_night.goto(address)
        assert barriers_of_colour(by_night) == [], address


def test_an_act_is_taken_back_with_the_keyboard_alone(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = signed_in(page_of, client, cast.rina, DESK)
    page.goto(f"/roadmaps/{roadmap.id}/changes/5")
    page.get_by_role("link", name="Urungkan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Urungkan perubahan ini?")
    page.get_by_role("radio", name="Biarkan yang sekarang").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Kembali ke yang lama")).to_be_checked()
    page.get_by_role("button", name="Urungkan").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Diurungkan")
    with app.app_context():
        assert the_item("action", 1).area == "Kota"


def test_without_script_it_is_the_same(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = signed_in(page_of, client, cast.rina, DESK, js=False)
    page.goto(f"/roadmaps/{roadmap.id}/as-of/4/restore")
    page.get_by_label("Menyediakan kanal").check()
    page.get_by_role("button", name="Lihat yang akan berubah").click()
    page.get_by_role("button", name="Pulihkan").click()
    expect(page.locator("main, body").first).to_contain_text("Dipulihkan seperti waktu itu")
    with app.app_context():
        assert the_item("action", 1).area == "Kota"
