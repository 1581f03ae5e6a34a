"""An edition told to people who did not write it: what is there, what is wrong, what will be done, by whom.

Pure but for the words of the reader's language: a document in, plain words out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from roadmap.exchange.matrix import Row, rows_of
from roadmap.plan.document import choices_from, outline_from
from roadmap.plan.fields import Choices
from roadmap.plan.numbers import Numbers, numbers_of
from roadmap.plan.outline import ItemView, Outline
from roadmap.text.plain import slug


@dataclass(frozen=True)
class Group:
    """A group of people, by what it is called, and for how many actions it is named."""

    name: str
    label: str
    count: int


@dataclass(frozen=True)
class Responsible:
    """An office or organisation with the numbers of the actions it answers for and of those it helps with."""

    name: str
    leads: Sequence[ItemView]
    helps: int


class Reading:
    """One document, read."""

    def __init__(self, document: Mapping[str, Any], language: str) -> None:
        """Read the plan and the words of the document."""
        self.document = document
        self.plan: Outline = outline_from(document)
        self.choices: Choices = choices_from(document, language)

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of the items."""
        return numbers_of(self.plan)

    @cached_property
    def rows(self) -> list[Row]:
        """The actions in words, in the order of their numbers."""
        return rows_of(self.plan, self.choices, self.numbers)

    @property
    def title(self) -> str:
        """The roadmap's title."""
        return self.plan.title

    @property
    def language(self) -> str:
        """The language the roadmap is written in."""
        return str(self.document["roadmap"].get("language") or "id")

    @property
    def years(self) -> tuple[int, int] | None:
        """The period, where it is complete."""
        start, end = (self.document["roadmap"].get(name) for name in ("year_from", "year_to"))
        return (start, end) if isinstance(start, int) and isinstance(end, int) else None

    @cached_property
    def groups(self) -> list[Group]:
        """The groups that actions name, those named most often first."""
        counts: dict[str, int] = {}
        for action in self.plan.items["action"]:
            for uid in set(action.texts("groups")):
                counts[uid] = counts.get(uid, 0) + 1
        words = self.choices.terms.get("groups", {})
        found = [Group(self._name_of(uid), words.get(uid, ""), count) for uid, count in counts.items()]
        return sorted((one for one in found if one.label), key=lambda one: (-one.count, one.label))

    def rows_for(self, group: Group) -> list[Row]:
        """Give the actions that name a group."""
        return [
            row
            for row in self.rows
            if group.name in {self._name_of(uid) for uid in row.action.texts("groups")}
        ]

    @cached_property
    def responsible(self) -> list[Responsible]:
        """Who answers for what, by name; those who only help come along."""
        leads: dict[str, list[ItemView]] = {}
        helps: dict[str, int] = {}
        for action in self.numbers.actions:
            if action.lead:
                leads.setdefault(str(action.lead), []).append(action)
            for uid in action.texts("supporting"):
                helps[uid] = helps.get(uid, 0) + 1
        names = self.choices.organisations
        found = [
            Responsible(names[uid], leads.get(uid, []), helps.get(uid, 0))
            for uid in sorted({*leads, *helps})
            if uid in names
        ]
        return sorted(found, key=lambda one: (not one.leads, one.name.casefold()))

    @cached_property
    def money(self) -> dict[str, int]:
        """The money of all actions for each year."""
        years: dict[str, int] = {}
        for action in self.plan.items["action"]:
            for key, amount in action.entries("budget").items():
                year = key.split(" ", 1)[0]
                years[year] = years.get(year, 0) + int(amount)
        return dict(sorted(years.items()))

    def _name_of(self, uid: str) -> str:
        """Name a word of a vocabulary in an address, by its Indonesian label."""
        return slug(str(self.document["terms"].get(uid, {}).get("id", "")))
