"""Several people add, edit (on old bases too, sentence by sentence), move, remove, restore and undo on one roadmap.

The record always tells what a plain model does.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from roadmap.history.errors import EditConflict, ItemGone
from roadmap.history.shapes import snapshot_of
from roadmap.plan import operations, restoring
from roadmap.plan.errors import Unsettled
from roadmap.plan.queries import find_by_uid, find_item, outline_of
from tests.cast import Cast
from tests.factories import a_roadmap
from tests.history.log import acts, faults

WORDS = st.sampled_from(["", "Melatih petugas", "Menyediakan kanal", "a", "Café"])
CODES = st.lists(st.sampled_from(["1.01", "1.02", "2.08"]), unique=True, max_size=3).map(sorted)
FIGURES = st.dictionaries(st.sampled_from(["2026 apbd", "2027 apbd"]), st.integers(0, 2), max_size=2)
# A text of four sentences, each with words of its own; an edit writes some of them anew.
SENTENCES = st.dictionaries(
    st.integers(0, 3), st.sampled_from(["satu", "dua", "tiga"]), min_size=1, max_size=3
)
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "title": WORDS,
        "code": WORDS,
        "subactivity_codes": CODES,
        "budget": FIGURES,
        "expected_result": SENTENCES,
    },
)
PEOPLE = st.sampled_from(["rina", "dodi"])
BEGINNINGS = ("Kota", "Desa", "Warga", "Kantor")
AS_IT_BEGAN = {"title": "", "code": "", "subactivity_codes": [], "budget": {}, "expected_result": ""}

Values = dict[str, Any]


def a_text(words: Sequence[str]) -> str:
    return " ".join(f"{begins} {word}." for begins, word in zip(BEGINNINGS, words, strict=True))


def words_of(text: str) -> list[str]:
    return [sentence.split()[1] for sentence in text.split(".")[:-1]]


def rewritten(text: str, sentences: dict[int, str]) -> str:
    return a_text([sentences.get(place, word) for place, word in enumerate(words_of(text))])


def merged_words(base: str, theirs: str, mine: str) -> str | None:
    """Sentence by sentence; None where two wrote one sentence differently."""
    result = []
    for was, now, new in zip(words_of(base), words_of(theirs), words_of(mine), strict=True):
        if new != was and now not in (was, new):
            return None
        result.append(now if new == was else new)
    return a_text(result)


def merged_codes(base: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """What either took in is in, what either took out is out."""
    return sorted((set(theirs) | (set(mine) - set(base))) - (set(base) - set(mine)))


def merged_figures(base: Values, theirs: Values, mine: Values) -> Values | None:
    """Figure by figure; None where two wrote one figure differently."""
    entries = dict(theirs)
    for key in {*base, *theirs, *mine}:
        was, now, new = (side.get(key) for side in (base, theirs, mine))
        if new == was:
            continue
        if now not in (was, new):
            return None
        entries[key] = new
    return {key: entry for key, entry in entries.items() if entry is not None}


def merged_line(base: str, theirs: str, mine: str) -> str | None:
    """One or the other; None where two wrote differently."""
    if mine == base:
        return theirs
    return mine if theirs in (base, mine) else None


MERGES: dict[str, Callable[[Any, Any, Any], Any]] = {
    "title": merged_line,
    "code": merged_line,
    "subactivity_codes": merged_codes,
    "budget": merged_figures,
    "expected_result": merged_words,
}


def merged(base: Values, theirs: Values, mine: Values) -> Values | None:
    """The merge as a person would explain it, field by field; None where two changed one thing differently."""
    fields = {name: MERGES[name](base[name], theirs[name], value) for name, value in mine.items()}
    return None if None in fields.values() else theirs | fields


class Story(RuleBasedStateMachine):
    """One roadmap and its actions, and a plain model of them."""

    cast: Cast
    items = Bundle("items")

    @initialize()
    def begin(self) -> None:
        self.roadmap_id = a_roadmap(self.cast).id
        self.versions: dict[str, list[Values]] = {}
        self.ids: dict[str, int] = {}
        self.order: list[str] = []
        self.acts = 1
        # Of each edit: the act, the item, and the values before and after it.
        self.edits: list[tuple[int, str, Values, Values]] = []

    @rule(target=items, title=WORDS, who=PEOPLE, first=st.booleans())
    def add(self, title: str, who: str, first: bool) -> Any:
        after = operations.FIRST if first else operations.AT_END
        values = {"title": title, "expected_result": a_text(["awal"] * 4)}
        item = operations.add_item(getattr(self.cast, who), self.roadmap_id, "action", values, after=after)
        self.versions[item.uid] = [
            AS_IT_BEGAN | {"title": title, "expected_result": values["expected_result"]}
        ]
        self.ids[item.uid] = item.id
        self.order.insert(0 if first else len(self.order), item.uid)
        self.acts += 1
        self._compare()
        return multiple(item.uid)

    @rule(uid=items, values=EDITS, who=PEOPLE, behind=st.integers(0, 3))
    def edit(self, uid: str, values: Values, who: str, behind: int) -> None:
        told = self.versions[uid]
        base = max(len(told) - 1 - behind, 0)
        if "expected_result" in values:
            values["expected_result"] = rewritten(told[base]["expected_result"], values["expected_result"])
        self._save(
            uid,
            merged(told[base], told[-1], values),
            lambda: operations.edit_item(getattr(self.cast, who), "action", self.ids[uid], base + 1, values),
        )

    @rule(
        uid=items,
        name=st.sampled_from(list(AS_IT_BEGAN)),
        back=st.integers(0, 5),
        behind=st.integers(0, 2),
    )
    def have_old_words_back(self, uid: str, name: str, back: int, behind: int) -> None:
        told = self.versions[uid]
        old, base = max(len(told) - 1 - back, 0), max(len(told) - 1 - behind, 0)
        self._save(
            uid,
            merged(told[base], told[-1], {name: told[old][name]}),
            lambda: restoring.restore_fields(
                self.cast.dodi, "action", self.ids[uid], old + 1, [name], base_version=base + 1
            ),
        )

    @precondition(lambda self: self.edits)
    @rule(which=st.integers(0, 100), who=PEOPLE)
    def undo(self, which: int, who: str) -> None:
        seq, uid, before, after = self.edits[which % len(self.edits)]
        if uid not in self.order:
            return
        changed = {name: value for name, value in before.items() if value != after[name]}
        self._save(
            uid,
            merged(after, self.versions[uid][-1], changed),
            lambda: restoring.undo(getattr(self.cast, who), self.roadmap_id, seq),
        )

    def _save(self, uid: str, expected: Values | None, save: Callable[[], object]) -> None:
        """Have somebody save what the model expects; None where they are to be asked."""
        now = self.versions[uid][-1]
        try:
            save()
        except ItemGone:
            assert uid not in self.order
        except (EditConflict, Unsettled):
            assert expected is None
        else:
            assert expected is not None
            if expected != now:
                self._has_changed(uid, expected)
                self.edits.append((self.acts, uid, now, expected))
        self._compare()

    @rule(uid=items, after=items)
    def move(self, uid: str, after: str) -> None:
        try:
            moved = operations.move_item(self.cast.dodi, "action", self.ids[uid], after)
        except ItemGone:
            assert uid not in self.order
            return
        before, standing = list(self.order), after in self.order and after != uid
        assert moved.neighbour_was_gone is not standing
        self.order.remove(uid)
        self.order.insert(self.order.index(after) + 1 if standing else len(self.order), uid)
        item = find_item("action", self.ids[uid])
        assert item is not None
        if item.version > len(self.versions[uid]):
            self._has_changed(uid, self.versions[uid][-1])
        else:
            assert self.order == before
        self._compare()

    @rule(uid=items)
    def remove(self, uid: str) -> None:
        operations.remove_item(self.cast.rina, "action", self.ids[uid])
        if uid in self.order:
            self.order.remove(uid)
            self._has_changed(uid, self.versions[uid][-1])
        self._compare()

    @rule(uid=items)
    def restore(self, uid: str) -> None:
        operations.restore_item(self.cast.rina, "action", self.ids[uid])
        if uid not in self.order:
            self._has_changed(uid, self.versions[uid][-1])
            standing = [one.uid for one in outline_of(self.roadmap_id).items["action"]]
            # It stands again, and nobody else changed places.
            assert [one for one in standing if one != uid] == self.order
            self.order = standing
        self._compare()

    def _has_changed(self, uid: str, values: Values) -> None:
        self.versions[uid].append(values)
        self.acts += 1

    def _compare(self) -> None:
        plan = outline_of(self.roadmap_id)
        assert [one.uid for one in plan.items["action"]] == self.order
        for uid, told in self.versions.items():
            item = find_by_uid("action", self.roadmap_id, uid)
            assert item is not None
            assert item.version == len(told)
            assert {name: snapshot_of(item)[name] for name in told[-1]} == told[-1]

    def teardown(self) -> None:
        if not hasattr(self, "roadmap_id"):
            return
        assert faults(self.roadmap_id) == []
        log = acts(self.roadmap_id)
        assert [act.seq for act in log] == list(range(1, self.acts + 1))
        for uid, told in self.versions.items():
            recorded = [one for act in log for one in act.revisions if one.item_uid == uid]
            assert [{name: one.snapshot[name] for name in told[0]} for one in recorded] == told


@pytest.mark.slow
def test_the_record_tells_what_happened(ctx: object, cast: Cast, db_engine_name: str) -> None:
    machine = type("StoryOfThisCast", (Story,), {"cast": cast})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=16 if db_engine_name == "sqlite" else 4,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
