"""Tables in and out: one workbook of so many rows comes into an empty roadmap, and the plan goes out again.

`python -m tests.bench.tables <database> <instance> <rows>` does it once, in a process of its own whose memory is
looked at step by step, and answers in JSON; the process of the parser is counted with the reading.
"""

import io
import json
import logging
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from openpyxl import Workbook

PROBLEMS, HEADINGS = 20, (
    "No", "Hak", "Permasalahan", "Rencana aksi", "Indikator", "Satuan", "Data dasar", "Target 2026", "Target 2027",
    "Penanggung jawab", "Pendukung", "Anggaran 2026 APBD",
)  # fmt: skip
OFFICES = "Dinas Sosial|Dinas Kesehatan|Dinas Pendidikan|Badan Perencanaan Pembangunan Daerah".split("|")
OK = 200


@dataclass(frozen=True)
class Step:
    """What came of one step: how long it took, and the most memory it held, in megabytes."""

    name: str
    rows: int
    seconds: float
    megabytes: float


def carry(url: str, instance: Path, rows: int) -> list[Step]:
    """Do it in a process of its own. Raises RuntimeError with what it said."""
    command = [sys.executable, "-m", "tests.bench.tables", url, str(instance), str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    return [Step(**one) for one in json.loads(done.stdout.splitlines()[-1])]


def a_table(rows: int) -> bytes:
    """Write a workbook as people keep them: an action with its problem, indicator, owners and money in each row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for row in range(rows):
        sheet.append((
            row + 1, "Hak atas kesehatan", f"Warga wilayah {row % PROBLEMS + 1} belum terlayani sebagaimana mestinya",
            f"Membuka loket layanan nomor {row + 1} bagi warga yang tinggal jauh dari kantor kecamatan",
            f"Jumlah warga yang dilayani loket nomor {row + 1}", "orang", 0, 40 + row % 7, 60 + row % 9,
            OFFICES[row % len(OFFICES)], "Forum Warga", 1_000_000 + row,
        ))  # fmt: skip
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def main(url: str, instance: str, rows: int) -> None:
    """Bring a table in and take the plan out, and say what each step took."""
    from roadmap import create_app
    from roadmap.config import Config

    logging.disable(logging.WARNING)
    app = create_app(Config.for_tests(url, Path(instance)))
    with app.app_context():
        steps = [step.__dict__ for step in (*_in(rows), *_out(app, rows))]
    print(json.dumps(steps))  # noqa: T201 - the answer


def _in(rows: int) -> Iterator[Step]:
    from roadmap.intake import operations, running
    from roadmap.intake.models import Intake
    from roadmap.intake.queries import layout_of

    drafter, roadmap_id = _place()
    intake_id = operations.bring(drafter, roadmap_id, "matriks.xlsx", a_table(rows)).id

    def go_on() -> None:
        running.carry_on(intake_id)

    yield _measured("XLSX in: reading", rows, go_on)
    operations.lay_out(drafter, intake_id, layout_of(_kept(Intake, intake_id)))
    yield _measured("XLSX in: trial", rows, go_on)
    _decide(drafter, intake_id, go_on)
    operations.write(drafter, intake_id, name="Matriks dari Bappeda")
    yield _measured("XLSX in: writing", rows, go_on)
    state = _kept(Intake, intake_id).state
    if state != "done":
        message = f"the table was not written: {state}"
        raise RuntimeError(message)


def _decide(drafter: Any, intake_id: int, go_on: Callable[[], None]) -> None:
    """Answer what is asked as somebody would who knows that every row is a thing of its own."""
    from roadmap.intake import operations
    from roadmap.intake.models import Intake
    from roadmap.intake.queries import trial_of

    for _turn in range(3):
        trial = trial_of(_kept(Intake, intake_id))
        if trial is None or trial.is_settled:
            return
        answers = {
            one.key: "apart" if one.key.startswith("twin:") else one.options[0].value
            for one in trial.questions
            if one.options
        }
        operations.decide(drafter, intake_id, answers)
        go_on()


def _kept(model: Any, number: int) -> Any:
    from roadmap.extensions import db

    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(model, number)


def _out(app: Flask, rows: int) -> Iterator[Step]:
    """Ask for the files as a browser does, without a server between."""
    from sqlalchemy import select

    from roadmap.extensions import db
    from roadmap.history.models import Roadmap
    from roadmap.people.models import Person
    from tests.bench.planting import cookie_of

    roadmap_id = db.session.scalars(select(Roadmap.id)).one()
    cookie = cookie_of(app, db.session.scalars(select(Person)).one())
    db.session.remove()
    for name, file in {
        "XLSX out": "workbook.xlsx",
        "CSV out": "actions.csv",
        "DOCX out": "annex.docx",
    }.items():

        def fetch(address: str = f"/roadmaps/{roadmap_id}/{file}") -> None:
            answer = app.test_client(use_cookies=False).get(address, headers={"Cookie": cookie})
            if answer.status_code != OK:
                message = f"{address}: answered with {answer.status_code}"
                raise RuntimeError(message)

        yield _measured(name, rows, fetch)


def _measured(name: str, rows: int, do: Callable[[], None]) -> Step:
    """Do it once; the memory is this process's at its highest, or the parser's beside it."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    began = time.perf_counter()
    do()
    seconds = time.perf_counter() - began
    parser = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Step(name, rows, seconds, _highest() + (parser if name.endswith("reading") else 0))


def _highest() -> float:
    """Give the most memory since it was last forgotten, in megabytes; without /proc since the process began."""
    with suppress(OSError):
        found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
        if found:
            return int(found.group(1)) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _place() -> tuple[Any, int]:
    from roadmap.people.models import RegionKind
    from roadmap.people.operations import add_organisation, create_person, create_region, give_membership
    from roadmap.people.roles import Role
    from roadmap.plan.operations import create_roadmap

    region = create_region("Bangku", RegionKind.CITY, "Provinsi Contoh")
    drafter = create_person("Penyusun", "tabel@contoh.example", is_example=True)
    give_membership(None, drafter, Role.DRAFTER, region.id)
    for office in (*OFFICES, "Forum Warga"):
        add_organisation(None, region.id, office, "oms" if office.startswith("Forum") else "opd")
    values: dict[str, Any] = {"title": "Peta Jalan Bangku", "year_from": 2026, "year_to": 2030}
    return drafter, create_roadmap(drafter, region.id, values).id


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
