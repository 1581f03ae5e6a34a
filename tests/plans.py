"""Whole plans, written through the verbs people use: typical and long ones, and editions that were adopted.

roadmap = a_plan(cast, problems=9, actions=34)
edition = adopted(cast, roadmap)
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Edition, Plain, Roadmap
from roadmap.people.models import Person
from roadmap.plan import operations as plan_verbs
from roadmap.plan.bulk import MOST_AT_ONCE, Entry, add_many
from roadmap.plan.models import Action, Term
from roadmap.plan.queries import terms_seen_by
from roadmap.review import operations as review_verbs
from roadmap.review.models import Instrument, Judgement
from tests.cast import Cast, at_home

DEEDS = (
    "Menyediakan kanal pengaduan yang aksesibel bagi penyandang disabilitas sensorik",
    "Melatih 60 petugas puskesmas menggunakan bahasa isyarat dasar",
    "Membangun jalur pemandu dan tanda suara di halte dan kantor kecamatan",
    "Menyusun pedoman layanan ramah lansia di seluruh kelurahan",
    "Mendampingi perempuan kepala keluarga mengurus dokumen kependudukan",
    "Membuka rumah aman bagi perempuan dan anak korban kekerasan di setiap wilayah pembantu",
)
WRONGS = (
    "Belum tersedianya layanan pengaduan yang dapat dipakai penyandang disabilitas sensorik",
    "Masih rendahnya keterlibatan perempuan dan kelompok rentan dalam musrenbang",
    "Belum optimalnya layanan kesehatan bagi warga lansia di kelurahan pinggiran",
)
THINGS = (
    "Peraturan Daerah tentang Perlindungan Penyandang Disabilitas",
    "Forum warga dan organisasi masyarakat sipil yang bertemu setiap bulan",
    "Anggaran pelatihan petugas layanan di Dinas Sosial",
)


@at_home
def a_plan(
    cast: Cast,
    *,
    title: str = "Peta Jalan Kota HAM 2026–2030",
    problems: int = 9,
    actions: int = 34,
    modalities: int = 12,
    loose: int = 2,
    indicators: int = 1,
    by: Person | None = None,
) -> Roadmap:
    """A roadmap with so many parts; the last `loose` actions answer no problem, some things are missing."""
    by = by or cast.rina
    region = cast.elsewhere if by.uid == cast.eka.uid else cast.city
    roadmap = plan_verbs.create_roadmap(
        by,
        region.id,
        {
            "title": title,
            "year_from": 2026,
            "year_to": 2030,
            "vision": "Setiap warga terlayani tanpa dibedakan, dan setiap pengaduan dijawab.",
            "easy_read": "Kota ini berjanji melayani semua orang.\n\nAda yang memeriksa apakah janji itu ditepati.",
            "legal_basis": "Undang-Undang Nomor 39 Tahun 1999",
        },
    )
    rights, groups = (list(terms_seen_by(region.id, name)) for name in ("rights", "groups"))
    entries = [Entry("section", {"title": "Latar belakang", "body": "Mengapa peta jalan ini ditulis."})]
    entries += [
        Entry("modality", {"title": f"{THINGS[n % len(THINGS)]} {n + 1}", "modality_kind": "regulasi"})
        for n in range(modalities)
    ]
    things = [entry.uid for entry in entries if entry.kind == "modality"]
    wrongs = [_problem(n, things, rights, groups) for n in range(problems)]
    deeds = [_action(n, cast, wrongs, groups, is_loose=n >= actions - loose) for n in range(actions)]
    measures = [_indicator(deed, n) for deed in deeds for n in range(indicators)]
    _write(by, roadmap.id, [*entries, *wrongs])
    _write(by, roadmap.id, deeds)
    _write(by, roadmap.id, measures)
    return db.session.get_one(Roadmap, roadmap.id)


def _problem(n: int, things: Sequence[str], rights: Sequence[Term], groups: Sequence[Term]) -> Entry:
    values: dict[str, Plain] = {
        "title": f"{WRONGS[n % len(WRONGS)]} ({n + 1})",
        "cause": "Petugas belum dilatih, dan anggarannya belum ada.",
        "modalities": [things[n % len(things)]] if things else [],
        "rights": [rights[n % len(rights)].uid] if rights else [],
        "groups": [groups[n % len(groups)].uid] if groups else [],
    }
    return Entry("problem", values)


def _action(n: int, cast: Cast, wrongs: Sequence[Entry], groups: Sequence[Term], *, is_loose: bool) -> Entry:
    offices = (cast.dinsos, cast.kominfo, cast.bappeda)
    values: dict[str, Plain] = {
        "title": f"{DEEDS[n % len(DEEDS)]} ({n + 1})",
        "expected_result": "Setiap warga dapat menyampaikan pengaduan dan menerima jawaban dalam lima hari kerja.",
        "problems": [] if is_loose or not wrongs else [wrongs[n % len(wrongs)].uid],
        "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
        "area": "Seluruh kecamatan",
        "groups": [groups[n % len(groups)].uid] if groups else [],
        "budget": {"2026 apbd": 420_000_000, "2027 apbd": 310_000_000},
        "subactivity_codes": ["2.08.03.2.02.0001"],
        "status": "berjalan" if n % 3 == 0 else None,
    }
    if n % 7 != 6:
        values["lead"] = offices[n % len(offices)].uid
        values["supporting"] = [cast.oms.uid]
    return Entry("action", values)


def _indicator(deed: Entry, n: int) -> Entry:
    values: dict[str, Plain] = {
        "title": f"Jumlah kecamatan dengan layanan yang dapat dipakai semua orang, ukuran {n + 1}",
        "unit": "kecamatan",
        "baseline": "0",
        "baseline_year": 2025,
        "targets": {"2026": "6", "2027": "12", "2028": "16"},
    }
    return Entry("indicator", values, parent_uid=deed.uid)


def _write(by: Person, roadmap_id: int, entries: Sequence[Entry]) -> None:
    for start in range(0, len(entries), MOST_AT_ONCE):
        add_many(by, roadmap_id, entries[start : start + MOST_AT_ONCE])


@at_home
def complete(cast: Cast, roadmap: Roadmap) -> Roadmap:
    """Give every action of Kota Contoh a lead, so that nothing stands against asking the leader."""
    query = select(Action).where(
        Action.roadmap_id == roadmap.id, Action.lead.is_(None), Action.removed_at.is_(None)
    )
    for action_id, version in [(one.id, one.version) for one in db.session.scalars(query)]:
        plan_verbs.edit_item(cast.rina, "action", action_id, version, {"lead": cast.dinsos.uid})
    return db.session.get_one(Roadmap, roadmap.id)


@at_home
def approved(cast: Cast, roadmap: Roadmap, note: str = "Perubahan setelah evaluasi.") -> Edition:
    """Take a roadmap of Kota Contoh through telaah to the leader's approval."""
    complete(cast, roadmap)
    submission = review_verbs.submit(cast.rina, roadmap.id, note)
    review_verbs.judge(cast.maria, submission.id, Judgement.PASSED)
    submission = review_verbs.submit(cast.rina, roadmap.id, note, accepts_findings=True)
    return review_verbs.approve(cast.wali, submission.id, submission.seq, submission.digest)


@at_home
def adopted(cast: Cast, roadmap: Roadmap, number: str = "12 Tahun 2026") -> Edition:
    """Have a roadmap of Kota Contoh approved, and adopted by a regulation of its mayor."""
    edition = approved(cast, roadmap)
    review_verbs.adopt(
        cast.rina,
        edition.id,
        instrument=Instrument.LEADER_REGULATION,
        number=number,
        adopted_on=date(2026, 7, 1),
        subject="Peta Jalan Kota HAM",
    )
    return db.session.get_one(Edition, edition.id)
