"""A city talks about its plan, has it read item by item, sees what changed, and brings back what was removed.

With JavaScript, without it, and by keyboard alone. What everybody may read is what the table of levels says.
"""

import pytest

from roadmap.discussion.models import Thread
from roadmap.discussion.rules import reads
from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.models import Roadmap
from roadmap.people.roles import Role, Visibility
from tests.browser import DESK, PHONE
from tests.cast import PASSWORD, Cast
from tests.factories import a_modality
from tests.journeys.test_a_city_writes_approves_and_publishes import WAYS
from tests.journeys.visitor import Visitor
from tests.review.stories import adopted, edit, first_action

ROLES = {
    "rina": Role.DRAFTER,
    "oki": Role.OPERATOR,
    "yusuf": Role.PARTNER,
    "maria": Role.MENTOR,
    "vera": Role.VERIFIER,
    "wali": Role.LEADER,
    "sari": Role.LEADER_STAFF,
}
LEVELS = {
    Visibility.CSO_AND_MENTOR: "Mitra OMS dan mentor saja",
    Visibility.TEAM: "Tim",
    Visibility.MEMBERS: "Tim dan mentor",
    Visibility.PUBLIC: "Publik setelah terbit",
}
# Who says what, as what, to be read by whom: every role, every kind, every level.
TALK = (
    ("oki", "Pertanyaan", Visibility.TEAM, "Apakah juru bahasa isyarat sudah dianggarkan?"),
    ("rina", "Saran", Visibility.MEMBERS, "Mohon dibaca bersama Dinas Sosial."),
    (
        "yusuf",
        "Belum sepakat, perlu dibahas dulu",
        Visibility.MEMBERS,
        "Kanal daring saja belum cukup bagi lansia.",
    ),
    ("yusuf", "Saran", Visibility.CSO_AND_MENTOR, "Kita siapkan data pembanding dahulu."),
    ("maria", "Catatan hukum", Visibility.PUBLIC, "Lihat Standar Norma dan Pengaturan Nomor 6."),
    ("vera", "Catatan hukum", Visibility.MEMBERS, "Dasar hukumnya sudah sesuai."),
    ("wali", "Apresiasi", Visibility.PUBLIC, "Terima kasih, ini penting bagi warga."),
    ("sari", "Pertanyaan", Visibility.MEMBERS, "Kapan dapat dibawa ke rapat pimpinan?"),
)
OBJECTION = TALK[2][3]
REASON = "Loket di 12 kecamatan ditambahkan pada rencana aksi."
NOTE = "Sebutkan siapa yang menerima pengaduan lisan di kecamatan."
REMOVED = "Forum warga peduli hak asasi"
NEW_TITLE = "Menyediakan kanal pengaduan daring dan loket di 12 kecamatan"


@pytest.mark.browser
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.engines("sqlite")  # what the engines do alike is shown below the browser, on both
def test_a_city_talks_it_over_and_looks_back(app, cast: Cast, page_of, way):
    seen: set[str] = set()
    found: list[str] = []
    with app.app_context():
        roadmap, _edition = adopted(cast)
        forum = a_modality(cast, roadmap, title=REMOVED)
        action = first_action(roadmap)
        town = {"roadmap": roadmap.id, "action": action.id, "uid": action.uid, "forum": forum.id}

    def as_somebody(name: str, size: tuple[int, int] = DESK) -> Visitor:
        page = page_of(size, js=way["js"])
        looks = way.get("looks", False)
        visitor = Visitor(page, way.get("by_keyboard", False), way["js"], looks, seen, found)
        visitor.open("/sign-in")
        visitor.fill("Alamat surel", getattr(cast, name).email)
        visitor.fill("Kata sandi", PASSWORD)
        visitor.press("Masuk")
        return visitor

    people = {name: as_somebody(name, PHONE if name == "wali" else DESK) for name in ROLES}
    _everybody_says_something(people, town)
    _everybody_reads_what_is_meant_for_them(people, town, cast)
    _an_objection_is_resolved_reopened_and_resolved(app, people)
    _the_mentor_notes_an_item(people, app, cast, town)
    _the_next_round_says_what_became_of_the_note(people, app, cast, town)
    _the_leader_reads_the_difference(people["wali"], town)
    _rina_goes_back_to_before_a_removal_and_brings_it_back(people["rina"], town)
    assert found == []
    with app.app_context():
        assert [list(faults_of(one)) for one in db.session.query(Roadmap)] == [[]]


def _everybody_says_something(people: dict[str, Visitor], town: dict) -> None:
    for name, nature, level, words in TALK:
        visitor = people[name]
        visitor.open(f"/roadmaps/{town['roadmap']}/threads/new?tentang=action:{town['uid']}")
        visitor.fill("Komentar Anda", words)
        if level != Visibility.MEMBERS:
            visitor.unfold("Ubah")
            visitor.tick(LEVELS[level])
        visitor.unfold("Pilihan lain")
        visitor.tick(nature)
        visitor.press("Kirim")
        assert words in visitor.text


def _everybody_reads_what_is_meant_for_them(people: dict[str, Visitor], town: dict, cast: Cast) -> None:
    for name, visitor in people.items():
        visitor.open(f"/roadmaps/{town['roadmap']}/threads")
        told = visitor.page.locator("main").inner_text()
        me = getattr(cast, name)
        for author, _nature, level, words in TALK:
            is_meant = reads({ROLES[name]}, me.uid, level, getattr(cast, author).uid)
            assert (words in told) is is_meant, f"{name} and {author}'s words to {level}"


def _an_objection_is_resolved_reopened_and_resolved(app, people: dict[str, Visitor]) -> None:
    with app.app_context():
        thread_id = db.session.query(Thread.id).filter_by(nature="belum_sepakat").scalar()
    for name, words in (("rina", REASON), ("yusuf", None), ("rina", REASON)):
        visitor = people[name]
        if words:
            visitor.open(f"/threads/{thread_id}/resolution")
            visitor.fill("Mengapa selesai?", words)
            visitor.press("Tandai selesai")
            assert words in visitor.text
        else:
            visitor.open(f"/threads/{thread_id}/reopening")
            visitor.fill("Mengapa dibuka lagi?", "Loketnya belum tertulis.")
            visitor.press("Buka lagi")
            assert OBJECTION in visitor.text


def _the_mentor_notes_an_item(people: dict[str, Visitor], app, cast: Cast, town: dict) -> None:
    with app.app_context():
        edit(cast, db.session.get_one(Roadmap, town["roadmap"]), title=NEW_TITLE)
    _submits(people["rina"], town, reason="Menambah loket di kecamatan.")
    maria = people["maria"]
    maria.open("/tasks")
    maria.follow("Telaah", within="main") if _has_link(maria, "Telaah") else maria.open("/submissions/3")
    maria.follow(f"Beri catatan : {NEW_TITLE}")
    maria.fill("Catatan tentang bagian ini", NOTE)
    maria.tick("Perlu diperbaiki")
    maria.press("Simpan catatan")
    maria.tick("Kembalikan untuk diperbaiki")
    maria.fill("Catatan", "Satu hal perlu diperjelas.")
    maria.press("Kirim putusan")
    rina = people["rina"]
    rina.open(f"/actions/{town['action']}")
    assert NOTE in rina.text
    rina.follow(f"Tanggapi catatan tentang {NEW_TITLE}")
    rina.fill("Tanggapan Anda", "Petugas loket; sudah ditulis pada hasil.")
    rina.press("Kirim tanggapan")


def _the_next_round_says_what_became_of_the_note(
    people: dict[str, Visitor], app, cast: Cast, town: dict
) -> None:
    with app.app_context():
        roadmap = db.session.get_one(Roadmap, town["roadmap"])
        edit(cast, roadmap, expected_result="Petugas loket menerima pengaduan lisan.")
    _submits(people["rina"], town)
    maria = people["maria"]
    maria.open(_newest_submission(maria, town))
    assert "1 dari 1 sudah ditanggapi" in maria.text
    assert "Petugas loket; sudah ditulis pada hasil." in maria.text
    maria.tick("Lolos, teruskan ke tahap berikutnya")
    maria.press("Kirim putusan")
    rina = people["rina"]
    rina.open(f"/roadmaps/{town['roadmap']}/stages")
    if rina.page.get_by_label("Tetap ajukan dengan").count():
        rina.tick("Tetap ajukan dengan")
    rina.press("Kirim ke meja Wali Kota")


def _the_leader_reads_the_difference(wali: Visitor, town: dict) -> None:
    wali.open(f"/roadmaps/{town['roadmap']}/brief")
    told = wali.page.locator("main").inner_text()
    assert "Berubah sejak Edisi 1" in told
    assert REMOVED in told
    assert told.index("Berubah sejak Edisi 1") < told.index("Aksi utama")


def _rina_goes_back_to_before_a_removal_and_brings_it_back(rina: Visitor, town: dict) -> None:
    rina.open(f"/modalities/{town['forum']}")
    rina.follow("Hapus", within="main")
    rina.press("Hapus")
    rina.open(f"/roadmaps/{town['roadmap']}/modalities")
    assert REMOVED not in rina.page.locator("main").inner_text()
    rina.open(f"/roadmaps/{town['roadmap']}/as-of")
    rina.follow(_last_submission_named(rina), within="main")
    assert "bukan yang sekarang" in rina.text
    rina.follow("Pulihkan bagian dari keadaan ini")
    rina.tick(REMOVED)
    rina.press("Lihat yang akan berubah")
    rina.press("Pulihkan")
    rina.open(f"/roadmaps/{town['roadmap']}/modalities")
    assert REMOVED in rina.page.locator("main").inner_text()


def _submits(rina: Visitor, town: dict, reason: str = "") -> None:
    rina.open(f"/roadmaps/{town['roadmap']}/stages")
    box = rina.page.locator("main").get_by_label("Alasan perubahan")
    if box.count():
        rina.fill("Alasan perubahan", reason or "Menjawab catatan mentor.")
    rina.press("Ajukan rancangan ini")
    assert "Giliran mentor" in rina.text


def _has_link(visitor: Visitor, name: str) -> bool:
    return visitor.page.locator("main").get_by_role("link", name=name, exact=True).count() > 0


def _newest_submission(visitor: Visitor, town: dict) -> str:
    visitor.open(f"/roadmaps/{town['roadmap']}/stages")
    links = visitor.page.locator("main a[href^='/submissions/']")
    return max(
        (str(one.get_attribute("href")) for one in links.all()), key=lambda one: int(one.split("/")[2])
    )


def _last_submission_named(visitor: Visitor) -> str:
    names = visitor.page.locator("main").get_by_role("link").filter(has_text="Rancangan").all_inner_texts()
    return max(names, key=lambda name: int("".join(filter(str.isdigit, name)) or 0))
