"""What the plan refuses beyond the common kinds."""

from roadmap.errors import Conflict, NotAllowed


class StandsInEdition(Conflict):
    """An action that was approved in an edition is not removed, only stopped or superseded, with a reason."""


class FieldNotYours(NotAllowed):
    """The form names a field that this person may not change."""
