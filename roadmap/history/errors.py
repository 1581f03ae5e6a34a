"""What the record refuses."""

from collections.abc import Mapping
from datetime import datetime

from roadmap.errors import Conflict, NotThere
from roadmap.history.merge import Clash
from roadmap.history.models import Snapshot


class EditConflict(Conflict):
    """Two people changed one field differently; carries the clashes, the merged rest, and the version to go on from.

    `values` is every field of the form as merged (theirs where it clashes); `theirs` is the item as it stands.
    """

    def __init__(
        self,
        clashes: Mapping[str, Clash],
        values: Snapshot,
        base_version: int,
        merged_fields: frozenset[str],
        *,
        overtaken_by: str,
        overtaken_at: datetime,
    ) -> None:
        """Keep all that the page of the clash shows."""
        super().__init__("Tidak ada yang hilang. Pilih tulisan yang dipakai.")
        self.clashes = dict(clashes)
        self.fields = dict(values)
        self.base_version = base_version
        self.merged_fields = merged_fields
        self.overtaken_by = overtaken_by
        self.overtaken_at = overtaken_at


class ItemGone(Conflict):
    """The item was removed while the person was writing; their words are kept."""


class NoSuchVersion(NotThere):
    """The form names a version the item never had."""


class UnrecordedChange(RuntimeError):
    """A versioned field changed without a revision, or in bulk: a fault of the program, refused where it happens."""
