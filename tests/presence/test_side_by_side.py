"""Rina and Dodi side by side: each sees that the other is there and what the other saved, and is left in peace.

Done-when 4 of the issue that made this room. The server is that of production, with its streams.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from roadmap.plan.operations import edit_item
from tests.browser import PHONE, Pages, barriers
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action, the_item
from tests.page import LookingClient
from tests.presence.at_hand import place
from tests.presence.side_by_side import beside

TEXT = "Kanal dibuka di kantor. Petugas berjaga setiap hari. Pengaduan dijawab."
SOON = 2_000
PATIENTLY = 8_000

BOX = 'textarea[name="description"]'
CURSOR = f"() => [document.querySelector('{BOX}').selectionStart, document.activeElement.name, scrollY]"
STANDS_OVER = """() => {
  const line = document.querySelector('.newer').getBoundingClientRect();
  const box = document.activeElement.getBoundingClientRect();
  return line.top < box.bottom && line.bottom > box.top;
}"""


@pytest.fixture
def base(gunicorn) -> str:
    return str(gunicorn(workers=1, threads=12, ROADMAP_STREAMS="6"))


def type_at_the_end(page: Page, words: str) -> None:
    page.locator(BOX).evaluate(
        "box => { box.focus(); box.setSelectionRange(box.value.length, box.value.length); }"
    )
    page.keyboard.type(words)


def save_title(page: Page, item, title: str) -> None:
    page.goto(f"/{place(item)}/edit/title")
    page.locator('[name="title"]').fill(title)
    page.get_by_role("button", name="Simpan").click()
    page.locator("#notice", has_text="Tersimpan di peta jalan").wait_for()


def top_of(link: Locator) -> float:
    return float(link.evaluate("node => node.getBoundingClientRect().top"))


def open_group_of(page: Page) -> None:
    page.locator("details.group", has=page.locator(BOX)).evaluate_all(
        "all => all.forEach(one => one.open = true)"
    )


@pytest.mark.engines("sqlite", "postgres")
def test_each_sees_the_other_and_what_the_other_saved_without_script_too_and_typing_is_left_alone(
    cast: Cast, client: LookingClient, base: str, page_of: Pages
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, description=TEXT)
    rina = beside(page_of, client, cast.rina, base)
    dodi = beside(page_of, client, cast.dodi, base)
    plain = beside(page_of, client, cast.dodi, base, js=False)
    with rina.expect_response(lambda answer: answer.request.method == "POST"):
        rina.goto(f"/{place(action)}/edit")
    dodi.goto(f"/{place(action)}")
    # Without script the page says it as it stands when it is opened.
    plain.goto(f"/{place(action)}")
    expect(plain.locator("#presence")).to_contain_text("Sedang disunting oleh Rina Wulandari")
    expect(dodi.locator("#presence")).to_contain_text(
        "Sedang disunting oleh Rina Wulandari", timeout=PATIENTLY
    )
    expect(rina.locator("#presence")).to_contain_text("Dodi Pranata", timeout=PATIENTLY)
    open_group_of(rina)
    type_at_the_end(rina, " Juga malam hari")
    before = rina.evaluate(CURSOR)

    save_title(plain, action, "Judul dari Dodi")
    told = rina.locator(".newer")
    expect(told).to_contain_text("Dodi Pranata baru saja menyimpan isi yang lebih baru.", timeout=SOON)
    assert rina.evaluate(CURSOR) == before
    assert not rina.evaluate(STANDS_OVER), "it covers nothing that is being typed"
    rina.keyboard.type(".")
    assert rina.locator(BOX).input_value() == f"{TEXT} Juga malam hari."
    assert barriers(rina) == []

    told.get_by_role("button", name="Gabungkan sekarang").click()
    expect(told).to_contain_text("Digabung ke formulir Anda: ", timeout=PATIENTLY)
    expect(rina.locator('[name="title"]')).to_have_value("Judul dari Dodi")
    assert rina.locator(BOX).input_value() == f"{TEXT} Juga malam hari."
    rina.get_by_role("button", name="Simpan").click()
    rina.locator("#notice", has_text="Tersimpan di peta jalan").wait_for()
    # Dodi, who is only reading, needs to do nothing; without script he looks again.
    expect(dodi.locator(f"#action-{action.id}-description")).to_contain_text("Juga malam hari.", timeout=SOON)
    expect(dodi.locator("main h1")).to_have_text("Judul dari Dodi")
    plain.goto(f"/{place(action)}")
    expect(plain.locator("main")).to_contain_text("Juga malam hari.")
    with cast.app.app_context():
        assert the_item("action", action.id).title == "Judul dari Dodi"


@pytest.mark.engines("sqlite")
def test_the_overview_follows_without_moving_what_is_read_and_without_a_sound(
    cast: Cast, client: LookingClient, base: str, page_of: Pages
) -> None:
    roadmap = a_roadmap(cast)
    problems = [a_problem(cast, roadmap, title=f"Masalah nomor {number}") for number in range(14)]
    dodi = beside(page_of, client, cast.dodi, base, PHONE)
    dodi.goto(f"/roadmaps/{roadmap.id}")
    link = dodi.get_by_role("link", name="Masalah nomor 12", exact=False).first
    link.scroll_into_view_if_needed()
    link.focus()
    top = top_of(link)
    with cast.app.app_context():
        edit_item(cast.rina, "problem", problems[1].id, 1, {"title": "Judul yang jauh lebih panjang " * 5})
    expect(dodi.locator("#outline")).to_contain_text("Judul yang jauh lebih panjang", timeout=SOON + 1_000)
    assert abs(top_of(link) - top) < 2
    assert link.evaluate("node => node === document.activeElement")
    assert dodi.locator("#live").text_content() == ""


@pytest.mark.engines("sqlite")
def test_a_field_open_in_place_stays_while_the_rest_of_the_page_follows(
    cast: Cast, client: LookingClient, base: str, page_of: Pages
) -> None:
    action = an_action(cast, a_roadmap(cast), expected_result="Warga dilayani.")
    rina = beside(page_of, client, cast.rina, base)
    rina.goto(f"/{place(action)}")
    rina.get_by_role("link", name="Sunting Hasil yang ingin dicapai").click()
    box = rina.locator('textarea[name="expected_result"]')
    box.wait_for()
    box.press("End")
    rina.keyboard.type(" Semua")
    with cast.app.app_context():
        edit_item(cast.dodi, "action", action.id, 1, {"title": "Judul yang baru"})
    expect(rina.locator("main h1")).to_have_text("Judul yang baru", timeout=SOON + 1_000)
    expect(rina.locator(".newer")).to_contain_text("Dodi Pranata baru saja menyimpan")
    rina.keyboard.type(" warga.")
    assert box.input_value() == "Warga dilayani. Semua warga."
    rina.locator(".newer").get_by_role("button", name="Nanti saja").click()
    expect(rina.locator(".newer")).to_have_count(0)
    rina.get_by_role("button", name="Simpan").click()
    rina.locator("#notice", has_text="Tersimpan").wait_for()


@pytest.mark.engines("sqlite")
def test_who_saves_data_is_told_and_looks_when_it_suits(
    cast: Cast, client: LookingClient, base: str, page_of: Pages
) -> None:
    action = an_action(cast, a_roadmap(cast))
    rina = beside(page_of, client, cast.rina, base, extra_http_headers={"Save-Data": "on"})
    rina.goto(f"/{place(action)}")
    with cast.app.app_context():
        edit_item(cast.dodi, "action", action.id, 1, {"title": "Judul yang baru"})
    # The next beat, without waiting for it.
    rina.evaluate("document.dispatchEvent(new CustomEvent('live:beat'))")
    line = rina.locator("#live-line")
    expect(line).to_contain_text("Ada perubahan baru dari orang lain: 1", timeout=PATIENTLY)
    assert rina.locator("main h1").text_content() == "Menyediakan kanal pengaduan"
    line.get_by_role("button", name="Tampilkan").click()
    expect(rina.locator("main h1")).to_have_text("Judul yang baru", timeout=PATIENTLY)
    expect(line).to_be_hidden()
