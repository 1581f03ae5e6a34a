"""What a revision changed, field by field, as before and after: the stuff of sentences and of the page of an act."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap.history.canonical import is_empty
from roadmap.history.models import Revision, Snapshot
from roadmap.history.queries import upcast
from roadmap.history.shapes import same_value
from roadmap.plan.differences import Change
from roadmap.plan.kinds import KINDS, Kind
from roadmap.plan.outline import ItemView, view_of_revision


@dataclass(frozen=True)
class Touched:
    """One item in one act: its revision and the one before it; in one sitting, the one before its first save."""

    revision: Revision
    previous: Revision | None
    is_sitting: bool = False

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
            is_touched = self.is_sitting or field.name in self.revision.changed
            if is_touched and not _says_nothing(change, is_sitting=self.is_sitting):
                yield change


def _says_nothing(change: Change, *, is_sitting: bool) -> bool:
    if is_empty(change.before) and is_empty(change.after):
        return True
    # Where a text was closed since, both versions show the mark, and that it changed is still told.
    return same_value(change.before, change.after) and (is_sitting or not change.is_long)
