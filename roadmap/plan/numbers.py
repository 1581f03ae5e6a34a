"""By what number people speak of an item: problem 1, its actions 1.1 and 1.2, their indicators 1.1.1.

Counted anew on each reading. An action that answers several problems is numbered under the first; one that
answers none goes on counting after the last problem, as a number of its own.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from roadmap.plan.outline import ItemView, Outline


@dataclass(frozen=True)
class Numbers:
    """The numbers of a plan's items by uid, and the actions in the order of their numbers."""

    of: Mapping[str, str]
    actions: list[ItemView]

    def __getitem__(self, uid: str) -> str:
        """Give an item's number; empty for what has none."""
        return self.of.get(uid, "")


def numbers_of(plan: Outline) -> Numbers:
    """Number a plan's items."""
    return plan.told_once("numbers", _number)


def _number(plan: Outline) -> Numbers:
    numbers = {
        item.uid: str(place)
        for kind in ("section", "modality", "problem")
        for place, item in enumerate(plan.items[kind], 1)
    }
    under, loose = _by_first_problem(plan)
    ordered: list[ItemView] = []
    for problem in plan.items["problem"]:
        for place, action in enumerate(under[problem.uid], 1):
            numbers[action.uid] = f"{numbers[problem.uid]}.{place}"
            ordered.append(action)
    for place, action in enumerate(loose, len(plan.items["problem"]) + 1):
        numbers[action.uid] = str(place)
        ordered.append(action)
    for action in ordered:
        for place, indicator in enumerate(plan.indicators_of.get(action.uid, []), 1):
            numbers[indicator.uid] = f"{numbers[action.uid]}.{place}"
    return Numbers(numbers, ordered)


def _by_first_problem(plan: Outline) -> tuple[dict[str, list[ItemView]], list[ItemView]]:
    places = {problem.uid: place for place, problem in enumerate(plan.items["problem"])}
    under: dict[str, list[ItemView]] = defaultdict(list)
    loose: list[ItemView] = []
    for action in plan.items["action"]:
        standing = [uid for uid in action.texts("problems") if uid in places]
        if standing:
            under[min(standing, key=places.__getitem__)].append(action)
        else:
            loose.append(action)
    return under, loose
