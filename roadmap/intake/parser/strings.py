"""The texts that the cells of a workbook share; and how a workbook writes letters that XML cannot carry."""

import re

from roadmap.intake.books import MOST_LETTERS
from roadmap.intake.parser.faults import Fault, Refused
from roadmap.intake.parser.grid import too_much
from roadmap.intake.parser.parts import DEEPEST, Parts, local, safe_parser

MOST_STRINGS = 1_000_000
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Give the letters that stand as _x000D_ in a workbook."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


class StringReader:
    """Reads the shared texts, their runs joined, the readings of foreign letters left out."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: list[str] = []
        self._pieces: list[str] = []
        self._letters = 0
        self._depth = 0
        self._is_read = self._is_reading_aid = False
        self._item = self._text = self._aid = ""

    def read(self, parts: Parts, name: str) -> list[str]:
        """Read them all. Raises Refused where they are too many."""
        parser = safe_parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._letter
        parts.parse(name, parser)
        return self._found

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if name == self._text:
            self._is_read = not self._is_reading_aid
        elif name == self._item:
            self._pieces = []
        elif name == self._aid:
            self._is_reading_aid = True
        elif self._depth == 1:
            # The names have the prefix that the first element has.
            prefix = name.removesuffix(local(name))
            self._item, self._text, self._aid = prefix + "si", prefix + "t", prefix + "rPh"
        elif self._depth > DEEPEST:
            raise Refused(Fault.DISGUISED)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == self._text:
            self._is_read = False
        elif name == self._item:
            self._found.append(unescaped("".join(self._pieces)))
            if len(self._found) > MOST_STRINGS:
                raise too_much()
        elif name == self._aid:
            self._is_reading_aid = False

    def _letter(self, letters: str) -> None:
        if self._is_read:
            self._letters += len(letters)
            if self._letters > MOST_LETTERS:
                raise too_much()
            self._pieces.append(letters)
