"""The gate of the plan: the only way a view or a verb obtains a roadmap or an item."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import Roadmap, Versioned
from roadmap.people.access import Place, allows, require
from roadmap.people.models import Person
from roadmap.people.queries import offices_of, roles_on
from roadmap.people.roles import Act, Role
from roadmap.plan.models import Action, Indicator
from roadmap.plan.queries import find_by_uid, find_item, items_by_uid
from roadmap.plan.rules import fields_open_to, is_action_of


@dataclass(frozen=True)
class Access:
    """An item with what this person may change of it."""

    item: Versioned
    roadmap: Roadmap
    fields: frozenset[str]


def place_of(roadmap: Roadmap) -> Place:
    """Say where a roadmap stands, for the gate."""
    return Place(roadmap.region_id, roadmap.id, roadmap.stage)


def roadmap_for(person: Person, roadmap_id: int, to: Act) -> Roadmap:
    """Give a roadmap to somebody who may do the act on it. Raises as the gate does."""
    roadmap = db.session.get(Roadmap, roadmap_id)
    if roadmap is None:
        raise NotThere
    require(person, to, place_of(roadmap))
    return roadmap


def roadmap_to_edit(person: Person, roadmap_id: int) -> Roadmap:
    """Give a roadmap to somebody who may edit on it; for an operator `open_fields_on` then asks about the items.

    Raises as the gate does.
    """
    region_id = db.session.scalar(select(Roadmap.region_id).where(Roadmap.id == roadmap_id))
    roles = roles_on(person, region_id, roadmap_id) if region_id is not None else frozenset()
    is_operator = Role.OPERATOR in roles and Role.DRAFTER not in roles
    return roadmap_for(person, roadmap_id, to=Act.SEE if is_operator else Act.EDIT)


def item_for(person: Person, kind: str, item_id: int, to: Act) -> Access:
    """Give an item to somebody who may do the act on it, with the fields they may change. Raises as the gate does."""
    item = find_item(kind, item_id)
    if item is None:
        raise NotThere
    roadmap = db.session.get_one(Roadmap, item.roadmap_id)
    if to == Act.EDIT and _edits_for_own_office(person, roadmap, item):
        require(person, Act.EDIT_OWN_OFFICE, place_of(roadmap))
        return Access(item, roadmap, fields_open_to({Role.OPERATOR}, kind))
    roles = require(person, to, place_of(roadmap))
    fields = fields_open_to(roles, kind) if to == Act.EDIT else frozenset()
    return Access(item, roadmap, fields)


def open_fields_on(person: Person, roadmap: Roadmap, items: Sequence[Versioned]) -> dict[str, frozenset[str]]:
    """Give, by uid, the fields that a person may change of many items, asked at once.

    A drafter may also move, remove and restore them: `position` and `removed_at` are among the names. Raises
    as the gate does where the person may change none of the items.
    """
    own = own_among(person, roadmap, items)
    if own:
        require(person, Act.EDIT_OWN_OFFICE, place_of(roadmap))
        return {
            item.uid: fields_open_to({Role.OPERATOR}, item.kind) if item.uid in own else frozenset()
            for item in items
        }
    roles = require(person, Act.EDIT, place_of(roadmap))
    return {item.uid: fields_open_to(roles, item.kind) | {"position", "removed_at"} for item in items}


def own_among(person: Person, roadmap: Roadmap, items: Sequence[Versioned]) -> set[str]:
    """Give the uids of the items that a person edits for the own office and not as a drafter."""
    roles = roles_on(person, roadmap.region_id, roadmap.id)
    if Role.DRAFTER in roles or Role.OPERATOR not in roles:
        return set()
    offices = offices_of(person, roadmap.region_id, roadmap.id, Role.OPERATOR)
    named = {item.action for item in items if isinstance(item, Indicator)}
    actions = items_by_uid("action", roadmap.id, named | {item.uid for item in items})
    own = {uid for uid, one in actions.items() if isinstance(one, Action) and is_action_of(offices, one)}
    return {item.uid for item in items if getattr(item, "action", item.uid) in own}


def may_change(person: Person, roadmap: Roadmap, item: Versioned) -> bool:
    """Tell whether a person may edit an item now, for showing or leaving out a control."""
    if allows(person, Act.EDIT, place_of(roadmap)):
        return True
    return _edits_for_own_office(person, roadmap, item) and allows(
        person, Act.EDIT_OWN_OFFICE, place_of(roadmap)
    )


def require_indicators_of(person: Person, roadmap: Roadmap, action: Action) -> None:
    """Let through who may add indicators to an action: drafters, and operators of its offices."""
    if _edits_for_own_office(person, roadmap, action):
        require(person, Act.EDIT_OWN_OFFICE, place_of(roadmap))
    else:
        require(person, Act.EDIT, place_of(roadmap))


def _edits_for_own_office(person: Person, roadmap: Roadmap, item: Versioned) -> bool:
    roles = roles_on(person, roadmap.region_id, roadmap.id)
    if Role.DRAFTER in roles or Role.OPERATOR not in roles:
        return False
    action = item if isinstance(item, Action) else None
    if isinstance(item, Indicator):
        found = find_by_uid("action", roadmap.id, item.action)
        action = found if isinstance(found, Action) else None
    if action is None:
        return False
    offices = offices_of(person, roadmap.region_id, roadmap.id, Role.OPERATOR)
    return is_action_of(offices, action)
