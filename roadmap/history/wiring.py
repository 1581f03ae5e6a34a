"""Puts the record's pages, its keeper of words and its listeners in place."""

from flask import Flask

from roadmap.history.keeper import keep_for_owner, keep_typed
from roadmap.history.listeners import listen_to_people
from roadmap.history.own_data import acts_of, kept_of
from roadmap.history.views import bp
from roadmap.people.hooks import add_to_own_data, keep_for_owner_with
from roadmap.web.errors import keep_with


def register(app: Flask) -> None:
    """Register the pages; have refused forms kept, and roles on a roadmap recorded."""
    app.register_blueprint(bp)
    keep_with(keep_typed)
    keep_for_owner_with(keep_for_owner)
    add_to_own_data("acts", acts_of)
    add_to_own_data("kept_words", kept_of)
    listen_to_people()
