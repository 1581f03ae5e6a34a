"""What a leader needs to see of a plan to decide: counted and summed, pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmap.plan.findings import Finding
from roadmap.plan.outline import ItemView, Outline

KEY_ACTIONS = 5
_PRIORITIES = {"tinggi": 0, "sedang": 1, "rendah": 2}
_OWN = frozenset({"apbd"})


@dataclass(frozen=True)
class Money:
    """The money of a plan by year, and how much of the shown year's is the region's own."""

    by_year: Mapping[int, int]
    year: int | None
    own: int

    @property
    def of_year(self) -> int:
        """The sum of the shown year."""
        return self.by_year.get(self.year, 0) if self.year is not None else 0

    @property
    def own_percent(self) -> int | None:
        """The share of the region's own budget in the shown year, in percent."""
        return round(100 * self.own / self.of_year) if self.of_year else None


@dataclass(frozen=True)
class Brief:
    """The plan on one screen."""

    actions: int
    offices: int
    money: Money
    key_actions: Sequence[ItemView]
    open_points: Sequence[tuple[Finding, int]]


def brief_of(plan: Outline, findings: Sequence[Finding], this_year: int) -> Brief:
    """Draw a plan together for its leader."""
    actions = plan.items["action"]
    offices = {
        uid
        for action in actions
        for uid in (action.lead, *action.texts("supporting"))
        if isinstance(uid, str) and uid
    }
    return Brief(
        actions=len(actions),
        offices=len(offices),
        money=money_of(plan, this_year),
        key_actions=sorted(actions, key=_urgency)[:KEY_ACTIONS],
        open_points=grouped(findings),
    )


def money_of(plan: Outline, this_year: int) -> Money:
    """Sum a plan's money; the shown year is this one, else the first that has any."""
    by_year: Counter[int] = Counter()
    own: Counter[int] = Counter()
    for action in plan.items["action"]:
        for key, amount in action.entries("budget").items():
            year, _space, source = key.partition(" ")
            by_year[int(year)] += int(amount)
            if source in _OWN:
                own[int(year)] += int(amount)
    years = sorted(by_year)
    shown = this_year if this_year in by_year else next(iter(years), None)
    return Money({year: by_year[year] for year in years}, shown, own[shown] if shown is not None else 0)


def _urgency(action: ItemView) -> int:
    return _PRIORITIES.get(str(action.priority), len(_PRIORITIES))


def grouped(findings: Sequence[Finding]) -> list[tuple[Finding, int]]:
    """Fold findings of one kind into one line with its count, the commonest first."""
    counts = Counter((finding.code, finding.sentence) for finding in findings)
    first: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.code, finding.sentence), finding)
    return [(first[key], count) for key, count in counts.most_common()]
