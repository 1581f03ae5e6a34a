"""Each part in depth: its list, who may change it, and moving an item up and down, with script and without."""

from roadmap.history.models import Roadmap
from tests.cast import Cast, sign_in
from tests.factories import a_problem, a_roadmap, an_action, an_indicator
from tests.page import Form, LookingClient, Page, Region
from tests.plans import a_plan


def titles(page: Region) -> list[str]:
    return [one.text for one in page.region("slot-part-list").all("h2")]


def three(cast: Cast) -> Roadmap:
    roadmap = a_roadmap(cast)
    for title in ("Pertama", "Kedua", "Ketiga"):
        an_action(cast, roadmap, title=title)
    return roadmap


def move(client: LookingClient, page: Page, words: str, *, htmx: bool = False) -> Page:
    """Press the button that is heard with these words."""
    forms = [form for form in page.all("form") if words in form.text]
    assert len(forms) == 1
    return client.submit(page, Form(forms[0].tag), htmx=htmx)


def test_rina_moves_an_action_down_and_up_again(cast: Cast, client: LookingClient) -> None:
    roadmap = three(cast)
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/actions")
    assert titles(page) == ["1 Pertama", "2 Kedua", "3 Ketiga"]
    page = move(client, page, "Pindahkan turun 1 Pertama")
    assert page.path == f"/roadmaps/{roadmap.id}/actions"
    assert titles(page) == ["1 Kedua", "2 Pertama", "3 Ketiga"]
    assert "Dipindahkan." in page.region("notice")
    page = move(client, page, "Pindahkan naik 2 Pertama")
    page = move(client, page, "Pindahkan naik 3 Ketiga")
    assert titles(page) == ["1 Pertama", "2 Ketiga", "3 Kedua"]


def test_with_script_the_list_alone_comes_back_and_the_moved_item_takes_the_focus(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = three(cast)
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/actions")
    swapped = move(client, page, "Pindahkan turun 1 Pertama", htmx=True)
    assert not swapped.is_whole
    assert titles(swapped) == ["1 Kedua", "2 Pertama", "3 Ketiga"]
    assert swapped.one("[data-focus]").text == "2 Pertama"
    assert "Dipindahkan." in swapped


def test_the_first_cannot_go_up_nor_the_last_down(cast: Cast, client: LookingClient) -> None:
    roadmap = three(cast)
    sign_in(client, cast.rina)
    cards = client.get(f"/roadmaps/{roadmap.id}/actions").all(".part-items > li")
    assert [[button.text.split()[1] for button in card.all("form button")] for card in cards] == [
        ["turun"],
        ["naik", "turun"],
        ["naik"],
    ]


def test_after_a_move_on_a_long_list_the_page_that_holds_the_item_is_shown(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_plan(cast, problems=0, actions=60, modalities=0, indicators=0)
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/actions?halaman=2")
    first = page.all(".part-items > li")[0]
    page = move(client, page, f"Pindahkan turun {first.one('h2').text.split()[0]} ")
    assert page.one(".pager-place").text == "Halaman 2 dari 2"
    assert page.has_region(first.id)


def test_those_who_may_not_write_see_the_list_without_its_buttons(cast: Cast, client: LookingClient) -> None:
    roadmap = three(cast)
    own = an_action(cast, roadmap, title="Milik Dinas Sosial", lead=cast.dinsos)
    for name, forms, edits in (
        ("rina", 6, 4),
        ("oki", 0, 1),
        ("yusuf", 0, 0),
        ("maria", 0, 0),
        ("wali", 0, 0),
    ):
        reader = client.another()
        sign_in(reader, getattr(cast, name))
        part = reader.get(f"/roadmaps/{roadmap.id}/actions").region("slot-part-list")
        assert (len(part.all("form")), len(part.all('a[href$="/edit"]'))) == (forms, edits), name
    sign_in(client, cast.oki)
    part = client.get(f"/roadmaps/{roadmap.id}/actions").region("slot-part-list")
    assert part.one('a[href$="/edit"]')["href"] == f"/actions/{own.id}/edit"


def test_each_part_shows_its_main_fields_and_what_is_missing(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap, title="Belum ada kanal", cause="Petugas belum dilatih")
    action = an_action(
        cast,
        roadmap,
        title="Melatih",
        problems=[problem],
        lead=cast.dinsos,
        supporting=[cast.oms, cast.kominfo],
    )
    an_indicator(cast, action, title="Petugas terlatih")
    sign_in(client, cast.yusuf)
    shown = client.get(f"/roadmaps/{roadmap.id}/actions").region("slot-part-list")
    for words in (
        "Dinas Sosial",
        "Perkumpulan Contoh Setara",
        "Belum ada kanal",
        "Petugas terlatih",
        "Waktu pelaksanaan belum lengkap",
    ):
        assert words in shown
    assert "Petugas belum dilatih" in client.get(f"/roadmaps/{roadmap.id}/problems").region("slot-part-list")
    for plural, words in (("modalities", "Belum ada modalitas."), ("sections", "Belum ada bab.")):
        assert words in client.get(f"/roadmaps/{roadmap.id}/{plural}").region("slot-part-list")


def test_there_is_no_part_but_the_four(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    sign_in(client, cast.rina)
    for plural in ("covers", "indicators", "people"):
        assert client.get(f"/roadmaps/{roadmap.id}/{plural}").status == 404
