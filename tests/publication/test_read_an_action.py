"""A page for each action and each problem of an edition: plain words, an address that stays, what was said about it."""

from datetime import date

import pytest

from roadmap.discussion import operations as talk
from roadmap.discussion.models import Nature
from roadmap.discussion.rules import About
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.roles import Visibility
from roadmap.plan import operations as plan_verbs
from roadmap.plan.models import Action, Problem
from roadmap.publication.reading import Reading
from roadmap.review import operations as review_verbs
from roadmap.review.models import Instrument
from tests import factories
from tests.cast import Cast
from tests.page import LookingClient, Region
from tests.plans import adopted, approved

DOCUMENT = "/p/kota-contoh/peta-jalan-kota-contoh-2026-2030"


def a_promise(cast: Cast) -> tuple[Roadmap, Action]:
    roadmap = factories.a_roadmap(cast)
    thing = factories.a_modality(cast, roadmap, description="Berlaku sejak 2024.")
    wrong = factories.a_problem(
        cast, roadmap, modalities=[thing], cause="Petugas belum dilatih.", baseline="420",
        baseline_unit="warga", baseline_year=2025, baseline_source="Dinas Sosial",
    )  # fmt: skip
    factories.an_action(cast, roadmap, title="Yang lain", lead=cast.bappeda)
    action = factories.an_action(
        cast, roadmap, title="Melatih petugas loket", lead=cast.dinsos, supporting=[cast.oms],
        problems=[wrong], modalities=[thing], area="Kelurahan Melati", starts_on="2026-03-01", ends_on="2027-12-31",
        expected_result="Setiap warga tuli terlayani.", success_criteria="Semua loket punya satu petugas.",
        budget={"2026 apbd": 420_000_000, "2027 apbd": 300_000_000, "2027 csr": 10_000_000},
        status="terhambat", status_reason="Menunggu anggaran perubahan.",
        evidence={"https://contoh.example/laporan": "Laporan uji coba"},
    )  # fmt: skip
    factories.an_indicator(
        cast, action, title="Petugas yang lulus", unit="orang", baseline="NA", baseline_year=2025,
        targets={"2026": "20", "2027": "60.5"}, direction="naik",
    )  # fmt: skip
    return roadmap, action


def row(page: Region, label: str) -> str:
    found = [one for one in page.all(".summary-row") if one.one("dt").text == label]
    assert len(found) == 1, label
    return found[0].one("dd").text


def test_everything_that_is_promised_stands_on_a_page_in_plain_words(
    cast: Cast, client: LookingClient
) -> None:
    roadmap, action = a_promise(cast)
    adopted(cast, roadmap)
    page = client.follow(client.get(DOCUMENT), "1.1 Melatih petugas loket")
    assert page.path == f"{DOCUMENT}/1/aksi/{action.uid[:8]}"
    assert page.heading == "1.1 Melatih petugas loket"
    assert page.one("h1")["lang"] == "id"
    for label, words in {
        "Hasil yang ingin dicapai": "Setiap warga tuli terlayani.",
        "Di mana": "Kelurahan Melati",
        "Siapa yang bertanggung jawab": "Dinas Sosial",
        "Dibantu oleh": "Perkumpulan Contoh Setara",
        "Masalah yang dijawab": "1. Belum ada kanal pengaduan yang aksesibel",
        "Yang sudah ada dan dipakai": "Perda Penyandang Disabilitas Berlaku sejak 2024.",
        "Kapan disebut berhasil": "Semua loket punya satu petugas.",
        "Alasan keadaannya": "Menunggu anggaran perubahan.",
        "Bukti": "Laporan uji coba",
    }.items():
        assert row(page, label) == words
    head = page.region("main").all("ul.meta")[0]
    assert "Maret 2026 – Desember 2027" in head
    assert "Terlambat atau terhambat kabar terakhir" in head
    measure, money = page.all(".figure")
    assert measure.rows == [
        ["Tahun", "Angka"], ["2025, awal", "Tidak tersedia"], ["2026", "20"], ["2027", "60,5"],
    ]  # fmt: skip
    assert len(measure.all("rect.bar")) == 2
    assert money.rows == [["Tahun", "Jumlah"], ["2026", "Rp420.000.000"], ["2027", "Rp310.000.000"]]
    assert "Seluruhnya Rp730.000.000." in page
    assert page.one('a[href="https://contoh.example/laporan"]')["rel"] == "noopener noreferrer nofollow ugc"
    problem = client.follow(page, "1. Belum ada kanal pengaduan yang aksesibel")
    assert row(problem, "Angkanya sekarang") == "420 warga, tahun 2025 Sumber: Dinas Sosial"
    assert client.follow(problem, "1.1 Melatih petugas loket").path == page.path
    following = client.follow(page, "Berikutnya: 2 Yang lain")
    assert client.follow(following, "Sebelumnya: 1.1 Melatih petugas loket").path == page.path


def test_an_address_stays_when_the_next_edition_renames_and_moves(cast: Cast, client: LookingClient) -> None:
    roadmap, action = a_promise(cast)
    adopted(cast, roadmap)
    name = action.uid[:8]
    with client.app.app_context():
        now = db.session.query(Action).filter_by(uid=action.uid).one()
        plan_verbs.edit_item(cast.rina, "action", now.id, now.version, {"title": "Melatih 60 petugas"})
        gone = db.session.query(Problem).filter_by(roadmap_id=roadmap.id).one()
        plan_verbs.remove_item(cast.rina, "problem", gone.id)
        gone_uid = gone.uid
    edition = approved(cast, roadmap)
    adopt(client, cast, edition.id)
    old = client.get(f"{DOCUMENT}/1/aksi/{name}")
    assert old.heading == "1.1 Melatih petugas loket"
    assert "Anda membaca Edisi 1, yang sudah diganti." in old.one(".band")
    newest = client.follow(old, "Baca yang berlaku sekarang")
    assert newest.path == f"{DOCUMENT}/2/aksi/{name}"
    assert newest.heading.endswith("Melatih 60 petugas")
    problem = client.get(f"{DOCUMENT}/1/masalah/{gone_uid[:8]}")
    assert client.follow(problem, "Baca yang berlaku sekarang").path == DOCUMENT
    assert client.get(f"{DOCUMENT}/2/masalah/{gone_uid[:8]}").status == 404


def adopt(client: LookingClient, cast: Cast, edition_id: int) -> None:
    with client.app.app_context():
        review_verbs.adopt(
            cast.rina, edition_id, instrument=Instrument.DECREE, number="9", adopted_on=date(2026, 9, 1), subject="x"
        )  # fmt: skip


@pytest.mark.engines("sqlite")  # addresses know no engine
def test_what_is_no_part_of_an_edition_has_no_page(cast: Cast, client: LookingClient) -> None:
    roadmap, action = a_promise(cast)
    adopted(cast, roadmap)
    draft = factories.an_action(cast, roadmap, title="Baru ditulis")
    for address in (
        f"{DOCUMENT}/1/aksi/{draft.uid[:8]}", f"{DOCUMENT}/1/aksi/{draft.uid}", f"{DOCUMENT}/1/masalah/{action.uid[:8]}",
        f"{DOCUMENT}/1/aksi/{action.uid[:7]}", f"{DOCUMENT}/2/aksi/{action.uid[:8]}", f"{DOCUMENT}/1/aksi/%00",
    ):  # fmt: skip
        assert client.get(address).status == 404, address
    assert client.get(f"{DOCUMENT}/1/aksi/{action.uid}").status == 200


def test_two_items_that_begin_alike_have_names_of_their_own() -> None:
    one, other = f"{'a' * 8}-0000-4000-8000-{'0' * 12}", f"{'a' * 8}-1111-4000-8000-{'1' * 12}"
    reading = Reading(
        {
            "order": [["problem", one], ["problem", other]],
            "items": {uid: {"kind": "problem", "fields": {"title": uid}} for uid in (one, other)},
            "organisations": {},
            "terms": {},
        },
        "id",
    )
    names = [reading.name_of(item) for item in reading.plan.items["problem"]]
    assert names == ["a" * 8, other]
    assert [reading.named("problem", name).uid for name in (*names, one)] == [one, other, one]


def test_what_was_said_in_public_stands_beside_it_without_a_name(cast: Cast, client: LookingClient) -> None:
    roadmap, action = a_promise(cast)
    with client.app.app_context():
        about = About("action", action.uid, "area")
        thread = talk.open_thread(
            cast.yusuf, roadmap.id, about, "Mohon **Kelurahan Kemuning** juga.", nature=Nature.SUGGESTION,
            visibility=Visibility.PUBLIC,
        )  # fmt: skip
        talk.reply(cast.maria, thread.id, "Rahasia kami berdua.", visibility=Visibility.MEMBERS)
        talk.reply(cast.rina, thread.id, "Sudah kami tambahkan.")
        talk.resolve(cast.rina, thread.id, "Ditambahkan pada wilayah.")
        talk.open_thread(
            cast.yusuf, roadmap.id, About("roadmap", roadmap.uid), "Bagaimana warga memantau?",
            nature=Nature.QUESTION, visibility=Visibility.PUBLIC,
        )  # fmt: skip
        talk.open_thread(
            cast.yusuf,
            roadmap.id,
            about,
            "Hanya untuk tim.",
            nature=Nature.LEGAL_NOTE,
            visibility=Visibility.TEAM,
        )
    adopted(cast, roadmap)
    page = client.get(f"{DOCUMENT}/1/aksi/{action.uid[:8]}")
    said = page.one("article.thread")
    assert said.one("h3").text == "Saran dari Perkumpulan Contoh Setara"
    for words in (
        "tentang Wilayah",
        "Kelurahan Kemuning",
        "Sudah kami tambahkan.",
        "Hasilnya: Ditambahkan pada wilayah.",
    ):
        assert words in said
    whole = client.get(DOCUMENT)
    assert [one.one("h3").text for one in whole.all("article.thread")] == [
        "Pertanyaan dari Perkumpulan Contoh Setara",
        "Saran dari Perkumpulan Contoh Setara",
    ]
    everything = client.get(f"{DOCUMENT}?bagian=percakapan")
    json = client.raw.get(f"{DOCUMENT}.json").get_data(as_text=True)
    for shown in (page.html, whole.html, everything.html, json):
        for hidden in ("Rahasia kami", "Hanya untuk tim", "Yusuf", "Rina", "Maria"):
            assert hidden not in shown
