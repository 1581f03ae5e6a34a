"""Every page of a roadmap says in one line whose turn it is, since when, and what is missing."""

from datetime import date

import pytest

from roadmap.people.roles import Role
from roadmap.review import operations
from roadmap.review.models import Basis, Judgement
from roadmap.review.queries import standing_of
from roadmap.review.words import sentence_of
from tests.cast import sign_in
from tests.factories import a_modality, a_roadmap
from tests.queries import queries
from tests.review.stories import a_plan, adopt, edit, first_action, now_of, switch


def _said(roadmap) -> str:
    return sentence_of(standing_of(now_of(roadmap)))


@pytest.mark.engines("sqlite")  # words only; the queries behind them run on both in the other tests
def test_the_sentence_of_every_state_on_the_way_to_the_first_edition_and_beyond(cast, ctx, clock):
    clock.set("2026-05-03T08:00+07:00")
    roadmap = a_plan(cast)
    assert _said(roadmap) == "Giliran tim Bappeda sejak 3 Mei."

    operations.open_consultation(cast.rina, roadmap.id, date(2026, 5, 17))
    clock.set("2026-05-08T08:00+07:00")
    assert _said(roadmap) == ("Giliran semua anggota tim. Masukan diterima sampai 17 Mei 2026 (9 hari lagi).")
    clock.set("2026-05-17T20:00+07:00")
    assert _said(roadmap) == "Giliran semua anggota tim. Hari ini hari terakhir memberi masukan."
    clock.set("2026-05-18T08:00+07:00")
    assert _said(roadmap) == "Giliran tim Bappeda. Masa masukan berakhir 17 Mei 2026."

    first = operations.submit(cast.rina, roadmap.id)
    assert _said(roadmap) == "Giliran mentor sejak 18 Mei. Rancangan 1 sedang ditelaah."
    edit(cast, roadmap, title="Kanal pengaduan dua bahasa")
    edit(cast, roadmap, area="Kecamatan Satu")
    assert _said(roadmap) == (
        "Giliran mentor sejak 18 Mei. Rancangan 1 sedang ditelaah; 2 perubahan sesudahnya belum ikut."
    )
    clock.set("2026-05-20T08:00+07:00")
    action = first_action(roadmap)
    items = [action.uid, standing_of(now_of(roadmap)).facts.submissions[0].uid][:1]
    operations.judge(cast.maria, first.id, Judgement.RETURNED, "Sebut satuannya.", items)
    assert _said(roadmap) == "Giliran tim Bappeda. Dikembalikan 20 Mei: 1 butir perlu diperbaiki."
    edit(cast, roadmap, area="Kecamatan Dua")
    assert _said(roadmap) == (
        "Giliran tim Bappeda. Dikembalikan 20 Mei: 1 butir perlu diperbaiki, 1 sudah disunting."
    )
    second = operations.submit(cast.rina, roadmap.id)
    operations.withdraw(cast.rina, roadmap.id)
    assert _said(roadmap) == f"Giliran tim Bappeda. Rancangan {second.number} ditarik 20 Mei."

    third = operations.submit(cast.rina, roadmap.id)
    operations.judge(cast.maria, third.id, Judgement.PASSED)
    assert _said(roadmap) == "Giliran tim Bappeda mengirimkannya. Rancangan 3 lolos 20 Mei."
    clock.set("2026-06-02T08:00+07:00")
    sent = operations.submit(cast.rina, roadmap.id, accepts_findings=True)
    assert _said(roadmap) == "Rancangan 3 di meja Wali Kota sejak 2 Juni."
    clock.set("2026-06-09T08:00+07:00")
    edition = operations.approve(cast.wali, sent.id, sent.seq, sent.digest)
    assert _said(roadmap) == "Disetujui 9 Juni. Menunggu nomor Peraturan Wali Kota."
    edit(cast, roadmap, area="Kecamatan Tiga")
    assert _said(roadmap) == (
        "Giliran tim Bappeda menyusun perubahan sejak 9 Juni. "
        "Edisi 1 disetujui, menunggu nomor Peraturan Wali Kota."
    )
    adopt(cast, edition)
    assert _said(roadmap) == (
        "Giliran tim Bappeda menyusun perubahan sejak 9 Juni. Edisi 1 tetap berlaku sejak 1 Juli 2026."
    )


@pytest.mark.engines("sqlite")  # words only
def test_the_sentences_of_an_edition_in_force(cast, ctx, clock):
    clock.set("2026-06-09T08:00+07:00")
    switch(cast, has_review=False)
    roadmap = a_plan(cast)
    sent = operations.submit(cast.rina, roadmap.id, accepts_findings=True)
    verdict = operations.record_decision(
        cast.sari,
        sent.id,
        Judgement.PASSED,
        basis=Basis.INITIALLED_SHEET,
        number="",
        decided_on=date(2026, 6, 8),
        scan="https://arsip.contoh.go.id/1",
    )
    assert _said(roadmap) == (
        "Disetujui Wali Kota 8 Juni 2026, dicatat oleh Sari Puspita berdasarkan lembar berparaf. "
        "Menunggu nomor Peraturan Wali Kota."
    )
    edition = standing_of(now_of(roadmap)).edition_awaiting
    assert edition is not None
    assert verdict.decided_on == date(2026, 6, 8)
    adopt(cast, edition)
    assert _said(roadmap) == (
        "Berlaku sejak 1 Juli 2026 (Edisi 1). Berikutnya tim Bappeda memulai pelaksanaan."
    )
    operations.begin_implementation(cast.rina, roadmap.id)
    assert _said(roadmap) == "Berlaku sejak 1 Juli 2026 (Edisi 1). Dilaksanakan sejak 9 Juni 2026."
    operations.finish(cast.rina, roadmap.id)
    assert _said(roadmap) == "Pelaksanaan selesai 9 Juni 2026. Peta jalan ini tinggal untuk dibaca."


def test_what_is_missing_is_counted_anew_after_each_edit(cast, ctx):
    roadmap = a_roadmap(cast)
    assert standing_of(now_of(roadmap)).missing == 1
    a_modality(cast, roadmap)
    assert standing_of(now_of(roadmap)).missing == 2


def test_a_plan_of_any_size_takes_the_same_number_of_queries(cast, ctx):
    def count(roadmap) -> int:
        found = now_of(roadmap)
        with queries(ctx) as asked:
            standing_of(found)
        return len(asked)

    roadmap = a_plan(cast)
    operations.submit(cast.rina, roadmap.id)
    a_modality(cast, roadmap)
    few = count(roadmap)
    for number in range(12):
        a_modality(cast, roadmap, title=f"Modalitas {number}")
    assert count(roadmap) == few


def test_it_reads_your_turn_for_those_whose_turn_it_is(cast, client):
    with client.app.app_context():
        roadmap = a_plan(cast)
        roadmap_id = roadmap.id
        operations.submit(cast.rina, roadmap_id)
        assert standing_of(now_of(roadmap)).turn == Role.MENTOR
    sign_in(client, cast.maria)
    strip = client.get(f"/roadmaps/{roadmap_id}/stages").region("slot-strip")
    assert "strip-mine" in strip.classes
    assert "Giliran Anda. Tahap 3 dari 5: Telaah." in strip
    assert strip.link("Tahapan") == f"/roadmaps/{roadmap_id}/stages"
    assert strip.link("Lihat yang kurang (1)") == f"/roadmaps/{roadmap_id}/findings"
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap_id}/stages")
    assert "strip-mine" not in page.region("slot-strip").classes
    assert "Sekarang giliran mentor. Hubungi: Maria Lestari." in page
