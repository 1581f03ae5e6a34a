"""The commands of the house."""

from flask import Flask


def register(app: Flask) -> None:
    """Put the commands in place."""
