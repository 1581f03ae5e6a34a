"""Refusals of this room."""

from roadmap.errors import Conflict


class AlreadySettled(Conflict):
    """The thread was resolved, or opened again, by somebody quicker; the words are kept."""
