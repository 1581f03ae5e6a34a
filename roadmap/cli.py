"""The commands: prepare, demo, demo-people, routes, check-history, backup, restore, invite, worker, words."""

from flask import Flask


def register(app: Flask) -> None:
    """Put the commands in place."""
