"""Whoever asks what changed is shown exactly what changed, each thing as what it is, to the eye and to the ear."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from roadmap.extensions import db
from roadmap.history.models import Roadmap, Versioned
from roadmap.people.models import Organisation, Person
from roadmap.plan import operations
from roadmap.plan.kinds import KINDS
from roadmap.plan.models import Action, Indicator, Modality, Problem
from roadmap.timeline.lately import count_since
from tests.cast import Cast, sign_in
from tests.page import LookingClient, Page
from tests.plans import a_plan

# --- Three hundred items, forty changes -------------------------------------------------------------------


@dataclass
class Expected:
    """What the page must say of one item: what became of it, and each of these words below its name."""

    what: str
    kind: str
    title: str
    words: Sequence[str] = ()


class Gardener:
    """Plants changes through the verbs people use, and writes down what must be said of each."""

    def __init__(self, cast: Cast, roadmap: Roadmap) -> None:
        self.cast, self.roadmap_id = cast, roadmap.id
        self.planted: list[Expected] = []

    def items(self, model: type[Versioned]) -> list[Any]:
        query = db.select(model).where(model.roadmap_id == self.roadmap_id, model.removed_at.is_(None))
        return list(db.session.scalars(query.order_by(model.position)))

    def note(self, what: str, item: Any, *words: str) -> None:
        self.planted.append(Expected(what, KINDS[item.kind].label, item.title, words))

    def add(self, kind: str, title: str, *words: str, parent: str | None = None, **values: Any) -> Any:
        item = operations.add_item(
            self.cast.rina, self.roadmap_id, kind, {"title": title, **values}, parent_uid=parent
        )
        if parent is None or words:
            self.note("Baru", item, *words)
        return item

    def remove(self, item: Any, *words: str) -> None:
        operations.remove_item(self.cast.dodi, item.kind, item.id)
        self.note("Dihapus", item, *words)

    def move(self, item: Any, after: Any) -> None:
        operations.move_item(self.cast.dodi, item.kind, item.id, after.uid if after else operations.FIRST)
        where = f"Sekarang sesudah {after.title}." if after else "Sekarang paling depan."
        self.note("Dipindah", item, where)

    def edit(self, item: Any, *words: str, by: Person | None = None, **values: Any) -> None:
        operations.edit_item(by or self.cast.rina, item.kind, item.id, item.version, values)
        self.note("Diubah", item, *words)


def forty_changes(cast: Cast, roadmap: Roadmap) -> list[Expected]:
    garden = Gardener(cast, roadmap)
    problems, actions = garden.items(Problem), garden.items(Action)
    modalities, indicators = garden.items(Modality), garden.items(Indicator)
    _add_and_remove(garden, problems, actions, modalities, indicators)
    _move(garden, problems, actions, modalities)
    _edit_fields(garden, cast, problems, actions, modalities)
    _edit_links_and_owners(garden, cast, problems, actions, modalities)
    _edit_amounts(garden, actions, indicators)
    _edit_texts(garden, problems, actions)
    _stir_without_changing(garden, problems, actions)
    return garden.planted


def _add_and_remove(
    garden: Gardener, problems: list[Any], actions: list[Any], modalities: list[Any], indicators: list[Any]
) -> None:
    garden.add("problem", "Belum ada juru bahasa isyarat")
    garden.add(
        "problem",
        "Data korban tidak terpilah",
        "Uraian",
        "Angkanya digabung.",
        description="Angkanya digabung.",
    )
    garden.add("modality", "Forum anak kota")
    garden.add(
        "action", "Membuka posko di tiap kelurahan", "Wilayah", "Semua kelurahan", area="Semua kelurahan"
    )
    deed = garden.add("action", "Menyediakan juru bahasa isyarat", "Dengan 1 indikator: Jumlah juru bahasa")
    garden.add("indicator", "Jumlah juru bahasa", parent=deed.uid)
    garden.add("indicator", "Waktu menunggu", "Satuan", "menit", parent=actions[20].uid, unit="menit")
    garden.remove(problems[7])
    garden.remove(modalities[9])
    garden.remove(actions[60], f"Beserta 1 indikatornya: {indicators_of(indicators, actions[60])[0].title}")
    garden.remove(actions[61], "Beserta 1 indikatornya:")
    garden.remove(indicators_of(indicators, actions[62])[0])


def _move(garden: Gardener, problems: list[Any], actions: list[Any], modalities: list[Any]) -> None:
    garden.move(problems[30], None)
    garden.move(problems[2], problems[15])
    garden.move(actions[80], actions[3])
    garden.move(actions[5], actions[70])
    garden.move(modalities[50], modalities[0])


def _edit_fields(
    garden: Gardener, cast: Cast, problems: list[Any], actions: list[Any], modalities: list[Any]
) -> None:
    garden.edit(actions[0], "Prioritas diisi: Tinggi.", priority="tinggi")
    garden.edit(actions[1], "Status pelaksanaan diisi: Selesai.", status="selesai")
    garden.edit(
        actions[2], "Wilayah berubah dari Seluruh kecamatan menjadi Dua kecamatan.", area="Dua kecamatan"
    )
    garden.edit(
        modalities[1], "Jenis berubah dari Regulasi menjadi Kelembagaan.", modality_kind="kelembagaan"
    )
    garden.edit(problems[1], "Data dasar diisi: 1.240 orang.", baseline="1240", baseline_unit="orang")
    long = f"{actions[4].title} di semua kantor"
    operations.edit_item(cast.rina, "action", actions[4].id, actions[4].version, {"title": long})
    garden.note("Diubah", actions[4], "Judul:", "ditambah: di semua kantor selesai.")


def _edit_links_and_owners(
    garden: Gardener, cast: Cast, problems: list[Any], actions: list[Any], modalities: list[Any]
) -> None:
    old = problem_of(problems, actions[8])
    garden.edit(
        actions[8],
        f"Permasalahan yang dijawab, ditambah: ditambah: {problems[20].title}",
        f"Permasalahan yang dijawab, dilepas: dihapus: {old.title}",
        problems=[problems[20].uid],
    )
    garden.edit(
        actions[9],
        f"Modalitas yang dipakai, ditambah: ditambah: {modalities[3].title}",
        modalities=[modalities[3].uid],
    )
    garden.edit(problems[11], "Modalitas yang menjawab, dilepas: dihapus:", modalities=[])
    garden.edit(
        actions[10],
        f"Penanggung jawab utama berubah dari {office(cast, actions[10]).name} menjadi Dinas Sosial.",
        lead=cast.dinsos.uid,
    )
    garden.edit(actions[11], "Penanggung jawab utama dikosongkan, semula", lead=None)
    garden.edit(
        actions[12],
        "Pendukung, ditambah: ditambah: Dinas Komunikasi dan Informatika",
        supporting=sorted([cast.oms.uid, cast.kominfo.uid]),
    )


def _edit_amounts(garden: Gardener, actions: list[Any], indicators: list[Any]) -> None:
    garden.edit(
        actions[14],
        "Anggaran 2026 (APBD kabupaten/kota): sebelumnya: Rp420.000.000 sesudahnya: Rp500.000.000",
        budget={"2026 apbd": 500_000_000, "2027 apbd": 310_000_000},
    )
    garden.edit(
        actions[15],
        "Anggaran 2027 (APBD kabupaten/kota): dihapus: Rp310.000.000",
        "Anggaran 2026 (Hibah): ditambah: Rp0",
        budget={"2026 apbd": 420_000_000, "2026 hibah": 0},
    )
    first, second, third = (indicators_of(indicators, actions[n])[0] for n in (16, 17, 18))
    garden.edit(
        first,
        "Target 2026 berubah dari 6 menjadi 8 kecamatan.",
        targets={"2026": "8", "2027": "12", "2028": "16"},
    )
    garden.edit(
        second,
        "Target 2028 dikosongkan, semula 16 kecamatan.",
        "Target 2029 diisi: 20 kecamatan.",
        targets={"2026": "6", "2027": "12", "2029": "20"},
    )
    garden.edit(
        third,
        "Target 2027 berubah dari 12 menjadi Tidak tersedia.",
        targets={"2026": "6", "2027": "NA", "2028": "16"},
    )
    garden.edit(
        actions[19], "Waktu mulai: sebelumnya: Januari 2026 sesudahnya: Maret 2026", starts_on="2026-03-01"
    )
    garden.edit(actions[21], "Waktu selesai: dihapus: Desember 2027", ends_on=None)


def _edit_texts(garden: Gardener, problems: list[Any], actions: list[Any]) -> None:
    garden.edit(
        actions[22],
        "Hasil yang ingin dicapai:",
        "dihapus: lima selesai. ditambah: tiga selesai. hari kerja.",
        expected_result=actions[22].expected_result.replace("lima", "tiga"),
    )
    garden.edit(
        actions[23],
        "Uraian: ditambah: Dimulai dari puskesmas. selesai.",
        description="Dimulai dari puskesmas.",
    )
    garden.edit(
        problems[12], "Penyebab: dihapus: Petugas belum dilatih, dan anggarannya belum ada.", cause=""
    )
    operations.edit_item(
        garden.cast.rina, "action", actions[24].id, actions[24].version, {"area": "Tiga desa"}
    )
    garden.edit(
        db.session.get_one(Action, actions[24].id),
        "Wilayah berubah dari Seluruh kecamatan menjadi Tiga desa.",
        "Kode diisi: A-24.",
        by=garden.cast.dodi,
        code="A-24",
    )
    operations.move_item(garden.cast.dodi, "action", actions[25].id, actions[90].uid)
    moved = db.session.get_one(Action, actions[25].id)
    garden.edit(moved, "Sekarang sesudah", "Kode diisi: A-25.", code="A-25")


def _stir_without_changing(garden: Gardener, problems: list[Any], actions: list[Any]) -> None:
    """What was undone, or never touched a plan, is no change."""
    cast, kept = garden.cast, actions[40]
    operations.edit_item(cast.rina, "action", kept.id, kept.version, {"area": "Sementara"})
    kept = db.session.get_one(Action, kept.id)
    operations.edit_item(cast.rina, "action", kept.id, kept.version, {"area": "Seluruh kecamatan"})
    operations.move_item(cast.dodi, "problem", problems[35].id, problems[0].uid)
    operations.move_item(cast.dodi, "problem", problems[35].id, problems[34].uid)
    operations.remove_item(cast.dodi, "problem", problems[36].id)
    operations.restore_item(cast.dodi, "problem", problems[36].id)
    gone = operations.add_item(cast.rina, garden.roadmap_id, "problem", {"title": "Hanya sebentar"})
    operations.remove_item(cast.rina, "problem", gone.id)


def indicators_of(indicators: list[Any], action: Any) -> list[Any]:
    return [one for one in indicators if one.action == action.uid]


def problem_of(problems: list[Any], action: Any) -> Any:
    return next(one for one in problems if one.uid in action.problems)


def office(cast: Cast, action: Any) -> Organisation:
    return next(one for one in (cast.dinsos, cast.kominfo, cast.bappeda) if one.uid == action.lead)


def a_large_plan(cast: Cast) -> Roadmap:
    """A plan of three hundred items: the cover and a section among them."""
    return a_plan(cast, modalities=60, problems=40, actions=99, indicators=1)


def pages_of(client: LookingClient, address: str) -> Iterator[Page]:
    """Go through all pages of a comparison, by the link a person would follow."""
    following: str | None = address
    while following:
        page = client.get(following)
        yield page
        nexts = [link["href"] for link in page.all(".pager a[rel=next]")]
        following = nexts[0].split("#")[0] if nexts else None


def test_of_300_items_exactly_the_40_planted_changes_are_shown_each_as_what_it_is(
    cast: Cast, client: LookingClient
):
    with client.app.app_context():
        roadmap = a_large_plan(cast)
        roadmap_id, since = roadmap.id, roadmap.head_seq
        assert sum(len(Gardener(cast, roadmap).items(kind.model)) for kind in KINDS.values()) == 300
        planted = forty_changes(cast, roadmap)
        roadmap = db.session.get_one(Roadmap, roadmap_id)
        assert count_since(roadmap, cast.maria, since) == 40
    assert len(planted) == 40
    sign_in(client, cast.maria)
    pages = list(pages_of(client, f"/roadmaps/{roadmap_id}/comparison?dari={since}"))
    assert [len(page.all("section.change")) for page in pages] == [20, 20]

    seen = [read_section(section.tag) for page in pages for section in page.all("section.change")]
    _assert_told(planted, seen)

    heard = [line for page in pages for line in lines_heard(page.tag)]
    _assert_told(planted, list(sections_heard(heard)))
    places = [int(match[1]) for line in heard if (match := re.match(r"(\d+) dari 40\b", line))]
    assert places == list(range(1, 41))
    assert all("40 perubahan oleh 2 orang." in page for page in pages)


def _assert_told(planted: Sequence[Expected], told: Sequence[tuple[str, str, str]]) -> None:
    """Each planted change is told once, as what it is, with its words; and nothing else is told."""
    left = list(told)
    for one in planted:
        fitting = [
            (what, head, body)
            for what, head, body in left
            if what.startswith(one.what) and head.startswith(one.kind) and head.endswith(f": {one.title}")
            and all(words in body for words in one.words)
        ]  # fmt: skip
        assert fitting, (one, [row for row in left if row[1].endswith(one.title)])
        left.remove(fitting[0])
    assert left == []


def read_section(section: Tag) -> tuple[str, str, str]:
    lines = list(_lines(section))
    return next(sections_heard(lines))


def sections_heard(lines: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Part what is heard into changes: from each heading that says what became of an item to the next."""
    heads = [
        n
        for n, line in enumerate(lines)
        if re.match(r"(Baru|Dihapus|Diubah|Dipindah)( Dipindah)? [A-Z]", line)
    ]
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        match = re.match(r"((?:Baru|Dihapus|Diubah|Dipindah)(?: Dipindah)?) (.*)", lines[start])
        assert match is not None
        yield match[1], match[2], "\n".join(lines[start + 1 : end])


def lines_heard(page: Tag) -> list[str]:
    """Dump what a screen reader reads of a page's changes, a line for each block: hidden words too, signs not."""
    main = BeautifulSoup(str(page), "html.parser").select_one(".compare-changes")
    assert main is not None
    return list(_lines(main))


BLOCKS = {
    "p",
    "h1",
    "h2",
    "h3",
    "li",
    "dt",
    "dd",
    "summary",
    "section",
    "div",
    "nav",
    "ul",
    "ol",
    "dl",
    "details",
}


def _lines(tag: Tag) -> Iterator[str]:
    parts: list[str] = []

    def flush() -> Iterator[str]:
        words = " ".join("".join(parts).split())
        parts.clear()
        if words:
            yield words

    def walk(node: Tag) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, NavigableString):
                parts.append(str(child))
            elif isinstance(child, Tag) and _is_heard(child):
                if child.name == "img":
                    parts.append(f" {child.get('alt', '')} ")
                elif child.name in BLOCKS:
                    yield from flush()
                    yield from walk(child)
                    yield from flush()
                else:
                    yield from walk(child)

    yield from walk(tag)
    yield from flush()


def _is_heard(tag: Tag) -> bool:
    return (
        tag.get("aria-hidden") != "true" and not tag.has_attr("hidden") and tag.name not in {"script", "svg"}
    )
