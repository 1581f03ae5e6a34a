"""Several people add, edit (on old bases too), move, remove and restore; the record always tells what a plain model does."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    rule,
    run_state_machine_as_test,
)

from roadmap.history.errors import EditConflict, ItemGone
from roadmap.history.shapes import snapshot_of
from roadmap.plan import operations
from roadmap.plan.queries import find_by_uid, find_item, outline_of
from tests.cast import Cast
from tests.factories import a_roadmap
from tests.history.log import acts, faults

WORDS = st.sampled_from(["", "Melatih petugas", "Menyediakan kanal", "a", "Café"])
CODES = st.lists(st.sampled_from(["1.01", "1.02", "2.08"]), unique=True, max_size=3).map(sorted)
FIGURES = st.dictionaries(st.sampled_from(["2026 apbd", "2027 apbd"]), st.integers(0, 2), max_size=2)
EDITS = st.fixed_dictionaries(
    {}, optional={"title": WORDS, "code": WORDS, "subactivity_codes": CODES, "budget": FIGURES}
)

Values = dict[str, Any]


def merged(base: Values, theirs: Values, mine: Values) -> Values | None:
    """The merge as a person would explain it, field by field; None where two changed one thing differently."""
    result = dict(theirs)
    for name, value in mine.items():
        if name == "subactivity_codes":
            old, now, new = set(base[name]), set(theirs[name]), set(value)
            result[name] = sorted((now | (new - old)) - (old - new))
        elif name == "budget":
            entries = dict(theirs[name])
            for key in {*base[name], *theirs[name], *value}:
                was, now, new = (side.get(key) for side in (base[name], theirs[name], value))
                if new == was:
                    continue
                if now not in (was, new):
                    return None
                entries[key] = new
            result[name] = {key: entry for key, entry in entries.items() if entry is not None}
        elif value != base[name]:
            if theirs[name] not in (base[name], value):
                return None
            result[name] = value
    return result


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

    @rule(target=items, title=WORDS, who=st.sampled_from(["rina", "dodi"]), first=st.booleans())
    def add(self, title: str, who: str, first: bool) -> Any:
        after = operations.FIRST if first else operations.AT_END
        item = operations.add_item(
            getattr(self.cast, who), self.roadmap_id, "action", {"title": title}, after=after
        )
        self.versions[item.uid] = [{"title": title, "code": "", "subactivity_codes": [], "budget": {}}]
        self.ids[item.uid] = item.id
        self.order.insert(0 if first else len(self.order), item.uid)
        self.acts += 1
        self._compare()
        return multiple(item.uid)

    @rule(uid=items, values=EDITS, who=st.sampled_from(["rina", "dodi"]), behind=st.integers(0, 3))
    def edit(self, uid: str, values: Values, who: str, behind: int) -> None:
        told = self.versions[uid]
        base = max(len(told) - 1 - behind, 0)
        expected = merged(told[base], told[-1], values)
        try:
            operations.edit_item(getattr(self.cast, who), "action", self.ids[uid], base + 1, values)
        except ItemGone:
            assert uid not in self.order
        except EditConflict:
            assert expected is None
        else:
            assert expected is not None
            if expected != told[-1]:
                self._has_changed(uid, expected)
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
