"""A versioned field does not change without a revision: whoever forgets is told where it happens."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.history.errors import UnrecordedChange
from roadmap.history.models import Changeset, Revision, Roadmap
from roadmap.history.operations import record
from roadmap.plan.models import Action
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_roadmap, an_action
from tests.history.log import faults, versions


@pytest.fixture
def action(ctx: object, cast: Cast) -> Action:
    return an_action(cast, a_roadmap(cast), title="Pelatihan")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Diam-diam"),
        ("position", "9"),
        ("supporting", ["x"]),
        ("budget", {"2026 apbd": 1}),
        ("status", "selesai"),
        ("removed_at", now()),
    ],
)
def test_an_unrecorded_edit_is_refused(action: Action, field: str, value: Any) -> None:
    with pytest.raises(UnrecordedChange, match="changed without a revision"), unit_of_work():
        setattr(db.session.get_one(Action, action.id), field, value)
    db.session.expire_all()
    assert getattr(db.session.get_one(Action, action.id), field) != value


def test_an_unrecorded_item_is_refused(action: Action) -> None:
    with pytest.raises(UnrecordedChange), unit_of_work():
        db.session.add(Action(roadmap_id=action.roadmap_id, title="Diam-diam"))
    assert db.session.query(Action).count() == 1


def test_a_deletion_is_refused(action: Action) -> None:
    for model in (Action, Changeset, Revision):
        with pytest.raises(UnrecordedChange, match="nothing in the record is deleted"), unit_of_work():
            db.session.delete(db.session.query(model).first())


def test_a_column_that_is_no_field_passes(action: Action) -> None:
    with unit_of_work():
        db.session.get_one(Roadmap, action.roadmap_id).slug = "peta-jalan"
    db.session.expire_all()
    assert db.session.get_one(Roadmap, action.roadmap_id).slug == "peta-jalan"


@pytest.mark.parametrize("way", ["class", "table"])
@pytest.mark.parametrize("model", [Action, Changeset, Revision])
def test_a_bulk_change_is_refused(action: Action, model: Any, way: str) -> None:
    target = model if way == "class" else model.__table__
    statements = [
        update(target).values(id=7),
        delete(target),
        *([insert(target).values(title="x")] if model is Action else []),
    ]
    for statement in statements:
        with pytest.raises(UnrecordedChange, match="changed one by one"), unit_of_work():
            db.session.execute(statement)
    with pytest.raises(UnrecordedChange), unit_of_work():
        db.session.execute(delete(target).execution_options(closing=True))


@pytest.mark.parametrize(("model", "field"), [(Changeset, "reason"), (Revision, "item_uid")])
def test_a_row_of_the_record_is_not_rewritten(action: Action, model: Any, field: str) -> None:
    with pytest.raises(UnrecordedChange, match="never rewritten"), unit_of_work():
        setattr(db.session.query(model).first(), field, "lain")


def test_an_early_flush_is_no_trap(action: Action, cast: Cast) -> None:
    with unit_of_work(action.roadmap_id):
        item = db.session.get_one(Action, action.id)
        item.title = "Melatih petugas"
        db.session.flush()
        assert db.session.query(Action).filter_by(title="Melatih petugas").count() == 1
        record(cast.rina, "edit", [item])
    assert [one.changed for one in versions(action.uid)][1:] == [["title"]]
    assert faults(action.roadmap_id) == []


def test_a_change_after_the_record_is_refused(action: Action, cast: Cast) -> None:
    def edit_twice() -> None:
        item = db.session.get_one(Action, action.id)
        item.title = "Melatih petugas"
        record(cast.rina, "edit", [item])
        item.title = "Menyusul"

    with pytest.raises(UnrecordedChange), unit_of_work(action.roadmap_id):
        edit_twice()
    assert len(versions(action.uid)) == 1


def test_what_was_refused_is_forgotten(action: Action, cast: Cast) -> None:
    with pytest.raises(UnrecordedChange), unit_of_work():
        db.session.get_one(Action, action.id).title = "Diam-diam"
    with unit_of_work(action.roadmap_id):
        item = db.session.get_one(Action, action.id)
        item.title = "Terang-terangan"
        record(cast.rina, "edit", [item])
    assert faults(action.roadmap_id) == []


def test_a_write_outside_a_unit_of_work_is_refused(action: Action) -> None:
    db.session.get_one(Action, action.id).title = "Di luar"
    with pytest.raises(RuntimeError, match="outside unit_of_work"):
        db.session.commit()
    db.session.rollback()
