"""Which differences somebody wants to read: by who made them, whose they are, of what kind, in what part; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from roadmap.plan.differences import Difference
from roadmap.plan.outline import ItemView, Outline

_OWNERS = {"action": "lead", "modality": "owner"}


@dataclass(frozen=True)
class Wishes:
    """What is wanted; what is None lets everything through. All are uids but the kind."""

    kind: str | None = None
    people: frozenset[str] | None = None
    office: str | None = None
    part: str | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is left out."""
        return any(one is not None for one in (self.kind, self.people, self.office, self.part))


@dataclass
class Sieve:
    """Two states of a plan, who touched what between them, and as whom organisations answer that were merged."""

    before: Outline
    after: Outline
    people: Mapping[str, Iterable[str]]
    standing: Mapping[str, str] = field(default_factory=dict)

    def sift(self, found: Iterable[Difference], wishes: Wishes) -> list[Difference]:
        """Keep what is wanted, in its order."""
        return [one for one in found if self._passes(one, wishes)]

    def offices_of(self, difference: Difference) -> set[str]:
        """Give who answers for the item, before or after: an action's lead, a modality's owner."""
        found = set()
        for item in self._holders(difference):
            uid = item.values.get(_OWNERS.get(item.kind, ""))
            if isinstance(uid, str) and uid:
                found.add(self.standing.get(uid, uid))
        return found

    def parts_of(self, difference: Difference) -> set[str]:
        """Give the section or the problems to which the item belongs, before or after."""
        found: set[str] = set()
        for item in self._holders(difference):
            found |= {item.uid} if item.kind in {"section", "problem"} else set(item.texts("problems"))
        return found if difference.item.kind in {"section", "problem", "action", "indicator"} else set()

    def _passes(self, one: Difference, wishes: Wishes) -> bool:
        return (
            wishes.kind in (None, one.item.kind)
            and (wishes.people is None or not wishes.people.isdisjoint(self.people.get(one.item.uid, ())))
            and (wishes.office is None or wishes.office in self.offices_of(one))
            and (wishes.part is None or wishes.part in self.parts_of(one))
        )

    def _holders(self, difference: Difference) -> Sequence[ItemView]:
        """Give both states of the item; of an indicator those of its action."""
        states = (_holder(difference.before, self.before), _holder(difference.after, self.after))
        return [one for one in states if one is not None]


def _holder(item: ItemView | None, plan: Outline) -> ItemView | None:
    if item is None or item.kind != "indicator":
        return item
    return plan.by_uid.get(str(item.values.get("action")))
