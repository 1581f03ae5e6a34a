"""Puts the discussion in place."""

from flask import Flask

from roadmap.discussion import kinds

SHAPES = (kinds.THREAD, kinds.COMMENT)


def register(app: Flask) -> None:
    """Make threads and comments known to the record."""
