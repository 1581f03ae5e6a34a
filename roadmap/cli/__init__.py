"""The commands of the house: one file for what one wants to do, and the door `roadmap` they stand behind.

Words: prepare, worker, routes (running.py); demo, demo-people (planting.py); check-history, backup, restore,
reindex (keeping.py); invite (inviting.py); words (words.py). Asks every room; holds nothing but arguments and answers.
"""

import sys

from flask import Flask
from flask.cli import FlaskGroup

from roadmap.cli import inviting, keeping, planting, running, words
from roadmap.config import BadSetting


def register(app: Flask) -> None:
    """Put the commands in place."""
    for command in (
        running.prepare,
        running.worker,
        running.routes,
        planting.demo,
        planting.demo_people,
        keeping.check_history,
        keeping.backup,
        keeping.restore,
        keeping.reindex_all,
        inviting.invite,
        words.words,
    ):
        app.cli.add_command(command)


def main() -> None:
    """Stand at the door: `roadmap …` on the command line."""
    FlaskGroup(
        create_app=_make_app,
        add_default_commands=False,
        add_version_option=False,
        load_dotenv=False,
        help="Peta Jalan HAM: perintah untuk yang menjalankannya.",
    ).main()


def _make_app() -> Flask:
    from roadmap import create_app  # noqa: PLC0415 - the house puts up this door, so the door opens it late

    try:
        return create_app()
    except BadSetting as problem:
        sys.exit(str(problem))
