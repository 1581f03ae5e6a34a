"""The work goes on without the page: a closed tab neither stops nor doubles a step, and a silent step is taken up."""

import threading

import pytest
from flask import Flask
from sqlalchemy import update

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.intake import operations, running, steps
from roadmap.intake.models import Intake, State
from roadmap.intake.queries import is_stalled, layout_of
from roadmap.intake.rules import STALLED_AFTER
from roadmap.people.models import new_uid
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories import a_roadmap
from tests.history.log import head
from tests.intake.wizard import a_csv, brought, open_steps, some_rows, the_intake, the_trial, tried


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def _held_by_nobody_alive(intake_id: int) -> str:
    """Have a step be held, as by a worker that was killed just now."""
    claim = new_uid()
    with unit_of_work():
        intake = db.session.get_one(Intake, intake_id)
        intake.claim = claim
    return claim


def test_whoever_does_not_wait_finds_it_done(app: Flask, cast: Cast, roadmap: Roadmap) -> None:
    intake_id = operations.bring(cast.rina, roadmap.id, "a.csv", a_csv(some_rows(2))).id
    running.start(app, intake_id, patience=0)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.name.startswith("intake"):
            thread.join()
    assert (the_intake(intake_id).state, open_steps()) == (State.LAYOUT, [])


def test_a_step_that_goes_on_is_not_taken_up_by_another(cast: Cast, roadmap: Roadmap, clock: Clock) -> None:
    intake_id = operations.bring(cast.rina, roadmap.id, "a.csv", a_csv(some_rows(2))).id
    claim = _held_by_nobody_alive(intake_id)
    operations.go_on(cast.rina, intake_id)
    running.carry_on(intake_id)
    assert running.carry_on_stalled() == 0
    assert (the_intake(intake_id).state, the_intake(intake_id).claim) == (State.READING, claim)
    assert not is_stalled(the_intake(intake_id))


def test_a_silent_step_is_taken_up_by_the_person(cast: Cast, roadmap: Roadmap, clock: Clock) -> None:
    intake_id = operations.bring(cast.rina, roadmap.id, "a.csv", a_csv(some_rows(2))).id
    _held_by_nobody_alive(intake_id)
    clock.advance(seconds=STALLED_AFTER.total_seconds() + 1)
    assert is_stalled(the_intake(intake_id))
    operations.go_on(cast.rina, intake_id)
    running.carry_on(intake_id)
    assert the_intake(intake_id).state == State.LAYOUT


def test_a_silent_step_is_taken_up_by_the_worker(cast: Cast, roadmap: Roadmap, clock: Clock) -> None:
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(2)))
    before = head(roadmap.id)
    operations.write(cast.rina, intake_id, name="Matriks")
    _held_by_nobody_alive(intake_id)
    clock.advance(seconds=STALLED_AFTER.total_seconds() + 1)
    assert running.carry_on_stalled() == 1
    assert (the_intake(intake_id).state, head(roadmap.id)) == (State.DONE, before + 1)


def test_what_the_silent_one_still_comes_to_is_dropped(cast: Cast, roadmap: Roadmap, clock: Clock) -> None:
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(2)))
    before = head(roadmap.id)
    operations.write(cast.rina, intake_id, name="Matriks")
    slow = steps.Held(intake_id, _held_by_nobody_alive(intake_id))
    clock.advance(seconds=STALLED_AFTER.total_seconds() + 1)
    running.carry_on(intake_id)
    with pytest.raises(steps.Lost):
        steps.write(slow)
    db.session.rollback()
    assert head(roadmap.id) == before + 1


def test_another_answer_while_it_is_tried_counts(cast: Cast, roadmap: Roadmap) -> None:
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(2)))
    operations.decide(cast.rina, intake_id, {"skip:0-1-action": "yes"})
    slow = steps.Held(intake_id, _held_by_nobody_alive(intake_id))
    operations.decide(cast.rina, intake_id, {"skip:0-2-action": "yes"})
    with pytest.raises(steps.Lost):
        steps.try_it(slow)
    db.session.rollback()
    running.carry_on(intake_id)
    left = {row.key for row in the_trial(intake_id).rows if row.fate == "left-out"}
    assert {"0-1-action", "0-2-action"} <= left


def test_a_fault_of_ours_loses_nothing_and_says_so(cast: Cast, roadmap: Roadmap) -> None:
    intake_id = brought(cast.rina, roadmap, a_csv(some_rows(2)))
    layout = layout_of(the_intake(intake_id))
    with unit_of_work():
        intake = db.session.get_one(Intake, intake_id)
        kept = intake.file.book
        db.session.execute(update(Intake).where(Intake.id == intake_id).values(trouble=None))
        intake.file.book = b"broken"
    operations.lay_out(cast.rina, intake_id, layout)
    running.carry_on(intake_id)
    intake = the_intake(intake_id)
    assert (intake.state, intake.claim) == (State.LAYOUT, None)
    assert intake.trouble is not None
    with unit_of_work():
        db.session.get_one(Intake, intake_id).file.book = kept
    operations.lay_out(cast.rina, intake_id, layout)
    running.carry_on(intake_id)
    assert (the_intake(intake_id).state, the_intake(intake_id).trouble) == (State.TRIAL, None)
