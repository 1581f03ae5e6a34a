"""What changed between two texts, word by word, as pieces; whoever shows them escapes them like any other words.

Plain text in, plain text out: the Markdown of two versions is never rendered into one (T2.6).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Beyond this a word-by-word comparison would take longer than a page may (see `_effort`).
MOST_EFFORT = 600_000
FEWEST_FOLDED = 2

_WORD = re.compile(r"\S+\s*|\s+")
_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s)\s*|\n+|$)", re.DOTALL)


class Mark(StrEnum):
    """What became of a piece."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    FOLDED = "folded"


@dataclass(frozen=True)
class Piece:
    """A run of words with one fate; a folded one is unchanged and says how many sentences it holds."""

    mark: Mark
    text: str
    sentences: int = 0


def compare(before: str, after: str) -> list[Piece]:
    """Compare two texts: what is the same or added reads as the text after, in order; removed stands before added.

    Spaces do not count, line breaks do. Texts that would take too long are compared line by line, or as wholes.
    """
    return _joined(_pieces(_WORD.findall(before), _WORD.findall(after), as_words=True))


def fold(pieces: list[Piece]) -> list[Piece]:
    """Fold unchanged sentences away, but for the one beside each change."""
    folded: list[Piece] = []
    for index, piece in enumerate(pieces):
        if piece.mark != Mark.SAME:
            folded.append(piece)
            continue
        folded += _fold_one(piece.text, is_first=index == 0, is_last=index == len(pieces) - 1)
    return folded


def _fold_one(text: str, *, is_first: bool, is_last: bool) -> Iterator[Piece]:
    sentences = _SENTENCE.findall(text)
    head = 0 if is_first else 1
    tail = len(sentences) if is_last else len(sentences) - 1
    if tail - head < FEWEST_FOLDED or (is_first and is_last):
        yield Piece(Mark.SAME, text)
        return
    if head:
        yield Piece(Mark.SAME, "".join(sentences[:head]))
    yield Piece(Mark.FOLDED, "".join(sentences[head:tail]), tail - head)
    if tail < len(sentences):
        yield Piece(Mark.SAME, "".join(sentences[tail:]))


def _pieces(old: list[str], new: list[str], *, as_words: bool) -> Iterator[Piece]:
    head = _common_start(old, new)
    tail = _common_start(old[head:][::-1], new[head:][::-1])
    yield Piece(Mark.SAME, "".join(new[:head]))
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail], as_words=as_words)
    yield Piece(Mark.SAME, "".join(new[len(new) - tail :]))


def _middle(old: list[str], new: list[str], *, as_words: bool) -> Iterator[Piece]:
    if _effort(old, new) <= MOST_EFFORT:
        yield from _by_matching(old, new)
    elif as_words:
        yield from _by_lines("".join(old), "".join(new))
    else:
        yield Piece(Mark.REMOVED, "".join(old))
        yield Piece(Mark.ADDED, "".join(new))


def _by_lines(before: str, after: str) -> Iterator[Piece]:
    return _pieces(_LINE.findall(before), _LINE.findall(after), as_words=False)


def _by_matching(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, [_key(one) for one in old], [_key(one) for one in new], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Mark.SAME, "".join(new[k:m]))
        else:
            yield Piece(Mark.REMOVED, "".join(old[i:j]))
            yield Piece(Mark.ADDED, "".join(new[k:m]))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Leave out the empty pieces and put neighbours of one fate together."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].mark == piece.mark:
            joined[-1] = Piece(piece.mark, joined[-1].text + piece.text)
        elif joined and Mark.REMOVED in {piece.mark, joined[-1].mark} and not joined[-1].text[-1].isspace():
            # One of the texts ends here and the other goes on: their words must not run into one.
            joined += _apart(joined.pop(), piece)
        else:
            joined.append(piece)
    return joined


def _apart(first: Piece, second: Piece) -> tuple[Piece, Piece]:
    if first.mark == Mark.REMOVED:
        return Piece(first.mark, f"{first.text} "), second
    return first, Piece(second.mark, f" {second.text}")


def _key(token: str) -> str:
    return " ".join(token.split()) + "\n" * token.count("\n")


def _common_start(old: list[str], new: list[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if _key(one) != _key(other):
            break
        count += 1
    return count


def _effort(old: list[str], new: list[str]) -> int:
    """Foresee what matching costs: pairs of equal words, and words times words where matches lie scattered."""
    counts = Counter(map(_key, old))
    return sum(counts[_key(one)] for one in new) + len(old) * len(new) // 10
