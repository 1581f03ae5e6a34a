"""What everybody may read: adopted editions in plain words, and never a word of a draft."""

from flask import Flask

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.plan import operations as plan_verbs
from roadmap.plan.models import Action, Cover
from tests import factories
from tests.cast import Cast, sign_in
from tests.page import LookingClient
from tests.plans import a_plan, adopted, approved
from tests.queries import queries

CANARY = "Burungkenari"


def small(cast: Cast, title: str = "Peta Jalan Kota HAM") -> Roadmap:
    return a_plan(cast, title=title, problems=1, actions=2, modalities=1, loose=1)


def address_of(app: Flask, roadmap: Roadmap) -> str:
    with app.app_context():
        found = db.session.get_one(Roadmap, roadmap.id)
        return f"/p/{found.region.slug}/{found.slug}"


def test_a_villager_reads_in_plain_words_what_was_promised(cast: Cast, client: LookingClient) -> None:
    roadmap = small(cast)
    adopted(cast, roadmap)
    page = client.get(address_of(client.app, roadmap))
    assert page.heading == "Peta Jalan Kota HAM"
    assert (
        "Ini janji pemerintah kota kepada warga. Ada 2 hal yang akan dikerjakan dari 2026 sampai 2030."
        in page
    )
    assert "Kota ini berjanji melayani semua orang." in page
    headings = [heading.text for heading in page.region("main").all("h2")]
    assert headings == [
        "Singkatnya",
        "Untuk siapa?",
        "Di halaman ini",
        "Apa yang sudah ada",
        "Apa yang menjadi masalah",
        "Apa yang akan dikerjakan",
        "Siapa yang bertanggung jawab",
        "Naskah lengkap",
        "Tentang dokumen ini",
    ]
    promise = page.region("kerja-1-1")
    for words in (
        "Dinas Sosial",
        "Seluruh kecamatan",
        "sampai Desember 2027",
        "Rp730 juta",
        "Angka awal: 0 (nihil), tahun 2025.",
        "Target: 2026: 6 · 2027: 12 · 2028: 16.",
    ):
        assert words in promise
    about = page.one(".about-document")
    assert "Peraturan Wali Kota Nomor 12 Tahun 2026, 1 Juli 2026" in about
    with client.app.app_context():
        from roadmap.history.models import Edition

        digest = db.session.query(Edition.digest).scalar()
    assert digest[:12] in about
    assert digest[:13] not in page.html


def test_no_word_of_a_draft_reaches_the_public(cast: Cast, client: LookingClient) -> None:
    roadmap = small(cast)
    adopted(cast, roadmap)
    approved_only = small(cast, title=f"{CANARY} yang disetujui")
    approved(cast, approved_only)
    factories.a_roadmap(cast, title=f"{CANARY} yang ditulis")
    with client.app.app_context():
        action = db.session.query(Action).filter_by(roadmap_id=roadmap.id).first()
        cover = db.session.query(Cover).filter_by(roadmap_id=roadmap.id).one()
        assert action is not None
        edits = (("action", action.id, action.version, {"title": f"{CANARY} baru"}),
                 ("cover", cover.id, cover.version, {"title": f"{CANARY} judul", "easy_read": CANARY}))  # fmt: skip
        for edit in edits:
            plan_verbs.edit_item(cast.rina, *edit)
        plan_verbs.add_item(cast.rina, roadmap.id, "problem", {"title": f"{CANARY} masalah"})
    address = address_of(client.app, roadmap)
    for reader in (client, client.another()):
        if reader is not client:
            sign_in(reader, cast.rina)
        for page in (
            "/p/",
            "/p/kota-contoh",
            address,
            f"{address}/1",
            f"{address}?bagian=kerja",
            f"{address}?untuk=anak",
        ):
            shown = reader.get(page)
            assert shown.status == 200, page
            assert CANARY not in shown.html, page
    assert CANARY not in client.get("/").html


def test_what_is_not_adopted_does_not_exist(cast: Cast, client: LookingClient) -> None:
    roadmap = small(cast)
    approved(cast, roadmap)
    factories.a_roadmap(cast)
    unknown = client.get("/p/kota-contoh/tidak-ada")
    for address in (
        "/p/kota-entah",
        "/p/kota-entah/x",
        "/p/kota-contoh/peta-jalan-kota-ham/1",
        "/p/kota-contoh/x/0",
    ):
        page = client.get(address)
        assert page.status == unknown.status == 404
        assert page.heading == unknown.heading
    assert "Belum ada peta jalan yang ditetapkan di Kota Contoh." in client.get("/p/kota-contoh")
    assert "Belum ada peta jalan yang ditetapkan." in client.get("/")


def test_an_older_edition_stays_readable_under_a_band_that_says_so(cast: Cast, client: LookingClient) -> None:
    roadmap = small(cast)
    adopted(cast, roadmap)
    with client.app.app_context():
        plan_verbs.add_item(
            cast.rina, roadmap.id, "action", {"title": "Aksi edisi kedua", "lead": cast.dinsos.uid}
        )
    approved(cast, roadmap)
    address = address_of(client.app, roadmap)
    assert "Aksi edisi kedua" not in client.get(address)
    assert client.get(f"{address}/2").status == 404
    with client.app.app_context():
        from roadmap.history.models import Edition

        second = db.session.query(Edition).filter_by(roadmap_id=roadmap.id, number=2).one().id
    _adopt(client.app, cast, second)
    newest = client.get(address)
    assert "Aksi edisi kedua" in newest
    assert not newest.has(".band")
    older = client.follow(newest.one(".about-document"), "Edisi 1")
    assert older.path == f"{address}/1"
    assert "Anda membaca Edisi 1, yang sudah diganti." in older.one(".band")
    assert "Aksi edisi kedua" not in older
    assert "Sudah diganti" in older.one(".public-head")
    assert client.follow(older, "Baca yang berlaku sekarang").path == address


def _adopt(app: Flask, cast: Cast, edition_id: int) -> None:
    from datetime import date

    from roadmap.review import operations as review_verbs
    from roadmap.review.models import Instrument

    with app.app_context():
        review_verbs.adopt(
            cast.rina, edition_id, instrument=Instrument.REGIONAL_REGULATION, number="3",
            adopted_on=date(2026, 9, 1), subject="Perubahan",
        )  # fmt: skip


def test_women_find_what_is_done_for_them(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=1, actions=30, modalities=1, loose=0)
    adopted(cast, roadmap)
    page = client.get(address_of(client.app, roadmap))
    words, url = next((words, url) for words, url in page.links.items() if words.startswith("Perempuan"))
    chosen = client.get(url)
    count = int(words.split()[1])
    assert 0 < count < 30
    assert len(chosen.region("main").all(".promises > li")) == count
    assert f"{count} dari 30 hal cocok dengan:" in chosen
    assert chosen.one(".asked").text == "Untuk: Perempuan Hapus Untuk: Perempuan"
    assert chosen.one(".groups a[aria-current]").text == words
    everything = client.get(address_of(client.app, roadmap) + "?untuk=entah")
    assert len(everything.region("main").all('[id^="kerja-"]')) == 30


def test_the_interface_can_be_english_and_the_plan_stays_as_written(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = small(cast)
    adopted(cast, roadmap)
    address = address_of(client.app, roadmap)
    page = client.follow(client.get(address), "English")
    assert page.language == "en"
    assert page.one("h1")["lang"] == "id"
    assert page.heading == "Peta Jalan Kota HAM"
    inside = [
        url for url in page.region("main").links.values() if url.startswith("/p/") and ".json" not in url
    ]
    assert inside
    assert all("bahasa=en" in url for url in inside)
    assert client.get(f"{address}?bahasa=xx").language == "id"


def test_as_many_queries_and_a_bounded_page_for_a_long_edition(cast: Cast, client: LookingClient) -> None:
    short, long = small(cast), a_plan(cast, title="Panjang", problems=60, actions=150, modalities=40)
    counts = []
    for roadmap in (short, long):
        adopted(cast, roadmap)
        address = address_of(client.app, roadmap)
        client.raw.get(address).close()
        with queries(client.app) as asked:
            client.raw.get(address).close()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    page = client.get(address_of(client.app, long))
    assert len(page.region("main").all('[id^="kerja-"]')) == 50
    all_actions = client.follow(page, "Lihat semua yang akan dikerjakan (150)")
    assert len(all_actions.region("main").all('[id^="kerja-"]')) == 100
    assert len(client.follow(all_actions, "Berikutnya").region("main").all('[id^="kerja-"]')) == 50


def test_what_people_wrote_is_shown_and_never_run(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, title="<script>alert(1)</script>", problems=1, actions=1, modalities=1, loose=0)
    with client.app.app_context():
        cover = db.session.query(Cover).filter_by(roadmap_id=roadmap.id).one()
        hostile = '<img src=x onerror="alert(1)"> [x](javascript:alert(1)) <b hx-get="/sign-out">b</b>'
        plan_verbs.edit_item(
            cast.rina, "cover", cover.id, cover.version, {"easy_read": hostile, "vision": hostile}
        )
    adopted(cast, roadmap)
    page = client.get(address_of(client.app, roadmap))
    assert page.heading == "<script>alert(1)</script>"
    assert not page.has("main script, main img, main [hx-get], main [onerror]")
    assert not [url for url in page.links.values() if url.startswith("javascript")]
