"""What somebody looks for, read tolerantly from whatever they typed; and what in a text answers it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap.text.finding import forms_of, words_of
from roadmap.text.normal import normalise_line

LONGEST_QUESTION = 200
MOST_WORDS = 8


@dataclass(frozen=True)
class Sought:
    """One word that is looked for, with its other forms; the last one of a question may go on."""

    word: str
    goes_on: bool = False

    @property
    def forms(self) -> frozenset[str]:
        """The word and what shares a root with it."""
        return forms_of(self.word)

    def is_met_by(self, word: str) -> bool:
        """Tell whether a folded word answers."""
        return word in self.forms or (self.goes_on and word.startswith(self.word))

    def stands_in(self, names: Iterable[str]) -> bool:
        """Tell whether the word, or the beginning of it, stands in one of these names; names have no other forms."""
        return any(
            word == self.word or (self.goes_on and word.startswith(self.word))
            for name in names
            for word in words_of(name)
        )


@dataclass(frozen=True)
class Asked:
    """A question: the words as they were typed, for showing them again, and those that are looked for."""

    typed: str
    sought: tuple[Sought, ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self.sought)

    def is_met_by(self, word: str) -> bool:
        """Tell whether a folded word answers any part of the question."""
        return any(one.is_met_by(word) for one in self.sought)


def read_question(typed: str) -> Asked:
    """Read a question: its first words, each once; quotes, signs and operators part words and mean nothing.

    Raises nothing, whatever is typed.
    """
    line = normalise_line(typed[: LONGEST_QUESTION * 10])[:LONGEST_QUESTION]
    words = list(dict.fromkeys(words_of(line)))[:MOST_WORDS]
    last = len(words) - 1
    return Asked(line, tuple(Sought(word, place == last) for place, word in enumerate(words)))
