"""The printable matrix, and each kind as a file for a spreadsheet."""

from datetime import datetime

from flask import Blueprint, Response, g, make_response, render_template, request
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
from roadmap.plan.document import choices_from, outline_from
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import BY_PLURAL
from roadmap.plan.outline import Outline
from roadmap.plan.pages import enter
from roadmap.plan.queries import choices_for, outline_of
from roadmap.review.words import instrument_name
from roadmap.text.plain import slug
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
    enter(roadmap.region)
    # An annex is a legal text: it is read in the roadmap's language, whatever the reader's is.
    g.language = roadmap.language
    edition = _edition_asked(roadmap)
    plan, choices = _edition_plan(edition, roadmap) if edition else _working_plan(roadmap)
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
        edition=edition,
        instrument_name=instrument_name,
        adoption=adoption_of(edition) if edition else None,
    )
    return make_response(body)


@bp.get(f"/roadmaps/<int:roadmap_id>/{SHEETS}.csv")
@asks(Act.SEE)
def csv(roadmap_id: int, plural: str) -> Response:
    """Give one kind of the working plan as CSV."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    enter(roadmap.region)
    kind = BY_PLURAL[plural]
    plan, choices = _working_plan(roadmap)
    response = Response(write_csv(kind, plan, choices), mimetype="text/csv")
    name = _file_name(_(kind.label_many), plan.title or roadmap.region.full_name, roadmap)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _working_plan(roadmap: Roadmap) -> tuple[Outline, Choices]:
    plan = outline_of(roadmap.id)
    return plan, choices_for(roadmap, plan, language=chosen_language())


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


def _file_name(kind: str, title: str, roadmap: Roadmap) -> str:
    today: datetime = in_zone(now(), roadmap.region.zone)
    return f"{slug(kind)}_{slug(title)[:60].strip('-')}_{today:%Y-%m-%d}.csv"
