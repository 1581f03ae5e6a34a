"""A round begins with the roadmap, and with the first edit of what a leader approved."""

import pytest
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.errors import NoSuchVersion
from roadmap.history.queries import story_of
from roadmap.people.roles import Stage
from roadmap.plan import operations as plan
from roadmap.review import operations
from roadmap.review.models import Round
from tests.factories import a_problem, a_roadmap
from tests.review.stories import adopted, approved, clean, edit, first_action, now_of


def test_a_new_roadmap_has_its_first_round(cast, ctx):
    roadmap = a_roadmap(cast)
    (first,) = _rounds(roadmap)
    assert (first.number, first.opened_seq, first.closed_at) == (1, 1, None)


@pytest.mark.parametrize("reach", ["approved", "adopted", "implementing"])
def test_the_first_edit_after_an_approval_opens_the_next_round_in_the_same_act(cast, ctx, reach):
    roadmap, _edition = approved(cast) if reach == "approved" else adopted(cast)
    if reach == "implementing":
        operations.begin_implementation(cast.rina, roadmap.id)
    edit(cast, roadmap, title="Kanal pengaduan keliling")
    a_problem(cast, roadmap)
    first, second = _rounds(roadmap)
    assert first.closed_at is not None
    acts = {act.seq: act.verb for act in story_of(now_of(roadmap), cast.rina)}
    assert (second.number, acts[second.opened_seq], now_of(roadmap).stage) == (2, "edit", Stage.DRAFT)
    assert clean(roadmap)


def test_reporting_progress_opens_nothing_and_an_edit_that_is_refused_neither(cast, ctx):
    roadmap, _edition = adopted(cast)
    action = first_action(roadmap)
    plan.edit_item(cast.oki, "action", action.id, action.version, {"status": "berjalan"})
    with pytest.raises(NoSuchVersion):
        plan.edit_item(cast.rina, "action", action.id, 999, {"title": "Tidak jadi"})
    assert now_of(roadmap).stage == Stage.ADOPTED
    assert len(_rounds(roadmap)) == 1


def _rounds(roadmap) -> list[Round]:
    db.session.rollback()
    return list(
        db.session.scalars(select(Round).where(Round.roadmap_id == roadmap.id).order_by(Round.number))
    )
