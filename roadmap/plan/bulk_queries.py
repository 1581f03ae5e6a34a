"""What an act of many entries has to know of the plan: its items, their places, the versions they were written upon."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, func, literal, select

from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import Revision, Versioned
from roadmap.history.queries import revisions_at
from roadmap.plan.kinds import KINDS, Kind

# A question that names more than this the engines do not take.
_MOST_ASKED = 5_000

# An item by its kind and number.
Place = tuple[str, int]
Parent = tuple[str, str]


def last_places(roadmap_id: int, kinds: Iterable[str]) -> dict[Parent, str | None]:
    """Give the last position in use in each list of these kinds: (kind, parent's uid or empty)."""
    last: dict[Parent, str | None] = {}
    for kind in (KINDS[name] for name in kinds):
        # Removed ones too: they keep their places for their return.
        query = select(_parent_column(kind), func.max(kind.model.position)).where(
            kind.model.roadmap_id == roadmap_id
        )
        if kind.parent:
            query = query.group_by(_parent_column(kind))
        for parent, position in db.session.execute(query):
            last[kind.name, parent] = position
    return last


def items_at(roadmap_id: int, places: Collection[Place]) -> dict[Place, Versioned]:
    """Give the items of a roadmap at these places. Raises NotThere where one is not there, or named twice."""
    found: dict[Place, Versioned] = {}
    for name in {kind for kind, _id in places}:
        ids = [item_id for kind, item_id in places if kind == name]
        model = KINDS[name].model
        for start in range(0, len(ids), _MOST_ASKED):
            query = select(model).where(
                model.roadmap_id == roadmap_id, model.id.in_(ids[start : start + _MOST_ASKED])
            )
            found |= {(name, item.id): item for item in db.session.scalars(query)}
    if len(found) != len(places):
        raise NotThere
    return found


def versions_seen(items: Mapping[Place, Versioned], bases: Mapping[Place, int]) -> dict[Place, Revision]:
    """Give, of the items that have gone on since, the version each was written upon; a query for each kind."""
    late = {place: base for place, base in bases.items() if base != items[place].version}
    found: dict[Place, Revision] = {}
    for name in {kind for kind, _id in late}:
        wanted = [(item_id, base) for (kind, item_id), base in late.items() if kind == name]
        found |= {(name, revision.item_id): revision for revision in revisions_at(name, wanted)}
    return found


def _parent_column(kind: Kind) -> ColumnElement[str]:
    column: ColumnElement[str] = getattr(kind.model, kind.parent) if kind.parent else literal("")
    return column
