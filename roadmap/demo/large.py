"""Large data beside what is there, written as an import writes it: through the same record, 200 items to an act."""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import func, select

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.history.models import Plain, Roadmap
from roadmap.people.models import Person, Region, RegionKind, new_uid
from roadmap.people.operations import add_organisation, create_person, create_region, give_membership
from roadmap.people.queries import find_person_by_email, organisations_seen_by
from roadmap.people.roles import Role
from roadmap.plan.bulk import MOST_AT_ONCE, Edit, Entry, add_many, edit_many
from roadmap.plan.kinds import KINDS
from roadmap.plan.models import Term
from roadmap.plan.operations import create_roadmap

T = TypeVar("T")
Say = Callable[[str], object]

# Of a hundred items so many are of each kind; parents come before what refers to them.
SHARES = {"section": 3, "modality": 10, "problem": 17, "action": 40, "indicator": 30}
EDITABLE = {
    "section": "body",
    "modality": "description",
    "problem": "description",
    "action": "description",
    "indicator": "baseline_source",
}
VERBS = "Melatih Membuka Memperbaiki Mendata Mendampingi Menyediakan Memantau Menyusun Menambah Mengumumkan".split()
THINGS = (
    "layanan kesehatan|kelas belajar|pos pengaduan|jalur pejalan kaki|data keluarga|ruang bermain|rumah singgah"
    "|air bersih|bantuan hukum|dokumen kependudukan|loket layanan|lapangan kerja"
).split("|")
WHOSE = (
    "bagi penyandang disabilitas|bagi lansia yang hidup sendiri|bagi anak yang tidak sekolah|bagi warga pesisir"
    "|bagi perempuan kepala keluarga|bagi pekerja migran|bagi warga kampung kota"
).split("|")
WHERE = (
    "di tiga kecamatan|di setiap kelurahan|di kampung pesisir|di pusat kota|bersama organisasi warga".split(
        "|"
    )
)


def plant_large(items: int, revisions: int, regions: int, say: Say) -> None:
    """Add `regions` example regions, or one roadmap in the demo city where none is asked for, each of so many items.

    Every item gets `revisions` versions. Tells its progress through `say`.
    """
    chance = random.Random(now().timestamp())
    city = db.session.scalar(select(Region).where(Region.is_example, Region.slug == "kota-contoh"))
    drafter = find_person_by_email("rina@contoh.example")
    if regions == 0 and city is not None and drafter is not None:
        places = [(city.id, drafter)]
    else:
        places = [_new_place() for _ in range(regions or 1)]
    for region_id, person in places:
        roadmap = _new_roadmap(person, region_id)
        _fill(person, roadmap, items, revisions, chance)
        say(f"Peta jalan {roadmap.id}: {items} bagian, masing-masing {revisions} keadaan.")


def _new_place() -> tuple[int, Person]:
    number = (db.session.scalar(select(func.count()).select_from(Region)) or 0) + 1
    while db.session.scalar(select(Region.id).where(Region.slug == f"kota-besar-contoh-{number}")):
        number += 1
    region = create_region(f"Besar Contoh {number}", RegionKind.CITY, "Provinsi Contoh", is_example=True)
    person = create_person(f"Penyusun Besar {number}", f"besar{number}@contoh.example", is_example=True)
    give_membership(None, person, Role.DRAFTER, region.id)
    for office in range(1, 13):
        add_organisation(None, region.id, f"Dinas Contoh {office} Kota Besar {number}", "opd")
    return region.id, person


def _new_roadmap(person: Person, region_id: int) -> Roadmap:
    year = now().year
    values: dict[str, Plain] = {
        "title": f"Peta Jalan Besar {year}–{year + 4}",
        "year_from": year,
        "year_to": year + 4,
        "vision": "Contoh data dalam jumlah besar, untuk mengukur.",
    }
    return create_roadmap(person, region_id, values)


def _fill(person: Person, roadmap: Roadmap, items: int, revisions: int, chance: random.Random) -> None:
    roadmap_id, region_id = roadmap.id, roadmap.region_id
    offices = [one.uid for one in organisations_seen_by(region_id)]
    words = _Words(chance, offices, _terms("rights"), _terms("groups"), now().year)
    for batch in _batches(words.entries(items)):
        add_many(person, roadmap_id, batch)
    for turn in range(2, revisions + 1):
        for edits in _batches(_edits(roadmap_id, words, turn)):
            edit_many(person, roadmap_id, edits)


def _edits(roadmap_id: int, words: "_Words", turn: int) -> list[Edit]:
    edits = []
    for kind, field in EDITABLE.items():
        model = KINDS[kind].model
        query = select(model.id, model.version).where(model.roadmap_id == roadmap_id).order_by(model.id)
        edits += [
            Edit(kind, item_id, version, {field: f"{words.text(field)} (tinjauan {turn})"})
            for item_id, version in db.session.execute(query)
        ]
    return edits


def _terms(vocabulary: str) -> list[str]:
    query = select(Term.uid).where(Term.vocabulary == vocabulary, Term.region_id.is_(None))
    return list(db.session.scalars(query))


def _batches(entries: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(entries), MOST_AT_ONCE):
        yield entries[start : start + MOST_AT_ONCE]


class _Words:
    """Makes up entries that look like a region's own."""

    def __init__(
        self, chance: random.Random, offices: list[str], rights: list[str], groups: list[str], year: int
    ) -> None:
        self.chance, self.offices, self.rights, self.groups, self.year = chance, offices, rights, groups, year
        self.made: dict[str, list[str]] = {kind: [] for kind in SHARES}

    def entries(self, count: int) -> list[Entry]:
        """Make up so many entries, in their shares; at least one action before any indicator."""
        wanted = {kind: count * share // 100 for kind, share in SHARES.items()}
        wanted["action"] += count - sum(wanted.values())
        return [self._entry(kind) for kind, number in wanted.items() for _ in range(number)]

    def text(self, field: str) -> str:
        """Make up the words of a field."""
        if field == "baseline_source":
            return f"Laporan {self._title().lower()}"
        return "\n\n".join(
            " ".join(f"{self._title()}." for _ in range(self.chance.randint(2, 4))) for _ in range(2)
        )

    def _entry(self, kind: str) -> Entry:
        values: dict[str, Plain] = {"title": self._title()}
        if kind != "indicator":
            values["body" if kind == "section" else "description"] = self.text("description")
        if kind in {"modality", "problem", "action"}:
            values |= {"rights": self._some(self.rights), "groups": self._some(self.groups)}
        if kind == "action":
            values |= self._action()
        if kind == "indicator":
            values |= self._indicator()
        parent = self.chance.choice(self.made["action"]) if kind == "indicator" else None
        entry = Entry(kind, values, parent, new_uid())
        self.made[kind].append(entry.uid)
        return entry

    def _action(self) -> dict[str, Plain]:
        start = self.year + self.chance.randint(0, 2)
        budget = {f"{start + year} apbd": self.chance.randint(1, 900) * 1_000_000 for year in range(2)}
        return {
            "problems": self._some(self.made["problem"]),
            "modalities": self._some(self.made["modality"]),
            "lead": self.chance.choice(self.offices) if self.offices else None,
            "supporting": self._some(self.offices),
            "starts_on": f"{start}-01-01",
            "ends_on": f"{start + 2}-12-31",
            "budget": budget,
        }

    def _indicator(self) -> dict[str, Plain]:
        return {
            "unit": self.chance.choice(["orang", "kelurahan", "%", "layanan"]),
            "baseline": str(self.chance.randint(0, 400)),
            "baseline_year": self.year - 1,
            "targets": {str(self.year + step): str(self.chance.randint(10, 900)) for step in range(5)},
        }

    def _title(self) -> str:
        choose = self.chance.choice
        return f"{choose(VERBS)} {choose(THINGS)} {choose(WHOSE)} {choose(WHERE)}"

    def _some(self, uids: Sequence[str]) -> list[str]:
        return sorted(self.chance.sample(list(uids), min(len(uids), self.chance.randint(1, 3))))
