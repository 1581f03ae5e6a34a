"""A submission as it was laid on a desk, and the verdicts of mentors and verifiers."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotValid
from roadmap.history.models import Roadmap
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.queries import people_by_uid
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import place_of
from roadmap.plan.differences import differences
from roadmap.plan.fields import Choices
from roadmap.plan.findings import findings_of
from roadmap.plan.keeping import kept_uid_for, words_in_form
from roadmap.plan.kinds import KINDS
from roadmap.plan.numbers import Numbers, numbers_of
from roadmap.plan.outline import Outline
from roadmap.plan.pages import roadmap_page
from roadmap.plan.queries import choices_for, outline_as_of
from roadmap.plan.telling import Teller
from roadmap.review import operations
from roadmap.review.access import submission_for
from roadmap.review.blueprint import bp
from roadmap.review.brief import grouped
from roadmap.review.models import Desk, Judgement, NoteDraft, Submission
from roadmap.review.notes import notes_on
from roadmap.review.noting import note_url
from roadmap.review.queries import Facts, drafts_of, newer_acts, others_who_may, own_acts
from roadmap.review.sheets import sheets_of
from roadmap.review.states import ACT_AT, DESK_AT, JUDGE_OF
from roadmap.review.strip import standing_on_page
from roadmap.review.views import said
from roadmap.review.words import decision_sentence, desk_owner
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language
from roadmap.web.respond import Notice, done

MOST_CHANGES_SHOWN = 60


@bp.get("/submissions/<int:submission_id>")
@asks(Act.SEE)
def submission(submission_id: int) -> Response:
    """Show what was submitted, as it was then: what changed, what is missing, what is newer, what was said."""
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=Act.SEE)
    return submission_page(person, found, roadmap)


@bp.get("/submissions/<int:submission_id>/verdict", endpoint="judge")
@asks(Act.JUDGE_REVIEW)
def judge_form(submission_id: int) -> Response:
    """Offer the mentor's verdict beside what it is about."""
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=Act.JUDGE_REVIEW)
    return submission_page(person, found, roadmap)


@bp.post("/submissions/<int:submission_id>/verdict")
@asks(Act.JUDGE_REVIEW)
def judge_save(submission_id: int) -> Response:
    """Take the mentor's verdict."""
    return _judged(submission_id, Act.JUDGE_REVIEW)


@bp.get("/submissions/<int:submission_id>/verification", endpoint="verify")
@asks(Act.JUDGE_VERIFICATION)
def verify_form(submission_id: int) -> Response:
    """Offer the verifier's verdict beside what it is about."""
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=Act.JUDGE_VERIFICATION)
    return submission_page(person, found, roadmap)


@bp.post("/submissions/<int:submission_id>/verification")
@asks(Act.JUDGE_VERIFICATION)
def verify_save(submission_id: int) -> Response:
    """Take the verifier's verdict."""
    return _judged(submission_id, Act.JUDGE_VERIFICATION)


def _judged(submission_id: int, act: Act) -> Response:
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=act)
    number = found.number
    try:
        judgement = _read_judgement()
        outcome = once(
            person,
            pressed(),
            lambda: operations.judge(
                person,
                submission_id,
                judgement,
                request.form.get("note", ""),
                request.form.getlist("items"),
            ),
            lambda _verdict: url_for("review.stages", roadmap_id=roadmap.id),
            roadmap_id=roadmap.id,
        )
    except NotValid as problem:
        found, roadmap = submission_for(person, submission_id, to=act)
        return submission_page(person, found, roadmap, status=422, errors=problem.errors)
    if judgement == Judgement.PASSED:
        told = _("Rancangan %(number)s lolos. Tim penyusun diberi tahu dan mengirimkannya.", number=number)
        return done(outcome.address, Notice(told, outcome=_("Lolos:")))
    told = _("Rancangan %(number)s dikembalikan. Tim penyusun diberi tahu beserta alasannya.", number=number)
    return done(outcome.address, Notice(told, outcome=_("Dikembalikan:")))


def _read_judgement() -> Judgement:
    chosen = request.form.get("judgement", "")
    if chosen not in set(Judgement):
        raise NotValid({"judgement": _("Pilih putusan Anda.")})
    return Judgement(chosen)


def submission_page(
    person: Person,
    found: Submission,
    roadmap: Roadmap,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """Render a submission as of its sequence number, with the verdict form for whoever may judge it now."""
    kept_uid = kept_uid_for(status)
    standing = standing_on_page(roadmap)
    plan = outline_as_of(roadmap.id, found.seq)
    choices = choices_for(roadmap, plan, language=chosen_language())
    numbers = numbers_of(plan)
    before = baseline_of(found, standing.facts)
    findings = findings_of(plan)
    return roadmap_page(
        "review/submission.html",
        roadmap,
        tab="stages",
        status=status,
        submission=found,
        desk=desk_owner(found.desk, roadmap.region),
        plan=plan,
        numbers=numbers,
        choices=choices,
        kinds=KINDS,
        sheets=sheets_of(plan, choices),
        findings=grouped(findings),
        findings_count=len(findings),
        newer=len(newer_acts(roadmap.id, found.seq)) if standing.submission is found else 0,
        sayings=sayings_on(found, standing.facts, roadmap),
        notes=notes_on(roadmap.id, plan, said_by=_read_upto(found), round_id=found.round_id),
        **changes_shown(roadmap, before, plan, choices),
        **_verdict_form(person, found, roadmap, plan, numbers),
        errors=said(errors),
        typed=words_in_form(),
        kept_uid=kept_uid,
        outcome_title=_("Perlu diperbaiki:") if errors else "",
    )


def baseline_of(found: Submission, facts: Facts) -> tuple[str, int] | None:
    """Give what a submission is compared with: the last one decided before it in its round, else the last edition."""
    earlier = [
        one
        for one in facts.submissions
        if one.id < found.id and one.round_id == found.round_id and one.number < found.number and one.verdict
    ]
    if earlier:
        return _("Rancangan %(number)s", number=earlier[-1].number), earlier[-1].seq
    return edition_before(found.seq, facts)


def edition_before(seq: int, facts: Facts) -> tuple[str, int] | None:
    """Give the name and the sequence number of the last edition before a point of the log."""
    for edition, _adoption in facts.editions:
        if edition.seq < seq:
            return _("Edisi %(number)s", number=edition.number), edition.seq
    return None


def changes_shown(
    roadmap: Roadmap, before: tuple[str, int] | None, plan: Outline, choices: Choices
) -> dict[str, Any]:
    """Gather what a page says of the changes since an earlier state."""
    if before is None:
        return {"compared_with": "", "changes": [], "changes_count": 0}
    name, seq = before
    earlier = outline_as_of(roadmap.id, seq)
    found = differences(earlier, plan, with_living=False)
    teller = Teller(earlier, plan, (numbers_of(earlier), numbers_of(plan)), choices)
    shown = [teller.tell(one) for one in found[:MOST_CHANGES_SHOWN]]
    return {"compared_with": name, "changes": shown, "changes_count": len(found)}


def sayings_on(found: Submission, facts: Facts, roadmap: Roadmap) -> list[dict[str, Any]]:
    """Give the verdicts on this state of the plan and on those before it in the round, newest first."""
    return [
        {
            "submission": one,
            "verdict": one.verdict,
            "sentence": decision_sentence(one.verdict, roadmap.region),
        }
        for one in reversed(facts.submissions)
        if one.verdict is not None and one.id <= found.id and one.round_id == found.round_id
    ]


def _read_upto(found: Submission) -> int:
    """Tell up to which act notes count on a submission's page: those of its own verdict are among them."""
    return max(found.seq, found.verdict.seq if found.verdict else 0)


def _verdict_form(
    person: Person, found: Submission, roadmap: Roadmap, plan: Outline, numbers: Numbers
) -> dict[str, Any]:
    """Tell whether the reader judges this now, what stands against a positive verdict, and the items to tick."""
    desk = Desk(found.desk)
    is_here = found.is_undecided and DESK_AT.get(roadmap.stage) == desk
    can_judge = is_here and allows(person, ACT_AT[desk], place_of(roadmap))
    own = own_acts(person, found) if can_judge else []
    drafts = {draft.item_uid: draft for draft in drafts_of(person, found.id)} if can_judge else {}
    return {
        "can_judge": can_judge and desk != Desk.LEADER,
        "can_decide": can_judge and desk == Desk.LEADER,
        "verdict_url": _verdict_url(found),
        "is_review": desk == Desk.REVIEW,
        "drafts": drafts,
        "note_url": note_url,
        "own_acts": own,
        "own_people": people_by_uid(act.actor_uid for act in own),
        "others": others_who_may(found, roadmap.region, JUDGE_OF[desk], person) if own else [],
        "items": _not_yet_ticked(tickable(plan, numbers), drafts),
    }


def _not_yet_ticked(
    groups: list[tuple[str, list[tuple[str, str]]]], drafts: Mapping[str, NoteDraft]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Leave out the items that the judge ticked with a note: those are ticked, and unticked, there."""
    ticked = {uid for uid, draft in drafts.items() if draft.needs_mending}
    left = [(name, [entry for entry in entries if entry[0] not in ticked]) for name, entries in groups]
    return [(name, entries) for name, entries in left if entries]


def _verdict_url(found: Submission) -> str:
    name = "review.judge" if found.desk == Desk.REVIEW else "review.verify"
    return url_for(name, submission_id=found.id)


def tickable(plan: Outline, numbers: Numbers) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the items that a return can name, by kind, each with its number so that no two read alike."""
    groups = []
    for kind in ("cover", "section", "modality", "problem", "action"):
        items = plan.items[kind]
        entries = [
            (
                item.uid,
                " ".join(part for part in (numbers[item.uid], item.label or _("(belum bernama)")) if part),
            )
            for item in items
        ]
        if entries:
            groups.append((_(KINDS[kind].label), entries))
    return groups
