"""What every type of field is made of: what it may name, the mistake it tells of, and the plain line of text."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from roadmap.history.models import Plain
from roadmap.history.shapes import Merge
from roadmap.text.lengths import TOO_LONG, excess
from roadmap.text.normal import normalise_line

Raw = dict[str, list[str]]
MOST_ENTRIES = 200
LINE_LIMIT = 500


class FieldError(ValueError):
    """The typed words cannot be stored in this field; the sentence says what to write."""

    def __init__(self, sentence: str, **values: object) -> None:
        """Keep the sentence untranslated."""
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


class Typed(Protocol):
    """A submitted form: all values under a name."""

    def getlist(self, key: str) -> list[str]:
        """Give every value under a name, in order."""
        ...


@dataclass
class Choices:
    """What the fields of one roadmap may name: offices, words of the vocabularies, and its own items."""

    organisations: Mapping[str, str] = field(default_factory=dict)
    organisation_names: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    years: Sequence[int] = ()
    retired: Container[str] = frozenset()


class FieldType:
    """A text of one line; the other types differ where they must."""

    merge = Merge.WHOLE
    widget = "line"
    empty: Plain = ""

    def __init__(self, limit: int = LINE_LIMIT) -> None:
        """Bound the length in characters."""
        self.limit = limit

    def raw(self, name: str, value: Plain) -> Raw:
        """Say what a form holds that shows this value."""
        return {name: [str(value)] if value not in (None, "") else [""]}

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the value a person typed."""
        del choices
        return self._bounded(normalise_line(first(form, name)))

    def load(self, value: Plain) -> object:
        """Turn the plain value into what the column takes."""
        return self.empty if value is None else value

    def references(self, value: Plain) -> set[str]:
        """Give the uids the value names."""
        del value
        return set()

    def _bounded(self, text: str) -> str:
        if told := excess(text, self.limit):
            raise FieldError(TOO_LONG, **told)
        return text


def first(form: Typed, name: str) -> str:
    """Give the first value under a name; empty where there is none."""
    values = form.getlist(name)
    return values[0] if values else ""
