"""Quiet history: what one person saved on one item in one sitting is one line. A view: nothing in the log changes.

A sitting ends after half an hour without a save, at midnight in the region, where somebody else has changed the
item in between, and at a named moment. What carries a reason, or did anything but edit, keeps its own line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from roadmap.clock import ZONES, in_zone
from roadmap.extensions import db
from roadmap.history.models import Changeset, Revision, Roadmap
from roadmap.history.queries import readable_at, readable_by
from roadmap.people.models import Person
from roadmap.people.queries import roles_on
from roadmap.people.roles import Visibility, levels_read_by
from roadmap.plan.kinds import KINDS
from roadmap.timeline.models import Pin
from roadmap.timeline.sayings import MILESTONES

SITTING = timedelta(minutes=30)
FOLDED = frozenset({"edit", "merge"})
# So many acts are looked at for one page of lines; where they fold to fewer lines the page is shorter.
ACTS_A_PAGE = 400
LARGEST_NUMBER = 2**31 - 1
FIRST_MOMENT, LAST_MOMENT = datetime(1945, 8, 17, tzinfo=UTC), datetime(2945, 8, 17, tzinfo=UTC)

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
    rows = _rows(roadmap, reader, below=before, most=most)
    if not rows:
        return Lines()
    is_full, last = len(rows) == most, rows[-1]
    newer: list[Any] = []
    earlier: list[Any] = []
    if before is not None:
        until = rows[0].at + SITTING
        newer = _rows(roadmap, reader, beyond=before - 1, until=until, most=most, oldest_first=True)[::-1]
    if is_full:
        earlier = _rows(roadmap, reader, below=last.seq, since=_morning(last.at, roadmap))
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


def _rows(
    roadmap: Roadmap,
    reader: Person,
    *,
    below: int | None = None,
    beyond: int = 0,
    since: datetime = FIRST_MOMENT,
    until: datetime = LAST_MOMENT,
    most: int = LARGEST_NUMBER,
    oldest_first: bool = False,
) -> list[Any]:
    """Read acts between two numbers and two moments with the one item they touched, lightly: no snapshot is read."""
    levels = frozenset(levels_read_by(roles_on(reader, roadmap.region_id, roadmap.id)))
    asked = {
        "roadmap_id": roadmap.id,
        "reader": reader.uid,
        "below": LARGEST_NUMBER if below is None else below,
        "beyond": beyond,
        "since": since,
        "until": until,
        "most": most,
    }
    return list(db.session.execute(_question(levels, oldest_first=oldest_first), asked))


@lru_cache(maxsize=100)
def _question(levels: frozenset[Visibility], *, oldest_first: bool) -> Select[*tuple[Any, ...]]:
    """Make the question that `_rows` asks; making it takes as long as asking it."""
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
        .where(
            Changeset.roadmap_id == bindparam("roadmap_id"),
            readable_at(levels, bindparam("reader")),
            Changeset.seq < bindparam("below"),
            Changeset.seq > bindparam("beyond"),
            Changeset.at >= bindparam("since"),
            Changeset.at <= bindparam("until"),
        )
        .order_by(order)
        .limit(bindparam("most"))
        .subquery()
    )
    # Whether it was one item tells an index alone; only then is its row looked up (measured: 2 ms instead of 10
    # after imports).
    touched = and_(Revision.changeset_id == acts.c.id, Revision.kind.in_(sorted(KINDS)))
    first, last = (
        select(one(Revision.id)).where(touched).correlate(acts).scalar_subquery()
        for one in (func.min, func.max)
    )
    spanned = select(*acts.c, first.label("first"), last.label("last")).subquery()
    single = aliased(Revision)
    query = select(
        *(spanned.c[name] for name in acts.c.keys()),  # noqa: SIM118 - a collection of columns
        single.kind,
        single.item_id,
        single.item_version.label("version"),
    ).outerjoin(single, and_(single.id == spanned.c.first, spanned.c.first == spanned.c.last))
    return query.order_by(spanned.c.seq.asc() if oldest_first else spanned.c.seq.desc())


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
    if row.verb not in FOLDED or row.kind is None or not row.is_silent:
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
