"""The index stays in step with the tables through every act; and it can be made anew from them."""

from pathlib import Path

from flask import Flask
from sqlalchemy import select, text

from roadmap.extensions import Base, db
from roadmap.history.models import Roadmap
from roadmap.operation.archive import read_manifest, write_archive
from roadmap.people.models import Person
from roadmap.plan import operations as plan_verbs
from roadmap.plan.bulk import Edit, Entry, add_many, edit_many
from roadmap.search.check import faults_of_index
from roadmap.search.models import SearchEntry
from roadmap.search.operations import reindex
from roadmap.search.queries import find
from roadmap.search.rules import read_question
from roadmap.search.words_table import CREATE, TABLE
from roadmap.work import unit_of_work
from tests.cast import gather
from tests.factories import a_modality, a_problem, a_roadmap, an_action, an_indicator, the_item
from tests.plans import a_plan
from tests.queries import queries


def found(reader: Person, roadmap: Roadmap, words: str) -> list[tuple[str, int]]:
    there = db.session.get_one(Roadmap, roadmap.id)
    results = find(reader, there, read_question(words), kind=None, size=50, number=1)
    return [(entry.kind, entry.item_id) for entry in results.entries]


def test_every_act_is_followed(ctx: Flask) -> None:
    cast = gather()
    rina = cast.rina
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Halte lama")
    indicator = an_indicator(cast, action, title="Banyaknya kenari")
    assert found(rina, roadmap, "halte") == [("action", action.id)]
    plan_verbs.edit_item(
        rina, "action", action.id, action.version, {"title": "Trotoar", "lead": cast.dinsos.uid}
    )
    assert found(rina, roadmap, "halte") == []
    assert found(rina, roadmap, "trotoar dinsos") == [("action", action.id)]
    plan_verbs.remove_item(rina, "action", action.id)
    assert found(rina, roadmap, "trotoar") == found(rina, roadmap, "kenari") == []
    plan_verbs.restore_item(rina, "action", action.id)
    assert found(rina, roadmap, "trotoar") == [("action", action.id)]
    assert found(rina, roadmap, "kenari") == [("indicator", indicator.id)]
    plan_verbs.close_text(rina, "action", action.id, ["title"], basis="UU PDP", reason="Nama korban")
    assert found(rina, roadmap, "trotoar") == found(rina, roadmap, "ditutup") == []
    plan_verbs.edit_item(rina, "action", action.id, the_item("action", action.id).version, {"lead": None})
    assert found(rina, roadmap, "dinsos") == []
    assert list(faults_of_index(roadmap.id)) == []


def test_the_words_of_a_closed_text_stand_nowhere_in_the_index(ctx: Flask) -> None:
    cast = gather()
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Rumah aman", description="Korban bernama Kenariwati.")
    plan_verbs.close_text(
        cast.maria, "action", action.id, ["description"], basis="UU PDP", reason="Nama korban"
    )
    rows = db.session.execute(text(f"SELECT * FROM {TABLE}")).all()  # noqa: S608
    entries = db.session.scalars(select(SearchEntry.texts)).all()
    assert "kenariwati" not in repr([rows, entries]).lower()


def test_many_items_in_one_act_are_followed_with_few_questions(ctx: Flask) -> None:
    cast = gather()
    roadmap = a_roadmap(cast)
    entries = [Entry("problem", {"title": f"Masalah halte {number}"}) for number in range(200)]
    with queries(cast.app) as asked:
        add_many(cast.rina, roadmap.id, entries)
    assert len([one for one in asked if "search_" in one]) <= 4
    hits = found(cast.rina, roadmap, "halte")
    assert len(hits) == 50
    edits = [Edit("problem", item_id, 1, {"title": "Trotoar"}) for _kind, item_id in hits]
    edit_many(cast.rina, roadmap.id, edits)
    assert len(found(cast.rina, roadmap, "trotoar")) == 50
    assert list(faults_of_index(roadmap.id)) == []


def test_an_act_that_touches_no_words_costs_the_index_nothing(ctx: Flask) -> None:
    cast = gather()
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Halte")
    with queries(cast.app) as asked:
        plan_verbs.edit_item(cast.rina, "action", action.id, 1, {"status": "berjalan"})
        plan_verbs.move_item(cast.rina, "action", action.id, "first")
    assert [one for one in asked if "search_" in one] == []
    assert found(cast.rina, roadmap, "halte") == [("action", action.id)]


def test_an_act_that_is_undone_by_a_refusal_leaves_no_words(ctx: Flask) -> None:
    cast = gather()
    roadmap = a_roadmap(cast)
    try:
        with unit_of_work(roadmap.id):
            an_action(cast, roadmap, title="Halte")
            raise InterruptedError
    except InterruptedError:
        pass
    assert found(cast.rina, roadmap, "halte") == []


def test_the_index_is_made_anew_and_its_faults_are_named(ctx: Flask) -> None:
    cast = gather()
    roadmap = a_plan(cast, problems=3, actions=5, modalities=2)
    a_modality(cast, roadmap, title="Perda", owner=cast.dinsos)
    other = a_roadmap(cast, title="Yang lain")
    a_problem(cast, other, title="Halte")
    before = found(cast.rina, roadmap, "warga")
    with unit_of_work():
        db.session.execute(
            text("UPDATE search_entry SET item_uid = 'x' WHERE kind = 'problem' AND item_id = 1")
        )
        db.session.execute(text("DELETE FROM search_entry WHERE kind = 'action' AND item_id = 1"))
    faults = list(faults_of_index(roadmap.id))
    assert [fault.split()[0] for fault in faults if fault.split()[0] in {"problem", "action"}] == [
        "problem",
        "action",
    ]
    with unit_of_work():
        count = reindex(roadmap.id)
    assert count == db.session.query(SearchEntry).filter_by(roadmap_id=roadmap.id).count()
    assert list(faults_of_index(roadmap.id)) == []
    assert found(cast.rina, roadmap, "warga") == before
    assert found(cast.rina, other, "halte") == [("problem", 4)]


def test_an_archive_carries_no_index_because_it_can_be_made_anew(ctx: Flask, tmp_path: Path) -> None:
    cast = gather()
    an_action(cast, a_roadmap(cast), title="Halte")
    write_archive(tmp_path / "copy.zip")
    assert "search_entry" not in read_manifest(tmp_path / "copy.zip").tables


def test_the_models_alone_make_the_same_table_of_words_as_the_migrations(ctx: Flask) -> None:
    is_sqlite = db.engine.dialect.name == "sqlite"
    query = (
        "SELECT sql FROM sqlite_master WHERE name = 'search_words'"
        if is_sqlite
        else "SELECT string_agg(column_name || ' ' || data_type, ', ' ORDER BY ordinal_position)"
        " || (SELECT string_agg(indexdef, ';' ORDER BY indexdef) FROM pg_indexes WHERE tablename = 'search_words')"
        " FROM information_schema.columns WHERE table_name = 'search_words'"
    )
    with db.engine.connect() as connection:
        migrated = connection.scalar(text(query))
        assert migrated is not None
        if is_sqlite:
            assert CREATE["sqlite"] == (migrated,)
    table = Base.metadata.tables["search_entry"]
    with db.engine.connect().execution_options(writing=True) as connection:
        table.drop(connection)
        table.create(connection)
        assert connection.scalar(text(query)) == migrated
        connection.rollback()
