"""Puts the pages of the exchange in place."""

from flask import Flask

from roadmap.exchange import annex_views, views, workbook_views
from roadmap.exchange.views import bp

PAGES = (views, annex_views, workbook_views)


def register(app: Flask) -> None:
    """Register the matrix, the annex and the tables."""
    app.register_blueprint(bp)
