"""What a revision changed, field by field, as before and after: the stuff of sentences and of the page of an act."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roadmap.history.canonical import is_empty
from roadmap.history.models import Plain, Revision, Snapshot
from roadmap.history.queries import upcast
from roadmap.history.shapes import Merge, same_value
from roadmap.plan.fields import Text
from roadmap.plan.kinds import KINDS, Field, Kind
from roadmap.plan.outline import ItemView, view_of_revision

# Longer than this, an old and a new value no longer fit into one sentence.
SHORT = 60


@dataclass(frozen=True)
class Change:
    """One field of an item, as it was and as it is after the act."""

    field: Field
    before: Plain
    after: Plain

    @property
    def is_long(self) -> bool:
        """Tell whether the words are marked in the flow rather than said as old and new."""
        return isinstance(self.field.type, Text) or any(
            isinstance(value, str) and len(value) > SHORT for value in (self.before, self.after)
        )

    @property
    def is_set(self) -> bool:
        """Tell whether the field is a set."""
        return self.field.type.merge == Merge.SET

    @property
    def is_map(self) -> bool:
        """Tell whether the field is a map."""
        return self.field.type.merge == Merge.MAP

    @property
    def added(self) -> list[str]:
        """What came into a set."""
        return sorted(_members(self.after) - _members(self.before))

    @property
    def removed(self) -> list[str]:
        """What went out of a set."""
        return sorted(_members(self.before) - _members(self.after))

    @property
    def entries(self) -> list[tuple[str, Plain, Plain]]:
        """The keys of a map whose entry differs, each with its entry before and after."""
        before, after = _entries(self.before), _entries(self.after)
        return [
            (key, before.get(key), after.get(key))
            for key in sorted({*before, *after})
            if before.get(key) != after.get(key)
        ]


@dataclass(frozen=True)
class Touched:
    """One item in one act: its revision and the one before it."""

    revision: Revision
    previous: Revision | None

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return KINDS[self.revision.kind]

    @property
    def view(self) -> ItemView:
        """The item after the act."""
        return view_of_revision(self.revision)

    @property
    def snapshot(self) -> Snapshot:
        """The item after the act."""
        return upcast(self.revision.kind, self.revision.snapshot)

    @property
    def title(self) -> str:
        """What the item was called after the act; empty where it had no title."""
        return str(self.snapshot.get("title") or "")

    @property
    def is_new(self) -> bool:
        """Tell whether the act brought it into being."""
        return self.previous is None

    @property
    def was_moved(self) -> bool:
        """Tell whether its place changed, and it was there before."""
        return self.previous is not None and "position" in self.revision.changed

    @property
    def was_removed(self) -> bool:
        """Tell whether the act removed it."""
        return self.revision.gone and (self.previous is None or not self.previous.gone)

    @property
    def was_restored(self) -> bool:
        """Tell whether the act brought it back."""
        return not self.revision.gone and self.previous is not None and self.previous.gone

    @property
    def changes(self) -> list[Change]:
        """The fields that differ, in the order people meet them; of a new item all that hold something."""
        return list(self._changes())

    def _changes(self) -> Iterator[Change]:
        after = self.snapshot
        before: Snapshot = upcast(self.previous.kind, self.previous.snapshot) if self.previous else {}
        for field in self.kind.fields:
            change = Change(field, before.get(field.name), after.get(field.name))
            if field.name in self.revision.changed and not _says_nothing(change):
                yield change


def _says_nothing(change: Change) -> bool:
    if is_empty(change.before) and is_empty(change.after):
        return True
    # Where a text was closed since, both versions show the mark, and that it changed is still told.
    return same_value(change.before, change.after) and not change.is_long


def _members(value: Plain) -> set[str]:
    return set(value) if isinstance(value, list) else set()


def _entries(value: Plain) -> Mapping[str, Plain]:
    return value if isinstance(value, dict) else {}
