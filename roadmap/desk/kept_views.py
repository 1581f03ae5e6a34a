"""Ways of looking at a roadmap that a person keeps by name, and the view that this device shows them first."""

from typing import Any
from urllib.parse import parse_qsl

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.desk.blueprint import bp
from roadmap.desk.narrowing import VIEW, query_of
from roadmap.desk.operations import remove_view, save_view
from roadmap.desk.queries import saved_views_of
from roadmap.desk.showing import CHAIN, VIEWS
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import roadmap_for
from roadmap.plan.pages import enter
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done

COOKIE = "pandangan"
A_YEAR = 365 * 24 * 3600
LONGEST_QUERY = 2000


@bp.post("/roadmaps/<int:roadmap_id>/views", endpoint="save_view")
@asks(Act.SEE)
def save(roadmap_id: int) -> Response:
    """Keep what is being looked at under a name; of the address only what asks to look is kept."""
    person = acting_person()
    found = roadmap_for(person, roadmap_id, to=Act.SEE)
    enter(found.region)
    query = query_of(dict(parse_qsl(request.form.get("query", "")[:LONGEST_QUERY])))
    outcome = once(
        person,
        pressed(),
        lambda: save_view(person, roadmap_id, request.form.get("name", ""), query),
        lambda view: f"{url_for('desk.roadmap', roadmap_id=roadmap_id)}?{view.query}",
    )
    return done(
        outcome.address, Notice(_("Tampilan ini disimpan untuk Anda; hanya Anda yang melihat namanya."))
    )


@bp.post("/roadmaps/<int:roadmap_id>/views/<view_uid>/removal", endpoint="remove_view")
@asks(Act.SEE)
def remove(roadmap_id: int, view_uid: str) -> Response:
    """Remove a kept view; what it showed stays as it is."""
    person = acting_person()
    found = roadmap_for(person, roadmap_id, to=Act.SEE)
    enter(found.region)
    outcome = once(
        person,
        pressed(),
        lambda: remove_view(person, roadmap_id, view_uid),
        lambda _name: url_for("desk.roadmap", roadmap_id=roadmap_id),
    )
    return done(outcome.address, Notice(_("Nama tampilan itu dihapus. Isi peta jalan tidak berubah.")))


def saved_context(person: Person, roadmap: Roadmap) -> dict[str, Any]:
    """Gather the kept views, and which of them is being looked at."""
    return {"saved": saved_views_of(person.id, roadmap.id), "query": query_of(request.args)}


def usual_view(person: Person) -> str:
    """Tell which view this person last chose on this device."""
    whose, _dot, view = request.cookies.get(COOKIE, "").partition(".")
    return view if view in VIEWS and whose == _mark(person) else CHAIN


def remember_view(response: Response, person: Person, view: str) -> Response:
    """Have the device remember the view that was chosen, when one was; nothing is written to the database."""
    if request.args.get(VIEW) == view and usual_view(person) != view:
        response.set_cookie(
            COOKIE,
            f"{_mark(person)}.{view}",
            max_age=A_YEAR,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
            path="/",
        )
    return response


def _mark(person: Person) -> str:
    return person.uid[:8]
