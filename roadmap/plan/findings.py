"""What is missing or does not fit together: reported, never refused (design 2.6); each names the field that mends it.

Pure: an outline in, findings out, in the plan's order.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from roadmap.plan.kinds import STATUSES_WITH_REASON
from roadmap.plan.outline import ItemView, Outline
from roadmap.text.words import N_

BLOCKING = frozenset({"no-title", "no-period", "no-action", "no-lead"})


@dataclass(frozen=True)
class Finding:
    """One thing to mend: a code, a sentence, the item and the field it is mended in."""

    code: str
    sentence: str
    item: ItemView | None
    field: str | None
    values: dict[str, object] = dataclasses.field(default_factory=dict)

    @property
    def is_blocking(self) -> bool:
        """Tell whether the leader may not be asked before it is mended."""
        return self.code in BLOCKING


def findings_of(plan: Outline) -> list[Finding]:
    """Give every finding on a plan."""
    return list(plan.told_once("findings", _find))


def findings_on(plan: Outline, item: ItemView) -> list[Finding]:
    """Give the findings that are mended on one item."""
    return list(plan.told_once("findings by item", _find_by_item).get(item.uid, ()))


def _find(plan: Outline) -> Sequence[Finding]:
    return [finding for rule in _RULES for finding in rule(plan)]


def _find_by_item(plan: Outline) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings_of(plan):
        if finding.item is not None:
            found[finding.item.uid].append(finding)
    return found


def blocking(findings: list[Finding]) -> list[Finding]:
    """Give those that must be mended before the leader is asked."""
    return [finding for finding in findings if finding.is_blocking]


def _of_cover(plan: Outline) -> Iterator[Finding]:
    cover = plan.cover
    if cover is None:
        return
    if not cover.title:
        yield Finding("no-title", N_("Peta jalan belum berjudul."), cover, "title")
    start, end = cover.year_from, cover.year_to
    if start is None or end is None:
        name = "year_from" if start is None else "year_to"
        yield Finding("no-period", N_("Periode peta jalan belum lengkap."), cover, name)
    elif isinstance(start, int) and isinstance(end, int) and end < start:
        yield Finding(
            "period-order", N_("Tahun akhir sebelum tahun awal. Periksa salah satunya."), cover, "year_to"
        )
    if not plan.items["action"]:
        yield Finding("no-action", N_("Belum ada rencana aksi."), None, None)


def _of_modalities(plan: Outline) -> Iterator[Finding]:
    for modality in plan.items["modality"]:
        if not modality.title:
            yield Finding("untitled", N_("Modalitas ini belum bernama."), modality, "title")
        used = plan.holding("problem", "modalities", modality.uid) or plan.holding(
            "action", "modalities", modality.uid
        )
        if not used:
            yield Finding("unused", N_("Modalitas ini belum dipakai."), modality, None)


def _of_problems(plan: Outline) -> Iterator[Finding]:
    for problem in plan.items["problem"]:
        if not problem.title:
            yield Finding("untitled", N_("Permasalahan ini belum dirumuskan."), problem, "title")
        if not plan.actions_of(problem.uid):
            yield Finding("no-answer", N_("Permasalahan ini belum dijawab rencana aksi."), problem, None)
        if problem.baseline not in (None, "", "NA") and not problem.baseline_unit:
            yield Finding("no-unit", N_("Data dasar belum bersatuan."), problem, "baseline_unit")


def _of_actions(plan: Outline) -> Iterator[Finding]:
    for action in plan.items["action"]:
        if not action.title:
            yield Finding("untitled", N_("Rencana aksi ini belum bernama."), action, "title")
        if not action.lead:
            yield Finding("no-lead", N_("Belum ada penanggung jawab utama."), action, "lead")
        elif action.lead in action.texts("supporting"):
            yield Finding(
                "lead-twice",
                N_("Penanggung jawab utama tertulis juga sebagai pendukung."),
                action,
                "supporting",
            )
        if not plan.linked(action, "problems"):
            yield Finding("no-problem", N_("Belum terhubung dengan permasalahan."), action, "problems")
        if not plan.indicators_of.get(action.uid):
            yield Finding("no-indicator", N_("Belum ada indikator."), action, None)
        if action.status in STATUSES_WITH_REASON and not action.status_reason:
            yield Finding("no-reason", N_("Status ini memerlukan alasan."), action, "status_reason")
        yield from _of_time(plan, action)


def _of_time(plan: Outline, action: ItemView) -> Iterator[Finding]:
    start, end = action.starts_on, action.ends_on
    if not start or not end:
        name = "ends_on" if start else "starts_on"
        yield Finding("no-time", N_("Waktu pelaksanaan belum lengkap."), action, name)
    elif str(end) < str(start):
        yield Finding(
            "time-order", N_("Waktu selesai sebelum waktu mulai. Periksa salah satunya."), action, "ends_on"
        )
    cover = plan.cover
    if cover is None or not isinstance(cover.year_from, int) or not isinstance(cover.year_to, int):
        return
    years = {int(str(day)[:4]) for day in (start, end) if day} | {
        int(key.split(" ")[0]) for key in action.entries("budget")
    }
    if any(not cover.year_from <= year <= cover.year_to for year in years):
        yield Finding(
            "outside-period",
            N_("Sebagian waktu atau anggaran di luar periode %(start)s–%(end)s."),
            action,
            "starts_on",
            {"start": cover.year_from, "end": cover.year_to},
        )


def _of_indicators(plan: Outline) -> Iterator[Finding]:
    for action in plan.items["action"]:
        for indicator in plan.indicators_of.get(action.uid, []):
            if not indicator.title:
                yield Finding("untitled", N_("Indikator ini belum dirumuskan."), indicator, "title")
            has_figures = indicator.baseline not in (None, "", "NA") or any(
                value != "NA" for value in indicator.entries("targets").values()
            )
            if has_figures and not indicator.unit:
                yield Finding("no-unit", N_("Angka indikator belum bersatuan."), indicator, "unit")
            if indicator.baseline in (None, ""):
                yield Finding("no-baseline", N_("Data dasar indikator belum diisi."), indicator, "baseline")
            if not indicator.entries("targets"):
                yield Finding("no-target", N_("Target indikator belum diisi."), indicator, "targets")


_RULES: tuple[Callable[[Outline], Iterator[Finding]], ...] = (
    _of_cover,
    _of_modalities,
    _of_problems,
    _of_actions,
    _of_indicators,
)
