"""Reading what is kept of a table: its cells, its layout, its trial. The file itself is read by the first step only."""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from roadmap.clock import now
from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.intake.books import Book
from roadmap.intake.layouts import Layout
from roadmap.intake.models import Intake, IntakeFile, State
from roadmap.intake.rules import ENDED, KEPT_AFTER_LEAVING, STALLED_AFTER, WORK
from roadmap.intake.trial import Trial
from roadmap.people.models import Person

NOTHING = "nothing"


def intakes_of(person: Person, roadmap_id: int) -> Sequence[Intake]:
    """Give the tables that a person brought to a roadmap, newest first; those left long ago are not there any more."""
    query = (
        select(Intake)
        .where(Intake.roadmap_id == roadmap_id, Intake.person_id == person.id)
        .order_by(Intake.id.desc())
    )
    return db.session.scalars(query.limit(50)).all()


def count_open(person: Person) -> int:
    """Count the tables of a person that are neither written nor left, on all roadmaps."""
    return len(unfinished_of(person))


def unfinished_of(person: Person) -> Sequence[Intake]:
    """Give the tables of a person that are neither written nor left, on all roadmaps, oldest first."""
    query = select(Intake).where(Intake.person_id == person.id, Intake.state.not_in(ENDED))
    return [one for one in db.session.scalars(query.order_by(Intake.id)) if is_unfinished(one)]


def is_unfinished(intake: Intake) -> bool:
    """Tell whether a table waits for somebody; one that changes nothing in the plan does not."""
    changes_nothing = intake.state == State.TRIAL and bool((intake.report or {}).get(NOTHING))
    return intake.state not in ENDED and not changes_nothing


def is_kept(intake: Intake) -> bool:
    """Tell whether a table that was left can still be gone on with."""
    query = select(func.count(IntakeFile.intake_id)).where(IntakeFile.intake_id == intake.id)
    is_young = intake.finished_at is not None and now() - intake.finished_at < KEPT_AFTER_LEAVING
    return is_young and bool(db.session.scalar(query))


def has_book(intake: Intake) -> bool:
    """Tell whether the file was read, and what was read is still kept."""
    query = select(func.count(IntakeFile.intake_id)).where(
        IntakeFile.intake_id == intake.id, IntakeFile.book.is_not(None)
    )
    return bool(db.session.scalar(query))


def content_of(intake: Intake) -> bytes:
    """Give the file as it was sent. Raises NotThere when it was let go."""
    content = db.session.scalar(select(IntakeFile.content).where(IntakeFile.intake_id == intake.id))
    if content is None:
        raise NotThere
    return content


def book_of(intake: Intake) -> Book:
    """Give the cells that were read. Raises NotThere before they were, and when they were let go."""
    packed = db.session.scalar(select(IntakeFile.book).where(IntakeFile.intake_id == intake.id))
    if packed is None:
        raise NotThere
    return Book.from_json(unpack(packed))


def trial_of(intake: Intake) -> Trial | None:
    """Give the last trial; None where none was made, or it was let go."""
    packed = db.session.scalar(select(IntakeFile.trial).where(IntakeFile.intake_id == intake.id))
    return Trial.from_json(unpack(packed)) if packed is not None else None


def layout_of(intake: Intake) -> Layout:
    """Give the layout as it was proposed, or as the person put it."""
    return Layout.from_json(intake.layout)


def is_stalled(intake: Intake) -> bool:
    """Tell whether a step is due that nobody has worked on for a while."""
    if intake.state not in WORK:
        return False
    return now() - (intake.beat_at or intake.created_at) > STALLED_AFTER


def stalled_ids() -> Sequence[int]:
    """Give the intakes with a step due that nobody has worked on for a while, oldest first."""
    since = now() - STALLED_AFTER
    query = select(Intake.id).where(
        Intake.state.in_(WORK), func.coalesce(Intake.beat_at, Intake.created_at) < since
    )
    return db.session.scalars(query.order_by(Intake.id)).all()


def pack(plain: Any) -> bytes:
    """Write plain values as they are kept."""
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes) -> Any:
    """Read what `pack` wrote."""
    return json.loads(zlib.decompress(packed))
