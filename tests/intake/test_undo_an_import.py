"""A whole import is taken back by one act, also after others went on; what they did stays."""

import pytest
from flask import Flask

from roadmap.history.models import Roadmap
from roadmap.intake.models import State
from roadmap.plan import operations as plan_verbs
from roadmap.plan import restoring
from roadmap.plan.queries import outline_of
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action, the_item
from tests.history.log import acts, faults
from tests.intake.wizard import a_csv, digest_of_items, imported, some_rows, the_trial, tried, written


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    roadmap = a_roadmap(cast)
    a_problem(cast, roadmap)
    an_action(cast, roadmap, title="Membuka loket pelayanan di kelurahan 0", area="Kota", lead=cast.kominfo)
    return roadmap


def test_taken_back_the_plan_is_as_it_was(cast: Cast, roadmap: Roadmap) -> None:
    before = digest_of_items(roadmap.id)
    seq = imported(cast.rina, roadmap, some_rows(20)).seq
    assert seq is not None
    assert digest_of_items(roadmap.id) != before
    went = restoring.undo(cast.dodi, roadmap.id, seq)
    assert went.changeset is not None
    assert digest_of_items(roadmap.id) == before
    assert faults(roadmap.id) == []


def test_what_others_did_since_stays(cast: Cast, roadmap: Roadmap) -> None:
    seq = imported(cast.rina, roadmap, some_rows(6)).seq
    assert seq is not None
    old, new = outline_of(roadmap.id).items["action"][:2]
    plan_verbs.edit_item(cast.dodi, "action", old.id, old.version, {"description": "Dodi menulis ini."})
    mine = plan_verbs.add_item(cast.dodi, roadmap.id, "problem", {"title": "Masalah Dodi"})
    went = restoring.undo(cast.rina, roadmap.id, seq)
    assert went.changeset is not None
    item = the_item("action", old.id)
    assert (item.area, item.lead, item.description) == ("Kota", cast.kominfo.uid, "Dodi menulis ini.")
    plan = outline_of(roadmap.id)
    assert new.uid not in plan.by_uid
    assert mine.uid in plan.by_uid
    assert faults(roadmap.id) == []


def test_an_item_that_others_took_further_is_asked_about(cast: Cast, roadmap: Roadmap) -> None:
    seq = imported(cast.rina, roadmap, some_rows(3)).seq
    assert seq is not None
    new = outline_of(roadmap.id).items["action"][-1]
    plan_verbs.edit_item(cast.dodi, "action", new.id, new.version, {"area": "Dodi"})
    preview = restoring.preview_undo(cast.rina, roadmap.id, seq)
    assert [question.uid for question in preview.questions] == [new.uid]


def test_undone_and_done_again(cast: Cast, roadmap: Roadmap) -> None:
    first = imported(cast.rina, roadmap, some_rows(4))
    assert first.seq is not None
    after = len(outline_of(roadmap.id).by_uid)
    restoring.undo(cast.rina, roadmap.id, first.seq)
    intake_id = tried(cast.rina, roadmap, a_csv(some_rows(4)))
    assert the_trial(intake_id).changes_something
    assert written(cast.rina, intake_id).state == State.DONE
    assert len(outline_of(roadmap.id).by_uid) == after
    assert [act.verb for act in acts(roadmap.id)][-3:] == ["import", "undo", "import"]
