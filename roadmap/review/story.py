"""The steps a roadmap has taken, told by round and step: what, by whom, when, why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Changeset, Roadmap
from roadmap.people.models import Person, Region
from roadmap.people.queries import people_by_uid
from roadmap.review.models import Adoption, Desk, Round, Submission, Verdict
from roadmap.review.queries import Facts
from roadmap.review.words import adoption_sentence, decision_sentence, desk_owner
from roadmap.web.filters import day

_STEP_OF_DESK = {Desk.REVIEW: 3, Desk.VERIFICATION: 3, Desk.LEADER: 4}
_STEP_OF_VERB = {
    "create": 1,
    "open-consultation": 2,
    "end-consultation": 2,
    "approve": 4,
    "adopt": 5,
    "implement": 5,
    "finish": 5,
    "supersede": 5,
}
_AT_A_DESK = ("submit", "send-on", "withdraw", "pass", "return")


@dataclass(frozen=True)
class Entry:
    """One step that was taken."""

    step: int
    sentence: str
    at: datetime
    reason: str = ""
    submission_id: int | None = None
    scan: str | None = None
    items: Sequence[str] = ()


@dataclass(frozen=True)
class _Known:
    people: Mapping[str, Person]
    submissions: Mapping[str, Submission]
    verdicts: Mapping[str, Verdict]
    adoptions: Mapping[str, Adoption]
    region: Region


def story_of_steps(roadmap: Roadmap, facts: Facts) -> dict[int, list[Entry]]:
    """Give the steps taken in each round, by the round's number, in their order: three queries."""
    acts = db.session.scalars(
        select(Changeset)
        .where(Changeset.roadmap_id == roadmap.id, Changeset.verb.in_((*_STEP_OF_VERB, *_AT_A_DESK)))
        .order_by(Changeset.seq)
    ).all()
    rounds = db.session.scalars(
        select(Round).where(Round.roadmap_id == roadmap.id).order_by(Round.number)
    ).all()
    verdicts = [one.verdict for one in facts.submissions if one.verdict]
    known = _Known(
        people_by_uid(act.actor_uid for act in acts),
        {one.uid: one for one in facts.submissions},
        {one.uid: one for one in verdicts},
        {one.uid: one for _edition, one in facts.editions if one},
        roadmap.region,
    )
    told: dict[int, list[Entry]] = {one.number: [] for one in rounds} or {1: []}
    for act in acts:
        number = next((one.number for one in reversed(rounds) if one.opened_seq <= act.seq), 1)
        told[number].append(_entry(act, known))
    return told


def _entry(act: Changeset, known: _Known) -> Entry:
    submission = known.submissions.get(str(act.payload.get("submission", "")))
    verdict = known.verdicts.get(str(act.payload.get("verdict", "")))
    at_desk = act.verb in _AT_A_DESK
    return Entry(
        _STEP_OF_DESK[Desk(str(act.payload["desk"]))] if at_desk else _STEP_OF_VERB[act.verb],
        _sentence(act, known, submission, verdict),
        act.at,
        act.reason,
        submission.id if submission else None,
        verdict.scan if verdict else None,
        verdict.items if verdict else (),
    )


def _sentence(act: Changeset, known: _Known, submission: Submission | None, verdict: Verdict | None) -> str:
    if verdict is not None:
        return decision_sentence(verdict, known.region)
    person = known.people.get(act.actor_uid)
    values = {"who": person.name if person else _("Seseorang")}
    if submission is not None:
        values["number"] = str(submission.number)
        values["desk"] = desk_owner(submission.desk, known.region)
        if act.verb == "withdraw":
            return _("%(who)s menarik Rancangan %(number)s dari meja %(desk)s", **values)
        if act.verb == "send-on":
            return _("%(who)s mengirim Rancangan %(number)s ke meja %(desk)s", **values)
        return _("%(who)s mengajukan Rancangan %(number)s ke meja %(desk)s", **values)
    return _plain_sentence(act, known, values)


def _plain_sentence(act: Changeset, known: _Known, values: dict[str, str]) -> str:
    adoption = known.adoptions.get(str(act.payload.get("adoption", "")))
    if act.verb == "adopt" and adoption is not None:
        said = adoption_sentence(adoption, known.region)
        return _("%(who)s mencatat penetapan: %(instrument)s", instrument=said, **values)
    if act.verb == "open-consultation":
        until = day(str(act.payload.get("until", "")))
        return _("%(who)s membuka konsultasi sampai %(day)s", day=until, **values)
    return {
        "create": _("%(who)s memulai peta jalan ini", **values),
        "end-consultation": _("%(who)s menutup konsultasi", **values),
        "implement": _("%(who)s memulai pelaksanaan", **values),
        "finish": _("%(who)s menyatakan pelaksanaan selesai", **values),
        "supersede": _("%(who)s menyatakan peta jalan ini digantikan", **values),
    }.get(act.verb, "")
