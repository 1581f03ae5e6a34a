"""A small memory of results that may be empty at any time."""

import sys
from collections import OrderedDict
from threading import Lock


class BoundedCache:
    """Keeps the results asked for last, within a number and a size; safe between threads."""

    def __init__(self, *, most: int, most_bytes: int) -> None:
        self._most = most
        self._most_bytes = most_bytes
        self._bytes = 0
        self._results: OrderedDict[bytes, str] = OrderedDict()
        self._lock = Lock()

    def find(self, key: bytes) -> str | None:
        """Give what was kept under the key, or None."""
        with self._lock:
            result = self._results.get(key)
            if result is not None:
                self._results.move_to_end(key)
            return result

    def keep(self, key: bytes, result: str) -> None:
        """Keep the result and let go of the oldest beyond the bounds, even of this one if it is too large."""
        with self._lock:
            self._drop(key)
            self._results[key] = result
            self._bytes += sys.getsizeof(result)
            while len(self._results) > self._most or self._bytes > self._most_bytes:
                self._drop(next(iter(self._results)))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._results.clear()
            self._bytes = 0

    def size(self) -> tuple[int, int]:
        """Give how many results are kept and how many bytes they take."""
        with self._lock:
            return len(self._results), self._bytes

    def _drop(self, key: bytes) -> None:
        result = self._results.pop(key, None)
        if result is not None:
            self._bytes -= sys.getsizeof(result)
