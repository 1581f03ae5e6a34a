"""Puts the public pages in place, and fills the home page of those who are not signed in."""

from flask import Flask, render_template

from roadmap.publication import comparing, data, items, printing
from roadmap.publication.blueprint import bp
from roadmap.publication.queries import published_places
from roadmap.publication.views import listing
from roadmap.web.slots import fill_slot

PAGES = (comparing, data, items, printing)


def register(app: Flask) -> None:
    """Register the public pages."""
    app.register_blueprint(bp)
    fill_slot("home", lambda: render_template("publication/home.html", **listing(published_places())))
