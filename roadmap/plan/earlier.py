"""What becomes of items that are to be again as they once were: an older state laid on what stands now; pure.

undo = merge(base: after the act, mine: before it, theirs: now); restore = an edit whose mine is the old value
and whose base is what was on the screen. Whether an item stands is merged like a field, under the name STANDING.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum

from roadmap.history.merge import merge_fields
from roadmap.history.models import Plain, Snapshot
from roadmap.history.operations import CLOSED
from roadmap.history.shapes import same_value, shape_of
from roadmap.plan.kinds import KINDS

POSITION = "position"
STANDING = "removed_at"


class Why(StrEnum):
    """What stands against a part of it."""

    GONE = "gone"
    IN_EDITION = "in-edition"
    ACTION_STAYS = "action-stays"
    ACTION_GONE = "action-gone"
    MOVED_AGAIN = "moved-again"
    CLOSED = "closed"
    RIGHTS = "rights"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class State:
    """An item at a moment: its fields, and whether it stood."""

    values: Snapshot
    stands: bool


@dataclass(frozen=True)
class Wish:
    """That what became of an item from `wanted` to `base` be taken back."""

    kind: str
    uid: str
    base: State
    wanted: State

    @property
    def values(self) -> Snapshot:
        """The fields that are to be otherwise, as they are wanted."""
        base, wanted = self.base.values, self.wanted.values
        names = (*KINDS[self.kind].by_name, POSITION)
        return {name: wanted.get(name) for name in names if not same_value(wanted.get(name), base.get(name))}


@dataclass(frozen=True)
class Question:
    """One field of which now and wanted both differ from the base: a person says which holds."""

    kind: str
    uid: str
    field: str
    base: Plain = None
    now: Plain = None
    wanted: Plain = None


@dataclass(frozen=True)
class Obstacle:
    """What stays as it is, and why: a field, or the whole item where `field` is empty."""

    kind: str
    uid: str
    why: Why
    field: str = ""


@dataclass(frozen=True)
class Ground:
    """What the laying of one wish needs to know beside the item.

    `open_names` are the fields the person may change (POSITION and STANDING among them for a drafter), `known`
    what fields may name, `answers` whether the old holds in a field that was asked about, `held` why the item
    cannot be removed, `absent` why it cannot come back, `has_more` that parts joined it since.
    """

    open_names: AbstractSet[str]
    known: AbstractSet[str] = frozenset()
    answers: Mapping[str, bool] = field(default_factory=dict)
    held: Why | None = None
    absent: Why | None = None
    has_more: bool = False


@dataclass
class Laid:
    """What a wish comes to: the fields that change, whether the item stands, what is asked, what stands against it."""

    wish: Wish
    now: State
    values: Snapshot = field(default_factory=dict)
    stands: bool = True
    questions: list[Question] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Tell whether anything would change."""
        return bool(self.values) or self.stands != self.now.stands

    def _stop(self, why: Why, name: str = "") -> None:
        self.obstacles.append(Obstacle(self.wish.kind, self.wish.uid, why, name))

    def turn(self, ground: Ground) -> None:
        """Remove the item or bring it back, where nothing stands against it."""
        coming = self.wish.wanted.stands
        why = Why.RIGHTS if STANDING not in ground.open_names else ground.absent if coming else ground.held
        if why is not None:
            self._stop(why)
        elif not coming and STANDING not in ground.answers and (ground.has_more or self._has_changed()):
            self.questions.append(Question(self.wish.kind, self.wish.uid, STANDING))
        elif coming or ground.answers.get(STANDING, True):
            self.stands = coming

    def lay_fields(self, ground: Ground) -> None:
        """Merge each field; what clashes is asked about, unless the item goes anyway."""
        kind, wish = self.wish.kind, self.wish
        merged = merge_fields(wish.base.values, self.now.values, wish.values, shape_of(kind).merges)
        for name, value in merged.values.items():
            clash = merged.clashes.get(name)
            if clash is None and same_value(value, self.now.values.get(name)):
                continue
            why = self._against(name, clash.mine if clash else value, ground)
            if clash and name == POSITION:
                why = Why.MOVED_AGAIN
            if why is not None:
                self._stop(why, name)
            elif clash and self.stands and name not in ground.answers:
                self.questions.append(Question(kind, wish.uid, name, clash.base, clash.theirs, clash.mine))
            else:
                takes_old = ground.answers.get(name, False)
                self._set(name, value if clash is None else clash.mine if takes_old else clash.theirs)

    def note_gone(self) -> None:
        """Say that an item that was removed since is not changed."""
        if self.wish.values:
            self._stop(Why.GONE)

    def _set(self, name: str, value: Plain) -> None:
        if not same_value(value, self.now.values.get(name)):
            self.values[name] = value

    def _has_changed(self) -> bool:
        base, now = self.wish.base.values, self.now.values
        names = KINDS[self.wish.kind].by_name
        return any(not same_value(now.get(name), base.get(name)) for name in names)

    def _against(self, name: str, value: Plain, ground: Ground) -> Why | None:
        now = self.now.values.get(name)
        if name not in ground.open_names:
            return Why.RIGHTS
        if CLOSED in (now, value):
            return Why.CLOSED
        if name == POSITION:
            return None
        references = KINDS[self.wish.kind].by_name[name].type.references
        return Why.UNKNOWN if references(value) - references(now) - ground.known else None


def lay(wish: Wish, now: State, ground: Ground) -> Laid:
    """Lay one wish on the item as it stands; nothing that clashes is changed unless the answers say so."""
    laid = Laid(wish, now, stands=now.stands)
    base, wanted = wish.base.stands, wish.wanted.stands
    if wanted not in {base, now.stands}:
        laid.turn(ground)
    if wanted and base and not now.stands:
        laid.note_gone()
    elif laid.stands == wanted and (laid.stands or now.stands):
        laid.lay_fields(ground)
    return laid
