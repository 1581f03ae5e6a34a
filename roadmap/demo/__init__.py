"""The demo city."""


def plant() -> None:
    """Plant."""
