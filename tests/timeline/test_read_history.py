"""Reading the story: by day, a page at a time, as many queries for 400 items as for 20; who may not sees nothing."""

import pytest
from flask import Flask

from roadmap.history.models import Roadmap
from roadmap.plan import bulk, operations
from roadmap.plan.models import Action
from tests.cast import Cast, sign_in
from tests.conftest import Clock
from tests.factories import a_problem, a_roadmap, an_action
from tests.history.log import head
from tests.page import LookingClient, Page
from tests.queries import queries
from tests.text.hostile_strings import HOSTILE_STRINGS

MEMBERS = ["rina", "dodi", "oki", "yusuf", "maria", "vera", "wali", "sari"]
OUTSIDE = ["adi", "eka", "nina"]


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    return a_roadmap(cast)


@pytest.fixture
def action(cast: Cast, roadmap: Roadmap) -> Action:
    return an_action(cast, roadmap, title="Melatih petugas", expected_result="Petugas dapat menyapa.")


def _addresses(action: Action) -> list[str]:
    roadmap_id = action.roadmap_id
    return [
        f"/roadmaps/{roadmap_id}/history",
        f"/roadmaps/{roadmap_id}/changes/2",
        f"/actions/{action.id}/history",
        f"/roadmaps/{roadmap_id}/removed",
    ]


def _story(page: Page) -> list[str]:
    return [one.text for one in page.all(".history > li p:first-child")]


@pytest.mark.engines("sqlite")
def test_the_whole_team_reads_every_page(client: LookingClient, cast: Cast, action: Action) -> None:
    for name in MEMBERS:
        sign_in(client, getattr(cast, name))
        assert [client.get(address).status for address in _addresses(action)] == [200] * 4


@pytest.mark.engines("sqlite")
def test_nobody_else_learns_that_there_is_anything(client: LookingClient, cast: Cast, action: Action) -> None:
    for name in OUTSIDE:
        sign_in(client, getattr(cast, name))
        for address in _addresses(action):
            page = client.get(address)
            assert page.status == 404
            assert "Melatih" not in page.html
    client.forget()
    for address in _addresses(action):
        assert client.get(address).status in {302, 303}


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    "address",
    [
        "/roadmaps/1/changes/99",
        "/roadmaps/1/changes/99999999999999999999",
        "/roadmaps/99999999999999999999/history",
        "/roadmaps/7/history",
        "/actions/99999999999999999999/history",
        "/actions/7/history",
        "/verses/1/history",
    ],
)
def test_an_address_of_nothing_is_not_there(
    client: LookingClient, cast: Cast, action: Action, address: str
) -> None:
    sign_in(client, cast.rina)
    assert client.get(address).status == 404


@pytest.mark.parametrize("before", ["x", "0", "-1", "9" * 30, "٣", "%00"])
def test_a_forged_page_is_a_page(client: LookingClient, cast: Cast, action: Action, before: str) -> None:
    sign_in(client, cast.rina)
    for address in (f"/roadmaps/{action.roadmap_id}/history", f"/actions/{action.id}/history"):
        assert client.get(f"{address}?sebelum={before}").status == 200


def test_the_story_is_told_by_day_newest_first(
    clock: Clock, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    clock.set("2026-11-02T23:30+07:00")
    a_problem(cast, roadmap, title="Malam ini")
    clock.advance(hours=1)
    a_problem(cast, roadmap, by=cast.dodi, title="Lewat tengah malam")
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}/history")
    assert [one.text for one in page.all("main section h2")] == ["3 November 2026", "2 November 2026"]
    assert _story(page) == [
        "Dodi Pranata menambah permasalahan Lewat tengah malam.",
        "Anda menambah permasalahan Malam ini.",
        "Anda membuat peta jalan ini.",
    ]
    assert "pukul 00.30 WIB" in page.text


def test_the_story_goes_on_a_page_at_a_time(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    with app.app_context():
        for turn in range(70):
            # What carries a reason keeps its own line.
            operations.edit_item(
                cast.rina, "action", action.id, turn + 1, {"code": f"A.{turn}"}, reason="Rapat"
            )
    sign_in(client, cast.rina)
    page, told = client.get(f"/roadmaps/{action.roadmap_id}/history"), []
    while True:
        told += _story(page)
        if "Yang lebih lama" not in page.links:
            break
        page = client.follow(page, "Yang lebih lama")
    assert len(told) == 72
    assert told[0] == "Anda mengubah Kode dari A.68 ke A.69 pada Melatih petugas."
    assert told[-1] == "Anda membuat peta jalan ini."
    versions = client.get(f"/actions/{action.id}/history")
    assert len(_story(versions)) == 20
    assert len(_story(client.follow(versions, "Yang lebih lama"))) == 20


def test_as_many_queries_for_four_hundred_items_as_for_twenty(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    counts: list[list[int]] = []
    made: list[int] = []
    for more in (20, 190, 190):
        with app.app_context():
            entries = [
                bulk.Entry("action", {"title": f"Aksi {n}", "lead": cast.dinsos.uid}) for n in range(more)
            ]
            made += [item.id for item in bulk.add_many(cast.rina, roadmap.id, entries)]
            for item_id in made[-10:]:
                operations.edit_item(cast.dodi, "action", item_id, 1, {"area": "Semua", "code": "x"})
            for item_id in made[-14:-8]:
                operations.remove_item(cast.dodi, "action", item_id)
        addresses = [
            f"/roadmaps/{roadmap.id}/history",
            f"/roadmaps/{roadmap.id}/changes/2",
            f"/roadmaps/{roadmap.id}/removed",
            f"/actions/{made[-1]}/history",
        ]
        client.get("/help")
        asked_for_each = []
        for address in addresses:
            with queries(app) as asked:
                assert client.get(address).status == 200
            asked_for_each.append(len(asked))
        counts.append(asked_for_each)
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) < 45


def test_an_act_is_shown_whole_before_and_after(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    with app.app_context():
        operations.edit_item(
            cast.dodi,
            "action",
            action.id,
            1,
            {
                "expected_result": "Semua petugas dapat menyapa **ramah**.",
                "supporting": [cast.oms.uid],
                "budget": {"2026 apbd": 5},
                "ends_on": "2027-03-31",
            },
            reason="Hasil rapat",
        )
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{action.roadmap_id}/changes/3")
    assert page.heading.startswith("Perubahan ")
    assert page.one(".lead").text.startswith("Dodi Pranata mengubah Hasil yang ingin dicapai")
    rows = {row.one("dt").text: row.one("dd").text for row in page.all(".summary-row")}
    assert rows == {
        "Hasil yang ingin dicapai": "dihapus: Petugas selesai. ditambah: Semua petugas selesai. dapat dihapus: menyapa. selesai. ditambah: menyapa **ramah**. selesai.",
        "Pendukung": "ditambah: Perkumpulan Contoh Setara",
        "Anggaran": "Anggaran 2026 (APBD kabupaten/kota): ditambah: Rp5",
        "Selesai": "ditambah: Maret 2027",
    }
    assert "Alasan: Hasil rapat" in page.text
    assert not page.has("strong em, dd strong")
    assert page.link("Perubahan sebelumnya").endswith("/changes/2")
    assert client.get(f"/roadmaps/{action.roadmap_id}/changes/2").link("Perubahan berikutnya").endswith("/3")


@pytest.mark.engines("sqlite")
def test_no_string_of_an_attacker_does_anything(
    app: Flask, client: LookingClient, cast: Cast, roadmap: Roadmap
) -> None:
    with app.app_context():
        for start in range(0, len(HOSTILE_STRINGS), 40):
            entries = [
                bulk.Entry("action", {"title": text[:400], "expected_result": text, "code": text[:60], "evidence": {f"https://x.id/{n}": text[:200]}})
                for n, text in enumerate(HOSTILE_STRINGS[start : start + 40])
            ]  # fmt: skip
            bulk.add_many(cast.rina, roadmap.id, entries)
        items = [
            an_action(cast, roadmap, title=text[:400], expected_result=text) for text in HOSTILE_STRINGS[::12]
        ]
        for item, text in zip(items, reversed(HOSTILE_STRINGS), strict=False):
            operations.edit_item(
                cast.rina, "action", item.id, 1, {"expected_result": text, "code": text[:60]}, reason=text
            )
            operations.remove_item(cast.rina, "action", item.id, reason=text)
        first, last = items[0].id, head(roadmap.id)
    sign_in(client, cast.rina)
    addresses = [
        f"/roadmaps/{roadmap.id}/history",
        f"/roadmaps/{roadmap.id}/removed",
        f"/actions/{first}/history",
    ]
    page = client.get(addresses[0])
    addresses += [f"/roadmaps/{roadmap.id}/changes/{seq}" for seq in (2, 3, *range(last - 6, last + 1))]
    for address in addresses:
        page = client.get(address)
        assert page.status == 200
        # The looking client has refused every inline script, handler and javascript: address already.
        assert not page.has("main img, main iframe, main script, main object, main [hx-get], main [style]")


def test_what_was_removed_is_listed_and_brought_back(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    with app.app_context():
        operations.remove_item(cast.dodi, "action", action.id, reason="Dobel")
    sign_in(client, cast.rina)
    page = client.follow(
        client.get(f"/roadmaps/{action.roadmap_id}/history"), "1 bagian yang dihapus dan dapat dipulihkan"
    )
    assert "Dodi Pranata menghapus bagian ini." in page.text
    assert "Dobel" in page.text
    restored = client.submit(page, f"/actions/{action.id}/restoration", {})
    assert restored.heading == "Melatih petugas"
    assert restored.title.startswith("Tersimpan:")
    assert "Tidak ada yang dihapus" in client.get(f"/roadmaps/{action.roadmap_id}/removed").text


def test_who_may_not_restore_reads_who_can(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    with app.app_context():
        operations.remove_item(cast.dodi, "action", action.id)
    sign_in(client, cast.yusuf)
    page = client.get(f"/roadmaps/{action.roadmap_id}/removed")
    assert "Melatih petugas" in page.text
    assert "Tim penyusun dapat memulihkannya" in page.text
    assert not page.has("main form[action$='/restoration']")


def test_an_item_shows_its_last_acts_and_every_text_it_had(
    app: Flask, client: LookingClient, cast: Cast, action: Action
) -> None:
    with app.app_context():
        operations.edit_item(
            cast.dodi, "action", action.id, 1, {"expected_result": "Petugas\n\ndapat menyapa semua."}
        )
        operations.edit_item(cast.rina, "action", action.id, 2, {"expected_result": ""})
    sign_in(client, cast.rina)
    item = client.get(f"/actions/{action.id}")
    slot = item.region("slot-item-history")
    assert [one.text for one in slot.all("li p:first-child")] == [
        "Anda mengosongkan Hasil yang ingin dicapai.",
        "Dodi Pranata mengubah Hasil yang ingin dicapai.",
        "Anda menambah bagian ini.",
    ]
    page = client.follow(slot, "Seluruh riwayat bagian ini")
    words = [one.tag.get_text() for one in page.all("details .words")]
    assert "Petugas\n\ndapat menyapa semua." in words
    assert "Petugas dapat menyapa." in words


@pytest.mark.engines("sqlite")
def test_the_pages_speak_english_too(client: LookingClient, cast: Cast, action: Action) -> None:
    sign_in(client, cast.rina)
    page = client.get("/help")
    client.post("/language", {"language": "en"})
    for address in [*_addresses(action), "/kept-words"]:
        page = client.get(address)
        assert page.status == 200
        assert page.language == "en"


@pytest.mark.engines("sqlite")
def test_no_machine_word_is_on_a_page(client: LookingClient, cast: Cast, action: Action) -> None:
    sign_in(client, cast.rina)
    for address in [*_addresses(action), "/kept-words"]:
        words = client.get(address).one("main").text.lower()
        for word in ("changeset", "revision", "seq", "digest", "uid", "versi ", action.uid):
            assert word not in words
