"""A roadmap as of a moment: the overview, its parts, one item, what was said. The same partials as today, to read only.

What the reader may not know of is not there: the moment itself is the newest act they know of, at or before the
one that the address names, and each thread and comment is shown by its own visibility.
"""

from collections.abc import Mapping
from typing import Any

from flask import make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from roadmap.desk.addresses import Addresses
from roadmap.desk.blueprint import PARTS, bp
from roadmap.desk.overview import Overview
from roadmap.desk.past_talk import PastTalk, talk_as_of
from roadmap.desk.showing import outline_context, part_context
from roadmap.errors import NotThere
from roadmap.history.models import Roadmap
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import place_of, roadmap_for
from roadmap.plan.blueprint import PLURALS, item_url
from roadmap.plan.document import choices_as_of
from roadmap.plan.kinds import BY_PLURAL, KINDS, LINKS, Kind
from roadmap.plan.outline import ItemView
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import find_item, outline_as_of
from roadmap.plan.words import say, say_lines
from roadmap.timeline.moments import PointInTime, point_in_time
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language
from roadmap.web.respond import wants_partial

HERE = "/roadmaps/<int:roadmap_id>/as-of/<int:seq>"
TABLES = ("action", "indicator", "problem", "modality", "section")


class Past:
    """A roadmap as one reader may see it as of a moment."""

    def __init__(self, person: Person, roadmap_id: int, seq: int) -> None:
        """Read it. Raises as the gate does, and NotThere for a moment that has not come."""
        self.person = person
        self.roadmap: Roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
        self.point: PointInTime = point_in_time(self.roadmap, seq, person)
        enter(self.roadmap.region)
        plan = outline_as_of(roadmap_id, self.point.seq)
        self.addresses = Addresses(roadmap_id, self.point.seq)
        self.overview = Overview(
            plan=plan,
            choices=choices_as_of(self.roadmap, plan, self.point.seq, language=chosen_language()),
            stage=self.roadmap.stage,
            roles=frozenset(),
            offices=frozenset(),
            is_past=True,
        )

    def page(self, template: str, *, present_url: str | None = None, **context: object) -> Response:
        """Render a page under the band that says which moment it shows; `present_url` leads back to today's."""
        frame: dict[str, object] = {
            "tab": "history",
            "title": self.overview.plan.title,
            "point": self.point,
            "addresses": self.addresses,
            "present_url": present_url or url_for("desk.roadmap", roadmap_id=self.roadmap.id),
            "plan": self.overview.plan,
        }
        rest = {name: value for name, value in context.items() if name not in {"roadmap", "region"}}
        return roadmap_page(template, self.roadmap, **(frame | rest))  # type: ignore[arg-type]

    def talk(self, about: str | None = None) -> PastTalk:
        """Give what was said until then, on one thing or on all."""
        return talk_as_of(
            self.roadmap, self.point.seq, self.person, self.overview, self.addresses, about=about
        )


@bp.get(HERE)
@asks(Act.SEE)
def as_of(roadmap_id: int, seq: int) -> Response:
    """Show the whole roadmap as of a moment, in one of its three views; to htmx the view alone."""
    past = Past(acting_person(), roadmap_id, seq)
    context = outline_context(past.roadmap, past.addresses, past.overview)
    if wants_partial() and request.headers.get("HX-Target", "").endswith("outline"):
        return make_response(render_template("desk/_outline.html", **context))
    return past.page(
        "desk/as_of.html",
        tables=[KINDS[name] for name in TABLES],
        talk=past.talk(),
        may_restore=allows(past.person, Act.EDIT, place_of(past.roadmap)),
        **context,
    )


@bp.get(f"{HERE}/{PARTS}")
@asks(Act.SEE)
def as_of_part(roadmap_id: int, seq: int, plural: str) -> Response:
    """Show one part in depth as of a moment."""
    past = Past(acting_person(), roadmap_id, seq)
    context = part_context(past.addresses, past.overview, BY_PLURAL[plural])
    present_url = url_for("desk.part", roadmap_id=roadmap_id, plural=plural)
    return past.page("desk/as_of_part.html", present_url=present_url, **context)


@bp.get(f"{HERE}/threads")
@asks(Act.SEE)
def as_of_threads(roadmap_id: int, seq: int) -> Response:
    """Show all threads as they stood at a moment, each by its own visibility."""
    past = Past(acting_person(), roadmap_id, seq)
    return past.page(
        "desk/as_of_threads.html",
        present_url=url_for("discussion.threads", roadmap_id=roadmap_id),
        talk=past.talk(),
        talk_url=lambda number: past.addresses.threads(halaman=number),
    )


@bp.get(f"{HERE}/{PLURALS}/<int:item_id>")
@asks(Act.SEE)
def as_of_item(roadmap_id: int, seq: int, plural: str, item_id: int) -> Response:
    """Show one item as it was at a moment, one that has been removed since too."""
    past = Past(acting_person(), roadmap_id, seq)
    kind = BY_PLURAL[plural]
    today = find_item(kind.name, item_id)
    if today is None or today.roadmap_id != roadmap_id:
        raise NotThere
    is_standing = today.removed_at is None
    present_url = item_url(today) if is_standing else None
    view = past.overview.plan.by_uid.get(today.uid)
    if view is None:
        return past.page("desk/as_of_absent.html", present_url=present_url, status=404, kind=kind, item=today)
    return past.page(
        "desk/as_of_item.html",
        present_url=present_url,
        is_standing=is_standing,
        talk=past.talk(view.uid),
        talk_url=lambda number: past.addresses.item(view, halaman=number),
        **_item_context(past, kind, view),
    )


def _item_context(past: Past, kind: Kind, view: ItemView) -> Mapping[str, Any]:
    """Gather what the partials of an item show, with nothing open to change."""
    plan = past.overview.plan
    siblings = (
        plan.indicators_of.get(str(view.values.get("action")), []) if kind.parent else plan.items[view.kind]
    )
    place = next((index for index, one in enumerate(siblings) if one.uid == view.uid), 0)
    return {
        "kind": kind,
        "item": view,
        "choices": past.overview.choices,
        "can_edit": False,
        "open_fields": frozenset(),
        "is_drafter": False,
        "is_past": True,
        "findings": [],
        "say": say,
        "say_lines": say_lines,
        "item_url": past.addresses.item,
        "links": LINKS,
        "kinds": KINDS,
        "before": siblings[place - 1] if place else None,
        "after": siblings[place + 1] if place + 1 < len(siblings) else None,
        "parent": plan.by_uid.get(str(view.values.get(kind.parent))) if kind.parent else None,
    }
