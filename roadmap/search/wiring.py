"""Puts finding in place: its page, and the index that follows every act."""

from flask import Flask

from roadmap.search.listeners import listen_to_the_record
from roadmap.search.views import bp


def register(app: Flask) -> None:
    """Register the page; have the index follow the record."""
    app.register_blueprint(bp)
    listen_to_the_record()
