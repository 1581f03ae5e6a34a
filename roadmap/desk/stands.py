"""Where several roadmaps stand, each in a sentence, with few queries: counts that cost one each stay on the strip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmap.history.models import Roadmap
from roadmap.people.models import Membership
from roadmap.people.roles import Role, Stage
from roadmap.review.queries import Facts, Standing, days_left, facts_of, turn_of
from roadmap.review.states import STEP_OF
from roadmap.review.words import sentence_of, step_names


@dataclass(frozen=True)
class Stand:
    """Where a roadmap stands, and whether it waits for this reader."""

    step: int
    step_name: str
    sentence: str
    is_mine: bool


def stands_of(roadmaps: Sequence[Roadmap], memberships: Sequence[Membership]) -> Mapping[int, Stand]:
    """Say where each roadmap stands, by its id."""
    facts = facts_of([roadmap.id for roadmap in roadmaps])
    return {roadmap.id: _stand(roadmap, facts[roadmap.id], memberships) for roadmap in roadmaps}


def _stand(roadmap: Roadmap, facts: Facts, memberships: Sequence[Membership]) -> Stand:
    turn, since = turn_of(roadmap, facts)
    stage = Stage(roadmap.stage)
    standing = Standing(
        step=STEP_OF[stage],
        stage=stage,
        region=roadmap.region,
        turn=turn,
        since=since,
        facts=facts,
        newer_changes=0,
        mended=0,
        missing=0,
        days_left=days_left(roadmap, facts),
    )
    mine = {
        Role(held.role)
        for held in memberships
        if held.region_id == roadmap.region_id and held.roadmap_id in (None, roadmap.id)
    }
    return Stand(standing.step, step_names()[standing.step - 1], sentence_of(standing), turn in mine)
