"""The only clock: every moment in the house comes from here, aware of its zone and in UTC."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONES: dict[str, ZoneInfo] = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}


_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """Tell the present moment in UTC, to the microsecond."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Have the clock stand at a moment, here and nowhere else: the demo city has a past to write."""
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def in_zone(moment: datetime, zone: str) -> datetime:
    """Turn a moment into the local time of a zone named WIB, WITA or WIT."""
    return moment.astimezone(ZONES[zone])
