"""Typing where scripts run: on the server within two seconds, on the device without a line, gone once it is saved."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from roadmap.extensions import db
from roadmap.history.models import WorkingCopy
from roadmap.people.models import Person
from roadmap.people.operations import invite
from roadmap.people.roles import Role
from roadmap.plan.models import Action
from roadmap.plan.operations import edit_item
from roadmap.work import unit_of_work
from tests.browser import DESK, PHONE, Pages
from tests.cast import Cast, sign_in
from tests.desk.at_a_desk import signed_in
from tests.factories import a_roadmap, an_action, the_item
from tests.page import LookingClient

pytestmark = pytest.mark.engines("sqlite")

KEPT = "Ketikan Anda tercatat untuk Anda sendiri."
HELD = "localStorage.length"


@pytest.fixture
def action(cast: Cast) -> Action:
    return an_action(cast, a_roadmap(cast), title="Kanal pengaduan", expected_result="Warga dapat mengadu.")


def _copies(app: Flask) -> list[str]:
    with app.app_context():
        return [dict(one.values)["expected_result"] for one in db.session.query(WorkingCopy)]


def _box(page: Page) -> Locator:
    return page.locator("#main textarea[name=expected_result]")


def _state(page: Page, name: str) -> Locator:
    return page.locator(f"#main form [data-state={name}]")


def test_typing_is_on_the_server_within_two_seconds_and_gone_when_it_is_saved(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    page = signed_in(page_of, client, cast.rina, DESK)
    page.goto(f"/actions/{action.id}/edit")
    _box(page).press_sequentially("Siang ")
    _box(page).press_sequentially("malam. ")
    expect(_state(page, "kept")).to_be_visible(timeout=2000)
    expect(_state(page, "kept")).to_contain_text(KEPT)
    assert len(_copies(app)) == 1
    assert "malam." in _copies(app)[0]
    page.goto(f"/actions/{action.id}/edit")  # no question is asked: the words are somewhere
    expect(page.locator(".draft-offer")).to_contain_text(
        "Ada ketikan Anda dari sesaat lalu yang belum disimpan."
    )
    page.get_by_role("link", name="Lanjutkan").click()
    assert "malam." in _box(page).input_value()
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator("#notice")).to_contain_text("Tersimpan di peta jalan")
    assert _copies(app) == []
    page.goto(f"/actions/{action.id}/edit")
    expect(page.locator(".draft-offer")).to_have_count(0)
    assert page.evaluate(HELD) == 0


def test_words_that_a_browser_brings_again_without_a_word_are_known_as_unsaved(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    page = signed_in(page_of, client, cast.rina, DESK)
    page.goto(f"/actions/{action.id}/edit")
    _box(page).press_sequentially("Siang. ")
    page.goto("/help")
    page.go_back()  # the words stand in their box again, and nobody typed them now
    assert "Siang." in _box(page).input_value()
    expect(_state(page, "kept")).to_be_visible()


def test_what_is_written_on_the_page_of_a_clash_is_there_again_and_asks_once_more(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    page = signed_in(page_of, client, cast.rina, PHONE)
    page.goto(f"/actions/{action.id}/edit")
    _box(page).fill("Warga tuli dapat mengadu.")
    expect(_state(page, "kept")).to_be_visible()
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, 1, {"expected_result": "Warga desa dapat mengadu."})
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.locator("#f-choice-expected_result-own").check()
    page.locator("textarea[name=own-expected_result]").fill("Warga tuli di desa dapat mengadu.")
    expect(_state(page, "kept")).to_be_visible()
    page.goto(f"/actions/{action.id}/edit")  # and the page was left without an answer
    page.get_by_role("link", name="Lanjutkan").click()
    assert _box(page).input_value() == "Warga tuli di desa dapat mengadu."
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.locator(".conflict")).to_contain_text("Warga desa dapat mengadu.")
    page.locator("#f-choice-expected_result-mine").check()
    page.get_by_role("button", name="Simpan pilihan").click()
    expect(page.locator("#notice")).to_contain_text("Tersimpan di peta jalan")
    with app.app_context():
        assert the_item("action", action.id).expected_result == "Warga tuli di desa dapat mengadu."
    assert _copies(app) == []


def test_without_a_line_the_device_keeps_it_and_sends_it_when_the_line_is_back(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    page_of.expect("net::ERR_")
    page_of.expect("Failed to fetch")
    page = signed_in(page_of, client, cast.rina, PHONE)
    page.goto(f"/actions/{action.id}/edit")
    page.context.set_offline(True)
    _box(page).press_sequentially("Di jalan. ")
    expect(_state(page, "device")).to_be_visible()
    expect(page.locator("#live")).to_contain_text("Ketikan Anda aman di perangkat ini")
    assert _copies(app) == []
    page.context.set_offline(False)
    expect(_state(page, "kept")).to_be_visible()
    assert "Di jalan." in _copies(app)[0]
    assert page.evaluate(HELD) == 0


def test_what_the_device_kept_is_offered_after_the_page_is_opened_again(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    page_of.expect("net::ERR_")
    page_of.expect("Failed to fetch")
    page = signed_in(page_of, client, cast.rina, PHONE, service_workers="block")
    page.goto(f"/actions/{action.id}/edit")
    page.route("**/working-copies", lambda route: route.abort())
    _box(page).press_sequentially("Di jalan. ")
    expect(_state(page, "device")).to_be_visible()
    page.unroute("**/working-copies")
    page.reload()
    expect(page.locator(".draft-offer")).to_contain_text("Ada ketikan Anda dari sesaat lalu")
    assert "Di jalan." in _copies(app)[0]
    assert page.evaluate(HELD) == 0


def test_another_person_on_the_same_device_sees_no_word_and_takes_none_away(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    page_of.expect("net::ERR_")
    page_of.expect("Failed to fetch")
    page = signed_in(page_of, client, cast.rina, DESK, service_workers="block")
    page.goto(f"/actions/{action.id}/edit")
    page.route("**/working-copies", lambda route: route.abort())
    _box(page).press_sequentially("Rahasia Rina. ")
    expect(_state(page, "device")).to_be_visible()
    as_another(page, client, cast.dodi)
    page.unroute("**/working-copies")
    page.goto(f"/actions/{action.id}/edit")
    expect(page.locator("#draft-others")).to_contain_text("milik akun lain di perangkat ini, sampai")
    assert "Rahasia" not in page.content()
    assert _copies(app) == []
    page.get_by_text("Dodi Pranata").first.click()
    page.get_by_role("button", name="Keluar").first.click()
    expect(page.locator("#notice")).to_contain_text("Anda sudah keluar")
    as_another(page, client, cast.rina)
    page.goto(f"/actions/{action.id}/edit")
    expect(page.locator(".draft-offer")).to_contain_text("Ada ketikan Anda")
    assert "Rahasia Rina." in _copies(app)[0]


def test_signing_out_asks_first_where_words_cannot_be_sent(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    page_of.expect("net::ERR_")
    page_of.expect("Failed to fetch")
    page = signed_in(page_of, client, cast.rina, DESK, service_workers="block")
    page.goto(f"/actions/{action.id}/edit")
    page.route("**/working-copies", lambda route: route.abort())
    _box(page).press_sequentially("Belum terkirim. ")
    expect(_state(page, "device")).to_be_visible()
    page.get_by_text("Rina Wulandari").first.click()
    page.get_by_role("button", name="Keluar").first.click()
    expect(page.locator("#draft-leaving-title")).to_be_focused()
    with page.expect_download() as given:
        page.get_by_role("button", name="Unduh ketikan").click()
    words = given.value.path().read_text()
    assert words.startswith("Sunting rencana aksi, Kanal pengaduan\n")
    assert "Hasil yang ingin dicapai:\nBelum terkirim." in words
    assert "/actions/" not in words
    assert action.uid not in words
    page.route("**/working-copies/line*", lambda route: route.abort())
    page.get_by_role("button", name="Buang dan keluar").click()
    expect(page.locator("#leaving-not")).to_be_focused()
    assert page.evaluate(HELD) == 1
    page.unroute("**/working-copies/line*")
    page.goto(_invitation_of_another(app, cast))
    page.get_by_role("button", name="Keluar dari akun ini").click()
    expect(page.locator("#draft-leaving-title")).to_be_focused()
    page.get_by_role("button", name="Buang dan keluar").click()
    expect(page.locator("#notice")).to_contain_text("Anda sudah keluar")
    assert page.evaluate(HELD) == 0


def test_signing_out_without_a_line_throws_nothing_away_and_says_that_one_is_still_signed_in(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    page_of.expect("net::ERR_")
    page_of.expect("Failed to fetch")
    page = signed_in(page_of, client, cast.rina, PHONE)
    page.goto(f"/actions/{action.id}/edit")
    page.context.set_offline(True)
    _box(page).press_sequentially("Di jalan. ")
    expect(_state(page, "device")).to_contain_text("Ketikan Anda aman di perangkat ini")
    expect(_state(page, "device").locator(".long")).to_be_visible()
    page.locator(".menu-small summary").click()
    page.locator(".menu-small").get_by_role("button", name="Keluar").click()
    expect(page.locator("#leaving-not")).to_have_text(
        "Belum keluar: tidak ada sambungan. Tulisan Anda tidak dibuang. Anda masih masuk di perangkat ini; "
        "tekan Keluar lagi begitu tersambung."
    )
    assert "Di jalan." in _box(page).input_value()
    assert page.evaluate(HELD) == 1
    page.context.set_offline(False)
    expect(_state(page, "kept")).to_be_visible()
    expect(page.locator("#leaving-not")).to_be_hidden()
    assert "Di jalan." in _copies(app)[0]


def _invitation_of_another(app: Flask, cast: Cast) -> str:
    with app.app_context(), unit_of_work():
        ticket = invite(cast.adi, cast.city.id, ["anna@setara.or.id"], Role.PARTNER)[0]
        return f"/invitations/{ticket.token}"


def as_another(page: Page, client: LookingClient, person: Person) -> None:
    """Have the same browser be somebody else's, as after a session has ended."""
    browser = client.another()
    sign_in(browser, person)
    cookie = browser.raw.get_cookie("roadmap")
    assert cookie is not None
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "roadmap", "value": cookie.value, "url": page.url}])
