"""Puts the timeline's pages and its parts of other rooms' pages in place."""

from flask import Flask

from roadmap.history.places import tell_places_with, tell_ways_on_with
from roadmap.timeline import comparison, kinds, pinning, undoing, views, visiting
from roadmap.timeline.blueprint import bp
from roadmap.timeline.places import find_places, find_spot, find_way_on
from roadmap.timeline.slots import item_history, kept_on_item, roadmap_news
from roadmap.web.slots import fill_slot

PAGES = (views, comparison, visiting, undoing, pinning)
SHAPES = (kinds.PIN,)


def register(app: Flask) -> None:
    """Register the pages, fill the slots, and tell the record where kept words belong."""
    app.register_blueprint(bp)
    fill_slot("item-history", item_history)
    fill_slot("roadmap-news", roadmap_news)
    fill_slot("kept-on-item", kept_on_item)
    fill_slot("visit", visiting.note_on_page)
    fill_slot("since-visit", visiting.since_visit)
    tell_places_with(find_places, find_spot)
    tell_ways_on_with(find_way_on)
