"""The demo city, and large data beside what is there."""

import click


@click.command()
def demo() -> None:
    """Tanam kota contoh."""


@click.command("demo-people")
def demo_people() -> None:
    """Orang-orang kota contoh."""
