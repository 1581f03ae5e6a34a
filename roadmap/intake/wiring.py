"""Puts the tables that come in in place."""

from flask import Flask

from roadmap.intake import models


def register(app: Flask) -> None:
    """Make the tables of this room known."""
    app.extensions["roadmap_intake"] = models.State
