"""One way to look at a whole plan, whether read from the tables, from the log as of a moment, or from an edition."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from roadmap.history.models import Plain, Revision, Snapshot, Versioned
from roadmap.history.queries import upcast
from roadmap.history.shapes import snapshot_of
from roadmap.plan.kinds import KINDS, LINKS

T = TypeVar("T")
# What was told of an item: the item itself, the facts beside it, the answer.
Remembered = tuple["ItemView", object, object]


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


class Outline:
    """All standing items of a plan in their order, and how they hang together. Nobody changes what it holds."""

    def __init__(
        self,
        items: Mapping[str, list[ItemView]],
        by_uid: Mapping[str, ItemView] | None = None,
        remembered: dict[tuple[str, str], Remembered] | None = None,
    ) -> None:
        """Take the items in their order; what follows from them is found out when it is asked for."""
        self.items = items
        self.by_uid = by_uid or {item.uid: item for group in items.values() for item in group}
        self._told: dict[object, object] = {}
        self._remembered = {} if remembered is None else remembered

    @property
    def indicators_of(self) -> Mapping[str, list[ItemView]]:
        """The indicators by the uid of their action."""
        return self.told_once("indicators", _indicators)

    @property
    def holders_of(self) -> Mapping[tuple[str, str, str], list[ItemView]]:
        """The items that name another, by kind and field of theirs and the uid named."""
        return self.told_once("holders", _holders)

    def told_once(self, question: object, tell: Callable[["Outline"], T]) -> T:
        """Give what follows from the plan alone, found out when it is first asked for."""
        if question not in self._told:
            self._told[question] = tell(self)
        return self._told[question]  # type: ignore[return-value]

    def told_in(self, question: str, words: object, tell: Callable[[], T]) -> T:
        """Give what follows from the plan and from words beside it, told anew only when these are others."""
        known = self._told.get(question)
        if not isinstance(known, tuple) or known[0] != words:
            known = self._told[question] = (words, tell())
        return known[1]  # type: ignore[no-any-return]

    def remembered(self, question: str, item: ItemView, facts: object, tell: Callable[[], T]) -> T:
        """Give what follows from one item and some facts: what was told of the same ones before, else told anew.

        It outlasts the changing of other items, which the plan that follows takes over.
        """
        known = self._remembered.get((question, item.uid))
        if known is None or known[0] is not item or known[1] != facts:
            known = self._remembered[question, item.uid] = (item, facts, tell())
        return known[2]  # type: ignore[return-value]

    @property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """What the items are called, by kind and uid."""
        return self.told_once("labels", Labels)

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

    def with_changed(self, changed: Iterable[ItemView], uids: Iterable[str]) -> "Outline":
        """Give the plan with some of its items as they are now; those named and not given stand no more."""
        by_uid = dict(self.by_uid)
        left = [view for view in (by_uid.pop(uid, None) for uid in uids) if view is not None]
        coming = list(changed)
        by_uid |= {view.uid: view for view in coming}
        groups = dict(self.items)
        for kind in {view.kind for view in (*left, *coming)}:
            gone = {id(view) for view in left if view.kind == kind}
            stays = [view for view in groups[kind] if id(view) not in gone]
            groups[kind] = sorted([*stays, *(view for view in coming if view.kind == kind)], key=_place)
        return Outline(groups, by_uid, self._remembered)

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


class Labels(Mapping[str, Mapping[str, str]]):
    """What the items of a plan are called: kind → uid → label, written down for the kinds asked for."""

    def __init__(self, plan: Outline) -> None:
        """Take the plan."""
        self._plan = plan
        self._known: dict[str, Mapping[str, str]] = {}

    def __getitem__(self, kind: str) -> Mapping[str, str]:
        """Give the labels of a kind."""
        if kind not in self._known:
            self._known[kind] = {item.uid: item.label for item in self._plan.items[kind]}
        return self._known[kind]

    def __iter__(self) -> Iterator[str]:
        """Give the kinds."""
        return iter(self._plan.items)

    def __len__(self) -> int:
        """Count the kinds."""
        return len(self._plan.items)


def _place(view: ItemView) -> tuple[object, str]:
    return view.values.get("position") or "", view.uid


def _indicators(plan: Outline) -> Mapping[str, list[ItemView]]:
    found: dict[str, list[ItemView]] = defaultdict(list)
    for indicator in plan.items["indicator"]:
        found[str(indicator.values["action"])].append(indicator)
    return dict(found)


def _holders(plan: Outline) -> Mapping[tuple[str, str, str], list[ItemView]]:
    found: dict[tuple[str, str, str], list[ItemView]] = defaultdict(list)
    for kind, name in LINKS:
        for item in plan.items[kind]:
            for uid in item.texts(name):
                found[kind, name, uid].append(item)
    return dict(found)
