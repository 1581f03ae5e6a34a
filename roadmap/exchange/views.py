"""The printable matrix, and each kind as a file for a spreadsheet."""

from collections.abc import Callable

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from roadmap.clock import in_zone, now
from roadmap.errors import NotThere
from roadmap.exchange.matrix import rows_of
from roadmap.exchange.queries import adoption_of, edition_numbered
from roadmap.exchange.sheets import write_csv
from roadmap.history.models import Edition, Roadmap
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.plan.document import choices_as_of, choices_from, outline_from
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import BY_PLURAL
from roadmap.plan.outline import Outline
from roadmap.plan.pages import enter
from roadmap.plan.queries import choices_for, outline_as_of, outline_of
from roadmap.review.models import Adoption
from roadmap.review.words import instrument_name
from roadmap.text.plain import slug
from roadmap.timeline.moments import PointInTime, point_in_time
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language

bp = Blueprint("exchange", __name__)

PAPERS = {"a4": "page-matrix", "f4": "page-matrix-f4"}
SHEETS = "<any(sections, modalities, problems, actions, indicators):plural>"


@bp.get("/roadmaps/<int:roadmap_id>/matrix")
@asks(Act.SEE)
def matrix(roadmap_id: int) -> AnyResponse:
    """Lay the matrix of actions out as a sheet of paper, of the working plan or of an edition."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    _enter_annex(roadmap)
    edition = _edition_asked(roadmap)
    plan, choices = _edition_plan(edition, roadmap) if edition else _working_plan(roadmap)
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
    _enter_annex(roadmap)
    plan, choices = _past_plan(roadmap, point)
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
    plan, choices = _working_plan(roadmap)
    today = in_zone(now(), roadmap.region.zone)
    return _file(roadmap, plural, plan, choices, f"{today:%Y-%m-%d}")


@bp.get(f"/roadmaps/<int:roadmap_id>/as-of/<int:seq>/{SHEETS}.csv")
@asks(Act.SEE)
def csv_as_of(roadmap_id: int, seq: int, plural: str) -> Response:
    """Give one kind of the plan as of a moment as CSV: the same bytes as were given then."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    point = point_in_time(roadmap, seq, person)
    enter(roadmap.region)
    plan, choices = _past_plan(roadmap, point)
    then = in_zone(point.at, roadmap.region.zone)
    zone = roadmap.region.zone.lower()
    return _file(roadmap, plural, plan, choices, f"{_('keadaan')}-{then:%Y-%m-%d_%H.%M.%S}-{zone}")


def _working_plan(roadmap: Roadmap) -> tuple[Outline, Choices]:
    plan = outline_of(roadmap.id)
    return plan, choices_for(roadmap, plan, language=chosen_language())


def _past_plan(roadmap: Roadmap, point: PointInTime) -> tuple[Outline, Choices]:
    plan = outline_as_of(roadmap.id, point.seq)
    return plan, choices_as_of(roadmap, plan, point.seq, language=chosen_language())


def _edition_plan(edition: Edition, roadmap: Roadmap) -> tuple[Outline, Choices]:
    return outline_from(edition.document), choices_from(edition.document, roadmap.language)


def _edition_asked(roadmap: Roadmap) -> Edition | None:
    """Find the edition the address names; one that does not exist is answered as a page that does not."""
    typed = request.args.get("edisi", "")
    if not typed:
        return None
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len("10000") else 0
    edition = edition_numbered(roadmap.id, number)
    if edition is None:
        raise NotThere
    return edition


def _enter_annex(roadmap: Roadmap) -> None:
    """Have the page read in the roadmap's language, whatever the reader's is: an annex is a legal text."""
    enter(roadmap.region)
    g.language = roadmap.language


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
    body = render_template(
        "exchange/matrix.html",
        roadmap=roadmap,
        region=roadmap.region,
        plan=plan,
        rows=rows_of(plan, choices),
        paper=paper,
        paper_class=PAPERS[paper],
        paper_url=paper_url,
        edition=edition,
        instrument_name=instrument_name,
        adoption=adoption,
        point=point,
    )
    return make_response(body)


def _file(roadmap: Roadmap, plural: str, plan: Outline, choices: Choices, when: str) -> Response:
    kind = BY_PLURAL[plural]
    response = Response(write_csv(kind, plan, choices), mimetype="text/csv")
    title = slug(plan.title or roadmap.region.full_name)[:60].strip("-")
    name = f"{slug(_(kind.label_many))}_{title}_{when}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
