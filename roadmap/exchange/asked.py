"""Which plan a request asks for: the working one, an edition, a moment; and how a file of it is called."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, g, request
from flask_babel import gettext as _
from sqlalchemy import select

from roadmap.clock import in_zone, now
from roadmap.errors import NotThere
from roadmap.exchange.queries import edition_numbered
from roadmap.extensions import db
from roadmap.history.models import Changeset, Edition, Roadmap
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.plan.document import choices_as_of, choices_from, outline_from
from roadmap.plan.fields import Choices
from roadmap.plan.outline import Outline
from roadmap.plan.pages import enter
from roadmap.plan.queries import choices_for, outline_as_of, outline_of
from roadmap.text.plain import slug
from roadmap.timeline.moments import PointInTime, point_in_time
from roadmap.web.language import chosen_language

_MOST_DIGITS = 4


@dataclass(frozen=True)
class Asked:
    """The plan a request asks for: the working one, or that of an edition or of a moment that has passed."""

    roadmap: Roadmap
    plan: Outline
    choices: Choices
    edition: Edition | None = None
    point: PointInTime | None = None

    @property
    def when(self) -> str:
        """Name its moment for the name of a file: the day in the region, the edition, the moment that has passed."""
        if self.edition:
            return _("edisi-%(number)s", number=self.edition.number)
        then = in_zone(self.point.at if self.point else now(), self.roadmap.region.zone)
        if self.point is None:
            return f"{then:%Y-%m-%d}"
        return f"{_('keadaan')}-{then:%Y-%m-%d_%H.%M.%S}-{self.roadmap.region.zone.lower()}"

    def file(self, body: bytes, mimetype: str, kind: str, ending: str, *, more: str = "") -> Response:
        """Answer with a file to be kept, under an ASCII name: what it is, of which plan, from when, and what more."""
        title = slug(self.plan.title or self.roadmap.region.full_name)[:60].strip("-")
        response = Response(body, mimetype=mimetype)
        name = f"{slug(kind)}_{title}_{self.when}{more}.{ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def asked_now(roadmap_id: int, *, is_annex: bool = False) -> Asked:
    """Give the working plan, or that of the edition the address names. Raises NotThere as the gate does.

    `is_annex`: read in the roadmap's language, whatever the reader's is, because an annex is a legal text.
    """
    roadmap = _entered(roadmap_id, is_annex=is_annex)
    edition = _edition_asked(roadmap)
    if edition is None:
        return _working(roadmap)
    document = edition.document
    return Asked(roadmap, outline_from(document), choices_from(document, chosen_language()), edition)


def asked_as_of(roadmap_id: int, seq: int, *, is_annex: bool = False) -> Asked:
    """Give the plan as of a moment that this reader may know of. Raises NotThere; `is_annex` as for `asked_now`."""
    roadmap = _entered(roadmap_id, is_annex=is_annex)
    point = point_in_time(roadmap, seq, acting_person())
    plan = outline_as_of(roadmap.id, point.seq)
    choices = choices_as_of(roadmap, plan, point.seq, language=chosen_language())
    return Asked(roadmap, plan, choices, point=point)


def asked_working(roadmap_id: int) -> Asked:
    """Give the working plan, whatever the address names besides. Raises NotThere as the gate does."""
    return _working(_entered(roadmap_id, is_annex=False))


def _working(roadmap: Roadmap) -> Asked:
    plan = outline_of(roadmap.id)
    return Asked(roadmap, plan, choices_for(roadmap, plan, language=chosen_language()))


def _entered(roadmap_id: int, *, is_annex: bool) -> Roadmap:
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    enter(roadmap.region)
    if is_annex:
        g.language = roadmap.language
    return roadmap


def _edition_asked(roadmap: Roadmap) -> Edition | None:
    """Find the edition the address names; one that does not exist is answered as a page that does not."""
    typed = request.args.get("edisi", "")
    if not typed:
        return None
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS else 0
    edition = edition_numbered(roadmap.id, number)
    if edition is None:
        raise NotThere
    return edition


def last_changed(roadmap: Roadmap) -> datetime:
    """Tell when the last act on a roadmap was recorded that all its readers may know of."""
    query = (
        select(Changeset.at)
        .where(Changeset.roadmap_id == roadmap.id, Changeset.audience.is_(None))
        .order_by(Changeset.seq.desc())
        .limit(1)
    )
    return db.session.scalar(query) or roadmap.created_at
