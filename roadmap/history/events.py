"""What happens to the record."""

from dataclasses import dataclass

from roadmap.history.models import Changeset


@dataclass(frozen=True)
class Recorded:
    """An act was written down with its revisions; for those who listen within the act, not after it."""

    changeset: Changeset
