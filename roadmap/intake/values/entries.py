"""Parts one cell into its entries: numbered well or badly, on lines, with semicolons, with marks before them."""

import re
from collections.abc import Callable, Sequence

from roadmap.intake.office_words import EDGES, SIGN
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
Begins = Callable[[str, bool], bool]
# More is a sentence, no list of names.
MOST_SIGNS = 40


def split_entries(text: str) -> list[str]:
    """Give the entries of a cell in order, without their numbers and marks; one for a cell that has but one."""
    entries: list[str] = []
    for line in _whole_lines(normalise(text)):
        for part in _inline(line):
            entries += part.split(";")
    stripped = (_without_head(entry).strip(EDGES) for entry in entries)
    return [entry for entry in stripped if entry]


def split_known(
    text: str, knows: Callable[[str], bool], begins: Begins = lambda _words, _is_and: False
) -> list[str]:
    """Give the entries of a cell of names: what is known as it stands is never cut.

    A comma or an "and" parts an entry where that makes every part known, or where what follows `begins` a name.
    `begins` is told whether an "and" stands before it, which names have within them more often than a comma.
    """
    entries: list[str] = []
    unknown: list[str] = []
    for line in normalise(text).split("\n"):
        bare = _without_head(line).strip(EDGES)
        known = next((words for words in (line.strip(), bare) if words and knows(words)), None)
        if known is None:
            unknown.append(line)
            continue
        entries += _parted("\n".join(unknown), knows, begins)
        unknown = []
        entries.append(known)
    return entries + _parted("\n".join(unknown), knows, begins)


def _parted(text: str, knows: Callable[[str], bool], begins: Begins) -> list[str]:
    entries: list[str] = []
    for entry in split_entries(text):
        entries += [entry] if knows(entry) else _at_signs(entry, knows, begins)
    return entries


def _at_signs(entry: str, knows: Callable[[str], bool], begins: Begins) -> list[str]:
    signs = list(SIGN.finditer(entry))
    if not signs or len(signs) > MOST_SIGNS:
        return [entry]
    starts = [0, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(entry)]
    found = _all_known(entry, starts, ends, knows)
    if found is not None:
        return found
    pieces = [[starts[0], ends[0]]]
    for start, end, sign in zip(starts[1:], ends[1:], signs, strict=True):
        before = entry[pieces[-1][0] : pieces[-1][1]].strip()
        is_short = " " not in before
        is_and = not is_short and not any(mark in sign.group() for mark in ",/+")
        # After a short name of one word comes another name, whatever it is; no name has a plus in it.
        if "+" in sign.group() or begins(entry[start:end], is_and) or (knows(before) and is_short):
            pieces.append([start, end])
        else:
            pieces[-1][1] = end
    return [words for start, end in pieces if (words := entry[start:end].strip(EDGES))]


def _all_known(
    entry: str, starts: Sequence[int], ends: Sequence[int], knows: Callable[[str], bool]
) -> list[str] | None:
    """Part an entry at some of its signs into the fewest pieces that are all known; None where that cannot be."""
    best: list[list[str] | None] = [[], *([None] * len(starts))]
    for last in range(len(starts)):
        for first in range(last + 1):
            before = best[first]
            piece = entry[starts[first] : ends[last]].strip(EDGES)
            if before is None or not knows(piece):
                continue
            whole = best[last + 1]
            if whole is None or len(before) + 1 < len(whole):
                best[last + 1] = [*before, piece]
    return best[-1]


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
