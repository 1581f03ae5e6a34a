"""Puts the desk's pages in place, and tells the header how many things wait for its reader."""

from flask import Flask

from roadmap.desk import grid, grid_places, kept_views, mine, moments, past, views
from roadmap.desk.blueprint import bp
from roadmap.history.places import tell_more_places_with
from roadmap.web.filters import count_with
from roadmap.web.giving_back import label_boxes_with
from roadmap.web.slots import fill_slot

PAGES = (kept_views, views, grid, mine, past, moments)


def register(app: Flask) -> None:
    """Register the desk's pages."""
    app.register_blueprint(bp)
    count_with("tasks", mine.count_tasks)
    tell_more_places_with(grid_places.find_grid_places)
    label_boxes_with(grid_places.label_of_box)
    fill_slot("part-list", views.part_list)
