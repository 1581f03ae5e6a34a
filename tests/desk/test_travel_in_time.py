"""A roadmap as of a moment: what stood then and nothing else, under a band that says so, to each what they may know of."""

import gzip
from datetime import date

import pytest

from roadmap.discussion import operations as talk_verbs
from roadmap.extensions import db
from roadmap.history.canonical import content_hash, edition_digest
from roadmap.history.models import Edition, Roadmap, Versioned
from roadmap.history.shapes import shape_of
from roadmap.people import operations as people_verbs
from roadmap.people.models import Person
from roadmap.plan import operations as plan_verbs
from roadmap.plan.queries import outline_as_of
from roadmap.timeline.moments import days_of, last_seq_of
from tests.cast import Cast, sign_in
from tests.conftest import Clock
from tests.discussion.talks import a_thread
from tests.factories import a_problem, a_roadmap, an_action, an_indicator
from tests.page import LookingClient, Page
from tests.plans import a_plan, approved
from tests.queries import queries

EVERYTHING = (
    "", "?view=tabel", "?view=kantor", "/actions", "/problems", "/modalities", "/sections", "/threads", "/matrix",
    "/actions.csv", "/indicators.csv",
)  # fmt: skip
CHANGING = ("/edit", "/new", "/move", "/removal", "/closing", "/replies", "/resolution")


def open_as(client: LookingClient, person: Person, address: str, **more: object) -> Page:
    sign_in(client, person)
    return client.get(address, **more)  # type: ignore[arg-type]


def head(client: LookingClient, roadmap: Roadmap) -> int:
    with client.app.app_context():
        return db.session.get_one(Roadmap, roadmap.id).head_seq


@pytest.fixture
def story(cast: Cast, client: LookingClient, clock: Clock) -> dict[str, Versioned | Roadmap]:
    """A problem with an action that was renamed, then both removed, each at an hour of its own."""
    roadmap = a_roadmap(cast)  # 1: 08.00 WIB on 2 November 2026
    clock.advance(hours=1)
    problem = a_problem(cast, roadmap, title="Belum ada juru bahasa isyarat")  # 2
    clock.advance(hours=1)
    action = an_action(cast, roadmap, title="Melatih petugas", problems=[problem], lead=cast.dinsos)  # 3
    clock.advance(hours=1)
    indicator = an_indicator(cast, action, title="Jumlah petugas yang dilatih")  # 4
    clock.advance(days=1)
    with client.app.app_context():
        plan_verbs.edit_item(cast.rina, "action", action.id, 1, {"title": "Mendidik pendamping"})  # 5
        clock.advance(hours=1)
        plan_verbs.remove_item(cast.rina, "problem", problem.id)  # 6
        clock.advance(hours=1)
        plan_verbs.remove_item(cast.rina, "action", action.id)  # 7
    clock.advance(days=30)
    return {"roadmap": roadmap, "problem": problem, "action": action, "indicator": indicator}


# --- what is shown


def test_before_a_removal_everything_stands_as_it_did(story, cast: Cast, client: LookingClient) -> None:
    number = story["roadmap"].id
    today = open_as(client, cast.rina, f"/roadmaps/{number}")
    assert "Melatih petugas" not in today
    then = client.get(f"/roadmaps/{number}/as-of/4")
    block = then.region("outline").one(".chain > li")
    assert (
        block.links["Belum ada juru bahasa isyarat"]
        == f"/roadmaps/{number}/as-of/4/problems/{story['problem'].id}"
    )
    assert block.links["1.1 Melatih petugas"] == f"/roadmaps/{number}/as-of/4/actions/{story['action'].id}"
    assert "Dinas Sosial" in block
    assert {"1 permasalahan", "1 rencana aksi"} <= set(then.one(".counts").links)
    later = client.get(f"/roadmaps/{number}/as-of/6")
    assert "Belum terhubung" in later.region("outline")
    assert "1 Mendidik pendamping" in later.region("outline").links
    table = client.get(f"/roadmaps/{number}/as-of/4?view=tabel")
    assert table.region("outline").rows[1][:4] == [
        "1.1 Melatih petugas", "", "1. Belum ada juru bahasa isyarat", "Jumlah petugas yang dilatih"
    ]  # fmt: skip
    assert client.get(f"/roadmaps/{number}/as-of/4?view=kantor").one(".office h3").text == "Dinas Sosial"


def test_the_band_says_which_moment_it_is_and_leads_back(story, cast: Cast, client: LookingClient) -> None:
    number, action = story["roadmap"].id, story["action"].id
    page = open_as(client, cast.rina, f"/roadmaps/{number}/as-of/4")
    band = page.one(".past-band")
    assert band.text.startswith("Anda melihat keadaan 2 November 2026 pukul 11.00 WIB, bukan yang sekarang.")
    assert band.link("Kembali ke sekarang") == f"/roadmaps/{number}"
    assert page.heading == "Keadaan pada 2 November 2026"
    latest = client.get(f"/roadmaps/{number}/as-of/7").one(".past-band")
    assert "Sesudahnya belum ada yang berubah." in latest
    assert "bukan yang sekarang" not in latest
    part = client.get(f"/roadmaps/{number}/as-of/4/actions")
    assert part.one(".past-band").link("Kembali ke sekarang") == f"/roadmaps/{number}/actions"
    with client.app.app_context():
        plan_verbs.restore_item(cast.rina, "action", action)
    item = client.get(f"/roadmaps/{number}/as-of/4/actions/{action}")
    assert item.one(".past-band").link("Kembali ke sekarang") == f"/actions/{action}"


def test_an_item_is_shown_as_it_was_with_its_indicators_and_links(
    story, cast: Cast, client: LookingClient
) -> None:
    number, action, problem = story["roadmap"].id, story["action"].id, story["problem"].id
    page = open_as(client, cast.yusuf, f"/roadmaps/{number}/as-of/4/actions/{action}")
    assert page.heading == "Melatih petugas"
    main = page.region("main")
    assert main.link("Belum ada juru bahasa isyarat") == f"/roadmaps/{number}/as-of/4/problems/{problem}"
    indicator = story["indicator"].id
    assert main.link("Jumlah petugas yang dilatih") == f"/roadmaps/{number}/as-of/4/indicators/{indicator}"
    assert "Bagian ini dihapus sesudahnya." in main
    assert main.link("Lihat riwayatnya") == f"/actions/{action}/history"
    assert "Mendidik pendamping" not in page
    answered = client.get(main.link("Belum ada juru bahasa isyarat"))
    assert answered.link("Melatih petugas") == f"/roadmaps/{number}/as-of/4/actions/{action}"
    assert client.get(f"/roadmaps/{number}/as-of/5/actions/{action}").heading == "Mendidik pendamping"


def test_what_was_not_there_yet_or_not_any_more_is_said_so(story, cast: Cast, client: LookingClient) -> None:
    number, action = story["roadmap"].id, story["action"].id
    sign_in(client, cast.rina)
    for seq in (2, 7):
        page = client.get(f"/roadmaps/{number}/as-of/{seq}/actions/{action}")
        assert page.status == 404
        assert page.heading == "Saat itu bagian ini tidak ada"
        assert page.link("Lihat riwayatnya") == f"/actions/{action}/history"
        assert "petugas" not in page.region("main")
    other = an_action(cast, a_roadmap(cast), title="Dari peta jalan lain")
    for address in (f"actions/{other.id}", "actions/98765"):
        strange = client.get(f"/roadmaps/{number}/as-of/4/{address}")
        assert strange.status == 404
        assert strange.heading != "Saat itu bagian ini tidak ada"


def test_nothing_can_be_changed_in_the_past(story, cast: Cast, client: LookingClient) -> None:
    number = story["roadmap"].id
    with client.app.app_context():
        plan_verbs.restore_item(cast.rina, "action", story["action"].id)
        a_thread(cast, story["roadmap"], cast.rina, about=story["action"])
    seq = head(client, story["roadmap"])
    for person in (cast.rina, cast.oki):
        for address in (*EVERYTHING[:8], f"/actions/{story['action'].id}"):
            page = open_as(client.another(), person, f"/roadmaps/{number}/as-of/{seq}{address}")
            assert page.status == 200
            assert not page.region("main").all("form"), address
            changing = [url for url in page.region("main").links.values() if url.endswith(CHANGING)]
            assert not changing, address


def test_a_moment_that_has_not_come_is_not_there_and_strangers_learn_of_none(
    story, cast: Cast, client: LookingClient
) -> None:
    number = story["roadmap"].id
    sign_in(client, cast.rina)
    for seq in (0, 8, 2**31 - 1, 2**31):
        for address in EVERYTHING:
            assert client.get(f"/roadmaps/{number}/as-of/{seq}{address}").status == 404, (seq, address)
    for name in ("eka", "nina", "adi"):
        sign_in(client, getattr(cast, name))
        for address in (*EVERYTHING, f"/actions/{story['action'].id}"):
            assert client.get(f"/roadmaps/{number}/as-of/4{address}").status == 404, (name, address)
        assert client.get(f"/roadmaps/{number}/as-of").status == 404
        assert client.get(f"/roadmaps/{number}/as-of?tanggal=2026-11-02").status == 404


def test_htmx_gets_the_view_of_that_moment_alone(story, cast: Cast, client: LookingClient) -> None:
    number = story["roadmap"].id
    page = open_as(client, cast.rina, f"/roadmaps/{number}/as-of/4")
    for link in page.one(".views").all("a"):
        assert link["href"] == link["hx-get"]
        assert link["href"].startswith(f"/roadmaps/{number}/as-of/4?view=")
    alone = client.get(page.one(".views").link("Tabel"), htmx="outline")
    assert not alone.is_whole
    assert "Melatih petugas" in alone
    for head_link in alone.all("thead a"):
        assert head_link["href"].startswith(f"/roadmaps/{number}/as-of/4?")


def test_looking_back_does_not_count_as_having_seen_what_came_since(
    story, cast: Cast, client: LookingClient
) -> None:
    page = open_as(client, cast.yusuf, f"/roadmaps/{story['roadmap'].id}/as-of/4")
    assert "/visit" not in page.html


# --- to each what they may know of


def test_an_act_that_somebody_may_not_know_of_gives_no_moment_away(
    cast: Cast, client: LookingClient, clock: Clock
) -> None:
    roadmap = a_roadmap(cast)
    clock.advance(hours=1)
    action = an_action(cast, roadmap)
    clock.advance(hours=1)
    a_thread(cast, roadmap, about=action, level="oms_mentor", words="Kenari kuning dari OMS")
    clock.advance(hours=1)
    plan = f"/roadmaps/{roadmap.id}"
    seq = head(client, roadmap)
    for person in (cast.rina, cast.oki, cast.wali, cast.vera, cast.sari):
        other = client.another()
        page = open_as(other, person, f"{plan}/as-of/{seq}")
        assert "pukul 09.00 WIB. Sesudahnya belum ada yang berubah." in page.one(".past-band")
        assert not page.all("a[rel=next]")
        assert "1 perubahan" in other.get(f"{plan}/as-of").region("main") or "2 perubahan" in other.get(
            f"{plan}/as-of"
        )
        for address in (*EVERYTHING, f"/actions/{action.id}"):
            assert b"Kenari" not in other.get(f"{plan}/as-of/{seq}{address}").body, (person.name, address)
            assert "percakapan" not in other.get(f"{plan}/as-of/{seq}").region("main")
        found = other.get(f"{plan}/as-of?tanggal=2026-11-02", follow=False)
        assert found.location == f"{plan}/as-of/{seq - 1}"
    for person in (cast.yusuf, cast.maria):
        other = client.another()
        page = open_as(other, person, f"{plan}/as-of/{seq}")
        assert "pukul 10.00 WIB" in page.one(".past-band")
        assert "Kenari kuning" in other.get(f"{plan}/as-of/{seq}/threads")
        assert "Kenari kuning" in other.get(f"{plan}/as-of/{seq}/actions/{action.id}")
        found = other.get(f"{plan}/as-of?tanggal=2026-11-02", follow=False)
        assert found.location == f"{plan}/as-of/{seq}"


def test_threads_stand_as_they_stood(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Melatih petugas")
    thread = a_thread(cast, roadmap, about=action, field="title", words="Tulisan yang pertama")
    opened = head(client, roadmap)
    with client.app.app_context():
        said = talk_verbs.reply(cast.rina, thread.id, "Jawaban semula")
        answered = head(client, roadmap)
        talk_verbs.edit_comment(cast.rina, said.id, 1, "Jawaban yang disunting")
        talk_verbs.reply(cast.yusuf, thread.id, "Bisik kenari", visibility="tim")
        talk_verbs.resolve(cast.rina, thread.id, "Sudah masuk rencana")
        plan_verbs.remove_item(cast.rina, "action", action.id)
    address = f"/roadmaps/{roadmap.id}/as-of"
    page = open_as(client, cast.wali, f"{address}/{opened}/actions/{action.id}")
    talk = page.one(f"#thread-{thread.id}-card")
    assert "Tulisan yang pertama" in talk
    assert "tentang Rencana aksi" in talk
    assert "Jawaban" not in page
    assert "Selesai:" not in talk
    then = client.get(f"{address}/{answered}/threads")
    assert "1 percakapan, 1 belum selesai" in then
    assert "Jawaban semula" in then
    assert then.link("Rencana aksi pada Melatih petugas") == f"{address}/{answered}/actions/{action.id}"
    last = head(client, roadmap)
    now = client.get(f"{address}/{last}/threads")
    assert "Jawaban yang disunting" in now
    assert "Sudah masuk rencana" in now
    assert "bagian yang saat itu sudah dihapus" in now
    assert "Bisik kenari" not in now
    team = open_as(client.another(), cast.oki, f"{address}/{last}/threads")
    assert "Bisik kenari" in team
    own = open_as(client.another(), cast.rina, f"{address}/{last}/threads")
    assert "Sunting" not in own.region("main").links


# --- choosing a moment


def test_a_day_leads_to_what_stood_at_its_end_in_the_region(story, cast: Cast, client: LookingClient) -> None:
    address = f"/roadmaps/{story['roadmap'].id}/as-of"
    sign_in(client, cast.rina)
    for day, seq in (("2026-11-02", 4), ("2026-11-03", 7), ("2026-11-15", 7), ("2099-01-01", 7)):
        answer = client.get(f"{address}?tanggal={day}", follow=False)
        assert (answer.status, answer.location) == (302, f"{address}/{seq}"), day


def test_a_day_before_the_beginning_and_nonsense_are_asked_again(
    story, cast: Cast, client: LookingClient
) -> None:
    address = f"/roadmaps/{story['roadmap'].id}/as-of"
    sign_in(client, cast.rina)
    early = client.get(f"{address}?tanggal=2026-11-01")
    assert early.status == 422
    assert "Saat itu peta jalan ini belum ada. Ia dimulai 2 November 2026." in early.region("error-summary")
    assert early.title.startswith("Perlu diperbaiki:")
    for typed in ("kemarin", "2026-13-01", "%00", "٢٠٢٦-١١-٠٢", "9" * 40):
        page = client.get(f"{address}?tanggal={typed}")
        assert page.status in {302, 422}, typed
    assert 'value="kemarin"' in client.get(f"{address}?tanggal=kemarin").html


def test_the_days_are_those_of_the_region_and_end_at_its_midnight(
    cast: Cast, client: LookingClient, clock: Clock
) -> None:
    clock.set("2026-11-02T23:30+08:00")
    roadmap = a_roadmap(cast, by=cast.eka)  # Kabupaten Lain lives by WITA
    clock.set("2026-11-03T00:10+08:00")  # in Jakarta it is still the 2nd
    a_problem(cast, roadmap, by=cast.eka)
    with client.app.app_context():
        eka, found = db.session.get_one(Person, cast.eka.id), db.session.get_one(Roadmap, roadmap.id)
        assert [(one.day, one.seq, one.acts) for one in days_of(found, eka)] == [
            (date(2026, 11, 3), 2, 1),
            (date(2026, 11, 2), 1, 1),
        ]
        assert last_seq_of(found, date(2026, 11, 1), eka) is None
        assert last_seq_of(found, date(2026, 11, 2), eka) == 1
        assert last_seq_of(found, date(2026, 11, 3), eka) == 2


def test_moments_are_offered_by_name_and_by_day(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=1, actions=1, modalities=1, loose=0)
    edition = approved(cast, roadmap)
    page = open_as(client, cast.maria, f"/roadmaps/{roadmap.id}/as-of")
    assert page.link("Edisi 1") == f"/roadmaps/{roadmap.id}/as-of/{edition.seq}"
    assert "Rancangan 1" in page.links
    assert [url for words, url in page.links.items() if words.endswith("2026")]
    assert page.form(f"/roadmaps/{roadmap.id}/as-of").tag["method"] == "get"


def test_the_history_the_editions_and_the_documents_lead_there(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=1, actions=1, modalities=1, loose=0)
    edition = approved(cast, roadmap)
    number = roadmap.id
    story = open_as(client, cast.rina, f"/roadmaps/{number}/history")
    last = head(client, roadmap)
    assert f"/roadmaps/{number}/as-of/{last}" in story.links.values()
    assert story.link("Keadaan pada waktu lain") == f"/roadmaps/{number}/as-of"
    act = client.get(f"/roadmaps/{number}/changes/2")
    assert act.link("Lihat keadaan saat itu") == f"/roadmaps/{number}/as-of/2"
    read = client.get(f"/roadmaps/{number}/editions/1")
    assert f"/roadmaps/{number}/as-of/{edition.seq}" in read.links.values()
    assert client.get(f"/roadmaps/{number}/documents").link("Pilih waktunya") == f"/roadmaps/{number}/as-of"
    past = client.get(f"/roadmaps/{number}/as-of/2")
    assert past.link("Apa yang berubah sejak itu") == f"/roadmaps/{number}/comparison?dari=2"
    assert past.link("Pulihkan bagian dari keadaan ini") == f"/roadmaps/{number}/as-of/2/restore"
    assert "Pulihkan bagian dari keadaan ini" not in open_as(
        client.another(), cast.yusuf, f"/roadmaps/{number}/as-of/2"
    )


# --- what can be taken away


def test_tables_and_matrix_are_those_of_the_moment_and_say_so(
    story, cast: Cast, client: LookingClient
) -> None:
    number = story["roadmap"].id
    page = open_as(client, cast.yusuf, f"/roadmaps/{number}/as-of/4")
    address = next(url for words, url in page.links.items() if words.startswith("Unduh rencana aksi"))
    table = client.get(address)
    assert "Melatih petugas" in table.body.decode("utf-8-sig")
    name = 'attachment; filename="rencana-aksi_peta-jalan-kota-contoh_keadaan-2026-11-02_11.00.00-wib.csv"'
    assert table.headers["Content-Disposition"] == name
    sheet = client.get(page.link("Matriks untuk dicetak"))
    assert sheet.rows[2][3] == "Melatih petugas"
    assert sheet.one(".print-foot").text.startswith("Keadaan 2 November 2026 pukul 11.00 WIB, bukan naskah")
    assert sheet.link("Kertas F4") == f"/roadmaps/{number}/as-of/4/matrix?kertas=f4"
    assert "Melatih petugas" not in client.get(f"/roadmaps/{number}/matrix")


def test_as_of_an_edition_is_the_edition(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=3, actions=7, modalities=2, loose=1)
    edition = approved(cast, roadmap)
    number = roadmap.id
    sign_in(client, cast.rina)
    then = client.get(f"/roadmaps/{number}/actions.csv").body
    with client.app.app_context():
        people_verbs.change_organisation(cast.adi, cast.city.id, cast.dinsos.uid, "Dinas Perlindungan", "opd")
        plan_verbs.add_item(cast.rina, number, "action", {"title": "Sesudah edisi", "lead": cast.dinsos.uid})
        plan = outline_as_of(number, edition.seq)
        rows = (
            (item.kind, item.uid, content_hash(item.values, shape_of(item.kind).binding))
            for item in plan.in_published_order()
        )
        assert edition_digest(rows) == db.session.get_one(Edition, edition.id).digest
    assert client.get(f"/roadmaps/{number}/as-of/{edition.seq}/actions.csv").body == then
    page = client.get(f"/roadmaps/{number}/as-of/{edition.seq}?view=kantor")
    assert "isi Edisi 1" in page.one(".past-band")
    assert "Dinas Sosial" in page.region("outline")
    assert "seperti saat edisi itu disetujui" in page
    later = client.get(f"/roadmaps/{number}/as-of/{head(client, roadmap)}?view=kantor")
    assert "Dinas Perlindungan" in later.region("outline")
    assert "Nama kantor dan istilah ditulis seperti sekarang." in later


# --- long plans


def test_as_many_queries_for_four_hundred_items_as_for_twenty(cast: Cast, client: LookingClient) -> None:
    short = a_plan(cast, problems=4, actions=8, modalities=3, loose=1, indicators=1)
    long = a_plan(cast, problems=60, actions=150, modalities=40, indicators=1)
    sign_in(client, cast.rina)
    counts: dict[str, list[int]] = {}
    for roadmap in (short, long):
        for _many in range(1 if roadmap is short else 6):
            a_thread(cast, roadmap, cast.yusuf)
        seq = head(client, roadmap)
        with client.app.app_context():
            item = outline_as_of(roadmap.id, seq).items["action"][3]
        for address in (*EVERYTHING, f"/actions/{item.id}"):
            page = f"/roadmaps/{roadmap.id}/as-of/{seq}{address}"
            client.raw.get(page).close()
            with queries(client.app) as asked:
                client.raw.get(page).close()
            counts.setdefault(address if "/actions/" not in address else "item", []).append(len(asked))
    assert {page: few for page, (few, _) in counts.items()} == {
        page: many for page, (_, many) in counts.items()
    }


@pytest.mark.engines("sqlite")  # what is weighed is the page, and it is the same on both
def test_two_thousand_items_go_out_a_page_at_a_time(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=300, actions=900, modalities=200, loose=30, indicators=1)
    sign_in(client, cast.rina)
    seq = head(client, roadmap)
    for address in ("", "?view=tabel", "?view=kantor", "/actions"):
        page = client.raw.get(f"/roadmaps/{roadmap.id}/as-of/{seq}{address}").get_data()
        assert len(gzip.compress(page)) < 60_000
        assert b"Halaman 1 dari" in page
    first = client.get(f"/roadmaps/{roadmap.id}/as-of/{seq}")
    assert (
        first.region("outline")
        .one(".pager a[rel=next]")["href"]
        .startswith(f"/roadmaps/{roadmap.id}/as-of/{seq}?")
    )
