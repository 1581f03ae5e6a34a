"""What the plan says happened; each is complete in itself and told after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlanChanged:
    """Items were added, edited, moved, removed or restored in one act."""

    roadmap_id: int
    seq: int
    actor_uid: str
    verb: str
    items: tuple[tuple[str, int, str], ...]
    is_binding: bool


@dataclass(frozen=True)
class RoadmapCreated:
    """A roadmap came into being."""

    roadmap_id: int
    seq: int
    actor_uid: str
