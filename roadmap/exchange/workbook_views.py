"""The workbook of a roadmap to take along: the working plan, an edition, a moment; a blank one; one by offices."""

from dataclasses import replace
from datetime import datetime

from flask import Response
from flask_babel import gettext as _

from roadmap.clock import in_zone
from roadmap.exchange.asked import Asked, asked_as_of, asked_now, asked_working
from roadmap.exchange.tables import Source, source_years
from roadmap.exchange.template import write_template
from roadmap.exchange.views import bp
from roadmap.exchange.workbook import write_offices, write_workbook
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.timeline.moments import point_in_time
from roadmap.web.declare import asks
from roadmap.web.filters import day, moment
from roadmap.web.language import chosen_language

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/roadmaps/<int:roadmap_id>/workbook.xlsx")
@asks(Act.SEE)
def workbook(roadmap_id: int) -> Response:
    """Give the working plan, or an edition of it, as one workbook."""
    return _file(asked_now(roadmap_id))


@bp.get("/roadmaps/<int:roadmap_id>/as-of/<int:seq>/workbook.xlsx")
@asks(Act.SEE)
def workbook_as_of(roadmap_id: int, seq: int) -> Response:
    """Give the plan as of a moment as one workbook: the same as was given then."""
    return _file(asked_as_of(roadmap_id, seq))


@bp.get("/roadmaps/<int:roadmap_id>/template.xlsx")
@asks(Act.SEE)
def template(roadmap_id: int) -> Response:
    """Give a blank workbook to fill in, with the offices, vocabularies and years of this roadmap."""
    asked = asked_working(roadmap_id)
    source = replace(_source(asked), told=_("Lembar kosong untuk diisi."))
    return asked.file(write_template(source), XLSX, _("lembar-kosong"), "xlsx")


@bp.get("/roadmaps/<int:roadmap_id>/offices.xlsx")
@asks(Act.SEE)
def offices(roadmap_id: int) -> Response:
    """Give the money of the working plan as a sheet for each office, by year and code, for RKPD and Renja."""
    asked = asked_working(roadmap_id)
    return asked.file(write_offices(_source(asked)), XLSX, _("pagu-per-kantor"), "xlsx")


def _file(asked: Asked) -> Response:
    return asked.file(write_workbook(_source(asked)), XLSX, _("lembar-kerja"), "xlsx")


def _source(asked: Asked) -> Source:
    roadmap, plan = asked.roadmap, asked.plan
    seq, at, told = _state_of(asked)
    return Source(
        roadmap_uid=roadmap.uid,
        title=plan.title or roadmap.region.full_name,
        region=roadmap.region.full_name,
        language=chosen_language(),
        plan=plan,
        choices=asked.choices,
        seq=seq,
        at=at,
        told=told,
        years=source_years(plan, in_zone(at, roadmap.region.zone).year),
    )


def _state_of(asked: Asked) -> tuple[int, datetime, str]:
    """Give the moment whose state a workbook shows, and say it."""
    if edition := asked.edition:
        approved = day(edition.created_at)
        told = _("Edisi %(number)s, disetujui %(day)s.", number=edition.number, day=approved)
        return edition.seq, edition.created_at, told
    # Of now it is the newest act that this reader may know of: others' words leave no trace.
    point = asked.point or point_in_time(asked.roadmap, asked.roadmap.head_seq, acting_person())
    return point.seq, point.at, _("Keadaan pada %(moment)s.", moment=moment(point.at))
