"""The machine goes dark in the middle of an import: all of it stands or nothing does, and carried on it stands once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision
from roadmap.intake import operations, running
from roadmap.intake.books import Book, Cell, CellKind, Sheet
from roadmap.intake.headings import propose
from roadmap.intake.models import Intake, State
from roadmap.intake.queries import pack
from roadmap.intake.rules import STALLED_AFTER
from roadmap.people.models import Organisation
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.databases import Database
from tests.factories import a_roadmap
from tests.history.log import faults, head
from tests.intake.wizard import HEADINGS, a_csv, some_rows, the_intake

ROWS = 15
PARTS = 3 + 2 * ROWS
NAMES = "Arsip Bahasa Cipta Daerah Energi Fauna Gizi Hutan Irigasi Jalan Kelautan".split()


class Workers:
    """Processes of their own on this test's database, one after the other."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def begin(self, intake_id: int) -> int:
        """Have a process carry a table on; gives its number."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{intake_id}\n")
        self.process.stdin.flush()
        return int(self._hear())

    def wait(self) -> None:
        """Wait until it has ended."""
        assert self._hear() == "ended"

    def _hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture
def workers(database: Database, tmp_path: Path) -> Iterator[Workers]:
    house = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.intake.importing", database.url, str(tmp_path / "workers")],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Workers(process)
        assert process.stdin is not None
        process.stdin.close()


def test_killed_at_ten_moments_it_is_all_or_nothing_and_then_once(
    ctx: Flask, cast: Cast, workers: Workers
) -> None:
    chance = random.Random()
    first = _ready(cast, NAMES[0])
    begun = time.monotonic()
    workers.begin(first.id)
    workers.wait()
    takes = time.monotonic() - begun
    assert the_intake(first.id).state == State.DONE
    for name in NAMES[1:]:
        _kill_and_carry_on(cast, workers, _ready(cast, name), takes * chance.uniform(0.1, 0.9))


def _ready(cast: Cast, name: str) -> Intake:
    """A table that is confirmed, in a roadmap of its own, with an office that nobody registered yet."""
    roadmap = a_roadmap(cast)
    rows = [[*row[:2], f"Dinas {name}", *row[3:]] for row in some_rows(ROWS)]
    intake_id = operations.bring(cast.rina, roadmap.id, "Matriks.csv", a_csv(rows)).id
    _read_here(intake_id, [list(HEADINGS), *rows])
    operations.write(cast.rina, intake_id, name="Matriks")
    return the_intake(intake_id)


def _read_here(intake_id: int, rows: list[list[str]]) -> None:
    """Have the table read and tried without the process apart: the writing is what is killed here."""
    cells = tuple(tuple(Cell(CellKind.TEXT, text) for text in row) for row in rows)
    book = Book((Sheet("Matriks", cells),))
    with unit_of_work():
        intake = db.session.get_one(Intake, intake_id)
        intake.file.book = pack(book.as_json())
        intake.layout = propose(book, {}, range(2026, 2031)).as_json()
        intake.state = State.TRYING
    running.carry_on(intake_id)


def _kill_and_carry_on(cast: Cast, workers: Workers, intake: Intake, moment: float) -> None:
    intake_id, roadmap_id, before = intake.id, intake.roadmap_id, head(intake.roadmap_id)
    offices = _proposed()
    db.session.rollback()
    process = workers.begin(intake_id)
    time.sleep(moment)  # the moment of the killing, which nothing announces
    with suppress(ProcessLookupError):  # it was quicker
        os.kill(process, signal.SIGKILL)
    workers.wait()
    is_done = the_intake(intake_id).state == State.DONE
    assert _imports(roadmap_id) == ((1, PARTS) if is_done else (0, 0))
    assert (head(roadmap_id), _proposed()) == (before + is_done, offices + is_done)
    _let_time_pass(intake_id)
    operations.go_on(cast.rina, intake_id)
    running.carry_on(intake_id)
    running.carry_on(intake_id)
    assert (the_intake(intake_id).state, the_intake(intake_id).seq) == (State.DONE, before + 1)
    assert (_imports(roadmap_id), head(roadmap_id), _proposed()) == ((1, PARTS), before + 1, offices + 1)
    assert faults(roadmap_id) == []


def _imports(roadmap_id: int) -> tuple[int, int]:
    """How many imports the log holds, and of how many parts."""
    db.session.rollback()
    acts = db.session.scalars(
        select(Changeset.id).where(Changeset.roadmap_id == roadmap_id, Changeset.verb == "import")
    ).all()
    parts = select(func.count(Revision.id)).where(Revision.changeset_id.in_(acts))
    return len(acts), db.session.scalar(parts) or 0


def _proposed() -> int:
    return db.session.scalar(select(func.count(Organisation.id)).where(Organisation.is_proposed)) or 0


def _let_time_pass(intake_id: int) -> None:
    """Have the silence of whoever held the step be longer than anybody is waited for."""
    with unit_of_work():
        then = now() - STALLED_AFTER - timedelta(seconds=1)
        db.session.execute(update(Intake).where(Intake.id == intake_id).values(beat_at=then))
