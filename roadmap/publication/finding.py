"""Finding in an edition: words, and filters by group, right, office, year, place and status, each with its count.

Pure. A choice is named in addresses by the slug of its Indonesian words, so that an address can be read aloud.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from roadmap.exchange.matrix import Row
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import ACTION_STATUSES
from roadmap.plan.outline import ItemView, Outline
from roadmap.publication.matching import asked_forms, matches, searchable, words_of
from roadmap.text.plain import slug

# What can be chosen from a list, by its name in addresses; words and places are typed.
CHOSEN = ("untuk", "hak", "kantor", "tahun", "status")
TYPED = ("cari", "wilayah")
LONGEST_TYPED = 200
MOST_YEARS = 60

# An action for the whole region is one for every place in it.
_EVERYWHERE = frozenset({"seluruh", "semua", "setiap", "sekota", "sekabupaten"})


@dataclass(frozen=True)
class Entry:
    """An action by what it is found by: the names of its choices with their words, its words, its place."""

    row: Row
    chosen: Mapping[str, Mapping[str, str]]
    words: str
    place: str
    is_everywhere: bool

    def misses(self, asked: "Asked") -> set[str]:
        """Tell by the names of what is asked where it does not fit."""
        missed = {name for name, value in asked.chosen.items() if value not in self.chosen[name]}
        if not matches(self.words, asked.words):
            missed.add("cari")
        if asked.place and not self.is_everywhere and not matches(self.place, asked.place):
            missed.add("wilayah")
        return missed


@dataclass(frozen=True)
class Asked:
    """What a reader asks of an edition: words and a place as typed, and choices by their names."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> list[frozenset[str]]:
        """The words looked for, with their roots."""
        return asked_forms(self.typed.get("cari", ""))

    @cached_property
    def place(self) -> list[frozenset[str]]:
        """The words of the place looked for."""
        return asked_forms(self.typed.get("wilayah", ""))

    @property
    def parameters(self) -> dict[str, str]:
        """What stands in the address."""
        return {**self.typed, **self.chosen}

    def without(self, name: str) -> dict[str, str]:
        """Give what stands in the address without one thing asked."""
        return {key: value for key, value in self.parameters.items() if key != name}

    def __bool__(self) -> bool:
        """Tell whether anything is asked."""
        return bool(self.chosen or self.typed)


@dataclass(frozen=True)
class Option:
    """One choice: its name in addresses, its words, and how many of the actions that fit all else it applies to."""

    name: str
    label: str
    count: int


@dataclass(frozen=True)
class Found:
    """What an edition answers: the actions that fit, in their order, and every list of choices with its counts."""

    rows: Sequence[Row]
    options: Mapping[str, Sequence[Option]]

    def label_of(self, name: str, value: str) -> str:
        """Say a choice in words."""
        return next((option.label for option in self.options[name] if option.name == value), value)


def asked_from(parameters: Mapping[str, str], entries: Sequence[Entry]) -> Asked:
    """Read an address; a choice that no action knows is passed over."""
    chosen = {
        name: value
        for name in CHOSEN
        if (value := parameters.get(name, "")) and any(value in entry.chosen[name] for entry in entries)
    }
    typed = {
        name: words
        for name in TYPED
        if words_of(words := " ".join(parameters.get(name, "").split())[:LONGEST_TYPED])
    }
    return Asked(chosen, typed)


def find(entries: Sequence[Entry], asked: Asked) -> Found:
    """Find the actions that fit; a choice is counted among those that fit everything but its own list."""
    rows: list[Row] = []
    labels: dict[str, dict[str, str]] = {name: {} for name in CHOSEN}
    counts: dict[str, Counter[str]] = {name: Counter() for name in CHOSEN}
    for entry in entries:
        missed = entry.misses(asked)
        if not missed:
            rows.append(entry.row)
        for name in CHOSEN:
            labels[name].update(entry.chosen[name])
            if missed <= {name}:
                counts[name].update(entry.chosen[name].keys())
    return Found(rows, {name: _ordered(name, labels[name], counts[name]) for name in CHOSEN})


def _ordered(name: str, labels: Mapping[str, str], counts: Mapping[str, int]) -> list[Option]:
    found = [Option(one, label, counts[one]) for one, label in labels.items()]
    if name == "tahun":
        return sorted(found, key=lambda one: one.name)
    if name == "status":
        order = [_name_of_status(value) for value in ACTION_STATUSES]
        return sorted(found, key=lambda one: order.index(one.name))
    return sorted(found, key=lambda one: (-one.count, one.label.casefold()))


# --- What an action is found by -----------------------------------------------------------------------


def entry_of(row: Row, plan: Outline, choices: Choices, document: Mapping[str, Any]) -> Entry:
    """Read what an action is found by."""
    action = row.action
    area = str(action.area or "")
    chosen = {
        "untuk": _terms("groups", action.texts("groups"), choices, document),
        "hak": _terms("rights", _rights(action, plan), choices, document),
        "kantor": _offices(action, choices, document),
        "tahun": {str(year): str(year) for year in _years(action)},
        "status": _status(action),
    }
    return Entry(
        row,
        chosen,
        searchable(_texts(row, plan, chosen)),
        searchable([area]),
        not _EVERYWHERE.isdisjoint(words_of(area)),
    )


def _texts(row: Row, plan: Outline, chosen: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    action = row.action
    yield from (str(action.values.get(name) or "") for name in _WORDS)
    yield from (row.lead, *row.supporting)
    yield from (one.label for one in plan.linked(action, "problems"))
    yield from (one.title for one in row.measures)
    for name in ("untuk", "hak"):
        yield from chosen[name].values()


_WORDS = ("title", "code", "area", "expected_result", "description", "success_criteria")


def _rights(action: ItemView, plan: Outline) -> list[str]:
    named = action.texts("rights")
    return named or [uid for problem in plan.linked(action, "problems") for uid in problem.texts("rights")]


def _terms(
    vocabulary: str, uids: Iterable[str], choices: Choices, document: Mapping[str, Any]
) -> dict[str, str]:
    words = choices.terms.get(vocabulary, {})
    return {slug(str(document["terms"][uid]["id"])): words[uid] for uid in uids if words.get(uid)}


def _offices(action: ItemView, choices: Choices, document: Mapping[str, Any]) -> dict[str, str]:
    uids = [uid for uid in (str(action.lead or ""), *action.texts("supporting")) if uid]
    return {
        slug(str(document["organisations"][uid]["name"])): choices.organisations[uid]
        for uid in uids
        if uid in choices.organisations
    }


def _years(action: ItemView) -> range | list[int]:
    days = [int(str(day)[:4]) for day in (action.starts_on, action.ends_on) if day]
    if days and days[0] <= days[-1] < days[0] + MOST_YEARS:
        return range(days[0], days[-1] + 1)
    return sorted({*days, *(int(key[:4]) for key in action.entries("budget"))})


def _status(action: ItemView) -> dict[str, str]:
    value = str(action.status or "")
    return {_name_of_status(value): _(ACTION_STATUSES[value])} if value in ACTION_STATUSES else {}


def _name_of_status(value: str) -> str:
    return value.replace("_", "-")
