"""Places in an ordered list: a position is decimal digits read as a fraction, so that a move renumbers nobody."""

FIRST = "5"
BLOCK = 4


def between(before: str | None, after: str | None) -> str:
    """Give a position strictly between two neighbours (None: the end of the list on that side).

    Never ends in 0, so that there is always room before it. Raises ValueError when the neighbours are not in order.
    """
    if before is None and after is None:
        return FIRST
    if after is None:
        return _beyond(before or "", 1)
    if before is None:
        return _beyond(after, -1)
    if not before < after:
        message = f"{before!r} does not come before {after!r}"
        raise ValueError(message)
    return _midway(before, after)


def _beyond(position: str, step: int) -> str:
    # At the ends of the list a step is a ten-thousandth, so that a list that only grows keeps short positions.
    width = -(-len(position) // BLOCK) * BLOCK
    while True:
        number = int(position.ljust(width, "0")) + step
        if 0 < number < 10**width:
            return f"{number:0{width}d}".rstrip("0")
        width += BLOCK


def _midway(low: str, high: str) -> str:
    width = max(len(low), len(high)) + 1
    middle = (int(low.ljust(width, "0")) + int(high.ljust(width, "0"))) // 2
    text = f"{middle:0{width}d}"
    for length in range(1, width + 1):
        # The shortest beginning of the middle that still lies between the two.
        if low < (short := text[:length].rstrip("0")) < high:
            return short
    return text.rstrip("0")
