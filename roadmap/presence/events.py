"""What presence says happened, and the channel on which the processes of PostgreSQL say it to one another."""

from dataclasses import dataclass

CHANNEL = "roadmap_live"


@dataclass(frozen=True)
class PresenceChanged:
    """Somebody came, went, or began or ended to edit on a roadmap."""

    roadmap_id: int
