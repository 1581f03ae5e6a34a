"""Puts the plan's pages in place."""

from flask import Flask

from roadmap.people.hooks import name_roadmaps_with
from roadmap.plan import acts, beginnings, going_back, views, vocabulary
from roadmap.plan.blueprint import bp
from roadmap.plan.events import PlanChanged
from roadmap.plan.given_back import choices_sent, label_of_box
from roadmap.plan.own_act import address_of_undo, remember
from roadmap.plan.queries import roadmaps_in
from roadmap.web.giving_back import label_boxes_with, tell_choices_with
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
    tell_choices_with(choices_sent)
