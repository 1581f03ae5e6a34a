"""Reading a plan as it stood; what was read last is kept under the digest of its act and the last closing of a text."""

from sqlalchemy import bindparam, func, inspect, select

from roadmap.extensions import db
from roadmap.history.models import Changeset
from roadmap.history.queries import standing_as_of, upcast
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import ItemView, Outline, outline
from roadmap.plan.shelf import Shelf, Shelved
from roadmap.work import is_writing

past_shelf = Shelf()

_ACTS = inspect(Changeset).local_table
_OF_ROADMAP = _ACTS.c.roadmap_id == bindparam("roadmap_id")
# The log itself never changes, but for words that were closed: they go from earlier versions too.
_MARK = select(
    select(_ACTS.c.digest)
    .where(_OF_ROADMAP, _ACTS.c.seq <= bindparam("seq"))
    .order_by(_ACTS.c.seq.desc())
    .limit(1)
    .scalar_subquery(),
    select(func.max(_ACTS.c.seq)).where(_OF_ROADMAP, _ACTS.c.verb == "close").scalar_subquery(),
)


def read_past(roadmap_id: int, seq: int) -> Outline:
    """Read a plan as it stood at a sequence number: one query, or what is kept of it."""
    if is_writing():
        return _read(roadmap_id, seq)
    digest, closed = db.session.execute(_MARK, {"roadmap_id": roadmap_id, "seq": seq}).one()
    mark = f"{digest} {closed}"
    kept = past_shelf.find((roadmap_id, seq))
    if kept is not None and kept.digest == mark:
        return kept.plan
    plan = _read(roadmap_id, seq)
    past_shelf.keep((roadmap_id, seq), Shelved(seq, mark, plan))
    return plan


def _read(roadmap_id: int, seq: int) -> Outline:
    return outline(
        ItemView(one.kind, one.item_id, one.item_uid, one.item_version, upcast(one.kind, one.snapshot))
        for one in standing_as_of(roadmap_id, seq, KINDS)
    )
