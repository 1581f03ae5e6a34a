"""Every act is told in a sentence for people: old and new where they are short, no machine words."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.operations import record
from roadmap.history.queries import story_of
from roadmap.people.models import Person
from roadmap.plan import bulk, operations
from roadmap.plan.queries import terms_seen_by
from roadmap.review import operations as review
from roadmap.review.models import Judgement
from roadmap.timeline.sentences import tell_acts
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_modality, a_problem, a_roadmap, an_action, an_indicator
from tests.review import stories

TITLE = "Melatih 60 petugas puskesmas"
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}")


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Iterator[Roadmap]:
    made = a_roadmap(cast)
    with ctx.test_request_context():
        yield made


def _told(roadmap: Roadmap, reader: Person | None = None, limit: int = 1) -> list[str]:
    """The last acts in sentences, newest first."""
    db.session.expire_all()
    found = db.session.get_one(Roadmap, roadmap.id)
    anybody = reader or db.session.query(Person).filter_by(email="rina@contoh.go.id").one()
    told = [one.text for one in tell_acts(found, story_of(found, anybody, limit=limit), reader)]
    for sentence in told:
        assert sentence.endswith((".", "…"))
        assert "…." not in sentence
        assert "  " not in sentence
        assert not UID.search(sentence)
        assert "None" not in sentence
    return told


def test_the_reader_is_addressed_and_others_are_named(cast: Cast, roadmap: Roadmap) -> None:
    assert _told(roadmap, cast.rina) == ["Anda membuat peta jalan ini."]
    assert _told(roadmap, cast.dodi) == ["Rina Wulandari membuat peta jalan ini."]


def test_a_closed_account_has_no_name(cast: Cast, roadmap: Roadmap) -> None:
    from roadmap.clock import now

    with unit_of_work():
        db.session.get_one(Person, cast.rina.id).closed_at = now()
    assert _told(roadmap) == ["Akun yang ditutup membuat peta jalan ini."]


Edit = tuple[dict[str, Any], str]
EDITS: list[Edit] = [
    ({"ends_on": "2027-03-31"}, "mengubah waktu selesai dari Desember 2026 ke Maret 2027"),
    ({"ends_on": None}, "mengosongkan waktu selesai, tadinya Desember 2026"),
    ({"starts_on": "2026-01-01"}, "mengisi waktu mulai: Januari 2026"),
    ({"code": "A.1"}, "mengisi Kode: A.1"),
    ({"priority": "tinggi"}, "mengisi Prioritas: Tinggi"),
    (
        {"lead": "kominfo"},
        "mengubah Penanggung jawab utama dari Dinas Sosial ke Dinas Komunikasi dan Informatika",
    ),
    ({"expected_result": "Setiap warga dapat mengadu."}, "mengubah Hasil yang ingin dicapai"),
    ({"expected_result": ""}, "mengosongkan Hasil yang ingin dicapai"),
    ({"description": "Dengan suara."}, "menulis Uraian"),
    ({"supporting": ["oms"]}, "menambah Perkumpulan Contoh Setara pada Pendukung"),
    ({"subactivity_codes": ["1.01", "1.02"]}, "menambah 1.01 dan 1.02 pada Kode sub kegiatan"),
    (
        {"budget": {"2026 apbd": 5_000_000}},
        "mengubah Anggaran 2026 (APBD kabupaten/kota) dari Rp4.000.000 ke Rp5.000.000",
    ),
    (
        {"budget": {"2026 apbd": 4_000_000, "2027 hibah": 1}},
        "mengisi Anggaran 2027 (Hibah): Rp1",
    ),
    ({"budget": {}}, "mengosongkan Anggaran 2026 (APBD kabupaten/kota), tadinya Rp4.000.000"),
    (
        {"budget": {"2026 hibah": 1, "2027 hibah": 1, "2028 hibah": 1}},
        "mengubah Anggaran pada 4 baris",
    ),
    ({"evidence": {"https://contoh.id/a": "Berita"}}, "mengisi bukti https://contoh.id/a: Berita"),
    ({"status": "berjalan"}, "mengisi Status pelaksanaan: Berjalan"),
    ({"title": "Melatih petugas"}, "mengubah judul dari Melatih 60 petugas puskesmas ke Melatih petugas"),
    ({"title": "Melatih " * 12}, "mengubah judul"),
    (
        {"code": "A.1", "priority": "tinggi", "area": "Semua", "origin": "oms", "description": "x"},
        "mengisi Wilayah: Semua, menulis Uraian, mengisi Prioritas: Tinggi dan mengubah 2 isian lain",
    ),
]


@pytest.mark.engines("sqlite")  # words, not storage
@pytest.mark.parametrize(("values", "said"), EDITS)
def test_an_edit_tells_old_and_new(cast: Cast, roadmap: Roadmap, values: dict[str, Any], said: str) -> None:
    action = an_action(
        cast,
        roadmap,
        title=TITLE,
        ends_on="2026-12-31",
        lead=cast.dinsos,
        expected_result="Setiap warga dijawab.",
        budget={"2026 apbd": 4_000_000},
    )
    names = {"kominfo": cast.kominfo.uid, "oms": cast.oms.uid}
    named = {
        name: names.get(value, value) if name == "lead" else [names.get(one, one) for one in value] if name == "supporting" else value
        for name, value in values.items()
    }  # fmt: skip
    operations.edit_item(cast.dodi, "action", action.id, 1, named)
    title = str(values.get("title") or TITLE).strip()
    shown = title if len(title) <= 70 else None
    (told,) = _told(roadmap, cast.rina)
    assert told.startswith(f"Dodi Pranata {said} pada {shown or 'Melatih'}")


def test_links_are_named_by_what_they_lead_to(cast: Cast, roadmap: Roadmap) -> None:
    problem, modality = a_problem(cast, roadmap, title="Kanal belum ada"), a_modality(cast, roadmap)
    rights = [term.uid for term in terms_seen_by(roadmap.region_id, "rights")][:2]
    operations.edit_item(
        cast.rina, "problem", problem.id, 1, {"modalities": [modality.uid], "rights": rights[:1]}
    )
    assert _told(roadmap, cast.rina) == [
        (
            "Anda menambah Perda Penyandang Disabilitas pada Modalitas yang menjawab "
            "dan menambah Hak atas bantuan hukum pada Hak terkait pada Kanal belum ada."
        )
    ]
    operations.remove_item(cast.rina, "modality", modality.id)
    operations.edit_item(cast.rina, "problem", problem.id, 2, {"modalities": []})
    assert _told(roadmap, cast.rina) == [
        "Anda melepas Perda Penyandang Disabilitas dari Modalitas yang menjawab pada Kanal belum ada."
    ]


def test_additions_removals_returns_and_moves(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, title=TITLE)
    other = an_action(cast, roadmap, title="")
    an_indicator(cast, action, title="Jumlah petugas")
    operations.move_item(cast.dodi, "action", action.id, other.uid)
    operations.remove_item(cast.dodi, "action", action.id)
    operations.restore_item(cast.rina, "action", action.id)
    assert _told(roadmap, cast.rina, limit=6) == [
        f"Anda memulihkan {TITLE} beserta 1 indikatornya.",
        f"Dodi Pranata menghapus {TITLE} beserta 1 indikatornya.",
        f"Dodi Pranata memindahkan {TITLE}.",
        f"Anda menambah indikator Jumlah petugas pada {TITLE}.",
        "Anda menambah rencana aksi tanpa judul.",
        f"Anda menambah rencana aksi {TITLE}.",
    ]


def test_the_cover_and_indicators_are_called_so(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap)
    indicator = an_indicator(cast, action, title="Jumlah petugas", targets={"2026": "4"})
    operations.edit_item(
        cast.rina, "indicator", indicator.id, 1, {"targets": {"2026": "6"}, "baseline": "NA"}
    )
    operations.edit_item(cast.rina, "cover", 1, 1, {"year_to": 2031})
    assert _told(roadmap, cast.rina, limit=2) == [
        "Anda mengubah Tahun akhir dari 2030 ke 2031 pada sampul.",
        (
            "Anda mengisi Data dasar: Tidak tersedia dan mengubah Target 2026 dari 4 ke 6 "
            "pada indikator Jumlah petugas."
        ),
    ]


def test_a_closing_says_what_and_why_and_not_the_words(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, title=TITLE, description="Siti Aminah")
    operations.close_text(
        cast.maria, "action", action.id, ["description"], basis="UU PDP", reason="Nama korban"
    )
    assert _told(roadmap, cast.rina, limit=2) == [
        f"Maria Lestari menutup isi Uraian pada {TITLE} karena data pribadi.",
        f"Anda menambah rencana aksi {TITLE}.",
    ]


def test_many_items_in_one_act_are_counted(cast: Cast, roadmap: Roadmap) -> None:
    entries = [bulk.Entry("problem", {"title": f"Masalah {n}"}) for n in range(12)]
    entries += [bulk.Entry("modality", {"title": "Perda"})]
    items = bulk.add_many(cast.rina, roadmap.id, entries)
    assert _told(roadmap, cast.rina) == [
        "Anda memasukkan isi lembar kerja: 1 modalitas ditambah dan 12 permasalahan ditambah."
    ]
    edits = [bulk.Edit("problem", item.id, 1, {"area": "Semua"}) for item in items if item.kind == "problem"]
    bulk.edit_many(cast.rina, roadmap.id, edits[:2], source="form")
    bulk.edit_many(cast.rina, roadmap.id, edits[2:], source="form")
    assert _told(roadmap, cast.rina, limit=2) == [
        "Anda mengubah banyak bagian sekaligus: 10 permasalahan diubah.",
        "Anda mengubah Masalah 0 dan Masalah 1.",
    ]


def test_the_steps_of_a_round(ctx: Flask, cast: Cast) -> None:
    roadmap, edition = stories.approved(cast)
    stories.adopt(cast, edition)
    review.begin_implementation(cast.rina, roadmap.id)
    with ctx.test_request_context():
        assert _told(roadmap, cast.wali, limit=6) == [
            "Rina Wulandari memulai pelaksanaan.",
            "Rina Wulandari mencatat penetapan Edisi 1.",
            "Anda menyetujui Rancangan 1 sebagai Edisi 1.",
            "Rina Wulandari meneruskan Rancangan 1 untuk persetujuan.",
            "Maria Lestari meloloskan Rancangan 1 dari telaah.",
            "Rina Wulandari mengajukan Rancangan 1 untuk telaah.",
        ]


def test_a_return_and_a_withdrawal(ctx: Flask, cast: Cast) -> None:
    roadmap, submission = stories.in_review(cast)
    review.judge(cast.maria, submission.id, Judgement.RETURNED, "Lengkapi indikatornya.")
    review.submit(cast.rina, roadmap.id)
    review.withdraw(cast.rina, roadmap.id)
    with ctx.test_request_context():
        told = _told(roadmap, cast.rina, limit=3)
    assert told[0].startswith("Anda menarik kembali Rancangan")
    assert told[2] == "Maria Lestari mengembalikan Rancangan 1 untuk diperbaiki."


def test_what_was_recorded_for_another_names_both(cast: Cast, roadmap: Roadmap) -> None:
    with unit_of_work(roadmap.id):
        record(
            cast.sari, "approve", payload={"number": 3, "edition_number": 2}, on_behalf_of="Wali Kota Contoh"
        )
    assert _told(roadmap, cast.rina) == [
        (
            "Wali Kota Contoh menyetujui Rancangan 3 sebagai Edisi 2. "
            "Dicatat oleh Sari Puspita atas nama Wali Kota Contoh."
        )
    ]
    assert _told(roadmap, cast.sari)[0].endswith("Dicatat oleh Anda atas nama Wali Kota Contoh.")
    with unit_of_work(roadmap.id):
        record(cast.sari, "return", payload={"number": 3}, on_behalf_of=cast.wali.uid)
    assert _told(roadmap, cast.rina)[0].startswith("Bu Wali mengembalikan Rancangan 3")


@pytest.mark.parametrize(
    "payload", [{}, {"number": None, "desk": 7, "until": 5, "person": None, "role": "x"}]
)
def test_whatever_an_act_left_out_its_sentence_stands(
    cast: Cast, roadmap: Roadmap, payload: dict[str, object]
) -> None:
    from roadmap.timeline.sayings import PINS, STEPS, TALK

    verbs = [*STEPS, *TALK, *PINS, "something-new"]
    for verb in verbs:
        with unit_of_work(roadmap.id):
            record(cast.rina, verb, payload=payload)
    assert len(_told(roadmap, cast.dodi, limit=100)) == len(verbs) + 1


def test_every_verb_of_the_rooms_below_is_told() -> None:
    """Whoever adds an act gives it a sentence: the verbs are read from the sources."""
    from pathlib import Path

    from roadmap.history.listeners import ENDED, GIVEN
    from roadmap.timeline.sayings import PINS, STEPS, TALK
    from roadmap.timeline.sentences import _ON_ITEMS

    told = {*STEPS, *TALK, *PINS, *_ON_ITEMS, "edit", "merge", "close", "restore-fields"}
    house = Path(__file__).parents[2] / "roadmap"
    verb = re.compile(r"record(?:_and_tell|ed)?\(\s*\w+,\s*\"([a-z-]+)\"")
    found = {one for file in house.rglob("*.py") for one in verb.findall(file.read_text())} | {GIVEN, ENDED}
    assert found - told == set()
