"""Puts the tables that come in in place."""

from flask import Flask

from roadmap.intake import deciding, layout_page, views
from roadmap.intake.blueprint import bp
from roadmap.intake.operations import forget_tables_of
from roadmap.intake.own_data import tables_of
from roadmap.people.hooks import add_to_own_data, when_an_account_closes
from roadmap.web.errors import answer_too_large_with

# Each of them puts its pages upon the blueprint.
PAGES = (views, layout_page, deciding)


def register(app: Flask) -> None:
    """Register the pages; give each person what is held of them, and let go of it when their account closes."""
    app.register_blueprint(bp)
    answer_too_large_with("intake.bring", views.too_large)
    add_to_own_data("tables", tables_of)
    when_an_account_closes(forget_tables_of)
