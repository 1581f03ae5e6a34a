"""Choosing a moment to go back to: an edition, a submission, a named moment, a day."""

from datetime import date

from flask import redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.desk.blueprint import bp
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.queries import today_in
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.plan.pages import roadmap_page
from roadmap.review.queries import facts_of
from roadmap.timeline.landmarks import landmarks_of
from roadmap.timeline.moments import days_of, last_seq_of
from roadmap.timeline.visits import last_visit, visit_of
from roadmap.web.declare import asks
from roadmap.web.filters import day
from roadmap.web.paging import page_of

DAYS_A_PAGE = 30


@bp.get("/roadmaps/<int:roadmap_id>/as-of")
@asks(Act.SEE)
def moments(roadmap_id: int) -> Response:
    """Offer the moments of a roadmap; a day that is asked for leads to what stood at its end."""
    person = acting_person()
    found = roadmap_for(person, roadmap_id, to=Act.SEE)
    typed = request.args.get("tanggal", "").strip()
    if not typed:
        return _choice(found, person)
    try:
        wanted = date.fromisoformat(typed)
    except ValueError:
        return _choice(found, person, typed, _("Tulis tanggalnya seperti 2026-03-12."))
    seq = last_seq_of(found, min(wanted, today_in(found.region)), person)
    if seq is None:
        began = days_of(found, person)[-1].day
        sentence = _("Saat itu peta jalan ini belum ada. Ia dimulai %(day)s.", day=day(began))
        return _choice(found, person, typed, sentence)
    return redirect(url_for("desk.as_of", roadmap_id=roadmap_id, seq=seq))


def _choice(found: Roadmap, person: Person, typed: str = "", trouble: str = "") -> Response:
    seen = last_visit(visit_of(person, found.id))
    return roadmap_page(
        "desk/moments.html",
        found,
        tab="history",
        status=422 if trouble else 200,
        outcome_title=_("Perlu diperbaiki:") if trouble else "",
        typed=typed,
        trouble=trouble,
        landmarks=landmarks_of(found, facts_of([found.id])[found.id], seen),
        page=page_of(days_of(found, person), DAYS_A_PAGE),
        address_of=lambda number: url_for("desk.moments", roadmap_id=found.id, halaman=number),
    )
