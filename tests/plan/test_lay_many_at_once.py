"""A whole table is laid on the plan in one act: all of it or nothing, each part with the right to it."""

import time
from collections.abc import Sequence

import pytest
from flask import Flask

from roadmap.errors import Conflict, NotAllowed, NotThere, NotValid, Refusal
from roadmap.extensions import db
from roadmap.history.errors import EditConflict, ItemGone
from roadmap.history.models import Changeset, Roadmap
from roadmap.plan import bulk, operations
from roadmap.plan.bulk import Edit, Entry, Removal, lay_many
from roadmap.plan.errors import FieldNotYours, StandsInEdition
from roadmap.plan.models import Action
from roadmap.plan.queries import outline_of
from roadmap.search.check import faults_of_index
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action, an_indicator, the_item
from tests.history.log import acts, faults, head
from tests.plans import a_plan, adopted


@pytest.fixture
def roadmap(ctx: Flask, cast: Cast) -> Roadmap:
    return a_roadmap(cast)


def _table(problems: int, actions: int, indicators: int) -> list[Entry]:
    wrongs = [Entry("problem", {"title": f"Masalah {n}"}) for n in range(problems)]
    deeds = [
        Entry("action", {"title": f"Aksi {n}", "problems": [wrongs[n % problems].uid]})
        for n in range(actions)
    ]
    measures = [
        Entry("indicator", {"title": f"Ukuran {n}", "targets": {"2026": "6"}}, deeds[n % actions].uid)
        for n in range(indicators)
    ]
    # The measures first: whoever writes a table need not know what refers to what.
    return [*measures, *deeds, *wrongs]


def _nothing_changed(roadmap: Roadmap, before: int) -> None:
    db.session.rollback()
    assert head(roadmap.id) == before
    assert faults(roadmap.id) == []


# --- one act


def test_a_table_of_new_changed_and_removed_parts_is_one_act(cast: Cast, roadmap: Roadmap) -> None:
    kept, gone = an_action(cast, roadmap), an_action(cast, roadmap, title="Salah tempat")
    an_indicator(cast, gone)
    before = head(roadmap.id)
    act = lay_many(
        cast.rina,
        roadmap.id,
        _table(3, 5, 5),
        [Edit("action", kept.id, kept.version, {"title": "Menyediakan dua kanal"})],
        [Removal("action", gone.id, gone.version)],
        reason="Matriks Bappeda.xlsx",
        payload={"added": {"action": 5}},
    )
    assert act is not None
    assert (act.seq, act.verb, act.source) == (before + 1, "import", "import")
    assert (act.reason, act.payload) == ("Matriks Bappeda.xlsx", {"added": {"action": 5}})
    assert len(act.revisions) == 13 + 1 + 2
    plan = outline_of(roadmap.id)
    assert [one.label for one in plan.items["action"]] == [
        "Menyediakan dua kanal",
        *[f"Aksi {n}" for n in range(5)],
    ]
    assert faults(roadmap.id) == []
    assert list(faults_of_index(roadmap.id)) == []


def test_a_table_that_says_what_stands_already_is_no_act(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota")
    before = head(roadmap.id)
    edit = Edit("action", action.id, action.version, {"area": "Kota"})
    assert lay_many(cast.rina, roadmap.id, [], [edit], []) is None
    assert lay_many(cast.rina, roadmap.id, [], [], []) is None
    assert head(roadmap.id) == before


def test_what_others_changed_since_is_merged(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, area="Kota", budget={"2026 apbd": 5})
    seen = action.version
    operations.edit_item(cast.dodi, "action", action.id, seen, {"budget": {"2026 apbd": 5, "2027 apbd": 7}})
    edit = Edit("action", action.id, seen, {"area": "Seluruh kota", "budget": {"2026 apbd": 9}})
    lay_many(cast.rina, roadmap.id, [], [edit], [])
    item = the_item("action", action.id)
    assert (item.area, item.budget) == ("Seluruh kota", {"2026 apbd": 9, "2027 apbd": 7})


# --- all or nothing


def _clash(cast: Cast, action: Action) -> tuple[list[Edit], list[Removal]]:
    seen = action.version
    operations.edit_item(cast.dodi, "action", action.id, seen, {"title": "Dodi"})
    return [Edit("action", action.id, seen, {"title": "Rina"})], []


def _gone(cast: Cast, action: Action) -> tuple[list[Edit], list[Removal]]:
    seen = action.version
    operations.remove_item(cast.dodi, "action", action.id)
    return [Edit("action", action.id, seen, {"title": "Rina"})], []


def _changed_before_removal(cast: Cast, action: Action) -> tuple[list[Edit], list[Removal]]:
    seen = action.version
    operations.edit_item(cast.dodi, "action", action.id, seen, {"title": "Dodi"})
    return [], [Removal("action", action.id, seen)]


def _naming_nobody(cast: Cast, action: Action) -> tuple[list[Edit], list[Removal]]:
    return [Edit("action", action.id, action.version, {"lead": cast.foreign_office.uid})], []


def _not_there(cast: Cast, action: Action) -> tuple[list[Edit], list[Removal]]:
    return [Edit("action", 2**30, 1, {"title": "Rina"})], []


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (_clash, EditConflict),
        (_gone, ItemGone),
        (_changed_before_removal, Conflict),
        (_naming_nobody, NotValid),
        (_not_there, NotThere),
    ],
)
def test_one_part_that_cannot_be_taken_leaves_nothing_changed(
    cast: Cast, roadmap: Roadmap, spoil: object, refusal: type[Refusal]
) -> None:
    action = an_action(cast, roadmap)
    edits, removals = spoil(cast, action)  # type: ignore[operator]
    before = head(roadmap.id)
    with pytest.raises(refusal):
        lay_many(cast.rina, roadmap.id, _table(2, 2, 2), edits, removals)
    _nothing_changed(roadmap, before)


def test_what_was_approved_is_not_removed_by_a_table(ctx: Flask, cast: Cast) -> None:
    roadmap = a_plan(cast, problems=1, actions=2, modalities=1)
    adopted(cast, roadmap)
    action = outline_of(roadmap.id).items["action"][0]
    before = head(roadmap.id)
    with pytest.raises(StandsInEdition):
        lay_many(cast.rina, roadmap.id, [], [], [Removal("action", action.id, action.version)])
    _nothing_changed(roadmap, before)


def test_more_than_fifteen_thousand_at_once_are_refused(
    cast: Cast, roadmap: Roadmap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_IN_ONE_ACT", 3)
    with pytest.raises(NotValid):
        lay_many(cast.rina, roadmap.id, _table(1, 1, 2), [], [])


# --- who may


def test_an_operator_changes_the_own_office_and_its_measures(cast: Cast, roadmap: Roadmap) -> None:
    action = an_action(cast, roadmap, lead=cast.dinsos)
    indicator = an_indicator(cast, action)
    lay_many(
        cast.oki,
        roadmap.id,
        [Entry("indicator", {"title": "Warga terlayani"}, action.uid)],
        [
            Edit("action", action.id, action.version, {"area": "Kota"}),
            Edit("indicator", indicator.id, indicator.version, {"unit": "aduan"}),
        ],
        [],
    )
    assert (acts(roadmap.id)[-1].verb, len(acts(roadmap.id)[-1].revisions)) == ("import", 3)


def _another_office(
    cast: Cast, roadmap: Roadmap
) -> tuple[Sequence[Entry], Sequence[Edit], Sequence[Removal]]:
    action = an_action(cast, roadmap, title="Lain", lead=cast.kominfo)
    return [], [Edit("action", action.id, action.version, {"area": "Kota"})], []


def _owners(cast: Cast, roadmap: Roadmap) -> tuple[Sequence[Entry], Sequence[Edit], Sequence[Removal]]:
    action = an_action(cast, roadmap, title="Milik sendiri", lead=cast.dinsos)
    return [], [Edit("action", action.id, action.version, {"supporting": []})], []


def _new_action(cast: Cast, roadmap: Roadmap) -> tuple[Sequence[Entry], Sequence[Edit], Sequence[Removal]]:
    return [Entry("action", {"title": "Aksi operator"})], [], []


def _measure_elsewhere(
    cast: Cast, roadmap: Roadmap
) -> tuple[Sequence[Entry], Sequence[Edit], Sequence[Removal]]:
    action = an_action(cast, roadmap, title="Lain", lead=cast.kominfo)
    return [Entry("indicator", {"title": "Ukuran"}, action.uid)], [], []


def _removal(cast: Cast, roadmap: Roadmap) -> tuple[Sequence[Entry], Sequence[Edit], Sequence[Removal]]:
    action = an_action(cast, roadmap, title="Milik sendiri", lead=cast.dinsos)
    return [], [], [Removal("action", action.id, action.version)]


@pytest.mark.parametrize("beyond", [_another_office, _owners, _new_action, _measure_elsewhere, _removal])
def test_an_operator_does_no_more_with_a_table_than_with_a_form(
    cast: Cast, roadmap: Roadmap, beyond: object
) -> None:
    own = an_action(cast, roadmap, lead=cast.dinsos)
    entries, edits, removals = beyond(cast, roadmap)  # type: ignore[operator]
    before = head(roadmap.id)
    with pytest.raises((NotAllowed, FieldNotYours)):
        lay_many(
            cast.oki,
            roadmap.id,
            entries,
            [*edits, Edit("action", own.id, own.version, {"area": "Kota"})],
            removals,
        )
    _nothing_changed(roadmap, before)


@pytest.mark.parametrize("name", ["yusuf", "maria", "wali", "adi", "eka", "nina"])
def test_nobody_else_lays_a_table(cast: Cast, roadmap: Roadmap, name: str) -> None:
    problem = a_problem(cast, roadmap)
    before = head(roadmap.id)
    with pytest.raises((NotAllowed, NotThere)):
        lay_many(
            getattr(cast, name),
            roadmap.id,
            [],
            [Edit("problem", problem.id, problem.version, {"title": "x"})],
            [],
        )
    _nothing_changed(roadmap, before)


# --- how long


def test_two_thousand_parts_take_a_few_seconds(cast: Cast, roadmap: Roadmap) -> None:
    begun = time.process_time()
    act = lay_many(cast.rina, roadmap.id, _table(200, 800, 1000), [], [])
    assert act is not None
    seconds = time.process_time() - begun
    plan = outline_of(roadmap.id)
    edits = [Edit("action", one.id, one.version, {"area": "Kota"}) for one in plan.items["action"]]
    begun = time.process_time()
    lay_many(cast.rina, roadmap.id, [], edits, [])
    assert seconds < 6
    assert time.process_time() - begun < 4
    assert db.session.query(Changeset).filter_by(roadmap_id=roadmap.id).count() == 3
