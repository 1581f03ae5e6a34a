"""The steps of a roadmap as one table: from a stage, by a move on a desk or with a judgement, to a stage.

Whatever the table does not name is refused. Knows no database; who may move is asked of the gate.
"""

from collections.abc import Mapping
from enum import StrEnum

from roadmap.errors import StepNotOpen
from roadmap.people.models import Region
from roadmap.people.roles import Act, Role, Stage
from roadmap.review.models import Desk, Judgement
from roadmap.text.words import N_


class Move(StrEnum):
    """What takes a roadmap from one stage to another."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    OPEN_CONSULTATION = "open-consultation"
    END_CONSULTATION = "end-consultation"
    JUDGE = "judge"
    ADOPT = "adopt"
    IMPLEMENT = "implement"
    FINISH = "finish"
    SUPERSEDE = "supersede"
    REOPEN = "reopen"


Detail = Desk | Judgement | None

STEPS: Mapping[tuple[Stage, Move, Detail], Stage] = {
    (Stage.DRAFT, Move.SUBMIT, Desk.REVIEW): Stage.REVIEW,
    (Stage.DRAFT, Move.SUBMIT, Desk.VERIFICATION): Stage.VERIFICATION,
    (Stage.DRAFT, Move.SUBMIT, Desk.LEADER): Stage.SUBMITTED,
    (Stage.CONSULTATION, Move.SUBMIT, Desk.REVIEW): Stage.REVIEW,
    (Stage.CONSULTATION, Move.SUBMIT, Desk.VERIFICATION): Stage.VERIFICATION,
    (Stage.CONSULTATION, Move.SUBMIT, Desk.LEADER): Stage.SUBMITTED,
    (Stage.REVISION, Move.SUBMIT, Desk.REVIEW): Stage.REVIEW,
    (Stage.REVISION, Move.SUBMIT, Desk.VERIFICATION): Stage.VERIFICATION,
    (Stage.REVISION, Move.SUBMIT, Desk.LEADER): Stage.SUBMITTED,
    # What has passed a desk is sent on to the next one.
    (Stage.REVIEW, Move.SUBMIT, Desk.VERIFICATION): Stage.VERIFICATION,
    (Stage.REVIEW, Move.SUBMIT, Desk.LEADER): Stage.SUBMITTED,
    (Stage.VERIFICATION, Move.SUBMIT, Desk.LEADER): Stage.SUBMITTED,
    (Stage.REVIEW, Move.WITHDRAW, None): Stage.DRAFT,
    (Stage.VERIFICATION, Move.WITHDRAW, None): Stage.DRAFT,
    (Stage.SUBMITTED, Move.WITHDRAW, None): Stage.DRAFT,
    (Stage.DRAFT, Move.OPEN_CONSULTATION, None): Stage.CONSULTATION,
    (Stage.REVISION, Move.OPEN_CONSULTATION, None): Stage.CONSULTATION,
    (Stage.CONSULTATION, Move.END_CONSULTATION, None): Stage.DRAFT,
    # What passes a desk waits there until the drafter sends it on.
    (Stage.REVIEW, Move.JUDGE, Judgement.PASSED): Stage.REVIEW,
    (Stage.REVIEW, Move.JUDGE, Judgement.RETURNED): Stage.REVISION,
    (Stage.VERIFICATION, Move.JUDGE, Judgement.PASSED): Stage.VERIFICATION,
    (Stage.VERIFICATION, Move.JUDGE, Judgement.RETURNED): Stage.REVISION,
    (Stage.SUBMITTED, Move.JUDGE, Judgement.PASSED): Stage.APPROVED,
    (Stage.SUBMITTED, Move.JUDGE, Judgement.RETURNED): Stage.REVISION,
    (Stage.APPROVED, Move.ADOPT, None): Stage.ADOPTED,
    # An approved edition may be adopted while the next round is under way, whose stage it leaves alone.
    (Stage.DRAFT, Move.ADOPT, None): Stage.DRAFT,
    (Stage.CONSULTATION, Move.ADOPT, None): Stage.CONSULTATION,
    (Stage.REVIEW, Move.ADOPT, None): Stage.REVIEW,
    (Stage.REVISION, Move.ADOPT, None): Stage.REVISION,
    (Stage.VERIFICATION, Move.ADOPT, None): Stage.VERIFICATION,
    (Stage.SUBMITTED, Move.ADOPT, None): Stage.SUBMITTED,
    (Stage.ADOPTED, Move.IMPLEMENT, None): Stage.IMPLEMENTATION,
    (Stage.IMPLEMENTATION, Move.FINISH, None): Stage.FINISHED,
    (Stage.ADOPTED, Move.SUPERSEDE, None): Stage.SUPERSEDED,
    (Stage.IMPLEMENTATION, Move.SUPERSEDE, None): Stage.SUPERSEDED,
    (Stage.APPROVED, Move.REOPEN, None): Stage.DRAFT,
    (Stage.ADOPTED, Move.REOPEN, None): Stage.DRAFT,
    (Stage.IMPLEMENTATION, Move.REOPEN, None): Stage.DRAFT,
}

DESK_AT: Mapping[Stage, Desk] = {
    Stage.REVIEW: Desk.REVIEW,
    Stage.VERIFICATION: Desk.VERIFICATION,
    Stage.SUBMITTED: Desk.LEADER,
}
JUDGE_OF: Mapping[Desk, Role] = {
    Desk.REVIEW: Role.MENTOR,
    Desk.VERIFICATION: Role.VERIFIER,
    Desk.LEADER: Role.LEADER,
}
ACT_AT: Mapping[Desk, Act] = {
    Desk.REVIEW: Act.JUDGE_REVIEW,
    Desk.VERIFICATION: Act.JUDGE_VERIFICATION,
    Desk.LEADER: Act.JUDGE_SUBMISSION,
}
# Ten stages are shown as five steps (ux 3).
STEP_OF: Mapping[Stage, int] = {
    Stage.DRAFT: 1,
    Stage.REVISION: 1,
    Stage.CONSULTATION: 2,
    Stage.REVIEW: 3,
    Stage.VERIFICATION: 3,
    Stage.SUBMITTED: 4,
    Stage.APPROVED: 4,
    Stage.ADOPTED: 5,
    Stage.IMPLEMENTATION: 5,
    Stage.FINISHED: 5,
    Stage.SUPERSEDED: 5,
}


def step(stage: Stage, move: Move, detail: Detail = None) -> Stage:
    """Give the stage a move leads to. Raises StepNotOpen for whatever the table does not name."""
    found = STEPS.get((Stage(stage), move, detail))
    if found is None:
        raise StepNotOpen(
            N_("Tindakan ini tidak terbuka pada tahap peta jalan sekarang. Tidak ada yang diubah.")
        )
    return found


def desks_of(region: Region) -> tuple[Desk, ...]:
    """Give the desks a submission crosses in a region, in their order."""
    switched = ((region.has_review, Desk.REVIEW), (region.has_verification, Desk.VERIFICATION))
    return (*(desk for is_on, desk in switched if is_on), Desk.LEADER)


def desk_after(region: Region, desk: Desk) -> Desk:
    """Give the desk that follows one where a submission has passed."""
    order = tuple(Desk)
    return next(other for other in desks_of(region) if order.index(other) > order.index(Desk(desk)))
