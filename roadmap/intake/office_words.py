"""What a piece of a cell of names looks like by itself: an office, its short name, or nobody in particular. Pure."""

import re

from roadmap.intake.likeness import fold
from roadmap.intake.synonyms import LIST_HEADS, MANY_WORDS, NO_OFFICE, OFFICE_WORDS

EDGES = " \t;,"
SIGN = re.compile(r"\s?[,/&+]\s?(?:(?:dan|serta|and)\s)?|\s(?:dan|serta|and)\s", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]{2,11}")


def split_at_signs(text: str) -> list[str]:
    """Give the parts of a text between all its commas, ands and strokes, whatever they are."""
    parts = [part.strip(EDGES) for part in SIGN.split(text)]
    return [part for part in parts if part]


def begins_office(typed: str, *, is_and: bool) -> bool:
    """Tell whether a text that follows a sign looks like the name of another office, or the beginning of one.

    After an "and" a few capitals may also end the name before them: "Dinas Sosial dan P3A".
    """
    words = fold(typed).split()
    if is_no_office(typed) or (len(words) > 1 and words[0] in LIST_HEADS):
        return True
    if len(words) == 1 and words[0] in OFFICE_WORDS:
        return True
    return not is_and and _CAPITALS.fullmatch(typed.strip()) is not None


def is_no_office(typed: str) -> bool:
    """Tell whether words speak of many at once, or of nobody in particular: "seluruh kecamatan", "masyarakat"."""
    words = fold(typed).split()
    return fold(typed) in NO_OFFICE or (len(words) > 1 and words[0] in MANY_WORDS)
