"""What the index holds of each kind: which fields are texts, which name an office, who reads it. Pins are not found."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap.discussion.models import Comment, Thread
from roadmap.history.models import Plain, Snapshot
from roadmap.history.operations import CLOSED
from roadmap.plan.kinds import KINDS, Kind
from roadmap.text.words import N_

COMMENT, THREAD = Comment.kind, Thread.kind
TITLE = "title"

# In the order in which what was found is shown.
GROUPS: Mapping[str, str] = {
    "action": KINDS["action"].label_many,
    "problem": KINDS["problem"].label_many,
    "modality": KINDS["modality"].label_many,
    "indicator": KINDS["indicator"].label_many,
    "section": KINDS["section"].label_many,
    "cover": KINDS["cover"].label_many,
    COMMENT: N_("Komentar"),
    THREAD: N_("Percakapan yang selesai"),
}


@dataclass(frozen=True)
class Indexed:
    """What of a kind's fields the index holds."""

    texts: tuple[str, ...]
    owners: tuple[str, ...] = ()
    level: str | None = None
    author: str | None = None
    thread: str | None = None

    @property
    def fields(self) -> frozenset[str]:
        """Every field that, when it changes, changes the entry."""
        named = (*self.texts, *self.owners, self.level, self.author, self.thread, "removed_at")
        return frozenset(name for name in named if name is not None)


def _of_plan(kind: Kind) -> Indexed:
    texts = [field.name for field in kind.fields if field.type.widget in {"line", "area", "codes"}]
    owners = [field.name for field in kind.fields if field.type.widget in {"organisation", "organisations"}]
    return Indexed(tuple(texts), tuple(owners))


INDEXED: Mapping[str, Indexed] = {
    **{name: _of_plan(kind) for name, kind in KINDS.items()},
    COMMENT: Indexed(("body",), level="visibility", author="author", thread="thread"),
    THREAD: Indexed(("resolution",), level="visibility", author="author"),
}


@dataclass(frozen=True)
class Found:
    """What the index holds of one item."""

    texts: Mapping[str, str]
    owners: tuple[str, ...]
    level: str | None
    author: str | None
    thread: str | None

    def __bool__(self) -> bool:
        """Tell whether there is anything to find it by."""
        return bool(self.texts or self.owners)


def entry_of(kind: str, snapshot: Snapshot) -> Found:
    """Read from an item's fields what the index holds of it; a closed text is not found any more."""
    indexed = INDEXED[kind]
    texts = {name: _words(snapshot.get(name)) for name in indexed.texts}
    owners: set[str] = set()
    for name in indexed.owners:
        value = snapshot.get(name)
        owners |= set(value) if isinstance(value, list) else {str(value)} if value else set()
    return Found(
        {name: words for name, words in texts.items() if words and words != CLOSED},
        tuple(sorted(owners)),
        _one(snapshot, indexed.level),
        _one(snapshot, indexed.author),
        _one(snapshot, indexed.thread),
    )


def _words(value: Plain) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _one(snapshot: Snapshot, name: str | None) -> str | None:
    value = snapshot.get(name) if name else None
    return str(value) if value else None
