"""One human act is one changeset; the log has no gaps; what changed is named, exactly."""

import pytest

from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision
from roadmap.history.operations import record
from roadmap.people.models import Organisation
from roadmap.plan import bulk, operations
from roadmap.plan.models import Action
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap, an_action, an_indicator
from tests.history.log import acts, faults, head, versions


def test_each_act_writes_one_changeset_and_takes_the_next_number(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    indicator = an_indicator(cast, action)
    operations.edit_item(cast.dodi, "action", action.id, 1, {"title": "Melatih petugas"})
    operations.move_item(cast.rina, "action", action.id, "first")
    operations.remove_item(cast.rina, "action", action.id, reason="Sudah ada")
    operations.restore_item(cast.rina, "action", action.id)
    told = [(act.seq, act.verb, act.actor_uid, act.reason, len(act.revisions)) for act in acts(roadmap.id)]
    rina, dodi = cast.rina.uid, cast.dodi.uid
    assert told[:4] == [
        (1, "create", rina, "", 1),
        (2, "add", rina, "", 1),
        (3, "add", rina, "", 1),
        (4, "edit", dodi, "", 1),
    ]
    assert told[-2:] == [
        (len(told) - 1, "remove", rina, "Sudah ada", 2),
        (len(told), "restore", rina, "", 2),
    ]
    assert [seq for seq, *_ in told] == list(range(1, len(told) + 1))
    assert [one.gone for one in versions(indicator.uid)] == [False, True, False]
    assert faults(roadmap.id) == []


def test_a_revision_names_the_fields_it_changed_and_no_others(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap)
    action = an_action(cast, roadmap, title="Pelatihan", ends_on="2026-12-31")
    first = versions(action.uid)[0]
    assert first.changed == list(first.snapshot)
    operations.edit_item(
        cast.rina,
        "action",
        action.id,
        1,
        {"title": "Pelatihan", "ends_on": "2027-03-31", "lead": cast.dinsos.uid, "problems": [problem.uid]},
    )
    revision = versions(action.uid)[1]
    assert sorted(revision.changed) == ["ends_on", "lead", "problems"]
    assert revision.snapshot == first.snapshot | {
        "ends_on": "2027-03-31",
        "lead": cast.dinsos.uid,
        "problems": [problem.uid],
    }
    assert (revision.item_version, revision.gone) == (2, False)
    operations.remove_item(cast.rina, "action", action.id)
    gone = versions(action.uid)[2]
    assert (gone.changed, gone.gone, gone.snapshot) == (["removed_at"], True, revision.snapshot)


def test_saving_what_stands_there_is_no_act(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Pelatihan", supporting=[cast.kominfo, cast.oms])
    before = head(roadmap.id)
    same = {
        "title": "Pelatihan  ",
        "supporting": [cast.oms.uid, cast.kominfo.uid, cast.oms.uid],
        "lead": None,
    }
    edited = operations.edit_item(cast.rina, "action", action.id, 1, same)
    assert edited.changed == ()
    assert head(roadmap.id) == before
    assert len(versions(action.uid)) == 1


def test_removing_twice_is_one_act(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    operations.remove_item(cast.rina, "action", action.id)
    before = head(roadmap.id)
    operations.remove_item(cast.dodi, "action", action.id)
    assert head(roadmap.id) == before


def test_what_is_refused_leaves_no_gap(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap)
    before = head(roadmap.id)
    with pytest.raises(NotValid):
        operations.edit_item(cast.rina, "action", action.id, 1, {"lead": cast.foreign_office.uid})
    with pytest.raises(NotThere):
        operations.edit_item(cast.eka, "action", action.id, 1, {"title": "Curian"})
    with pytest.raises(RuntimeError, match="halfway"), unit_of_work(roadmap.id):
        _edit_halfway(cast, action)
    assert head(roadmap.id) == before
    operations.edit_item(cast.rina, "action", action.id, 1, {"title": "Lain"})
    assert [act.seq for act in acts(roadmap.id)] == list(range(1, before + 2))
    assert faults(roadmap.id) == []


def _edit_halfway(cast: Cast, action: Action) -> None:
    item = db.session.get_one(Action, action.id)
    item.title = "Setengah jalan"
    record(cast.rina, "edit", [item])
    message = "halfway"
    raise RuntimeError(message)


def test_two_hundred_items_are_one_act(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    entries = [bulk.Entry("problem", {"title": f"Masalah {number}"}) for number in range(200)]
    bulk.add_many(cast.rina, roadmap.id, entries)
    last = acts(roadmap.id)[-1]
    assert (last.verb, last.source, len(last.revisions)) == ("add", "import", 200)
    assert {one.item_version for one in last.revisions} == {1}
    assert faults(roadmap.id) == []


def test_one_act_writes_one_changeset(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)

    def two_acts() -> None:
        record(cast.rina, "one")
        record(cast.rina, "another")

    with pytest.raises(RuntimeError, match="one act writes one changeset"), unit_of_work(roadmap.id):
        two_acts()
    with pytest.raises(RuntimeError, match="unit_of_work"):
        record(cast.rina, "outside")
    with pytest.raises(RuntimeError, match="needs unit_of_work"), unit_of_work():
        record(cast.rina, "without a roadmap")


def test_an_act_that_touches_no_item_is_recorded_all_the_same(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    with unit_of_work(roadmap.id):
        record(
            cast.maria,
            "return",
            payload={"number": 1, "items": ["b", "a"]},
            reason="Baca lagi\r\nya\x00",
            on_behalf_of="Wali Kota",
        )
    last = acts(roadmap.id)[-1]
    assert (last.verb, last.payload, last.reason, last.on_behalf_of) == (
        "return",
        {"number": 1, "items": ["b", "a"]},
        "Baca lagi\nya",
        "Wali Kota",
    )
    assert last.revisions == []
    assert faults(roadmap.id) == []


def test_each_act_is_chained_to_the_one_before(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    for number in range(5):
        a_problem(cast, roadmap, title=f"Masalah {number}")
    chain = acts(roadmap.id)
    assert [act.previous_digest for act in chain] == ["", *(act.digest for act in chain[:-1])]
    assert len({act.digest for act in chain}) == len(chain)


def test_roadmaps_have_logs_of_their_own(ctx: object, cast: Cast) -> None:
    one, other = a_roadmap(cast), a_roadmap(cast, by=cast.eka)
    a_problem(cast, one)
    a_problem(cast, other, by=cast.eka)
    assert [act.seq for act in acts(one.id)] == [act.seq for act in acts(other.id)] == [1, 2]
    assert faults(one.id) == faults(other.id) == []


def test_the_log_names_uids_and_no_names(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, lead=cast.dinsos, supporting=[cast.oms])
    db.session.expire_all()
    written = "".join(
        str(vars(row)) for row in [*db.session.query(Changeset).all(), *db.session.query(Revision).all()]
    )
    assert cast.rina.uid in written
    for name in (cast.rina.name, cast.rina.email, cast.dinsos.name, cast.oms.name):
        assert name not in written
    assert db.session.query(Organisation).filter_by(uid=action.lead).one().name == cast.dinsos.name
