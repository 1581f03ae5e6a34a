"""Whom and what the words of a table name: offices, words of the vocabularies, items of the plan or of the same file.

Each distinct name is looked up once; what is not known for certain is asked once, however many cells hold it.
"""

from collections.abc import Mapping, Sequence

from roadmap.intake.asked_once import LEAVE, MOST_OPTIONS, Answer, AskedOnce, same_as
from roadmap.intake.candidates import Asks, Option, Question, Where
from roadmap.intake.item_names import ItemNames
from roadmap.intake.likeness import Register, fold
from roadmap.intake.office_names import OfficeNames
from roadmap.intake.synonyms import GROUP_WORDS, RIGHT_WORDS
from roadmap.people.models import Organisation
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import SOURCES
from roadmap.text.words import N_

_TERM_WORDS = {"rights": RIGHT_WORDS, "groups": GROUP_WORDS}


class Names:
    """All that the cells of a table may name, and what has to be asked about them; the rest as ItemNames."""

    def __init__(
        self,
        choices: Choices,
        offices: Sequence[Organisation],
        answers: Mapping[str, str],
        own: Mapping[str, Mapping[str, str]] | None = None,
        *,
        numbers: Mapping[str, str] | None = None,
        years: Mapping[str, tuple[int | None, int | None]] | None = None,
    ) -> None:
        """Take what may be named, and the answers given so far."""
        self.choices = choices
        self._asking = AskedOnce(answers)
        self.offices = OfficeNames(self._asking, choices, offices)
        self.items = ItemNames(self._asking, choices, own or {}, numbers or {}, years or {})
        self._terms: dict[str, Register] = {}

    @property
    def questions(self) -> list[Question]:
        """What was asked so far and has no answer yet, or one that may still be changed."""
        return self._asking.questions

    def first_time(self, *words: str) -> bool:
        """Tell whether this is asked for the first time, for what is said once a column and not once a cell."""
        return self._asking.first_time(*words)

    def term(self, vocabulary: str, typed: str, where: Where) -> str | None:
        """Give the uid of the word a text means; None where it has to be asked, or is to be left out."""
        return self._asking.find(
            f"term {vocabulary}", typed, where, lambda words: self._term(vocabulary, words)
        )

    def knows_term(self, vocabulary: str, typed: str) -> bool:
        """Tell whether a text is a word of a vocabulary, without asking anything."""
        return self._known_term(vocabulary, typed) is not None

    def _known_term(self, vocabulary: str, typed: str) -> str | None:
        known = self.choices.terms.get(vocabulary, {})
        if typed in known:
            return typed
        register = self._register_of_terms(vocabulary)
        same = register.same(typed)
        if len(same) == 1:
            return same[0]
        # What people write for it, where the vocabulary still has the word it stands for.
        word = _TERM_WORDS.get(vocabulary, {}).get(fold(typed))
        meant = register.same(word) if word else []
        return meant[0] if len(meant) == 1 else None

    def _term(self, vocabulary: str, typed: str) -> Answer:
        found = self._known_term(vocabulary, typed)
        if found:
            return Answer(found)
        known = self.choices.terms.get(vocabulary, {})
        likely = [uid for uid, _likeness in self._register_of_terms(vocabulary).twins(typed, 0.5)]
        others = [uid for uid in known if uid not in likely and uid not in self.choices.retired]
        key = f"term:{vocabulary}:{fold(typed)}"
        options = tuple(same_as(uid, known[uid]) for uid in [*likely, *others][:MOST_OPTIONS])
        self._asking.ask(Question(key, Asks.TERM, typed, (*options, Option(LEAVE, N_("Lewati kata ini")))))
        return self._asking.settled(key, known)

    def _register_of_terms(self, vocabulary: str) -> Register:
        if vocabulary not in self._terms:
            self._terms[vocabulary] = Register(self.choices.terms.get(vocabulary, {}))
        return self._terms[vocabulary]

    def source(self, typed: str, where: Where) -> str | None:
        """Give the source of money that a person chose for words nobody knows; None where it has to be asked."""
        return self._asking.find("source", typed, where, self._source)

    def _source(self, typed: str) -> Answer:
        key = f"source:{fold(typed)}"
        options = tuple(Option(source, words) for source, words in SOURCES.items())
        self._asking.ask(Question(key, Asks.SOURCE, typed, options))
        answer = self._asking.answers.get(key, "")
        return Answer(answer) if answer in SOURCES else Answer(asked=key)
