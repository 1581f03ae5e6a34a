"""`make bench`: prints how fast the product is beside a bare twin, and tables in and out, on both databases.

Everything is asked over one kept line of HTTP from the server of production (gunicorn, two workers of eight
threads), as a browser on this machine would; product and twin are asked in turn. Options: see `--help`.
"""

import argparse
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine

from roadmap import create_app
from roadmap.config import Config
from roadmap.extensions import db
from roadmap.resources import resource
from tests import databases
from tests.bench import twin
from tests.bench.deeds import Hand, deeds_on, page
from tests.bench.measuring import crowd, measure, visits
from tests.bench.planting import Planted, plant, plant_regions
from tests.bench.profiling import Inside, why
from tests.bench.report import Run, as_json, lines_of, verdict
from tests.bench.serving import Reader, served
from tests.bench.tables import carry
from tests.bench.together import together

ENGINES = ("sqlite", "postgres")
TOGETHER_ITEMS = 200
SECRET = "only-for-the-bench-" + "0123456789abcdef"


def main() -> None:
    """Measure what was asked for, and print it as it comes."""
    asked = _asked()
    logging.disable(logging.INFO)
    began, runs = time.monotonic(), []
    folder = databases.open_folder()
    try:
        for engine in asked.engines:
            for items in asked.sizes:
                runs.append(_plan_run(folder, engine, items, asked))
                _say(*lines_of(runs[-1]))
            for rows in asked.tables:
                runs.append(_table_run(folder, engine, rows))
                _say(*lines_of(runs[-1]))
            if asked.readers:
                runs.append(_together_run(folder, engine))
                _say(*lines_of(runs[-1]))
            if asked.regions:
                runs.append(_start_run(folder, engine, asked))
                _say(*lines_of(runs[-1]))
    except databases.NotToBeHad as problem:
        _say(f"NOT RUN: {problem}")
    finally:
        databases.close_folder(folder)
    _say(
        *verdict(runs),
        "",
        f"{time.monotonic() - began:.0f} seconds. How the twin is chosen: tests/bench/twin.py",
    )
    if asked.json:
        asked.json.write_text(as_json(runs))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--sizes", type=_numbers, default=[20, 200, 2000], help="items, by comma (20,200,2000)"
    )
    parser.add_argument(
        "--engines", type=lambda text: text.split(","), default=ENGINES, help="sqlite,postgres"
    )
    parser.add_argument("--regions", type=int, default=500, help="regions on the start page; 0 leaves it out")
    parser.add_argument(
        "--tables",
        type=_numbers,
        default=[200, 2000],
        help="rows of a table in and out, by comma; empty leaves it out",
    )
    parser.add_argument(
        "--no-readers", dest="readers", action="store_false", help="leaves out working together"
    )
    parser.add_argument("--writers", type=int, default=8, help="how many save at once")
    parser.add_argument("--seconds", type=float, default=2.0, help="the most for one deed")
    parser.add_argument("--only", default="", help="only deeds with this in their name")
    parser.add_argument("--json", type=Path, help="writes the figures into this file too")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part]


def _plan_run(folder: Path, engine: str, items: int, asked: argparse.Namespace) -> Run:
    run = Run(engine, items)
    with _prepared(folder, engine, f"plan{items}") as (app, url):
        planted = plant(app, items, asked.writers)
        with app.app_context():
            twin.prepare(db.engine, planted.actions)
            _settle(db.engine)
        with _both(url, folder) as (port, bare_port):
            reader, bare = Reader(port, planted.cookies[0]), Reader(bare_port)
            hand = Hand(Reader(port, planted.cookies[0]), f"/actions/{planted.action_id}")
            for deed in deeds_on(planted, hand, _width(reader, planted, items)):
                if asked.only in deed.name:
                    figures = measure(deed, app, reader, bare, saver=hand, seconds=asked.seconds)
                    run.figures.append(figures)
            if not asked.only:
                run.crowd = crowd(port, planted.cookies[1:], planted.actions[1:], 3 * asked.seconds)
                run.visits = {
                    "roadmap page": visits(reader, f"/roadmaps/{planted.roadmap_id}"),
                    "item page": visits(reader, f"/actions/{planted.action_id}"),
                    "public page": visits(Reader(port), planted.public),
                }
        if items == max(asked.sizes):
            run.reasons = _reasons(app, planted, run)
    return run


def _together_run(folder: Path, engine: str) -> Run:
    with _prepared(folder, engine, "together") as (app, url):
        planted = plant(app, TOGETHER_ITEMS, 8)
        with app.app_context():
            _settle(db.engine)
        return Run(engine, TOGETHER_ITEMS, together=together(engine, url, SECRET, planted, folder))


def _start_run(folder: Path, engine: str, asked: argparse.Namespace) -> Run:
    run = Run(engine, 0)
    with _prepared(folder, engine, "regions") as (app, url):
        plant_regions(app, asked.regions)
        with app.app_context():
            _settle(db.engine)
        with _both(url, folder) as (port, bare_port):
            reader, bare = Reader(port), Reader(bare_port)
            deed = page(f"start page, {asked.regions} regions", "/", f"/rows/{asked.regions}")
            run.figures.append(measure(deed, app, reader, bare, saver=None, seconds=asked.seconds))
            run.visits = {"start page": visits(reader, "/")}
    return run


def _table_run(folder: Path, engine: str, rows: int) -> Run:
    with _prepared(folder, engine, f"table{rows}") as (_app, url):
        return Run(engine, rows, steps=carry(url, folder / f"{engine}-table{rows}", rows))


def _reasons(app: Flask, planted: Planted, run: Run) -> list[str]:
    """Say of each deed that missed its aim where its time goes."""
    inside = Inside(app, planted.cookies[0])
    hand = Hand(inside, f"/actions/{planted.action_id}")
    missed = {one.name for one in run.figures if one.is_missed}
    return [
        why(app, deed.name, lambda deed=deed: deed.do(inside))  # type: ignore[misc]
        for deed in deeds_on(planted, hand, 1)
        if deed.name in missed
    ]


@contextmanager
def _prepared(folder: Path, engine: str, label: str) -> Iterator[tuple[Flask, str]]:
    """Give an application on a migrated database of its own, and the database's address."""
    database = databases.open_database(engine, folder, f"bench_{label}")
    instance = folder / f"{engine}-{label}"
    instance.mkdir()
    app = create_app(Config.for_tests(database.url, instance, secret_key=SECRET))
    try:
        with app.app_context():
            upgrade(directory=str(resource("migrations")))
        yield app, database.url
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        database.drop()


@contextmanager
def _both(url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """Serve the product and its twin; gives both ports."""
    settings = {
        "ROADMAP_DATABASE_URL": url,
        "ROADMAP_INSTANCE": str(folder / "served"),
        "ROADMAP_SECRET_KEY": SECRET,
    }
    with ExitStack() as stack:
        yield (
            stack.enter_context(served("roadmap:create_app()", settings, folder)),
            stack.enter_context(served("tests.bench.twin:bare()", settings, folder)),
        )


def _settle(engine: Engine) -> None:
    """Let PostgreSQL learn what it holds, as it does by itself where it is not started for tests."""
    db.session.remove()
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _width(reader: Reader, planted: Planted, items: int) -> int:
    """Tell how many cells the twin's table needs to a row to have as many as the printed plan has cells and lines."""
    sheet = reader.get(f"/roadmaps/{planted.roadmap_id}/matrix").text
    return max(1, round(sum(sheet.count(tag) for tag in ("<td", "<th", "<li")) / items))


def _say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 - a command's answer


if __name__ == "__main__":
    sys.exit(main())
