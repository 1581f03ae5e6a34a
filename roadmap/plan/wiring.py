"""Puts the plan's pages in place."""

from flask import Flask

from roadmap.people.hooks import name_roadmaps_with
from roadmap.plan import acts, beginnings, going_back, views, vocabulary
from roadmap.plan.blueprint import bp
from roadmap.plan.queries import roadmaps_in

PAGES = (views, acts, going_back, beginnings, vocabulary)


def register(app: Flask) -> None:
    """Register the plan's pages, and tell the people room what a region's roadmaps are called."""
    app.register_blueprint(bp)
    name_roadmaps_with(roadmaps_in)
