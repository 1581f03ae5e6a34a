"""Puts the tables that come in in place."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from flask import Flask

from roadmap.errors import Refusal
from roadmap.history.places import Spot, tell_spots_with
from roadmap.intake import deciding, layout_page, views
from roadmap.intake.access import intake_for
from roadmap.intake.blueprint import bp
from roadmap.intake.operations import forget_tables_of
from roadmap.intake.own_data import tables_of
from roadmap.people.hooks import add_to_own_data, when_an_account_closes
from roadmap.people.models import Person
from roadmap.web.errors import answer_too_large_with

# Each of them puts its pages upon the blueprint.
PAGES = (views, layout_page, deciding)


def register(app: Flask) -> None:
    """Register the pages; give each person what is held of them, and let go of it when their account closes."""
    app.register_blueprint(bp)
    answer_too_large_with("intake.bring", views.too_large)
    add_to_own_data("tables", tables_of)
    when_an_account_closes(forget_tables_of)
    tell_spots_with(spot_of_table)


def spot_of_table(person: Person, view_args: Mapping[str, Any]) -> Spot:
    """Tell which roadmap a table is for, where this person brought it."""
    with suppress(Refusal, KeyError):
        return Spot(None, intake_for(person, view_args["intake_id"]).roadmap_id)
    return Spot()
