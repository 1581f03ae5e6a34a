"""The database really goes, is full, or is held by another program: the words stand in the answer, and one press saves them after."""

from typing import Any

import pytest
from sqlalchemy import event, make_url, text

from roadmap.extensions import db
from tests.databases import Database
from tests.journeys.failing import ANSWER, PLAN, Scene


@pytest.mark.engines("sqlite")
def test_a_disk_that_is_really_full_and_has_room_again(scene: Scene) -> None:
    with scene.at_home():
        engine = db.engine

        def full(connection: Any, *_more: Any) -> None:
            connection.exec_driver_sql("PRAGMA max_page_count=1")  # no smaller than what stands there

        event.listen(engine, "begin", full)
    page = scene.send({"description": "x" * 19_000})
    assert (page.status, ANSWER in scene.places_of_words(page)) == (503, True)
    event.remove(engine, "begin", full)
    with scene.at_home(), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    engine.dispose()
    scene.client.submit(page, "given-back-form", {}, follow=False)
    assert PLAN in scene.places_of_words(page)


@pytest.mark.engines("sqlite")
def test_a_database_that_another_program_holds(scene: Scene, database: Database) -> None:
    import sqlite3

    with scene.at_home():
        engine = db.engine
        event.listen(engine, "begin", _impatient)
    other = sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    page = scene.send()
    assert (page.status, ANSWER in scene.places_of_words(page)) == (503, True)
    other.execute("ROLLBACK")
    other.close()
    event.remove(engine, "begin", _impatient)
    scene.client.submit(page, "given-back-form", {}, follow=False)
    assert PLAN in scene.places_of_words(page)


def _impatient(connection: Any) -> None:
    connection.exec_driver_sql("PRAGMA busy_timeout=20")


@pytest.mark.engines("postgres")
def test_a_postgresql_that_goes_and_comes_back(scene: Scene, database: Database) -> None:
    from tests.databases import _connected

    own = make_url(database.url)
    name = own.database
    with _connected(own.set(database="postgres").render_as_string(hide_password=False)) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            page = scene.send()
        finally:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert (page.status, ANSWER in scene.places_of_words(page)) == (503, True)
    scene.client.submit(page, "given-back-form", {}, follow=False)
    assert PLAN in scene.places_of_words(page)


@pytest.mark.engines("postgres")
def test_a_row_that_another_program_holds_is_not_waited_for_without_end(
    scene: Scene, database: Database
) -> None:
    from tests.databases import _connected

    with scene.at_home():
        engine = db.engine
        limit = db.session.execute(text("SHOW lock_timeout")).scalar()
        db.session.rollback()

        def impatient(connection: Any) -> None:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")

        event.listen(engine, "begin", impatient)
    assert limit == "10s"
    with _connected(database.url) as other, other.transaction():
        other.execute("SELECT 1 FROM roadmap FOR UPDATE")
        page = scene.send()
    event.remove(engine, "begin", impatient)
    assert (page.status, ANSWER in scene.places_of_words(page)) == (503, True)
    scene.client.submit(page, "given-back-form", {}, follow=False)
    assert PLAN in scene.places_of_words(page)
