"""One form for every kind, built from `kinds.py`: what its boxes hold, how they are read, what is to be mended."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from roadmap.errors import NotValid
from roadmap.history.models import Plain, Snapshot
from roadmap.plan.fields import Choices, FieldError, Raw
from roadmap.plan.kinds import Field, Kind
from roadmap.text.lengths import LONGEST_REASON, TOO_LONG, excess
from roadmap.text.normal import normalise
from roadmap.text.words import N_

MOST_VERSIONS = 10**9
INCOMPLETE = N_("Formulir ini tidak lengkap. Buka lagi halamannya dan coba sekali lagi.")
Submitted = MultiDict[str, str]


@dataclass
class ItemForm:
    """A form as shown or as sent: the fields it carries, what their boxes hold, their values and messages."""

    kind: Kind
    fields: tuple[Field, ...]
    choices: Choices
    raw: Raw = field(default_factory=dict)
    values: Snapshot = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    base_version: int | None = None
    reason: str = ""
    # The fields that kept words were put into and that differ from the plan.
    brought: list[str] = field(default_factory=list)
    key: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """The messages in the order of the fields, each with the box it leads to."""
        known = [one.name for one in self.fields]
        names = sorted(self.errors, key=lambda name: known.index(name) if name in known else -1)
        return [(self.anchor(name) if name in known else "", self.errors[name]) for name in names]

    def anchor(self, name: str) -> str:
        """Name the first box of a field, for the link in the summary of errors."""
        first = {"month": "-month", "money": "-0-year", "targets": "-0-year", "evidence": "-0-title"}
        return name + first.get(self.kind.by_name[name].type.widget, "")

    def box(self, name: str) -> str:
        """Give the words in a box."""
        values = self.raw.get(name)
        return values[0] if values else ""

    def boxes(self, name: str) -> list[str]:
        """Give every value under a name."""
        return self.raw.get(name, [])

    def rows(self, one: Field, spare: int = 3, years: Sequence[int] = ()) -> list[list[tuple[str, str, str]]]:
        """Give the rows of a map as (name, part, words), filled ones first, then some to spare, years suggested."""
        parts: tuple[str, ...] = getattr(one.type, "parts", ())
        filled = []
        for index in range(len(self.raw) + 1):
            row = [(part, self.box(f"{one.name}-{index}-{part}")) for part in parts]
            if any(words for _part, words in row):
                filled.append(row)
        taken = {words for row in filled for part, words in row if part == "year"}
        suggested = [str(year) for year in years if str(year) not in taken][: max(spare, 0)]
        for index in range(spare):
            year = suggested[index] if index < len(suggested) and one.type.widget == "targets" else ""
            filled.append([(part, year if part == "year" else "") for part in parts])
        return [
            [(f"{one.name}-{index}-{part}", part, words) for part, words in row]
            for index, row in enumerate(filled)
        ]

    def group_of(self, name: str) -> list[Field]:
        """Give the carried fields of a group of the form."""
        return [one for one in self.fields if one.group == name]

    def is_open(self, name: str) -> bool:
        """Tell whether a group holds a message or words that were brought, so that it opens itself."""
        return any(one.name in self.errors or one.name in self.brought for one in self.group_of(name))


def form_of(
    kind: Kind, values: Mapping[str, Plain], names: Iterable[str], choices: Choices, version: int
) -> ItemForm:
    """Fill a form with an item's values."""
    wanted = set(names)
    fields = tuple(one for one in kind.fields if one.name in wanted)
    raw: Raw = {}
    for one in fields:
        raw |= one.type.raw(one.name, values.get(one.name))
    held = {one.name: values.get(one.name) for one in fields}
    return ItemForm(kind, fields, choices, raw, held, base_version=version)


def read_form(kind: Kind, sent: Submitted, choices: Choices) -> ItemForm:
    """Read a form that was sent: the fields it names, their values, and a message for each that cannot be stored.

    A field that is named and absent is emptied; one that is not named stays as it is. Raises NotValid for a
    form that names no field, or one that this kind does not have.
    """
    named = {word for value in sent.getlist("fields") for word in normalise(value).split()}
    unknown = named - set(kind.by_name)
    if not named or unknown:
        raise NotValid(sentence=INCOMPLETE)
    form = ItemForm(kind, tuple(one for one in kind.fields if one.name in named), choices)
    form.raw = {name: [normalise(value) for value in sent.getlist(name)] for name in sent}
    form.reason = normalise(sent.get("reason", ""))
    if told := excess(form.reason, LONGEST_REASON):
        form.errors["reason"] = _(TOO_LONG, **told)
    for one in form.fields:
        try:
            form.values[one.name] = one.type.parse(one.name, sent, choices)
        except FieldError as problem:
            form.errors[one.name] = in_words(problem)
    return form


def in_words(problem: FieldError) -> str:
    """Say in the reader's language what is to be mended in a field."""
    return _(problem.sentence, **problem.values) if problem.values else _(problem.sentence)


def read_base_version(sent: Submitted) -> int:
    """Read the version a form was filled from. Raises NotValid where it is missing or malformed."""
    text = sent.get("base_version", "")
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text[:12]) <= MOST_VERSIONS:
        raise NotValid(sentence=INCOMPLETE)
    return int(text)


def raw_of(form: ItemForm, values: Snapshot) -> Raw:
    """Say what the boxes hold for merged values, for the hidden part of the page of a clash."""
    raw: Raw = {}
    for one in form.fields:
        raw |= one.type.raw(one.name, values.get(one.name))
    return raw
