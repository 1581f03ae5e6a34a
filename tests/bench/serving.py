"""The production server, once for the product and once for its bare twin, and a reader that keeps its connection."""

import gzip
import http.client
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

WORKERS, THREADS = 2, 8
PATIENCE = 30


class Answer(NamedTuple):
    """What came back, and how long it took."""

    status: int
    headers: http.client.HTTPMessage
    sent: bytes
    milliseconds: float

    @property
    def text(self) -> str:
        """The words, unpacked."""
        packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.sent) if packed else self.sent).decode()


class Reader:
    """Somebody with a browser that keeps its connection and its cookie."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookie = cookie
        self.token = ""

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: Mapping[str, str | int], *, htmx: bool = False) -> Answer:
        """Send a form, as htmx does where asked."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if htmx:
            headers |= {"HX-Request": "true", "X-CSRFToken": self.token}
        return self._ask("POST", path, urlencode({"csrf_token": self.token, **form}), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        headers |= {"Accept-Encoding": "gzip"} | ({"Cookie": self.cookie} if self.cookie else {})
        began = time.perf_counter()
        try:
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # The server lets go of a line that was quiet for two seconds.
            self.line.close()
            began = time.perf_counter()
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
        data = answer.read()
        took = (time.perf_counter() - began) * 1000
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            if cookie.startswith("roadmap="):
                self.cookie = cookie.partition(";")[0]
        return Answer(answer.status, answer.headers, data, took)


@contextmanager
def served(
    application: str, settings: Mapping[str, str], folder: Path, *, threads: int = THREADS
) -> Iterator[int]:
    """Serve an application as in production; gives the port."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    port = int(listening.getsockname()[1])
    log = folder / f"gunicorn-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"fd://{listening.fileno()}",
                "--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(threads),
                "--graceful-timeout", "1", application,
            ],
            env=os.environ | {"ROADMAP_BASE_URL": f"http://127.0.0.1:{port}"} | dict(settings),
            stdout=out, stderr=out, pass_fds=[listening.fileno()],
        )  # fmt: skip
    try:
        _wait_for(port, process, log)
        yield port
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()
        listening.close()


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE),
        ):
            return
        time.sleep(0.05)
    message = f"the server did not start:\n{log.read_text()[-3000:]}"
    raise RuntimeError(message)
