"""Any two moments can be compared, and of what changed between them each reader finds what concerns them."""

from typing import Any

import pytest

from roadmap.discussion import operations as talk
from roadmap.discussion.models import Nature
from roadmap.discussion.rules import About
from roadmap.extensions import db
from roadmap.history.models import Roadmap, Versioned
from roadmap.people.models import Person
from roadmap.people.roles import Visibility
from roadmap.plan import operations
from roadmap.plan.models import Action, Problem
from roadmap.timeline.visits import note_visit
from tests.browser import DESK, PHONE, barriers
from tests.cast import Cast, sign_in
from tests.factories import a_problem, a_roadmap, an_action, an_indicator
from tests.page import LookingClient, Page
from tests.plans import a_plan, adopted
from tests.queries import queries

LONG = (
    "Setiap warga dapat menyampaikan pengaduan. Petugas mencatat setiap pengaduan. "
    "Pengaduan dijawab dalam lima hari kerja. Jawaban disampaikan dengan tulisan. "
    "Laporan disusun setiap bulan. Laporan dapat dibaca semua orang."
)


# --- Between which moments --------------------------------------------------------------------------------


def edit(actor: Person, item: Any, **values: Any) -> None:
    current = db.session.get_one(type(item), item.id)
    operations.edit_item(actor, item.kind, item.id, current.version, values)


def items_of(roadmap: Roadmap, model: type[Versioned]) -> list[Any]:
    query = db.select(model).where(model.roadmap_id == roadmap.id, model.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(model.position)))


def heads(page: Page) -> list[str]:
    return [head.text for head in page.all(".change h2")]


def test_without_an_address_a_member_reads_what_changed_since_the_last_visit(
    cast: Cast, client: LookingClient, clock: Any
):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        action = an_action(cast, roadmap)
        note_visit(cast.yusuf, roadmap.id, db.session.get_one(Roadmap, roadmap.id).head_seq)
        clock.advance(days=2)
        edit(cast.rina, action, area="Dua desa")
        roadmap_id = roadmap.id
    sign_in(client, cast.yusuf)
    page = client.get(f"/roadmaps/{roadmap_id}/comparison")
    assert page.one(".lead").text == (
        "Sejak kunjungan Anda 2 November 2026 pukul 08.00 WIB: 1 perubahan oleh 1 orang."
    )
    assert heads(page) == ["Diubah Rencana aksi 1: Menyediakan kanal pengaduan"]
    assert page.one(".change-by").text.startswith("Rina Wulandari, 4 November 2026 pukul 08.00 WIB")
    assert page.one(".compare-with [aria-current]").text.startswith("Kunjungan terakhir")
    sign_in(client, cast.dodi)
    assert (
        client.get(f"/roadmaps/{roadmap_id}/comparison")
        .one(".lead")
        .text.startswith("Sejak awal: 2 perubahan")
    )


def test_the_leader_begins_with_the_last_edition_and_editions_are_compared_with_one_another(
    cast: Cast, client: LookingClient
):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        action = an_action(cast, roadmap, lead=cast.dinsos)
        first = adopted(cast, roadmap)
        edit(cast.rina, action, area="Dua desa")
        second = adopted(cast, roadmap, "13 Tahun 2026")
        roadmap_id, seqs = roadmap.id, (first.seq, second.seq)
        edit(cast.rina, action, area="Tiga desa")
        note_visit(cast.wali, roadmap_id, db.session.get_one(Roadmap, roadmap_id).head_seq)
    sign_in(client, cast.wali)
    page = client.get(f"/roadmaps/{roadmap_id}/comparison")
    assert page.one(".lead").text == "Sejak Edisi 2: 1 perubahan oleh 1 orang."
    assert "Wilayah berubah dari Dua desa menjadi Tiga desa." in page
    both = {"dari": str(seqs[0]), "sampai": str(seqs[1])}
    form = next(one for one in page.all("form") if one.has("#dari-nama"))
    offered = {option["value"] for option in form.all("#dari-nama option")}
    assert {*both.values(), "0"} <= offered
    page = client.get(f"/roadmaps/{roadmap_id}/comparison?dari={both['dari']}&sampai={both['sampai']}")
    assert page.one(".lead").text == "Dari Edisi 1 sampai Edisi 2: 1 perubahan oleh 1 orang."
    assert "Wilayah diisi: Dua desa." in page
    assert not page.has_form("all-seen")
    turned = client.get(f"/roadmaps/{roadmap_id}/comparison?dari={both['sampai']}&sampai={both['dari']}")
    assert turned.one(".lead").text == page.one(".lead").text


def test_two_days_of_the_region_can_be_chosen_the_first_from_its_morning_on(
    cast: Cast, client: LookingClient, clock: Any
):
    with client.app.app_context():
        clock.set("2026-11-02T08:00+07:00")
        roadmap = a_roadmap(cast)
        for moment, title in (
            ("2026-11-03T23:50+07:00", "Kemarin malam"),
            ("2026-11-04T00:10+07:00", "Dini hari"),
            ("2026-11-05T23:50+07:00", "Larut malam"),
            ("2026-11-06T00:10+07:00", "Sesudahnya"),
        ):
            clock.set(moment)
            a_problem(cast, roadmap, title=title)
        roadmap_id = roadmap.id
    sign_in(client, cast.maria)
    page = client.get(f"/roadmaps/{roadmap_id}/comparison?dari=2026-11-04&sampai=2026-11-05")
    assert [head.split(": ")[1] for head in heads(page)] == ["Dini hari", "Larut malam"]
    assert page.one(".lead").text.startswith("Dari 4 November 2026 sampai 5 November 2026: 2 perubahan")
    assert page.one("#dari-tanggal")["value"] == "2026-11-04"
    for nonsense in ("dari=abc", "dari=99999999999", "dari=2026-13-40", "dari=-1&sampai=1e9", "dari=²"):
        assert client.get(f"/roadmaps/{roadmap_id}/comparison?{nonsense}").status == 200
    assert len(heads(client.get(f"/roadmaps/{roadmap_id}/comparison?dari=2030-01-01"))) == 0
    sign_in(client, cast.eka)
    assert client.get(f"/roadmaps/{roadmap_id}/comparison").status == 404


# --- What of it ---------------------------------------------------------------------------------------------


def test_changes_are_filtered_by_person_office_kind_and_part(cast: Cast, client: LookingClient):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        one, two = a_problem(cast, roadmap, title="Satu"), a_problem(cast, roadmap, title="Dua")
        first = an_action(cast, roadmap, title="Melatih", problems=[one], lead=cast.dinsos)
        second = an_action(cast, roadmap, title="Membangun", problems=[two], lead=cast.kominfo)
        measure = an_indicator(cast, first, title="Jumlah")
        since = db.session.get_one(Roadmap, roadmap.id).head_seq
        edit(cast.rina, one, cause="Belum ada.")
        edit(cast.dodi, first, area="Satu desa")
        edit(cast.oki, measure, unit="orang")
        edit(cast.dodi, second, lead=cast.dinsos.uid)
        roadmap_id = roadmap.id
    sign_in(client, cast.maria)
    address = f"/roadmaps/{roadmap_id}/comparison?dari={since}"
    page = client.get(address)
    options = {
        box["name"]: {option.text: option["value"] for option in box.all("option")}
        for box in page.all("select") if box["id"].startswith("saring-")
    }  # fmt: skip

    def titles(**chosen: str) -> list[str]:
        values = "".join(f"&{name}={options[name][words]}" for name, words in chosen.items())
        found = client.get(address + values)
        assert f"{len(heads(found))} dari 4 perubahan cocok" in found
        assert found.has('a[href*="hasil"]')
        return [head.split(": ")[1] for head in heads(found)]

    assert titles(orang="Dodi Pranata") == ["Melatih", "Membangun"]
    assert titles(jenis="Indikator") == ["Jumlah"]
    assert titles(kantor="Dinas Komunikasi dan Informatika") == ["Membangun"]
    assert titles(kantor="Dinas Sosial") == ["Melatih", "Jumlah", "Membangun"]
    assert titles(bagian="Permasalahan: Satu") == ["Satu", "Melatih", "Jumlah"]
    assert titles(orang="Dodi Pranata", bagian="Permasalahan: Dua") == ["Membangun"]
    assert titles(orang="Semua selain saya") == ["Satu", "Melatih", "Jumlah", "Membangun"]
    nothing = client.get(
        f"{address}&jenis={options['jenis']['Indikator']}&orang={options['orang']['Dodi Pranata']}"
    )
    assert "0 dari 4 perubahan cocok" in nothing
    assert nothing.link("Hapus saringan").startswith(address)


def test_unchanged_sentences_are_folded_and_the_texts_can_stand_side_by_side(
    cast: Cast, client: LookingClient
):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        action = an_action(cast, roadmap, description=LONG)
        since = db.session.get_one(Roadmap, roadmap.id).head_seq
        edit(cast.rina, action, description=LONG.replace("Laporan dapat dibaca", "Laporan wajib dibaca"))
        roadmap_id = roadmap.id
    sign_in(client, cast.maria)
    page = client.get(f"/roadmaps/{roadmap_id}/comparison?dari={since}")
    assert "… 5 kalimat tetap …" in page.one(".change")
    assert "dihapus: dapat selesai. ditambah: wajib selesai. dibaca semua orang." in page.one(".change")
    page = client.get(page.link("Tulisan lama dan baru berdampingan"))
    before, after = (side.text for side in page.all(".change-beside > div"))
    assert ("dapat" in before, "wajib" in before) == (True, False)
    assert ("dapat" in after, "wajib" in after) == (False, True)


def test_what_was_removed_is_named_and_leads_to_its_history(cast: Cast, client: LookingClient):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        problem = a_problem(cast, roadmap, title="Tidak ada lagi")
        action = an_action(cast, roadmap, problems=[problem])
        since = db.session.get_one(Roadmap, roadmap.id).head_seq
        operations.remove_item(cast.dodi, "problem", problem.id)
        edit(cast.rina, action, problems=[])
        roadmap_id, address = roadmap.id, f"/problems/{problem.id}/history"
    sign_in(client, cast.maria)
    page = client.get(f"/roadmaps/{roadmap_id}/comparison?dari={since}")
    assert heads(page)[0] == "Dihapus Permasalahan 1: Tidak ada lagi"
    assert page.all(".change h2 a")[0]["href"] == address
    assert "Permasalahan yang dijawab, dilepas: dihapus: Tidak ada lagi" in page


def test_what_was_said_is_counted_as_far_as_the_reader_reads_it(cast: Cast, client: LookingClient):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        about = About("roadmap", roadmap.uid)
        mine = talk.open_thread(
            cast.yusuf, roadmap.id, about, "Sudahkah?", nature=Nature.QUESTION, visibility=Visibility.MEMBERS
        )
        since = db.session.get_one(Roadmap, roadmap.id).head_seq
        talk.reply(cast.rina, mine.id, "Sudah.")
        talk.reply(cast.yusuf, mine.id, "Terima kasih.")
        for level, words in ((Visibility.CSO_AND_MENTOR, "KENARI"), (Visibility.MEMBERS, "Untuk semua")):
            talk.open_thread(cast.maria, roadmap.id, about, words, nature=Nature.SUGGESTION, visibility=level)
        roadmap_id = roadmap.id
    address = f"/roadmaps/{roadmap_id}/comparison?dari={since}"
    told = {}
    for person in (cast.yusuf, cast.rina, cast.maria, cast.wali):
        sign_in(client, person)
        page = client.get(address)
        told[person.name] = page.region("percakapan").one("p").text.split(". ")[0]
        assert ("KENARI" in page.text) == (person.uid == cast.yusuf.uid)
        if person.uid == cast.yusuf.uid:
            assert page.one(".lead").text.endswith(
                "tidak ada yang berubah dalam isi peta jalan, 1 balasan untuk Anda."
            )
    assert told == {
        "Yusuf Tanoto": "3 komentar baru dalam 3 percakapan, 1 untuk Anda",
        "Rina Wulandari": "2 komentar baru dalam 2 percakapan",
        "Maria Lestari": "2 komentar baru dalam 1 percakapan",
        "Bu Wali": "3 komentar baru dalam 2 percakapan",
    }


def test_a_larger_plan_asks_no_more_questions(cast: Cast, client: LookingClient):
    counts = []
    for size in (3, 12, 40):
        with client.app.app_context():
            roadmap = a_plan(cast, problems=size, actions=size, modalities=size)
            since = db.session.get_one(Roadmap, roadmap.id).head_seq
            for one in db.session.scalars(db.select(Action).where(Action.roadmap_id == roadmap.id)).all():
                edit(cast.rina if one.id % 2 else cast.dodi, one, area="Di mana saja")
            roadmap_id = roadmap.id
        sign_in(client, cast.maria)
        client.get("/help")
        with queries(client.app) as asked:
            assert client.get(f"/roadmaps/{roadmap_id}/comparison?dari={since}").status == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] < 50


# --- In a browser -------------------------------------------------------------------------------------------


@pytest.mark.engines("sqlite")  # keys and colours know no database
@pytest.mark.parametrize("look", [(PHONE, "light", True), (DESK, "dark", True), (PHONE, "light", False)])
def test_the_next_change_takes_the_focus_and_nothing_stands_in_the_way(
    cast: Cast, client: LookingClient, page_of: Any, look: tuple[Any, Any, Any]
):
    with client.app.app_context():
        roadmap = a_plan(cast, problems=8, actions=8)
        since = db.session.get_one(Roadmap, roadmap.id).head_seq
        problems, actions = items_of(roadmap, Problem), items_of(roadmap, Action)
        operations.move_item(cast.dodi, "problem", problems[5].id, problems[0].uid)
        operations.remove_item(cast.dodi, "action", actions[7].id)
        edit(cast.rina, actions[0], expected_result=LONG)
        edit(cast.rina, actions[1], budget={"2026 apbd": 1})
        roadmap_id = roadmap.id
    sign_in(client, cast.maria)
    size, theme, js = look
    page = page_of(size, theme=theme, js=js)
    cookie: Any = client.raw.get_cookie("roadmap")
    page.context.add_cookies([{"name": "roadmap", "value": cookie.value, "domain": "127.0.0.1", "path": "/"}])
    page.goto(f"/roadmaps/{roadmap_id}/comparison?dari={since}")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    if js:
        assert barriers(page) == []
    page.locator("#perubahan-1 ~ .change-place a[rel=next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#perubahan-2")
    if js:
        assert page.evaluate("document.activeElement.id") == "perubahan-2"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#perubahan-1")
