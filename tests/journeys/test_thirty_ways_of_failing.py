"""Rina writes, and something goes wrong: each time her words are found again, in the answer, kept for her, or in the plan."""

from collections.abc import Callable

import pytest

from roadmap.extensions import db
from roadmap.people.models import Person
from roadmap.work import unit_of_work
from tests.factories import the_item
from tests.journeys.failing import PLAN, Scene
from tests.journeys.ways_of_failing import WAYS, database_gone, disk_full
from tests.page import Page


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_words_are_found_again(scene: Scene, way: Callable[[Scene], Page]) -> None:
    status, place = WAYS[way]
    page = way(scene)
    assert page.status == status
    scene.mend()
    assert place in scene.places_of_words(page)


# --- the page that gives them back


def test_what_was_given_back_is_sent_again_with_one_press_and_lands_once(scene: Scene) -> None:
    before = scene.acts()
    page = disk_full(scene)
    assert "Tidak ada yang hilang" in page.text
    assert page.title.startswith("Belum tersimpan:")
    scene.mend()
    for _press in range(2):
        assert scene.client.submit(page, "given-back-form", {}, follow=False).status == 303
    assert (scene.acts(), scene.places_of_words(page) & {PLAN}) == (before + 1, {PLAN})


def test_with_htmx_the_words_stay_in_the_form_that_stands_there(scene: Scene) -> None:
    scene.break_database("database or disk is full", "INSERT|UPDATE")
    page = scene.send(htmx=True)
    assert (page.status, page.headers["HX-Reswap"]) == (503, "none")
    assert "tulisan Anda masih di formulir" in page.text


def test_a_page_that_is_only_read_says_that_the_system_is_busy(scene: Scene) -> None:
    database_gone(scene)
    page = scene.client.get(f"/actions/{scene.action.id}")
    assert (page.status, page.headers["Retry-After"]) == (503, "10")
    assert scene.client.get("/readyz").status == 503
    scene.mend()
    assert scene.client.get(f"/actions/{scene.action.id}").status == 200


def test_what_was_chosen_is_read_beside_the_words_and_goes_along(scene: Scene) -> None:
    rows = {"budget-0-year": "2027", "budget-0-source": "apbd", "budget-0-amount": "75.000.000"}
    scene.break_database("database or disk is full", "INSERT|UPDATE")
    page = scene.send({"starts_on-month": "3", "starts_on-year": "2027", "priority": "tinggi", **rows})
    said = {row.one("dt").text: row.one("dd").text for row in page.all(".summary-row")}
    assert said["Anggaran"] == "2027 Rp75.000.000 dari APBD kabupaten/kota"
    assert said["Mulai"] == "Maret 2027"
    assert said["Prioritas"] == "Tinggi"
    assert "Dinas Sosial" in said["Penanggung jawab utama"]
    boxes = [label.text for label in page.all("#given-back-form label")]
    assert boxes == ["Judul", "Hasil yang ingin dicapai"], "each of them once"
    scene.mend()
    scene.client.submit(page, "given-back-form", {}, follow=False)
    with scene.at_home():
        action = the_item("action", scene.action.id)
        assert (action.priority, action.budget) == ("tinggi", {"2027 apbd": 75_000_000})


def test_it_is_said_in_the_readers_language_and_look_though_the_database_cannot_tell(scene: Scene) -> None:
    with scene.at_home(), unit_of_work():
        rina = db.session.get_one(Person, scene.cast.rina.id)
        rina.language, rina.theme = "en", "dark"
    scene.client.get("/help")
    page = database_gone(scene)
    assert (page.status, page.language, page.one("html")["data-theme"]) == (503, "en", "dark")
