"""Where visits are noted and told of: the act, what pages of a roadmap send once, and the line on its overview."""

from contextlib import suppress

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import Busy, NotValid
from roadmap.history.models import Roadmap
from roadmap.history.queries import last_known_to
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import roadmap_for
from roadmap.timeline.blueprint import bp
from roadmap.timeline.lately import count_since
from roadmap.timeline.models import Visit
from roadmap.timeline.visits import (
    is_worth_noting,
    last_visit,
    note_visit,
    visit_of,
)
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done, wants_partial

LONGEST_NUMBER = 9


@bp.post("/roadmaps/<int:roadmap_id>/visit")
@asks(Act.SEE)
def visit(roadmap_id: int) -> Response:
    """Note up to which act the reader has seen the roadmap: a page tells it by itself, or the person by a button."""
    person = acting_person()
    roadmap_for(person, roadmap_id, to=Act.SEE)
    seen = request.form.get("seen", "")
    if not (seen.isascii() and seen.isdecimal() and len(seen) <= LONGEST_NUMBER):
        raise NotValid({"seen": _("Buka lagi halamannya, lalu coba sekali lagi.")})
    if wants_partial():
        # A page sent it by itself: nobody waits for an answer, and none is given where it could not be noted.
        with suppress(Busy):
            note_visit(person, roadmap_id, int(seen))
        return Response(status=204)
    outcome = once(
        person,
        pressed(),
        lambda: note_visit(person, roadmap_id, int(seen), is_read=True),
        lambda _visit: url_for("timeline.compare", roadmap_id=roadmap_id),
    )
    told = _("Dicatat. Lain kali yang ditunjukkan adalah yang berubah sesudah ini.")
    return done(outcome.address, Notice(told, outcome=_("Dicatat:")))


def note_on_page(roadmap: Roadmap) -> str:
    """Have the page note that the reader has seen the roadmap up to here, where that is worth noting."""
    last = last_known_to(acting_person(), roadmap)
    if not is_worth_noting(_visit_on_page(roadmap), last):
        return ""
    return render_template("timeline/_visit.html", roadmap=roadmap, last=last)


def since_visit(roadmap: Roadmap) -> str:
    """Say how much changed since the reader was here last, where others had a hand in it."""
    person = acting_person()
    seen = last_visit(_visit_on_page(roadmap))
    if seen is None or (count := count_since(roadmap, person, seen.seq)) == 0:
        return ""
    return render_template("timeline/_since_visit.html", roadmap=roadmap, count=count, seen=seen)


def _visit_on_page(roadmap: Roadmap) -> Visit | None:
    known: dict[int, Visit | None] = g.setdefault("visits", {})
    if roadmap.id not in known:
        known[roadmap.id] = visit_of(acting_person(), roadmap.id)
    return known[roadmap.id]
