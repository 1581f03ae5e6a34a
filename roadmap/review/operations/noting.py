"""Notes on single items: jotted down while a judge reads, said by the verdict, answered by the drafters."""

from sqlalchemy import select

from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.operations import record
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import roadmap_for
from roadmap.plan.queries import outline_as_of
from roadmap.review.access import note_for, submission_for
from roadmap.review.errors import AlreadyDecided
from roadmap.review.models import Desk, NoteAnswer, NoteDraft, Submission, Verdict, VerdictNote
from roadmap.review.operations.steps import seq_now, text_of
from roadmap.review.queries import drafts_of
from roadmap.review.states import ACT_AT
from roadmap.text.words import N_
from roadmap.work import unit_of_work


def jot_down(
    actor: Person, submission_id: int, item_uid: str, text: str, *, needs_mending: bool = False
) -> NoteDraft:
    """Keep what a judge notes on an item of a waiting submission, in place of what they noted before.

    It stays theirs alone until their verdict. Raises as the gate does; AlreadyDecided; NotThere for an item
    that the submission does not hold; NotValid for too long a text.
    """
    with unit_of_work():
        submission, _ = submission_for(actor, submission_id, to=_act_at(submission_id))
        if not submission.is_undecided:
            raise AlreadyDecided(
                N_("Rancangan %(number)s sudah diputuskan. Catatan Anda belum masuk."),
                number=submission.number,
            )
        item = outline_as_of(submission.roadmap_id, submission.seq).by_uid.get(item_uid)
        if item is None:
            raise NotThere
        draft = db.session.scalar(
            select(NoteDraft).where(
                NoteDraft.submission_id == submission.id,
                NoteDraft.person_id == actor.id,
                NoteDraft.item_uid == item.uid,
            )
        )
        if draft is None:
            draft = NoteDraft(submission_id=submission.id, person_id=actor.id, item_uid=item.uid)
            db.session.add(draft)
        draft.item_kind, draft.item_version = item.kind, item.version
        draft.text, draft.needs_mending = text_of("text", text), needs_mending
        return draft


def say_notes(actor: Person, submission: Submission, verdict: Verdict) -> None:
    """Have a verdict say what its judge jotted down: each note with its item, and what is to be mended ticked.

    Needs the open unit of work of the verdict, which has been flushed.
    """
    drafts = drafts_of(actor, submission.id)
    db.session.add_all(
        VerdictNote(
            verdict_id=verdict.id,
            roadmap_id=submission.roadmap_id,
            item_kind=draft.item_kind,
            item_uid=draft.item_uid,
            item_version=draft.item_version,
            text=draft.text,
        )
        for draft in drafts
        if draft.text
    )
    ticked = {draft.item_uid for draft in drafts if draft.needs_mending}
    if ticked and verdict.judgement == "dikembalikan":
        verdict.items = sorted(ticked.union(verdict.items or ()))
    db.session.flush()


def answer_note(actor: Person, note_id: int, text: str) -> NoteAnswer:
    """Answer a judge's note; earlier answers stay beside it.

    Raises as the gate does for drafting, and NotValid for no words or too many.
    """
    note = note_for(actor, note_id, to=Act.EDIT)
    with unit_of_work(note.roadmap_id):
        roadmap_for(actor, note.roadmap_id, to=Act.EDIT)
        words = text_of("text", text)
        if not words:
            raise NotValid({"text": N_("Tulis tanggapannya dahulu.")})
        answer = NoteAnswer(note_id=note.id, person_id=actor.id, text=words, seq=seq_now())
        db.session.add(answer)
        db.session.flush()
        payload = {"note": note.uid, "answer": answer.uid, "kind": note.item_kind, "uid": note.item_uid}
        record(actor, "answer-note", payload=payload)
        return answer


def _act_at(submission_id: int) -> Act:
    submission = db.session.get(Submission, submission_id)
    desk = Desk(submission.desk) if submission else Desk.REVIEW
    # The leader returns with a reason and ticked items; notes are the work of those who read item by item.
    return ACT_AT[desk] if desk != Desk.LEADER else Act.JUDGE_REVIEW
