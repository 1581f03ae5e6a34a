"""Puts the plan's pages in place."""

from flask import Flask

from roadmap.plan import acts, beginnings, views, vocabulary
from roadmap.plan.blueprint import bp

PAGES = (views, acts, beginnings, vocabulary)


def register(app: Flask) -> None:
    """Register the plan's pages."""
    app.register_blueprint(bp)
