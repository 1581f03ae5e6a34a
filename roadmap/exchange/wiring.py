"""Puts the pages of the exchange in place."""

from flask import Flask

from roadmap.exchange.views import bp


def register(app: Flask) -> None:
    """Register the matrix and the tables."""
    app.register_blueprint(bp)
