"""A table is tried upon the plan before anything is written: new, changed, unchanged, doubtful, wrong."""

import time
from collections.abc import Mapping

from flask import Flask

from roadmap.exchange.passport import Line
from roadmap.history.models import Roadmap
from roadmap.intake.candidates import Asks, Gathered, Trouble, Where
from roadmap.intake.comparing import try_out
from roadmap.intake.trial import Fate, Trial
from roadmap.plan.bulk import lay_many
from roadmap.plan.operations import edit_item, remove_item
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action, the_item
from tests.intake.tables import a_row, a_table


def test_what_the_plan_does_not_have_is_new(ctx: Flask, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    trial = try_out(cast.rina, roadmap, a_table(), {})
    assert (len(trial.rows), trial.count(Fate.NEW)) == (72, 72)
    assert trial.is_settled
    assert Trial.from_json(trial.as_json()) == trial


def test_the_same_table_again_changes_nothing(ctx: Flask, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    trial = try_out(cast.rina, roadmap, a_table(), {})
    lay_many(cast.rina, roadmap.id, trial.entries, trial.edits, trial.removals)
    again = try_out(cast.rina, roadmap, a_table(), {})
    assert again.count(Fate.UNCHANGED) == 72
    assert again.is_settled
    assert not again.changes_something


# --- rows that went out from here and come back


def test_a_row_that_others_changed_meanwhile_is_decided_field_by_field(ctx: Flask, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, area="Kota", description="Lama")
    line = Line(action.uid, action.version)
    item_id = action.id
    edit_item(cast.dodi, "action", item_id, action.version, {"area": "Dodi", "budget": {"2026 apbd": 5}})
    row = a_row(
        1,
        "action",
        {"area": "Rina", "description": "Baru", "budget": {"2027 apbd": 7}},
        line=line,
        part=["budget"],
    )
    table = Gathered(candidates=[row])
    trial = try_out(cast.rina, roadmap, table, {})
    question = next(one for one in trial.questions if one.asks == Asks.CLASH)
    assert (question.key, trial.count(Fate.DOUBTFUL), trial.edits) == (f"clash:{line.uid}:area", 1, [])
    mine, theirs = (option.value for option in question.options)
    assert _after(cast, roadmap, table, {question.key: theirs}) == {
        "description": "Baru",
        "budget": {"2026 apbd": 5, "2027 apbd": 7},
    }
    assert _after(cast, roadmap, table, {question.key: mine})["area"] == "Rina"
    now = the_item("action", item_id)
    edit_item(cast.dodi, "action", item_id, now.version, {"area": "Dodi lagi"})
    assert try_out(cast.rina, roadmap, table, {question.key: mine}).count(Fate.DOUBTFUL) == 1


def _after(cast: Cast, roadmap: Roadmap, table: Gathered, answers: dict[str, str]) -> Mapping[str, object]:
    trial = try_out(cast.rina, roadmap, table, answers)
    assert trial.is_settled
    return trial.edits[0].values


def test_rows_that_are_missing_stay_unless_the_person_says_so(ctx: Flask, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap)
    table = Gathered(missing_lines=[Line(problem.uid, problem.version)])
    trial = try_out(cast.rina, roadmap, table, {})
    assert (trial.is_settled, trial.changes_something) == (True, False)
    question = trial.questions[0]
    assert (question.key, question.default) == (f"gone:{problem.uid}", "keep")
    goes = try_out(cast.rina, roadmap, table, {question.key: question.options[1].value})
    assert (goes.count(Fate.REMOVED), len(goes.removals)) == (1, 1)
    edit_item(cast.dodi, "problem", problem.id, problem.version, {"area": "Kota"})
    assert not try_out(cast.rina, roadmap, table, {question.key: question.options[1].value}).removals


def test_a_row_whose_part_was_removed_meanwhile_is_asked_about(ctx: Flask, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap)
    row = a_row(1, "problem", {"area": "Kota"}, line=Line(problem.uid, problem.version))
    remove_item(cast.dodi, "problem", problem.id)
    trial = try_out(cast.rina, roadmap, Gathered(candidates=[row]), {})
    assert (trial.count(Fate.DOUBTFUL), trial.entries) == (1, [])
    left = try_out(cast.rina, roadmap, Gathered(candidates=[row]), {f"twin:{row.key}": "leave"})
    assert (left.count(Fate.LEFT_OUT), left.is_settled) == (1, True)


def test_a_forged_line_gains_nothing(ctx: Flask, cast: Cast) -> None:
    roadmap, foreign = a_roadmap(cast), a_roadmap(cast, by=cast.eka)
    theirs = a_problem(cast, foreign, by=cast.eka)
    own = a_problem(cast, roadmap, area="Kota")
    rows = [
        a_row(1, "problem", {"title": "Milik orang lain", "area": "x"}, line=Line(theirs.uid, 1)),
        a_row(2, "problem", {"area": "Baru"}, line=Line(own.uid, 999)),
    ]
    trial = try_out(cast.rina, roadmap, Gathered(candidates=rows), {})
    assert [row.fate for row in trial.rows] == [Fate.NEW, Fate.CHANGED]
    assert trial.rows[0].uid != theirs.uid


def test_what_is_wrong_in_a_row_that_is_left_out_counts_no_more(ctx: Flask, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    table = a_table(1, 2, 0)
    table.troubles = [Trouble(Where(0, 100, 1), "Tidak dapat dibaca.")]
    trial = try_out(cast.rina, roadmap, table, {})
    assert (trial.count(Fate.WRONG), trial.is_settled) == (1, False)
    left = try_out(cast.rina, roadmap, table, {"skip:0-100-action": "yes"})
    assert (left.count(Fate.LEFT_OUT), left.troubles, left.is_settled) == (1, [], True)


def test_two_thousand_rows_are_tried_in_a_few_seconds(ctx: Flask, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    table = a_table(200, 800, 1000)
    first = try_out(cast.rina, roadmap, table, {})
    lay_many(cast.rina, roadmap.id, first.entries, [], [])
    begun = time.process_time()
    assert try_out(cast.rina, roadmap, table, {}).count(Fate.UNCHANGED) == 2000
    assert time.process_time() - begun < 6
