"""Parts one cell into its entries: numbered well or badly, on lines, with semicolons, with marks before them."""

import re
from collections.abc import Callable, Sequence

from roadmap.text.normal import normalise

# "1.", "1)", "(1)", "1 .", "1.)", "1,": a number never stands alone, so that 1.500 and 2.08.03 stay whole.
_NUMBER = r"\(?\d{1,2}\s?(?:\.\)|[.),](?!\d))"
_LETTER = r"\(?[a-z][.)](?=\s)"
_MARK = r"[-–—•·▪●○◦✓✔*>](?=\s)|[•·▪●○◦✓✔]"
_HEAD = re.compile(rf"\s*(?:(?P<number>{_NUMBER})|(?P<letter>{_LETTER})|(?P<mark>{_MARK}))\s*")
_INLINE_NUMBER = re.compile(rf"(?:(?<=\s)|(?<=[;,.])|^){_NUMBER}\s*(?=[^\W\d_])")
_INLINE_LETTER = re.compile(r"(?:(?<=\s)|(?<=[;,])|^)\(?([a-z])[.)]\s+(?=[^\W\d_])")
_CONTINUES = re.compile(r"(?:dan|serta|dengan|atau|&|and|of)\s", re.IGNORECASE)
_IS_CONTINUED = re.compile(r"(?:\s(?:dan|serta|dengan|atau|and|of)|[&(,/-])$", re.IGNORECASE)
_EDGES = " \t;,"


def split_entries(text: str) -> list[str]:
    """Give the entries of a cell in order, without their numbers and marks; one for a cell that has but one."""
    entries: list[str] = []
    for line in _whole_lines(normalise(text)):
        for part in _inline(line):
            entries += part.split(";")
    stripped = (_without_head(entry).strip(_EDGES) for entry in entries)
    return [entry for entry in stripped if entry]


def split_known(text: str, knows: Callable[[str], bool], splits: Sequence[str] = ()) -> list[str]:
    """Give the entries of a cell of names: what is known as it stands is never cut.

    `splits` are further signs ("," or " dan ") that may part an entry, used only where every part is known.
    """
    entries: list[str] = []
    unknown: list[str] = []
    for line in normalise(text).split("\n"):
        if line.strip() and (knows(line.strip()) or knows(_without_head(line).strip(_EDGES))):
            entries += _parted("\n".join(unknown), knows, splits)
            unknown = []
            entries.append(line.strip() if knows(line.strip()) else _without_head(line).strip(_EDGES))
        else:
            unknown.append(line)
    return entries + _parted("\n".join(unknown), knows, splits)


def _parted(text: str, knows: Callable[[str], bool], splits: Sequence[str]) -> list[str]:
    entries = []
    for entry in split_entries(text):
        entries += _finer(entry, knows, splits)
    return entries


def _finer(entry: str, knows: Callable[[str], bool], splits: Sequence[str]) -> list[str]:
    if knows(entry):
        return [entry]
    for sign in splits:
        parts = [_without_word(part).strip(_EDGES) for part in entry.split(sign)]
        parts = [part for part in parts if part]
        if len(parts) > 1:
            pieces = [piece for part in parts for piece in _finer(part, knows, splits)]
            if all(knows(piece) for piece in pieces):
                return pieces
    return [entry]


def _without_word(part: str) -> str:
    found = re.match(r"\s*(?:dan|serta|and|&)\s", part, re.IGNORECASE)
    return part[found.end() :] if found else part


def _whole_lines(text: str) -> list[str]:
    """Join lines that were broken to fit a narrow cell."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    are_numbered = bool(lines) and _HEAD.match(lines[0]) is not None and len(lines) > 1
    whole: list[str] = []
    for line in lines:
        head = _HEAD.match(line)
        if whole and head is None and (are_numbered or _goes_on(whole[-1], line)):
            whole[-1] = f"{whole[-1]} {line}"
        else:
            whole.append(line)
    return whole


def _goes_on(before: str, line: str) -> bool:
    if before.endswith(";"):
        return False
    return bool(
        _CONTINUES.match(line) or _IS_CONTINUED.search(before[-12:]) or before.count("(") > before.count(")")
    )


def _inline(line: str) -> list[str]:
    """Part "1. A 2. B" and "a. A b. B", where the first stands at the beginning."""
    for pattern in (_INLINE_NUMBER, _INLINE_LETTER):
        heads = list(pattern.finditer(line))
        if len(heads) > 1 and not line[: heads[0].start()].strip() and _counts_on(heads):
            ends = [*(head.start() for head in heads[1:]), len(line)]
            return [line[head.end() : end] for head, end in zip(heads, ends, strict=True)]
    return [line]


def _counts_on(heads: Sequence[re.Match[str]]) -> bool:
    """Tell whether letters follow one another; badly counted numbers are numbers all the same."""
    if heads[0].re.groups == 0:
        return True
    letters = [head.group(1) for head in heads]
    return letters == [chr(ord(letters[0]) + place) for place in range(len(letters))] and letters[0] == "a"


def _without_head(entry: str) -> str:
    head = _HEAD.match(entry)
    return entry[head.end() :] if head else entry
