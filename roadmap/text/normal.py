"""The one normaliser: every text passes it on its way in, so that equal words are equal bytes."""

import re
import unicodedata

# Sorting the marks over one letter costs Unicode normalisation their number squared (100 000 marks: 15 s).
# Thirty is what UAX #15 calls stream-safe; no language needs more.
MARKS_PER_LETTER = 30

# Three Tibetan vowels count as letters, yet fall apart into marks.
_LETTERS_MADE_OF_MARKS = frozenset("\u0f73\u0f75\u0f81")

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")

# Controls, lone surrogates, marks that turn the direction of what follows, and the two
# code points that XML (and with it every office document) cannot carry.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]",
)


def normalise(text: str) -> str:
    """Give the text as it is stored: NFC, LF, no controls, surrogates or direction marks, nothing trailing.

    Newlines, tabs and indentation stay. Normalising twice changes nothing more. Raises nothing.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _UNWANTED.sub("", text)
    text = _composed(text)
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip()


def normalise_line(text: str) -> str:
    """Give the text as one stored line: normalised, every run of whitespace one space, none at the ends."""
    return " ".join(normalise(text).split())


def _composed(text: str) -> str:
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", _with_few_marks(text))
    # A kept mark may have become two.
    return _with_few_marks(composed)


def _with_few_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if _is_mark(char) else 0
        if marks <= MARKS_PER_LETTER:
            kept.append(char)
    return "".join(kept)


def _is_mark(char: str) -> bool:
    return char > "\u02ff" and (unicodedata.combining(char) != 0 or char in _LETTERS_MADE_OF_MARKS)
