"""Puts the tables that come in in place."""

from flask import Flask

from roadmap.intake import deciding, layout_page, models, views
from roadmap.intake.blueprint import bp
from roadmap.web.errors import answer_too_large_with

# Each of them puts its pages upon the blueprint.
PAGES = (views, layout_page, deciding)


def register(app: Flask) -> None:
    """Make the tables of this room known, and register its pages."""
    app.extensions["roadmap_intake"] = models.State
    app.register_blueprint(bp)
    answer_too_large_with("intake.bring", views.too_large)
