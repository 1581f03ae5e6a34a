"""An edition told to people who did not write it: what is there, what is wrong, what will be done, by whom.

Pure but for the words of the reader's language: a document in, plain words out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from roadmap.errors import NotThere
from roadmap.exchange.matrix import Row, rows_of
from roadmap.people.models import Region, RegionKind
from roadmap.plan.document import choices_from, outline_from
from roadmap.plan.fields import Choices
from roadmap.plan.numbers import Numbers, numbers_of
from roadmap.plan.outline import ItemView, Outline
from roadmap.publication.finding import Entry, entry_of
from roadmap.publication.talk import Talk, talks_of
from roadmap.text.plain import slug

SHORTEST_NAME = 8


@dataclass(frozen=True)
class Responsible:
    """An office or organisation with the actions it answers for and the number of those it helps with."""

    name: str
    slug: str
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

    @cached_property
    def entries(self) -> list[Entry]:
        """The actions by what they are found by, in the order of their numbers."""
        return [entry_of(row, self.plan, self.choices, self.document) for row in self.rows]

    @cached_property
    def talks(self) -> list[Talk]:
        """What was said in public, what is still open first."""
        return talks_of(self.document, self.plan)

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

    def region(self, zone: str) -> Region:
        """Give the region with its words as they were read; a row of no database."""
        words = self.document["region"]
        return Region(
            uid=words["uid"],
            slug=words["slug"],
            kind=RegionKind(words["kind"]),
            name=words["name"],
            province=words["province"],
            planning_agency=words["planning_agency"],
            is_example=words["is_example"],
            zone=zone,
        )

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
            Responsible(names[uid], slug(names[uid]), leads.get(uid, []), helps.get(uid, 0))
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

    # --- By what name an item is read ----------------------------------------------------------------

    @cached_property
    def _by_name(self) -> dict[str, str]:
        # Of items whose first signs are the same the first keeps the short name; the whole uid always serves.
        names: dict[str, str] = {}
        for _kind, uid in self.document["order"]:
            names.setdefault(uid[:SHORTEST_NAME], uid)
        return names

    def name_of(self, item: ItemView) -> str:
        """Give the short name of an item in addresses: the first signs of its uid."""
        short = item.uid[:SHORTEST_NAME]
        return short if self._by_name.get(short) == item.uid else item.uid

    def named(self, kind: str, name: str) -> ItemView:
        """Find an item of a kind by its name in addresses. Raises NotThere."""
        item = self.plan.by_uid.get(self._by_name.get(name, name))
        if item is None or item.kind != kind:
            raise NotThere
        return item

    def row_of(self, action: ItemView) -> Row:
        """Give an action in words."""
        return next(row for row in self.rows if row.action.uid == action.uid)

    def beside(self, item: ItemView) -> tuple[ItemView | None, ItemView | None]:
        """Give the items before and after one, in the order of their numbers."""
        siblings = self.numbers.actions if item.kind == "action" else self.plan.items[item.kind]
        place = next(index for index, one in enumerate(siblings) if one.uid == item.uid)
        before = siblings[place - 1] if place else None
        return before, siblings[place + 1] if place + 1 < len(siblings) else None
