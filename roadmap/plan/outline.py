"""One way to look at a whole plan, whether read from the tables, from the log as of a moment, or from an edition."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from roadmap.history.models import Plain, Revision, Snapshot, Versioned
from roadmap.history.queries import upcast
from roadmap.history.shapes import snapshot_of
from roadmap.plan.kinds import KINDS, LINKS

T = TypeVar("T")


@dataclass(frozen=True)
class ItemView:
    """An item as read: its plain values by field name, also as attributes for templates."""

    kind: str
    id: int
    uid: str
    version: int
    values: Snapshot

    def __getattr__(self, name: str) -> Plain:
        """Give the value of a field."""
        try:
            values: Snapshot = self.__dict__["values"]
            return values[name]
        except KeyError:
            raise AttributeError(name) from None

    def texts(self, name: str) -> list[str]:
        """Give the uids in a set field."""
        value = self.values.get(name)
        return list(value) if isinstance(value, list) else []

    def entries(self, name: str) -> dict[str, int | str]:
        """Give the entries of a map field."""
        value = self.values.get(name)
        return dict(value) if isinstance(value, dict) else {}

    @property
    def label(self) -> str:
        """What the item is called in lists; empty where nothing was typed yet."""
        return str(self.values.get("title") or "")

    @property
    def position(self) -> str:
        """Its place in its list."""
        return str(self.values.get("position") or "")


def view_of(item: Versioned) -> ItemView:
    """Look at an item of the tables."""
    return ItemView(item.kind, item.id, item.uid, item.version, snapshot_of(item))


def view_of_revision(revision: Revision) -> ItemView:
    """Look at an item as it was in a version."""
    return ItemView(
        revision.kind,
        revision.item_id,
        revision.item_uid,
        revision.item_version,
        upcast(revision.kind, revision.snapshot),
    )


@dataclass
class Outline:
    """All standing items of a plan in their order, and how they hang together. Nobody changes what it holds."""

    items: Mapping[str, list[ItemView]]
    by_uid: Mapping[str, ItemView] = field(init=False)
    indicators_of: Mapping[str, list[ItemView]] = field(init=False)
    holders_of: Mapping[tuple[str, str, str], list[ItemView]] = field(init=False)
    _told: dict[object, object] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the items and both sides of the links."""
        self.by_uid = {item.uid: item for group in self.items.values() for item in group}
        indicators: dict[str, list[ItemView]] = defaultdict(list)
        for indicator in self.items["indicator"]:
            indicators[str(indicator.values["action"])].append(indicator)
        self.indicators_of = indicators
        holders: dict[tuple[str, str, str], list[ItemView]] = defaultdict(list)
        for kind, name in LINKS:
            for item in self.items[kind]:
                for uid in item.texts(name):
                    holders[kind, name, uid].append(item)
        self.holders_of = holders

    def told_once(self, question: object, tell: Callable[["Outline"], T]) -> T:
        """Give what follows from the plan alone, found out when it is first asked for."""
        if question not in self._told:
            self._told[question] = tell(self)
        return self._told[question]  # type: ignore[return-value]

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """What the items are called, by kind and uid."""
        return self.told_once("labels", _labels)

    @property
    def cover(self) -> ItemView | None:
        """The words of the roadmap itself."""
        return self.items["cover"][0] if self.items["cover"] else None

    @property
    def title(self) -> str:
        """The roadmap's title; empty where there is none yet."""
        return self.cover.label if self.cover else ""

    def linked(self, item: ItemView, name: str) -> list[ItemView]:
        """Give the standing items that a set field names, in the plan's order; removed ones stay unshown."""
        found = [self.by_uid[uid] for uid in set(item.texts(name)) if uid in self.by_uid]
        kind = LINKS[item.kind, name]
        return sorted((other for other in found if other.kind == kind), key=_place)

    def holding(self, kind: str, name: str, uid: str) -> list[ItemView]:
        """Give the items of a kind whose set field names this one, in the plan's order."""
        return self.holders_of.get((kind, name, uid), [])

    def actions_of(self, problem_uid: str) -> list[ItemView]:
        """Give the actions that answer a problem."""
        return self.holding("action", "problems", problem_uid)

    @property
    def loose_actions(self) -> list[ItemView]:
        """Give the actions that answer no standing problem."""
        standing = {problem.uid for problem in self.items["problem"]}
        return [action for action in self.items["action"] if standing.isdisjoint(action.texts("problems"))]

    def with_changed(self, changed: Iterable[ItemView], uids: Container[str]) -> "Outline":
        """Give the plan with some of its items as they are now; those named and not given stand no more."""
        coming: dict[str, list[ItemView]] = defaultdict(list)
        for view in changed:
            coming[view.kind].append(view)
        groups = dict(self.items)
        for kind, group in self.items.items():
            if kind in coming or any(one.uid in uids for one in group):
                stays = [one for one in group if one.uid not in uids]
                groups[kind] = sorted([*stays, *coming[kind]], key=_place)
        return Outline(groups)

    def in_published_order(self) -> list[ItemView]:
        """Give all items in the order in which an edition holds them."""
        ordered: list[ItemView] = []
        for kind in ("cover", "section", "modality", "problem"):
            ordered += self.items[kind]
        for action in self.items["action"]:
            ordered.append(action)
            ordered += self.indicators_of.get(action.uid, [])
        return ordered


def outline(views: Iterable[ItemView]) -> Outline:
    """Put items into their order, indicators under standing actions only."""
    groups: dict[str, list[ItemView]] = {kind: [] for kind in KINDS}
    for view in views:
        groups[view.kind].append(view)
    for group in groups.values():
        group.sort(key=_place)
    return Outline(groups)


def _place(view: ItemView) -> tuple[str, str]:
    return view.position, view.uid


def _labels(plan: Outline) -> Mapping[str, Mapping[str, str]]:
    return {kind: {item.uid: item.label for item in group} for kind, group in plan.items.items()}
