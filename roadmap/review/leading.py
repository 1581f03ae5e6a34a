"""The leader's desk: one screen to decide, the approval and its password, the return, what was decided on paper."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.clock import in_zone, now
from roadmap.config import Config
from roadmap.errors import NotValid
from roadmap.history.keeper import keep_sent
from roadmap.history.models import Roadmap
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.operations.signing import count_attempt, forgive, marker
from roadmap.people.passwords import is_right
from roadmap.people.queries import people_by_uid
from roadmap.people.roles import Act, Role
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import place_of, roadmap_for
from roadmap.plan.findings import findings_of
from roadmap.plan.keeping import kept_uid_for, words_in_form
from roadmap.plan.kinds import KINDS
from roadmap.plan.numbers import numbers_of
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import choices_for, outline_as_of
from roadmap.review import operations
from roadmap.review.access import submission_for
from roadmap.review.blueprint import bp
from roadmap.review.brief import brief_of
from roadmap.review.errors import NoLongerSubmitted
from roadmap.review.judging import changes_shown, edition_before, sayings_on, tickable
from roadmap.review.models import Basis, Desk, Judgement, Submission
from roadmap.review.queries import others_who_may, own_acts
from roadmap.review.strip import standing_on_page
from roadmap.review.views import read_day, said
from roadmap.review.words import BASIS_NAMES, decision_sentence
from roadmap.text.plain import excerpt, plain
from roadmap.web.declare import asks
from roadmap.web.filters import short_rupiah
from roadmap.web.language import chosen_language
from roadmap.web.respond import Notice, done
from roadmap.work import unit_of_work

LONGEST_WHOLE = 18
LONGEST_VISION = 180


@bp.get("/roadmaps/<int:roadmap_id>/brief")
@asks(Act.SEE)
def brief(roadmap_id: int) -> Response:
    """Show the leader one screen to decide, and three more to understand."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    enter(roadmap.region)
    standing = standing_on_page(roadmap)
    waiting = standing.facts.undecided
    if waiting is None or waiting.desk != Desk.LEADER:
        return _empty_brief(roadmap)
    place = place_of(roadmap)
    body = render_template(
        "review/brief.html",
        **_brief_context(waiting, roadmap),
        can_decide=allows(person, Act.JUDGE_SUBMISSION, place),
        can_record=allows(person, Act.RECORD_DECISION, place),
        share_url=_config().base_url + url_for("review.brief", roadmap_id=roadmap.id),
    )
    return make_response(body)


def _empty_brief(roadmap: Roadmap) -> Response:
    standing = standing_on_page(roadmap)
    editions = standing.facts.editions
    body = render_template(
        "review/brief_empty.html",
        roadmap=roadmap,
        region=roadmap.region,
        edition=editions[0][0] if editions else None,
    )
    return make_response(body)


def _brief_context(found: Submission, roadmap: Roadmap) -> dict[str, Any]:
    """Gather what the leader decides on, as it was submitted."""
    standing = standing_on_page(roadmap)
    plan = outline_as_of(roadmap.id, found.seq)
    findings = findings_of(plan)
    choices = choices_for(roadmap, plan, language=chosen_language())
    sayings = sayings_on(found, standing.facts, roadmap)
    drawn = brief_of(plan, findings, in_zone(now(), roadmap.region.zone).year)
    return {
        "roadmap": roadmap,
        "region": roadmap.region,
        "submission": found,
        "plan": plan,
        "numbers": numbers_of(plan),
        "choices": choices,
        "kinds": KINDS,
        "brief": drawn,
        "vision": excerpt(plain(str(plan.cover.values["vision"] or "")), LONGEST_VISION)
        if plan.cover
        else "",
        "money_rows": [(year, sum_, short_rupiah(sum_)) for year, sum_ in drawn.money.by_year.items()],
        "findings_count": len(findings),
        "passed_by": [one for one in sayings if one["verdict"].judgement == Judgement.PASSED],
        **changes_shown(roadmap, edition_before(found.seq, standing.facts), plan, choices),
    }


@bp.get("/submissions/<int:submission_id>/approval", endpoint="approve")
@asks(Act.JUDGE_SUBMISSION)
def approve_form(submission_id: int) -> Response:
    """Repeat what is approved, and ask for the password."""
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=Act.JUDGE_SUBMISSION)
    return _decision_page("review/approve.html", person, found, roadmap)


@bp.post("/submissions/<int:submission_id>/approval")
@asks(Act.JUDGE_SUBMISSION)
def approve_save(submission_id: int) -> Response:
    """Approve exactly what was read."""
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=Act.JUDGE_SUBMISSION)
    number, roadmap_id = found.number, roadmap.id
    seq, digest = _read_state()
    try:
        _prove(person)
        outcome = once(
            person,
            pressed(),
            lambda: operations.approve(person, submission_id, seq, digest, request.form.get("note", "")),
            lambda made: url_for("review.edition", roadmap_id=roadmap_id, number=made.number),
            roadmap_id=roadmap_id,
        )
    except NoLongerSubmitted as stale:
        return _stale_page(person, stale, roadmap_id, seq)
    except NotValid as problem:
        found, roadmap = submission_for(person, submission_id, to=Act.JUDGE_SUBMISSION)
        return _decision_page(
            "review/approve.html", person, found, roadmap, status=422, errors=problem.errors
        )
    told = _("Rancangan %(number)s disetujui. Tim penyusun diberi tahu.", number=number)
    return done(outcome.address, Notice(told, outcome=_("Disetujui:")))


@bp.get("/submissions/<int:submission_id>/return", endpoint="send_back")
@asks(Act.JUDGE_SUBMISSION)
def send_back_form(submission_id: int) -> Response:
    """Ask for the reason, and offer the items to tick."""
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=Act.JUDGE_SUBMISSION)
    return _decision_page("review/send_back.html", person, found, roadmap)


@bp.post("/submissions/<int:submission_id>/return")
@asks(Act.JUDGE_SUBMISSION)
def send_back_save(submission_id: int) -> Response:
    """Return what was read, with its reason."""
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=Act.JUDGE_SUBMISSION)
    number, roadmap_id = found.number, roadmap.id
    seq, digest = _read_state()
    note, items = request.form.get("note", ""), request.form.getlist("items")
    try:
        outcome = once(
            person,
            pressed(),
            lambda: operations.send_back(person, submission_id, seq, digest, note=note, items=items),
            lambda _verdict: url_for("review.stages", roadmap_id=roadmap_id),
            roadmap_id=roadmap_id,
        )
    except NoLongerSubmitted as stale:
        return _stale_page(person, stale, roadmap_id, seq)
    except NotValid as problem:
        found, roadmap = submission_for(person, submission_id, to=Act.JUDGE_SUBMISSION)
        return _decision_page(
            "review/send_back.html", person, found, roadmap, status=422, errors=problem.errors
        )
    told = _("Rancangan %(number)s dikembalikan. Tim penyusun diberi tahu beserta alasannya.", number=number)
    return done(outcome.address, Notice(told, outcome=_("Dikembalikan:")))


@bp.get("/submissions/<int:submission_id>/decision", endpoint="record_decision")
@asks(Act.RECORD_DECISION)
def record_decision_form(submission_id: int) -> Response:
    """Ask the leader's staff for a decision that was made on paper."""
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=Act.RECORD_DECISION)
    return _decision_page("review/record_decision.html", person, found, roadmap)


@bp.post("/submissions/<int:submission_id>/decision")
@asks(Act.RECORD_DECISION)
def record_decision_save(submission_id: int) -> Response:
    """Record the decision as made by the leader and recorded by this person."""
    person = acting_person()
    found, roadmap = submission_for(person, submission_id, to=Act.RECORD_DECISION)
    region, roadmap_id = roadmap.region, roadmap.id
    try:
        outcome = once(
            person,
            pressed(),
            lambda: operations.record_decision(person, submission_id, **_read_decision()),
            lambda _verdict: url_for("review.stages", roadmap_id=roadmap_id),
            roadmap_id=roadmap_id,
        )
    except NotValid as problem:
        found, roadmap = submission_for(person, submission_id, to=Act.RECORD_DECISION)
        return _decision_page(
            "review/record_decision.html", person, found, roadmap, status=422, errors=problem.errors
        )
    told = _(
        "Keputusan %(leader)s tercatat, dengan nama Anda sebagai pencatat.", leader=_(region.leader_title)
    )
    return done(outcome.address, Notice(told, outcome=_("Tercatat:")))


def _read_decision() -> dict[str, Any]:
    form, errors = request.form, {}
    if form.get("judgement", "") not in set(Judgement):
        errors["judgement"] = _("Pilih keputusannya.")
    if form.get("basis", "") not in set(Basis):
        errors["basis"] = _("Pilih dasarnya.")
    if errors:
        raise NotValid(errors)
    return {
        "judgement": Judgement(form["judgement"]),
        "basis": Basis(form["basis"]),
        "number": form.get("number", ""),
        "decided_on": read_day(form.get("decided_on", "")),
        "scan": form.get("scan", ""),
        "note": form.get("note", ""),
        "items": form.getlist("items"),
    }


def _read_state() -> tuple[int, str]:
    """Read which state of the plan the form speaks of; what is no number is no state that was ever submitted."""
    seq = request.form.get("seq", "")
    is_number = seq.isascii() and seq.isdecimal() and len(seq) <= LONGEST_WHOLE
    return int(seq) if is_number else -1, request.form.get("digest", "")


def _prove(person: Person) -> None:
    """Ask for the password once more; attempts are counted like those at the door. Raises NotValid and TooMany."""
    mark = marker(_config().secret_key)
    attempt = count_attempt(mark(person.email), mark(request.remote_addr or ""))
    if not is_right(request.form.get("password", ""), person.password_hash):
        raise NotValid({"password": _("Kata sandi ini tidak cocok. Belum ada yang diputuskan.")})
    with unit_of_work():
        forgive(attempt)


def _decision_page(
    template: str,
    person: Person,
    found: Submission,
    roadmap: Roadmap,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Response:
    kept_uid = kept_uid_for(status)
    is_open = found.is_undecided and found.desk == Desk.LEADER
    own = own_acts(person, found) if is_open else []
    context = _brief_context(found, roadmap)
    del context["roadmap"], context["region"]
    return roadmap_page(
        template,
        roadmap,
        tab="stages",
        title=context["plan"].title,
        status=status,
        **context,
        is_open=is_open,
        decision=decision_sentence(found.verdict, roadmap.region) if found.verdict else "",
        items=tickable(context["plan"], context["numbers"]),
        bases=[(one.value, _(BASIS_NAMES[one]).capitalize()) for one in Basis],
        own_acts=own,
        own_people=people_by_uid(act.actor_uid for act in own),
        others=others_who_may(found, roadmap.region, Role.LEADER, person) if own else [],
        errors=said(errors),
        typed=words_in_form(),
        kept_uid=kept_uid,
        outcome_title=_("Perlu diperbaiki:") if errors else "",
    )


def _stale_page(person: Person, stale: NoLongerSubmitted, roadmap_id: int, seq: int) -> Response:
    """Say that something else is submitted now, and what differs from what was read. Status 409."""
    current_id = stale.current.id if stale.current else None
    kept_uid = keep_sent("stage")
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    current: Submission | None = None
    changes: dict[str, Any] = {"compared_with": "", "changes": [], "changes_count": 0}
    if current_id is not None:
        current, roadmap = submission_for(person, current_id, to=Act.SEE)
        plan = outline_as_of(roadmap_id, current.seq)
        choices = choices_for(roadmap, plan, language=chosen_language())
        read = (_("yang Anda baca"), seq) if 0 < seq < current.seq else None
        changes = changes_shown(roadmap, read, plan, choices)
    return roadmap_page(
        "review/stale.html",
        roadmap,
        tab="stages",
        status=409,
        current=current,
        kept_uid=kept_uid,
        kinds=KINDS,
        outcome_title=_("Belum diputuskan:"),
        **changes,
    )


def _config() -> Config:
    config: Config = current_app.extensions["roadmap_config"]
    return config
