"""The only clock: every moment in the house comes from here, aware of its zone and in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONES: dict[str, ZoneInfo] = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}


def now() -> datetime:
    """Tell the present moment in UTC, to the microsecond."""
    return datetime.now(UTC)


def in_zone(moment: datetime, zone: str) -> datetime:
    """Turn a moment into the local time of a zone named WIB, WITA or WIT."""
    return moment.astimezone(ZONES[zone])
