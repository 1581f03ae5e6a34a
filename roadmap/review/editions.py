"""Editions: read as they were approved, and adopted by an instrument."""

from collections.abc import Mapping

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotValid
from roadmap.history.models import Edition, Roadmap
from roadmap.people.access import allows
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import place_of, roadmap_for
from roadmap.plan.document import choices_from, outline_from
from roadmap.plan.keeping import kept_uid_for, words_in_form
from roadmap.plan.kinds import KINDS
from roadmap.plan.numbers import numbers_of
from roadmap.plan.pages import roadmap_page
from roadmap.review import operations
from roadmap.review.access import edition_for, edition_numbered
from roadmap.review.blueprint import bp
from roadmap.review.models import Instrument
from roadmap.review.queries import edition_state
from roadmap.review.sheets import sheets_of
from roadmap.review.strip import standing_on_page
from roadmap.review.views import read_day, said
from roadmap.review.words import (
    adoption_sentence,
    decision_sentence,
    edition_state_name,
    instrument_name,
)
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language
from roadmap.web.respond import Notice, done

MARK_SIGNS = 12


@bp.get("/roadmaps/<int:roadmap_id>/editions/<int:number>")
@asks(Act.SEE)
def edition(roadmap_id: int, number: int) -> Response:
    """Show an edition exactly as it was approved."""
    person = acting_person()
    roadmap_for(person, roadmap_id, to=Act.SEE)
    found, roadmap = edition_numbered(person, roadmap_id, number)
    standing = standing_on_page(roadmap)
    plan = outline_from(found.document)
    choices = choices_from(found.document, chosen_language())
    labels = found.document.get("labels")
    adoption = next((one for other, one in standing.facts.editions if other.id == found.id), None)
    approval = standing.facts.approval_of(found)
    state = edition_state(found, standing.facts)
    return roadmap_page(
        "review/edition.html",
        roadmap,
        tab="stages",
        title=plan.title,
        edition=found,
        state=state,
        state_name=edition_state_name(state),
        plan=plan,
        numbers=numbers_of(plan),
        choices=choices,
        kinds=KINDS,
        sheets=sheets_of(plan, choices, labels if isinstance(labels, dict) else None),
        adoption=adoption,
        adopted=adoption_sentence(adoption, roadmap.region) if adoption else "",
        approval=approval,
        decision=decision_sentence(approval.verdict, roadmap.region) if approval and approval.verdict else "",
        mark=found.digest[:MARK_SIGNS],
        can_adopt=state == "awaiting" and allows(person, Act.ADOPT, place_of(roadmap)),
    )


@bp.get("/editions/<int:edition_id>/adoption", endpoint="adopt")
@asks(Act.ADOPT)
def adopt_form(edition_id: int) -> Response:
    """Ask for the instrument that adopts an edition."""
    found, roadmap = edition_for(acting_person(), edition_id, to=Act.ADOPT)
    return _adoption_page(found, roadmap)


@bp.post("/editions/<int:edition_id>/adoption")
@asks(Act.ADOPT)
def adopt_save(edition_id: int) -> Response:
    """Record the instrument; the edition is in force and public from now on."""
    person = acting_person()
    found, roadmap = edition_for(person, edition_id, to=Act.ADOPT)
    number = found.number
    try:
        outcome = once(
            person,
            pressed(),
            lambda: operations.adopt(
                person,
                edition_id,
                instrument=_read_instrument(),
                number=request.form.get("number", ""),
                adopted_on=read_day(request.form.get("adopted_on", "")),
                subject=request.form.get("subject", ""),
            ),
            lambda _adoption: url_for("review.edition", roadmap_id=roadmap.id, number=number),
            roadmap_id=roadmap.id,
        )
    except NotValid as problem:
        found, roadmap = edition_for(person, edition_id, to=Act.ADOPT)
        return _adoption_page(found, roadmap, status=422, errors=problem.errors)
    told = _("Edisi %(number)s ditetapkan dan sekarang dapat dibaca semua orang.", number=number)
    return done(outcome.address, Notice(told, outcome=_("Ditetapkan:")))


def _read_instrument() -> Instrument:
    chosen = request.form.get("instrument", "")
    if chosen not in set(Instrument):
        raise NotValid({"instrument": _("Pilih jenis instrumennya.")})
    return Instrument(chosen)


def _adoption_page(
    found: Edition, roadmap: Roadmap, *, status: int = 200, errors: Mapping[str, str] | None = None
) -> Response:
    kept_uid = kept_uid_for(status)
    standing = standing_on_page(roadmap)
    return roadmap_page(
        "review/adopt.html",
        roadmap,
        tab="stages",
        status=status,
        edition=found,
        is_open=edition_state(found, standing.facts) == "awaiting",
        instruments=[(one.value, instrument_name(one, roadmap.region)) for one in Instrument],
        errors=said(errors),
        typed=words_in_form(),
        kept_uid=kept_uid,
        outcome_title=_("Perlu diperbaiki:") if errors else "",
    )
