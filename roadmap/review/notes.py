"""The notes of verdicts as people meet them again: on which item, by whom, and whether anything was done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from roadmap.extensions import db
from roadmap.people.models import Person
from roadmap.plan.outline import ItemView, Outline
from roadmap.review.models import NoteAnswer, NoteDraft, Submission, Verdict, VerdictNote
from roadmap.review.queries import newer_acts


@dataclass(frozen=True)
class Note:
    """A note with its item as it stands where it is read, the answers so far, and whether the item has changed."""

    row: VerdictNote
    item: ItemView | None
    answers: Sequence[NoteAnswer]
    is_changed: bool

    @property
    def is_answered(self) -> bool:
        """Tell whether the drafters answered it in words."""
        return bool(self.answers)

    @property
    def is_met(self) -> bool:
        """Tell whether it was answered, or its item changed since: ditanggapi, or belum."""
        return self.is_changed or self.is_answered


def notes_on(
    roadmap_id: int,
    plan: Outline,
    *,
    said_by: int | None = None,
    round_id: int | None = None,
    item_uids: Iterable[str] | None = None,
) -> list[Note]:
    """Give the notes on a roadmap in the plan's order, newest first on one item; two queries and one for the changes.

    `plan` is the state whose titles they carry. Only those that were said up to an act (`said_by`), of one round,
    or on some items, where these are named; what was done about them is told as of now.
    """
    query = (
        select(VerdictNote)
        .join(Verdict, Verdict.id == VerdictNote.verdict_id)
        .join(Submission, Submission.id == Verdict.submission_id)
        .where(VerdictNote.roadmap_id == roadmap_id)
        .options(
            joinedload(VerdictNote.verdict).joinedload(Verdict.submission),
            joinedload(VerdictNote.verdict).joinedload(Verdict.person),
            selectinload(VerdictNote.answers).joinedload(NoteAnswer.person),
        )
        .order_by(VerdictNote.id.desc())
    )
    if said_by is not None:
        query = query.where(Verdict.seq <= said_by)
    if round_id is not None:
        query = query.where(Submission.round_id == round_id)
    if item_uids is not None:
        query = query.where(VerdictNote.item_uid.in_(sorted(item_uids)))
    rows = db.session.scalars(query).all()
    touched = _touched_since(roadmap_id, rows)
    notes = [
        Note(
            row,
            plan.by_uid.get(row.item_uid),
            row.answers,
            touched.get(row.item_uid, 0) > row.verdict.seq,
        )
        for row in rows
    ]
    places = {item.uid: place for place, item in enumerate(plan.in_published_order())}
    return sorted(notes, key=lambda note: places.get(note.row.item_uid, len(places)))


def own_notes(person: Person) -> list[dict[str, object]]:
    """Give what a person noted on items, said or not, and answered, for the file of their own data."""
    drafts = db.session.scalars(
        select(NoteDraft).where(NoteDraft.person_id == person.id).order_by(NoteDraft.id)
    )
    answers = db.session.scalars(
        select(NoteAnswer).where(NoteAnswer.person_id == person.id).order_by(NoteAnswer.id)
    )
    found: list[dict[str, object]] = [
        {"at": one.at.isoformat(), "item": one.item_uid, "note": one.text} for one in drafts
    ]
    found += [{"at": one.at.isoformat(), "answer": one.text} for one in answers]
    return found


def _touched_since(roadmap_id: int, rows: Sequence[VerdictNote]) -> dict[str, int]:
    """Give, for each item that changed after the oldest of the notes, the number of the act that changed it last."""
    if not rows:
        return {}
    found: dict[str, int] = {}
    for seq, uids in newer_acts(roadmap_id, min(row.verdict.seq for row in rows)):
        found.update(dict.fromkeys(uids, seq))
    return found
