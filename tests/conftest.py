"""What every test may ask for. A test that asks for `app`, `ctx`, `client` or a server runs on both engines.

    app             the application on a database as migrations leave it; commits are real
    ctx             the same, inside an application context: for tests that call operations and queries
    client          a looking client (tests/page.py); client.another() is another person's browser
    clock           the moment stands still: clock.set("2026-11-02T08:00+07:00"), clock.advance(days=1)
    live_server     the address of `app`, served from a thread; sees the same clock
    gunicorn        gunicorn(workers=2, threads=8) serves the same database as in production; gives the address
    page_of         page_of(PHONE, js=False, theme="dark") opens a page in Chromium, on the live server
    empty_database  the address of a database without a table
    db_engine_name  "sqlite" or "postgres"

What the machine cannot run is named at the end as NOT RUN, and with CI=true the run fails.
"""

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import settings as hypothesis_settings
from jinja2.bccache import Bucket, BytecodeCache
from playwright.sync_api import Browser
from sqlalchemy import Engine, QueuePool
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule
from werkzeug.serving import make_server

from tests import browser as browsers
from tests import databases
from tests import office as offices
from tests.cast import cast  # noqa: F401 - the fixture
from tests.page import LookingClient

ENGINES = ("sqlite", "postgres")
LOOPBACK = ("127.", "::1", "localhost")
MORNING = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # 08.00 WIB on a Monday
FOLDER = pytest.StashKey[Path]()

# A busy machine is slow, which is no finding; on CI the examples are the same each time.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "house")


# --- the run


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder once, and give it to every worker."""
    # Pages read into trees are many small things: looking for garbage among them took a sixth of the suite.
    gc.set_threshold(20_000, 10, 10)
    if hasattr(config, "workerinput"):
        config.stash[FOLDER] = Path(config.workerinput["folder"])
        return
    folder = databases.open_folder()
    config.stash[FOLDER] = folder
    config.add_cleanup(lambda: databases.close_folder(folder))
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # being stopped is no reason to leave things behind


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the run's folder to an xdist worker."""
    node.workerinput["folder"] = str(node.config.stash[FOLDER])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever needs a database on both engines."""
    if "db_engine_name" not in metafunc.fixturenames:
        return
    chosen = metafunc.definition.get_closest_marker("engines")
    names = chosen.args if chosen else ENGINES
    marks = {"postgres": [pytest.mark.postgres]}
    metafunc.parametrize(
        "db_engine_name", [pytest.param(name, marks=marks.get(name, [])) for name in names], indirect=True
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Write into each test's report what it needs, so that CI can see that such tests ran."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if "browser" in asked:
            item.add_marker(pytest.mark.browser)
            item.user_properties.append(("needs", "browser"))
        if "office" in asked:
            item.user_properties.append(("needs", "office"))
        callspec = getattr(item, "callspec", None)
        if callspec is not None and "db_engine_name" in callspec.params:
            item.user_properties.append(("needs", callspec.params["db_engine_name"]))


def pytest_collection_finish() -> None:
    """Let no collection of garbage walk again through what was imported and stays."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name loudly what was not run."""
    for why, times in _not_run(terminalreporter).items():
        terminalreporter.write_line(f"NOT RUN: {times} tests: {why}", red=True, bold=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """With CI=true nothing may be left out."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    on_ci = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    if on_ci and reporter is not None and exitstatus == pytest.ExitCode.OK and _not_run(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _not_run(reporter: pytest.TerminalReporter) -> Counter[str]:
    reasons = (report.longrepr for report in reporter.stats.get("skipped", ()))
    return Counter(
        str(why[2] if isinstance(why, tuple) else why).removeprefix("Skipped: ") for why in reasons
    )


# --- no network, no surprises


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(where: Any) -> None:
        host = where[0] if isinstance(where, tuple) else None
        if isinstance(host, bytes):
            host = host.decode()
        if host and not host.startswith(LOOPBACK):
            message = f"a test wanted to leave this machine for {host}"
            raise RuntimeError(message)

    def checked_connect(self: socket.socket, where: Any) -> None:
        check(where)
        connect(self, where)

    def checked_connect_ex(self: socket.socket, where: Any) -> int:
        check(where)
        return connect_ex(self, where)

    def checked_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        check((host,))
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked_connect)
        patch.setattr(socket.socket, "connect_ex", checked_connect_ex)
        patch.setattr(socket, "getaddrinfo", checked_look_up)
        yield


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no setting of the machine reach a test."""
    for name in [name for name in os.environ if name.startswith("ROADMAP_") and "_TEST_" not in name]:
        monkeypatch.delenv(name)


# --- databases


@pytest.fixture(scope="session")
def _worker(request: pytest.FixtureRequest) -> str:
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session")
def _migrated(request: pytest.FixtureRequest, _worker: str) -> Iterator[Callable[[str], databases.Database]]:
    """Give the worker's database of an engine, migrated when it is first asked for."""
    opened: dict[str, databases.Database] = {}
    folder = request.config.stash[FOLDER]

    def of_engine(name: str) -> databases.Database:
        if name not in opened:
            opened[name] = databases.open_migrated(
                name, folder, _worker, lambda url: _migrate(url, folder / _worker)
            )
        return opened[name]

    yield of_engine
    for database in opened.values():
        database.drop()


@pytest.fixture
def db_engine_name(request: pytest.FixtureRequest) -> str:
    """The engine this test runs on."""
    return str(request.param)


@pytest.fixture
def database(db_engine_name: str, _migrated: Callable[[str], databases.Database]) -> databases.Database:
    """The database of this test: all tables, and in them what migrations seeded."""
    database = _had(lambda: _migrated(db_engine_name))
    database.make_pristine()
    return database


@pytest.fixture
def empty_database(request: pytest.FixtureRequest, db_engine_name: str, _worker: str) -> Iterator[str]:
    """The address of a database without a table."""
    folder = request.config.stash[FOLDER]
    database = _had(lambda: databases.open_database(db_engine_name, folder, f"{_worker}_empty"))
    yield database.url
    database.drop()


def _had(opening: Callable[[], databases.Database]) -> databases.Database:
    try:
        return opening()
    except databases.NotToBeHad as problem:
        pytest.skip(str(problem))


def _migrate(url: str, instance: Path) -> None:
    from flask_migrate import upgrade

    from roadmap.resources import resource

    app = _make_app(url, instance)
    with app.app_context():
        upgrade(directory=str(resource("migrations")))
    _close(app)


# --- the application


def _make_app(url: str, instance: Path, **overrides: Any) -> Flask:
    from roadmap import create_app
    from roadmap.config import Config
    from roadmap.extensions import db

    instance.mkdir(parents=True, exist_ok=True)
    app = create_app(Config.for_tests(url, instance, **overrides))
    # Each test has an application of its own; compiling the same templates for each took a sixth of the suite.
    app.jinja_env.bytecode_cache = _compiled
    with app.app_context():
        for engine in db.engines.values():
            engine._compiled_cache = _statements.setdefault(engine.dialect.name, LRUCache(10_000))
    return app


class Compiled(BytecodeCache):
    """Templates as this process compiled them, by the hash of their source."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (held := self._held.get(bucket.key + bucket.checksum)) is not None:
            bucket.bytecode_from_string(held)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._held[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_compiled = Compiled()
_statements: dict[str, LRUCache[Any, Any]] = {}


@pytest.fixture(autouse=True, scope="session")
def _statements_once() -> Iterator[None]:
    """Compile a statement once for all engines of a sort: each test has its own, and doing it for each took a fifth.

    What was compiled is kept by dialect; on one server all dialects of a sort are alike.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DefaultDialect, "__eq__", lambda self, other: type(self) is type(other))
        patch.setattr(DefaultDialect, "__hash__", lambda self: hash(type(self)))
        yield


@pytest.fixture(autouse=True, scope="session")
def _addresses_once() -> Iterator[None]:
    """Compile an address once for all applications of this process: it took more than a quarter of the suite."""
    compile_anew = Rule.compile
    held: dict[tuple[object, ...], Rule] = {}

    def compile_once(self: Rule) -> None:
        key = (self.rule, self.host, self.subdomain, str(self.defaults), self.merge_slashes)
        if (twin := held.get(key)) is None:
            compile_anew(self)
            held[key] = self
            return
        self._parts, self._trace, self._converters = twin._parts, twin._trace, twin._converters
        self.arguments |= twin.arguments
        for name in ("_build", "_build_unknown"):
            setattr(self, name, getattr(twin, name).__func__.__get__(self, None))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", compile_once)
        yield


def _close(app: Flask) -> None:
    from roadmap.extensions import db

    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            _wait_for_what_is_out(engine)
            engine.dispose()


def _wait_for_what_is_out(engine: Engine) -> None:
    """Let the threads that still answer give their connections back: the next pool would not know of them."""
    until = time.monotonic() + databases.PATIENCE
    while isinstance(engine.pool, QueuePool) and engine.pool.checkedout() and time.monotonic() < until:
        time.sleep(0.01)


@pytest.fixture
def app(database: databases.Database, tmp_path: Path) -> Iterator[Flask]:
    """The application on this test's database. It pushes no context: `ctx` does."""
    app = _make_app(database.url, tmp_path / "instance")
    yield app
    _close(app)


@pytest.fixture
def ctx(app: Flask) -> Iterator[Flask]:
    """The application, in whose context the test runs: for calling operations and queries."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> LookingClient:
    """A browser without script that looks at every page."""
    return LookingClient(app)


# --- the clock


class Clock:
    """The moment, which stands still until the test moves it."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def set(self, moment: datetime | str) -> datetime:
        """Go to a moment, which needs a zone: "2026-11-02T08:00+07:00"."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment)
        assert moment.tzinfo is not None, "a moment needs a zone"
        self._traveller.move_to(moment)
        return self.now

    def advance(self, **time: float) -> datetime:
        """Go on by days=, hours=, minutes=, seconds=."""
        self._traveller.shift(timedelta(**time))
        return self.now


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that stands at eight in the morning of a Monday, in WIB."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield Clock(traveller)


# --- servers


@pytest.fixture
def live_server(app: Flask) -> Iterator[str]:
    """The address of the application, served from a thread of this process."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def gunicorn(
    app: Flask, database: databases.Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., str]]:
    """Start the server of production on this test's database; give its address."""
    started: list[tuple[subprocess.Popen[bytes], socket.socket]] = []

    def start(workers: int = 2, threads: int = 8, **settings: str) -> str:
        listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        port = listening.getsockname()[1]
        log = tmp_path / f"gunicorn-{port}.log"
        settings = {
            "ROADMAP_DATABASE_URL": database.url,
            "ROADMAP_INSTANCE": str(tmp_path / "instance"),
            "ROADMAP_BASE_URL": f"http://127.0.0.1:{port}",
            "ROADMAP_SECRET_KEY": str(app.secret_key),
            **settings,
        }
        with log.open("wb") as out:
            process = subprocess.Popen(
                [
                    sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"fd://{listening.fileno()}",
                    "--workers", str(workers), "--worker-class", "gthread", "--threads", str(threads),
                    "--graceful-timeout", "1", "roadmap:create_app()",
                ],
                env=os.environ | settings, stdout=out, stderr=out, pass_fds=[listening.fileno()],
                start_new_session=True,
            )  # fmt: skip
        started.append((process, listening))
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process, log)
        return address

    yield start
    for process, listening in started:
        # With all its workers and at once: whoever still listens to a stream would have a polite end wait.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        listening.close()


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=20):
                return
        except urllib.error.HTTPError as answer:
            answer.close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the server did not start:\n{log.read_text()[-3000:]}")


# --- the other program


@pytest.fixture(scope="session")
def office() -> Callable[..., Path]:
    """LibreOffice: `office(path, "pdf", folder)` opens a file and saves it as another kind."""
    try:
        offices.soffice()
    except offices.NotToBeHad as problem:
        pytest.skip(str(problem))
    return offices.convert


# --- the browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once per worker."""
    try:
        browsers.chromium()
    except browsers.NotToBeHad as problem:
        pytest.skip(str(problem))
    with browsers.open_browser() as browser:
        yield browser


@pytest.fixture
def page_of(browser: Browser, live_server: str) -> Iterator[browsers.Pages]:
    """Open pages of the live server; what goes wrong in them fails the test."""
    pages = browsers.Pages(browser, live_server)
    yield pages
    troubles = pages.close()
    assert not troubles, "\n".join(troubles)
