"""An edition from beginning to end, for paper: everything in it, in its order, and nothing that can only be clicked."""

import pytest

from tests.browser import Pages
from tests.cast import Cast
from tests.page import LookingClient
from tests.plans import a_plan, adopted

DOCUMENT = "/p/kota-contoh/peta-jalan-kota-ham-2026-2030"


@pytest.mark.engines("sqlite")  # read from one document
def test_everything_stands_in_its_order(cast: Cast, client: LookingClient) -> None:
    adopted(cast, a_plan(cast, problems=2, actions=60, modalities=9, loose=1))
    page = client.follow(client.get(DOCUMENT), "Naskah untuk dicetak")
    assert page.path == f"{DOCUMENT}/1/naskah"
    assert [one.text for one in page.all("h2")] == [
        "Singkatnya", "Naskah lengkap", "Apa yang sudah ada", "Apa yang menjadi masalah", "Apa yang akan dikerjakan",
    ]  # fmt: skip
    titles = [one.text for one in page.all(".in-full h3")]
    assert len(titles) == 9 + 2 + 60
    assert titles[11].startswith("1.1 Menyediakan kanal pengaduan")
    assert "2026: Rp420.000.000; 2027: Rp310.000.000" in page


@pytest.mark.engines("sqlite")  # a browser's own
def test_paper_has_no_boxes_to_fill_and_says_where_it_comes_from(
    cast: Cast, client: LookingClient, page_of: Pages
) -> None:
    adopted(cast, a_plan(cast, problems=1, actions=2, modalities=1, loose=1))
    page = page_of()
    page.goto(DOCUMENT)
    page.emulate_media(media="print")
    for selector in ("form", ".groups", ".contents", ".top", ".foot", ".side"):
        assert not page.locator(selector).first.is_visible(), selector
    foot = page.locator(".print-foot")
    assert foot.is_visible()
    assert "Edisi 1 · sidik dokumen" in foot.inner_text()
    assert f"{DOCUMENT}/1" in foot.inner_text()
