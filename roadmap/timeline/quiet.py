"""Quiet history: what one person saved on one item in one sitting is one line. A view: nothing in the log changes.

A sitting ends after half an hour without a save, at midnight in the region, where somebody else has changed the
item in between, and at a named moment. What carries a reason, or did anything but edit, keeps its own line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from roadmap.clock import ZONES, in_zone
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Roadmap
from roadmap.history.queries import readable_by
from roadmap.people.models import Person
from roadmap.plan.kinds import KINDS
from roadmap.timeline.models import Pin
from roadmap.timeline.sayings import MILESTONES

SITTING = timedelta(minutes=30)
FOLDED = frozenset({"edit", "merge"})
# So many acts are looked at for one page of lines; where they fold to fewer lines the page is shorter.
ACTS_A_PAGE = 400

_Key = tuple[str, str, int]


@dataclass
class Line:
    """One line of the story: the act that is told, and when it folds several: how many, since when, what was before."""

    act_id: int
    seq: int
    at: datetime
    since: datetime
    saves: int = 1
    base_version: int | None = None


@dataclass
class Lines:
    """A page of lines, newest first, and before which act the next page begins."""

    lines: list[Line] = field(default_factory=list)
    older: int | None = None


def lines_of(
    roadmap: Roadmap, reader: Person, *, before: int | None, limit: int, most: int = ACTS_A_PAGE
) -> Lines:
    """Give the lines of the acts that a person may know of, newest first, `limit` of them below `before`."""
    known = and_(Changeset.roadmap_id == roadmap.id, readable_by(reader, roadmap))
    rows = _rows(and_(known, Changeset.seq < before) if before is not None else known, most)
    if not rows:
        return Lines()
    is_full, last = len(rows) == most, rows[-1]
    newer: list[Any] = []
    earlier: list[Any] = []
    if before is not None:
        soon = and_(known, Changeset.seq >= before, Changeset.at <= rows[0].at + SITTING)
        newer = _rows(soon, most, oldest_first=True)[::-1]
    if is_full:
        earlier = _rows(and_(known, Changeset.seq < last.seq, Changeset.at >= _morning(last.at, roadmap)))
    lines = _folded([*newer, *rows, *earlier], roadmap, _named_moments(roadmap))
    here = [one for one in lines if last.seq <= one.seq <= rows[0].seq]
    shown = here[:limit]
    if len(here) > limit:
        return Lines(shown, shown[-1].seq)
    return Lines(shown, last.seq if is_full else None)


def milestones_of(roadmap: Roadmap, reader: Person, *, before: int | None, limit: int) -> Lines:
    """Give the milestones only: steps of a round, what came from a spreadsheet, and named moments."""
    named = select(Pin.moment).where(Pin.roadmap_id == roadmap.id, Pin.removed_at.is_(None))
    query = select(Changeset.id, Changeset.seq, Changeset.at).where(
        Changeset.roadmap_id == roadmap.id,
        readable_by(reader, roadmap),
        or_(Changeset.verb.in_(sorted(MILESTONES)), Changeset.source == "import", Changeset.seq.in_(named)),
    )
    if before is not None:
        query = query.where(Changeset.seq < before)
    rows = db.session.execute(query.order_by(Changeset.seq.desc()).limit(limit + 1)).all()
    lines = [Line(row.id, row.seq, row.at, row.at) for row in rows[:limit]]
    return Lines(lines, lines[-1].seq if len(rows) > limit else None)


def _rows(where: ColumnElement[bool], most: int | None = None, *, oldest_first: bool = False) -> list[Any]:
    """Read acts with the one item they touched, lightly: no snapshot is read."""
    order = Changeset.seq.asc() if oldest_first else Changeset.seq.desc()
    acts = (
        select(
            Changeset.id,
            Changeset.seq,
            Changeset.at,
            Changeset.actor_uid,
            Changeset.verb,
            (Changeset.reason == "").label("is_silent"),
        )
        .where(where)
        .order_by(order)
        .limit(most)
        .subquery()
    )
    # What was touched is counted by an index alone, which does not hold the versions: only where it was one item
    # is its row looked up (measured: 2 ms instead of 10 after imports).
    touched = and_(Revision.changeset_id == acts.c.id, Revision.kind.in_(sorted(KINDS)))
    counted = (
        select(
            *acts.c,
            func.count(Revision.item_id).label("items"),
            func.min(Revision.kind).label("kind"),
            func.min(Revision.item_id).label("item_id"),
        )
        .outerjoin(Revision, touched)
        .group_by(*acts.c)
        .subquery()
    )
    single = aliased(Revision)
    its_row = and_(
        counted.c["items"] == 1,
        single.changeset_id == counted.c.id,
        single.kind == counted.c.kind,
        single.item_id == counted.c.item_id,
    )
    query = select(*counted.c, single.item_version.label("version")).outerjoin(single, its_row)
    return list(
        db.session.execute(query.order_by(counted.c.seq.asc() if oldest_first else counted.c.seq.desc()))
    )


def _folded(rows: Iterable[Any], roadmap: Roadmap, named: set[int]) -> list[Line]:
    """Fold acts, newest first, into lines."""
    lines: list[Line] = []
    sittings: dict[_Key, tuple[Line, int]] = {}
    for row in rows:
        key = _key_of(row)
        sitting = sittings.get(key) if key else None
        if key and sitting and row.seq not in named and _goes_on(sitting[0], sitting[1], row, roadmap):
            line = sitting[0]
            line.saves, line.since, line.base_version = line.saves + 1, row.at, row.version - 1
        else:
            line = Line(row.id, row.seq, row.at, row.at)
            lines.append(line)
        if key:
            sittings[key] = line, row.version
    return lines


def _key_of(row: Any) -> _Key | None:
    if row.verb not in FOLDED or row.items != 1 or not row.is_silent:
        return None
    return row.actor_uid, row.kind, row.item_id


def _goes_on(line: Line, version: int, row: Any, roadmap: Roadmap) -> bool:
    """Tell whether an older act belongs to a sitting: no pause, no midnight, nobody's version in between."""
    is_near = line.since - row.at <= SITTING
    return is_near and row.version == version - 1 and _day(line.since, roadmap) == _day(row.at, roadmap)


def _day(at: datetime, roadmap: Roadmap) -> date:
    return in_zone(at, roadmap.region.zone).date()


def _morning(at: datetime, roadmap: Roadmap) -> datetime:
    return datetime.combine(_day(at, roadmap), time(), ZONES[roadmap.region.zone])


def _named_moments(roadmap: Roadmap) -> set[int]:
    query = select(Pin.moment).where(Pin.roadmap_id == roadmap.id, Pin.removed_at.is_(None))
    return set(db.session.scalars(query))
