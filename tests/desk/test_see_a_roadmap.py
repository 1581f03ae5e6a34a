"""A roadmap at a glance: who sees it, what it shows, what it asks of whom first, and that it stays quick when it is long."""

import gzip

import pytest

from roadmap.people.models import Person
from roadmap.review import operations as review_verbs
from roadmap.review.models import Judgement
from tests.cast import Cast, sign_in
from tests.factories import a_problem, a_roadmap, an_action
from tests.page import LookingClient, Page
from tests.plans import a_plan, adopted, approved, complete
from tests.queries import queries

VIEWS = ("", "?view=tabel", "?view=kantor")


def open_as(client: LookingClient, person: Person, address: str, **more: object) -> Page:
    sign_in(client, person)
    return client.get(address, **more)  # type: ignore[arg-type]


def test_rina_sees_problems_with_their_actions_beneath(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap, title="Belum ada juru bahasa isyarat")
    an_action(cast, roadmap, title="Melatih petugas", problems=[problem], lead=cast.dinsos)
    an_action(cast, roadmap, title="Menyusun pedoman")
    page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}")
    first, loose = page.region("outline").all(".chain > li")
    assert "Permasalahan 1" in first
    assert first.links["Belum ada juru bahasa isyarat"].startswith("/problems/")
    assert first.links["1.1 Melatih petugas"].startswith("/actions/")
    assert "Dinas Sosial" in first
    assert "Belum terhubung" in loose
    assert "2 Menyusun pedoman" in loose
    assert "Belum ada penanggung jawab utama" in loose


def test_counts_lead_to_the_parts_and_to_what_is_missing(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=2, actions=3, modalities=1, loose=1)
    page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}")
    counts = page.one(".counts").links
    assert counts["1 modalitas"] == f"/roadmaps/{roadmap.id}/modalities"
    assert counts["2 permasalahan"] == f"/roadmaps/{roadmap.id}/problems"
    assert counts["3 rencana aksi"] == f"/roadmaps/{roadmap.id}/actions"
    assert counts["1 masih kurang"] == f"/roadmaps/{roadmap.id}/findings"


def test_a_new_action_is_offered_under_its_problem_to_those_who_may_write(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    a_problem(cast, roadmap)
    address = f"/roadmaps/{roadmap.id}"
    assert "Tambah rencana aksi untuk masalah ini: 1" in open_as(client, cast.rina, address).links
    for person in (cast.yusuf, cast.maria, cast.oki, cast.wali):
        page = open_as(client.another(), person, address)
        assert not [words for words in page.region("outline").links if words.startswith("Tambah")]


def test_a_table_is_offered_to_be_brought_on_each_part_to_those_who_may_edit_it(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    door = "Ambil dari Excel atau CSV"
    for part in ("sections", "modalities", "problems", "actions"):
        address = f"/roadmaps/{roadmap.id}/{part}"
        assert open_as(client, cast.rina, address).link(door) == f"/roadmaps/{roadmap.id}/intakes/new"
        assert door not in open_as(client.another(), cast.maria, address).region("main").links
        operator = open_as(client.another(), cast.oki, address)
        assert (door in operator.region("main").links) is (part == "actions")


def test_everybody_in_the_team_sees_the_draft_in_every_view(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=1, actions=2, modalities=1)
    for name in ("rina", "oki", "yusuf", "maria", "vera", "wali", "sari"):
        sign_in(client, getattr(cast, name))
        for view in VIEWS:
            assert client.get(f"/roadmaps/{roadmap.id}{view}").status == 200, name


def test_strangers_and_the_administrator_do_not_learn_that_it_exists(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast, title="Rahasia kota")
    for name in ("eka", "nina", "adi"):
        sign_in(client, getattr(cast, name))
        for page in ("", "?view=tabel", "/actions", "/documents", "/matrix", "/actions.csv", "/problems.csv"):
            refused = client.get(f"/roadmaps/{roadmap.id}{page}")
            unknown = client.get(f"/roadmaps/987654{page}")
            assert refused.status == unknown.status == 404, (name, page)
            assert "Rahasia kota" not in refused.html
            words = [one.region("main").text.split("nomor")[0] for one in (refused, unknown)]
            assert words[0] == words[1]


def test_nobody_signed_in_is_asked_to_sign_in(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    answer = client.get(f"/roadmaps/{roadmap.id}")
    assert answer.status in {302, 303, 401}
    assert "Peta Jalan Kota Contoh" not in answer.html


# --- the primary button


def duty(client: LookingClient, person: Person, roadmap_id: int) -> str:
    page = open_as(client.another(), person, f"/roadmaps/{roadmap_id}")
    found = page.all(".duty .button-primary")
    return found[0].text if found else ""


def test_each_is_asked_first_for_what_is_theirs_to_do_now(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=1, actions=2, modalities=1, loose=0)
    assert duty(client, cast.rina, roadmap.id) == "Ajukan rancangan ini"
    assert duty(client, cast.yusuf, roadmap.id) == "Baca dari awal"
    with client.app.app_context():
        submission = review_verbs.submit(cast.rina, roadmap.id)
        number, submission_id = submission.number, submission.id
    assert duty(client, cast.maria, roadmap.id) == f"Telaah Rancangan {number}"
    assert duty(client, cast.rina, roadmap.id) == "Tulis modalitas, masalah, atau aksi"
    with client.app.app_context():
        review_verbs.judge(cast.maria, submission_id, Judgement.PASSED)
    assert duty(client, cast.rina, roadmap.id) == "Kirim ke meja berikutnya"
    with client.app.app_context():
        review_verbs.submit(cast.rina, roadmap.id, accepts_findings=True)
    assert duty(client, cast.wali, roadmap.id) == "Baca ringkasan dan putuskan"
    assert duty(client, cast.sari, roadmap.id) == "Catat arahan Wali Kota"
    assert duty(client, cast.maria, roadmap.id) == "Baca dari awal"


def test_an_approved_roadmap_waits_for_its_instrument(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=1, actions=1, modalities=1, loose=0)
    approved(cast, roadmap)
    assert duty(client, cast.rina, roadmap.id) == "Catat penetapannya"


def test_what_is_missing_comes_before_submitting_and_is_counted(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap)
    page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}")
    button = page.one(".duty .button-primary")
    missing = page.one(".counts").link(
        next(words for words in page.one(".counts").links if "masih kurang" in words)
    )
    assert button.text == "Lengkapi yang masih kurang (4)"
    assert button["href"] == missing == f"/roadmaps/{roadmap.id}/findings"


def test_the_operator_is_led_to_what_the_own_office_lacks(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Milik kantor lain", lead=cast.kominfo)
    own = an_action(cast, roadmap, title="Milik Dinas Sosial", lead=cast.dinsos)
    page = open_as(client, cast.oki, f"/roadmaps/{roadmap.id}")
    button = page.one(".duty .button-primary")
    assert button.text.startswith("Lengkapi aksi kantor Anda")
    assert button["href"] == f"/actions/{own.id}"


# --- empty


def test_an_empty_roadmap_asks_where_to_begin(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}")
    assert "Peta jalan ini masih kosong. Mulai dari mana?" in page
    guided = page.link(
        "Jawab pertanyaan, langkah demi langkah Tujuh pertanyaan, sekitar 20 menit. Boleh berhenti di tengah."
    )
    assert guided == f"/roadmaps/{roadmap.id}/guided/1"
    assert "Lihat contoh" not in page
    for_yusuf = open_as(client.another(), cast.yusuf, f"/roadmaps/{roadmap.id}")
    assert "Tim penyusun belum menulis apa-apa." in for_yusuf
    assert not [words for words in for_yusuf.region("main").links if words.startswith("Tambah")]


def test_an_empty_roadmap_points_to_the_example_city_once_it_has_published(
    cast: Cast, client: LookingClient
) -> None:
    from roadmap.extensions import db
    from roadmap.people.models import Region
    from roadmap.work import unit_of_work

    example = a_plan(cast, problems=1, actions=1, modalities=1, loose=0)
    adopted(cast, example)
    with client.app.app_context(), unit_of_work():
        db.session.get_one(Region, cast.city.id).is_example = True
    roadmap = a_roadmap(cast, by=cast.eka)
    page = open_as(client, cast.eka, f"/roadmaps/{roadmap.id}")
    contoh = next(url for words, url in page.links.items() if words.startswith("Lihat contoh Kota Contoh"))
    assert client.get(contoh).heading == "Peta Jalan Kota HAM 2026–2030"


# --- the views


def test_the_views_are_links_and_htmx_gets_the_view_alone(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=2, actions=3, modalities=1)
    page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}")
    for link in page.one(".views").all("a"):
        assert link["href"] == link["hx-get"]
        assert link["hx-target"] == "#outline"
        assert link["hx-push-url"] == "true"
    alone = client.get(page.one(".views").link("Tabel"), htmx="outline")
    assert not alone.is_whole
    assert alone.has_region("outline")
    assert alone.one(".views a[aria-current]").text == "Tabel"


def test_the_table_has_the_columns_of_the_annex(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=1, actions=2, modalities=0, loose=0, indicators=2)
    page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}?view=tabel")
    assert page.region("outline").rows[0] == [
        "Aksi", "Hak", "Permasalahan", "Indikator", "Data dasar", "Target per tahun", "Penanggung jawab",
        "Pendukung / OMS", "Waktu", "Sumber dana", "Pagu",
    ]  # fmt: skip
    first = page.region("outline").rows[1]
    assert first[0].startswith("1.1 Menyediakan kanal pengaduan")
    assert first[4:7] == ["0 (nihil), tahun 2025", "2026: 6 2027: 12 2028: 16", "Dinas Sosial"]
    assert first[8:] == ["2026–2027", "APBD kabupaten/kota", "2026: Rp420.000.000 2027: Rp310.000.000"]
    assert len(page.region("outline").rows) == 1 + 2 * 2


def test_the_table_is_sorted_by_the_head_that_is_pressed_and_turned_round_by_pressing_again(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    for title in ("Cemara", "Aren", "Bakau"):
        an_action(cast, roadmap, title=title)
    page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}?view=tabel")
    up = client.follow(page.region("outline"), "Aksi")
    assert [row[0].split()[1] for row in up.region("outline").rows[1:]] == ["Aren", "Bakau", "Cemara"]
    assert up.one("th[aria-sort]")["aria-sort"] == "ascending"
    down = client.follow(up.region("outline"), "Aksi")
    assert [row[0].split()[1] for row in down.region("outline").rows[1:]] == ["Cemara", "Bakau", "Aren"]
    assert client.get(f"/roadmaps/{roadmap.id}?view=tabel&urut=%00'--").status == 200


def test_per_office_adds_up_money_and_names_what_nobody_answers_for(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Satu", lead=cast.dinsos, budget={"2026 apbd": 5, "2027 apbn": 7})
    an_action(cast, roadmap, title="Dua", lead=cast.dinsos, budget={"2026 apbd": 1000})
    an_action(cast, roadmap, title="Tiga")
    offices = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}?view=kantor").all(".office")
    assert offices[0].one("h3").text == "Dinas Sosial"
    assert "2 rencana aksi" in offices[0]
    assert "2026: Rp1.005" in offices[0]
    assert offices[1].one("h3").text == "Belum ada penanggung jawab utama"
    assert offices[2].rows[1:] == [["2026", "Rp1.005"], ["2027", "Rp7"], ["Jumlah", "Rp1.012"]]


# --- long plans


PAGES = (
    *VIEWS, "/actions", "/problems", "/modalities", "/sections", "/documents", "/matrix", "/actions.csv", "/indicators.csv",
)  # fmt: skip


def test_as_many_queries_for_four_hundred_items_as_for_twenty(cast: Cast, client: LookingClient) -> None:
    short = a_plan(cast, problems=4, actions=8, modalities=3, loose=1, indicators=1)
    long = a_plan(cast, problems=60, actions=150, modalities=40, indicators=1)
    sign_in(client, cast.rina)
    counts: dict[str, list[int]] = {page: [] for page in PAGES}
    for roadmap in (short, long):
        for page in PAGES:
            client.raw.get(f"/roadmaps/{roadmap.id}{page}").close()
            with queries(client.app) as asked:
                client.raw.get(f"/roadmaps/{roadmap.id}{page}").close()
            counts[page].append(len(asked))
    assert {page: few for page, (few, _) in counts.items()} == {
        page: many for page, (_, many) in counts.items()
    }


@pytest.mark.engines("sqlite")  # what is weighed is the page, and it is the same on both
def test_two_thousand_items_go_out_a_page_at_a_time(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=300, actions=900, modalities=200, loose=30, indicators=1)
    sign_in(client, cast.rina)
    for view in VIEWS:
        page = client.raw.get(f"/roadmaps/{roadmap.id}{view}").get_data()
        assert len(gzip.compress(page)) < 60_000
        assert 50 <= page.count(b'class="item-link"') <= 140
        assert b"Halaman 1 dari" in page
    last = client.get(f"/roadmaps/{roadmap.id}?halaman=99999")
    assert "Belum terhubung" in last.region("outline")
    assert "Sebelumnya" in last.region("outline").one(".pager").links
    assert client.raw.get(f"/roadmaps/{roadmap.id}?halaman=abc").status_code == 200


def test_beyond_twenty_problems_fold_to_their_title_and_counts(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=22, actions=22, modalities=1, loose=0)
    page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}")
    folded = page.region("outline").all("details.fold")
    assert len(folded) == 2
    assert "1 rencana aksi" in folded[0].one("summary")


def test_a_problem_with_very_many_actions_shows_some_and_leads_to_the_others(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_plan(cast, problems=1, actions=60, modalities=1, loose=0, indicators=0)
    page = open_as(client, cast.rina, f"/roadmaps/{roadmap.id}")
    more = next(
        words for words in page.region("outline").links if words.startswith("Lihat 10 rencana aksi lagi")
    )
    listed = client.follow(page.region("outline"), more)
    assert "Hanya yang menjawab" in listed
    assert listed.one(".pager-place").text == "Halaman 1 dari 2"


def test_words_people_wrote_are_marked_with_the_language_they_are_written_in(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_plan(cast, problems=1, actions=1, modalities=1, loose=0)
    complete(cast, roadmap)
    sign_in(client, cast.rina)
    client.raw.set_cookie("bahasa", "en")
    for view in VIEWS:
        page = client.get(f"/roadmaps/{roadmap.id}{view}")
        assert page.language == "en"
        assert page.region("outline").all('a.item-link[lang="id"], tbody[lang="id"]')
