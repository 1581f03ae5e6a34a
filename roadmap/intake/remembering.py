"""Where a region's columns belonged the last time, so that the same table is understood at once the next time."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from roadmap.clock import now
from roadmap.exchange.columns import LINE, NO_FIELDS, Target
from roadmap.extensions import db
from roadmap.intake.guessing import heading_key
from roadmap.intake.layouts import Layout, Reading
from roadmap.intake.models import RememberedColumn
from roadmap.plan.kinds import KINDS
from roadmap.work import current_work

# The oldest are let go of; no region has as many headings.
MOST_REMEMBERED = 2_000


def remembered_for(region_id: int) -> Mapping[str, tuple[Target, Reading]]:
    """Give by heading, as `heading_key` writes it, where a region put its column the last time."""
    query = (
        select(RememberedColumn)
        .where(RememberedColumn.region_id == region_id)
        .order_by(RememberedColumn.used_at.desc(), RememberedColumn.id)
        .limit(MOST_REMEMBERED)
    )
    return {
        one.heading: (target, replace(Reading(), **one.reading))
        for one in db.session.scalars(query)
        if (target := _still_a_place(one.target)) is not None
    }


def remember(region_id: int, layout: Layout) -> None:
    """Keep where the columns of a layout belong; what went out from here needs no memory.

    Needs an open unit of work.
    """
    current_work()
    told = {
        heading_key(column.heading): (column.target, column.reading)
        for one in layout.sheets
        if not (one.is_ours or one.is_known)
        for column in one.columns
        if column.target and column.target.field != LINE and heading_key(column.heading)
    }
    query = select(RememberedColumn).where(
        RememberedColumn.region_id == region_id, RememberedColumn.heading.in_(told)
    )
    known = {one.heading: one for one in db.session.scalars(query)}
    for heading, (target, reading) in told.items():
        one = known.get(heading) or RememberedColumn(region_id=region_id, heading=heading)
        one.target, one.reading, one.used_at = str(target), reading.as_json(), now()
        db.session.add(one)


def _still_a_place(written: str) -> Target | None:
    """Read a place; None for one that the plan has no more."""
    try:
        target = Target.read(written)
    except ValueError:
        return None
    fields = KINDS[target.kind].by_name if target.kind in KINDS else {}
    return target if target.field in fields or (fields and target.field in NO_FIELDS) else None
