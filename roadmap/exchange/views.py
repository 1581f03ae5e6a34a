"""The printable matrix, and each kind as a file for a spreadsheet."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from roadmap.exchange.annex_head import Head, head_of
from roadmap.exchange.asked import Asked, asked_as_of, asked_now, asked_working
from roadmap.exchange.matrix import HEADINGS, TARGETS, rows_of, said_totals, target_years
from roadmap.exchange.queries import adoption_of
from roadmap.exchange.sheets import write_csv
from roadmap.people.roles import Act
from roadmap.plan.kinds import BY_PLURAL
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
    asked = asked_now(roadmap_id, is_annex=True)
    number = asked.edition.number if asked.edition else None
    return _sheet(
        asked, lambda paper: url_for("exchange.matrix", roadmap_id=roadmap_id, kertas=paper, edisi=number)
    )


@bp.get("/roadmaps/<int:roadmap_id>/as-of/<int:seq>/matrix")
@asks(Act.SEE)
def matrix_as_of(roadmap_id: int, seq: int) -> AnyResponse:
    """Lay the matrix out as it would have been laid out at a moment."""
    asked = asked_as_of(roadmap_id, seq, is_annex=True)
    seq = asked.point.seq if asked.point else seq
    return _sheet(
        asked, lambda paper: url_for("exchange.matrix_as_of", roadmap_id=roadmap_id, seq=seq, kertas=paper)
    )


@bp.get(f"/roadmaps/<int:roadmap_id>/{SHEETS}.csv")
@asks(Act.SEE)
def csv(roadmap_id: int, plural: str) -> Response:
    """Give one kind of the working plan as CSV."""
    return _csv(asked_working(roadmap_id), plural)


@bp.get(f"/roadmaps/<int:roadmap_id>/as-of/<int:seq>/{SHEETS}.csv")
@asks(Act.SEE)
def csv_as_of(roadmap_id: int, seq: int, plural: str) -> Response:
    """Give one kind of the plan as of a moment as CSV: the same bytes as were given then."""
    return _csv(asked_as_of(roadmap_id, seq), plural)


def head_asked(asked: Asked) -> Head:
    """Say what stands above and below the table of the plan that is asked for."""
    adoption = adoption_of(asked.edition) if asked.edition else None
    return head_of(
        asked.roadmap.region,
        asked.plan.title,
        adoption,
        is_draft=asked.edition is None,
        then=asked.point.at if asked.point else None,
    )


def _sheet(asked: Asked, paper_url: Callable[[str], str]) -> AnyResponse:
    paper = request.args.get("kertas", "a4").lower()
    paper = paper if paper in PAPERS else "a4"
    rows = rows_of(asked.plan, asked.choices)
    body = render_template(
        "exchange/matrix.html",
        roadmap=asked.roadmap,
        region=asked.roadmap.region,
        plan=asked.plan,
        head=head_asked(asked),
        headings=HEADINGS,
        target_place=HEADINGS.index(TARGETS),
        column_classes=COLUMN_CLASSES,
        years=target_years(asked.plan, rows),
        rows=rows,
        totals=said_totals(rows),
        paper=paper,
        paper_class=PAPERS[paper],
        paper_url=paper_url,
        edition=asked.edition,
        adoption=adoption_of(asked.edition) if asked.edition else None,
        point=asked.point,
    )
    return make_response(body)


def _csv(asked: Asked, plural: str) -> Response:
    kind = BY_PLURAL[plural]
    body = write_csv(kind, asked.plan, asked.choices).encode()
    return asked.file(body, "text/csv", _(kind.label_many), "csv")
