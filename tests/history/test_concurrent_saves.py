"""Eight people save one item at once: nobody's acknowledged words are lost, and nobody meets an error."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from roadmap.extensions import db
from roadmap.history.errors import EditConflict
from roadmap.history.shapes import snapshot_of
from roadmap.people.models import Person
from roadmap.plan import operations
from roadmap.plan.models import Action
from roadmap.work import again_if_overtaken
from tests.cast import Cast
from tests.factories import a_roadmap, an_action
from tests.history.log import faults, versions

PEOPLE, ROUNDS = 8, 25
OWN_FIELDS = (
    "description", "success_criteria", "planning_links", "area", "origin_reference", "status_reason", "title", "code",
)  # fmt: skip


@dataclass
class Outcome:
    """What the writers were told."""

    acknowledged: list[tuple[str, Any, Any]] = field(default_factory=list)
    conflicts: Counter[str] = field(default_factory=Counter)
    troubles: list[BaseException] = field(default_factory=list)


Round = Callable[[int, int, dict[str, Any]], dict[str, Any]]


def _save_together(cast: Cast, action_id: int, round_of: Round) -> Outcome:
    """Have eight people read the item and save it 25 times each, all at once."""
    outcome, start = Outcome(), threading.Barrier(PEOPLE)

    def save(number: int, person: Person) -> None:
        start.wait()
        for turn in range(ROUNDS):
            with cast.app.app_context():
                item = db.session.get_one(Action, action_id)
                seen, version = snapshot_of(item), item.version
                values = round_of(number, turn, dict(seen))
                try:
                    again_if_overtaken(
                        lambda: operations.edit_item(person, "action", action_id, version, values)  # noqa: B023
                    )
                except EditConflict as clash:
                    outcome.conflicts.update(list(clash.clashes))
                else:
                    outcome.acknowledged += [(name, seen[name], value) for name, value in values.items()]

    def guarded(number: int, person: Person) -> None:
        try:
            save(number, person)
        except BaseException as trouble:  # noqa: BLE001 - told by the test itself
            outcome.troubles.append(trouble)

    writers = [cast.rina, cast.dodi] * (PEOPLE // 2)
    threads = [threading.Thread(target=guarded, args=(n, who)) for n, who in enumerate(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


@pytest.fixture
def action(cast: Cast) -> Action:
    lines = "\n".join(f"orang {number}: -\n" for number in range(PEOPLE))
    return an_action(cast, a_roadmap(cast), title="Pelatihan", expected_result=lines)


def _told(cast: Cast, action: Action) -> list[dict[str, Any]]:
    """Give the item's snapshots in order, having looked that versions are contiguous and the record true."""
    with cast.app.app_context():
        found = versions(action.uid)
        assert [one.item_version for one in found] == list(range(1, len(found) + 1))
        assert faults(action.roadmap_id) == []
        return [one.snapshot for one in found]


def test_each_in_a_field_of_their_own(cast: Cast, action: Action) -> None:
    outcome = _save_together(
        cast, action.id, lambda number, turn, _seen: {OWN_FIELDS[number]: f"orang {number} kali {turn}"}
    )
    assert outcome.troubles == []
    assert not outcome.conflicts
    told = _told(cast, action)
    assert len(told) == 1 + PEOPLE * ROUNDS
    assert {name: told[-1][name] for name in OWN_FIELDS} == {
        name: f"orang {number} kali {ROUNDS - 1}" for number, name in enumerate(OWN_FIELDS)
    }


def test_each_in_a_line_of_one_text(cast: Cast, action: Action) -> None:
    def own_line(number: int, turn: int, seen: dict[str, Any]) -> dict[str, Any]:
        lines = seen["expected_result"].split("\n")
        place = next(place for place, line in enumerate(lines) if line.startswith(f"orang {number}:"))
        lines[place] = f"orang {number}: kali {turn}"
        return {"expected_result": "\n".join(lines)}

    outcome = _save_together(cast, action.id, own_line)
    assert outcome.troubles == []
    assert not outcome.conflicts
    lines = _told(cast, action)[-1]["expected_result"].split("\n")
    assert (
        lines
        == [line for number in range(PEOPLE) for line in (f"orang {number}: kali {ROUNDS - 1}", "")][
            : 2 * PEOPLE - 1
        ]
    )


def test_each_in_sets_and_maps(cast: Cast, action: Action) -> None:
    def more(number: int, turn: int, seen: dict[str, Any]) -> dict[str, Any]:
        return {
            "subactivity_codes": [*seen["subactivity_codes"], f"{number}.{turn}"],
            "evidence": seen["evidence"] | {f"https://contoh.id/{number}/{turn}": "bukti"},
        }

    outcome = _save_together(cast, action.id, more)
    assert outcome.troubles == []
    assert not outcome.conflicts
    last = _told(cast, action)[-1]
    every = [(number, turn) for number in range(PEOPLE) for turn in range(ROUNDS)]
    assert last["subactivity_codes"] == sorted(f"{number}.{turn}" for number, turn in every)
    assert set(last["evidence"]) == {f"https://contoh.id/{number}/{turn}" for number, turn in every}


def test_all_in_one_field(cast: Cast, action: Action) -> None:
    outcome = _save_together(
        cast, action.id, lambda number, turn, _seen: {"title": f"orang {number} kali {turn}"}
    )
    assert outcome.troubles == []
    titles = [snapshot["title"] for snapshot in _told(cast, action)]
    steps = list(pairwise(titles))
    # Whatever was acknowledged stands in the log, and each was laid on the very words its writer had seen.
    assert sorted(steps) == sorted((seen, value) for _name, seen, value in outcome.acknowledged)
    assert len(outcome.acknowledged) + outcome.conflicts["title"] == PEOPLE * ROUNDS
    assert len(titles) == len(set(titles))
