"""An answer goes lost, and the writer goes on writing in the same form: what was added is no repetition."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import Route, expect

from roadmap.discussion.models import Comment
from roadmap.extensions import db
from roadmap.history.models import Changeset, KeptWords
from roadmap.people.writers import marks_of
from roadmap.plan.models import Action, Problem
from roadmap.plan.operations import edit_item
from tests.browser import PHONE, Pages
from tests.cast import Cast, sign_in
from tests.desk.at_a_desk import signed_in
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient, Page

BEFORE = "Petugas dapat menyapa."
FIRST = "Petugas dapat menyapa dengan isyarat."
MORE = "Petugas dapat menyapa dengan isyarat, juga di puskesmas."


@pytest.fixture
def action(cast: Cast) -> Action:
    return an_action(cast, a_roadmap(cast), title="Melatih petugas", expected_result=BEFORE, area="Kota.")


@pytest.fixture
def form(client: LookingClient, cast: Cast, action: Action) -> Page:
    sign_in(client, cast.rina)
    return client.get(f"/actions/{action.id}/edit")


def _send(client: LookingClient, form: Page, words: str, **more: str) -> Page:
    """Send the form that stands open, whatever came of it before."""
    return client.submit(form, "action-1-form", {"expected_result": words} | more, follow=False)


def _result(cast: Cast, action: Action) -> str:
    with cast.app.app_context():
        return str(db.session.get_one(Action, action.id).expected_result)


def _saves(cast: Cast) -> int:
    with cast.app.app_context():
        return db.session.query(Changeset).filter(Changeset.verb.in_(("edit", "merge"))).count()


def test_what_was_added_goes_in_upon_what_went_in_before_and_nobody_asks_about_ones_own_two_texts(
    client, cast, action, form
):
    _send(client, form, FIRST)
    for _press in range(2):
        assert _send(client, form, MORE).status == 303
    assert (_result(cast, action), _saves(cast)) == (MORE, 2)


def test_going_back_to_the_words_of_before_is_no_repetition_either(client, cast, action, form):
    _send(client, form, MORE)
    assert _send(client, form, BEFORE).status == 303
    assert (_result(cast, action), _saves(cast)) == (BEFORE, 2)


def test_what_somebody_saved_after_the_first_press_is_merged(client, cast, action, form):
    _send(client, form, FIRST)
    with cast.app.app_context():
        edit_item(cast.dodi, "action", action.id, 2, {"expected_result": f"{FIRST} Warga tahu."})
    assert _send(client, form, MORE).status == 303
    assert _result(cast, action) == f"{MORE} Warga tahu."


def test_where_the_first_press_was_merged_the_writer_may_be_asked_and_both_texts_are_whole(
    client, cast, action, form
):
    with cast.app.app_context():
        edit_item(cast.dodi, "action", action.id, 1, {"expected_result": f"{BEFORE} Warga tahu."})
    _send(client, form, FIRST)
    page = _send(client, form, MORE)
    assert page.status == 409
    assert MORE in page.text
    assert f"{FIRST} Warga tahu." in page.text
    with cast.app.app_context():
        assert db.session.query(KeptWords).filter_by(settled_at=None).one().values["expected_result"] == MORE


def test_a_script_that_gave_the_form_another_key_names_the_one_before(client, cast, action, form):
    _send(client, form, FIRST)
    sent = form.form("action-1-form").fields
    renewed = sent | {"act_key": f"x{sent['act_key']}", "follows": sent["act_key"], "expected_result": MORE}
    assert client.post(form.path, renewed).status == 303
    assert _result(cast, action) == MORE


def test_the_key_of_another_persons_form_names_nothing(client, cast, action, form):
    _send(client, form, FIRST)
    key = form.form("action-1-form").fields["act_key"]
    dodi = client.another()
    sign_in(dodi, cast.dodi)
    page = dodi.get(f"/actions/{action.id}/edit/expected_result")
    own = page.form(f"action-{action.id}-expected_result-form").fields
    sent = own | {"expected_result": "Milik Dodi.", "base_version": "1", "follows": key}
    assert dodi.post(page.path, sent).status == 409
    assert _result(cast, action) == FIRST


def test_a_comment_that_was_sent_and_written_on_waits_and_is_changed_in_one_step(client, cast, action):
    sign_in(client, cast.yusuf)
    form = client.get(f"/roadmaps/{action.roadmap_id}/threads/new?tentang=action:{action.uid}")
    client.submit(form, "new-thread-form", {"body": "Siapa yang dilatih?"}, follow=False)
    page = client.submit(form, "new-thread-form", {"body": "Siapa yang dilatih? Dan di mana?"})
    assert page.status == 409
    assert page.heading == "Perubahan terakhir Anda belum masuk"
    assert "Tulisan Anda aman" in page.text
    assert "Siapa yang dilatih?" in client.follow(page, "Lihat yang sudah masuk").text
    with cast.app.app_context():
        assert db.session.query(Comment).one().body == "Siapa yang dilatih?"
        kept = db.session.query(KeptWords).one()
        assert (kept.cause, kept.values["body"]) == ("again", "Siapa yang dilatih? Dan di mana?")
    again = client.follow(
        client.follow(page, "Buka tulisan yang disimpan"), "Pakai lagi Percakapan tentang Melatih petugas"
    )
    assert again.heading == "Sunting komentar Anda"
    client.submit(again, "/edit")
    with cast.app.app_context():
        assert db.session.query(Comment).one().body == "Siapa yang dilatih? Dan di mana?"
        assert db.session.query(KeptWords).filter_by(settled_at=None).count() == 0


def test_something_new_that_was_written_on_waits_and_is_not_there_twice(client, cast, action):
    sign_in(client, cast.rina)
    form = client.get(f"/roadmaps/{action.roadmap_id}/problems/new")
    first = client.submit(form, "new-problem", {"title": "Tidak ada juru bahasa"}, follow=False)
    page = client.submit(form, "new-problem", {"title": "Tidak ada juru bahasa isyarat"})
    assert page.status == 409
    assert client.follow(page, "Lihat yang sudah masuk").path == first.location
    with cast.app.app_context():
        added_id = db.session.query(Problem).one().id
        assert db.session.query(KeptWords).one().values["title"] == "Tidak ada juru bahasa isyarat"
        edit_item(cast.dodi, "problem", added_id, 1, {"area": "Dua kecamatan"})
    again = client.follow(
        client.follow(page, "Buka tulisan yang disimpan"), "Pakai lagi Tidak ada juru bahasa"
    )
    assert "digabung dengan perubahan orang lain" in client.submit(again, f"problem-{added_id}-form").text
    with cast.app.app_context():
        added = db.session.query(Problem).one()
        assert (added.title, added.area) == ("Tidak ada juru bahasa isyarat", "Dua kecamatan")
        assert db.session.query(KeptWords).filter_by(settled_at=None).count() == 0


def test_with_htmx_the_form_stands_and_the_answer_leads_to_the_words_that_were_kept(client, cast, action):
    sign_in(client, cast.yusuf)
    form = client.get(f"/roadmaps/{action.roadmap_id}/threads/new?tentang=action:{action.uid}")
    client.submit(form, "new-thread-form", {"body": "Siapa yang dilatih?"}, follow=False)
    page = client.submit(form, "new-thread-form", {"body": "Siapa? Di mana?"}, htmx="x")
    with cast.app.app_context():
        uid = db.session.query(KeptWords).one().uid
    assert (page.status, page.headers["HX-Reswap"]) == (409, "none")
    assert page.one("a").tag["href"] == f"/kept-words/{uid}"


def test_a_reason_that_was_added_after_a_press_without_one_waits(client, cast, action):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/removal")
    client.submit(form, "removal", follow=False)
    assert client.submit(form, "removal", {"reason": "Sudah digabung dengan kegiatan lain."}).status == 409
    with cast.app.app_context():
        assert db.session.query(KeptWords).one().values == {"reason": "Sudah digabung dengan kegiatan lain."}


def test_how_a_browser_breaks_lines_makes_no_other_words(client, cast, action, form):
    _send(client, form, "Satu.\nDua.")
    _send(client, form, "Satu.\r\nDua. ")
    assert _saves(cast) == 1


def test_a_password_leaves_no_mark_and_words_leave_none_that_can_be_tried_out(app):
    with app.app_context():
        assert (
            marks_of([("password", "rahasia"), ("old_password", "dulu"), ("csrf_token", "x")]) == frozenset()
        )
        before = marks_of([("note", "Setuju.")])
        app.secret_key = "another-" * 8
        assert marks_of([("note", "Setuju.")]).isdisjoint(before)


# --- in a browser


@pytest.mark.engines("sqlite")
def test_in_a_browser_the_words_go_on_in_the_form_that_stands_there(
    cast: Cast, client: LookingClient, action: Action, page_of: Pages
) -> None:
    for part in ("net::ERR_", "Failed to fetch", "409"):
        page_of.expect(part)
    tab = signed_in(page_of, client, cast.rina, PHONE, service_workers="block")
    path = f"/actions/{action.id}/edit/expected_result"
    tab.goto(path)
    box = tab.locator("#main [name=expected_result]")
    box.fill(FIRST)
    _press_and_lose_the_answer(tab, path, "Simpan")
    box.fill(MORE)
    tab.get_by_role("button", name="Simpan", exact=True).click()
    expect(tab.locator("#notice")).to_contain_text("Tersimpan")
    assert (_result(cast, action), _saves(cast)) == (MORE, 2)

    tab.goto(f"/actions/{action.id}")
    tab.get_by_role("link", name="Tulis komentar", exact=True).click()
    body = tab.locator("#new-thread-form [name=body]")
    body.fill("Siapa yang dilatih?")
    _press_and_lose_the_answer(tab, "/threads/new?*", "Kirim")
    body.fill("Siapa yang dilatih? Dan di mana?")
    send = tab.locator("#new-thread-form").get_by_role("button", name="Kirim")
    send.click()
    told = tab.locator("#new-thread-form .told-here")
    expect(told).to_contain_text("sudah masuk sekali")
    expect(told).to_be_in_viewport()
    assert _comments(cast) == ["Siapa yang dilatih?"]
    told.get_by_role("link", name="Buka tulisan yang disimpan").click()
    tab.get_by_role("link", name="Pakai lagi").click()
    tab.get_by_role("button", name="Simpan").click()
    expect(tab.locator("#main")).to_contain_text("Dan di mana?")
    assert _comments(cast) == ["Siapa yang dilatih? Dan di mana?"]
    with cast.app.app_context():
        assert db.session.query(KeptWords).filter_by(settled_at=None).count() == 0


def _press_and_lose_the_answer(tab: Tab, path: str, button: str) -> None:
    """Bring the form to the server, and let the answer go lost with all that it would have set."""

    def carry_out_and_cut(route: Route) -> None:
        asked = route.request
        if asked.method != "POST":
            route.continue_()
            return
        line = HTTPConnection(urlsplit(asked.url).netloc, timeout=10)
        line.request("POST", urlsplit(asked.url).path, asked.post_data_buffer, asked.all_headers())
        assert line.getresponse().status in {200, 303}
        line.close()
        route.abort()

    tab.route(f"**{path}", carry_out_and_cut)
    with tab.expect_event("requestfailed", lambda asked: asked.method == "POST"):
        tab.get_by_role("button", name=button, exact=True).click()
    tab.unroute(f"**{path}")


def _comments(cast: Cast) -> list[str]:
    with cast.app.app_context():
        return [comment.body for comment in db.session.query(Comment)]
