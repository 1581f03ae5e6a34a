"""Reading the review: where a roadmap stands, computed from its rows and its log, in a constant number of queries."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import defer, joinedload

from roadmap.extensions import db
from roadmap.history.models import Changeset, Edition, Revision, Roadmap
from roadmap.history.queries import binding_acts, touches_binding
from roadmap.people.models import Person, Region
from roadmap.people.queries import holders_of, today_in
from roadmap.people.roles import Role, Stage
from roadmap.plan.findings import findings_of
from roadmap.plan.kinds import KINDS
from roadmap.plan.queries import outline_of
from roadmap.review.models import Adoption, Desk, Judgement, NoteDraft, Round, Submission
from roadmap.review.states import DESK_AT, JUDGE_OF, STEP_OF
from roadmap.work import is_writing, once_a_reading


@dataclass
class Facts:
    """The rows of a roadmap's review: its latest round, all submissions (oldest first), editions (newest first)."""

    round: Round | None = None
    submissions: list[Submission] = field(default_factory=list)
    editions: list[tuple[Edition, Adoption | None]] = field(default_factory=list)

    @property
    def latest(self) -> Submission | None:
        """The last submission of the running round that was not taken back."""
        return next(
            (one for one in reversed(self.of_round) if one.withdrawn_at is None),
            None,
        )

    @property
    def withdrawn(self) -> Submission | None:
        """The submission that was taken back last, where nothing came after it."""
        last = self.of_round[-1] if self.of_round else None
        return last if last is not None and last.withdrawn_at is not None else None

    @property
    def undecided(self) -> Submission | None:
        """The submission that waits for its verdict."""
        return self.latest if self.latest is not None and self.latest.is_undecided else None

    @property
    def passed(self) -> Submission | None:
        """The submission that passed its desk and waits to be sent on."""
        latest = self.latest
        if latest is None or latest.verdict is None or Desk(latest.desk) == Desk.LEADER:
            return None
        return latest if latest.verdict.judgement == Judgement.PASSED else None

    @property
    def returned(self) -> Submission | None:
        """The submission that was returned last, where nothing came after it."""
        latest = self.latest
        if latest is None or latest.verdict is None:
            return None
        return latest if latest.verdict.judgement == Judgement.RETURNED else None

    @property
    def in_force(self) -> tuple[Edition, Adoption] | None:
        """The newest adopted edition."""
        return next(((edition, adoption) for edition, adoption in self.editions if adoption), None)

    @property
    def awaiting(self) -> Edition | None:
        """The newest edition, while no instrument has adopted it."""
        if not self.editions or self.editions[0][1] is not None:
            return None
        return self.editions[0][0]

    @property
    def last_edition_seq(self) -> int:
        """The sequence number of the newest edition; 0 before the first."""
        return self.editions[0][0].seq if self.editions else 0

    def approval_of(self, edition: Edition) -> Submission | None:
        """The submission that became an edition."""
        return next(
            (
                one
                for one in self.submissions
                if one.seq == edition.seq
                and Desk(one.desk) == Desk.LEADER
                and one.verdict is not None
                and one.verdict.judgement == Judgement.PASSED
            ),
            None,
        )

    def approved_at(self, edition: Edition) -> datetime:
        """When an edition was approved, as its verdict tells: its own row keeps the moment behind the document."""
        approval = self.approval_of(edition)
        return approval.verdict.at if approval and approval.verdict else edition.created_at

    @property
    def of_round(self) -> list[Submission]:
        """What was laid on a desk in the running round, oldest first."""
        if self.round is None:
            return []
        return [one for one in self.submissions if one.round_id == self.round.id]


@dataclass(frozen=True)
class Standing:
    """Where a roadmap stands: its step and stage, whose turn it is and since when, what waits and what is missing."""

    step: int
    stage: Stage
    region: Region
    turn: Role | None
    since: datetime
    facts: Facts
    newer_changes: int
    mended: int
    missing: int
    days_left: int | None

    @property
    def submission(self) -> Submission | None:
        """The submission that lies on a desk, or has passed there and not been sent on."""
        return self.facts.undecided or self.facts.passed

    @property
    def edition_in_force(self) -> Edition | None:
        """The edition that is in force."""
        return self.facts.in_force[0] if self.facts.in_force else None

    @property
    def edition_awaiting(self) -> Edition | None:
        """The approved edition that waits for its instrument."""
        return self.facts.awaiting


def facts_of(roadmap_ids: Sequence[int]) -> dict[int, Facts]:
    """Read the rows of several roadmaps' reviews: three queries, however many there are; each once a reading."""
    if is_writing():
        return _read_facts(roadmap_ids)
    known: dict[int, Facts] = once_a_reading("facts of reviews", dict)
    known |= _read_facts([roadmap_id for roadmap_id in roadmap_ids if roadmap_id not in known])
    return {roadmap_id: known[roadmap_id] for roadmap_id in roadmap_ids}


# Made once: making these took a third of the time of asking.
_IDS: BindParameter[int] = bindparam("roadmaps", expanding=True)
_ROUNDS = select(Round).where(Round.roadmap_id.in_(_IDS)).order_by(Round.number)
_SUBMISSIONS = (
    select(Submission)
    .where(Submission.roadmap_id.in_(_IDS))
    .options(joinedload(Submission.verdict), joinedload(Submission.submitter))
    .order_by(Submission.id)
)
_EDITIONS = (
    select(Edition, Adoption)
    .outerjoin(Adoption, Adoption.edition_id == Edition.id)
    .where(Edition.roadmap_id.in_(_IDS))
    # What stands in a row behind the document costs as much as the document to read.
    .options(defer(Edition.document), defer(Edition.document_at), defer(Edition.created_at))
    .order_by(Edition.number.desc())
)


def _read_facts(roadmap_ids: Sequence[int]) -> dict[int, Facts]:
    found = {roadmap_id: Facts() for roadmap_id in roadmap_ids}
    if not found:
        return found
    asked = {"roadmaps": list(found)}
    for one in db.session.scalars(_ROUNDS, asked):
        found[one.roadmap_id].round = one
    for submission in db.session.scalars(_SUBMISSIONS, asked):
        found[submission.roadmap_id].submissions.append(submission)
    for edition, adoption in db.session.execute(_EDITIONS, asked):
        found[edition.roadmap_id].editions.append((edition, adoption))
    return found


def standing_of(roadmap: Roadmap) -> Standing:
    """Tell where a roadmap stands. The number of queries does not grow with the plan."""
    facts = facts_of([roadmap.id])[roadmap.id]
    turn, since = turn_of(roadmap, facts)
    newer, mended = _since_then(roadmap.id, facts)
    return Standing(
        step=STEP_OF[Stage(roadmap.stage)],
        stage=Stage(roadmap.stage),
        region=roadmap.region,
        turn=turn,
        since=since,
        facts=facts,
        newer_changes=newer,
        mended=mended,
        missing=missing_in(roadmap),
        days_left=days_left(roadmap, facts),
    )


def turn_of(roadmap: Roadmap, facts: Facts) -> tuple[Role | None, datetime]:
    """Tell whose turn it is and since when; nobody's while all are asked, and once an edition is in force."""
    stage = Stage(roadmap.stage)
    began = facts.round.stage_since if facts.round else roadmap.created_at
    if stage in DESK_AT:
        waiting = facts.undecided
        if waiting is not None:
            return JUDGE_OF[Desk(waiting.desk)], waiting.at
        passed = facts.passed
        return Role.DRAFTER, passed.verdict.at if passed and passed.verdict else began
    if stage == Stage.CONSULTATION:
        left = days_left(roadmap, facts)
        return (Role.DRAFTER if left is not None and left < 0 else None), began
    if stage in {Stage.DRAFT, Stage.REVISION, Stage.APPROVED}:
        return Role.DRAFTER, began
    return None, began


def days_left(roadmap: Roadmap, facts: Facts) -> int | None:
    """Count the days until a consultation closes, below zero once it is over; None where no day was set."""
    until = facts.round.consultation_until if facts.round else None
    if Stage(roadmap.stage) != Stage.CONSULTATION or until is None:
        return None
    return (until - today_in(roadmap.region)).days


def newer_acts(roadmap_id: int, after: int) -> list[tuple[int, set[str]]]:
    """Give the acts after a sequence number that changed what a leader approves: each with its items' uids."""
    query = (
        select(
            Revision.seq,
            Revision.kind,
            Revision.item_uid,
            Revision.item_version,
            Revision.gone,
            Revision.changed,
        )
        .join(Changeset, Changeset.id == Revision.changeset_id)
        .where(Revision.roadmap_id == roadmap_id, Revision.seq > after, Changeset.verb != "close")
        .order_by(Revision.seq)
    )
    acts: OrderedDict[int, set[str]] = OrderedDict()
    for row in db.session.execute(query):
        if row.kind in KINDS and (touches_binding(cast("Revision", row)) or row.changed == ["position"]):
            acts.setdefault(row.seq, set()).add(row.item_uid)
    return list(acts.items())


def drafts_of(person: Person, submission_id: int) -> Sequence[NoteDraft]:
    """Give what a judge has jotted down on a submission, and nobody else has seen."""
    query = (
        select(NoteDraft)
        .where(NoteDraft.submission_id == submission_id, NoteDraft.person_id == person.id)
        .order_by(NoteDraft.id)
    )
    return db.session.scalars(query).all()


def current_submission(roadmap_id: int) -> Submission | None:
    """Give the submission of a roadmap that waits for its verdict, wherever it lies."""
    return facts_of([roadmap_id])[roadmap_id].undecided


def own_acts(person: Person, submission: Submission) -> list[Changeset]:
    """Give what a person did to the content of a submission since the last edition: drafting, and submitting it."""
    found = _acts_of({person.uid}, submission)
    return found.get(person.uid, [])


def others_who_may(submission: Submission, region: Region, role: Role, but: Person) -> list[Person]:
    """Name who else holds a role and neither drafted nor submitted."""
    held = {
        one.person.uid: one.person
        for one in holders_of(role, region, submission.roadmap_id)
        if one.person.uid != but.uid
    }
    busy = _acts_of(set(held), submission)
    return [person for uid, person in held.items() if uid not in busy]


def missing_in(roadmap: Roadmap) -> int:
    """Count the findings on a roadmap as it stands; the count is kept by the digest of the log's head."""
    key = (roadmap.id, roadmap.head_digest)
    known = _missing.get(key)
    if known is None:
        known = len(findings_of(outline_of(roadmap.id)))
        _missing[key] = known
        while len(_missing) > MOST_KEPT:
            _missing.popitem(last=False)
    return known


def edition_state(edition: Edition, facts: Facts) -> str:
    """Tell what an edition is now, computed: in force, awaiting its instrument, or superseded."""
    in_force = facts.in_force
    if in_force is not None and in_force[0].id == edition.id:
        return "in-force"
    if facts.awaiting is not None and facts.awaiting.id == edition.id:
        return "awaiting"
    return "superseded"


MOST_KEPT = 500
# Safe in a worker's memory: the digest names the content exactly, and nothing is wrong when it is empty.
_missing: OrderedDict[tuple[int, str], int] = OrderedDict()


def _since_then(roadmap_id: int, facts: Facts) -> tuple[int, int]:
    """Count the changes that a waiting submission does not hold, and the returned items touched since."""
    waiting = facts.undecided or facts.passed
    if waiting is not None:
        return len(newer_acts(roadmap_id, waiting.seq)), 0
    returned = facts.returned
    if returned is None or returned.verdict is None or not returned.verdict.items:
        return 0, 0
    acts = newer_acts(roadmap_id, returned.verdict.seq)
    touched: set[str] = set().union(*(uids for _, uids in acts)) if acts else set()
    return 0, len(touched & set(returned.verdict.items))


def _acts_of(uids: Iterable[str], submission: Submission) -> dict[str, list[Changeset]]:
    """Give, for those of the persons who did any, their acts on a submission's content, and its submitting."""
    wanted = set(uids)
    after = (
        db.session.scalar(
            select(Edition.seq)
            .where(Edition.roadmap_id == submission.roadmap_id, Edition.seq < submission.seq)
            .order_by(Edition.seq.desc())
            .limit(1)
        )
        or 0
    )
    acts = binding_acts(submission.roadmap_id, after, submission.seq, actors=wanted)
    laid = select(Changeset).where(
        Changeset.roadmap_id == submission.roadmap_id,
        Changeset.seq > submission.seq,
        Changeset.actor_uid.in_(sorted(wanted)),
        Changeset.verb.in_(("submit", "send-on")),
    )
    found: dict[str, list[Changeset]] = {}
    for act in [*acts, *db.session.scalars(laid.order_by(Changeset.seq))]:
        if act.verb not in {"submit", "send-on"} or act.payload.get("number") == submission.number:
            found.setdefault(act.actor_uid, []).append(act)
    return found


def consultation_day(facts: Facts) -> date | None:
    """Give the day until which a consultation is open."""
    return facts.round.consultation_until if facts.round else None
