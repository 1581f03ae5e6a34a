"""The gate: the only way to learn whether a person may do an act, and the only way to a region.

Not visible: 404. Visible and not allowed: 403, with why and who can. Allowed but not at this stage: 409.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from roadmap.errors import NotAllowed, NotThere, Refusal, StepNotOpen
from roadmap.extensions import db
from roadmap.people.models import Person, Region
from roadmap.people.queries import roles_on
from roadmap.people.roles import REGION_ACTS, Act, Role, Stage, holds, is_open_at, who_may
from roadmap.text.words import N_

_asked: ContextVar[list[Act] | None] = ContextVar("asked", default=None)


@dataclass(frozen=True)
class Place:
    """Where a right is asked for: a region, and perhaps one of its roadmaps at its stage."""

    region_id: int
    roadmap_id: int | None = None
    stage: Stage | None = None


def note_asking(asked: list[Act]) -> None:
    """Have every question to the gate in this context written into a list (the house law reads it)."""
    _asked.set(asked)


@dataclass(frozen=True)
class Asked:
    """What the gate was asked and refused: the act, the place, and the roles the person holds there."""

    act: Act
    place: Place
    roles: frozenset[Role]


def require(person: Person, act: Act, place: Place) -> frozenset[Role]:
    """Let a person through to an act, and tell the roles they hold there.

    Raises NotThere when they may not know of the place, NotAllowed when they see it but do not hold the
    right, StepNotOpen when its stage does not admit the act.
    """
    asked = _asked.get()
    if asked is not None:
        asked.append(act)
    roles = roles_on(person, place.region_id, place.roadmap_id)
    if not holds(roles, act):
        if not _may_know_of(roles, act):
            raise NotThere
        raise _with(
            Asked(act, place, roles),
            NotAllowed(
                N_("Peran Anda di sini tidak mencakup tindakan ini."),
                who_can=[role.value for role in who_may(act)],
            ),
        )
    if place.stage is not None and act not in REGION_ACTS and not is_open_at(act, place.stage):
        raise _with(
            Asked(act, place, roles),
            StepNotOpen(
                N_("Tindakan ini tidak terbuka pada tahap peta jalan sekarang. Tidak ada yang diubah.")
            ),
        )
    return roles


def allows(person: Person, act: Act, place: Place) -> bool:
    """Tell whether the gate would let a person through, for showing or leaving out a control."""
    roles = roles_on(person, place.region_id, place.roadmap_id)
    return holds(roles, act) and (place.stage is None or act in REGION_ACTS or is_open_at(act, place.stage))


def region_for(person: Person, region_id: int, to: Act) -> Region:
    """Give a region to somebody who may do the act there. Raises as `require` does."""
    region = db.session.get(Region, region_id)
    if region is None:
        raise NotThere
    require(person, to, Place(region.id))
    return region


def _with(asked: Asked, refusal: Refusal) -> Refusal:
    refusal.asked = asked
    return refusal


def _may_know_of(roles: frozenset[Role], act: Act) -> bool:
    if act in REGION_ACTS:
        return bool(roles)
    return holds(roles, Act.SEE)
