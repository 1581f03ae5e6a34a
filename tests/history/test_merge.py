"""The three-way merge: a table of cases, and the laws that hold for all of them."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.history.merge import Clash, merge_fields, merge_value
from roadmap.history.shapes import Merge
from roadmap.history.weaving import both_texts, merge_texts
from roadmap.text.sentences import pieces

WHOLE, TEXT, SET, MAP = Merge.WHOLE, Merge.TEXT, Merge.SET, Merge.MAP

CASES = [
    # rule, base, theirs, mine, merged
    (WHOLE, "a", "a", "b", "b"),
    (WHOLE, "a", "b", "a", "b"),
    (WHOLE, "a", "b", "b", "b"),
    (WHOLE, None, "", "", ""),
    (WHOLE, "a", None, "a", None),
    (WHOLE, "0", "NA", "0", "NA"),
    (SET, ["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"]),
    (SET, ["a", "b"], ["a"], ["b"], []),
    (SET, ["a", "b"], ["b"], ["a", "b", "c"], ["b", "c"]),
    (SET, [], ["a"], ["a"], ["a"]),
    (SET, None, ["b"], ["a"], ["a", "b"]),
    (SET, ["b", "a"], ["a", "b"], ["b", "a"], ["a", "b"]),
    (MAP, {"x": 1}, {"x": 1, "y": 2}, {"x": 3}, {"x": 3, "y": 2}),
    (MAP, {"x": 1, "y": 2}, {"y": 2}, {"x": 1}, {}),
    (MAP, {}, {"x": 1}, {"x": 1}, {"x": 1}),
    (MAP, {"x": 0}, {"x": 0}, {}, {}),
    (TEXT, "a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),
    (TEXT, "a\nb\nc", "a\nc", "a\nb\nc\nd", "a\nc\nd"),
    (TEXT, "a\n\nb", "a\n\nb\n\nc", "x\n\nb", "x\n\nb\n\nc"),
    (TEXT, "", "baru", "", "baru"),
    (TEXT, "a", "b", "b", "b"),
    (TEXT, "a\nb", "", "a\nb", ""),
]
CLASHES = [
    (WHOLE, "a", "b", "c"),
    (WHOLE, None, "NA", "0"),
    (WHOLE, "a", None, "c"),
    (TEXT, "a", "b", "c"),
    (TEXT, "", "satu", "dua"),
    (TEXT, "a\nb\nc", "a\nB\nc", "a\nX\nc"),
    (TEXT, "a\nb\nc", "", "a\nX\nc"),
]


@pytest.mark.parametrize(("rule", "base", "theirs", "mine", "merged"), CASES)
def test_two_changes_become_one(rule: Merge, base: Any, theirs: Any, mine: Any, merged: Any) -> None:
    assert merge_value(base, theirs, mine, rule) == (merged, None)
    assert merge_value(base, mine, theirs, rule) == (merged, None)


@pytest.mark.parametrize(("rule", "base", "theirs", "mine"), CLASHES)
def test_what_truly_clashes_keeps_theirs_and_says_so(rule: Merge, base: Any, theirs: Any, mine: Any) -> None:
    assert merge_value(base, theirs, mine, rule) == (theirs, Clash(base, theirs, mine))


def test_a_map_clashes_in_the_clashing_keys_only() -> None:
    base = {"2026": 1, "2027": 1, "2028": 1}
    theirs = {"2026": 2, "2027": 5, "2028": 1}
    mine = {"2026": 3, "2027": 1, "2028": 9}
    value, clash = merge_value(base, theirs, mine, MAP)
    assert value == theirs
    assert clash == Clash(base, {"2026": 2, "2027": 5, "2028": 9}, {"2026": 3, "2027": 5, "2028": 9})


def test_a_key_that_one_removes_and_the_other_changes_is_a_clash() -> None:
    _, clash = merge_value({"x": 1}, {"x": 2}, {}, MAP)
    assert clash == Clash({"x": 1}, {"x": 2}, {})


def test_fields_merge_apart_and_only_those_that_are_named() -> None:
    rules = {"title": WHOLE, "body": TEXT, "rights": SET}
    base: dict[str, Any] = {"title": "a", "body": "x", "rights": ["1"]}
    theirs: dict[str, Any] = {"title": "b", "body": "x", "rights": ["1", "2"]}
    merged = merge_fields(base, theirs, {"title": "c", "body": "y"}, rules)
    assert merged.values == {"title": "b", "body": "y"}
    assert merged.clashes == {"title": Clash("a", "b", "c")}
    assert merged.theirs_changed == {"title"}


def test_both_readings_of_a_clash_stand_one_after_the_other_without_a_marker() -> None:
    assert both_texts("satu\ndua\ntiga", "satu\nDUA\ntiga", "satu\n2\ntiga\nempat") == (
        "satu\nDUA\n2\ntiga\nempat"
    )


LINE = st.sampled_from(["a", "b", "c", "", "- butir", "kalimat panjang yang sama"])
LINES = st.lists(LINE, max_size=8).map("\n".join)
UIDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6).map(sorted)
MONEY = st.dictionaries(
    st.sampled_from(["2026 apbd", "2027 apbd", "2028 csr"]), st.integers(0, 3), max_size=3
)
SIMPLE = st.sampled_from([None, "", "a", "b", "NA", "0"])
VALUES = {WHOLE: SIMPLE, TEXT: LINES, SET: UIDS, MAP: MONEY}
TRIPLES = st.sampled_from(list(VALUES)).flatmap(
    lambda rule: st.tuples(st.just(rule), VALUES[rule], VALUES[rule], VALUES[rule])
)
Triple = tuple[Merge, Any, Any, Any]


@given(TRIPLES)
def test_a_side_that_did_not_change_gives_way(triple: Triple) -> None:
    rule, base, other, _ = triple
    assert merge_value(base, other, base, rule) == (other, None)
    assert merge_value(base, base, other, rule) == (other, None)
    assert merge_value(base, other, other, rule) == (other, None)


@given(TRIPLES)
def test_it_does_not_matter_whose_is_called_mine(triple: Triple) -> None:
    rule, base, theirs, mine = triple
    merged, clash = merge_value(base, theirs, mine, rule)
    turned, clash_turned = merge_value(base, mine, theirs, rule)
    assert (clash is None) == (clash_turned is None)
    if clash is None and rule == TEXT:
        # What both insert at one point stands in the order of the saves.
        assert sorted(pieces(str(merged))) == sorted(pieces(str(turned)))
    elif clash is None:
        assert merged == turned
    else:
        assert clash_turned == Clash(clash.base, clash.mine, clash.theirs)


@given(TRIPLES)
def test_merging_again_changes_nothing(triple: Triple) -> None:
    rule, base, theirs, mine = triple
    merged, clash = merge_value(base, theirs, mine, rule)
    if clash is None:
        assert merge_value(base, merged, mine, rule) == (merged, None)
        assert merge_value(base, theirs, merged, rule) == (merged, None)


def test_where_a_repeated_line_leaves_it_open_people_decide() -> None:
    assert merge_texts("b\na", "a", "a\na") is None


@given(TRIPLES)
def test_saving_again_on_the_new_version_is_a_decision(triple: Triple) -> None:
    rule, base, theirs, mine = triple
    _, clash = merge_value(base, theirs, mine, rule)
    if clash is not None:
        assert merge_value(theirs, theirs, clash.mine, rule) == (clash.mine, None)


@given(UIDS, UIDS, UIDS)
def test_a_set_keeps_what_either_added_and_nobody_removed(base: Any, theirs: Any, mine: Any) -> None:
    merged, clash = merge_value(base, theirs, mine, SET)
    assert clash is None
    for uid in "abcdef":
        ways = (uid in theirs, uid in mine)
        expected = any(ways) if uid not in base else all(ways)
        assert isinstance(merged, list)
        assert (uid in merged) == expected


@given(LINES, LINES, LINES)
def test_no_line_that_somebody_wrote_is_lost(base: str, theirs: str, mine: str) -> None:
    merged = merge_texts(base, theirs, mine)
    if merged is None:
        return
    before, lines = base.split("\n"), merged.split("\n")
    for side in (theirs.split("\n"), mine.split("\n")):
        for line in set(side) - {*before, ""}:
            assert line in lines
    assert set(lines) <= {*before, *theirs.split("\n"), *mine.split("\n")}


@given(LINES, LINES, LINES)
def test_no_marker_enters_a_text(base: str, theirs: str, mine: str) -> None:
    merged = merge_texts(base, theirs, mine)
    for text in (merged or "", both_texts(base, theirs, mine)):
        assert not any(line.startswith(("<<<", "===", ">>>", "|||")) for line in text.split("\n"))


@given(LINES, LINES, LINES)
def test_both_readings_hold_every_line_of_both(base: str, theirs: str, mine: str) -> None:
    lines = both_texts(base, theirs, mine).split("\n")
    before = {*base.split("\n"), ""}
    assert ({*theirs.split("\n")} | {*mine.split("\n")}) - before <= set(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["a"] * 9_990,
        [str(number) for number in range(4000)],
        ["a", "b"] * 4000,
    ],
)
def test_a_hostile_text_takes_no_time_and_loses_nothing(lines: list[str]) -> None:
    base = "\n".join(["awal", *lines, "akhir"])
    theirs = "\n".join(["AWAL", *lines[1:], "akhir"])
    mine = "\n".join(["awal", *lines[:-1], "AKHIR"])
    scattered = "\n".join(f"{line}\nq" for line in ["X", *lines])
    began = time.process_time()
    merge_texts(base, theirs, mine)
    merge_texts(base, scattered, mine)
    assert "AKHIR" in both_texts(base, scattered, mine).split("\n")
    assert time.process_time() - began < 2
