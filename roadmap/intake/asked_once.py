"""What the names of a table come to: each distinct name is looked up once, and asked about once at the most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from roadmap.intake.candidates import Option, Question, Where
from roadmap.intake.likeness import fold
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_

JOIN, NEW, LEAVE, PART = "join:", "new", "leave", "part"
LONGEST_NAME = 1_200
MOST_CELLS_NAMED = 200
MOST_OPTIONS = 60


@dataclass
class _Asked:
    """A question in the making: the cells are added as the name turns up again."""

    question: Question
    where: list[Where] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """What a name comes to; `asked` is the key of the question it waits for."""

    found: str | None = None
    asked: str | None = None


class AskedOnce:
    """The questions about the names of one table, with the answers given so far."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        """Take the answers given so far, by the keys of their questions."""
        self.answers = answers
        self._asked: dict[str, _Asked] = {}
        self._told: dict[tuple[str, str], Answer] = {}
        self._once: set[tuple[str, ...]] = set()

    @property
    def questions(self) -> list[Question]:
        """What was asked so far and has no answer yet, or one that may still be changed."""
        return [
            replace(one.question, where=tuple(one.where[:MOST_CELLS_NAMED])) for one in self._asked.values()
        ]

    def first_time(self, *words: str) -> bool:
        """Tell whether this is asked for the first time, for what is said once a column and not once a cell."""
        is_first = words not in self._once
        self._once.add(words)
        return is_first

    def find(self, sort: str, typed: str, where: Where, look: Callable[[str], Answer]) -> str | None:
        """Give what a name comes to; it is looked up the first time, and its question learns of every cell.

        `sort` begins the key of the question, and parts names that are written alike.
        """
        words = normalise_line(typed)[:LONGEST_NAME]
        if not words:
            return None
        asked = (sort, words)
        if asked not in self._told:
            self._told[asked] = look(words)
        key = _key_of(sort, words)
        if key in self._asked:
            self._asked[key].where.append(where)
        return self._told[asked].found

    def ask(self, question: Question) -> None:
        """Ask a question, if it was not asked yet."""
        self._asked.setdefault(question.key, _Asked(question))

    def settled(self, key: str, known: Mapping[str, str]) -> Answer:
        """Give what a question was answered with: one of what is known, or that the name is to be left out."""
        answer = self.answers.get(key, "")
        if answer.startswith(JOIN) and answer.removeprefix(JOIN) in known:
            return Answer(answer.removeprefix(JOIN))
        return Answer(asked=None if answer == LEAVE else key)


def same_as(uid: str, name: str) -> Option:
    """Offer that a name means what is known already."""
    return Option(JOIN + uid, N_("Sama dengan “%(name)s”"), {"name": name})


def _key_of(sort: str, words: str) -> str:
    name = fold(words)
    match sort.split():
        case ["term", vocabulary]:
            return f"term:{vocabulary}:{name}"
        case ["item", kind]:
            return f"link:{kind}:{name}"
        case ["source"]:
            return f"source:{name}"
        case ["parent", *_kind]:
            return f"parent:{name}"
    return f"owner:{name}"
