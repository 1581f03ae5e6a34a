"""The broker: one thread in each process looks whether anything happened, whatever the number of readers.

It runs while somebody listens and ends by itself. On PostgreSQL it is woken by NOTIFY, on a connection of its own;
on SQLite it looks every half a second, and at once after an act of its own process. A pulse carries numbers only:
what a reader may know of is asked by each reader's stream.
"""

import logging
import random
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol, Self

log = logging.getLogger(__name__)

# Looks without a connection before it is asked for again; seconds in which several notifications are one.
RETRY_LISTENING = 30
TOGETHER = 0.02


@dataclass(frozen=True)
class Pulse:
    """How a roadmap stands: the number of its last act, and the mark of who is there."""

    seq: int
    mark: str


Look = Callable[[Iterable[int]], Mapping[int, Pulse]]


class Pace(Protocol):
    """What the looking thread waits for between two looks."""

    def wait(self, nudged: threading.Event) -> None:
        """Wait until it is time to look, or something was said to have happened."""

    def close(self) -> None:
        """Let go of what the waiting held."""


@dataclass
class _Room:
    condition: threading.Condition = field(default_factory=threading.Condition)
    listeners: int = 0
    pulse: Pulse | None = None


class Full(Exception):
    """No more streams fit into this process; the page polls."""


class Broker:
    """Wakes the streams of a process when something happened on their roadmap; at most `most` streams at once."""

    def __init__(self, most: int, look: Look, pace: Callable[[], Pace]) -> None:
        """Start with nobody listening and no thread."""
        self.most = most
        self._look, self._pace = look, pace
        self._rooms: dict[int, _Room] = {}
        self._lock = threading.Lock()
        self._nudged = threading.Event()
        self._thread: threading.Thread | None = None
        self._open = 0

    @property
    def open_streams(self) -> int:
        """Tell how many streams are open in this process."""
        return self._open

    @property
    def is_at_rest(self) -> bool:
        """Tell whether nobody listens and the looking has ended."""
        return self._thread is None

    def listen(self, roadmap_id: int) -> "Listening":
        """Take a place among the streams, which `close` gives back. Raises Full beyond the cap."""
        with self._lock:
            if self._open >= self.most:
                raise Full
            self._open += 1
            room = self._rooms.setdefault(roadmap_id, _Room())
            room.listeners += 1
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="live", daemon=True)
                self._thread.start()
        return Listening(self, roadmap_id, room)

    def nudge(self) -> None:
        """Have it look at once: something happened in this process."""
        self._nudged.set()

    def leave(self, roadmap_id: int) -> None:
        """Give a place back."""
        with self._lock:
            self._open -= 1
            room = self._rooms[roadmap_id]
            room.listeners -= 1
            if not room.listeners:
                del self._rooms[roadmap_id]
        self._nudged.set()

    def _watch(self) -> None:
        pace = self._pace()
        try:
            while self._goes_on():
                try:
                    self._look_round()
                except Exception:
                    log.exception("looking for what happened did not work")
                pace.wait(self._nudged)
                self._nudged.clear()
        finally:
            pace.close()

    def _goes_on(self) -> bool:
        with self._lock:
            if self._open and threading.main_thread().is_alive():
                return True
            self._thread = None
            return False

    def _look_round(self) -> None:
        with self._lock:
            rooms = dict(self._rooms)
        for roadmap_id, pulse in self._look(rooms).items():
            room = rooms[roadmap_id]
            with room.condition:
                if room.pulse != pulse:
                    room.pulse = pulse
                    room.condition.notify_all()


class Listening:
    """One stream's place at the broker."""

    def __init__(self, broker: Broker, roadmap_id: int, room: _Room) -> None:
        """Sit down."""
        self._broker, self._roadmap_id, self._room = broker, roadmap_id, room
        self._is_open = True

    @property
    def beside(self) -> int:
        """Tell how many streams there are in this process beside this one."""
        return self._broker.open_streams - 1

    def wait(self, known: Pulse, timeout: float) -> Pulse:
        """Wait until the roadmap stands otherwise than known, or the time is up; give how it stands."""
        with self._room.condition:
            self._room.condition.wait_for(lambda: self._room.pulse not in (None, known), timeout)
            return self._room.pulse or known

    def close(self) -> None:
        """Give the place back, once."""
        if self._is_open:
            self._is_open = False
            self._broker.leave(self._roadmap_id)

    def __enter__(self) -> Self:
        """Use it in a with statement."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _problem: BaseException | None, _where: TracebackType | None
    ) -> None:
        """Give the place back."""
        self.close()


class LookOften:
    """The pace where nobody can be woken from another process: every so often, or when nudged."""

    def __init__(self, seconds: float) -> None:
        """Take the time between two looks."""
        self._seconds = seconds

    def wait(self, nudged: threading.Event) -> None:
        """Wait for the nudge or the time."""
        nudged.wait(self._seconds)

    def close(self) -> None:
        """Hold nothing."""


class ListenFor:
    """The pace of PostgreSQL: woken by NOTIFY on a connection that does nothing else.

    Where that connection cannot be had or breaks, it looks often, and tries again a little later.
    """

    def __init__(self, connect: Callable[[], Any], channel: str, seconds: float, otherwise: float) -> None:
        """Take how to connect, what to listen to, the most to wait, and the pace without a connection."""
        self._connect, self._channel, self._seconds = connect, channel, seconds
        self._often = LookOften(otherwise)
        self._line: Any = None
        self._looks_left = 0

    def wait(self, nudged: threading.Event) -> None:
        """Wait for a notification or the time; several at once count as one."""
        if self._line is None and self._looks_left <= 0 and self._has_begun():
            return  # to look once more: nobody heard what was said before
        if self._line is None:
            self._looks_left -= 1
            self._often.wait(nudged)
            return
        try:
            if list(self._line.notifies(timeout=self._seconds, stop_after=1)):
                list(self._line.notifies(timeout=TOGETHER))
        except Exception:
            log.warning("listening broke off; looking often meanwhile", exc_info=True)
            self.close()

    def close(self) -> None:
        """Let the connection go."""
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _has_begun(self) -> bool:
        try:
            self._line = self._connect()
            self._line.execute(f"LISTEN {self._channel}")
            return True
        except Exception:
            log.warning("listening could not begin; looking often meanwhile", exc_info=True)
            self.close()
            self._looks_left = RETRY_LISTENING
            return False


def life(longest: float, jitter: float) -> float:
    """Give how long a stream lives: not all of them end in the same moment."""
    return longest - random.random() * jitter  # noqa: S311 - no secret
