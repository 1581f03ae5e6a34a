"""Inviting somebody from the command line, which is also how an empty installation begins."""

import click


@click.command()
def invite() -> None:
    """Undang seseorang."""
