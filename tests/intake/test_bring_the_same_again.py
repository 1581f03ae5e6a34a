"""The same file again: nothing is asked twice, nothing that was edited since is undone, nothing is added anew."""

from collections.abc import Mapping

import pytest
from flask import Flask

from roadmap.history.models import Plain, Roadmap
from roadmap.intake.candidates import Asks
from roadmap.intake.models import State
from roadmap.intake.trial import Fate
from roadmap.people.models import Person
from roadmap.plan import operations as plan_verbs
from roadmap.plan import restoring
from roadmap.plan.queries import outline_of
from tests.cast import Cast
from tests.factories import a_roadmap, the_item
from tests.intake.wizard import (
    a_csv,
    brought,
    decided,
    imported,
    some_rows,
    the_intake,
    the_trial,
    tried,
    written,
)

FIRST = "Membuka loket pelayanan di kelurahan 0"


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def _action(roadmap: Roadmap, title: str = FIRST) -> int:
    return next(one.id for one in outline_of(roadmap.id).items["action"] if one.label == title)


def _edit(by: Person, item_id: int, values: Mapping[str, Plain]) -> None:
    plan_verbs.edit_item(by, "action", item_id, the_item("action", item_id).version, values)


def test_it_is_tried_at_once_with_the_answers_of_the_last_time(cast: Cast, roadmap: Roadmap) -> None:
    rows = [[*row[:2], "Dinas Kebahagiaan", *row[3:]] for row in some_rows(2)]
    first = tried(cast.rina, roadmap, a_csv(rows))
    asked = [one.key for one in the_trial(first).questions if one.asks == Asks.OWNER]
    decided(cast.rina, first, dict.fromkeys(asked, "leave"))
    assert written(cast.rina, first).state == State.DONE
    again = the_intake(brought(cast.rina, roadmap, a_csv(rows)))
    assert (again.state, again.answers) == (State.TRIAL, the_intake(first).answers)
    assert (the_trial(again.id).is_settled, the_trial(again.id).changes_something) == (True, False)


def test_what_was_edited_since_stays(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(3))
    _edit(cast.dodi, _action(roadmap), {"area": "Dodi"})
    trial = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(3))))
    assert (trial.count(Fate.UNCHANGED), trial.changes_something) == (len(trial.rows), False)
    third = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(3))))
    assert not third.changes_something


def test_what_was_renamed_since_is_not_added_anew(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(2))
    _edit(cast.dodi, _action(roadmap), {"title": "Loket keliling bagi semua"})
    trial = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(2))))
    assert (trial.changes_something, trial.questions) == (False, [])


def test_what_was_removed_since_stays_removed_and_is_named(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(2))
    item_id = _action(roadmap)
    plan_verbs.remove_item(cast.dodi, "action", item_id)
    trial = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(2))))
    assert (trial.changes_something, trial.count(Fate.LEFT_OUT)) == (False, 2)
    assert [one.values["name"] for one in trial.remarks if "dihapus" in one.sentence] == [FIRST]


def test_where_both_differ_it_is_asked_and_the_answer_holds(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.rina, roadmap, some_rows(2))
    item_id = _action(roadmap)
    _edit(cast.dodi, item_id, {"area": "Dodi"})
    rows = some_rows(2)
    rows[0][5] = "Rina"
    rows[1][5] = "Berubah juga"
    intake_id = tried(cast.rina, roadmap, a_csv(rows))
    question = next(one for one in the_trial(intake_id).questions if one.asks == Asks.CLASH)
    theirs = next(one.value for one in question.options if one.value.startswith("theirs"))
    assert decided(cast.rina, intake_id, {question.key: theirs}).is_settled
    assert written(cast.rina, intake_id).state == State.DONE
    assert the_item("action", item_id).area == "Dodi"
    again = the_trial(brought(cast.rina, roadmap, a_csv(rows)))
    assert (again.is_settled, again.changes_something) == (True, False)


def test_the_same_file_of_a_colleague_counts_as_well(cast: Cast, roadmap: Roadmap) -> None:
    imported(cast.dodi, roadmap, some_rows(2))
    _edit(cast.dodi, _action(roadmap), {"area": "Dodi"})
    assert not the_trial(brought(cast.rina, roadmap, a_csv(some_rows(2)), "Lain.csv")).changes_something


def test_taken_back_it_is_no_base_any_more(cast: Cast, roadmap: Roadmap) -> None:
    first = imported(cast.rina, roadmap, some_rows(2))
    assert first.seq is not None
    restoring.undo(cast.rina, roadmap.id, first.seq)
    trial = the_trial(brought(cast.rina, roadmap, a_csv(some_rows(2))))
    assert trial.count(Fate.NEW) == len(trial.rows)
