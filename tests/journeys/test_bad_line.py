"""Through a line of 64 kbit/s with 300 ms to go, of which one request in twenty is cut: every save lands once and says so."""

import http.client
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.drill.stage import Editor, all_at_once, prepare

BYTES_A_SECOND = 64_000 / 8
DELAY = 0.3
# Half of all requests are saves: each tenth of them is one request in twenty.
EVERY = 10
EDITORS, SAVES = 5, 8


class BadLine(ThreadingHTTPServer):
    """A proxy on this machine that is slow and cuts some saves: by turns before and after the server had them."""

    daemon_threads = True

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), Carrier)
        self.server_behind = urlsplit(server).netloc
        self.saves = count(1)
        self.cut_before = self.cut_after = 0

    def cut(self) -> str:
        """Tell whether this save is cut, and when."""
        number = next(self.saves)
        if number % EVERY:
            return ""
        if number // EVERY % 2:
            self.cut_before += 1
            return "before"
        self.cut_after += 1
        return "after"


class Carrier(BaseHTTPRequestHandler):
    """Carries one request over the bad line."""

    server: BadLine

    def do_GET(self) -> None:
        self._carry("")

    def do_POST(self) -> None:
        self._carry(self.server.cut())

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""

    def _carry(self, cut: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        time.sleep(DELAY / 2 + len(body) / BYTES_A_SECOND)  # the line itself
        if cut == "before":
            return
        behind = http.client.HTTPConnection(self.server.server_behind, timeout=60)
        behind.request(self.command, self.path, body or None, dict(self.headers))
        answer = behind.getresponse()
        data = answer.read()
        behind.close()
        if cut == "after":
            return
        time.sleep(DELAY / 2 + len(data) / BYTES_A_SECOND)
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"connection", "keep-alive", "transfer-encoding"}:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture
def bad_line(gunicorn) -> Iterator[BadLine]:
    line = BadLine(gunicorn(workers=1, threads=8))
    thread = threading.Thread(target=line.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield line
    line.shutdown()
    thread.join()
    line.server_close()


def test_every_save_lands_once_and_says_so(app, cast, bad_line):
    ground = prepare(app, EDITORS)
    actions = [ground.action() for _ in range(EDITORS)]
    crowd = [Editor(bad_line.server_port, cookie) for cookie in ground.cookies]
    before = ground.acts()

    def write(number: int, editor: Editor) -> list[int]:
        path = f"/actions/{actions[number]}/edit/description"
        told = []
        for turn in range(SAVES):
            form, _words = editor.open(path)
            # Cut off, it sends the same form again, as a person would who presses once more.
            told.append(editor.send(path, {**form, "description": f"Tulisan {turn}."})[0])
        return told

    assert all_at_once(crowd, write) == [[303] * SAVES] * EDITORS
    assert min(bad_line.cut_before, bad_line.cut_after) >= 2
    assert ground.acts() == before + EDITORS * SAVES
    for action_id in actions:
        assert ground.texts(action_id, "description")[-SAVES:] == [f"Tulisan {n}." for n in range(SAVES)]
