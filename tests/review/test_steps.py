"""The table of steps against every stage: whatever it does not name is refused and changes nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from roadmap.errors import Conflict, StepNotOpen
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.roles import Stage
from roadmap.review import operations
from roadmap.review.models import Desk, Instrument, Judgement
from roadmap.review.states import STEP_OF, STEPS, Move, step
from roadmap.work import unit_of_work
from tests.review.stories import adopted, clean, in_review, now_of

ACTS: dict[Move, Callable[..., Any]] = {
    Move.SUBMIT: lambda cast, roadmap, _s, _e: operations.submit(cast.rina, roadmap.id, "Lagi."),
    Move.WITHDRAW: lambda cast, roadmap, _s, _e: operations.withdraw(cast.rina, roadmap.id),
    Move.OPEN_CONSULTATION: lambda cast, roadmap, _s, _e: operations.open_consultation(
        cast.rina, roadmap.id, date(2099, 1, 1)
    ),
    Move.END_CONSULTATION: lambda cast, roadmap, _s, _e: operations.end_consultation(cast.rina, roadmap.id),
    Move.JUDGE: lambda cast, _r, submission, _e: operations.judge(
        cast.maria, submission.id, Judgement.RETURNED, "Belum."
    ),
    Move.ADOPT: lambda cast, _r, _s, edition: operations.adopt(
        cast.rina,
        edition.id,
        instrument=Instrument.DECREE,
        number="1",
        adopted_on=date(2026, 7, 1),
        subject="Peta jalan",
    ),
    Move.IMPLEMENT: lambda cast, roadmap, _s, _e: operations.begin_implementation(cast.rina, roadmap.id),
    Move.FINISH: lambda cast, roadmap, _s, _e: operations.finish(cast.rina, roadmap.id),
    Move.SUPERSEDE: lambda cast, roadmap, _s, _e: operations.finish(
        cast.rina, roadmap.id, is_superseded=True
    ),
}


def test_every_stage_not_named_for_an_act_refuses_it_and_nothing_changes(cast, ctx):
    roadmap, submission = in_review(cast)
    _other, edition = adopted(cast)
    refused = []
    for stage in Stage:
        for move, act in ACTS.items():
            if any(key[:2] == (stage, move) for key in STEPS) and move != Move.ADOPT:
                continue
            with unit_of_work():
                db.session.get_one(Roadmap, roadmap.id).stage = stage
            before = (now_of(roadmap).stage, now_of(roadmap).head_seq)
            with pytest.raises(Conflict):
                act(cast, roadmap, submission, edition)
            assert (now_of(roadmap).stage, now_of(roadmap).head_seq) == before, (stage, move)
            refused.append((stage, move))
    assert len(refused) == len(Stage) * len(ACTS) - len({key[:2] for key in STEPS} - _ADOPTING - _REOPENING)
    assert clean(roadmap)


_ADOPTING = {key[:2] for key in STEPS if key[1] == Move.ADOPT}
_REOPENING = {key[:2] for key in STEPS if key[1] == Move.REOPEN}


def test_the_leaders_acts_are_refused_at_every_stage_but_diajukan(cast, ctx):
    roadmap, submission = in_review(cast)
    for stage in set(Stage) - {Stage.SUBMITTED}:
        with unit_of_work():
            db.session.get_one(Roadmap, roadmap.id).stage = stage
        with pytest.raises(StepNotOpen):
            operations.approve(cast.wali, submission.id, submission.seq, submission.digest)
        assert now_of(roadmap).stage == stage


def test_no_step_leads_past_the_leader():
    assert {key[0] for key, to in STEPS.items() if to == Stage.APPROVED} == {Stage.SUBMITTED}
    into_force = {key[:2] for key, to in STEPS.items() if to == Stage.ADOPTED and key[0] != to}
    assert into_force == {(Stage.APPROVED, Move.ADOPT)}
    assert not [key for key in STEPS if key[0] in {Stage.FINISHED, Stage.SUPERSEDED}]


def test_every_stage_is_shown_as_one_of_five_steps_and_can_be_reached():
    assert set(STEP_OF) == set(Stage)
    assert set(STEP_OF.values()) == {1, 2, 3, 4, 5}
    assert set(STEPS.values()) | {Stage.DRAFT} == set(Stage)


def test_the_table_refuses_what_it_does_not_name():
    with pytest.raises(StepNotOpen):
        step(Stage.DRAFT, Move.JUDGE, Judgement.PASSED)
    assert step(Stage.DRAFT, Move.SUBMIT, Desk.REVIEW) == Stage.REVIEW


def test_the_bar_and_the_page_of_the_steps_tell_the_same_of_what_was_left_out(client, cast, app):
    with app.app_context():
        address = f"/roadmaps/{adopted(cast)[0].id}/stages"
    client.sign_in(cast.rina)
    page = client.get(address)
    bar = [stop.tag["class"][1].removeprefix("stop-") for stop in page.all("#slot-strip .stop")]
    told = [step.tag["class"][1].removeprefix("step-") for step in page.all(".steps-list .step")]
    assert bar == told
    assert bar[:3] == ["done", "left-out", "done"]
    assert "Dilewati" in page.all(".steps-list .step")[1].text
