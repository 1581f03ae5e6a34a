"""Rounds, consultations, and what is laid on a desk and taken back."""

from datetime import date

from sqlalchemy import func, select

from roadmap.clock import now
from roadmap.errors import NotValid, StepNotOpen
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.operations import record
from roadmap.people.models import Person
from roadmap.people.queries import today_in
from roadmap.people.roles import Act, Stage
from roadmap.plan.access import roadmap_for
from roadmap.plan.findings import blocking, findings_of
from roadmap.plan.queries import outline_as_of
from roadmap.review.errors import AlreadySubmitted
from roadmap.review.events import ConsultationEnded, ConsultationOpened, RoundOpened, Submitted, Withdrawn
from roadmap.review.models import Desk, Round, Submission
from roadmap.review.operations.steps import facts_on, move, named, round_of, seq_now, text_of
from roadmap.review.queries import Facts
from roadmap.review.states import DESK_AT, Move, desk_after, desks_of, step
from roadmap.text.words import N_
from roadmap.work import current_work, tell, unit_of_work


def submit(
    actor: Person, roadmap_id: int, note: str = "", *, accepts_findings: bool | int = False
) -> Submission:
    """Lay the roadmap as it stands on its first desk, or send what has passed a desk on to the next, unchanged.

    Raises as the gate does; AlreadySubmitted while something waits for its verdict; NotValid without a reason
    in a later round, and at the leader's desk for what blocks (no title, period, action or lead) and for
    findings that nobody accepted; a number accepts just so many. Tells Submitted.
    """
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.SUBMIT)
        facts = facts_on(roadmap)
        if facts.undecided is not None:
            raise AlreadySubmitted(
                N_(
                    "Rancangan %(number)s sudah diajukan dan menunggu putusan. Tidak ada yang diajukan dua kali."
                ),
                number=facts.undecided.number,
            )
        note = text_of("note", note)
        is_sent_on = Stage(roadmap.stage) in DESK_AT
        lay = _sent_on if is_sent_on else _laid_anew
        submission = lay(actor, roadmap, facts, note)
        if submission.desk == Desk.LEADER:
            _require_ready(roadmap, submission.seq, accepts_findings=accepts_findings)
        move(roadmap, facts, Move.SUBMIT, submission.desk)
        db.session.add(submission)
        db.session.flush()
        record(actor, "send-on" if is_sent_on else "submit", payload=named(submission), reason=note)
        tell(Submitted(roadmap.id, seq_now(), actor.uid, submission.id, str(submission.desk)))
        return submission


def withdraw(actor: Person, roadmap_id: int, reason: str = "") -> Submission:
    """Take back what lies on a desk, or has passed one and was not sent on; the stage is Draf again.

    Raises as the gate does, and StepNotOpen where nothing lies there. Tells Withdrawn.
    """
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.WITHDRAW)
        facts = facts_on(roadmap)
        submission = facts.undecided or facts.passed
        if submission is None:
            raise StepNotOpen(N_("Tidak ada rancangan yang dapat ditarik. Tidak ada yang diubah."))
        submission.withdrawn_at = now()
        move(roadmap, facts, Move.WITHDRAW)
        record(actor, "withdraw", payload=named(submission), reason=text_of("reason", reason))
        tell(Withdrawn(roadmap.id, seq_now(), actor.uid, submission.id, str(submission.desk)))
        return submission


def open_consultation(actor: Person, roadmap_id: int, until: date) -> Round:
    """Ask everybody in the team for their view until a day, that day included.

    Raises as the gate does; StepNotOpen where the region goes without; NotValid for a day gone by. Tells
    ConsultationOpened.
    """
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.OPEN_CONSULTATION)
        if not roadmap.region.has_consultation:
            raise StepNotOpen(N_("Daerah ini tidak memakai tahap konsultasi. Tidak ada yang diubah."))
        if until < today_in(roadmap.region):
            raise NotValid({"until": N_("Tanggal penutupan sudah lewat. Pilih hari ini atau sesudahnya.")})
        facts = facts_on(roadmap)
        current = round_of(roadmap, facts)
        current.consultation_until = until
        move(roadmap, facts, Move.OPEN_CONSULTATION)
        record(actor, "open-consultation", payload={"until": until.isoformat()})
        tell(ConsultationOpened(roadmap.id, seq_now(), actor.uid))
        return current


def end_consultation(actor: Person, roadmap_id: int) -> Round:
    """Close the consultation; the stage is Draf again. Raises as the gate does. Tells ConsultationEnded."""
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.END_CONSULTATION)
        facts = facts_on(roadmap)
        move(roadmap, facts, Move.END_CONSULTATION)
        record(actor, "end-consultation")
        tell(ConsultationEnded(roadmap.id, seq_now(), actor.uid))
        return round_of(roadmap, facts)


def begin_first_round(roadmap_id: int, seq: int) -> Round:
    """Open the first round of a roadmap that has just been created, in the act that creates it."""
    first = Round(roadmap_id=roadmap_id, number=1, opened_seq=seq)
    current_work()
    db.session.add(first)
    return first


def begin_next_round(roadmap_id: int, seq: int, actor_uid: str) -> Round | None:
    """Open the next round in the act of the first edit after an approval; None where a round is open already."""
    current_work()
    roadmap = db.session.get_one(Roadmap, roadmap_id)
    if Stage(roadmap.stage) not in {Stage.APPROVED, Stage.ADOPTED, Stage.IMPLEMENTATION}:
        return None
    roadmap.stage = step(Stage(roadmap.stage), Move.REOPEN)
    last = db.session.scalar(select(func.max(Round.number)).where(Round.roadmap_id == roadmap_id)) or 0
    following = Round(roadmap_id=roadmap_id, number=last + 1, opened_seq=seq)
    db.session.add(following)
    tell(RoundOpened(roadmap_id, seq, actor_uid, following.number))
    return following


def _laid_anew(actor: Person, roadmap: Roadmap, facts: Facts, note: str) -> Submission:
    current = round_of(roadmap, facts)
    if current.number > 1 and not note:
        raise NotValid(
            {"note": N_("Tulis alasan perubahan: edisi yang disetujui akan diganti dengan rancangan ini.")}
        )
    highest = db.session.scalar(
        select(func.max(Submission.number)).where(Submission.roadmap_id == roadmap.id)
    )
    return Submission(
        roadmap_id=roadmap.id,
        round_id=current.id,
        number=(highest or 0) + 1,
        desk=desks_of(roadmap.region)[0],
        seq=seq_now() - 1,
        digest=current_work().previous_digest or "",
        submitted_by=actor.id,
        note=note,
    )


def _sent_on(actor: Person, roadmap: Roadmap, facts: Facts, note: str) -> Submission:
    passed = facts.passed
    if passed is None or DESK_AT[Stage(roadmap.stage)] != passed.desk:
        raise StepNotOpen(N_("Belum ada rancangan yang lolos di tahap ini. Tidak ada yang diubah."))
    return Submission(
        roadmap_id=roadmap.id,
        round_id=passed.round_id,
        number=passed.number,
        desk=desk_after(roadmap.region, passed.desk),
        seq=passed.seq,
        digest=passed.digest,
        submitted_by=actor.id,
        note=note or passed.note,
    )


def _require_ready(roadmap: Roadmap, seq: int, *, accepts_findings: bool | int) -> None:
    findings = findings_of(outline_as_of(roadmap.id, seq))
    stopping = blocking(findings)
    if stopping:
        raise NotValid(
            {"findings": N_("Belum dapat diajukan: lengkapi dulu yang wajib. Daftarnya ada di halaman ini.")},
        )
    is_accepted = (
        accepts_findings if isinstance(accepts_findings, bool) else accepts_findings == len(findings)
    )
    if findings and not is_accepted:
        raise NotValid({"findings": N_("Masih ada catatan kelengkapan. Centang bila tetap akan diajukan.")})
