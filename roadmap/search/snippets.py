"""What is shown of a text that was found: a piece of it around the first answering word, parted at every such word.

Pure: the parts are escaped and marked by the template.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap.search.rules import Asked
from roadmap.text.finding import words_of
from roadmap.text.plain import plain

LENGTH, BEFORE = 220, 60
_WORD = re.compile(r"[^\W_]+")
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Part:
    """A run of letters of a snippet; one that answers the question is marked."""

    words: str
    is_marked: bool


def parted(text: str, asked: Asked) -> list[Part]:
    """Part a line of text at the words that answer."""
    parts: list[Part] = []
    done = 0
    for start, end in _answers(text, asked):
        if start > done:
            parts.append(Part(text[done:start], is_marked=False))
        parts.append(Part(text[start:end], is_marked=True))
        done = end
    if done < len(text):
        parts.append(Part(text[done:], is_marked=False))
    return parts


def snippet_of(source: str, asked: Asked) -> list[Part]:
    """Give a piece of a Markdown text around the first word that answers; nothing where none does."""
    text = " ".join(plain(source).split())
    first = next(_answers(text, asked), None)
    if first is None:
        return []
    start = _beginning(text, first[0])
    end = _ending(text, start + LENGTH, first[1])
    parts = parted(text[start:end], asked)
    if start:
        parts.insert(0, Part(_ELLIPSIS, is_marked=False))
    if end < len(text):
        parts.append(Part(_ELLIPSIS, is_marked=False))
    return parts


def _answers(text: str, asked: Asked) -> Iterator[tuple[int, int]]:
    for found in _WORD.finditer(text):
        if any(asked.is_met_by(word) for word in words_of(found.group())):
            yield found.span()


def _beginning(text: str, place: int) -> int:
    if place <= BEFORE:
        return 0
    space = text.find(" ", place - BEFORE, place)
    return place if space < 0 else space + 1


def _ending(text: str, wanted: int, least: int) -> int:
    if wanted >= len(text):
        return len(text)
    space = text.rfind(" ", least, wanted)
    return max(wanted, least) if space < 0 else space
