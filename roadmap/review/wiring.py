"""Puts the review in place: its pages, the strip, and what it overhears."""

from flask import Flask

from roadmap.people.hooks import add_to_own_data
from roadmap.plan.events import PlanChanged, RoadmapCreated
from roadmap.review import editions, judging, leading, noting, views
from roadmap.review.blueprint import bp
from roadmap.review.listeners import open_first_round, open_next_round
from roadmap.review.notes import own_notes
from roadmap.review.strip import render_strip
from roadmap.web.slots import fill_slot
from roadmap.work import listen_within

PAGES = (views, judging, noting, leading, editions)


def register(app: Flask) -> None:
    """Register the review's pages, listeners and slot."""
    app.register_blueprint(bp)
    listen_within(RoadmapCreated, open_first_round)
    listen_within(PlanChanged, open_next_round)
    fill_slot("strip", render_strip)
    fill_slot("verdict-notes", noting.notes_on_item)
    add_to_own_data("notes", own_notes)
