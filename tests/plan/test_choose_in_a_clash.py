"""Two people in one field: the page on which the second one reads both, and chooses without losing a word."""

import pytest
from playwright.sync_api import expect

from roadmap.extensions import db
from roadmap.history.models import KeptWords, Roadmap
from roadmap.history.queries import revisions_of
from roadmap.people.roles import Stage
from roadmap.plan.operations import edit_item
from roadmap.work import unit_of_work
from tests.browser import PHONE
from tests.cast import sign_in
from tests.desk.at_a_desk import signed_in
from tests.factories import a_roadmap, an_action, the_item

FIRST = "Loket dibuka setiap hari kerja."
PARTS = [f"Bagian {number} tetap seperti semula." for number in range(1, 13)]
BASE = " ".join([FIRST, *PARTS, "Petugas dapat menyapa."])
THEIRS = " ".join(["Loket dibuka setiap hari.", *PARTS, "Petugas dapat berisyarat."])
MINE = " ".join([FIRST, *PARTS, "Petugas dapat menolong.", "Pengaduan dijawab."])


@pytest.fixture
def action(cast):
    return an_action(cast, a_roadmap(cast), title="Kanal", expected_result=BASE, budget={"2026 apbd": 5})


def _clash(client, app, cast, action, mine, **theirs):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, 1, theirs)
    page = client.submit(form, f"action-{action.id}-form", mine)
    assert page.status == 409
    return page


def _choose(client, page, action, **answers):
    typed = {name.replace("__", "-"): value for name, value in answers.items()}
    return client.submit(page, f"action-{action.id}-conflict-form", typed, follow=True)


def _words(app, cast, action):
    """Every text of the field that stands in the plan, in the history, or among the person's own kept words."""
    with app.app_context():
        item = the_item("action", action.id)
        kept = db.session.query(KeptWords).filter(KeptWords.person_id == cast.rina.id)
        return [
            item.expected_result,
            *(one.snapshot["expected_result"] for one in revisions_of(item)),
            *(one.values.get("expected_result") for one in kept),
        ]


CHOICES = {
    "mine": "Loket dibuka setiap hari. " + " ".join(PARTS) + " Petugas dapat menolong. Pengaduan dijawab.",
    "theirs": THEIRS,
    "both": "Loket dibuka setiap hari. "
    + " ".join(PARTS)
    + " Petugas dapat berisyarat. Petugas dapat menolong. Pengaduan dijawab.",
    "own": "Petugas menolong dengan isyarat.",
}


@pytest.mark.parametrize("choice", CHOICES)
def test_whatever_is_chosen_every_text_stays_and_what_did_not_clash_is_merged(
    client, app, cast, action, choice
):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    typed = {"own-expected_result": CHOICES["own"]} if choice == "own" else {}
    done = client.submit(
        page,
        f"action-{action.id}-conflict-form",
        {"choice-expected_result": choice, **typed},
        follow=True,
    )
    assert done.status == 200
    words = _words(app, cast, action)
    assert words[0] == CHOICES[choice]
    assert {BASE, THEIRS, MINE} <= set(words)


def test_the_page_opens_only_what_clashes_and_says_in_words_what_each_changed(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    form = page.form(f"action-{action.id}-conflict-form")
    theirs, mine = page.one(".version:has([value=theirs])"), page.one(".version:has([value=mine])")
    assert "dihapus: menyapa. selesai. ditambah: berisyarat. selesai." in theirs.text
    assert "ditambah: menolong." in mine.text
    assert "13 kalimat tetap" in mine.all(".words")[0].text
    assert "Bagian 5" not in mine.all(".words")[0].text
    whole = page.one("fieldset details").text
    assert "Sebelum diubah berdua" in whole
    assert all(text in whole for text in (BASE, MINE, THEIRS)), "the whole of each is there, unmarked"
    assert "Bagian lain dari isian ini sudah digabung" in page.text
    assert form.fields["own-expected_result"] == CHOICES["both"]
    assert "choice-expected_result" not in form.fields


def test_without_a_choice_nothing_is_saved_and_the_page_says_what_to_do(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    undecided = _choose(client, page, action)
    assert undecided.status == 422
    assert "Pilih tulisan yang dipakai untuk Hasil yang ingin dicapai." in undecided.region("error-summary")
    assert "Pilih dulu tulisan yang dipakai." in undecided.region("error-summary")
    assert "perlu diperbaiki" not in undecided.text
    assert undecided.link("Tulisan yang belum masuk") == "/kept-words"
    assert undecided.heading == "Satu isian diubah bersamaan"
    done = _choose(client, undecided, action, choice__expected_result="both")
    assert done.status == 200
    assert _words(app, cast, action)[0] == CHOICES["both"]


def test_words_written_on_the_page_are_taken_where_nothing_else_was_chosen(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    done = _choose(client, page, action, own__expected_result="Ditulis bersama.")
    assert done.status == 200
    assert _words(app, cast, action)[0] == "Ditulis bersama."
    with app.app_context():
        assert db.session.query(KeptWords).filter(KeptWords.settled_at.is_(None)).count() == 0


def test_words_written_beside_another_choice_are_kept_for_their_writer(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    done = _choose(
        client, page, action, choice__expected_result="theirs", own__expected_result="Ditulis bersama."
    )
    assert "Tulisan Anda yang tidak dipakai tetap disimpan untuk Anda." in done.text
    assert MINE in client.get(done.link("Tulisan Anda tadi")).text
    assert "Ditulis bersama." in client.get(done.link("Gabungan yang Anda tulis")).text
    words = _words(app, cast, action)
    assert words[0] == THEIRS
    assert "Ditulis bersama." in words
    assert "Ditulis bersama." in client.get("/kept-words").text


def test_words_written_on_the_page_are_kept_when_they_may_not_be_saved_any_more(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    with app.app_context(), unit_of_work():
        db.session.get_one(Roadmap, action.roadmap_id).stage = Stage.FINISHED
    refused = _choose(client, page, action, own__expected_result="Ditulis bersama.")
    assert refused.status == 409
    kept = client.get("/kept-words").text
    assert "gabungan yang Anda tulis: Ditulis bersama." in kept
    assert "expected_result" not in kept


def test_a_text_too_long_comes_back_whole_with_how_much_is_too_much(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    long = "panjang " * 2_500 + "akhir"
    back = _choose(client, page, action, own__expected_result=long)
    assert back.status == 422
    assert "1 isian perlu diperbaiki" in back.region("error-summary")
    assert "20.005 huruf, lebih 5 dari batas 20.000" in back.text
    assert back.form(f"action-{action.id}-conflict-form").fields["own-expected_result"] == long
    with app.app_context():
        waiting = db.session.query(KeptWords).filter(KeptWords.settled_at.is_(None))
        assert long in [one.values["expected_result"] for one in waiting]


def test_a_second_overtaking_shows_the_newest_and_leaves_the_answers_filled_in(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    newest = THEIRS.replace("berisyarat", "membaca huruf timbul")
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, 2, {"expected_result": newest, "area": "Kota"})
    again = _choose(client, page, action, own__expected_result="Ditulis bersama.")
    assert again.status == 409
    assert "Dodi Pranata juga baru menyimpan" in again.text
    assert newest in again.text
    assert MINE in again.text
    form = again.form(f"action-{action.id}-conflict-form")
    assert (form.fields["choice-expected_result"], form.fields["own-expected_result"]) == (
        "own",
        "Ditulis bersama.",
    )
    _choose(client, again, action)
    words = _words(app, cast, action)
    assert words[0] == "Ditulis bersama."
    assert {BASE, THEIRS, newest, MINE} <= set(words)
    with app.app_context():
        assert the_item("action", action.id).area == "Kota"


def test_a_sum_of_money_and_a_month_are_shown_as_what_they_were_and_what_each_made_of_them(
    client, app, cast, action
):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    with app.app_context():
        edit_item(
            cast.dodi,
            "action",
            action.id,
            1,
            {"budget": {"2026 apbd": 7_000_000, "2027 apbd": 9}, "starts_on": "2026-03-01"},
        )
    mine = {"budget-0-amount": "8.000.000", "starts_on-month": "4", "starts_on-year": "2026"}
    page = client.submit(form, f"action-{action.id}-form", mine)
    assert page.status == 409
    money = next(one for one in page.all("fieldset") if "Anggaran" in one.all("legend")[0].text)
    shown = [one.text for one in money.all(".version")]
    assert "Rp8.000.000" in shown[0]
    assert "Rp7.000.000" in shown[1]
    assert "2027" not in shown[0] + shown[1], "what did not clash is not asked about"
    assert "2027" in money.text
    assert "April 2026" in page.text
    assert not page.has("textarea[name=own-budget]")
    _choose(client, page, action, choice__budget="mine", choice__starts_on="theirs")
    with app.app_context():
        item = the_item("action", action.id)
        assert item.budget == {"2026 apbd": 8_000_000, "2027 apbd": 9}
        assert item.starts_on.isoformat() == "2026-03-01"


def _unused(client):
    page = client.get("/kept-words")
    return page.one("#unused").text if page.has("#unused") else ""


def test_who_chose_the_others_text_reads_so_and_finds_their_own_again_without_a_task_of_it(
    client, app, cast, action
):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    done = _choose(client, page, action, choice__expected_result="theirs")
    notice = done.region("notice")
    assert "Tulisan Dodi Pranata yang dipakai. Tulisan Anda yang tidak dipakai tetap disimpan" in notice
    assert "Tidak ada yang berubah" not in done.text
    assert "Tidak jadi dipakai (1)" in _unused(client)
    assert "Kanal" in _unused(client)
    assert "sesaat lalu" in _unused(client)
    kept = client.get("/kept-words")
    assert "Buka tulisan" not in client.get("/tasks").text
    assert MINE in client.get(kept.link("Unduh semuanya sebagai teks")).body.decode()
    opened = client.get(kept.one("#unused .rows a").tag["href"])
    assert opened.heading == "Tulisan yang tidak jadi dipakai"
    assert MINE in opened.text
    assert "Disimpan tanpa batas waktu." in opened.text


def test_unused_words_leave_their_list_when_they_are_saved_after_all(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    done = _choose(client, page, action, choice__expected_result="theirs")
    form = client.follow(client.get(done.link("Tulisan Anda tadi")), "Pakai lagi Kanal")
    assert form.form(f"action-{action.id}-form").fields["expected_result"] == MINE
    client.submit(form, f"action-{action.id}-form", {})
    assert _words(app, cast, action)[0] == MINE
    assert _unused(client) == ""


def test_unused_words_leave_their_list_when_their_writer_needs_them_no_more(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    done = _choose(client, page, action, choice__expected_result="theirs")
    link = done.link("Tulisan Anda tadi")
    settled = client.submit(client.get(link), f"{link}/settlement", {})
    assert not settled.has("#unused")
    assert MINE in client.get(link).text


def test_both_the_typed_text_and_the_one_written_beside_a_choice_are_found_again(client, app, cast, action):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    _choose(client, page, action, choice__expected_result="theirs", own__expected_result="Ditulis bersama.")
    assert "Tidak jadi dipakai (2)" in _unused(client)
    assert "Ditulis bersama." in _unused(client)
    assert "Buka tulisan" not in client.get("/tasks").text


@pytest.mark.parametrize("choice", ["mine", "both"])
def test_words_that_went_in_are_not_listed_as_unused(client, app, cast, action, choice):
    page = _clash(client, app, cast, action, {"expected_result": MINE}, expected_result=THEIRS)
    _choose(client, page, action, choice__expected_result=choice)
    assert _unused(client) == ""


def test_who_overtakes_themselves_reads_of_their_other_tab_and_of_nobody_else(client, app, cast, action):
    sign_in(client, cast.rina)
    form = client.get(f"/actions/{action.id}/edit")
    with app.app_context():
        edit_item(cast.rina, "action", action.id, 1, {"expected_result": THEIRS})
    page = client.submit(form, f"action-{action.id}-form", {"expected_result": MINE})
    assert page.heading == "Isian ini juga Anda ubah di tab lain"
    assert "berdua" not in page.text
    assert "bersamaan" not in page.text
    done = _choose(client, page, action, choice__expected_result="theirs")
    assert "Tulisan Anda yang tersimpan lebih dulu yang dipakai." in done.region("notice")


@pytest.mark.engines("sqlite")  # a browser's own
@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_whoever_goes_back_from_the_page_and_saves_again_is_asked_again(  # noqa: PLR0917 - fixtures
    app, cast, client, page_of, action, js
):
    page = signed_in(page_of, client, cast.rina, PHONE, js=js)
    page.goto(f"/actions/{action.id}/edit")
    page.locator("#main textarea[name=title]").fill("Kanal untuk semua")
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, 1, {"title": "Kanal desa"})
    for _press in range(2):
        page.get_by_role("button", name="Simpan", exact=True).click()
        expect(page.locator(".conflict")).to_contain_text("Kanal desa")
        page.go_back()
        assert page.locator("#main textarea[name=title]").input_value() == "Kanal untuk semua"
    page.reload()
    page.locator("#main textarea[name=title]").fill("")
    page.goto(f"/actions/{action.id}/edit")
    assert page.locator("#main textarea[name=title]").input_value() == "Kanal desa"
    page.locator("#main textarea[name=title]").fill("Kanal desa dan kota")
    with app.app_context():
        edit_item(cast.dodi, "action", action.id, 2, {"title": "Kanal kota"})
    page.get_by_role("button", name="Simpan", exact=True).press("Enter")
    _write_ones_own_by_keyboard(page, "Kanal di mana saja")
    expect(page.locator("#notice")).to_contain_text("Tersimpan di peta jalan")
    page.get_by_role("link", name="Tulisan Anda tadi").press("Enter")
    expect(page.locator("h1")).to_have_text("Tulisan yang tidak jadi dipakai")
    expect(page.locator("#main")).to_contain_text("Kanal desa dan kota")


def _write_ones_own_by_keyboard(page, words):
    page.locator("#f-choice-title-mine").focus()
    box = page.locator("textarea[name=own-title]")
    expect(box).to_be_hidden()
    for key in ("ArrowDown", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    expect(box).to_be_focused()
    box.press("Control+a")
    page.keyboard.insert_text(words)
    page.get_by_role("button", name="Simpan pilihan").press("Enter")


def test_whoever_decides_later_finds_every_field_they_typed_and_is_asked_before_the_others_words_go(
    client, app, cast, action
):
    _clash(client, app, cast, action, {"title": "Kanal warga", "area": "Semua desa"}, title="Kanal kota")
    box = client.get("/kept-words")
    form = client.follow(box, "Pakai lagi Kanal kota")
    shown = form.form(f"action-{action.id}-form").fields
    assert (shown["title"], shown["area"]) == ("Kanal warga", "Semua desa")
    page = client.submit(form, f"action-{action.id}-form", {})
    assert page.status == 409
    assert "Kanal kota" in page.text
    _choose(client, page, action, choice__title="mine")
    with app.app_context():
        item = the_item("action", action.id)
        assert (item.title, item.area) == ("Kanal warga", "Semua desa")
