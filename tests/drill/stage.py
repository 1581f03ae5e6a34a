"""Where a drill is held: a roadmap, many people at simple browsers, and the server of production, which can be killed."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TypeVar

from flask import Flask

from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.history.models import Changeset, Plain, Revision, Roadmap
from roadmap.people import operations as people
from roadmap.people.roles import Role
from roadmap.plan import operations as plan
from tests.bench.planting import cookie_of
from tests.bench.serving import WORKERS, Reader
from tests.hidden_boxes import hidden_boxes

T = TypeVar("T")

START = 30.0
FORM = re.compile(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
AREA = re.compile(r"<textarea[^>]*>\n?(.*?)</textarea>", re.DOTALL)


@dataclass
class Ground:
    """The application's database with a roadmap on it, and the cookies of those who edit it."""

    app: Flask
    roadmap_id: int
    drafter_id: int
    cookies: list[str] = field(default_factory=list)

    def action(self, **values: Plain) -> int:
        """Add an action; gives its number."""
        from roadmap.people.models import Person

        with self.app.app_context():
            drafter = db.session.get_one(Person, self.drafter_id)
            item = plan.add_item(drafter, self.roadmap_id, "action", {"title": "Membuka loket", **values})
            return int(item.id)

    def faults(self) -> list[str]:
        """What check-history says."""
        with self.app.app_context():
            return list(faults_of(db.session.get_one(Roadmap, self.roadmap_id)))

    def texts(self, action_id: int, name: str) -> list[str]:
        """What a field of an action said after each change of it, the oldest first."""
        with self.app.app_context():
            found = db.session.query(Revision).filter_by(kind="action", item_id=action_id)
            return [
                str(one.snapshot[name])
                for one in found.order_by(Revision.item_version)
                if one.snapshot is not None and name in one.changed
            ]

    def acts(self) -> int:
        """How many acts the log holds."""
        with self.app.app_context():
            return db.session.query(Changeset).filter_by(roadmap_id=self.roadmap_id).count()


def prepare(app: Flask, editors: int) -> Ground:
    """Make a region, a roadmap, and so many people who may edit it."""
    with app.app_context():
        region = people.create_region("Latihan", "kota", "Provinsi Contoh")
        crowd = [
            people.create_person(f"Penyunting {n}", f"penyunting{n}@latihan.example", is_example=True)
            for n in range(editors)
        ]
        for one in crowd:
            people.give_membership(None, one, Role.DRAFTER, region.id)
        roadmap = plan.create_roadmap(
            crowd[0], region.id, {"title": "Peta Jalan Latihan", "year_from": 2026, "year_to": 2030}
        )
        return Ground(app, roadmap.id, crowd[0].id, [cookie_of(app, one) for one in crowd])


class Editor:
    """Somebody at a simple browser that keeps its line."""

    def __init__(self, port: int, cookie: str) -> None:
        self.reader = Reader(port, cookie)
        self.statuses: list[int] = []

    def open(self, path: str) -> tuple[dict[str, str], str]:
        """Open a form; gives its hidden boxes and the words in its first large box."""
        answer = self.reader.get(path)
        self.statuses.append(answer.status)
        body = next((body for where, body in FORM.findall(answer.text) if where == path), "")
        assert body, f"{path}: {answer.status}, no form"
        words = AREA.search(body)
        return hidden_boxes(body), unescape(words[1]) if words else ""

    def send(self, path: str, form: dict[str, str]) -> tuple[int, str]:
        """Send a form; gives status and page."""
        answer = self.reader.post(path, form)
        self.statuses.append(answer.status)
        return answer.status, answer.text


def all_at_once(editors: Sequence[Editor], work: Callable[[int, Editor], T]) -> list[T]:
    """Have everybody do their work at the same time, and hang up."""
    with ThreadPoolExecutor(len(editors)) as pool:
        done = list(pool.map(work, range(len(editors)), editors))
    for editor in editors:
        editor.reader.line.close()
    return done


class Server:
    """The server of production on a database: started, killed as by a power cut, and started again on its port."""

    def __init__(self, settings: dict[str, str], folder: Path) -> None:
        # Let go of again: a port that somebody held would have callers wait where nobody answers.
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.settings = settings | {"ROADMAP_BASE_URL": f"http://127.0.0.1:{self.port}"}
        self.log = folder / f"gunicorn-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start; gives after how many seconds it was ready."""
        began = time.monotonic()
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [
                    sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"127.0.0.1:{self.port}",
                    "--workers", str(WORKERS), "--worker-class", "gthread", "--threads", "8",
                    "--graceful-timeout", "1", "roadmap:create_app()",
                ],
                env=os.environ | self.settings, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip
        while time.monotonic() < began + START and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=START):
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.02)
        message = f"the server did not start:\n{self.log.read_text()[-3000:]}"
        raise RuntimeError(message)

    def kill(self) -> None:
        """Kill it and all its workers with -9, at once."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
