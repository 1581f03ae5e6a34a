"""Puts the desk's pages in place, and tells the header how many things wait for its reader."""

from flask import Flask

from roadmap.desk import grid, kept_views, mine, moments, past, views
from roadmap.desk.blueprint import bp
from roadmap.web.filters import count_with
from roadmap.web.slots import fill_slot

PAGES = (kept_views, views, grid, mine, past, moments)


def register(app: Flask) -> None:
    """Register the desk's pages."""
    app.register_blueprint(bp)
    count_with("tasks", mine.count_tasks)
    fill_slot("part-list", views.part_list)
