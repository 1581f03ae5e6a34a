"""What differs between two states of a plan: what was planted is found, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.history.models import Plain
from roadmap.history.shapes import Merge
from roadmap.plan.differences import Change, Difference, What, differences
from roadmap.plan.fields import Money, Text
from roadmap.plan.kinds import KINDS
from roadmap.plan.order import between
from roadmap.plan.outline import ItemView, Outline, outline

TOP = [name for name, kind in KINDS.items() if kind.parent is None and name != "cover"]


def an_item(kind: str, uid: str, position: str = "5", **values: Plain) -> ItemView:
    fields: dict[str, Plain] = dict.fromkeys(KINDS[kind].by_name)
    fields |= {"title": uid, "position": position, **values}
    return ItemView(kind, 1, uid, 1, fields)


def listed(kind: str, uids: Iterable[str], **values: Plain) -> list[ItemView]:
    return [an_item(kind, uid, f"{place:04}5", **values) for place, uid in enumerate(uids, start=1)]


def changed(item: ItemView, **values: Plain) -> ItemView:
    return replace(item, version=item.version + 1, values={**item.values, **values})


def moved(found: Iterable[Difference]) -> set[str]:
    return {one.item.uid for one in found if one.was_moved}


def as_in_an_edition(plan: Outline) -> Outline:
    """Read a plan as from a document: positions only count the places, versions are unknown."""
    return outline(
        ItemView(item.kind, 0, item.uid, 0, {**item.values, "position": f"{place:05}"})
        for place, item in enumerate(plan.in_published_order())
    )


# --- By hand ---------------------------------------------------------------------------------------------


def test_each_item_is_told_as_what_it_is_in_published_order():
    problems = listed("problem", "abcd")
    action = an_item("action", "x", lead="o1", budget={"2026 apbd": 1}, problems=["a", "b"])
    before = outline([*problems, action])
    after = outline(
        [
            problems[0],
            changed(problems[2], position="00001", title="C"),
            problems[3],
            an_item("problem", "e", "9"),
            changed(action, lead="o2", budget={"2026 apbd": 2}, problems=["b", "c"]),
        ]
    )
    found = differences(before, after)
    assert [(one.item.uid, one.what) for one in found] == [
        ("c", What.CHANGED),
        ("b", What.GONE),
        ("e", What.NEW),
        ("x", What.CHANGED),
    ]
    assert [one.field.name for one in found[3].changes] == ["problems", "lead", "budget"]
    assert (found[3].changes[0].added, found[3].changes[0].removed) == (["c"], ["a"])
    assert found[3].changes[2].entries == [("2026 apbd", 1, 2)]
    assert found[0].was_moved
    assert moved(found) == {"c"}


def test_only_what_a_leader_approves_is_compared_where_that_is_asked():
    action = an_item("action", "x")
    plans = outline([action]), outline([changed(action, status="berjalan", realisation={"2026 apbd": 1})])
    assert [one.field.name for one in differences(*plans)[0].changes] == ["status", "realisation"]
    assert differences(*plans, with_living=False) == []


def test_an_empty_value_of_one_kind_is_that_of_another():
    empty = an_item("action", "x", description="", lead=None, problems=[], budget=None)
    assert (
        differences(outline([empty]), outline([changed(empty, description=None, lead="", problems=None)]))
        == []
    )
    assert len(differences(outline([empty]), outline([changed(empty, description="0")]))) == 1


def test_indicators_come_and_go_with_their_action():
    one, two = listed("action", "xy")
    measures = [an_item("indicator", name, action=name[0]) for name in ("x1", "y1")]
    found = differences(outline([one, measures[0]]), outline([two, measures[1]]))
    assert [(one.item.uid, one.what, [other.uid for other in one.along]) for one in found] == [
        ("x", What.GONE, ["x1"]),
        ("y", What.NEW, ["y1"]),
    ]
    found = differences(outline([one]), outline([one, measures[0]]))
    assert [(one.item.uid, one.what) for one in found] == [("x1", What.NEW)]


def test_an_indicator_that_goes_to_another_action_is_moved():
    one, two = listed("action", "xy")
    measure = an_item("indicator", "m", action="x")
    found = differences(outline([one, two, measure]), outline([one, two, changed(measure, action="y")]))
    assert [(one.item.uid, one.what) for one in found] == [("m", What.MOVED)]
    found = differences(outline([one, measure]), outline([two, changed(measure, action="y")]))
    assert [(one.item.uid, one.what) for one in found] == [
        ("x", What.GONE),
        ("y", What.NEW),
        ("m", What.MOVED),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("abcd", "bcda", "a"),
        ("abcd", "dabc", "d"),
        ("abcde", "adbce", "d"),
        ("abcdef", "dbcaef", "ad"),
        ("abcd", "abxcd", ""),
        ("abcd", "ad", ""),
        ("abcdefg", "decfg", "c"),
    ],
)
def test_in_editions_the_fewest_moves_are_told(before, after, expected):
    plans = [as_in_an_edition(outline(listed("problem", uids))) for uids in (before, after)]
    assert moved(differences(*plans)) == set(expected)


def test_in_the_log_who_kept_the_written_place_stood_still():
    items = listed("problem", "abcd")
    later = [items[0], *(changed(item, position=f"0000{n}") for n, item in enumerate(items[1:], start=1))]
    assert moved(differences(outline(items), outline(later))) == {"b", "c", "d"}
    # Moved away and back to where it stood: nobody sees a move.
    assert differences(outline(items), outline([changed(items[0], position="00001"), *items[1:]])) == []


def test_a_change_of_a_map_names_its_entries_and_of_a_long_text_is_marked_in_the_flow():
    fields = KINDS["action"].by_name
    assert Change(fields["description"], "a", "b").is_long
    assert not Change(fields["title"], "a", "b").is_long
    assert Change(fields["title"], "a", "b" * 61).is_long
    change = Change(fields["budget"], {"2026 apbd": 1, "2027 apbd": 2}, {"2027 apbd": 3, "2028 apbd": 4})
    assert change.is_map
    assert change.entries == [("2026 apbd", 1, None), ("2027 apbd", 2, 3), ("2028 apbd", None, 4)]


# --- Whatever is planted ----------------------------------------------------------------------------------


@dataclass
class Planted:
    before: list[ItemView]
    after: list[ItemView]
    new: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    edited: dict[str, set[str]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)


@st.composite
def plantings(draw: st.DrawFn) -> Planted:
    planted = Planted([], [])
    for kind in TOP:
        _plant(draw, planted, kind, {}, draw(st.integers(0, 6)))
    for action in [item for item in planted.before if item.kind == "action" and item.uid not in planted.gone]:
        _plant(draw, planted, "indicator", {"action": action.uid}, draw(st.integers(0, 3)))
    gone = [item for item in planted.before if item.kind == "action" and item.uid in planted.gone]
    planted.before += [an_item("indicator", f"of {item.uid}", action=item.uid) for item in gone]
    return planted


def _plant(draw: st.DrawFn, planted: Planted, kind: str, extra: dict[str, Plain], count: int) -> None:
    label = f"{kind} {extra.get('action', '')}"
    before = listed(kind, [f"{label} {n}" for n in range(count)], **extra)
    planted.before += before
    fates = [draw(st.sampled_from(["stay", "stay", "edit", "move", "both", "gone"])) for _item in before]
    after = [item for item, fate in zip(before, fates, strict=True) if fate != "gone"]
    planted.gone |= {item.uid for item, fate in zip(before, fates, strict=True) if fate == "gone"}
    movers = [item for item, fate in zip(before, fates, strict=True) if fate in {"move", "both"}]
    still = [item for item in after if item not in movers]
    for item in movers:
        was = sum(other.position < item.position for other in still)
        slots = [slot for slot in range(len(still) + 1) if slot != was]
        if slots:
            planted.moved.add(item.uid)
            after = [other for other in after if other.uid != item.uid]
            after = _put(after, item, still, draw(st.sampled_from(slots)))
    for item, fate in zip(before, fates, strict=True):
        if fate in {"edit", "both"}:
            after = [_edited(draw, planted, other) if other.uid == item.uid else other for other in after]
    for n in range(draw(st.integers(0, 2))):
        new = an_item(kind, f"{label} new {n}", "5", **extra)
        planted.new.add(new.uid)
        after = _put(after, new, after, draw(st.integers(0, len(after))))
    planted.after += after


def _put(after: list[ItemView], item: ItemView, among: list[ItemView], slot: int) -> list[ItemView]:
    """Put an item right before the one that stands at this slot among those who stay."""
    ordered = sorted(after, key=lambda one: one.position)
    among = sorted(among, key=lambda one: one.position)
    index = ordered.index(among[slot]) if slot < len(among) else len(ordered)
    low = ordered[index - 1].position if index else None
    high = ordered[index].position if index < len(ordered) else None
    return [*after, changed(item, position=between(low, high))]


def _edited(draw: st.DrawFn, planted: Planted, item: ItemView) -> ItemView:
    names = draw(st.sets(st.sampled_from(sorted(KINDS[item.kind].by_name)), min_size=1, max_size=3))
    planted.edited[item.uid] = names
    return changed(item, **{name: _other(item.kind, name) for name in names})


def _other(kind: str, name: str) -> Plain:
    type_ = KINDS[kind].by_name[name].type
    if type_.merge == Merge.SET:
        return ["another"]
    if type_.merge == Merge.MAP:
        return {"2026 apbd": 7} if isinstance(type_, Money) else {"2026": "7"}
    return "Another text." if isinstance(type_, Text) else "another"


@given(plantings())
def test_what_was_planted_is_found_and_nothing_else(planted: Planted):
    found = differences(outline(planted.before), outline(planted.after))
    assert len({one.item.uid for one in found}) == len(found)
    assert {one.item.uid for one in found if one.what == What.NEW} == planted.new
    assert {one.item.uid for one in found if one.what == What.GONE} == planted.gone
    edited = {one.item.uid: {change.field.name for change in one.changes} for one in found if one.changes}
    assert edited == planted.edited
    assert moved(found) == planted.moved


@given(plantings())
def test_a_state_does_not_differ_from_itself(planted: Planted):
    plan = outline(planted.after)
    assert differences(plan, plan) == []
    assert differences(plan, outline(planted.after[::-1])) == []
    assert differences(as_in_an_edition(plan), as_in_an_edition(plan)) == []


@given(plantings(), st.booleans())
def test_compared_the_other_way_round_everything_is_mirrored(planted: Planted, is_edition: Any):
    plans = [outline(planted.before), outline(planted.after)]
    if is_edition:
        plans = [as_in_an_edition(plan) for plan in plans]
    there, back = differences(plans[0], plans[1]), differences(plans[1], plans[0])
    mirrored = {
        one.item.uid: replace(
            one,
            before=one.after,
            after=one.before,
            changes=tuple(Change(change.field, change.after, change.before) for change in one.changes),
        )
        for one in there
    }
    assert {one.item.uid: one for one in back} == mirrored


@given(st.permutations("abcdef"))
def test_no_smaller_set_of_moves_explains_an_order(after: list[str]):
    plans = [as_in_an_edition(outline(listed("problem", uids))) for uids in ("abcdef", after)]
    found = moved(differences(*plans))
    assert [uid for uid in after if uid not in found] == [uid for uid in "abcdef" if uid not in found]
    largest = max(
        size for size in range(7) if any(list(one) == sorted(one) for one in combinations(after, size))
    )
    assert len(found) == 6 - largest
