"""The editions read last, kept as they were read; the shelf is short and may be empty at any time."""

from collections import OrderedDict
from threading import Lock

from roadmap.history.models import Edition
from roadmap.publication.reading import Reading

MOST_READINGS = 12
MOST_ITEMS = 8_000

_Key = tuple[str, str, str]


def mark_of(edition: Edition) -> str:
    """Mark what an edition's document holds: another one once a text was closed in it."""
    written = edition.document_at or edition.created_at
    return f"{edition.digest} {written.timestamp()}"


class Shelf:
    """Keeps readings within a number and a weight in items; safe between threads."""

    def __init__(self, *, most: int, most_items: int) -> None:
        self._most, self._most_items = most, most_items
        self._readings: OrderedDict[_Key, Reading] = OrderedDict()
        self._lock = Lock()

    def reading_of(self, edition: Edition, language: str) -> Reading:
        """Give an edition read in a language; its document is fetched only where it is not on the shelf."""
        key = (edition.uid, mark_of(edition), language)
        with self._lock:
            if key in self._readings:
                self._readings.move_to_end(key)
                return self._readings[key]
        reading = Reading(edition.document, language)
        with self._lock:
            self._readings[key] = reading
            while len(self._readings) > self._most or self._weight() > self._most_items:
                self._readings.popitem(last=False)
        return reading

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._readings.clear()

    def _weight(self) -> int:
        return sum(len(reading.document["order"]) for reading in self._readings.values())


shelf = Shelf(most=MOST_READINGS, most_items=MOST_ITEMS)
