"""Plans as they were read last, each under the digest of its log's head: the same digest is the same plan.

Safe in a worker's memory for that reason, bounded, and nothing is wrong when it is empty. A plan that went on a
little since is not read anew: the log says which items changed, and only these are.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from roadmap.plan.outline import Outline

MOST_ITEMS = 12_000


@dataclass(frozen=True)
class Shelved:
    """A plan as it stood after an act, and the digest it is known by."""

    seq: int
    digest: str
    plan: Outline


class Shelf:
    """Keeps the newest reading of each plan that was asked for last, within a number of items; safe between threads."""

    def __init__(self, most: int = MOST_ITEMS) -> None:
        """Start empty."""
        self._most = most
        self._kept: OrderedDict[Hashable, Shelved] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> Shelved | None:
        """Give what was kept last under a key, or None; whether it still fits its digest tells."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Hashable, reading: Shelved) -> None:
        """Keep a reading in place of an older one, and let go of the plans that nobody asked for longest."""
        with self._lock:
            self._kept[key] = reading
            self._kept.move_to_end(key)
            while sum(len(one.plan.by_uid) for one in self._kept.values()) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
