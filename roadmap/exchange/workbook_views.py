"""The workbook of a roadmap to take along: the working plan, an edition, a moment; a blank one; one by offices."""

from dataclasses import replace
from datetime import datetime

from flask import Response
from flask_babel import gettext as _

from roadmap.clock import in_zone
from roadmap.exchange.asked import (
    attachment,
    edition_asked,
    file_name,
    moment_words,
    past_plan,
    today_words,
    working_plan,
)
from roadmap.exchange.tables import Source, source_years
from roadmap.exchange.template import write_template
from roadmap.exchange.views import bp
from roadmap.exchange.workbook import write_offices, write_workbook
from roadmap.history.models import Edition, Roadmap
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.plan.document import choices_from, outline_from
from roadmap.plan.fields import Choices
from roadmap.plan.outline import Outline
from roadmap.plan.pages import enter
from roadmap.timeline.moments import PointInTime, point_in_time
from roadmap.web.declare import asks
from roadmap.web.filters import day, moment
from roadmap.web.language import chosen_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/roadmaps/<int:roadmap_id>/workbook.xlsx")
@asks(Act.SEE)
def workbook(roadmap_id: int) -> Response:
    """Give the working plan, or an edition of it, as one workbook."""
    person = acting_person()
    roadmap = _entered(person, roadmap_id)
    edition = edition_asked(roadmap)
    if edition:
        words = _("edisi-%(number)s", number=edition.number)
        return _file(roadmap, _source_of_edition(roadmap, edition), words)
    return _file(roadmap, _source_of_now(person, roadmap), today_words(roadmap))


@bp.get("/roadmaps/<int:roadmap_id>/as-of/<int:seq>/workbook.xlsx")
@asks(Act.SEE)
def workbook_as_of(roadmap_id: int, seq: int) -> Response:
    """Give the plan as of a moment as one workbook: the same as was given then."""
    person = acting_person()
    roadmap = _entered(person, roadmap_id)
    point = point_in_time(roadmap, seq, person)
    source = _source(roadmap, *past_plan(roadmap, point), point)
    return _file(roadmap, source, moment_words(roadmap, point))


@bp.get("/roadmaps/<int:roadmap_id>/template.xlsx")
@asks(Act.SEE)
def template(roadmap_id: int) -> Response:
    """Give a blank workbook to fill in, with the offices, vocabularies and years of this roadmap."""
    person = acting_person()
    roadmap = _entered(person, roadmap_id)
    source = replace(_source_of_now(person, roadmap), told=_("Lembar kosong untuk diisi."))
    name = file_name(_("lembar-kosong"), roadmap, source.plan, today_words(roadmap), "xlsx")
    return attachment(write_template(source), XLSX, name)


@bp.get("/roadmaps/<int:roadmap_id>/offices.xlsx")
@asks(Act.SEE)
def offices(roadmap_id: int) -> Response:
    """Give the money of the working plan as a sheet for each office, by year and code, for RKPD and Renja."""
    person = acting_person()
    roadmap = _entered(person, roadmap_id)
    source = _source_of_now(person, roadmap)
    name = file_name(_("pagu-per-kantor"), roadmap, source.plan, today_words(roadmap), "xlsx")
    return attachment(write_offices(source), XLSX, name)


def _file(roadmap: Roadmap, source: Source, when: str) -> Response:
    name = file_name(_("lembar-kerja"), roadmap, source.plan, when, "xlsx")
    return attachment(write_workbook(source), XLSX, name)


def _entered(person: Person, roadmap_id: int) -> Roadmap:
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    enter(roadmap.region)
    return roadmap


def _source_of_now(person: Person, roadmap: Roadmap) -> Source:
    """Take the working plan, as of the newest act that this reader may know of: others' words leave no trace."""
    point = point_in_time(roadmap, roadmap.head_seq, person)
    return _source(roadmap, *working_plan(roadmap), point)


def _source(roadmap: Roadmap, plan: Outline, choices: Choices, point: PointInTime) -> Source:
    told = _("Keadaan pada %(moment)s.", moment=moment(point.at))
    return _made(roadmap, plan, choices, seq=point.seq, at=point.at, told=told)


def _source_of_edition(roadmap: Roadmap, edition: Edition) -> Source:
    plan, choices = outline_from(edition.document), choices_from(edition.document, chosen_language())
    told = _("Edisi %(number)s, disetujui %(day)s.", number=edition.number, day=day(edition.created_at))
    return _made(roadmap, plan, choices, seq=edition.seq, at=edition.created_at, told=told)


def _made(roadmap: Roadmap, plan: Outline, choices: Choices, *, seq: int, at: datetime, told: str) -> Source:
    return Source(
        roadmap_uid=roadmap.uid,
        title=plan.title or roadmap.region.full_name,
        region=roadmap.region.full_name,
        language=chosen_language(),
        plan=plan,
        choices=choices,
        seq=seq,
        at=at,
        told=told,
        years=source_years(plan, in_zone(at, roadmap.region.zone).year),
    )
