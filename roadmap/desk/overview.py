"""A roadmap at a glance: what one reading of the plan gives to its three views, and to whom it offers what.

Pure: an outline and a person's roles in, blocks, rows and groups out. Words are said by the templates.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from roadmap.exchange.matrix import Row, add_up, budget_total
from roadmap.people.roles import Act, Role, Stage, may
from roadmap.plan.fields import Choices
from roadmap.plan.findings import Finding, findings_of
from roadmap.plan.numbers import Numbers, numbers_of
from roadmap.plan.outline import ItemView, Outline

MOST_UNDER_ONE = 50
OPEN_PROBLEMS = 20
PER_PAGE = 100


@dataclass(frozen=True)
class Overview:
    """One reading of a plan, with what this reader may do to it; of a filtered one `whole` is all of it."""

    plan: Outline
    choices: Choices
    stage: Stage
    roles: frozenset[Role]
    offices: frozenset[str]
    is_past: bool = False
    whole: "Overview | None" = None

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of the items, which they keep when others are left out."""
        if self.whole is None:
            return numbers_of(self.plan)
        numbers = self.whole.numbers
        return Numbers(numbers.of, [action for action in numbers.actions if action.uid in self.plan.by_uid])

    @cached_property
    def findings(self) -> list[Finding]:
        """What is missing; of a moment that has passed nothing, because nobody can mend it there."""
        if self.whole is not None:
            return self.whole.findings
        return [] if self.is_past else findings_of(self.plan)

    @cached_property
    def findings_on(self) -> Mapping[str, list[Finding]]:
        """What is missing, by the item it is mended on; what an indicator lacks stands on its action."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            if finding.item is not None:
                found[str(finding.item.values.get("action") or finding.item.uid)].append(finding)
        return found

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing but the cover has been written, whatever a filter leaves."""
        if self.whole is not None:
            return self.whole.is_empty
        return not any(self.plan.items[kind] for kind in ("section", "modality", "problem", "action"))

    @property
    def may_write(self) -> bool:
        """Tell whether the reader may add, move and edit everything now."""
        return may(self.roles, Act.EDIT, self.stage)

    @property
    def may_edit_some(self) -> bool:
        """Tell whether the reader may edit actions now, all of them or those of the own office."""
        if self.is_past:
            return False
        return self.may_write or may(self.roles, Act.EDIT_OWN_OFFICE, self.stage)

    def may_edit(self, item: ItemView) -> bool:
        """Tell whether the reader may edit an item now."""
        if self.may_write:
            return True
        if not may(self.roles, Act.EDIT_OWN_OFFICE, self.stage):
            return False
        action = self.plan.by_uid.get(str(item.values.get("action"))) if item.kind == "indicator" else item
        return action is not None and action.kind == "action" and self.is_own(action)

    def is_own(self, action: ItemView) -> bool:
        """Tell whether one of the reader's offices leads or supports an action."""
        return not {str(action.lead), *action.texts("supporting")}.isdisjoint(self.offices)

    @cached_property
    def own_missing(self) -> list[Finding]:
        """What is missing on the actions of the reader's offices."""
        return [
            finding
            for action in self.plan.items["action"]
            if self.is_own(action)
            for finding in self.findings_on.get(action.uid, [])
        ]


@dataclass(frozen=True)
class Block:
    """A problem with actions beneath it, or actions that answer none; `hidden` ones stand on the list of actions."""

    problem: ItemView | None
    actions: Sequence[ItemView]
    hidden: int = 0
    missing: int = 0
    is_folded: bool = False

    @property
    def weight(self) -> int:
        """How much of a page it takes."""
        return len(self.actions) + 1

    @property
    def count(self) -> int:
        """How many actions there are."""
        return len(self.actions) + self.hidden


def chain_of(overview: Overview) -> list[Block]:
    """Give each problem with its actions beneath, then the actions that answer none."""
    blocks = []
    for place, problem in enumerate(overview.plan.items["problem"]):
        actions = _in_order(overview, problem)
        missing = sum(len(overview.findings_on.get(one.uid, [])) for one in (problem, *actions))
        shown = actions[:MOST_UNDER_ONE]
        blocks.append(Block(problem, shown, len(actions) - len(shown), missing, place >= OPEN_PROBLEMS))
    loose = overview.plan.loose_actions
    blocks += [
        Block(None, loose[start : start + MOST_UNDER_ONE]) for start in range(0, len(loose), MOST_UNDER_ONE)
    ]
    return blocks


def _in_order(overview: Overview, problem: ItemView) -> list[ItemView]:
    """Put the actions numbered under this problem first, then those that answer it too."""
    begins = f"{overview.numbers[problem.uid]}."
    actions = overview.plan.actions_of(problem.uid)
    return sorted(actions, key=lambda action: not overview.numbers[action.uid].startswith(begins))


@dataclass(frozen=True)
class Office:
    """An office with the actions it answers for, or a part of them where there are many."""

    name: str
    actions: Sequence[ItemView]
    count: int
    money: Mapping[str, int]
    is_continued: bool = False

    @property
    def weight(self) -> int:
        """How much of a page it takes."""
        return len(self.actions) + 1


def offices_of(overview: Overview) -> list[Office]:
    """Group the actions by who answers for them, by name; those nobody answers for come last, without a name."""
    groups: dict[str, list[ItemView]] = defaultdict(list)
    for action in overview.numbers.actions:
        groups[overview.choices.organisations.get(str(action.lead), "")].append(action)
    offices = []
    for name in sorted(groups, key=lambda name: (not name, name.casefold())):
        actions = groups[name]
        money = add_up(actions)
        offices += [
            Office(name, actions[start : start + MOST_UNDER_ONE], len(actions), money, start > 0)
            for start in range(0, len(actions), MOST_UNDER_ONE)
        ]
    return offices


# What the table can be sorted by; the place in the list of rows settles what is equal.
ORDERS: Mapping[str, Callable[[Row], object]] = {
    "hak": lambda row: (not row.rights, [words.casefold() for words in row.rights]),
    "aksi": lambda row: (not row.action.label, row.action.label.casefold()),
    "penanggung": lambda row: (not row.lead, row.lead.casefold()),
    "waktu": lambda row: str(row.action.starts_on or row.action.ends_on or "9999"),
    "pagu": lambda row: budget_total(row.action),
}


def sort_rows(rows: Sequence[Row], wanted: str) -> tuple[list[Row], str]:
    """Sort the rows of the table by a column, downwards with a minus before it; tell how they are sorted now."""
    order = ORDERS.get(wanted.removeprefix("-"))
    if order is None:
        return list(rows), ""

    def key(row: Row) -> object:
        return order(row)

    return sorted(rows, key=key, reverse=wanted.startswith("-")), wanted  # type: ignore[arg-type]
