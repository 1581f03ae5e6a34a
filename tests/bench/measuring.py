"""How a deed is measured: the product and its twin in turn, some of each, so that whatever else the machine does hits
both, and neither is asked after a pause (a server that has rested answers in twice the time)."""

import logging
import re
import statistics
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from flask import Flask

from tests.bench.deeds import Deed, Hand
from tests.bench.serving import Answer, Reader
from tests.queries import queries

WARMING = 3
LEAST, MOST, IN_A_ROW = 10, 60, 5


@dataclass(frozen=True)
class Figures:
    """What came of one deed; times in milliseconds."""

    name: str
    median: float
    p95: float
    fresh: float | None
    queries: int | None
    sent: int
    twin: float | None
    ratio: float | None
    aim: float | None

    @property
    def is_missed(self) -> bool:
        """Tell whether it takes longer, beside its twin, than it should."""
        return self.aim is not None and self.ratio is not None and self.ratio > self.aim


@dataclass(frozen=True)
class Crowd:
    """What came of several people saving at once."""

    writers: int
    saves: int
    per_second: float
    p95: float


def measure(
    deed: Deed, app: Flask, reader: Reader, bare: Reader, *, saver: Hand | None, seconds: float
) -> Figures:
    """Do a deed until the time is up, its twin in between; then a few times each right after somebody's save."""
    for _ in range(WARMING):
        _done(deed, deed.do(reader))
        if deed.twin:
            deed.twin(bare)
    own: list[float] = []
    twin: list[float] = []
    until = time.perf_counter() + seconds
    while len(own) < LEAST or (time.perf_counter() < until and len(own) < MOST):
        answers = [_done(deed, deed.do(reader)) for _ in range(IN_A_ROW)]
        own += [answer.milliseconds for answer in answers]
        if deed.twin:
            twin += [deed.twin(bare).milliseconds for _ in range(2 * IN_A_ROW)]
    median = statistics.median(own)
    beside = statistics.median(twin) if twin else None
    return Figures(
        name=deed.name,
        median=median,
        p95=p95(own),
        fresh=_fresh(deed, reader, saver) if deed.path and saver else None,
        queries=count_queries(app, deed.path, reader.cookie) if deed.path else None,
        sent=len(answers[-1].sent),
        twin=beside,
        ratio=median / beside if beside else None,
        aim=deed.aim,
    )


def p95(times: Sequence[float]) -> float:
    """Give the time that nineteen of twenty stay below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def count_queries(app: Flask, path: str, cookie: str) -> int:
    """Count the statements behind a page, in this process, the second time it is asked for."""
    client = app.test_client(use_cookies=False)
    headers = {"Cookie": cookie} if cookie else {}
    client.get(path, headers=headers)
    with queries(app) as asked:
        client.get(path, headers=headers)
    return len(asked)


def visits(reader: Reader, path: str) -> tuple[int, int]:
    """Give the bytes of a first visit (the page and all its files) and of a second one, when the files are known."""
    page = reader.get(path)
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text))
    first = len(page.sent) + sum(len(reader.get(file).sent) for file in sorted(files))
    return first, len(reader.get(path).sent)


def crowd(port: int, cookies: Sequence[str], items: Iterable[int], seconds: float) -> Crowd:
    """Have people save at once, each in an item of their own, until the time is up."""
    hands = [
        Hand(Reader(port, cookie), f"/actions/{item}") for cookie, item in zip(cookies, items, strict=False)
    ]
    until = time.perf_counter() + seconds

    def write(hand: Hand) -> list[float]:
        times = []
        while time.perf_counter() < until:
            answer = hand.save()
            if answer.status != 200:
                logging.getLogger(__name__).warning("a save was answered with %s", answer.status)
                continue
            times.append(answer.milliseconds)
        return times

    began = time.perf_counter()
    with ThreadPoolExecutor(len(hands)) as pool:
        times = [one for many in pool.map(write, hands) for one in many]
    return Crowd(len(hands), len(times), len(times) / (time.perf_counter() - began), p95(times))


def _fresh(deed: Deed, reader: Reader, saver: Hand) -> float:
    """Time the first reading after a save, when whatever was kept of the plan no longer fits."""
    times = []
    for _ in range(IN_A_ROW):
        saver.save()
        times.append(deed.do(reader).milliseconds)
    return statistics.median(times)


def _done(deed: Deed, answer: Answer) -> Answer:
    if answer.status not in deed.statuses:
        message = f"{deed.name}: answered with {answer.status}\n{answer.text[:2000]}"
        raise RuntimeError(message)
    return answer
