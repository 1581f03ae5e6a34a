"""A plan that was read before is not read anew, and what is shown is what stands, whoever wrote it and wherever."""

import pytest
from flask import Flask
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.plan import operations
from roadmap.plan.bulk import Entry, add_many
from roadmap.plan.kinds import KINDS
from roadmap.plan.models import Action, Indicator
from roadmap.plan.outline import Outline, outline, view_of
from roadmap.plan.present import shelf
from roadmap.plan.queries import outline_as_of, outline_of
from roadmap.plan.shelf import Shelf, Shelved
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action
from tests.plans import a_plan
from tests.queries import queries


@pytest.fixture
def plan(ctx: Flask, cast: Cast) -> Roadmap:
    """A plan that has been read."""
    roadmap = a_plan(cast, problems=5, actions=9, modalities=4)
    shelf.clear()
    outline_of(roadmap.id)
    return roadmap


def _as_the_tables_say(roadmap_id: int) -> Outline:
    return outline(
        view_of(item)
        for kind in KINDS.values()
        for item in db.session.scalars(
            select(kind.model).where(kind.model.roadmap_id == roadmap_id, kind.model.removed_at.is_(None))
        )
    )


def _same(roadmap_id: int) -> bool:
    shown, stands = outline_of(roadmap_id), _as_the_tables_say(roadmap_id)
    return (shown.items, shown.by_uid, dict(shown.indicators_of), dict(shown.holders_of)) == (
        stands.items,
        stands.by_uid,
        dict(stands.indicators_of),
        dict(stands.holders_of),
    )


def test_reading_columns_gives_what_the_items_hold(plan):
    shelf.clear()
    assert _same(plan.id)


def test_what_is_read_twice_is_read_once(plan, ctx):
    first = outline_of(plan.id)
    assert outline_of(plan.id) is first


def test_every_kind_of_act_shows_at_once(plan, cast):
    action, other = list(db.session.scalars(select(Action).order_by(Action.position)))[:2]
    operations.edit_item(cast.rina, "action", action.id, action.version, {"title": "Nama lain"})
    assert outline_of(plan.id).by_uid[action.uid].label == "Nama lain"
    assert _same(plan.id)
    operations.move_item(cast.rina, "action", action.id, other.uid)
    assert _same(plan.id)
    operations.remove_item(cast.rina, "action", action.id)
    assert action.uid not in outline_of(plan.id).by_uid
    assert _same(plan.id)
    operations.restore_item(cast.rina, "action", action.id)
    assert _same(plan.id)
    added = a_problem(cast, plan, title="Masalah baru")
    assert outline_of(plan.id).items["problem"][-1].uid == added.uid
    assert _same(plan.id)


def test_an_import_larger_than_what_was_known_shows_too(plan, cast):
    add_many(cast.rina, plan.id, [Entry("modality", {"title": f"Modalitas tambahan {n}"}) for n in range(60)])
    assert _same(plan.id)


def test_a_small_change_is_read_from_the_log_alone(plan, cast, ctx):
    action = db.session.scalars(select(Action)).first()
    assert action is not None
    operations.edit_item(cast.rina, "action", action.id, action.version, {"title": "Nama lain"})
    kept = shelf.find(plan.id)
    assert kept is not None
    with queries(ctx) as asked:
        shelf.keep(plan.id, kept)
        outline_of(plan.id)
    assert [statement for statement in asked if "FROM action" in statement] == []


def test_inside_an_act_its_own_writing_is_seen(plan, cast):
    action = db.session.scalars(select(Action)).first()
    assert action is not None
    with unit_of_work():
        item = db.session.get_one(Action, action.id)
        item.title = "Belum dicatat"
        assert outline_of(plan.id).by_uid[item.uid].label == "Belum dicatat"
        db.session.rollback()
    assert outline_of(plan.id).by_uid[action.uid].label != "Belum dicatat"


def test_indicators_go_and_come_with_their_action(plan, cast):
    indicator = db.session.scalars(select(Indicator)).first()
    assert indicator is not None
    action = db.session.scalars(select(Action).where(Action.uid == indicator.action)).one()
    operations.remove_item(cast.rina, "action", action.id)
    assert indicator.uid not in outline_of(plan.id).by_uid
    assert _same(plan.id)


def test_another_plan_with_the_same_number_is_not_mistaken_for_it(plan):
    kept = shelf.find(plan.id)
    assert kept is not None
    shelf.keep(plan.id, Shelved(kept.seq - 1, "from-elsewhere", outline([])))
    assert _same(plan.id)


def test_a_moment_is_read_once_and_loses_what_is_closed_later(plan, cast):
    action = db.session.scalars(select(Action)).first()
    assert action is not None
    operations.edit_item(cast.rina, "action", action.id, action.version, {"description": "Nama korban: Sri."})
    seq = db.session.get_one(Roadmap, plan.id).head_seq
    then = outline_as_of(plan.id, seq)
    assert outline_as_of(plan.id, seq) is then
    operations.close_text(
        cast.rina, "action", action.id, ["description"], basis="UU 27/2022", reason="Nama orang."
    )
    assert "Sri" in str(then.by_uid[action.uid].description)
    assert "Sri" not in str(outline_as_of(plan.id, seq).by_uid[action.uid].description)


def test_a_shelf_lets_go_of_what_was_asked_for_longest_ago(plan):
    read = outline_of(plan.id)
    small = Shelf(most=2 * len(read.by_uid))
    for number in (1, 2):
        small.keep(number, Shelved(1, "x", read))
    assert small.find(1) is not None
    small.keep(3, Shelved(1, "x", read))
    assert [number for number in (1, 2, 3) if small.find(number)] == [1, 3]


def test_two_actions_of_one_plan_are_numbered_anew_after_a_move(ctx, cast):
    from roadmap.plan.numbers import numbers_of

    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap)
    first, second = (an_action(cast, roadmap, title=name, problems=[problem.uid]) for name in "AB")
    assert numbers_of(outline_of(roadmap.id))[second.uid] == "1.2"
    operations.move_item(cast.rina, "action", second.id, "first")
    assert numbers_of(outline_of(roadmap.id))[first.uid] == "1.2"
