"""The matrix as an annex in Word, of the working plan, of an edition, of a moment."""

from flask import Response, request
from flask_babel import gettext as _

from roadmap.exchange.annex import write_annex
from roadmap.exchange.annex_head import head_of
from roadmap.exchange.asked import (
    attachment,
    edition_asked,
    edition_plan,
    enter_annex,
    file_name,
    last_changed,
    moment_words,
    past_plan,
    today_words,
    working_plan,
)
from roadmap.exchange.paper import PAPERS
from roadmap.exchange.queries import adoption_of
from roadmap.exchange.views import bp
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.timeline.moments import point_in_time
from roadmap.web.declare import asks

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/roadmaps/<int:roadmap_id>/annex.docx")
@asks(Act.SEE)
def annex(roadmap_id: int) -> Response:
    """Write the annex of the working plan or of an edition."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    enter_annex(roadmap)
    edition = edition_asked(roadmap)
    plan, choices = edition_plan(edition, roadmap) if edition else working_plan(roadmap)
    paper, region = _paper_asked(), roadmap.region
    adoption = adoption_of(edition) if edition else None
    body = write_annex(
        plan,
        choices,
        head_of(region, plan.title, adoption, is_draft=edition is None),
        PAPERS[paper],
        author=region.full_name,
        language=roadmap.language,
        at=edition.created_at if edition else last_changed(roadmap),
    )
    when = _("edisi-%(number)s", number=edition.number) if edition else today_words(roadmap)
    return attachment(body, WORD, file_name(_("Lampiran"), roadmap, plan, f"{when}_{paper}", "docx"))


@bp.get("/roadmaps/<int:roadmap_id>/as-of/<int:seq>/annex.docx")
@asks(Act.SEE)
def annex_as_of(roadmap_id: int, seq: int) -> Response:
    """Write the annex of the plan as of a moment: a draft, with its moment in its head."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    point = point_in_time(roadmap, seq, person)
    enter_annex(roadmap)
    plan, choices = past_plan(roadmap, point)
    paper, region = _paper_asked(), roadmap.region
    body = write_annex(
        plan,
        choices,
        head_of(region, plan.title, is_draft=True, then=point.at),
        PAPERS[paper],
        author=region.full_name,
        language=roadmap.language,
        at=point.at,
    )
    when = moment_words(roadmap, point)
    return attachment(body, WORD, file_name(_("Lampiran"), roadmap, plan, f"{when}_{paper}", "docx"))


def _paper_asked() -> str:
    paper = request.args.get("kertas", "a4").lower()
    return paper if paper in PAPERS else "a4"
