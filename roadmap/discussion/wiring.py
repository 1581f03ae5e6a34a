"""Puts the discussion in place: its pages, its parts of other rooms' pages, and its shapes in the record."""

from flask import Flask

from roadmap.discussion import disputes, kinds, settling, slots, speaking, views
from roadmap.discussion.blueprint import bp
from roadmap.discussion.own import own_comments
from roadmap.discussion.publishing import PART, public_threads
from roadmap.people.hooks import add_to_own_data
from roadmap.plan.document import add_to_document
from roadmap.web.slots import fill_slot

PAGES = (views, speaking, settling)
SHAPES = (kinds.THREAD, kinds.COMMENT)


def register(app: Flask) -> None:
    """Register the pages, fill the slots, and make threads and comments known to the record."""
    app.register_blueprint(bp)
    fill_slot("threads", slots.threads)
    fill_slot("thread-total", slots.thread_total)
    fill_slot("thread-count", slots.thread_count)
    fill_slot("talk-tab", slots.talk_tab)
    fill_slot("talk-count", slots.talk_count)
    fill_slot("roadmap-talk", slots.roadmap_talk)
    fill_slot("organisation-threads", slots.organisation_threads)
    fill_slot("open-disputes", disputes.disputes)
    add_to_document(PART, public_threads)
    add_to_own_data("comments", own_comments)
