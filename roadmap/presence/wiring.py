"""Puts presence in place."""

from flask import Flask

from roadmap.presence.models import Presence


def register(app: Flask) -> None:
    """Make the table of this room known."""
    app.extensions["roadmap_presence"] = Presence
