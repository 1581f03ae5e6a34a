"""Figures as spreadsheets keep them, turned into what people see: decimals without noise, days, times."""

import math
import re
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum, auto

_LONGEST_COUNT = 9
_SIGNIFICANT = ".15g"
_DAY = 86_400
# Excel counts a 29 February 1900 that never was.
_NEVER_WAS = 60
_FIRST_DAY = date(1899, 12, 31)
_FIRST_DAY_1904 = date(1904, 1, 1)
_LAST_SERIAL = 2_958_465
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T|\Z)")
_WHOLE = re.compile(r"[1-9][0-9]{0,39}")


class Look(Enum):
    """What a number's format makes of it."""

    PLAIN = auto()
    PERCENT = auto()
    DATE = auto()
    TIME = auto()
    DURATION = auto()


def decimal_of(written: str) -> str | None:
    """Give a stored number as a plain decimal of 15 significant digits; None for what is no number."""
    if _WHOLE.fullmatch(written):
        return written
    if not is_number(written):
        return None
    number = float(written)
    if not math.isfinite(number):
        return None
    if number == 0:
        return "0"
    plain = format(Decimal(format(number, _SIGNIFICANT)), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def whole_of(written: str | None) -> int | None:
    """Read a number of a style, a text, a row; None for what is none, or is absurd."""
    if written and written.isascii() and written.isdigit() and len(written) <= _LONGEST_COUNT:
        return int(written)
    return None


def is_number(written: str) -> bool:
    """Tell whether this is written like a number, be it one beyond all bounds."""
    try:
        float(written)
    except ValueError:
        return False
    return "_" not in written


def day_of(serial: float, *, is_1904: bool) -> str | None:
    """Give the day a serial number stands for, as ISO; None outside the calendar of spreadsheets."""
    if not math.isfinite(serial) or not 0 <= serial <= _LAST_SERIAL:
        return None
    whole = round(serial * _DAY) // _DAY
    if is_1904:
        return _day_after(_FIRST_DAY_1904, whole)
    if whole == 0:
        return None
    return _day_after(_FIRST_DAY, whole - (whole >= _NEVER_WAS))


def written_day(written: str) -> str | None:
    """Give the day that stands written as ISO, with or without a time; None where there is no such day."""
    try:
        return date.fromisoformat(written[:10]).isoformat() if _ISO.match(written) else None
    except ValueError:
        return None


def _day_after(first: date, days: int) -> str | None:
    try:
        return (first + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def time_of(serial: float, *, is_duration: bool) -> str | None:
    """Give the time of day a serial number stands for, or a duration in hours: 08:30."""
    if not math.isfinite(serial) or not 0 <= serial <= _LAST_SERIAL:
        return None
    seconds = round(serial * _DAY)
    if not is_duration:
        seconds %= _DAY
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


# --- number formats

_BUILT_IN = {
    **dict.fromkeys((9, 10), Look.PERCENT),
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)), Look.DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), Look.TIME),
    46: Look.DURATION,
}
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NO_PART_OF_IT = re.compile(r'"[^"]*"?|\[[^\]]*\]?|[\\_*].|general', re.IGNORECASE | re.DOTALL)


def look_of(number: int, code: str | None) -> Look:
    """Tell what a number format makes of a number; `code` where it is not one of those built in."""
    if code is None:
        return _BUILT_IN.get(number, Look.PLAIN)
    code = code[:500]
    bare = _NO_PART_OF_IT.sub("", code).lower().partition(";")[0]
    if _ELAPSED.search(code):
        return Look.DURATION
    if "%" in bare:
        return Look.PERCENT
    if "d" in bare or "y" in bare:
        return Look.DATE
    if "h" in bare or "s" in bare:
        return Look.TIME
    return Look.DATE if "m" in bare else Look.PLAIN
