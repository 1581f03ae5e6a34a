"""The gate of the review: the only way a view or a verb obtains a submission or an edition."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import Edition, Roadmap
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import roadmap_for
from roadmap.review.models import Submission, VerdictNote


def submission_for(person: Person, submission_id: int, to: Act) -> tuple[Submission, Roadmap]:
    """Give a submission and its roadmap to somebody who may do the act on it. Raises as the gate does."""
    submission = db.session.scalar(
        select(Submission)
        .where(Submission.id == submission_id)
        .options(joinedload(Submission.verdict), joinedload(Submission.submitter))
    )
    if submission is None:
        raise NotThere
    return submission, roadmap_for(person, submission.roadmap_id, to=to)


def note_for(person: Person, note_id: int, to: Act) -> VerdictNote:
    """Give a note of a verdict to somebody who may do the act on its roadmap. Raises as the gate does."""
    note = db.session.get(VerdictNote, note_id)
    if note is None:
        raise NotThere
    roadmap_for(person, note.roadmap_id, to=to)
    return note


def edition_for(person: Person, edition_id: int, to: Act) -> tuple[Edition, Roadmap]:
    """Give an edition and its roadmap to somebody who may do the act on it. Raises as the gate does."""
    edition = db.session.get(Edition, edition_id)
    if edition is None:
        raise NotThere
    return edition, roadmap_for(person, edition.roadmap_id, to=to)


def edition_numbered(person: Person, roadmap_id: int, number: int) -> tuple[Edition, Roadmap]:
    """Give an edition of a roadmap by its number to somebody who may see the roadmap. Raises as the gate does."""
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    edition = db.session.scalar(
        select(Edition).where(Edition.roadmap_id == roadmap_id, Edition.number == number)
    )
    if edition is None:
        raise NotThere
    return edition, roadmap
