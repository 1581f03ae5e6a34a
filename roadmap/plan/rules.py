"""Plain questions about a person and an item of the plan."""

from collections.abc import Iterable

from roadmap.people.roles import Role
from roadmap.plan.kinds import KINDS, OWNER_FIELDS
from roadmap.plan.models import Action


def is_action_of(offices: Iterable[str], action: Action) -> bool:
    """Tell whether one of the offices leads or supports an action."""
    return not {action.lead, *action.supporting}.isdisjoint(offices)


def fields_open_to(roles: Iterable[Role], kind: str) -> frozenset[str]:
    """Give the fields that somebody who may edit an item of a kind can change with these roles."""
    names = frozenset(KINDS[kind].by_name)
    if Role.DRAFTER in set(roles):
        return names
    return names - OWNER_FIELDS
