"""A PostgreSQL server of one test's own, which may be stopped and started under a running application."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.databases import (
    HASTE,
    PATIENCE,
    NotToBeHad,
    _as_nobody,
    _connected,
    _within_reach,
    postgres_binaries,
)


class OwnServer:
    """A server in a folder that nobody else knows of."""

    def __init__(self, folder: Path) -> None:
        """Make its files. Raises NotToBeHad."""
        self.binaries = _within_reach(postgres_binaries(), folder)
        self.data = folder / "own-pg"
        self.url = f"postgresql://postgres@/postgres?host={self.data}"
        self._process: subprocess.Popen[bytes] | None = None
        self.data.mkdir()
        if user := _as_nobody().get("user"):
            os.chown(self.data, user, _as_nobody()["group"])
        made = subprocess.run(
            [self.binaries / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale",
             "--no-sync"],
            capture_output=True, check=False, cwd="/", **_as_nobody(),
        )  # fmt: skip
        if made.returncode:
            raise NotToBeHad(made.stderr.decode())

    def start(self) -> None:
        """Have it run, and wait until it answers."""
        settings = [
            part for setting in (*HASTE, f"unix_socket_directories={self.data}") for part in ("-c", setting)
        ]
        self._process = subprocess.Popen(
            [self.binaries / "postgres", "-D", self.data, *settings],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **_as_nobody(),
        )  # fmt: skip
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(Exception), _connected(self.url):
                return
            time.sleep(0.03)
        message = "PostgreSQL did not start"
        raise NotToBeHad(message)

    def is_running(self) -> bool:
        """Tell whether it still is there: one that cannot write its log ends itself."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Shut it down as `pg_ctl restart` does: open connections are ended."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(PATIENCE)
            self._process = None

    def lines_that_listen(self) -> int:
        """Count the connections that wait for notifications."""
        query = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        with _connected(self.url) as admin:
            row = admin.execute(query).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def own_server(folder: Path) -> Iterator[OwnServer]:
    """Give a server that runs, and end it after. Raises NotToBeHad."""
    server = OwnServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
