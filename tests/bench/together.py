"""Working together: from one person's save to the other's screen, what 300 connected readers cost, what idling costs.

The server is that of production with its streams open: two workers, 240 streams and 16 threads for pages each.
"""

import secrets
import select
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests import browser as browsers
from tests.bench.deeds import Hand
from tests.bench.measuring import p95
from tests.bench.planting import Planted
from tests.bench.serving import Reader, served

READERS, STREAMS, THREADS = 300, 240, 256
BEAT_SECONDS = 22
SAVES, PAGES = 15, 120
IDLE_SECONDS = 66
A_SAVE_EVERY = 5.0
BLOCK = 65_536


@dataclass(frozen=True)
class Together:
    """What came of it; times in milliseconds."""

    engine: str
    heard: float
    heard_p95: float
    shown: float | None
    shown_p95: float | None
    connected: int
    alone_p95: float
    beside_p95: float
    busy_p95: float
    idle_bytes: float | None


def together(engine: str, url: str, secret: str, planted: Planted, folder: Path) -> Together:
    """Measure it all on one planted database."""
    settings = {
        "ROADMAP_DATABASE_URL": url,
        "ROADMAP_INSTANCE": str(folder / "served"),
        "ROADMAP_SECRET_KEY": secret,
        "ROADMAP_STREAMS": str(STREAMS),
    }
    with served("roadmap:create_app()", settings, folder, threads=THREADS) as port:
        reader = Reader(port, planted.cookies[0])
        hand = Hand(Reader(port, planted.cookies[1]), f"/actions/{planted.action_id}")
        idle = _idle_bytes(port, planted)
        heard = _heard(port, planted, hand)
        shown = _shown(port, planted, hand)
        alone = _pages(reader, planted)
        with _connected(port, planted) as connected, _beating(port, planted):
            beside = _pages(reader, planted)
            with _saving(hand):
                busy = _pages(reader, planted)
    return Together(
        engine=engine,
        heard=statistics.median(heard),
        heard_p95=p95(heard),
        shown=statistics.median(shown) if shown else None,
        shown_p95=p95(shown) if shown else None,
        connected=connected,
        alone_p95=p95(alone),
        beside_p95=p95(beside),
        busy_p95=p95(busy),
        idle_bytes=idle,
    )


def _now(port: int, planted: Planted) -> str:
    """Read from a page where its stream begins."""
    page = Reader(port, planted.cookies[2]).get(f"/roadmaps/{planted.roadmap_id}").text
    seq, mark = (page.split(f'data-{name}="')[1].split('"')[0] for name in ("seq", "who"))
    return f"since={seq}&who={mark}"


def _stream(port: int, planted: Planted, cookie: str, since: str) -> socket.socket:
    """Open a stream that begins where it is told."""
    line = socket.create_connection(("127.0.0.1", port), timeout=30)
    line.sendall(
        f"GET /roadmaps/{planted.roadmap_id}/live?{since} HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n".encode()
    )
    return line


def _heard(port: int, planted: Planted, hand: Hand) -> list[float]:
    """Time from the moment a save is sent until another's stream says its number."""
    times = []
    with closing(_stream(port, planted, planted.cookies[2], _now(port, planted))) as line:
        _until(line, b"retry")
        for _ in range(SAVES):
            time.sleep(secrets.randbelow(500) / 1000)
            began = time.perf_counter()
            hand.save()
            _until(line, b'"items"')
            times.append((time.perf_counter() - began) * 1000)
    return times


def _until(line: socket.socket, words: bytes) -> None:
    held = b""
    while words not in held:
        block = line.recv(BLOCK)
        if not block:
            message = f"the stream ended before {words!r}: {held[-300:]!r}"
            raise RuntimeError(message)
        held += block


def _shown(port: int, planted: Planted, hand: Hand) -> list[float]:
    """Time from the moment a save is sent until its words stand on another's open page, in a real browser."""
    try:
        browsers.chromium()
    except browsers.NotToBeHad:
        return []
    times = []
    with _page(port, planted) as page:
        page.goto(f"http://127.0.0.1:{port}/actions/{planted.action_id}")
        page.wait_for_timeout(1_000)
        for _ in range(SAVES):
            page.evaluate("window.before = document.querySelector('main').innerText")
            page.wait_for_timeout(2_600 + secrets.randbelow(500))
            began = time.perf_counter()
            hand.save()
            page.wait_for_function("document.querySelector('main').innerText !== window.before", polling=20)
            times.append((time.perf_counter() - began) * 1000)
    return times


@contextmanager
def _page(port: int, planted: Planted) -> Iterator[Page]:
    with browsers.open_browser() as chromium:
        context = chromium.new_context(bypass_csp=True)
        name, _equals, value = planted.cookies[2].partition("=")
        context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"}])
        yield context.new_page()


def _pages(reader: Reader, planted: Planted) -> list[float]:
    """Time ordinary pages: the roadmap, an item, its history."""
    paths = [
        f"/roadmaps/{planted.roadmap_id}",
        f"/actions/{planted.action_id}",
        f"/actions/{planted.action_id}/history",
    ]
    for path in paths:
        reader.get(path)
    times = []
    for number in range(PAGES):
        times.append(reader.get(paths[number % len(paths)]).milliseconds)
        time.sleep(0.02)
    return times


@contextmanager
def _connected(port: int, planted: Planted) -> Iterator[int]:
    """Have 300 readers connected, whose browsers listen; gives how many found a place."""
    since, cookies = _now(port, planted), planted.cookies
    with ExitStack() as stack:
        lines = [
            stack.enter_context(closing(_stream(port, planted, cookies[n % len(cookies)], since)))
            for n in range(READERS)
        ]
        found = sum(1 for line in lines if b" 200 " in line.recv(BLOCK)[:20])
        ended = threading.Event()
        drain = threading.Thread(target=_drain, args=(lines, ended))
        drain.start()
        try:
            yield found
        finally:
            ended.set()
            drain.join()


def _drain(lines: list[socket.socket], ended: threading.Event) -> None:
    poller = select.poll()
    known = {line.fileno(): line for line in lines}
    for number in known:
        poller.register(number, select.POLLIN)
    while not ended.is_set():
        for number, _what in poller.poll(200):
            if not known[number].recv(BLOCK):
                poller.unregister(number)


@contextmanager
def _beating(port: int, planted: Planted) -> Iterator[None]:
    """Have as many tabs beat as readers are connected."""
    with _again_and_again(BEAT_SECONDS / READERS, _beats(port, planted)):
        yield


def _beats(port: int, planted: Planted) -> Iterator[None]:
    hands = []
    for cookie in planted.cookies:
        reader = Reader(port, cookie)
        reader.token = reader.get("/help").text.split('name="csrf-token" content="')[1].split('"')[0]
        hands.append(reader)
    turn = 0
    while True:
        form: dict[str, str | int] = {"tab": f"tab{turn % READERS}", "item": ""}
        hands[turn % len(hands)].post(f"/roadmaps/{planted.roadmap_id}/presence", form)
        turn += 1
        yield


@contextmanager
def _saving(hand: Hand) -> Iterator[None]:
    def saves() -> Iterator[None]:
        while True:
            hand.save()
            yield

    with _again_and_again(A_SAVE_EVERY, saves()):
        yield


@contextmanager
def _again_and_again(pause: float, deeds: Iterator[None]) -> Iterator[None]:
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            began = time.monotonic()
            next(deeds)
            ended.wait(max(0.0, pause - (time.monotonic() - began)))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _idle_bytes(port: int, planted: Planted) -> float | None:
    """Count the bytes both ways, headers and all, of an open page on which nothing happens, for a minute."""
    try:
        browsers.chromium()
    except browsers.NotToBeHad:
        return None
    with _counting(port) as (through, counted), _page(through, planted) as page:
        page.goto(f"http://127.0.0.1:{through}/actions/{planted.action_id}")
        page.wait_for_timeout(4_000)
        before, began = counted[0], time.monotonic()
        page.wait_for_timeout(IDLE_SECONDS * 1_000)
        return (counted[0] - before) * 60 / (time.monotonic() - began)


@contextmanager
def _counting(port: int) -> Iterator[tuple[int, list[int]]]:
    """Stand between a browser and the server, and count what goes by."""
    listening = socket.create_server(("127.0.0.1", 0))
    counted, lock = [0], threading.Lock()

    def carry(source: socket.socket, target: socket.socket) -> None:
        try:
            while block := source.recv(BLOCK):
                with lock:
                    counted[0] += len(block)
                target.sendall(block)
        except OSError:
            pass
        finally:
            for one in (source, target):
                one.close()

    def accept() -> None:
        while True:
            try:
                near, _address = listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", port))
            for pair in ((near, far), (far, near)):
                threading.Thread(target=carry, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield int(listening.getsockname()[1]), counted
    finally:
        listening.close()
