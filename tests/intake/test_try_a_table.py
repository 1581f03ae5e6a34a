"""A table is tried upon the plan before anything is written: new, changed, unchanged, doubtful, wrong."""

from flask import Flask

from roadmap.intake.comparing import try_out
from roadmap.intake.trial import Fate, Trial
from roadmap.plan.bulk import lay_many
from tests.cast import Cast
from tests.factories import a_roadmap
from tests.intake.tables import a_table


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
