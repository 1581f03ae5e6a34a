"""The strip on every page of a roadmap: five stops, one sentence, what is missing."""

from flask import g, render_template
from flask_login import current_user

from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.queries import roles_on
from roadmap.review.path import states_of_steps
from roadmap.review.queries import Standing, standing_of
from roadmap.review.words import sentence_of, step_name, step_names


def render_strip(roadmap: Roadmap) -> str:
    """Render the strip of a roadmap for whoever reads."""
    standing = standing_on_page(roadmap)
    return render_template(
        "review/_strip.html",
        roadmap=roadmap,
        standing=standing,
        steps=list(zip(step_names(), states_of_steps(standing), strict=True)),
        step_name=step_name(standing),
        sentence=sentence_of(standing),
        is_mine=is_readers_turn(roadmap, standing),
    )


def standing_on_page(roadmap: Roadmap) -> Standing:
    """Compute a roadmap's standing once a page, and anew after an act."""
    key = (roadmap.id, roadmap.head_seq)
    known = g.setdefault("standings", {})
    if key not in known:
        known[key] = standing_of(roadmap)
    found: Standing = known[key]
    return found


def is_readers_turn(roadmap: Roadmap, standing: Standing) -> bool:
    """Tell whether the reader holds the role whose turn it is."""
    person = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way to the object
    if standing.turn is None or not isinstance(person, Person):
        return False
    return standing.turn in roles_on(person, roadmap.region_id, roadmap.id)
