"""What the plan refuses beyond the common kinds."""

from roadmap.errors import Conflict, NotAllowed


class StandsInEdition(Conflict):
    """An action that was approved in an edition is not removed, only stopped or superseded, with a reason."""


class FieldNotYours(NotAllowed):
    """The form names a field that this person may not change."""


class NotUndoable(Conflict):
    """An act of a kind that is not taken back, or of which nothing can be."""


class Unsettled(Conflict):
    """Fields were changed since, or since the person looked; they choose what holds. Carries the new preview."""

    def __init__(self, preview: object) -> None:
        """Keep what the page shows."""
        super().__init__(
            "Ada isian yang diubah sesudahnya. Pilih yang dipakai; tidak ada yang diubah diam-diam."
        )
        self.preview = preview
