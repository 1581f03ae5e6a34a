"""Moments of a roadmap that a reader may go back to. A moment is an act; which one, and when, is all it tells.

What a reader may not know of is no moment: the newest act they may know of, at or before it, stands for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select

from roadmap.clock import ZONES
from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import Changeset, Edition, Roadmap
from roadmap.history.queries import neighbours_of, readable_by
from roadmap.people.models import Person
from roadmap.timeline.models import Pin


@dataclass(frozen=True)
class PointInTime:
    """A moment as this reader may know of it, with the acts just before and after it, and the edition it became."""

    seq: int
    at: datetime
    before: int | None
    after: int | None
    edition: int | None

    @property
    def is_now(self) -> bool:
        """Tell whether nothing that this reader may know of has happened since."""
        return self.after is None


@dataclass(frozen=True)
class Day:
    """A day on which something happened: the last act of it, and how many there were."""

    day: date
    seq: int
    acts: int


def point_in_time(roadmap: Roadmap, seq: int, reader: Person) -> PointInTime:
    """Give the moment of an act. Raises NotThere for one that has not come yet, or never was."""
    if not 1 <= seq <= roadmap.head_seq:
        raise NotThere
    here = db.session.scalar(
        select(Changeset)
        .where(Changeset.roadmap_id == roadmap.id, Changeset.seq <= seq, readable_by(reader, roadmap))
        .order_by(Changeset.seq.desc())
        .limit(1)
    )
    if here is None:
        raise NotThere
    before, after = neighbours_of(roadmap, here.seq, reader)
    edition = select(func.min(Edition.number)).where(
        Edition.roadmap_id == roadmap.id, Edition.seq == here.seq
    )
    return PointInTime(here.seq, here.at, before, after, db.session.scalar(edition))


def last_seq_of(roadmap: Roadmap, day: date, reader: Person) -> int | None:
    """Give the last act that a reader may know of up to the end of a day in the region; None before the first."""
    end = datetime.combine(day, time(), ZONES[roadmap.region.zone]) + timedelta(days=1)
    query = select(func.max(Changeset.seq)).where(
        Changeset.roadmap_id == roadmap.id,
        Changeset.at < end.astimezone(UTC),
        readable_by(reader, roadmap),
    )
    return db.session.scalar(query)


def days_of(roadmap: Roadmap, reader: Person) -> list[Day]:
    """Give the days of the region on which something happened that a reader may know of, newest first."""
    day = _day_in(roadmap.region.zone)
    query = (
        select(day, func.max(Changeset.seq), func.count(Changeset.id))
        .where(Changeset.roadmap_id == roadmap.id, readable_by(reader, roadmap))
        .group_by(day)
        .order_by(func.max(Changeset.seq).desc())
    )
    return [Day(date.fromisoformat(str(row[0])), row[1], row[2]) for row in db.session.execute(query)]


def pins_of(roadmap_id: int) -> Sequence[Pin]:
    """Give the moments that somebody named, newest first."""
    query = select(Pin).where(Pin.roadmap_id == roadmap_id, Pin.removed_at.is_(None))
    return db.session.scalars(query.order_by(Pin.moment.desc(), Pin.id)).all()


def _day_in(zone: str) -> ColumnElement[date]:
    if db.engine.dialect.name == "sqlite":
        offset = ZONES[zone].utcoffset(datetime(2026, 1, 1))  # noqa: DTZ001 - no zone here knows a summer time
        hours = int((offset or timedelta()).total_seconds() // 3600)
        return func.date(Changeset.at, f"+{hours} hours")
    return func.date(func.timezone(ZONES[zone].key, Changeset.at))
