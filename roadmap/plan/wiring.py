"""Puts the plan's pages in place."""

from flask import Flask, request
from flask_babel import gettext as _

from roadmap.people.hooks import name_roadmaps_with
from roadmap.plan import acts, beginnings, going_back, views, vocabulary
from roadmap.plan.blueprint import bp
from roadmap.plan.events import PlanChanged
from roadmap.plan.kinds import BY_PLURAL
from roadmap.plan.own_act import address_of_undo, remember
from roadmap.plan.queries import roadmaps_in
from roadmap.web.giving_back import label_boxes_with
from roadmap.web.respond import offer_undo_with
from roadmap.work import listen

PAGES = (views, acts, going_back, beginnings, vocabulary)


def register(app: Flask) -> None:
    """Register the plan's pages, and tell the people room what a region's roadmaps are called.

    Every act's confirmation offers to take one's own act back.
    """
    app.register_blueprint(bp)
    name_roadmaps_with(roadmaps_in)
    listen(PlanChanged, remember)
    offer_undo_with(address_of_undo)
    label_boxes_with(label_of_box)


def label_of_box(name: str) -> str | None:
    """Name a text field of the form that this request sent; None for what is chosen from a list."""
    kind = BY_PLURAL.get("indicators" if request.endpoint == "plan.add_indicator_save" else _plural())
    one = kind.by_name.get(name) if kind else None
    return _(one.label) if one is not None and one.type.widget in {"line", "area"} else None


def _plural() -> str:
    return str((request.view_args or {}).get("plural", ""))
