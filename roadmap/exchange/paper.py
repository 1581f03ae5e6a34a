"""How a table lies on a landscape sheet: the sheet's size, how wide its columns are, in what size it is set.

Widths are estimated from the letters, in points; nothing asks a font, so that every machine writes the same.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from roadmap.text.words import N_

POINTS_A_MM = 72 / 25.4
LINE_HEIGHT = 1.2
# White on both sides of the words in a cell, and a hair for the line.
PADDING = 6.0
SIZES = (9.0, 8.5, 8.0, 7.5, 7.0)
# A longer word may break: a column as wide as it would leave no room for the others.
LONGEST_WORD, LONG_WORD = 17, 13
INDENT = 1.05
_STEPS = 40


@dataclass(frozen=True)
class Paper:
    """A sheet that lies on its long side; all measures in points."""

    name: str
    width: float
    height: float
    left: float = 20 * POINTS_A_MM
    right: float = 15 * POINTS_A_MM
    top: float = 20 * POINTS_A_MM
    bottom: float = 15 * POINTS_A_MM

    @property
    def text_width(self) -> float:
        """How wide what stands on it may be."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """How high what stands on it may be."""
        return self.height - self.top - self.bottom


PAPERS = {
    "a4": Paper(N_("A4"), 297 * POINTS_A_MM, 210 * POINTS_A_MM),
    "f4": Paper(N_("F4"), 330 * POINTS_A_MM, 215 * POINTS_A_MM),
}


@dataclass(frozen=True)
class Setting:
    """How a table is set: the size of its letters and the widths of its columns, in points."""

    size: float
    widths: tuple[float, ...]

    def lines(self, column: int, texts: Iterable[str]) -> int:
        """Estimate how many lines some paragraphs take in a column."""
        room = max(self.widths[column] - PADDING, self.size)
        # What is left free at the ends of lines grows as the column gets narrow.
        return sum(max(1, ceil(breadth(text) * self.size * 1.1 / room)) for text in texts)

    def height(self, lines: int) -> float:
        """Estimate how high a row of so many lines is."""
        return lines * self.size * LINE_HEIGHT + PADDING


@dataclass(frozen=True)
class Column:
    """What stands in a column: its heading, and the paragraphs of its cells.

    Columns of one `group` get one width; in a column of `whole` paragraphs none is broken, if it can be helped.
    """

    heading: str
    cells: Sequence[Sequence[str]]
    group: str = ""
    is_whole: bool = False


def breadth(text: str) -> float:
    """Estimate how wide a text is, in units of its size; made for Bookman, which is wide."""
    return sum(map(_breadth_of, text))


def set_table(paper: Paper, columns: Sequence[Column]) -> Setting:
    """Set a table over the whole width of a sheet, in the largest size whose words are not broken."""
    words = _levelled(columns, [_widest_word(column) for column in columns])
    weights = _levelled(columns, [_usual_cell(column) for column in columns])
    for size in SIZES:
        least = [word * size + PADDING for word in words]
        if sum(least) <= paper.text_width or size == SIZES[-1]:
            break
    least = _narrowed(paper.text_width, least, columns)
    return Setting(size, tuple(_shared_out(paper.text_width, least, weights)))


def has_room(paper: Paper, columns: Sequence[Column]) -> bool:
    """Tell whether a sheet is wide enough for a table in small letters, with none but very long words broken."""
    most = breadth("n" * LONG_WORD)
    words = _levelled(columns, [_widest_word(column) for column in columns])
    least = [
        word if column.is_whole or column.group else min(word, most)
        for word, column in zip(words, columns, strict=True)
    ]
    return sum(word * SIZES[-1] + PADDING for word in least) <= paper.text_width


def _widest_word(column: Column) -> float:
    heading = max((breadth(word) * 1.1 for word in column.heading.split()), default=0)
    most = breadth("n" * LONGEST_WORD)
    texts = {text for cell in column.cells for text in cell}
    if not column.is_whole:
        texts = {word for text in texts for word in text.split()}
    # Several paragraphs are a list, and its words stand a little further in.
    is_listed = not column.is_whole and any(len(cell) > 1 for cell in column.cells)
    return max(heading, min(most, max(map(breadth, texts), default=0)) + is_listed * INDENT)


def _usual_cell(column: Column) -> float:
    """Say how much stands in a cell that nine of ten do not exceed."""
    volumes = sorted(sum(map(breadth, cell)) for cell in column.cells)
    return max(1.0, volumes[len(volumes) * 9 // 10]) if volumes else 1.0


def _levelled(columns: Sequence[Column], measures: list[float]) -> list[float]:
    """Give columns of one group the largest of their measures."""
    groups: dict[str, float] = {}
    for column, measure in zip(columns, measures, strict=True):
        groups[column.group] = max(groups.get(column.group, 0), measure)
    return [
        groups[column.group] if column.group else measure
        for column, measure in zip(columns, measures, strict=True)
    ]


def _shared_out(room: float, least: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Share the room out so that usual cells have equally many lines, but no column is narrower than its words."""

    def taken(rate: float) -> list[float]:
        return [max(one, rate * weight) for one, weight in zip(least, weights, strict=True)]

    widths = taken(_highest(lambda rate: sum(taken(rate)) <= room, room))
    widths[widths.index(max(widths))] += room - sum(widths)
    return widths


def _narrowed(room: float, least: Sequence[float], columns: Sequence[Column]) -> list[float]:
    """Where not even the words have room, let the longest be broken; figures stay whole as long as it goes."""

    def taken(most: float) -> list[float]:
        return [
            one if column.is_whole or column.group else min(one, most)
            for one, column in zip(least, columns, strict=True)
        ]

    narrowed = taken(_highest(lambda most: sum(taken(most)) <= room, room))
    return [one * min(1.0, room / sum(narrowed)) for one in narrowed]


def _highest(fits: Callable[[float], bool], most: float) -> float:
    """Find the highest rate that fits, up to `most`."""
    low, high = 0.0, most
    for _step in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def edges(widths: Iterable[float]) -> list[int]:
    """Give widths as whole twentieths of a point that add up to what they add up to together."""
    places = [0.0]
    for width in widths:
        places.append(places[-1] + width)
    return [round(after * 20) - round(before * 20) for before, after in pairwise(places)]


# Of a free Bookman: hundredths of the size, and the letters that wide. Others: as an o, ideographs as a square.
_WIDTHS = {
    22: "'`", 28: "{}", 30: "!()[]ijl", 32: " ,.:;f\u00a0", 34: "I", 38: '"t', 40: "-", 44: "*r", 48: "z", 50: "_–",
    52: "cesv", 54: "?gy", 56: "ox", 58: "aq", 60: "+/<=>JL\\^|~", 62: "#$0123456789PTbdkp", 64: "FYZ", 66: "Shn",
    68: "Au", 70: "V", 72: "EKRX", 74: "BCN", 78: "Uw", 80: "&DGHO", 82: "@Q", 90: "%", 92: "M", 94: "m", 96: "W",
    100: "—…",
}  # fmt: skip
_KNOWN = {letter: width / 100 for width, letters in _WIDTHS.items() for letter in letters}
_FIRST_IDEOGRAPH = "\u2e80"


def _breadth_of(letter: str) -> float:
    return _KNOWN.get(letter) or (1.0 if letter >= _FIRST_IDEOGRAPH else 0.6)
