"""Talking on the pages: what a person writes, who reads it, what stands there afterwards. No script is needed."""

import pytest

from roadmap.discussion import operations as verbs
from roadmap.discussion.models import Comment
from roadmap.discussion.rules import About
from roadmap.extensions import db
from roadmap.history.models import KeptWords, Roadmap
from roadmap.people.models import Person
from roadmap.people.operations import end_sessions_of
from roadmap.plan import operations as plan_verbs
from roadmap.work import unit_of_work
from tests.cast import PASSWORD, Cast, sign_in
from tests.factories import a_problem, a_roadmap, an_action
from tests.page import LookingClient, Page
from tests.queries import queries

# What these look at is the page, and it is the same on both; the verbs behind it are tested on both.
PAGES = pytest.mark.engines("sqlite")


@pytest.fixture
def action(cast):
    roadmap = a_roadmap(cast)
    return an_action(
        cast,
        roadmap,
        title="Melatih petugas",
        expected_result="Petugas dapat menyapa.",
        lead=cast.dinsos,
    )


def open_as(client: LookingClient, person, address: str, **more) -> Page:
    sign_in(client, person)
    return client.get(address, **more)


def new_thread(client, person, action, field="", **more) -> Page:
    address = f"/roadmaps/{action.roadmap_id}/threads/new?tentang=action:{action.uid}&isian={field}"
    return open_as(client, person, address, **more)


def say(cast: Cast, by, action, body="Apakah ada juru bahasa isyarat?", **how) -> tuple[int, int]:
    """Open a thread through the verb; give its number and that of its first comment."""
    how = {"nature": "pertanyaan", "visibility": "tim_mentor"} | how
    about = how.pop("about", None) or About("action", action.uid, how.pop("field", ""))
    with cast.app.app_context():
        thread = verbs.open_thread(by, action.roadmap_id, about, body, **how)
        first = db.session.query(Comment).filter_by(thread=thread.uid).one()
        return thread.id, first.id


def answer(cast: Cast, by, thread_id: int, body: str, **how) -> int:
    with cast.app.app_context():
        return verbs.reply(by, thread_id, body, **how).id


# --- writing


def test_yusuf_asks_on_an_action_and_is_told_who_reads_it(client, cast, action):
    page = open_as(client, cast.yusuf, f"/actions/{action.id}")
    assert "Belum ada percakapan. Tanyakan atau sarankan sesuatu." in page.region("slot-threads")
    form = client.follow(page.region("slot-threads"), "Tulis komentar")
    assert "Dibaca: tim penyusun dan mentor" in form.region("new-thread")
    page = client.submit(
        form, "new-thread-form", {"body": "Apakah ada juru bahasa isyarat?", "wants_answer": "1"}
    )
    assert page.title.startswith("Terkirim:")
    assert "Terkirim. Dibaca: tim penyusun dan mentor." in page.region("notice")
    thread = page.one(".thread")
    assert thread.one("h3").text == "Pertanyaan dari Yusuf Tanoto, Perkumpulan Contoh Setara"
    assert "Menunggu jawaban" in thread
    assert "Apakah ada juru bahasa isyarat?" in thread
    assert "(1, 1 menunggu jawaban)" in page.region("threads")
    assert page.region("slot-talk-tab").text == "1 menunggu jawaban"


@PAGES
def test_sending_leads_to_the_heading_of_what_was_sent(client, cast, action):
    form = new_thread(client, cast.yusuf, action)
    answer_ = client.submit(form, "new-thread-form", {"body": "Usul saya begini."}, follow=False)
    assert answer_.status == 303
    assert answer_.location == f"/actions/{action.id}#thread-1-heading"
    page = client.get(f"/actions/{action.id}")
    assert page.region("thread-1-heading").text == "Saran dari Yusuf Tanoto, Perkumpulan Contoh Setara"


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("yusuf", {"oms_mentor", "tim", "tim_mentor", "publik"}),
        ("maria", {"oms_mentor", "tim_mentor", "publik"}),
        ("rina", {"tim", "tim_mentor", "publik"}),
        ("oki", {"tim", "tim_mentor", "publik"}),
        ("vera", {"tim_mentor", "publik"}),
        ("wali", {"tim_mentor", "publik"}),
        ("sari", {"tim_mentor", "publik"}),
    ],
)
@pytest.mark.engines("sqlite")
def test_each_is_offered_the_levels_they_read_themselves(client, cast, action, name, levels):
    form = new_thread(client, getattr(cast, name), action).form("new-thread-form")
    assert set(form.choices("visibility")) == levels
    assert form.fields["visibility"] == "tim_mentor"


def test_whom_one_tells_must_read_it_and_the_form_comes_back_with_every_word(client, cast, action, app):
    form = new_thread(client, cast.yusuf, action)
    changes = {
        "body": "Hanya untuk mentor.",
        "visibility": "oms_mentor",
        "nature": "catatan_hukum",
        "place": "area",
        "notified": [cast.rina.uid, cast.maria.uid],
    }
    page = client.submit(form, "new-thread-form", changes)
    assert page.status == 422
    assert page.title.startswith("Perlu diperbaiki:")
    assert "Rina Wulandari tidak membaca percakapan dengan pilihan ini." in page.region("error-summary")
    again = page.form("new-thread-form")
    assert again.fields["body"] == "Hanya untuk mentor."
    assert again.fields["visibility"] == "oms_mentor"
    assert (again.fields["nature"], again.fields["place"]) == ("catatan_hukum", "area")
    assert again.fields["notified"] == cast.maria.uid
    with app.app_context():
        kept = db.session.query(KeptWords).one()
        assert kept.values["body"] == "Hanya untuk mentor."
        assert kept.settled_at is None
    page = client.submit(page, "new-thread-form", {})
    assert "Terkirim. Dibaca: mitra OMS dan mentor saja." in page.region("notice")
    with app.app_context():
        assert db.session.query(KeptWords).one().settled_at is not None
    assert "Hanya untuk mentor." not in open_as(client, cast.rina, f"/actions/{action.id}")
    assert "Hanya untuk mentor." in open_as(client, cast.maria, f"/actions/{action.id}")


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"body": "  \n "}, "Tulis komentarnya dulu."), ({"body": "a" * 10_001}, "Terlalu panjang")],
)
@PAGES
def test_what_cannot_be_sent_says_what_to_do(client, cast, action, changes, told):
    page = client.submit(new_thread(client, cast.yusuf, action), "new-thread-form", changes)
    assert page.status == 422
    assert told in page.region("error-summary")
    assert page.form("new-thread-form").fields["body"].strip() == changes["body"].strip()


def test_a_comment_on_a_field_stands_with_the_field(client, cast, action):
    page = open_as(client, cast.yusuf, f"/actions/{action.id}")
    row = page.region(f"action-{action.id}-expected_result")
    form = client.follow(row, "Komentari Hasil yang ingin dicapai")
    assert form.form("new-thread-form").fields["place"] == "expected_result"
    page = client.submit(form, "new-thread-form", {"body": "Menyapa siapa?"})
    row = page.region(f"action-{action.id}-expected_result")
    found = client.follow(row, "1 komentar: Hasil yang ingin dicapai")
    assert "Menyapa siapa?" in found.region("talk-list")
    other = page.region(f"action-{action.id}-title")
    assert not [words for words in other.links if "1 komentar" in words]


@PAGES
def test_a_key_pressed_twice_says_it_once(client, cast, action):
    form = new_thread(client, cast.yusuf, action)
    for _press in range(2):
        page = client.submit(form, "new-thread-form", {"body": "Sekali saja."})
    assert len(page.all(".thread")) == 1


@PAGES
def test_words_that_were_kept_fill_the_form_again(client, cast, action, app):
    form = new_thread(client, cast.yusuf, action)
    client.submit(form, "new-thread-form", {"body": "a" * 10_001, "place": "area"})
    with app.app_context():
        kept_uid = db.session.query(KeptWords).one().uid
    again = client.get(f"/roadmaps/{action.roadmap_id}/threads/new?kept={kept_uid}").form("new-thread-form")
    assert again.fields["body"] == "a" * 10_001
    assert again.fields["place"] == "area"
    assert again.fields["tentang"] == f"action:{action.uid}"


# --- in a thread


@PAGES
def test_rina_replies_and_lands_at_her_reply(client, cast, action):
    thread_id, _first = say(cast, cast.yusuf, action)
    page = open_as(client, cast.rina, f"/threads/{thread_id}")
    assert page.heading == "Pertanyaan dari Yusuf Tanoto, Perkumpulan Contoh Setara"
    sent = client.submit(page, f"thread-{thread_id}-reply", {"body": "Ada dua."}, follow=False)
    assert sent.location == f"/threads/{thread_id}#comment-2-heading"
    page = client.get(sent.location)
    assert page.region("comment-2-heading").text == "Rina Wulandari, Bappeda"
    assert "Ada dua." in page.region("comment-2-card")


def test_a_reply_is_offered_no_wider_level_than_its_thread(client, cast, action):
    thread_id, _first = say(cast, cast.yusuf, action, visibility="tim")
    form = open_as(client, cast.yusuf, f"/threads/{thread_id}").form(f"thread-{thread_id}-reply")
    assert "Dibaca: tim penyusun, operator OPD, dan mitra OMS" in client.last.text
    assert set(form.choices("visibility")) <= {"oms_mentor", "tim", ""}
    forged = client.post(f"/threads/{thread_id}/replies", {"body": "Lebih luas.", "visibility": "publik"})
    assert forged.status == 422
    assert "Lebih luas." in forged.text


def test_a_narrower_reply_says_who_reads_it_and_is_not_there_for_others(client, cast, action):
    thread_id, _first = say(cast, cast.yusuf, action)
    answer(cast, cast.maria, thread_id, "Ini antara kita.", visibility="oms_mentor")
    page = open_as(client, cast.yusuf, f"/threads/{thread_id}")
    assert "Dibaca: mitra OMS dan mentor saja" in page.region("comment-2-card")
    for address in (
        f"/threads/{thread_id}",
        f"/actions/{action.id}",
        f"/roadmaps/{action.roadmap_id}/threads",
    ):
        seen = open_as(client, cast.rina, address)
        assert "Ini antara kita." not in seen
        assert "balasan" not in seen.region("main").text.replace("Kirim balasan", "").replace(
            "Balasan Anda", ""
        )


def test_own_words_can_be_changed_and_say_so(client, cast, action):
    _thread, comment_id = say(cast, cast.yusuf, action, "Ada juru bahasa isyarat?")
    page = open_as(client, cast.yusuf, f"/actions/{action.id}")
    form = client.follow(page.one(".thread"), "Sunting: Ada juru bahasa isyarat?")
    page = client.submit(form, f"comment-{comment_id}-edit", {"body": "Ada dua juru bahasa isyarat?"})
    assert "Komentar diubah." in page.region("notice")
    history = client.get(f"/comments/{comment_id}/history")
    newest, first = history.all(".history > li")
    assert newest.one("ins").text == "ditambah: dua selesai."
    assert first.one(".words").text == "Ada juru bahasa isyarat?"
    assert "disunting" in open_as(client, cast.rina, f"/actions/{action.id}").one(".thread")


@PAGES
def test_nobody_changes_the_words_of_another(client, cast, action):
    _thread, comment_id = say(cast, cast.yusuf, action)
    page = open_as(client, cast.rina, f"/actions/{action.id}")
    assert not [words for words in page.one(".thread").links if words.startswith("Sunting")]
    assert client.get(f"/comments/{comment_id}/edit").status == 403
    assert client.post(f"/comments/{comment_id}/edit", {"body": "Bukan", "base_version": "1"}).status == 403


@PAGES
def test_two_tabs_of_one_person_lose_no_word(client, cast, action, app):
    _thread, comment_id = say(cast, cast.yusuf, action, "Satu kalimat.")
    form = open_as(client, cast.yusuf, f"/comments/{comment_id}/edit")
    with app.app_context():
        verbs.edit_comment(cast.yusuf, comment_id, 1, "Satu kalimat lain.")
    page = client.submit(form, f"comment-{comment_id}-edit", {"body": "Satu kalimat ketiga."})
    assert page.status == 409
    assert page.title.startswith("Perlu dipilih:")
    assert "Satu kalimat lain." in page.region("theirs")
    assert "dihapus: kalimat. selesai. ditambah: kalimat lain. selesai." in page.region("theirs").text
    assert page.form(f"comment-{comment_id}-edit").fields["body"] == "Satu kalimat ketiga."
    page = client.submit(page, f"comment-{comment_id}-edit", {})
    assert "Satu kalimat ketiga." in page


# --- settling


@PAGES
def test_a_thread_is_settled_with_a_reason_and_folds_to_one_line(client, cast, action):
    thread_id, _first = say(cast, cast.yusuf, action, "Target terlalu rendah.", nature="belum_sepakat")
    page = open_as(client, cast.rina, f"/threads/{thread_id}")
    assert "Perlu dibahas dulu" in page
    form = client.follow(page, "Tandai selesai")
    refused = client.submit(form, f"thread-{thread_id}-settle", {"reason": " "})
    assert refused.status == 422
    page = client.submit(refused, f"thread-{thread_id}-settle", {"reason": "Disepakati 6 kecamatan."})
    assert "Ditandai selesai oleh Rina Wulandari" in page
    thread = client.get(f"/actions/{action.id}").one(".thread")
    assert thread.text == (
        "Yusuf Tanoto, Perkumpulan Contoh Setara belum sepakat Selesai: Disepakati 6 kecamatan."
    )
    form = client.follow(client.get(f"/threads/{thread_id}"), "Buka lagi percakapan ini")
    page = client.submit(form, f"thread-{thread_id}-settle", {"reason": "Angkanya berubah."})
    assert "Dibuka lagi oleh Rina Wulandari" in page
    assert "Angkanya berubah." in page


@PAGES
def test_who_may_not_settle_a_thread_reads_why(client, cast, action):
    thread_id, _first = say(cast, cast.yusuf, action)
    for name in ("oki", "maria", "wali"):
        page = open_as(client, getattr(cast, name), f"/threads/{thread_id}")
        assert "Tandai selesai" not in page.links
        assert "Hanya tim penyusun dan yang memulainya" in page
        assert client.get(f"/threads/{thread_id}/resolution").status == 403
    assert "Tandai selesai" in open_as(client, cast.yusuf, f"/threads/{thread_id}").links


@PAGES
def test_a_closed_comment_leaves_its_mark_and_who_closed_it(client, cast, action):
    thread_id, comment_id = say(cast, cast.yusuf, action, "Korban bernama Siti.")
    form = client.follow(open_as(client, cast.maria, f"/threads/{thread_id}"), _closing(client))
    assert "Siti" not in form
    page = client.submit(form, "closing", {"basis": "UU 27/2022", "reason": "Menyebut nama korban."})
    assert "Isi ditutup karena data pribadi" in page.region("main")
    assert "oleh Maria Lestari" in page
    for address in (f"/comments/{comment_id}/history", f"/actions/{action.id}", f"/threads/{thread_id}"):
        assert "Siti" not in client.get(address).html


def _closing(client) -> str:
    return next(words for words in client.last.links if words.startswith("Tutup isi"))


def test_a_person_notes_that_they_have_read(client, cast, action):
    thread_id, _first = say(cast, cast.yusuf, action, notified=[cast.maria.uid])
    page = open_as(client, cast.maria, f"/actions/{action.id}")
    assert "Belum Anda baca" in page.one(".thread")
    assert "Belum Anda baca" not in open_as(client, cast.rina, f"/actions/{action.id}")
    page = open_as(client, cast.maria, f"/threads/{thread_id}")
    page = client.submit(page, "mark-read", {})
    assert "Belum Anda baca" not in page.region("main")
    assert not page.has_form("mark-read")


# --- the words that were spoken of


def test_a_thread_shows_the_words_as_they_were_and_what_has_changed(client, cast, action, app):
    thread_id, _first = say(cast, cast.yusuf, action, "Menyapa siapa?", field="expected_result")
    whole_id, _first = say(cast, cast.yusuf, action, "Bagus.", field="")
    page = open_as(client, cast.yusuf, f"/threads/{thread_id}")
    assert "Petugas dapat menyapa." in page.region("words")
    assert "Teksnya masih sama." in page.region("words")
    with app.app_context():
        plan_verbs.edit_item(
            cast.rina, "action", action.id, 1, {"expected_result": "Petugas dapat menyapa warga Tuli."}
        )
    item = client.get(f"/actions/{action.id}")
    thread = item.region(f"thread-{thread_id}-card")
    assert "Teksnya sudah berubah." in thread
    then = client.follow(thread, "Lihat saat ditulis: Menyapa siapa?").region("words")
    assert then.one("blockquote").text == "Petugas dapat menyapa."
    assert "warga Tuli." in then.one("ins")
    assert "warga Tuli." in client.get(f"/threads/{whole_id}").region("words")


def test_what_was_said_on_a_removed_item_stays(client, cast, action, app):
    thread_id, _first = say(cast, cast.yusuf, action, "Jangan dihapus.")
    with app.app_context():
        plan_verbs.remove_item(cast.rina, "action", action.id)
    page = open_as(client, cast.yusuf, f"/actions/{action.id}")
    assert page.status == 404
    assert "Jangan dihapus." in page.region("slot-threads")
    assert "(sudah dihapus)" in client.get(f"/roadmaps/{action.roadmap_id}/threads")
    assert client.get(f"/threads/{thread_id}").status == 200


# --- all threads


def test_all_threads_are_filtered_by_an_address_that_can_be_shared(client, cast, action):
    roadmap_id = action.roadmap_id
    with cast.app.app_context():
        problem = a_problem(cast, db.session.get_one(Roadmap, roadmap_id), title="Belum ada kanal").uid
    say(cast, cast.yusuf, action, "Satu?", wants_answer=True)
    say(cast, cast.maria, action, "Dua.", nature="catatan_hukum", about=About("problem", problem))
    third, _first = say(cast, cast.rina, action, "Tiga.", nature="saran", field="title")
    with cast.app.app_context():
        verbs.resolve(cast.rina, third, "Sudah.")
    answer(cast, cast.yusuf, 2, "Setuju.")

    def found(asked: str) -> list[str]:
        page = open_as(client, cast.yusuf, f"/roadmaps/{roadmap_id}/threads?{asked}")
        return [one.all("p")[0].text for one in page.all(".talk-lines > li")]

    assert found("") == ["Dua.", "Satu?"]
    assert found("keadaan=selesai") == ["Tiga."]
    assert found("keadaan=semua") == ["Dua.", "Satu?", "Tiga."]
    assert found("keadaan=semua&jenis=saran") == ["Tiga."]
    assert found("jawaban=ya") == ["Satu?"]
    assert found("bagian=problem") == ["Dua."]
    assert found("saya=mulai") == ["Satu?"]
    assert found("saya=ikut") == ["Dua.", "Satu?"]
    assert found(f"keadaan=semua&tentang=action:{action.uid}&isian=title") == ["Tiga."]
    assert found("keadaan=apa&jenis=apa&bagian=apa&saya=apa&halaman=9") == ["Dua.", "Satu?"]
    page = client.get(f"/roadmaps/{roadmap_id}/threads?bagian=section")
    assert "Tidak ada yang cocok dengan saringan ini." in page
    page = client.submit(page, "talk-filter", {"bagian": "problem"})
    assert page.region("results").text == "1 percakapan"


def test_nobody_counts_what_they_do_not_read(client, cast, action):
    say(cast, cast.yusuf, action, "Rahasia OMS?", visibility="oms_mentor")
    say(cast, cast.yusuf, action, "Rahasia tim?", visibility="tim", field="area", wants_answer=True)
    pages = ("", "/threads", "/threads?keadaan=semua", "/actions", "?view=tabel", "?view=kantor")
    addresses = [f"/actions/{action.id}", *(f"/roadmaps/{action.roadmap_id}{page}" for page in pages)]
    for address in addresses:
        page = open_as(client, cast.wali, address)
        assert "Rahasia" not in page.html, address
        assert page.region("slot-talk-tab").text == "", address
        assert not page.has(".thread-count a"), address
    for name, count in (("rina", "1"), ("maria", ""), ("yusuf", "1")):
        page = open_as(client, getattr(cast, name), addresses[0])
        assert page.region("slot-talk-tab").text[:1] == count
    assert open_as(client, cast.wali, "/threads/1").status == 404
    assert open_as(client, cast.eka, f"/roadmaps/{action.roadmap_id}/threads").status == 404


@PAGES
def test_cards_and_rows_say_how_much_is_said(client, cast, action):
    say(cast, cast.yusuf, action)
    say(cast, cast.maria, action, "Rujuk SNP 4.", nature="catatan_hukum")
    roadmap = f"/roadmaps/{action.roadmap_id}"
    for page in ("", "/actions", "?view=tabel", "?view=kantor"):
        seen = open_as(client, cast.rina, roadmap + page)
        assert seen.links["2 percakapan: Melatih petugas"] == f"/actions/{action.id}#threads", page
    overview = client.get(roadmap)
    assert overview.one(".counts").links["2 percakapan terbuka"] == f"{roadmap}/threads"
    assert overview.one(".tabs").links["Masukan"] == f"{roadmap}/threads"


@PAGES
def test_an_office_is_talked_about_within_the_roadmap(client, cast, action, app):
    roadmap = f"/roadmaps/{action.roadmap_id}"
    page = open_as(client, cast.yusuf, f"{roadmap}?view=kantor")
    office = client.follow(page, "Percakapan tentang kantor ini: Dinas Sosial")
    assert office.heading == "Percakapan tentang Dinas Sosial"
    form = client.follow(office, "Tulis komentar")
    page = client.submit(form, "new-thread-form", {"body": "Siapa narahubungnya?"})
    assert page.heading == "Percakapan tentang Dinas Sosial"
    assert "Siapa narahubungnya?" in page.region("talk-list")
    item = client.get(f"/actions/{action.id}")
    assert "1 percakapan tentang kantor ini: Dinas Sosial" in item.links


@PAGES
def test_the_roadmap_as_a_whole_is_talked_about_from_its_overview(client, cast, action):
    page = open_as(client, cast.maria, f"/roadmaps/{action.roadmap_id}")
    form = client.follow(page, "Komentari seluruh peta jalan")
    page = client.submit(form, "new-thread-form", {"body": "Periodenya sesuai RPJMD?"})
    assert page.heading == "Percakapan tentang Seluruh peta jalan"
    assert "Periodenya sesuai RPJMD?" in page


# --- much of it


def talk_at_length(cast, action, threads: int, replies: int) -> None:
    with cast.app.app_context():
        about = About("action", action.uid)
        for number in range(threads):
            thread = verbs.open_thread(
                cast.yusuf,
                action.roadmap_id,
                about,
                f"Saran {number}.",
                nature="saran",
                visibility="tim_mentor",
            )
            for reply in range(replies):
                by = cast.rina if reply % 2 else cast.maria
                verbs.reply(by, thread.id, f"Balasan {reply}.", notified=[cast.yusuf.uid])


@pytest.mark.engines("sqlite")  # the same statements on both
def test_long_talk_is_folded_and_paged_and_costs_no_more_queries(client, cast, action, app):
    pages = {
        "item": f"/actions/{action.id}",
        "threads": f"/roadmaps/{action.roadmap_id}/threads?keadaan=semua",
        "thread": "/threads/1",
    }
    talk_at_length(cast, action, 1, 2)
    few = {name: count(client, app, cast.yusuf, address) for name, address in pages.items()}
    talk_at_length(cast, action, 13, 1)
    with app.app_context():
        for number in range(60):
            verbs.reply(cast.rina, 1, f"Lagi {number}.")
    many = {name: count(client, app, cast.yusuf, address) for name, address in pages.items()}
    assert many == few
    item = open_as(client, cast.yusuf, pages["item"])
    assert len(item.all("article.thread")) == 12
    assert "Lihat 2 percakapan terbuka lagi" in item.links
    assert item.region("thread-1-card").links["Lihat 60 balasan sebelumnya: Saran 0."] == "/threads/1"
    thread = client.get("/threads/1")
    assert len(thread.all(".comment")) == 50
    assert "62 balasan, halaman 1 dari 2" in thread
    sent = client.submit(
        client.get("/threads/1?halaman=2"), "thread-1-reply", {"body": "Akhir."}, follow=False
    )
    assert sent.location is not None
    assert sent.location.startswith("/threads/1?halaman=2#comment-")


def count(client, app, person, address: str) -> int:
    sign_in(client, person)
    client.get(address)
    with queries(app) as asked:
        assert client.get(address).status == 200
    return len(asked)


# --- to htmx


@PAGES
def test_htmx_gets_the_threads_and_what_counts_them(client, cast, action):
    form = new_thread(client, cast.yusuf, action, htmx="new-thread")
    assert not form.is_whole
    assert form.one("textarea").tag.has_attr("data-focus")
    answer_ = client.submit(
        form, "new-thread-form", {"body": "Apakah?", "wants_answer": "1"}, htmx="div#slot-threads"
    )
    assert answer_.status == 200
    assert answer_.region("slot-threads").one("[data-focus]").text.startswith("Pertanyaan dari Yusuf")
    targets = {one["hx-target"] for one in answer_.all("hx-partial")}
    assert targets == {"#slot-talk-tab", "#notice"}


@PAGES
def test_htmx_gets_a_refused_form_back_in_its_place(client, cast, action):
    thread_id, _first = say(cast, cast.yusuf, action)
    sign_in(client, cast.rina)
    form = client.get(f"/threads/{thread_id}/replies", htmx="div#thread-1-acts")
    page = client.submit(form, f"thread-{thread_id}-reply", {"body": ""}, htmx="div#thread-1-acts")
    assert page.status == 422
    assert "Tulis komentarnya dulu." in page.region(f"thread-{thread_id}-acts")
    page = client.submit(page, f"thread-{thread_id}-reply", {"body": "Ada."}, htmx="div#thread-1-acts")
    assert page.region("comment-2-card").one("[data-focus]").text == "Rina Wulandari, Bappeda"
    assert page.has_region(f"thread-{thread_id}-acts")


@pytest.mark.engines("sqlite")  # the carrying is tested where it lives
def test_a_reply_whose_session_ended_arrives_after_signing_in(client, cast, action, app):
    thread_id, _first = say(cast, cast.yusuf, action)
    form = open_as(client, cast.rina, f"/threads/{thread_id}")
    with app.app_context(), unit_of_work():
        end_sessions_of(db.session.get_one(Person, cast.rina.id))
    page = client.submit(
        form, f"thread-{thread_id}-reply", {"body": "Ada dua.", "notified": [cast.yusuf.uid]}
    )
    assert page.status == 401
    page = client.submit(page, "sign-in-form", {"email": cast.rina.email, "password": PASSWORD}, follow=False)
    page = client.submit(page, "send-on-form")
    assert page.path == f"/threads/{thread_id}"
    assert "Ada dua." in page.region("comment-2-card")
    assert "diberi tahu: Yusuf Tanoto" in page.region("comment-2-card")
