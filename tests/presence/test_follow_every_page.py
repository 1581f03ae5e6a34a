"""Every page of a roadmap on which others' changes show follows them, or says quietly that there are some."""

import json

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from roadmap.discussion.operations import About, open_thread
from roadmap.discussion.operations import reply as say_more
from roadmap.people.operations.sessions import begin_session
from roadmap.plan.operations import edit_item
from roadmap.presence.broker import Pulse
from roadmap.presence.stream import Known, Ticket, _after
from roadmap.work import unit_of_work
from tests.browser import Pages
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action, the_item
from tests.page import LookingClient
from tests.presence.at_hand import LIVE, Tab, place
from tests.presence.side_by_side import beside
from tests.queries import queries

SOON = 3_000
PATIENTLY = 8_000


def a_thread(cast: Cast, roadmap, action) -> int:
    with cast.app.app_context():
        about, words = About("action", action.uid), "Mohon juru bahasa isyarat."
        return open_thread(cast.yusuf, roadmap.id, about, words, nature="saran", visibility="tim_mentor").id


@pytest.mark.engines("sqlite")
def test_every_such_page_has_a_region_that_follows_or_tells(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    thread_id, root = a_thread(cast, roadmap, action), f"/roadmaps/{roadmap.id}"
    client.sign_in(cast.rina)
    found = {}
    for address in (
        root, f"{root}/actions", f"/{place(action)}", f"{root}/history", f"/{place(action)}/history",
        f"{root}/threads", f"/threads/{thread_id}", f"{root}/findings", f"{root}/guided/3",
        f"{root}/comparison?dari=0", f"{root}/removed", f"{root}/stages", f"{root}/grid",
    ):  # fmt: skip
        page = client.get(address)
        assert page.status == 200, f"{address} {page.status}"
        regions = page.all("[data-live-region]")
        assert all(one.id for one in regions), address
        found[address.replace(root, "")] = {one["data-live-region"] for one in regions}
    assert [name for name, ways in found.items() if ways == {"told"}] == [
        "/comparison?dari=0", "/removed", "/stages", "/grid",
    ]  # fmt: skip
    assert all(found.values())


@pytest.mark.engines("sqlite")
def test_older_pages_and_past_moments_stay_as_they_are(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap)
    client.sign_in(cast.rina)
    for address in ("history?sebelum=2", "comparison?dari=0&sampai=1", "as-of/2"):
        assert client.get(f"/roadmaps/{roadmap.id}/{address}").all("[data-live-region]") == []


def test_a_card_says_who_else_is_editing_it_and_no_card_asks_for_itself(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap)
    action, other = an_action(cast, roadmap, problems=[problem]), an_action(cast, roadmap, title="Lain")
    dodi = Tab(client, cast.dodi, roadmap)
    root = f"/roadmaps/{roadmap.id}"
    counts = []
    for edited in ([action], [action, other, problem]):
        for number, one in enumerate(edited):
            Tab(client, cast.rina, roadmap, f"t{number}").beat(one, editing=True)
        with queries(cast.app) as asked:
            page = dodi.client.get(root)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    for address in (root, f"{root}?view=tabel", f"{root}?view=kantor", f"{root}/actions"):
        chip = dodi.client.get(address).one(f'[data-editing="{place(action)}"]')
        assert chip.text == "Rina Wulandari sedang menyunting"
    assert page.one(f'[data-editing="{place(problem)}"]').text == "Rina Wulandari sedang menyunting"
    own = Tab(client, cast.rina, roadmap, "own").client.get(root)
    assert {chip.text for chip in own.all("[data-editing]")} == {""}


def test_who_asks_anew_is_told_the_words_of_each_card_and_of_ones_own_other_tab(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    rina, dodi = Tab(client, cast.rina, roadmap, "a1"), Tab(client, cast.dodi, roadmap)
    rina.beat(action, editing=True)

    def edits(tab: Tab) -> dict[str, str]:
        page = tab.client.get(f"{tab.root}/presence?tab={tab.name}", headers=LIVE)
        return dict(json.loads(page.region("presence")["data-edits"]))

    assert edits(dodi) == {place(action): "Rina Wulandari sedang menyunting"}
    assert edits(Tab(client, cast.rina, roadmap, "a2")) == {place(action): "Anda menyunting di tab lain"}
    rina.end()
    assert edits(dodi) == {}


def test_a_wake_asks_for_session_role_and_roadmap_once_and_for_news_only_where_there_are_any(
    cast: Cast, app: Flask
) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    with app.app_context(), unit_of_work():
        ticket = Ticket(begin_session(cast.dodi), roadmap.id)
    with queries(app) as asked:
        assert _after(app, ticket, Known(2, "0"), Pulse(2, "a1")) == (Known(2, "a1"), {"who": "a1"})
    assert len(selects(asked)) == 3
    with app.app_context():
        edit_item(cast.rina, "action", action.id, 1, {"title": "Melatih petugas"})
    with queries(app) as asked:
        after = _after(app, ticket, Known(2, "0"), Pulse(3, "0"))
    assert after == (Known(3, "0"), {"seq": 3, "items": [place(action)], "others": 1})
    first = len(selects(asked))
    with queries(app) as asked:
        _after(app, ticket, Known(2, "0"), Pulse(3, "0"))
    assert len(selects(asked)) == 4 < first, "what an act touched is read once for all"


def selects(asked: list[str]) -> list[str]:
    return [one for one in asked if one.startswith("SELECT")]


def opened(page: Page, address: str) -> Page:
    """Open an address and wait until it listens."""
    with page.expect_response(lambda answer: "/live?" in answer.url):
        page.goto(address)
    return page


@pytest.mark.engines("sqlite")
def test_pages_that_were_open_follow_while_somebody_types_in_them(
    cast: Cast, client: LookingClient, gunicorn, page_of: Pages
) -> None:
    roadmap = a_roadmap(cast)
    action, other = an_action(cast, roadmap), an_action(cast, roadmap, title="Melatih petugas loket")
    thread_id, root = a_thread(cast, roadmap, action), f"/roadmaps/{roadmap.id}"
    base = str(gunicorn(workers=1, threads=16, ROADMAP_STREAMS="10"))
    # A browser of its own for each: one alone keeps no more than six lines to a server.
    addresses = (f"{root}/history", f"{root}/comparison?dari=0", f"{root}/grid", root, f"/{place(action)}")
    story, compared, grid, overview, item = (
        opened(beside(page_of, client, cast.dodi, base), address) for address in addresses
    )
    item.get_by_role("link", name="Balas").click()
    reply = item.locator(f"#thread-{thread_id}-acts textarea")
    reply.fill("Sedang saya tul")
    reply.press("End")
    grid.locator(f"#f-c-{action.id}-lead").fill("Kantor yang saya ketik")

    Tab(client, cast.rina, roadmap).beat(other, editing=True)
    chip = overview.locator(f'[data-editing="{place(other)}"]')
    expect(chip).to_have_text("Rina Wulandari sedang menyunting", timeout=PATIENTLY)
    expect(chip).to_be_visible()

    with cast.app.app_context():
        say_more(cast.yusuf, thread_id, "Juga untuk rapat.")
        edit_item(cast.rina, "action", action.id, 1, {"status": "berjalan"})
        edit_item(cast.rina, "action", other.id, 1, {"status": "selesai"})
    # A new comment in an open thread, beside the reply that is being typed.
    expect(item.locator("article.thread")).to_contain_text("Juga untuk rapat.", timeout=SOON)
    item.keyboard.type("is.")
    assert reply.input_value() == "Sedang saya tulis."
    assert item.locator("#live").text_content() == ""
    expect(story.locator("#story")).to_contain_text("Melatih petugas loket", timeout=SOON)
    # Where somebody reads on, the page says so and waits.
    line = compared.locator("#live-line")
    expect(line).to_contain_text("Ada perubahan baru dari orang lain: 3", timeout=SOON)
    assert "Selesai" not in compared.locator("#compared").inner_text()
    line.get_by_role("button", name="Tampilkan").click()
    expect(compared.locator("#compared")).to_contain_text("Selesai", timeout=SOON)
    expect(line).to_be_hidden()
    # In the table the typed cell stays, the others take what was saved, and the row merges when it is saved.
    line = grid.locator("#live-line")
    expect(line).to_contain_text("Baris yang diubah orang lain: 2", timeout=SOON)
    line.get_by_role("button", name="Tampilkan").click()
    expect(grid.locator(f"#f-c-{other.id}-status")).to_have_value("selesai", timeout=SOON)
    assert grid.locator(f"#f-c-{action.id}-status").input_value() == "berjalan"
    assert grid.locator(f"#f-c-{action.id}-lead").input_value() == "Kantor yang saya ketik"
    expect(line).to_be_hidden()
    assert grid.locator(f'[name="base-{action.id}"]').input_value() == "2"
    with cast.app.app_context():
        assert the_item("action", action.id).lead is None
