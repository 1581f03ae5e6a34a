"""The public pages in a browser: no barrier, nothing wider than a small telephone, without script, on paper, and light."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, PHONE, Pages, barriers
from tests.cast import Cast
from tests.page import LookingClient
from tests.plans import a_plan, adopted

DOCUMENT = "/p/kota-contoh/peta-jalan-kota-ham-2026-2030"
LIGHT = 100_000


def addresses(cast: Cast, client: LookingClient) -> list[str]:
    adopted(cast, a_plan(cast, problems=2, actions=6, modalities=2, loose=1))
    links = client.get(DOCUMENT).links.values()
    action, problem = (next(url for url in links if f"/{part}/" in url) for part in ("aksi", "masalah"))
    questions = [f"{DOCUMENT}?cari=petugas&tahun=2026", f"{DOCUMENT}?cari=tidakada"]
    return [DOCUMENT, action, problem, "/p/", *questions, f"{DOCUMENT}/1/naskah"]


@pytest.mark.engines("sqlite")  # a browser's own
def test_nothing_bars_the_way(cast: Cast, client: LookingClient, page_of: Pages) -> None:
    found = addresses(cast, client)
    page = page_of(PHONE, reduced_motion="reduce")
    for address in found:
        page.goto(address)
        assert barriers(page) == [], address
    page = page_of(DESK, theme="dark", reduced_motion="reduce")
    for address in found[:2]:
        page.goto(address)
        assert barriers(page) == [], address
    page = page_of((320, 640))
    for address in found:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.engines("sqlite")  # a browser's own
def test_women_find_with_the_keyboard_and_without_script_what_is_done(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    addresses(cast, client)
    page = page_of(PHONE, js=False)
    page.goto(DOCUMENT)
    page.get_by_label("Cari di peta jalan ini").focus()
    page.keyboard.type("bahasa isyarat")
    page.keyboard.press("Enter")
    expect(page.locator("#kerja")).to_have_text("Apa yang akan dikerjakan")
    expect(page).to_have_url(re.compile(re.escape(f"{DOCUMENT}?cari=bahasa+isyarat#kerja") + "$"))
    expect(page.locator(".promises > li")).to_have_count(1)
    page.locator(".promises a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Melatih 60 petugas puskesmas")


@pytest.mark.engines("sqlite")  # a browser's own
def test_a_first_visit_is_light(cast: Cast, client: LookingClient, page_of: Pages) -> None:
    adopted(cast, a_plan(cast, problems=60, actions=150, modalities=40))
    page = page_of(PHONE)
    weights: list[int] = []
    page.on("requestfinished", lambda request: weights.append(request.sizes()["responseBodySize"]))
    page.goto(DOCUMENT, wait_until="networkidle")
    assert 0 < sum(weights) < LIGHT
    assert not page.evaluate("'htmx' in window")
