"""Langkah demi langkah: seven questions that fill the same fields, to be left and taken up again anywhere (ux 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from roadmap.plan.outline import ItemView, Outline
from roadmap.text.words import N_


class Way(StrEnum):
    """How a step fills the plan: the one cover, new items, or each item in turn."""

    COVER = "cover"
    ADD = "add"
    EACH = "each"


@dataclass(frozen=True)
class Step:
    """One question on one screen."""

    number: int
    title: str
    question: str
    hint: str
    kind: str
    fields: tuple[str, ...]
    way: Way
    under: str | None = None


STEPS: tuple[Step, ...] = (
    Step(
        1,
        N_("Tentang daerah"),
        N_("Peta jalan apa yang akan ditulis, dan untuk tahun berapa?"),
        N_("Cukup judul dan periodenya. Visi boleh menyusul."),
        "cover",
        ("title", "year_from", "year_to", "vision"),
        Way.COVER,
    ),
    Step(
        2,
        N_("Apa yang sudah ada"),
        N_("Apa yang sudah dimiliki daerah untuk memenuhi HAM?"),
        N_("Peraturan, lembaga, program, data, jejaring: apa saja yang sudah berjalan. Satu per satu."),
        "modality",
        ("title", "modality_kind", "description"),
        Way.ADD,
    ),
    Step(
        3,
        N_("Apa masalahnya"),
        N_("Masalah apa yang ingin diselesaikan?"),
        N_("Mulailah dengan “Belum …” atau “Masih …”. Satu masalah dalam satu kalimat."),
        "problem",
        ("title", "groups"),
        Way.ADD,
    ),
    Step(
        4,
        N_("Mengapa terjadi"),
        N_("Apa penyebab masalah ini, dan apa akibatnya bagi warga?"),
        N_("Tulis apa yang diketahui sekarang; boleh dilengkapi bersama nanti."),
        "problem",
        ("cause", "effect"),
        Way.EACH,
    ),
    Step(
        5,
        N_("Apa yang akan dilakukan"),
        N_("Apa yang akan dilakukan untuk menjawab masalah itu?"),
        N_("Mulailah dengan kata kerja: melatih, menyediakan, menyusun."),
        "action",
        ("title", "problems", "expected_result"),
        Way.ADD,
    ),
    Step(
        6,
        N_("Siapa dan kapan"),
        N_("Siapa yang bertanggung jawab, kapan, dan dengan uang dari mana?"),
        N_("Satu kantor sebagai penanggung jawab utama; yang lain sebagai pendukung."),
        "action",
        ("lead", "supporting", "starts_on", "ends_on", "budget"),
        Way.EACH,
    ),
    Step(
        7,
        N_("Ukurannya"),
        N_("Bagaimana kita tahu bahwa aksi ini berhasil?"),
        N_("Satu ukuran dengan satuan, angka awal, dan target sudah cukup untuk memulai."),
        "indicator",
        ("title", "unit", "baseline", "baseline_year", "targets"),
        Way.ADD,
        under="action",
    ),
)


def step_numbered(number: int) -> Step | None:
    """Find a step by its number."""
    return STEPS[number - 1] if 1 <= number <= len(STEPS) else None


def in_turn(plan: Outline, step: Step) -> Sequence[ItemView]:
    """Give the items that a step goes through, those still empty first, each group in the plan's order."""
    items = plan.items[step.under or step.kind]
    return sorted(items, key=lambda item: not _is_open(plan, step, item))


def first_open(plan: Outline, step: Step) -> ItemView | None:
    """Find the first item that the step has not been answered for."""
    return next((item for item in in_turn(plan, step) if _is_open(plan, step, item)), None)


def is_answered(plan: Outline, step: Step) -> bool:
    """Tell whether a step has been answered: the cover titled, items there, or none left open."""
    if step.way == Way.COVER:
        return bool(plan.title)
    if step.way == Way.ADD and step.under is None:
        return bool(plan.items[step.kind])
    return bool(plan.items[step.under or step.kind]) and first_open(plan, step) is None


def _is_open(plan: Outline, step: Step, item: ItemView) -> bool:
    if step.under:
        return not plan.indicators_of.get(item.uid)
    return not item.values.get(step.fields[0])
