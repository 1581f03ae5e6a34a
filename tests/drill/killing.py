"""A storm of saves in which the server is killed with -9, again and again: what was acknowledged is there."""

import http.client
import random
import threading
import time
from itertools import count

from tests.drill.editing import Figures
from tests.drill.stage import Editor, Ground, Server

FIELDS = ("expected_result", "description", "success_criteria", "planning_links")
READY_WITHIN = 5.0
PATIENCE = 30.0
CUT = (OSError, http.client.HTTPException)


class Writer:
    """Somebody who saves without end and sends again, with the same key, what got no answer."""

    def __init__(self, editor: Editor, path: str, name: str) -> None:
        self.editor, self.path, self.name = editor, path, name
        self.acknowledged: list[str] = []
        self.refused: list[int] = []
        self.repeated = 0
        self.numbers = count()
        self.unanswered: dict[str, str] | None = None

    def write_until(self, ended: threading.Event) -> None:
        """Write until told to stop or cut off."""
        try:
            while not ended.is_set():
                self.write()
        except CUT:
            self.editor.reader.line.close()

    def write(self) -> None:
        """Save once; what was cut off before goes first. Raises what a cut line raises."""
        sent = self.unanswered
        if sent is None:
            form, _words = self.editor.open(self.path)
            sent = {**form, self.name: f"{self.name} nomor {next(self.numbers)}"}
        else:
            self.repeated += 1
        self.unanswered = sent
        status, _page = self.editor.send(self.path, sent)
        self.unanswered = None
        if status == 303:
            self.acknowledged.append(sent[self.name])
        else:
            self.refused.append(status)


def kills_in_a_storm(ground: Ground, server: Server, kills: int, writers: int, seed: int = 5) -> Figures:
    """Kill a server full of saves so many times. It is started here, and stays up."""
    chance = random.Random(seed)
    server.start()
    storm = []
    for number in range(writers):
        name = FIELDS[number % len(FIELDS)]
        path = f"/actions/{ground.action()}/edit/{name}"
        storm.append(Writer(Editor(server.port, ground.cookies[number]), path, name))
    slowest, missing, faults = 0.0, 0, 0
    for _ in range(kills):
        _storm(storm, server, chance.uniform(0.02, 0.6))
        slowest = max(slowest, server.start())
        faults += len(ground.faults())
        missing += sum(_missing(ground, writer) for writer in storm)
    for writer in storm:
        writer.write()  # what the last killing cut off
        writer.editor.reader.line.close()
    return Figures(
        f"{kills} kills -9 in a storm of {writers} writers",
        _done(storm),
        {
            "acknowledged and missing": missing + sum(_missing(ground, writer) for writer in storm),
            "double effects": sum(_doubled(ground, writer) for writer in storm),
            "refused": sum(len(writer.refused) for writer in storm),
            "check-history": faults + len(ground.faults()),
            f"ready later than {READY_WITHIN:.0f} s": int(slowest > READY_WITHIN),
        },
        {"slowest start (s)": round(slowest, 2), "sent again": sum(one.repeated for one in storm)},
    )


def _storm(storm: list[Writer], server: Server, seconds: float) -> None:
    ended = threading.Event()
    threads = [threading.Thread(target=writer.write_until, args=(ended,)) for writer in storm]
    for thread in threads:
        thread.start()
    _wait_until_it_blows(storm)
    time.sleep(seconds)  # the moment of the killing, which nothing announces
    server.kill()
    ended.set()
    for thread in threads:
        thread.join()


def _wait_until_it_blows(storm: list[Writer]) -> None:
    """Wait until as many more saves were acknowledged as there are writers: a server just started is slow at first."""
    before, until = _done(storm), time.monotonic() + PATIENCE
    while _done(storm) < before + len(storm) and time.monotonic() < until:
        time.sleep(0.01)


def _done(storm: list[Writer]) -> int:
    return sum(len(writer.acknowledged) for writer in storm)


def _texts(ground: Ground, writer: Writer) -> list[str]:
    return ground.texts(int(writer.path.split("/")[2]), writer.name)


def _missing(ground: Ground, writer: Writer) -> int:
    there = set(_texts(ground, writer))
    return sum(words not in there for words in writer.acknowledged)


def _doubled(ground: Ground, writer: Writer) -> int:
    texts = _texts(ground, writer)
    return len(texts) - len(set(texts))
