"""Lays wishes on the items of a roadmap: asks the database what the pure part needs to know, and gives a preview."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.errors import NoSuchVersion
from roadmap.history.models import Roadmap, Snapshot, Versioned
from roadmap.history.queries import snapshot_at
from roadmap.history.shapes import same_value, snapshot_of
from roadmap.plan.earlier import POSITION, STANDING, Ground, Laid, Obstacle, Question, State, Why, Wish, lay
from roadmap.plan.kinds import KINDS
from roadmap.plan.models import Indicator
from roadmap.plan.order import between
from roadmap.plan.outline import ItemView
from roadmap.plan.queries import items_by_uid, nameable_uids, standing_in_editions


@dataclass(frozen=True)
class Answer:
    """What a person chose for a field that was asked about, in view of a version of the item."""

    takes_old: bool
    version: int


Choices = Mapping[tuple[str, str], Answer]


@dataclass
class Preview:
    """What going back comes to: each item laid, in the plan's kinds; plain values, so that it outlives its reading."""

    laid: list[Laid] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    @property
    def questions(self) -> list[Question]:
        """What a person is to choose first."""
        return [question for one in self.laid for question in one.questions]

    @property
    def obstacles(self) -> list[Obstacle]:
        """What stays as it is, and why."""
        return [obstacle for one in self.laid for obstacle in one.obstacles]

    @property
    def changing(self) -> list[tuple[ItemView | None, ItemView | None]]:
        """The items that would change, each as it stands and as it would; None where it does not stand."""
        return [(self._before(one), self._after(one)) for one in self.laid if one.differs]

    def view(self, uid: str) -> ItemView:
        """Give an item as it stands, or stood when it was removed."""
        one = next(one for one in self.laid if one.wish.uid == uid)
        return self._seen(one, one.now.values)

    def _before(self, one: Laid) -> ItemView | None:
        return self._seen(one, one.now.values) if one.now.stands else None

    def _after(self, one: Laid) -> ItemView | None:
        return self._seen(one, {**one.now.values, **one.values}) if one.stands else None

    def _seen(self, one: Laid, values: Snapshot) -> ItemView:
        uid = one.wish.uid
        return ItemView(one.wish.kind, self.ids[uid], uid, self.versions[uid], values)


@dataclass
class Laying:
    """Lays wishes, actions before their indicators; it asks as often whatever their number."""

    roadmap: Roadmap
    items: Mapping[str, Versioned]
    open_names: Mapping[str, frozenset[str]]
    choices: Choices
    laid: dict[str, Laid] = field(default_factory=dict)

    def lay_all(self, wishes: Sequence[Wish]) -> Preview:
        """Lay them, with the indicators that go along with an action, each to a place of its own."""
        order = list(KINDS)
        sorted_wishes = sorted(wishes, key=lambda wish: (order.index(wish.kind), self.items[wish.uid].id))
        self._ask_the_database(sorted_wishes)
        for wish in sorted_wishes:
            self.laid[wish.uid] = lay(wish, state_of(self.items[wish.uid]), self._ground(wish))
        along = self._along()
        self._settle_places()
        everything = {**self.items, **along}
        return Preview(
            [one for one in self.laid.values() if one.differs or one.questions or one.obstacles],
            {uid: item.id for uid, item in everything.items()},
            {uid: item.version for uid, item in everything.items()},
        )

    def _ask_the_database(self, wishes: Sequence[Wish]) -> None:
        leaving = {wish.uid for wish in wishes if not wish.wanted.stands}
        actions = [item for item in self.items.values() if item.kind == "action" and item.uid in leaving]
        ids = [item.id for item in actions]
        self._held = standing_in_editions(self.roadmap.id, "action", ids) if ids else set()
        query = select(Indicator).where(
            Indicator.action.in_([one.uid for one in actions]), Indicator.removed_at.is_(None)
        )
        self._more = [one for one in db.session.scalars(query) if one.uid not in leaving] if ids else []
        parents = {item.action for item in self.items.values() if isinstance(item, Indicator)}
        found = items_by_uid("action", self.roadmap.id, parents) if parents else {}
        self._standing = {uid for uid, one in found.items() if one.removed_at is None}
        needs = any(
            KINDS[wish.kind].by_name[name].type.references(value)
            for wish in wishes
            for name, value in wish.values.items()
            if name != POSITION
        )
        self._known = nameable_uids(self.roadmap) if needs else set()

    def _ground(self, wish: Wish) -> Ground:
        item = self.items[wish.uid]
        return Ground(
            self.open_names[wish.uid],
            self._known,
            self._answers(item),
            held=self._held_by(item),
            absent=self._missing_for(item),
            has_more=any(one.action == wish.uid for one in self._more),
        )

    def _held_by(self, item: Versioned) -> Why | None:
        if item.kind == "cover":
            return Why.IN_EDITION
        if isinstance(item, Indicator):
            action = self.laid.get(item.action)
            stays = action is not None and not action.wish.wanted.stands and action.stands
            return Why.ACTION_STAYS if stays else None
        return Why.IN_EDITION if item.kind == "action" and item.id in self._held else None

    def _missing_for(self, item: Versioned) -> Why | None:
        if not isinstance(item, Indicator):
            return None
        action = self.laid.get(item.action)
        stands = action.stands if action is not None else item.action in self._standing
        return None if stands else Why.ACTION_GONE

    def _answers(self, item: Versioned) -> dict[str, bool]:
        return {
            name: answer.takes_old
            for (uid, name), answer in self.choices.items()
            if uid == item.uid and _still_holds(item, name, answer)
        }

    def _along(self) -> dict[str, Versioned]:
        """Have the indicators that joined an action go with it."""
        gone = {uid for uid, one in self.laid.items() if one.now.stands and not one.stands}
        along = {one.uid: one for one in self._more if one.action in gone}
        for uid, item in along.items():
            state = state_of(item)
            wish = Wish(item.kind, uid, state, State(state.values, stands=False))
            self.laid[uid] = Laid(wish, state, stands=False)
        return dict(along)

    def _settle_places(self) -> None:
        """Give what moves back a place of its own where another has come to stand in the old one."""
        moving = [one for one in self.laid.values() if POSITION in one.values]
        if not moving:
            return
        taken = _places_in_use(
            self.roadmap.id, {one.wish.kind for one in moving}, {one.wish.uid for one in moving}
        )
        for one in moving:
            place = taken.setdefault((one.wish.kind, str(one.now.values.get("action") or "")), [])
            wanted = str(one.values[POSITION])
            if wanted in place:
                wanted = between(max((at for at in place if at < wanted), default=None), wanted)
                one.values[POSITION] = wanted
            place.append(wanted)


def _still_holds(item: Versioned, name: str, answer: Answer) -> bool:
    """Tell whether an answer was given in view of what stands there now."""
    if answer.version == item.version:
        return True
    try:
        seen = snapshot_at(item, answer.version)
    except NoSuchVersion:
        return False
    return name != STANDING and same_value(seen.get(name), snapshot_of(item).get(name))


def _places_in_use(
    roadmap_id: int, kinds: AbstractSet[str], without: AbstractSet[str]
) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for kind in kinds:
        model = KINDS[kind].model
        for item in db.session.scalars(select(model).where(model.roadmap_id == roadmap_id)):
            if item.uid not in without:
                found.setdefault((kind, str(getattr(item, "action", ""))), []).append(item.position)
    return found


def state_of(item: Versioned) -> State:
    """Give an item as it stands."""
    return State(snapshot_of(item), stands=item.removed_at is None)


def items_of(roadmap_id: int, wanted: Iterable[tuple[str, str]]) -> dict[str, Versioned]:
    """Find items by kind and uid, removed ones too: one query for each kind."""
    uids: dict[str, set[str]] = {}
    for kind, uid in wanted:
        uids.setdefault(kind, set()).add(uid)
    found: dict[str, Versioned] = {}
    for kind in [name for name in KINDS if name in uids]:
        found |= items_by_uid(kind, roadmap_id, uids[kind])
    return found
