"""What the person who asks has just done to a plan, so that the confirmation of any act offers to take it back."""

from flask import g, has_request_context, url_for
from flask_login import current_user

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.queries import changeset_at
from roadmap.people.models import Person
from roadmap.plan.events import PlanChanged
from roadmap.plan.restoring import may_undo


def remember(change: PlanChanged) -> None:
    """Remember for the rest of this request what it did to a plan."""
    if has_request_context():
        g.own_act = change


def address_of_undo() -> str:
    """Tell where the act of this request is taken back; empty where there was none, or where it cannot be."""
    change: PlanChanged | None = g.get("own_act")
    person = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way to the object
    if change is None or not isinstance(person, Person) or change.actor_uid != person.uid:
        return ""
    roadmap = db.session.get(Roadmap, change.roadmap_id)
    act = changeset_at(roadmap, change.seq, person) if roadmap is not None else None
    if roadmap is None or act is None or not may_undo(person, roadmap, act):
        return ""
    return url_for("timeline.undo", roadmap_id=roadmap.id, seq=act.seq)
