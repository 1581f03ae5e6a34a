"""What is missing or does not fit together: reported, never refused (design 2.6); each names the field that mends it.

Pure: an outline in, findings out, in the plan's order.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roadmap.history.models import Plain
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
    if item.kind == "cover":
        return [finding for finding in _of_cover(plan) if finding.item is not None]
    if item.kind not in _RULES or (
        item.kind == "indicator" and str(item.values["action"]) not in plan.by_uid
    ):
        return []
    rule = _RULES[item.kind]
    return list(_found(plan, rule, item, rule.facts_in(plan)))


def _find(plan: Outline) -> Sequence[Finding]:
    found = list(_of_cover(plan))
    for kind, rule in _RULES.items():
        facts_on = rule.facts_in(plan)
        for item in _items(plan, kind):
            found += _found(plan, rule, item, facts_on)
    return found


def _items(plan: Outline, kind: str) -> Iterable[ItemView]:
    if kind != "indicator":
        return plan.items[kind]
    return (one for action in plan.items["action"] for one in plan.indicators_of.get(action.uid, ()))


def _found(plan: Outline, rule: "_Rule", item: ItemView, facts_on: "_FactsOn") -> Sequence[Finding]:
    """Give what is missing on an item; where neither it nor the facts beside it changed, what was found before."""
    facts = facts_on(item)
    return plan.remembered("findings", item, facts, lambda: tuple(rule.find(item, facts)))


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


def _of_modality(modality: ItemView, is_used: Any) -> Iterator[Finding]:
    if not modality.title:
        yield Finding("untitled", N_("Modalitas ini belum bernama."), modality, "title")
    if not is_used:
        yield Finding("unused", N_("Modalitas ini belum dipakai."), modality, None)


def _of_problem(problem: ItemView, is_answered: Any) -> Iterator[Finding]:
    if not problem.title:
        yield Finding("untitled", N_("Permasalahan ini belum dirumuskan."), problem, "title")
    if not is_answered:
        yield Finding("no-answer", N_("Permasalahan ini belum dijawab rencana aksi."), problem, None)
    if problem.baseline not in (None, "", "NA") and not problem.baseline_unit:
        yield Finding("no-unit", N_("Data dasar belum bersatuan."), problem, "baseline_unit")


def _of_action(action: ItemView, facts: Any) -> Iterator[Finding]:
    has_problem, has_indicator, period = facts
    if not action.title:
        yield Finding("untitled", N_("Rencana aksi ini belum bernama."), action, "title")
    if not action.lead:
        yield Finding("no-lead", N_("Belum ada penanggung jawab utama."), action, "lead")
    elif action.lead in action.texts("supporting"):
        sentence = N_("Penanggung jawab utama tertulis juga sebagai pendukung.")
        yield Finding("lead-twice", sentence, action, "supporting")
    if not has_problem:
        yield Finding("no-problem", N_("Belum terhubung dengan permasalahan."), action, "problems")
    if not has_indicator:
        yield Finding("no-indicator", N_("Belum ada indikator."), action, None)
    if action.status in STATUSES_WITH_REASON and not action.status_reason:
        yield Finding("no-reason", N_("Status ini memerlukan alasan."), action, "status_reason")
    yield from _of_time(action, *period)


def _of_time(action: ItemView, first: Plain, last: Plain) -> Iterator[Finding]:
    start, end = action.starts_on, action.ends_on
    if not start or not end:
        name = "ends_on" if start else "starts_on"
        yield Finding("no-time", N_("Waktu pelaksanaan belum lengkap."), action, name)
    elif str(end) < str(start):
        sentence = N_("Waktu selesai sebelum waktu mulai. Periksa salah satunya.")
        yield Finding("time-order", sentence, action, "ends_on")
    if not isinstance(first, int) or not isinstance(last, int):
        return
    years = {int(str(day)[:4]) for day in (start, end) if day} | {
        int(key.split(" ")[0]) for key in action.entries("budget")
    }
    if any(not first <= year <= last for year in years):
        yield Finding(
            "outside-period",
            N_("Sebagian waktu atau anggaran di luar periode %(start)s–%(end)s."),
            action,
            "starts_on",
            {"start": first, "end": last},
        )


def _of_indicator(indicator: ItemView, _facts: Any) -> Iterator[Finding]:
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


def _use_in(plan: Outline) -> "_FactsOn":
    held = plan.holders_of
    return lambda item: (
        ("problem", "modalities", item.uid) in held or ("action", "modalities", item.uid) in held
    )


def _answers_in(plan: Outline) -> "_FactsOn":
    held = plan.holders_of
    return lambda item: ("action", "problems", item.uid) in held


def _ties_in(plan: Outline) -> "_FactsOn":
    problems, measured = {problem.uid for problem in plan.items["problem"]}, plan.indicators_of
    period = (plan.cover.year_from, plan.cover.year_to) if plan.cover else (None, None)
    return lambda item: (not problems.isdisjoint(item.texts("problems")), item.uid in measured, period)


# What of the rest of the plan a finding on one item follows from.
_FactsOn = Callable[[ItemView], object]


@dataclass(frozen=True)
class _Rule:
    """How a kind is looked at: the facts beside each item, and what is missing on it by these."""

    facts_in: Callable[[Outline], _FactsOn]
    find: Callable[[ItemView, Any], Iterator[Finding]]


_RULES: Mapping[str, _Rule] = {
    "modality": _Rule(_use_in, _of_modality),
    "problem": _Rule(_answers_in, _of_problem),
    "action": _Rule(_ties_in, _of_action),
    "indicator": _Rule(lambda _plan: lambda _item: None, _of_indicator),
}
