"""A disk that fills up under the writers: every answer gives the words back, and with room again all goes on by itself.

The disk is a file system in memory, mounted for this program alone, so that it needs Linux and its administrator's
rights; elsewhere the drill says that it was not held.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from tests.databases import NotToBeHad
from tests.drill.editing import Figures
from tests.drill.stage import Editor, Ground, Server, all_at_once

OWN_MOUNTS = "ROADMAP_DRILL_HAS_OWN_MOUNTS"
SIZE_MB = 192
BACK_WITHIN = 10.0  # seconds from room on the disk to the first save
PATIENCE = 60.0
REFUSED_EACH, MOST_TRIES = 5, 400
UNAVAILABLE, SAVED = 503, 303


def mount_apart() -> None:
    """Begin this program again where what it mounts is seen by nobody else, and goes with it."""
    if OWN_MOUNTS in os.environ or sys.platform != "linux":
        return
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(["unshare", "--mount", "true"], check=True, capture_output=True)
        os.environ[OWN_MOUNTS] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--", sys.executable, "-m", "tests.drill", *sys.argv[1:]])  # noqa: S606


@dataclass
class SmallDisk:
    """A disk on which a ballast takes or leaves room."""

    path: Path

    def fill(self) -> None:
        """Leave no room."""
        with (self.path / "ballast").open("ab", buffering=0) as ballast, suppress(OSError):
            while True:
                ballast.write(bytes(4096))

    def make_room(self) -> None:
        """Take the ballast away."""
        (self.path / "ballast").unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Give a small disk of one's own. Raises NotToBeHad."""
    if OWN_MOUNTS not in os.environ:
        message = "a full disk: needs Linux and the right to mount"
        raise NotToBeHad(message)
    path = folder / "disk"
    path.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m,mode=0755", "tmpfs", str(path)]
    made = subprocess.run(mounting, capture_output=True, text=True, check=False)
    if made.returncode:
        path.rmdir()
        message = f"a full disk: {made.stderr.strip()}"
        raise NotToBeHad(message)
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=False)
        path.rmdir()


@dataclass
class Scribe:
    """Somebody who saves long texts one after the other, and keeps what was refused to send it again."""

    editor: Editor
    path: str
    acknowledged: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    without_words: int = 0
    waiting: dict[str, str] | None = None
    number: int = 0

    def write(self) -> None:
        """Open the form, where it can be had, and save."""
        with suppress(AssertionError):
            form, _words = self.editor.open(self.path)
            self.waiting = {**form, "description": f"{self.path} {self.number} " + "kata panjang. " * 1200}
        self.number += 1
        self.send()

    def send(self) -> None:
        """Save what waits; what is refused goes on waiting, and must stand in the answer."""
        if self.waiting is None:
            return
        status, page = self.editor.send(self.path, self.waiting)
        words = self.waiting["description"].strip()
        if status == SAVED:
            self.acknowledged.append(words)
            self.waiting = None
        else:
            self.refused.append(status)
            self.without_words += words not in unescape(page)


def a_disk_that_fills_up(
    ground: Ground, server: Server, disk: SmallDisk, writers: int, put_right: Callable[[], None]
) -> Figures:
    """Fill the disk under so many writers until each was refused some times, make room, and have them go on.

    `put_right` is what an administrator then does for the database; the application is left alone.
    """
    server.start()
    scribes = [
        Scribe(Editor(server.port, cookie), f"/actions/{ground.action()}/edit/description")
        for cookie in ground.cookies[:writers]
    ]
    for scribe in scribes:
        scribe.write()
    disk.fill()
    all_at_once(
        [scribe.editor for scribe in scribes], lambda number, _editor: _until_refused(scribes[number])
    )
    disk.make_room()
    put_right()
    began = time.monotonic()
    back = max(_until_saved(scribe, began) for scribe in scribes)
    missing = sum(_missing(ground, scribe) for scribe in scribes)
    statuses = [status for scribe in scribes for status in scribe.refused]
    return Figures(
        f"a full disk under {writers} writers",
        sum(len(scribe.acknowledged) for scribe in scribes),
        {
            "never refused": sum(not scribe.refused for scribe in scribes),
            "refused otherwise than with 503": sum(status != UNAVAILABLE for status in statuses),
            "answers without the words": sum(scribe.without_words for scribe in scribes),
            "acknowledged and missing": missing,
            "double effects": sum(_doubled(ground, scribe) for scribe in scribes),
            "check-history": len(ground.faults()),
            f"back later than {BACK_WITHIN:.0f} s": int(back > BACK_WITHIN),
        },
        {"refused": len(statuses), "all back after (s)": round(back, 2)},
    )


def _until_refused(scribe: Scribe) -> None:
    for _ in range(MOST_TRIES):
        if len(scribe.refused) >= REFUSED_EACH:
            return
        scribe.write()


def _until_saved(scribe: Scribe, began: float) -> float:
    while scribe.waiting is not None and time.monotonic() < began + PATIENCE:
        scribe.send()
        time.sleep(0.05)
    took = time.monotonic() - began if scribe.waiting is None else PATIENCE
    scribe.editor.reader.line.close()
    return took


def _texts(ground: Ground, scribe: Scribe) -> list[str]:
    return ground.texts(int(scribe.path.split("/")[2]), "description")


def _missing(ground: Ground, scribe: Scribe) -> int:
    there = set(_texts(ground, scribe))
    return sum(words not in there for words in scribe.acknowledged)


def _doubled(ground: Ground, scribe: Scribe) -> int:
    texts = _texts(ground, scribe)
    return len(texts) - len(set(texts))
