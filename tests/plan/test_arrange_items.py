"""Adding, moving, removing and restoring items."""

import pytest

from roadmap.errors import NotAllowed, NotThere
from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.errors import ItemGone
from roadmap.history.models import Roadmap
from roadmap.history.queries import story_of
from roadmap.plan.operations import FIRST, add_item, edit_item, move_item, remove_item, restore_item
from roadmap.plan.queries import outline_of
from tests.factories import a_modality, a_problem, a_roadmap, an_action, an_indicator, the_item


def _order(roadmap, kind="problem"):
    return [item.label for item in outline_of(roadmap.id).items[kind]]


@pytest.fixture
def three(ctx, cast):
    roadmap = a_roadmap(cast)
    return roadmap, [a_problem(cast, roadmap, title=name) for name in ("A", "B", "C")]


def test_items_stand_in_the_order_they_were_added(three):
    roadmap, _problems = three
    assert _order(roadmap) == ["A", "B", "C"]


def test_an_item_is_added_after_a_neighbour_or_first(three, cast):
    roadmap, (one, _two, _three) = three
    add_item(cast.rina, roadmap.id, "problem", {"title": "A2"}, after=one.uid)
    add_item(cast.rina, roadmap.id, "problem", {"title": "0"}, after=FIRST)
    assert _order(roadmap) == ["0", "A", "A2", "B", "C"]


@pytest.mark.parametrize(
    ("moved", "after", "order"),
    [(2, FIRST, "CAB"), (2, 0, "ACB"), (0, 2, "BCA"), (0, 1, "BAC"), (1, FIRST, "BAC")],
)
def test_a_move_names_a_neighbour_and_renumbers_nobody(three, cast, moved, after, order):
    roadmap, problems = three
    untouched = {p.uid: p.version for p in problems if p.uid != problems[moved].uid}
    neighbour = after if after == FIRST else problems[after].uid
    assert move_item(cast.rina, "problem", problems[moved].id, neighbour).neighbour_was_gone is False
    assert _order(roadmap) == list(order)
    plan = outline_of(roadmap.id)
    assert {uid: plan.by_uid[uid].version for uid in untouched} == untouched
    assert list(faults_of(db.session.get_one(Roadmap, roadmap.id))) == []


def test_a_move_behind_a_neighbour_that_has_gone_goes_to_the_end_and_says_so(three, cast):
    roadmap, (one, two, _three) = three
    remove_item(cast.dodi, "problem", two.id)
    assert move_item(cast.rina, "problem", one.id, two.uid).neighbour_was_gone is True
    assert _order(roadmap) == ["C", "A"]


def test_a_move_never_clashes_with_an_edit(three, cast):
    roadmap, (one, _two, three_) = three
    move_item(cast.dodi, "problem", one.id, three_.uid)
    edited = edit_item(cast.rina, "problem", one.id, 1, {"title": "A lagi"})
    assert edited.changed == ("title",)
    assert _order(roadmap) == ["B", "C", "A lagi"]


def test_a_removed_action_takes_its_indicators_along_and_brings_them_back(ctx, cast):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    gone_before, indicator = (
        an_indicator(cast, action, title="lama"),
        an_indicator(cast, action, title="kini"),
    )
    remove_item(cast.rina, "indicator", gone_before.id)
    remove_item(cast.rina, "action", action.id)
    assert outline_of(roadmap.id).items["indicator"] == []
    with pytest.raises(ItemGone):
        restore_item(cast.rina, "indicator", indicator.id)
    restore_item(cast.rina, "action", action.id)
    assert _order(roadmap, "indicator") == ["kini"]
    assert [act.verb for act in story_of(db.session.get_one(Roadmap, roadmap.id), cast.rina, limit=2)] == [
        "restore",
        "remove",
    ]
    assert list(faults_of(db.session.get_one(Roadmap, roadmap.id))) == []


def test_removing_twice_is_one_act(three, cast):
    roadmap, (one, _two, _three) = three
    remove_item(cast.rina, "problem", one.id)
    head = db.session.get_one(Roadmap, roadmap.id).head_seq
    remove_item(cast.rina, "problem", one.id)
    assert db.session.get_one(Roadmap, roadmap.id).head_seq == head
    restore_item(cast.rina, "problem", one.id)
    assert _order(roadmap) == ["A", "B", "C"]


def test_only_drafters_arrange(ctx, cast):
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, lead=cast.dinsos)
    for act in (move_item, remove_item):
        arguments = (FIRST,) if act is move_item else ()
        with pytest.raises(NotAllowed):
            act(cast.oki, "action", action.id, *arguments)
        with pytest.raises(NotThere):
            act(cast.eka, "action", action.id, *arguments)
    assert the_item("action", action.id).removed_at is None


def test_an_indicator_hangs_under_an_action_of_its_own_roadmap(ctx, cast):
    roadmap, elsewhere = a_roadmap(cast), a_roadmap(cast, by=cast.eka)
    foreign = an_action(cast, elsewhere, by=cast.eka)
    modality = a_modality(cast, roadmap)
    for parent in (foreign.uid, modality.uid, "", "tidak-ada"):
        with pytest.raises(NotThere):
            add_item(cast.rina, roadmap.id, "indicator", {"title": "X"}, parent_uid=parent)
