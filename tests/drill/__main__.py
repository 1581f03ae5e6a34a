"""`make drill`: prints what is lost when many edit at once and when the server is killed, on both databases.

Served by gunicorn as in production, on this machine only. Everything printed under a drill must be 0.
"""

import argparse
import logging
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade

from roadmap import create_app
from roadmap.config import Config
from roadmap.extensions import db
from roadmap.resources import resource
from tests import databases
from tests.drill.editing import Figures, forced_conflicts, many_at_one_item, pairs_that_do_not_meet
from tests.drill.filling import a_disk_that_fills_up, mount_apart, small_disk
from tests.drill.killing import kills_in_a_storm
from tests.drill.stage import Ground, Server, prepare
from tests.own_server import OwnServer

FILLERS = 8
SECRET = "only-for-the-drill-" + "0123456789abcdef"


def main() -> int:
    """Hold every drill on every engine that can be had; 1 when anything was lost or not run."""
    mount_apart()
    asked = _asked()
    logging.disable(logging.INFO)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # being stopped leaves no server behind
    folder, is_clean = databases.open_folder(), True
    try:
        for engine in asked.engines:
            for figures in _drills(folder, engine, asked):
                is_clean &= figures.is_clean
            for figures in _filled(folder, engine):
                is_clean &= figures.is_clean
    except databases.NotToBeHad as problem:
        _say(f"NOT RUN: {problem}")
        is_clean = False
    finally:
        databases.close_folder(folder)
    _say("", "Nothing was lost." if is_clean else "SOMETHING WAS LOST, or was not run: see above.")
    return 0 if is_clean else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.drill", description=__doc__)
    parser.add_argument(
        "--engines", type=lambda text: text.split(","), default=("sqlite", "postgres"), help="sqlite,postgres"
    )
    parser.add_argument("--editors", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--conflicts", type=int, default=100)
    parser.add_argument("--kills", type=int, default=10)
    return parser.parse_args()


def _drills(folder: Path, engine: str, asked: argparse.Namespace) -> Iterator[Figures]:
    with _prepared(folder, engine, asked.editors) as (ground, server):
        server.start()
        lanes = min(8, asked.editors // 2)
        drills = (
            lambda: many_at_one_item(ground, server.port, asked.editors, asked.rounds),
            lambda: pairs_that_do_not_meet(ground, server.port, asked.pairs, lanes),
            lambda: forced_conflicts(ground, server.port, asked.conflicts, lanes),
            lambda: _killed(ground, server, asked.kills, lanes),
        )
        for drill in drills:
            began = time.monotonic()
            figures = drill()
            figures.told["seconds"] = round(time.monotonic() - began, 1)
            _say(*_lines_of(engine, figures))
            yield figures


def _killed(ground: Ground, server: Server, kills: int, writers: int) -> Figures:
    server.kill()
    return kills_in_a_storm(ground, server, kills, writers)


def _filled(folder: Path, engine: str) -> Iterator[Figures]:
    with small_disk(folder) as disk, _on_disk(disk.path, engine) as (url, put_right):
        with _set_up(folder, f"{engine}-full", url, FILLERS) as (ground, server):
            figures = a_disk_that_fills_up(ground, server, disk, FILLERS, put_right)
        _say(*_lines_of(engine, figures))
        yield figures


@contextmanager
def _on_disk(disk: Path, engine: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """Put a database of its own there, and tell how it is put right when it ended for want of room."""
    if engine == "sqlite":
        yield f"sqlite:///{disk}/full.sqlite3", lambda: None
        return
    server = OwnServer(disk)
    server.start()
    try:
        # Where not even its log has room PostgreSQL ends itself.
        yield server.url, lambda: None if server.is_running() else server.start()
    finally:
        server.stop()


@contextmanager
def _prepared(folder: Path, engine: str, editors: int) -> Iterator[tuple[Ground, Server]]:
    database = databases.open_database(engine, folder, "drill")
    try:
        with _set_up(folder, f"{engine}-drill", database.url, editors) as set_up:
            yield set_up
    finally:
        database.drop()


@contextmanager
def _set_up(folder: Path, name: str, url: str, editors: int) -> Iterator[tuple[Ground, Server]]:
    instance = folder / name
    instance.mkdir()
    settings = {
        "ROADMAP_DATABASE_URL": url,
        "ROADMAP_INSTANCE": str(instance),
        "ROADMAP_SECRET_KEY": SECRET,
    }
    app = create_app(Config.for_tests(url, instance, secret_key=SECRET))
    server = Server(settings, folder)
    try:
        with app.app_context():
            upgrade(directory=str(resource("migrations")))
        yield prepare(app, editors), server
    finally:
        server.kill()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def _lines_of(engine: str, figures: Figures) -> Iterator[str]:
    told = ", ".join(f"{name} {value:g}" for name, value in figures.told.items())
    yield ""
    yield f"{engine}: {figures.name}: {figures.done} done; {told}"
    for name, number in figures.faults.items():
        yield f"  {number:6}  {name}"


def _say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 - a command's answer


if __name__ == "__main__":
    sys.exit(main())
