"""The page of the stages, and the acts of those who draft: submit, withdraw, consult, adopt, carry out, end."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.config import Config
from roadmap.errors import NotValid
from roadmap.history.models import Roadmap
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.queries import holders_of
from roadmap.people.roles import Act, Role
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import place_of, roadmap_for
from roadmap.plan.findings import Finding, blocking, findings_of
from roadmap.plan.keeping import kept_uid_for, words_in_form
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import Outline
from roadmap.plan.pages import roadmap_page
from roadmap.plan.queries import outline_as_of, outline_of
from roadmap.review import operations
from roadmap.review.blueprint import bp
from roadmap.review.brief import grouped
from roadmap.review.models import Desk
from roadmap.review.notes import notes_on
from roadmap.review.path import states_of_steps
from roadmap.review.queries import Standing, edition_state
from roadmap.review.states import DESK_AT, JUDGE_OF, desk_after, desks_of
from roadmap.review.story import story_of_steps
from roadmap.review.strip import is_readers_turn, standing_on_page
from roadmap.review.words import desk_owner, edition_state_name, sentence_of, step_names, who_has
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done

LONGEST_COUNT = 6


@bp.get("/roadmaps/<int:roadmap_id>/stages")
@asks(Act.SEE)
def stages(roadmap_id: int) -> Response:
    """Show the five steps with who, when and why, and the forms open to the reader."""
    person = acting_person()
    return stages_page(person, roadmap_for(person, roadmap_id, to=Act.SEE))


@bp.get("/roadmaps/<int:roadmap_id>/submissions", endpoint="submit_form")
@asks(Act.SUBMIT)
def submit_form(roadmap_id: int) -> Response:
    """Show the page of the stages for its form of submission, filled with kept words where they are named."""
    person = acting_person()
    return stages_page(person, roadmap_for(person, roadmap_id, to=Act.SUBMIT), form="submit")


@bp.post("/roadmaps/<int:roadmap_id>/submissions")
@asks(Act.SUBMIT)
def submit(roadmap_id: int) -> Response:
    """Lay the roadmap on its first desk, or send on what has passed one."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SUBMIT)
    region = roadmap.region

    def act() -> object:
        return operations.submit(
            person,
            roadmap_id,
            request.form.get("note", ""),
            accepts_findings=_read_count(request.form.get("findings", "")),
        )

    def result(standing: Standing) -> str:
        waiting = standing.submission
        if waiting is None:
            return _("Rancangan sudah diajukan.")
        return _(
            "Rancangan %(number)s ada di meja %(desk)s. Mereka diberi tahu lewat surel.",
            number=waiting.number,
            desk=desk_owner(waiting.desk, region),
        )

    return _acted(person, roadmap, act, result, form="submit", outcome=_("Diajukan:"))


@bp.get("/roadmaps/<int:roadmap_id>/withdrawal", endpoint="withdraw_form")
@asks(Act.WITHDRAW)
def withdraw_form(roadmap_id: int) -> Response:
    """Show the page of the stages with its form of withdrawal open."""
    person = acting_person()
    return stages_page(person, roadmap_for(person, roadmap_id, to=Act.WITHDRAW), form="withdraw")


@bp.post("/roadmaps/<int:roadmap_id>/withdrawal")
@asks(Act.WITHDRAW)
def withdraw(roadmap_id: int) -> Response:
    """Take back what lies on a desk."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.WITHDRAW)
    return _acted(
        person,
        roadmap,
        lambda: operations.withdraw(person, roadmap_id, request.form.get("reason", "")),
        lambda _standing: _("Rancangan ditarik. Peta jalan kembali menjadi draf."),
        form="withdraw",
        outcome=_("Ditarik:"),
    )


@bp.post("/roadmaps/<int:roadmap_id>/consultation")
@asks(Act.OPEN_CONSULTATION)
def open_consultation(roadmap_id: int) -> Response:
    """Open the consultation until a day."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.OPEN_CONSULTATION)

    def act() -> object:
        until = read_day(request.form.get("until", ""))
        if until is None:
            raise NotValid({"until": _("Isi tanggal penutupan konsultasi.")})
        return operations.open_consultation(person, roadmap_id, until)

    return _acted(
        person, roadmap, act, lambda _standing: _("Konsultasi dibuka."), form="consult", outcome=_("Dibuka:")
    )


@bp.post("/roadmaps/<int:roadmap_id>/consultation/end")
@asks(Act.END_CONSULTATION)
def end_consultation(roadmap_id: int) -> Response:
    """Close the consultation."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.END_CONSULTATION)
    return _acted(
        person,
        roadmap,
        lambda: operations.end_consultation(person, roadmap_id),
        lambda _standing: _("Konsultasi ditutup. Peta jalan kembali menjadi draf."),
        form="end-consultation",
        outcome=_("Ditutup:"),
    )


@bp.post("/roadmaps/<int:roadmap_id>/implementation")
@asks(Act.IMPLEMENT)
def implement(roadmap_id: int) -> Response:
    """Begin to carry out the edition in force."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.IMPLEMENT)
    return _acted(
        person,
        roadmap,
        lambda: operations.begin_implementation(person, roadmap_id),
        lambda _standing: _("Pelaksanaan dimulai."),
        form="implement",
        outcome=_("Dimulai:"),
    )


@bp.get("/roadmaps/<int:roadmap_id>/end", endpoint="finish_form")
@asks(Act.IMPLEMENT)
def finish_form(roadmap_id: int) -> Response:
    """Show the page of the stages with the form that ends the roadmap open."""
    person = acting_person()
    return stages_page(person, roadmap_for(person, roadmap_id, to=Act.IMPLEMENT), form="finish")


@bp.post("/roadmaps/<int:roadmap_id>/end")
@asks(Act.IMPLEMENT)
def finish(roadmap_id: int) -> Response:
    """End the roadmap: finished, or superseded by another one."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.IMPLEMENT)

    def act() -> object:
        way = request.form.get("way", "")
        if way not in {"finished", "superseded"}:
            raise NotValid({"way": _("Pilih salah satu.")})
        reason = request.form.get("reason", "")
        return operations.finish(person, roadmap_id, reason, is_superseded=way == "superseded")

    return _acted(
        person,
        roadmap,
        act,
        lambda _standing: _("Dicatat. Peta jalan ini sekarang tinggal untuk dibaca."),
        form="finish",
        outcome=_("Dicatat:"),
    )


def _acted(
    person: Person,
    roadmap: Roadmap,
    act: Callable[[], object],
    result_in_words: Callable[[Standing], str],
    *,
    form: str,
    outcome: str,
) -> Response:
    """Carry an act of the stages page out once; what cannot be stored comes back with every word."""
    roadmap_id = roadmap.id
    try:
        outcome_of = once(
            person,
            pressed(),
            act,
            lambda _result: url_for("review.stages", roadmap_id=roadmap_id),
            roadmap_id=roadmap_id,
        )
    except NotValid as problem:
        return stages_page(person, roadmap, status=422, form=form, errors=problem.errors)
    words = result_in_words(standing_on_page(roadmap))
    return done(outcome_of.address, Notice(words, outcome=outcome))


def stages_page(
    person: Person,
    roadmap: Roadmap,
    *,
    status: int = 200,
    form: str = "",
    errors: Mapping[str, str] | None = None,
) -> Response:
    """Render the page of the stages, with a refused form's words in it."""
    kept_uid = kept_uid_for(status)
    standing = standing_on_page(roadmap)
    plan = outline_of(roadmap.id)
    told = story_of_steps(roadmap, standing.facts)
    current = max(told)
    notes = notes_on(roadmap.id, plan)
    return roadmap_page(
        "review/stages.html",
        roadmap,
        tab="stages",
        title=plan.title,
        status=status,
        standing=standing,
        sentence=sentence_of(standing),
        steps=list(zip(step_names(), states_of_steps(standing), strict=True)),
        story=told[current],
        earlier=[(number, told[number]) for number in sorted(told, reverse=True) if number < current],
        round_number=current,
        plan=plan,
        form=form,
        errors=said(errors),
        typed=words_in_form(),
        kept_uid=kept_uid,
        outcome_title=_("Perlu diperbaiki:") if errors else "",
        editions=[
            (
                edition,
                adoption,
                edition_state_name(edition_state(edition, standing.facts)),
                standing.facts.approved_at(edition),
            )
            for edition, adoption in standing.facts.editions
        ],
        who=who_has(standing.turn, roadmap.region),
        is_mine=is_readers_turn(roadmap, standing),
        holders=_holders(standing, roadmap),
        kinds=KINDS,
        notes_count=len(notes),
        notes_waiting=sum(1 for note in notes if not note.is_met),
        share_url=_base_url() + url_for("review.stages", roadmap_id=roadmap.id),
        **_open_to(person, roadmap, standing, plan),
    )


def _open_to(person: Person, roadmap: Roadmap, standing: Standing, plan: Outline) -> dict[str, Any]:
    """Tell which forms are open to this reader now."""
    place, facts = place_of(roadmap), standing.facts
    is_drafting = standing.stage not in DESK_AT
    can_submit = (
        allows(person, Act.SUBMIT, place)
        and facts.undecided is None
        and (is_drafting or facts.passed is not None)
    )
    desk = _next_desk(roadmap, standing)
    findings = _findings_to_pass(roadmap, standing, plan) if can_submit else []
    waiting = facts.undecided
    judging = {Desk.REVIEW: Act.JUDGE_REVIEW, Desk.VERIFICATION: Act.JUDGE_VERIFICATION}
    act = judging.get(Desk(waiting.desk), Act.JUDGE_SUBMISSION) if waiting else None
    may_implement = allows(person, Act.IMPLEMENT, place)
    return {
        "can_submit": can_submit,
        "is_sending_on": not is_drafting,
        "next_desk": desk_owner(desk, roadmap.region),
        "to_leader": desk == Desk.LEADER,
        "findings": grouped(findings),
        "findings_count": len(findings),
        "stopping": grouped(blocking(findings)) if desk == Desk.LEADER else [],
        "needs_reason": is_drafting and facts.round is not None and facts.round.number > 1,
        "can_withdraw": allows(person, Act.WITHDRAW, place) and standing.submission is not None,
        "can_consult": allows(person, Act.OPEN_CONSULTATION, place) and roadmap.region.has_consultation,
        "can_end_consultation": allows(person, Act.END_CONSULTATION, place),
        "can_judge": act is not None and allows(person, act, place),
        "to_leader_now": act == Act.JUDGE_SUBMISSION,
        "can_record": waiting is not None and allows(person, Act.RECORD_DECISION, place),
        "can_adopt": facts.awaiting is not None and allows(person, Act.ADOPT, place),
        "can_implement": may_implement and standing.stage == "ditetapkan",
        "can_finish": may_implement,
    }


def _next_desk(roadmap: Roadmap, standing: Standing) -> Desk:
    passed = standing.facts.passed
    return desk_after(roadmap.region, passed.desk) if passed else desks_of(roadmap.region)[0]


def _findings_to_pass(roadmap: Roadmap, standing: Standing, plan: Outline) -> list[Finding]:
    passed = standing.facts.passed
    return findings_of(outline_as_of(roadmap.id, passed.seq) if passed else plan)


def _holders(standing: Standing, roadmap: Roadmap) -> list[str]:
    """Name the persons whose turn it is; at the leader's desk also who may record a decision made on paper."""
    if standing.turn is None:
        return []
    roles = [standing.turn]
    if standing.turn == JUDGE_OF[Desk.LEADER]:
        roles.append(Role.LEADER_STAFF)
    return [held.person.name for role in roles for held in holders_of(role, roadmap.region, roadmap.id)]


def _read_count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_COUNT else -1


def _base_url() -> str:
    config: Config = current_app.extensions["roadmap_config"]
    return config.base_url


def said(errors: Mapping[str, str] | None) -> dict[str, str]:
    """Say the sentences of a refused form in the reader's language."""
    return {name: _(sentence) for name, sentence in (errors or {}).items()}


def read_day(text: str) -> date | None:
    """Read the day of a date box; None for nothing, or for what no calendar has."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
