"""Positions: always room between two, never a sibling renumbered, and a move is what a person would do with cards."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.plan import operations
from roadmap.plan.models import Action
from roadmap.plan.order import between
from roadmap.plan.queries import find_item, outline_of
from tests.cast import Cast
from tests.factories import a_roadmap, an_action
from tests.history.log import faults, head, versions

PLACES = st.text("0123456789", min_size=1, max_size=12).filter(lambda text: not text.endswith("0"))


@given(PLACES, PLACES)
def test_there_is_always_room_between_two(one: str, other: str) -> None:
    low, high = sorted((one, other))
    if low == high:
        with pytest.raises(ValueError, match="does not come before"):
            between(low, high)
        return
    middle = between(low, high)
    assert low < middle < high
    assert not middle.endswith("0")
    assert middle.isdecimal()


@given(PLACES)
def test_there_is_always_room_at_the_ends(place: str) -> None:
    before, after = between(None, place), between(place, None)
    assert before < place < after
    for one in (before, after):
        assert one.isdecimal()
        assert not one.endswith("0")


def test_an_empty_list_begins_in_the_middle() -> None:
    assert between(None, None) == "5"


@pytest.mark.parametrize("at_end", [True, False])
def test_a_list_that_only_grows_keeps_short_places(at_end: bool) -> None:
    place = between(None, None)
    for _ in range(3000):
        place = between(place, None) if at_end else between(None, place)
    assert len(place) <= 8


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 9)), max_size=60))
def test_moving_is_what_one_would_do_with_cards(moves: list[tuple[int, int]]) -> None:
    cards = list(range(10))
    places = {card: f"{card}5" for card in cards}
    for card, after in moves:
        if card == after:
            continue
        others = {other: place for other, place in places.items() if other != card}
        low = places[after] if after >= 0 else None
        places[card] = between(low, min((p for p in others.values() if low is None or p > low), default=None))
        cards.remove(card)
        cards.insert(cards.index(after) + 1 if after >= 0 else 0, card)
    assert sorted(places, key=lambda card: places[card]) == cards
    assert len(set(places.values())) == 10


def _titles(roadmap_id: int) -> list[str]:
    return [one.label for one in outline_of(roadmap_id).items["action"]]


@pytest.fixture
def cards(ctx: object, cast: Cast) -> tuple[int, dict[str, Any]]:
    roadmap = a_roadmap(cast)
    return roadmap.id, {name: an_action(cast, roadmap, title=name) for name in "ABCD"}


def test_a_move_renumbers_no_sibling(cast: Cast, cards: tuple[int, dict[str, Action]]) -> None:
    roadmap_id, made = cards
    before = {name: made[name].position for name in "ABC"}
    operations.move_item(cast.rina, "action", made["D"].id, made["A"].uid)
    assert _titles(roadmap_id) == ["A", "D", "B", "C"]
    assert {name: find_item("action", made[name].id).position for name in "ABC"} == before  # type: ignore[union-attr]
    assert [one.changed for one in versions(made["D"].uid)][1:] == [["position"]]
    assert len(versions(made["B"].uid)) == 1


def test_a_move_to_where_it_stands_is_no_act(cast: Cast, cards: tuple[int, dict[str, Action]]) -> None:
    roadmap_id, made = cards
    before = head(roadmap_id)
    operations.move_item(cast.rina, "action", made["B"].id, made["A"].uid)
    operations.move_item(cast.rina, "action", made["A"].id, operations.FIRST)
    operations.move_item(cast.rina, "action", made["D"].id, "a-neighbour-that-never-was")
    assert head(roadmap_id) == before
    assert _titles(roadmap_id) == ["A", "B", "C", "D"]


def test_a_removed_item_keeps_its_place_for_its_return(
    cast: Cast, cards: tuple[int, dict[str, Action]]
) -> None:
    roadmap_id, made = cards
    for name in "BCD":
        operations.remove_item(cast.rina, "action", made[name].id)
    added = operations.add_item(cast.rina, roadmap_id, "action", {"title": "E"})
    for name in "BCD":
        operations.restore_item(cast.rina, "action", made[name].id)
    places = [find_item("action", one.id).position for one in [*made.values(), added]]  # type: ignore[union-attr]
    assert len(set(places)) == 5
    operations.move_item(cast.rina, "action", added.id, made["B"].uid)
    assert _titles(roadmap_id) == ["A", "B", "E", "C", "D"]
    assert faults(roadmap_id) == []


def test_a_neighbour_that_has_gone_means_the_end_and_is_said(
    cast: Cast, cards: tuple[int, dict[str, Action]]
) -> None:
    roadmap_id, made = cards
    operations.remove_item(cast.rina, "action", made["C"].id)
    moved = operations.move_item(cast.rina, "action", made["A"].id, made["C"].uid)
    assert moved.neighbour_was_gone
    assert _titles(roadmap_id) == ["B", "D", "A"]
