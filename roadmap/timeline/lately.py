"""How much others changed since an act, counted as the page of the comparison counts, without reading the whole plan.

Only what was touched is read in both states; of all that stood still only the places.
"""

from sqlalchemy import and_, func, select, tuple_

from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Roadmap
from roadmap.history.queries import readable_by
from roadmap.people.models import Person
from roadmap.plan.differences import differences
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import ItemView, outline, view_of_revision

# Of more than this nobody wants to know the number.
MOST = 500

Touched = set[tuple[str, int]]


def count_since(roadmap: Roadmap, reader: Person, seq: int) -> int | None:
    """Count what differs since an act, where others touched anything, else 0; None where it is very much."""
    touched = _touched(roadmap, seq)
    if not touched or not _others_did(roadmap, reader, seq):
        return 0
    if len(touched) > MOST:
        return None
    still = _places(roadmap.id, touched)
    before = _in_force(roadmap.id, touched, upto=seq)
    after = _in_force(roadmap.id, touched, upto=roadmap.head_seq)
    return len(differences(outline([*still, *before]), outline([*still, *after])))


def _touched(roadmap: Roadmap, seq: int) -> Touched:
    query = (
        select(Revision.kind, Revision.item_id)
        .where(Revision.roadmap_id == roadmap.id, Revision.seq > seq, Revision.kind.in_(sorted(KINDS)))
        .distinct()
    )
    return {(row.kind, row.item_id) for row in db.session.execute(query)}


def _others_did(roadmap: Roadmap, reader: Person, seq: int) -> bool:
    query = (
        select(Revision.id)
        .join(Changeset, Changeset.id == Revision.changeset_id)
        .where(
            Revision.roadmap_id == roadmap.id,
            Revision.seq > seq,
            Revision.kind.in_(sorted(KINDS)),
            Changeset.actor_uid != reader.uid,
            readable_by(reader, roadmap),
        )
    )
    return db.session.scalar(query.limit(1)) is not None


def _in_force(roadmap_id: int, touched: Touched, *, upto: int) -> list[ItemView]:
    """Give the touched items as they stood at an act; one query."""
    newest = (
        select(Revision.kind, Revision.item_id, func.max(Revision.seq).label("seq"))
        .where(
            Revision.roadmap_id == roadmap_id,
            Revision.seq <= upto,
            tuple_(Revision.kind, Revision.item_id).in_(sorted(touched)),
        )
        .group_by(Revision.kind, Revision.item_id)
        .subquery()
    )
    its_revision = and_(
        Revision.roadmap_id == roadmap_id,
        Revision.kind == newest.c.kind,
        Revision.item_id == newest.c.item_id,
        Revision.seq == newest.c.seq,
    )
    found = db.session.scalars(select(Revision).join(newest, its_revision))
    return [view_of_revision(one) for one in found if not one.gone]


def _places(roadmap_id: int, touched: Touched) -> list[ItemView]:
    """Give where all other items stand, and nothing else of them; a query for each kind."""
    still = []
    for kind in KINDS.values():
        names = ("position", kind.parent) if kind.parent else ("position",)
        columns = [getattr(kind.model, name) for name in ("id", "uid", *names)]
        query = select(*columns).where(kind.model.roadmap_id == roadmap_id, kind.model.removed_at.is_(None))
        still += [
            ItemView(kind.name, row.id, row.uid, 1, {name: getattr(row, name) for name in names})
            for row in db.session.execute(query)
            if (kind.name, row.id) not in touched
        ]
    return still
