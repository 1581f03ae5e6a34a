"""What is missing is found where it was planted, and nowhere else; nothing is ever refused for it."""

from typing import Any

import pytest

from roadmap.plan import operations
from roadmap.plan.findings import BLOCKING, Finding, blocking, findings_of, findings_on
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import ItemView, Outline, outline
from roadmap.plan.queries import outline_of
from tests.cast import Cast
from tests.factories import a_modality, a_problem, a_roadmap, an_action, an_indicator

WHOLE: dict[str, dict[str, Any]] = {
    "cover": {"title": "Peta Jalan", "year_from": 2026, "year_to": 2030},
    "modality": {"title": "Perda"},
    "problem": {
        "title": "Kanal belum ada",
        "modalities": ["modality"],
        "baseline": "12",
        "baseline_unit": "aduan",
    },
    "action": {
        "title": "Menyediakan kanal",
        "problems": ["problem"],
        "lead": "dinsos",
        "supporting": ["oms"],
        "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
        "budget": {"2026 apbd": 1},
    },
    "indicator": {
        "title": "Jumlah aduan",
        "unit": "aduan",
        "baseline": "0",
        "targets": {"2026": "4"},
        "action": "action",
    },
}


def _plan(**changes: dict[str, Any] | None) -> Outline:
    """A plan in which nothing is missing, with these changes; None leaves the item out."""
    views = []
    for number, (kind, values) in enumerate(WHOLE.items(), 1):
        change = changes.get(kind, {})
        if change is None:
            continue
        merges = KINDS[kind].shape.merges
        empty = {
            name: KINDS[kind].by_name[name].type.empty if name in KINDS[kind].by_name else ""
            for name in merges
        }
        views.append(ItemView(kind, number, kind, 1, {**empty, **values, **change}))
    return outline(views)


def _found(plan: Outline) -> list[tuple[str, str | None, str | None]]:
    return [(one.code, one.item.kind if one.item else None, one.field) for one in findings_of(plan)]


def test_a_plan_without_gaps_has_no_findings() -> None:
    assert _found(_plan()) == []


GAPS: list[tuple[dict[str, dict[str, Any] | None], list[tuple[str, str | None, str | None]]]] = [
    ({"cover": {"title": ""}}, [("no-title", "cover", "title")]),
    ({"cover": {"year_from": None}}, [("no-period", "cover", "year_from")]),
    ({"cover": {"year_to": None}}, [("no-period", "cover", "year_to")]),
    (
        {"cover": {"year_from": 2031}},
        [("period-order", "cover", "year_to"), ("outside-period", "action", "starts_on")],
    ),
    ({"modality": {"title": ""}}, [("untitled", "modality", "title")]),
    ({"problem": {"modalities": []}}, [("unused", "modality", None)]),
    ({"problem": {"title": ""}}, [("untitled", "problem", "title")]),
    ({"problem": {"baseline_unit": ""}}, [("no-unit", "problem", "baseline_unit")]),
    ({"problem": {"baseline_unit": "", "baseline": "NA"}}, []),
    ({"problem": {"baseline_unit": "", "baseline": "0"}}, [("no-unit", "problem", "baseline_unit")]),
    (
        {"action": {"problems": []}},
        [("no-answer", "problem", None), ("no-problem", "action", "problems")],
    ),
    ({"action": {"title": ""}}, [("untitled", "action", "title")]),
    ({"action": {"lead": None}}, [("no-lead", "action", "lead")]),
    ({"action": {"supporting": ["dinsos"]}}, [("lead-twice", "action", "supporting")]),
    ({"action": {"starts_on": None}}, [("no-time", "action", "starts_on")]),
    ({"action": {"ends_on": None}}, [("no-time", "action", "ends_on")]),
    ({"action": {"starts_on": "2028-01-01"}}, [("time-order", "action", "ends_on")]),
    ({"action": {"ends_on": "2031-01-31"}}, [("outside-period", "action", "starts_on")]),
    ({"action": {"budget": {"2025 apbd": 1}}}, [("outside-period", "action", "starts_on")]),
    ({"action": {"status": "berjalan"}}, []),
    ({"action": {"status": "dihentikan"}}, [("no-reason", "action", "status_reason")]),
    ({"action": {"status": "dihentikan", "status_reason": "Dana dialihkan"}}, []),
    ({"indicator": None}, [("no-indicator", "action", None)]),
    ({"indicator": {"title": ""}}, [("untitled", "indicator", "title")]),
    ({"indicator": {"unit": ""}}, [("no-unit", "indicator", "unit")]),
    ({"indicator": {"unit": "", "baseline": "NA", "targets": {"2026": "NA"}}}, []),
    ({"indicator": {"baseline": None}}, [("no-baseline", "indicator", "baseline")]),
    ({"indicator": {"targets": {}}}, [("no-target", "indicator", "targets")]),
    (
        {"action": None, "indicator": None},
        [("no-action", None, None), ("no-answer", "problem", None)],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), GAPS)
def test_a_planted_gap_is_found_and_nothing_else(
    changes: dict[str, dict[str, Any] | None], expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert _found(_plan(**changes)) == expected


def test_every_finding_is_planted_here() -> None:
    planted = {code for _changes, expected in GAPS for code, _kind, _field in expected}
    assert planted >= BLOCKING
    assert planted == {
        "no-title", "no-period", "period-order", "no-action", "untitled", "unused", "no-answer", "no-unit", "no-lead",
        "lead-twice", "no-problem", "no-indicator", "no-reason", "no-time", "time-order", "outside-period",
        "no-baseline", "no-target",
    }  # fmt: skip


def test_all_gaps_at_once_come_in_the_plans_order() -> None:
    plan = _plan(cover={"title": ""}, modality={"title": ""}, problem={"title": ""}, action={"lead": None})
    assert [one.item.kind for one in findings_of(plan) if one.item] == [
        "cover",
        "modality",
        "problem",
        "action",
    ]


def test_a_finding_says_what_to_mend_in_a_sentence() -> None:
    for changes, _expected in GAPS:
        for one in findings_of(_plan(**changes)):
            assert (one.sentence % one.values if one.values else one.sentence).endswith(".")
            assert one.field is None or one.item is None or one.field in KINDS[one.item.kind].by_name


def test_only_four_gaps_block_and_only_the_leaders_desk() -> None:
    findings = findings_of(_plan(cover={"title": "", "year_to": None}, action={"lead": None, "title": ""}))
    assert [one.code for one in blocking(findings)] == ["no-title", "no-period", "no-lead"]
    assert [one.code for one in findings if not one.is_blocking] == ["untitled"]


def _on(plan: Outline, uid: str) -> list[Finding]:
    return findings_on(plan, plan.by_uid[uid])


def test_each_item_shows_its_own() -> None:
    plan = _plan(action={"lead": None}, problem={"title": ""})
    assert [one.code for one in _on(plan, "action")] == ["no-lead"]
    assert [one.code for one in _on(plan, "problem")] == ["untitled"]
    assert _on(plan, "modality") == []


def test_nothing_is_refused_for_a_gap_and_removed_things_have_none(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast, title="", year_from=None)
    modality = a_modality(cast, roadmap, title="")
    problem = a_problem(cast, roadmap, modalities=[modality])
    action = an_action(cast, roadmap, starts_on="2030-01-01", ends_on="2026-01-31", problems=[problem])
    an_indicator(cast, action, targets={"2026": "4"})
    codes = [one.code for one in findings_of(outline_of(roadmap.id))]
    assert codes == [
        "no-title", "no-period", "untitled", "no-lead", "time-order", "no-unit", "no-baseline",
    ]  # fmt: skip
    for item in (modality, action):
        operations.remove_item(cast.rina, item.kind, item.id)
    codes = [one.code for one in findings_of(outline_of(roadmap.id))]
    assert codes == ["no-title", "no-period", "no-action", "no-answer"]
