"""The printable matrix, and each kind as a file for a spreadsheet."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from roadmap.exchange.annex_head import head_of
from roadmap.exchange.asked import (
    attachment,
    edition_asked,
    edition_plan,
    enter_annex,
    file_name,
    moment_words,
    past_plan,
    today_words,
    working_plan,
)
from roadmap.exchange.matrix import HEADINGS, TARGETS, rows_of, said_totals, target_years
from roadmap.exchange.queries import adoption_of
from roadmap.exchange.sheets import write_csv
from roadmap.history.models import Edition, Roadmap
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import BY_PLURAL
from roadmap.plan.outline import Outline
from roadmap.plan.pages import enter
from roadmap.review.models import Adoption
from roadmap.timeline.moments import PointInTime, point_in_time
from roadmap.web.declare import asks

bp = Blueprint("exchange", __name__)

PAPERS = {"a4": "page-matrix", "f4": "page-matrix-f4"}
COLUMN_CLASSES = [
    f"col-{name}" for name in "no right problem action measure base target lead support source money".split()
]
SHEETS = "<any(sections, modalities, problems, actions, indicators):plural>"


@bp.get("/roadmaps/<int:roadmap_id>/matrix")
@asks(Act.SEE)
def matrix(roadmap_id: int) -> AnyResponse:
    """Lay the matrix of actions out as a sheet of paper, of the working plan or of an edition."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    enter_annex(roadmap)
    edition = edition_asked(roadmap)
    plan, choices = edition_plan(edition, roadmap) if edition else working_plan(roadmap)
    number = edition.number if edition else None
    return _sheet(
        roadmap,
        plan,
        choices,
        lambda paper: url_for("exchange.matrix", roadmap_id=roadmap.id, kertas=paper, edisi=number),
        edition=edition,
        adoption=adoption_of(edition) if edition else None,
    )


@bp.get("/roadmaps/<int:roadmap_id>/as-of/<int:seq>/matrix")
@asks(Act.SEE)
def matrix_as_of(roadmap_id: int, seq: int) -> AnyResponse:
    """Lay the matrix out as it would have been laid out at a moment."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    point = point_in_time(roadmap, seq, person)
    enter_annex(roadmap)
    plan, choices = past_plan(roadmap, point)
    return _sheet(
        roadmap,
        plan,
        choices,
        lambda paper: url_for("exchange.matrix_as_of", roadmap_id=roadmap.id, seq=seq, kertas=paper),
        point=point,
    )


@bp.get(f"/roadmaps/<int:roadmap_id>/{SHEETS}.csv")
@asks(Act.SEE)
def csv(roadmap_id: int, plural: str) -> Response:
    """Give one kind of the working plan as CSV."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    enter(roadmap.region)
    plan, choices = working_plan(roadmap)
    return _file(roadmap, plural, plan, choices, today_words(roadmap))


@bp.get(f"/roadmaps/<int:roadmap_id>/as-of/<int:seq>/{SHEETS}.csv")
@asks(Act.SEE)
def csv_as_of(roadmap_id: int, seq: int, plural: str) -> Response:
    """Give one kind of the plan as of a moment as CSV: the same bytes as were given then."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    point = point_in_time(roadmap, seq, person)
    enter(roadmap.region)
    plan, choices = past_plan(roadmap, point)
    return _file(roadmap, plural, plan, choices, moment_words(roadmap, point))


def _sheet(
    roadmap: Roadmap,
    plan: Outline,
    choices: Choices,
    paper_url: Callable[[str], str],
    *,
    edition: Edition | None = None,
    adoption: Adoption | None = None,
    point: PointInTime | None = None,
) -> AnyResponse:
    paper = request.args.get("kertas", "a4").lower()
    paper = paper if paper in PAPERS else "a4"
    rows = rows_of(plan, choices)
    is_draft = edition is None
    body = render_template(
        "exchange/matrix.html",
        roadmap=roadmap,
        region=roadmap.region,
        plan=plan,
        head=head_of(
            roadmap.region, plan.title, adoption, is_draft=is_draft, then=point.at if point else None
        ),
        headings=HEADINGS,
        target_place=HEADINGS.index(TARGETS),
        column_classes=COLUMN_CLASSES,
        years=target_years(plan, rows),
        rows=rows,
        totals=said_totals(rows),
        paper=paper,
        paper_class=PAPERS[paper],
        paper_url=paper_url,
        edition=edition,
        adoption=adoption,
        point=point,
    )
    return make_response(body)


def _file(roadmap: Roadmap, plural: str, plan: Outline, choices: Choices, when: str) -> Response:
    kind = BY_PLURAL[plural]
    name = file_name(_(kind.label_many), roadmap, plan, when, "csv")
    return attachment(write_csv(kind, plan, choices).encode(), "text/csv", name)
