"""The five steps of a roadmap's running round: which is behind it, left out, now, or still to come."""

from enum import StrEnum

from roadmap.review.models import Desk
from roadmap.review.queries import Standing

LAST_STEP = 5
_CONSULTATION, _REVIEW = 2, 3


class StepState(StrEnum):
    """What has become of a step."""

    DONE = "done"
    LEFT_OUT = "left-out"
    NOW = "now"
    LATER = "later"


def states_of_steps(standing: Standing) -> list[StepState]:
    """Tell of each of the five steps what has become of it: the one truth for the bar and for the page of the steps."""
    taken = set(range(1, LAST_STEP + 1)) - _left_out(standing)
    return [_state(number, standing.step, is_taken=number in taken) for number in range(1, LAST_STEP + 1)]


def _state(number: int, current: int, *, is_taken: bool) -> StepState:
    if number == current:
        return StepState.NOW
    if number > current:
        return StepState.LATER
    return StepState.DONE if is_taken else StepState.LEFT_OUT


def _left_out(standing: Standing) -> set[int]:
    """Name the steps a round may go without, and this one went without so far."""
    facts, left_out = standing.facts, set()
    if facts.round is None or facts.round.consultation_until is None:
        left_out.add(_CONSULTATION)
    if all(one.desk == Desk.LEADER for one in facts.of_round):
        left_out.add(_REVIEW)
    return left_out
