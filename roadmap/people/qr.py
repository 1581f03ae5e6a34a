"""A QR code drawn as one path, so that the page needs neither a style nor a picture from elsewhere."""

from dataclasses import dataclass

import segno

QUIET_ZONE = 4


@dataclass(frozen=True)
class Drawing:
    """The side of the square in modules, its quiet zone included, and the path of the dark ones."""

    side: int
    path: str


def draw(text: str) -> Drawing:
    """Draw a text as a QR code."""
    matrix = segno.make(text, error="m", micro=False).matrix
    steps = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            width = 0
            while x + width < len(row) and row[x + width]:
                width += 1
            if width:
                steps.append(f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{width}v1h-{width}z")
            x += width or 1
    return Drawing(len(matrix) + 2 * QUIET_ZONE, "".join(steps))
