"""Without a line: a form opened once is filled, reloaded, saved once when the line is back; and nobody else's to see."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Error, Locator, Page, Route, expect

from roadmap.extensions import db
from roadmap.history.models import Changeset
from roadmap.plan.models import Action
from roadmap.plan.operations import edit_item
from tests.browser import DESK, PHONE, Pages, barriers
from tests.cast import Cast, sign_in
from tests.desk.at_a_desk import become, signed_in
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient

pytestmark = pytest.mark.engines("sqlite")

# Whose kept forms hold this one; waits until somebody's do, or nobody's.
KEPT = """async ([path, isWanted]) => {
  for (let tries = 0; tries < 200; tries += 1) {
    let whose = '';
    for (const name of await caches.keys()) {
      if (name.startsWith('forms:') && await (await caches.open(name)).match(path)) whose = name.slice(6);
    }
    if (!!whose === isWanted) return whose;
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error('still ' + path + (isWanted ? ' is not kept' : ' is kept'));
}"""
NO_LINE = """async () => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await caches.match('/no-line', { ignoreSearch: true })) return;
    await new Promise((go) => setTimeout(go, 50));
  }
  throw new Error('still no page for when there is no line');
}"""
LOST = "net::ERR_", "Failed to fetch"


@pytest.fixture
def action(cast: Cast) -> Action:
    return an_action(cast, a_roadmap(cast), title="Kanal pengaduan", expected_result="Warga dapat mengadu.")


def _box(page: Page, name: str = "expected_result") -> Locator:
    return page.locator(f"#main [name={name}]")


def _state(page: Page, name: str) -> Locator:
    return page.locator(f"#main form [data-state={name}]")


def _open_once(page: Page, path: str) -> None:
    """Open a form and wait until the device has it."""
    page.goto(path)
    page.evaluate(KEPT, [path, True])
    page.evaluate(NO_LINE)


def _saves(app: Flask) -> int:
    with app.app_context():
        return db.session.query(Changeset).filter_by(verb="edit").count()


def test_a_form_opened_once_is_filled_reloaded_and_saved_once_when_the_line_is_back(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    for part in LOST:
        page_of.expect(part)
    path = f"/actions/{action.id}/edit"
    page = signed_in(page_of, client, cast.rina, PHONE)
    _open_once(page, path)
    before = _saves(app)
    page.context.set_offline(True)
    _box(page).press_sequentially("Di jalan. ")
    expect(_state(page, "device")).to_be_visible()
    page.reload()
    expect(page.locator("#kept-copy")).to_contain_text("ini salinan formulir dari 1 menit yang lalu")
    assert "Di jalan." in _box(page).input_value()
    _box(page).press_sequentially("Malam. ")
    expect(_state(page, "device")).to_be_visible()
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(_state(page, "waiting")).to_be_visible()
    expect(_state(page, "waiting").locator(".long")).to_be_visible()
    expect(page.locator("#late-waits")).to_contain_text("disimpan ke peta jalan begitu tersambung")
    expect(page.locator("#live")).to_contain_text("Belum terkirim")
    page.goto("/tasks")  # cannot be had, and says so
    expect(page.locator("h1")).to_have_text("Tidak ada sambungan")
    waiting = page.locator("#kept-forms li")
    expect(waiting).to_contain_text("Belum terkirim")
    assert barriers(page) == []
    waiting.get_by_role("link", name="Sunting rencana aksi: Kanal pengaduan", exact=True).click()
    expect(_state(page, "waiting")).to_be_visible()
    assert _saves(app) == before
    page.context.set_offline(False)
    expect(page.locator("#notice")).to_contain_text("Tersimpan di peta jalan")
    expect(page).to_have_url(f"{page_of.base_url}/actions/{action.id}")
    assert _saves(app) == before + 1


def test_what_waited_is_merged_and_where_two_wrote_the_same_both_texts_stand_whole(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    for part in LOST:
        page_of.expect(part)
    path = f"/actions/{action.id}/edit"
    page = signed_in(page_of, client, cast.rina, PHONE)
    _open_once(page, path)
    _wait_with(page, "Kanal pengaduan bagi semua warga.")
    _saves_meanwhile(app, cast, action, expected_result="Setiap pengaduan dijawab.")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto("/help")  # any page of the same person sends it
    expect(page.locator("#late-saved")).to_contain_text("sudah masuk ke peta jalan")
    page.locator("#late-saved").get_by_role("link", name="Lihat").click()
    expect(page.locator("#notice")).to_contain_text("Tersimpan, digabung dengan perubahan orang lain")
    expect(page.locator("#main")).to_contain_text("Kanal pengaduan bagi semua warga.")
    expect(page.locator("#main")).to_contain_text("Setiap pengaduan dijawab.")
    _open_once(page, path)
    _wait_with(page, "Kanal pengaduan bagi semua orang.")
    _saves_meanwhile(app, cast, action, title="Kanal pengaduan bagi anak.")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto("/help")
    expect(page.locator("#late-held")).to_contain_text("perlu Anda lihat dulu. Tulisan Anda utuh.")
    page.get_by_role("button", name="Lihat dan putuskan").click()
    expect(page.locator("h1", has_text="Satu isian diubah bersamaan")).to_be_visible()
    for words in ("Kanal pengaduan bagi semua orang.", "Kanal pengaduan bagi anak."):
        assert words in (page.locator("#main").text_content() or "")
    assert page.locator("#late-held, #late-saved").locator("visible=true").count() == 0


def test_an_answer_lost_after_the_commit_and_a_session_that_ended_cost_no_word_and_save_nothing_twice(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    for part in LOST:
        page_of.expect(part)
    path = f"/actions/{action.id}/edit"
    page = signed_in(page_of, client, cast.rina, DESK)
    _open_once(page, path)
    page.route(f"**{path}", _carried_out_and_cut)
    _box(page, "title").fill("Kanal bersama.")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Simpan", exact=True).click()
    page.unroute(f"**{path}")
    page.goto("/help")
    expect(page.locator("#late-saved")).to_be_visible()
    assert _saves(app) == 1
    _open_once(page, path)
    _wait_with(page, "Kanal bersama warga.")
    page_of.expect("EventSource's response")  # which is the sign-in page
    session = page.context.cookies()
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(_state(page, "ended")).to_be_visible()
    expect(page.locator("#live")).to_contain_text("Sesi berakhir")
    assert _box(page, "title").input_value() == "Kanal bersama warga."
    assert _saves(app) == 1
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    page.context.add_cookies(session)  # type: ignore[arg-type]
    page.goto("/help")
    expect(page.locator("#late-saved")).to_be_visible()
    assert _saves(app) == 2


def test_a_new_item_is_written_without_a_line_and_is_there_once(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    for part in LOST:
        page_of.expect(part)
    path = f"/roadmaps/{action.roadmap_id}/actions/new"
    page = signed_in(page_of, client, cast.rina, PHONE)
    _open_once(page, path)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#kept-copy")).to_be_visible()
    _wait_with(page, "Melatih petugas.")
    page.route(f"**{path}", _carried_out_and_cut)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/line?key=" in request.url else None)
    page.evaluate("addEventListener('submit', () => setTimeout(() => dispatchEvent(new Event('online'))))")
    with page.expect_event("requestfailed", lambda request: request.url.endswith(path)):
        page.context.set_offline(False)
    page.unroute(f"**{path}")
    assert (
        len(asked) == 1
    )  # while its answer is on the way: asking would take the place of the page that comes
    page.context.set_offline(True)
    page.goto("about:blank")
    page.goto(path)  # nobody knows yet whether it is in: it waits, and is not written on
    assert page.locator("#main [inert] [name=title]").input_value() == "Melatih petugas."
    page.context.set_offline(False)
    expect(page.locator("h1")).to_contain_text("Melatih petugas.")
    with app.app_context():
        assert db.session.query(Action).filter_by(title="Melatih petugas.").count() == 1


def test_what_is_kept_is_nobody_elses_and_gone_after_signing_out(
    app: Flask, cast: Cast, client: LookingClient, page_of: Pages, action: Action
) -> None:
    for part in LOST:
        page_of.expect(part)
    path = f"/actions/{action.id}/edit"
    page = signed_in(page_of, client, cast.rina, DESK)
    _open_once(page, path)
    page.context.set_offline(True)
    page.goto(f"/actions/{action.id}")  # of all pages only the form is kept
    expect(page.locator("h1")).to_have_text("Tidak ada sambungan")
    page.get_by_role("link", name="Sunting rencana aksi: Kanal pengaduan", exact=True).click()
    expect(page.locator("#kept-copy")).to_be_visible()
    page.go_back()
    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text("Kanal pengaduan")  # which comes by itself
    become(page, client, cast.dodi)
    page.goto("/help")
    page.evaluate(KEPT, [path, False])
    page.context.set_offline(True)
    page.goto(path)
    expect(page.locator("h1")).to_have_text("Tidak ada sambungan")
    assert page.locator("#main a:visible").all_inner_texts() == ["Coba lagi"]
    page.context.set_offline(False)
    expect(_box(page)).to_be_visible()
    _open_once(page, path)
    assert page.evaluate(KEPT, [path, True]) == cast.dodi.uid
    page.context.set_offline(True)
    page.get_by_text("Dodi Pranata").first.click()
    page.get_by_role("button", name="Keluar").first.click()
    expect(page.locator("#leaving-not")).to_be_focused()
    assert page.evaluate(KEPT, [path, True]) == cast.dodi.uid
    page.context.set_offline(False)
    page.get_by_text("Dodi Pranata").first.click()
    page.get_by_role("button", name="Keluar").first.click()
    expect(page.locator("#notice")).to_contain_text("Anda sudah keluar")
    page.context.set_offline(True)
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("localStorage.length") == 0
    with pytest.raises(Error):  # nothing at all is kept: the browser itself says so
        page.goto(path)


def test_the_server_names_the_forms_that_may_be_kept_for_whom_and_until_the_session_ends(
    cast: Cast, client: LookingClient, action: Action
) -> None:
    sign_in(client, cast.rina)
    path = f"/actions/{action.id}/edit"
    form = client.get(path)
    whose, seconds = form.headers["Keep-On-Device"].split()
    assert whose == cast.rina.uid
    assert 0 < int(seconds) <= 12 * 3600  # as long as a session that was not asked to stay
    for other in (f"/actions/{action.id}", f"{path}/title", "/tasks"):
        assert "Keep-On-Device" not in client.get(other).headers
    mended = client.submit(form, f"action-{action.id}-form", {"title": "x" * 50_000})
    assert mended.status == 422
    assert "Keep-On-Device" not in mended.headers


def test_before_it_sends_a_form_learns_whether_it_is_in_already_and_whose_it_would_be(
    cast: Cast, client: LookingClient, action: Action
) -> None:
    sign_in(client, cast.rina)
    page = client.get(f"/actions/{action.id}/edit")
    form = page.form(f"action-{action.id}-form")
    address = f"/working-copies/line?key={form.filled({})['act_key']}"
    assert client.get(address).json == {"person": cast.rina.uid, "saved": ""}
    client.submit(page, form, {"title": "Kanal bersama."})
    assert client.get(address).json == {"person": cast.rina.uid, "saved": f"/actions/{action.id}"}
    fresh = {"csrf_token": client.get(address).headers["X-CSRFToken"], "theme": "dark"}
    assert client.post("/theme", fresh).status == 303  # the token is one that forms are taken with
    other = client.another()
    sign_in(other, cast.dodi)
    assert other.get(address).json == {"person": cast.dodi.uid, "saved": ""}


def _wait_with(page: Page, title: str) -> None:
    """Write a title without a line, and press Save."""
    page.context.set_offline(True)
    _box(page, "title").fill(title)
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(_state(page, "waiting")).to_be_visible()


def _saves_meanwhile(app: Flask, cast: Cast, action: Action, **values: str) -> None:
    with app.app_context():
        now = db.session.get_one(Action, action.id).version
        edit_item(cast.dodi, "action", action.id, now, values)


def _carried_out_and_cut(route: Route) -> None:
    """Bring a form to the server, and let the answer go lost with all that it would have set."""
    asked = route.request
    if asked.method != "POST":
        route.continue_()
        return
    line = HTTPConnection(urlsplit(asked.url).netloc, timeout=10)
    line.request("POST", urlsplit(asked.url).path, asked.post_data_buffer, asked.all_headers())
    assert line.getresponse().status == 303
    line.close()
    route.abort()
