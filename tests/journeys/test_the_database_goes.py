"""The database really goes, is full, or is held by another program: the words stand in the answer, and one press saves them after."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from roadmap.extensions import db
from roadmap.presence.broker import Pulse
from roadmap.presence.wiring import BROKER
from tests.cast import gather
from tests.conftest import FOLDER, _close, _make_app, _migrate
from tests.databases import PATIENCE, Database, NotToBeHad
from tests.journeys.failing import ANSWER, PLAN, Scene, open_scene, stand_in
from tests.own_server import OwnServer, own_server
from tests.page import LookingClient


@pytest.mark.engines("sqlite")
def test_a_disk_that_is_really_full_and_has_room_again(scene: Scene) -> None:
    with scene.at_home():
        engine = db.engine

        def full(connection: Any, *_more: Any) -> None:
            connection.exec_driver_sql("PRAGMA max_page_count=1")  # no smaller than what stands there

        event.listen(engine, "begin", full)
    page = scene.send({"description": "x" * 19_000})
    assert (page.status, ANSWER in scene.places_of_words(page)) == (503, True)
    read = scene.client.get(f"/actions/{scene.action.id}")
    assert (read.status, "Belum." in read.text) == (200, True), "what stands there is read all the same"
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


@pytest.fixture
def own(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    """A PostgreSQL of this test's own, with the tables in it."""
    folder = request.config.stash[FOLDER]
    try:
        with own_server(folder) as server:
            _migrate(server.url, folder / "own-instance")
            yield server
    except NotToBeHad as problem:
        pytest.skip(str(problem))


@pytest.mark.postgres
def test_postgresql_is_restarted_under_the_running_application(
    own: OwnServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap.presence.broker.RETRY_LISTENING", 1)
    app = _make_app(own.url, tmp_path / "instance", streams=1)
    try:
        with app.app_context():
            cast = gather()
        scene = open_scene(app, cast, LookingClient(app), monkeypatch)
        with app.extensions[BROKER].listen(scene.action.roadmap_id) as listening:
            known = listening.wait(Pulse(-1, ""), PATIENCE)
            _until(lambda: own.lines_that_listen() == 1)
            before = scene.acts()
            own.stop()
            page = scene.send()
            assert (page.status, stand_in(page)) == (503, True)
            assert scene.client.get(f"/actions/{scene.action.id}").status == 503
            own.start()
            for _press in range(2):
                assert scene.client.submit(page, "given-back-form", {}, follow=False).status == 303
            assert (scene.acts(), scene.places_of_words(page) & {PLAN}) == (before + 1, {PLAN})
            assert listening.wait(known, PATIENCE).seq > known.seq
            _until(lambda: own.lines_that_listen() == 1)
    finally:
        own.stop()  # which ends the waiting of the thread that looks
        _until(lambda: app.extensions[BROKER].is_at_rest)
        _close(app)


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it does not come back"
        time.sleep(0.05)


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
