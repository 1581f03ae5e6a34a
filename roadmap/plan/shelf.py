"""Plans as they were read last, each under the digest of its log's head: the same digest is the same plan.

Safe in a worker's memory for that reason, bounded, and nothing is wrong when it is empty. A plan that went on a
little since is not read anew: the log says which items changed, and only these are.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from roadmap.plan.outline import Outline

MOST_ITEMS = 12_000


@dataclass(frozen=True)
class Shelved:
    """A plan as it stood after an act."""

    roadmap_id: int
    seq: int
    digest: str
    plan: Outline


class Shelf:
    """Keeps the newest reading of each plan that was asked for last, within a number of items; safe between threads."""

    def __init__(self, most: int = MOST_ITEMS) -> None:
        """Start empty."""
        self._most = most
        self._kept: OrderedDict[int, Shelved] = OrderedDict()
        self._lock = Lock()

    def find(self, roadmap_id: int) -> Shelved | None:
        """Give the newest reading of a plan, or None."""
        with self._lock:
            found = self._kept.get(roadmap_id)
            if found is not None:
                self._kept.move_to_end(roadmap_id)
            return found

    def keep(self, reading: Shelved) -> None:
        """Keep a reading in place of an older one, and let go of the plans that nobody asked for longest."""
        with self._lock:
            self._kept[reading.roadmap_id] = reading
            self._kept.move_to_end(reading.roadmap_id)
            while sum(len(one.plan.by_uid) for one in self._kept.values()) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
