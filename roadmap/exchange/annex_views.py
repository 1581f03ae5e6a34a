"""The matrix as an annex in Word, of the working plan, of an edition, of a moment."""

from datetime import datetime

from flask import Response, request
from flask_babel import gettext as _

from roadmap.exchange.annex import write_annex
from roadmap.exchange.asked import Asked, asked_as_of, asked_now, last_changed
from roadmap.exchange.paper import PAPERS
from roadmap.exchange.views import bp, head_asked
from roadmap.people.roles import Act
from roadmap.web.declare import asks

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/roadmaps/<int:roadmap_id>/annex.docx")
@asks(Act.SEE)
def annex(roadmap_id: int) -> Response:
    """Write the annex of the working plan or of an edition."""
    return _annex(asked_now(roadmap_id, is_annex=True))


@bp.get("/roadmaps/<int:roadmap_id>/as-of/<int:seq>/annex.docx")
@asks(Act.SEE)
def annex_as_of(roadmap_id: int, seq: int) -> Response:
    """Write the annex of the plan as of a moment: a draft, with its moment in its head."""
    return _annex(asked_as_of(roadmap_id, seq, is_annex=True))


def _annex(asked: Asked) -> Response:
    typed = request.args.get("kertas", "a4").lower()
    paper = typed if typed in PAPERS else "a4"
    body = write_annex(
        asked.plan,
        asked.choices,
        head_asked(asked),
        PAPERS[paper],
        author=asked.roadmap.region.full_name,
        language=asked.roadmap.language,
        at=_moment_of(asked),
    )
    return asked.file(body, WORD, _("Lampiran"), "docx", more=f"_{paper}")


def _moment_of(asked: Asked) -> datetime:
    if asked.point:
        return asked.point.at
    return asked.edition.created_at if asked.edition else last_changed(asked.roadmap)
