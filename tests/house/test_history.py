"""The laws of the record: every column a field, every field in the snapshot, and nothing changes unrecorded."""

import pytest
from flask import Flask
from sqlalchemy import inspect, update

from roadmap.extensions import Base, db
from roadmap.history.errors import UnrecordedChange
from roadmap.history.models import Changeset, Revision, Versioned
from roadmap.history.shapes import all_shapes, shape_of, snapshot_of
from roadmap.plan.kinds import KINDS, Kind
from roadmap.plan.models import Action
from roadmap.plan.operations import add_item, create_roadmap
from roadmap.work import unit_of_work
from tests.cast import Cast, gather

# What every item has beside its own fields.
FRAME = {"id", "uid", "roadmap_id", "version", "removed_at"}


def columns_of(kind: Kind) -> set[str]:
    return {column.key for column in inspect(kind.model).column_attrs} - FRAME


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_column_is_a_field_and_every_field_a_column(kind: Kind) -> None:
    fields = set(kind.by_name) | {"position"} | ({kind.parent} if kind.parent else set())
    assert columns_of(kind) == fields, (
        f"{kind.name}: declare it in plan/models.py and in plan/kinds.py, once in each"
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_versioned_field_is_in_the_snapshot(kind: Kind) -> None:
    item = kind.model()
    for column in inspect(kind.model).column_attrs:
        default = column.columns[0].default
        if default is not None and default.is_scalar:
            setattr(item, column.key, default.arg)
    assert set(snapshot_of(item)) == columns_of(kind)


def test_every_versioned_model_told_its_shape() -> None:
    told = {shape.model for shape in all_shapes()}
    models = {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Versioned)}
    assert models == told


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_what_a_leader_approves_is_all_but_place_and_what_lives_on(kind: Kind) -> None:
    living = {field.name for field in kind.fields if field.is_living}
    assert shape_of(kind.name).binding == columns_of(kind) - living - {"position"}


def _an_action(cast: Cast) -> Action:
    roadmap = create_roadmap(cast.rina, cast.city.id, {"title": "Peta jalan"})
    item = add_item(cast.rina, roadmap.id, "action", {"title": "Melatih petugas"})
    assert isinstance(item, Action)
    return item


def test_a_change_without_a_revision_is_refused(ctx: Flask) -> None:
    action = _an_action(gather())
    with pytest.raises(UnrecordedChange), unit_of_work():
        db.session.get_one(Action, action.id).title = "Diam-diam"
    assert db.session.get_one(Action, action.id).title == "Melatih petugas"


def test_a_bulk_change_of_items_is_refused(ctx: Flask) -> None:
    action = _an_action(gather())
    with pytest.raises(UnrecordedChange), unit_of_work():
        db.session.execute(update(Action).values(title="Semua sama"))
    assert db.session.get_one(Action, action.id).title == "Melatih petugas"


@pytest.mark.parametrize("model", [Changeset, Revision])
def test_the_log_is_not_rewritten(ctx: Flask, model: type[Changeset] | type[Revision]) -> None:
    _an_action(gather())
    with pytest.raises(UnrecordedChange), unit_of_work():
        db.session.execute(update(model).values(seq=99))


def test_a_write_outside_an_act_is_refused(ctx: Flask) -> None:
    action = _an_action(gather())
    db.session.get_one(Action, action.id).title = "Diam-diam"
    with pytest.raises(RuntimeError, match="outside unit_of_work"):
        db.session.flush()
    db.session.rollback()
