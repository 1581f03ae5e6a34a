"""What the review overhears: a roadmap comes into being, and a plan is edited after its approval."""

from roadmap.plan.events import PlanChanged, RoadmapCreated
from roadmap.review.operations import begin_first_round, begin_next_round


def open_first_round(happening: RoadmapCreated) -> None:
    """Open the first round in the act that creates the roadmap."""
    begin_first_round(happening.roadmap_id, happening.seq)


def open_next_round(happening: PlanChanged) -> None:
    """Open the next round with the first edit of what a leader approves; closing a text is no such edit."""
    if happening.is_binding and happening.verb != "close":
        begin_next_round(happening.roadmap_id, happening.seq, happening.actor_uid)
