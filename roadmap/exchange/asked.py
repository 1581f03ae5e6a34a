"""Which plan a request asks for: the working one, an edition, a moment; and how a file of it is called."""

from datetime import datetime

from flask import Response, g, request
from flask_babel import gettext as _
from sqlalchemy import select

from roadmap.clock import in_zone, now
from roadmap.errors import NotThere
from roadmap.exchange.queries import edition_numbered
from roadmap.extensions import db
from roadmap.history.models import Changeset, Edition, Roadmap
from roadmap.plan.document import choices_as_of, choices_from, outline_from
from roadmap.plan.fields import Choices
from roadmap.plan.outline import Outline
from roadmap.plan.pages import enter
from roadmap.plan.queries import choices_for, outline_as_of, outline_of
from roadmap.text.plain import slug
from roadmap.timeline.moments import PointInTime
from roadmap.web.language import chosen_language

_MOST_DIGITS = 4


def working_plan(roadmap: Roadmap) -> tuple[Outline, Choices]:
    """Give the plan as it stands, and its words in the reader's language."""
    plan = outline_of(roadmap.id)
    return plan, choices_for(roadmap, plan, language=chosen_language())


def past_plan(roadmap: Roadmap, point: PointInTime) -> tuple[Outline, Choices]:
    """Give the plan as of a moment, and its words."""
    plan = outline_as_of(roadmap.id, point.seq)
    return plan, choices_as_of(roadmap, plan, point.seq, language=chosen_language())


def edition_plan(edition: Edition, roadmap: Roadmap) -> tuple[Outline, Choices]:
    """Give the plan of an edition, and its words as read on its day."""
    return outline_from(edition.document), choices_from(edition.document, roadmap.language)


def edition_asked(roadmap: Roadmap) -> Edition | None:
    """Find the edition the address names; one that does not exist is answered as a page that does not."""
    typed = request.args.get("edisi", "")
    if not typed:
        return None
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS else 0
    edition = edition_numbered(roadmap.id, number)
    if edition is None:
        raise NotThere
    return edition


def enter_annex(roadmap: Roadmap) -> None:
    """Have the page read in the roadmap's language, whatever the reader's is: an annex is a legal text."""
    enter(roadmap.region)
    g.language = roadmap.language


def last_changed(roadmap: Roadmap) -> datetime:
    """Tell when the last act on a roadmap was recorded that all its readers may know of."""
    query = (
        select(Changeset.at)
        .where(Changeset.roadmap_id == roadmap.id, Changeset.audience.is_(None))
        .order_by(Changeset.seq.desc())
        .limit(1)
    )
    return db.session.scalar(query) or roadmap.created_at


def attachment(body: bytes, mimetype: str, name: str) -> Response:
    """Answer with a file to be kept, under an ASCII name."""
    response = Response(body, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_name(kind: str, roadmap: Roadmap, plan: Outline, when: str, ending: str) -> str:
    """Make a name for a file: what it is, of which plan, from when."""
    title = slug(plan.title or roadmap.region.full_name)[:60].strip("-")
    return f"{slug(kind)}_{title}_{when}.{ending}"


def today_words(roadmap: Roadmap) -> str:
    """Give the day in the region, for the name of a file."""
    return f"{in_zone(now(), roadmap.region.zone):%Y-%m-%d}"


def moment_words(roadmap: Roadmap, point: PointInTime) -> str:
    """Give a moment that has passed, for the name of a file."""
    then = in_zone(point.at, roadmap.region.zone)
    return f"{_('keadaan')}-{then:%Y-%m-%d_%H.%M.%S}-{roadmap.region.zone.lower()}"
