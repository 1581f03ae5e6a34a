"""The verdict on a submission, by hand or on paper, and the edition an approval makes."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from roadmap.clock import now
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.history.canonical import edition_digest
from roadmap.history.models import Changeset, Edition, Revision, Roadmap
from roadmap.history.operations import record
from roadmap.history.queries import state_as_of
from roadmap.people.models import Person
from roadmap.people.queries import today_in
from roadmap.people.roles import Act, Stage
from roadmap.plan.document import build_document
from roadmap.plan.fields import FieldError, read_link
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import outline, view_of_revision
from roadmap.plan.queries import outline_as_of
from roadmap.review.access import submission_for
from roadmap.review.errors import AlreadyDecided, NoLongerSubmitted, OwnWork
from roadmap.review.events import EditionApproved, Judged
from roadmap.review.models import Basis, Desk, Judgement, Submission, Verdict
from roadmap.review.operations.noting import say_notes
from roadmap.review.operations.steps import facts_on, move, named, round_of, seq_now, text_of
from roadmap.review.queries import others_who_may, own_acts
from roadmap.review.states import ACT_AT, DESK_AT, JUDGE_OF, Move
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_
from roadmap.work import tell, unit_of_work

LONGEST_NUMBER = 200
MOST_ACTS_NAMED = 3
_NEEDS_REASON = N_("Tulis alasannya, supaya tim penyusun tahu apa yang perlu diperbaiki.")


def judge(
    actor: Person, submission_id: int, judgement: Judgement, note: str = "", items: Sequence[str] = ()
) -> Verdict:
    """Let a submission pass the mentor's or verifier's desk, or return it with a reason and the items to mend.

    Raises as the gate does; AlreadyDecided; OwnWork for a positive verdict by whoever submitted or drafted;
    NotValid for a return without a reason. Tells Judged.
    """
    return _judge(actor, submission_id, Judgement(judgement), note, items, act=_judging_act(submission_id))


def approve(actor: Person, submission_id: int, seq: int, digest: str, note: str = "") -> Edition:
    """Approve exactly what was read: the submission becomes the next edition and the round is closed.

    Raises as the gate does; NoLongerSubmitted when sequence number or digest is not what is submitted;
    AlreadyDecided; OwnWork. Tells Judged and EditionApproved.
    """
    with unit_of_work(_roadmap_of(submission_id)):
        submission, roadmap = submission_for(actor, submission_id, to=Act.JUDGE_SUBMISSION)
        _require_unchanged(submission, roadmap, seq, digest)
        return _approved(actor, submission, roadmap, Verdict(note=text_of("note", note)))


def send_back(
    actor: Person, submission_id: int, seq: int, digest: str, *, note: str, items: Sequence[str] = ()
) -> Verdict:
    """Return what was read from the leader's desk, with a reason and the items to mend.

    Raises as the gate does; NoLongerSubmitted; AlreadyDecided; NotValid without a reason. Tells Judged.
    """
    with unit_of_work(_roadmap_of(submission_id)):
        submission, roadmap = submission_for(actor, submission_id, to=Act.JUDGE_SUBMISSION)
        _require_unchanged(submission, roadmap, seq, digest)
        return _judge(actor, submission_id, Judgement.RETURNED, note, items, act=Act.JUDGE_SUBMISSION)


def record_decision(
    actor: Person,
    submission_id: int,
    judgement: Judgement,
    *,
    basis: Basis,
    number: str,
    decided_on: date | None,
    scan: str = "",
    note: str = "",
    items: Sequence[str] = (),
) -> Verdict:
    """Record the decision that the leader made on paper; shown everywhere as recorded by this person.

    Raises as the gate does; AlreadyDecided; OwnWork for recording an approval of one's own drafting; NotValid
    without a basis, a day, the number of a memo, a scan of an approval, the reason of a return. Tells as
    approving and returning do.
    """
    with unit_of_work(_roadmap_of(submission_id)):
        submission, roadmap = submission_for(actor, submission_id, to=Act.RECORD_DECISION)
        verdict = Verdict(
            judgement=Judgement(judgement),
            note=text_of("note", note),
            on_behalf_of=_leader_of(roadmap),
            basis=Basis(basis),
            basis_number=normalise_line(number) or None,
            decided_on=decided_on,
            scan=scan.strip() or None,
        )
        errors = _paper_errors(verdict, today_in(roadmap.region))
        if errors:
            raise NotValid(errors)
        if judgement == Judgement.PASSED:
            _approved(actor, submission, roadmap, verdict)
        else:
            _returned(actor, submission, roadmap, verdict, items)
        return verdict


def _judging_act(submission_id: int) -> Act:
    submission = db.session.get(Submission, submission_id)
    if submission is None or Desk(submission.desk) == Desk.LEADER:
        return Act.JUDGE_REVIEW
    return ACT_AT[Desk(submission.desk)]


def _judge(
    actor: Person, submission_id: int, judgement: Judgement, note: str, items: Sequence[str], *, act: Act
) -> Verdict:
    with unit_of_work(_roadmap_of(submission_id)):
        submission, roadmap = submission_for(actor, submission_id, to=act)
        if ACT_AT[Desk(submission.desk)] != act:
            raise AlreadyDecided(N_("Rancangan ini tidak berada di meja Anda. Tidak ada yang diubah."))
        verdict = Verdict(note=text_of("note", note))
        if judgement == Judgement.PASSED:
            _pass(actor, submission, roadmap, verdict)
        else:
            _returned(actor, submission, roadmap, verdict, items)
        return verdict


def _pass(actor: Person, submission: Submission, roadmap: Roadmap, verdict: Verdict) -> None:
    _require_undecided(submission, roadmap)
    _require_other_hand(actor, submission, roadmap)
    _decide(actor, submission, verdict, Judgement.PASSED)
    move(roadmap, facts_on(roadmap), Move.JUDGE, Judgement.PASSED)
    record(actor, "pass", payload=named(submission) | {"verdict": verdict.uid}, reason=verdict.note)
    _tell_judged(actor, submission, Judgement.PASSED)


def _returned(
    actor: Person, submission: Submission, roadmap: Roadmap, verdict: Verdict, items: Sequence[str]
) -> None:
    _require_undecided(submission, roadmap)
    if not verdict.note:
        raise NotValid({"note": _NEEDS_REASON})
    verdict.items = _known_items(submission, items)
    _decide(actor, submission, verdict, Judgement.RETURNED)
    move(roadmap, facts_on(roadmap), Move.JUDGE, Judgement.RETURNED)
    payload = named(submission) | {"verdict": verdict.uid, "items": verdict.items}
    record(actor, "return", payload=payload, reason=verdict.note, on_behalf_of=verdict.on_behalf_of)
    _tell_judged(actor, submission, Judgement.RETURNED)


def _approved(actor: Person, submission: Submission, roadmap: Roadmap, verdict: Verdict) -> Edition:
    _require_undecided(submission, roadmap)
    _require_other_hand(actor, submission, roadmap)
    _decide(actor, submission, verdict, Judgement.PASSED)
    facts = facts_on(roadmap)
    round_of(roadmap, facts).closed_at = now()
    move(roadmap, facts, Move.JUDGE, Judgement.PASSED)
    edition = _edition_of(submission, roadmap)
    payload = named(submission) | {
        "verdict": verdict.uid,
        "edition": edition.uid,
        "edition_number": edition.number,
        "edition_digest": edition.digest,
    }
    record(actor, "approve", payload=payload, reason=verdict.note, on_behalf_of=verdict.on_behalf_of)
    _tell_judged(actor, submission, Judgement.PASSED)
    tell(EditionApproved(roadmap.id, seq_now(), actor.uid, submission.id, edition.id))
    return edition


def _edition_of(submission: Submission, roadmap: Roadmap) -> Edition:
    state: list[Revision] = [one for one in state_as_of(roadmap.id, submission.seq) if one.kind in KINDS]
    document = build_document(
        roadmap, outline(view_of_revision(revision) for revision in state), submission.seq
    )
    hashes = {(revision.kind, revision.item_uid): revision.content_hash for revision in state}
    highest = db.session.scalar(select(func.max(Edition.number)).where(Edition.roadmap_id == roadmap.id))
    edition = Edition(
        roadmap_id=roadmap.id,
        number=(highest or 0) + 1,
        seq=submission.seq,
        digest=edition_digest((kind, uid, hashes[kind, uid]) for kind, uid in document["order"]),
        document=document,
    )
    db.session.add(edition)
    db.session.flush()
    return edition


def _decide(actor: Person, submission: Submission, verdict: Verdict, judgement: Judgement) -> None:
    verdict.submission_id, verdict.person_id = submission.id, actor.id
    verdict.judgement, verdict.seq = judgement, seq_now()
    db.session.add(verdict)
    db.session.flush()
    db.session.refresh(submission, ["verdict"])
    say_notes(actor, submission, verdict)


def _require_undecided(submission: Submission, roadmap: Roadmap) -> None:
    if submission.is_undecided and DESK_AT.get(Stage(roadmap.stage)) == submission.desk:
        return
    if submission.withdrawn_at is not None:
        raise AlreadyDecided(
            N_("Rancangan %(number)s sudah ditarik tim penyusun. Tidak ada yang diputuskan."),
            number=submission.number,
        )
    raise AlreadyDecided(
        N_("Rancangan %(number)s sudah diputuskan. Putusan pertama tetap berlaku."), number=submission.number
    )


def _require_unchanged(submission: Submission, roadmap: Roadmap, seq: int, digest: str) -> None:
    if submission.verdict is not None:
        _require_undecided(submission, roadmap)
    current = facts_on(roadmap).undecided
    if current is None or (current.id, current.seq, current.digest) != (submission.id, seq, digest):
        raise NoLongerSubmitted(current)


def _require_other_hand(actor: Person, submission: Submission, roadmap: Roadmap) -> None:
    acts = own_acts(actor, submission)
    if not acts and submission.submitted_by != actor.id:
        return
    role = JUDGE_OF[Desk(submission.desk)]
    others = others_who_may(submission, roadmap.region, role, actor)
    raise OwnWork(acts, _name_acts(acts), others, [role.value])


def _name_acts(acts: Sequence[Changeset]) -> str:
    """Name a person's acts by the titles they touched, with the day in figures, which reads alike in both languages."""
    named = []
    for act in acts[-MOST_ACTS_NAMED:]:
        titles = [str(one.snapshot.get("title") or KINDS[one.kind].label) for one in act.revisions[:1]]
        words = f"“{titles[0][:80]}” " if titles else ""
        named.append(f"{words}{act.at:%d/%m/%Y}")
    return "; ".join(named) + ("; …" if len(acts) > MOST_ACTS_NAMED else "")


def _known_items(submission: Submission, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    known = {item.uid for item in outline_as_of(submission.roadmap_id, submission.seq).in_published_order()}
    if not set(items) <= known:
        raise NotValid(
            {"items": N_("Salah satu butir tidak ada dalam rancangan ini. Pilih lagi dari daftar.")}
        )
    return sorted(set(items))


def _paper_errors(verdict: Verdict, today: date) -> dict[str, str]:
    errors: dict[str, str] = {}
    if verdict.basis == Basis.MEMO and not verdict.basis_number:
        errors["number"] = N_("Tulis nomor nota dinasnya.")
    elif len(verdict.basis_number or "") > LONGEST_NUMBER:
        errors["number"] = N_("Nomornya terlalu panjang. Tulisan Anda tetap di sini.")
    if verdict.decided_on is None:
        errors["decided_on"] = N_("Isi tanggal keputusannya.")
    elif verdict.decided_on > today:
        errors["decided_on"] = N_("Tanggal keputusan belum tiba. Periksa lagi.")
    if verdict.judgement == Judgement.PASSED and not verdict.scan:
        errors["scan"] = N_("Persetujuan memerlukan tautan pindaian lembarnya.")
    elif verdict.scan:
        try:
            read_link(verdict.scan)
        except FieldError as problem:
            errors["scan"] = problem.sentence
    if verdict.judgement == Judgement.RETURNED and not verdict.note:
        errors["note"] = _NEEDS_REASON
    return errors


def _roadmap_of(submission_id: int) -> int:
    """Give the roadmap of a submission; 0, which no roadmap has, for an unknown one, so that the gate answers."""
    roadmap_id = db.session.scalar(select(Submission.roadmap_id).where(Submission.id == submission_id))
    return roadmap_id or 0


def _tell_judged(actor: Person, submission: Submission, judgement: Judgement) -> None:
    tell(
        Judged(
            submission.roadmap_id, seq_now(), actor.uid, submission.id, str(submission.desk), str(judgement)
        )
    )


def _leader_of(roadmap: Roadmap) -> str:
    region = roadmap.region
    title = f"{region.leader_title} {region.name}"
    return f"{region.leader_name}, {title}" if region.leader_name else title
