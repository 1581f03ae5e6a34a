"""The grid in a browser: by keyboard alone, with cells from a spreadsheet, row by row in place, on a telephone."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from roadmap.extensions import db
from roadmap.history.models import Roadmap, WorkingCopy
from roadmap.plan.operations import edit_item
from tests.browser import PHONE, Pages, barriers
from tests.cast import Cast
from tests.desk.at_a_desk import signed_in
from tests.factories import a_roadmap, an_action, the_item
from tests.page import LookingClient

# What is looked at is the page, and it is the same on both.
pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    roadmap = a_roadmap(cast)
    for title in ("Satu", "Dua", "Tiga"):
        an_action(cast, roadmap, title=title, budget={"2026 apbd": 1000})
    return roadmap


def here(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name"))


def open_grid(page_of: Pages, client: LookingClient, cast: Cast, roadmap: Roadmap, *args: object) -> Page:
    page = signed_in(page_of, client, cast.rina, *args)
    page.goto(f"/roadmaps/{roadmap.id}/grid")
    return page


def test_rina_writes_a_column_with_the_keyboard_alone_and_takes_it_back(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = open_grid(page_of, client, cast, roadmap)
    expect(page.locator("#grid-help")).to_be_visible()
    page.locator("[name=c-1-lead]").focus()
    page.keyboard.type("Dinsos")
    page.keyboard.press("F2")
    page.keyboard.press("ArrowLeft")
    assert here(page) == "c-1-lead", "within a cell the arrows move the caret"
    page.keyboard.press("Enter")
    assert here(page) == "c-2-lead"
    page.keyboard.type("Bappeda")
    page.keyboard.press("Escape")
    expect(page.locator("[name=c-2-lead]")).to_have_value("")
    page.keyboard.press("ArrowDown")
    assert here(page) == "c-3-lead"
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    assert here(page) == "c-3-status"
    page.keyboard.press("ArrowUp")
    assert here(page) == "c-2-status"
    expect(page.locator("[name=c-2-status]")).to_have_value("")
    page.keyboard.press("F2")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=c-2-status]")).to_have_value("berjalan")
    page.keyboard.press("Shift+Enter")
    assert here(page) == "c-1-status"
    expect(page.locator("#grid-row-1 .grid-unsaved")).to_be_visible()
    expect(page.locator("#grid-row-3 .grid-unsaved")).to_be_hidden()
    page.get_by_role("button", name="Simpan semua").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("2 baris tersimpan")
    with app.app_context():
        assert the_item("action", 1).lead == cast.dinsos.uid
        assert the_item("action", 2).status == "berjalan"
    page.get_by_role("button", name="Urungkan").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Diurungkan")
    with app.app_context():
        assert (the_item("action", 1).lead, the_item("action", 2).status) == (None, None)


def test_a_block_from_a_spreadsheet_lands_in_the_cells_and_what_does_not_fit_is_said(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = open_grid(page_of, client, cast, roadmap)
    page.locator("[name=c-1-lead]").focus()
    page.evaluate(
        """words => {
          const data = new DataTransfer();
          data.setData('text/plain', words);
          document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "Dinsos\tMei 2026\t12/2027\tBerjalan\r\nBappeda\t\t\tTidak jelas\r\nKominfo\r\nLebih\r\n",
    )
    expect(page.locator("[name=c-1-ends_on]")).to_have_value("12/2027")
    expect(page.locator("[name=c-1-status]")).to_have_value("berjalan")
    expect(page.locator("[name=c-3-lead]")).to_have_value("Kominfo")
    expect(page.locator("#grid-told")).to_contain_text("8 sel ditempel")
    expect(page.locator("#grid-told")).to_contain_text("2 sel tidak ditempel")
    expect(page.locator("#grid-told")).to_contain_text("Tidak dikenali: Status pelaksanaan 2.")
    refused = page.locator("[name=c-2-status]")
    expect(refused).to_have_accessible_description("Isian tempelan tidak dikenali: Tidak jelas")
    refused.select_option("berjalan")
    expect(page.locator(".grid-refused")).to_have_count(0)
    refused.select_option("")
    money, foot = page.locator("[name=c-1-budget-2026-apbd]"), page.locator("tfoot th").first
    for typed, sum_ in (("1,5 miliar", "Rp1.500.002.000"), ("Rp 2.000,00", "Rp4.000"), ("1000", "Rp3.000")):
        money.fill(typed)
        expect(foot).to_have_text(f"Jumlah 3 baris di halaman ini: {sum_}")
    money.fill("banyak")
    expect(foot).to_contain_text("Rp2.000 1 sel bukan angka, tidak dihitung.")
    money.fill("1.000")
    expect(foot).to_contain_text("Rp3.000")
    page.get_by_role("button", name="Simpan semua").click()
    expect(page.locator("#notice")).to_contain_text("3 baris tersimpan")
    with app.app_context():
        assert the_item("action", 1).ends_on.isoformat() == "2027-12-31"
        assert the_item("action", 3).lead == cast.kominfo.uid


def test_a_block_is_picked_copied_filled_emptied_and_taken_back_with_the_keyboard(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = open_grid(page_of, client, cast, roadmap)
    codes = [page.locator(f"[name=c-{number}-code]") for number in (1, 2, 3)]
    codes[0].focus()
    page.keyboard.type("A.1")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("#grid-told")).to_have_text("3 sel dipilih.")
    page.keyboard.press("Control+d")
    assert [one.input_value() for one in codes] == ["A.1"] * 3
    expect(page.locator("#grid-count")).to_have_text("3 sel belum disimpan.")
    assert (
        page.evaluate(
            """() => {
              const data = new DataTransfer();
              document.activeElement.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
              return data.getData('text/plain');
            }"""
        )
        == "A.1\nA.1\nA.1"
    )
    page.keyboard.press("Delete")
    assert [one.input_value() for one in codes] == [""] * 3
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert [one.input_value() for one in codes] == ["A.1", "", ""]
    page.keyboard.press("Control+z")
    expect(page.locator("#grid-count")).to_be_hidden()
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+Shift+z")
    assert [one.input_value() for one in codes] == ["A.1"] * 3
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    codes[1].focus()
    page.keyboard.type("B")
    expect(page.locator("#grid-form [data-state=kept]")).to_be_visible()
    page.get_by_role("button", name="Simpan 2 Dua").click()
    expect(page.locator("#notice")).to_contain_text("1 baris tersimpan")
    expect(page.locator("#grid-save-2")).to_be_focused()
    with app.app_context():
        assert the_item("action", 2).code == "B"


def test_a_click_and_the_keys_do_what_they_do_in_a_spreadsheet(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    with app.app_context():
        edit_item(cast.dodi, "action", 1, 1, {"code": "7.1"})
    page = open_grid(page_of, client, cast, roadmap)
    code = page.locator("[name=c-1-code]")
    high = page.locator("#grid-row-1").bounding_box()
    code.click()
    page.keyboard.press("Shift+Space")
    expect(code).to_have_value("7.1")
    page.keyboard.type("Q")
    expect(code).to_have_value("Q")
    assert page.locator("#grid-row-1").bounding_box() == high, "nothing below jumps"
    page.keyboard.press("ArrowDown")
    assert here(page) == "c-2-code"
    code.click()
    code.click()
    page.keyboard.press("End")
    page.keyboard.type("X")
    expect(code).to_have_value("QX")
    page.keyboard.press("Enter")
    assert here(page) == "c-2-code"
    page.locator("[name=c-2-lead]").click()
    page.keyboard.type("Dinsos")
    page.keyboard.press("Tab")
    page.keyboard.type("Mei 2026")
    page.keyboard.press("Enter")
    assert here(page) == "c-3-lead", "back in the column where the row was begun"
    page.keyboard.press("End")
    last = here(page)
    assert last.startswith("c-3-")
    assert last != "c-3-lead"
    page.keyboard.press("Control+Home")
    first = here(page)
    assert first.startswith("c-1-")
    page.keyboard.press("Control+End")
    assert here(page) == last
    page.keyboard.press("Control+s")
    expect(page.locator("#notice")).to_contain_text("2 baris tersimpan")
    with app.app_context():
        assert (the_item("action", 1).code, the_item("action", 2).lead) == ("QX", cast.dinsos.uid)
    for number in (1, 3):
        page.locator(f"[name=c-{number}-starts_on]").fill("besok")
    page.keyboard.press("Control+s")
    listed = page.locator("#error-summary li")
    expect(listed).to_have_count(2)
    expect(listed.first).to_contain_text("1 Satu: Mulai “besok”:")
    page.locator("[name=c-1-starts_on]").fill("Mei 2026")
    page.get_by_role("button", name="Simpan 1 Satu").click()
    expect(listed).to_have_count(1)
    expect(page.locator("#error-summary h2")).to_contain_text("1 isian")


def test_what_was_taken_back_just_before_leaving_stays_taken_back(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    with app.app_context():
        edit_item(cast.dodi, "action", 1, 1, {"code": "7.1"})
    page = open_grid(page_of, client, cast, roadmap)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("[name=c-2-code]").fill("A.2")
    page.locator("[name=c-1-code]").focus()
    page.keyboard.press("Delete")
    expect(page.locator("#grid-form [data-state=kept]")).to_be_visible()
    page.keyboard.press("Control+z")
    with page.expect_response("**/working-copies"):
        page.goto(f"/roadmaps/{roadmap.id}/grid?kolom=code")
    page.get_by_role("link", name="Lanjutkan").click()
    expect(page.locator("[name=c-2-code]")).to_have_value("A.2")
    expect(page.locator("[name=c-1-code]")).to_have_value("7.1")
    page.get_by_role("button", name="Simpan 2 Dua").click()
    expect(page.locator("#notice")).to_contain_text("1 baris tersimpan")
    page.locator("[name=c-3-code]").fill("A.3")
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator("#notice")).to_contain_text("Diurungkan")
    assert asked == ["beforeunload"], "cells that are not saved are asked about"


def test_a_tab_that_is_closed_costs_no_cell(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page_of.expect("net::ERR_")
    page = open_grid(page_of, client, cast, roadmap)
    page.locator("[name=c-1-code]").fill("A.1")
    page.locator("[name=c-2-lead]").fill("Dinsos")
    expect(page.locator("#grid-form [data-state=kept]")).to_be_visible()
    with app.app_context():
        copy = db.session.query(WorkingCopy).one()
        names = {name for name, _value in copy.values if name.startswith(("c-", "base-"))}
        assert names == {"c-1-code", "base-1", "c-2-lead", "base-2"}, "only what was typed goes out"
    page.context.set_offline(True)
    page.locator("[name=c-3-code]").fill("A.3")
    expect(page.locator("#grid-form [data-state=device]")).to_be_visible()
    page.context.set_offline(False)
    page.goto(f"/roadmaps/{roadmap.id}/grid?kolom=status")
    page.get_by_role("link", name="Lanjutkan").click()
    expect(page.locator("#grid-count")).to_have_text("3 sel belum disimpan.")
    expect(page.locator("[name=c-3-code]")).to_have_value("A.3")
    assert barriers(page) == []
    page.get_by_role("button", name="Simpan 1 Satu").click()
    expect(page.locator("#grid-count")).to_have_text("2 sel belum disimpan.")
    page.get_by_role("button", name="Simpan semua").click()
    expect(page.locator("#notice")).to_contain_text("2 baris tersimpan")
    with app.app_context():
        assert [the_item("action", number).code for number in (1, 2, 3)] == ["A.1", "", "A.3"]
        assert the_item("action", 2).lead == cast.dinsos.uid
        assert not db.session.query(WorkingCopy).all()
    page.goto(f"/roadmaps/{roadmap.id}/grid?kolom=status&kolom=code")
    page.locator("[name=c-1-status]").select_option("berjalan")
    page.locator("[name=c-2-code]").fill("A.2")
    expect(page.locator("#grid-form [data-state=kept]")).to_be_visible()
    page.goto("/help")
    page.go_back()  # the browser brings nothing, the draft all of it
    expect(page.locator("#grid-count")).to_be_hidden()
    page.get_by_role("link", name="Lanjutkan").click()
    expect(page.locator("#grid-count")).to_have_text("2 sel belum disimpan.")
    expect(page.locator("[name=c-1-status]")).to_have_value("berjalan")


def test_a_row_is_saved_in_place_and_a_clash_is_decided_in_it(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = open_grid(page_of, client, cast, roadmap)
    page.evaluate("window.stayed = true")
    with app.app_context():
        edit_item(cast.dodi, "action", 2, 1, {"code": "D"})
    page.locator("[name=c-1-code]").fill("A.1")
    page.locator("[name=c-2-code]").fill("R")
    page.get_by_role("button", name="Simpan 1 Satu").click()
    expect(page.locator("#notice")).to_contain_text("1 baris tersimpan")
    expect(page.locator("#grid-row-1 .grid-unsaved")).to_be_hidden()
    expect(page.locator("[name=c-2-code]")).to_have_value("R")
    page.get_by_role("button", name="Simpan 2 Dua").click()
    expect(page.locator("#grid-row-2")).to_contain_text("Isian ini juga diubah Dodi Pranata")
    expect(page.locator("[name=c-2-code]")).to_have_value("R")
    assert barriers(page) == []
    page.get_by_role("radio", name="Tulisan Anda: R").check()
    page.get_by_role("button", name="Simpan 2 Dua").click()
    expect(page.locator("#grid-row-2 .grid-clash")).to_have_count(0)
    assert page.evaluate("window.stayed") is True
    with app.app_context():
        assert (the_item("action", 1).code, the_item("action", 2).code) == ("A.1", "R")
    page.reload()  # nothing is unsaved, so nothing asks


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_meets_a_barrier_and_the_page_does_not_scroll_sideways(
    cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap, theme: str
) -> None:
    page = signed_in(page_of, client, cast.rina, PHONE, theme=theme, reduced_motion="reduce")
    page.goto(f"/roadmaps/{roadmap.id}/grid")
    page.get_by_text("Isi ke bawah").click()
    page.get_by_text("Pilih kolom").click()
    assert barriers(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_script_rows_are_filled_and_saved_too(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    page = signed_in(page_of, client, cast.rina, PHONE, js=False)
    page.goto(f"/roadmaps/{roadmap.id}/grid")
    page.locator("[name=ticked]").nth(1).check()
    page.get_by_text("Isi ke bawah").click()
    page.locator("[name=fill-column]").select_option("lead")
    page.locator("[name=fill-value]").fill("Dinas Sosial")
    page.get_by_role("button", name="Tulis ke baris itu").click()
    expect(page.locator("[name=c-2-lead]")).to_have_value("Dinas Sosial")
    page.locator("[name=c-1-code]").fill("A.1")
    page.locator("[name=c-1-code]").press("Enter")
    expect(page.locator("#notice")).to_contain_text("2 baris tersimpan")
    with app.app_context():
        assert the_item("action", 2).lead == cast.dinsos.uid
        assert the_item("action", 1).code == "A.1"
    page.goto(f"/roadmaps/{roadmap.id}/grid")
    page.locator("[name=c-1-code]").fill("Rina")
    with app.app_context():
        edit_item(cast.dodi, "action", 1, 2, {"code": "Dodi"})
    for _turn in range(2):
        page.get_by_role("button", name="Simpan semua").click()
        expect(page.locator("#grid-row-1")).to_contain_text("Isian ini juga diubah Dodi Pranata")
        page.go_back()
        expect(page.locator("[name=c-1-code]")).to_have_value("Rina")
        assert page.locator("[name=base-1] option[selected]").inner_text() == "3", "fetched anew"
        expect(page.locator("[name=base-1]")).to_have_value("2")
    with app.app_context():
        assert the_item("action", 1).code == "Dodi"
