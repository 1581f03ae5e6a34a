"""Finds the house's tables and runs all steps in one transaction, one migrator at a time."""

from importlib import import_module
from pathlib import Path
from typing import Any

from alembic import context
from sqlalchemy import text

import roadmap
import roadmap.mail
from roadmap.extensions import Base, Moment, db

ONE_MIGRATOR = 0x70657461  # a number of our own for PostgreSQL's advisory lock

for models in sorted(Path(roadmap.__file__).parent.glob("*/models.py")):
    import_module(f"roadmap.{models.parent.name}.models")


def render_item(kind: str, thing: object, _autogen: Any) -> str | bool:
    """Write our own types as the plain ones they rest on: a migration imports nothing of the house."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    return False


def is_ours(name: str | None, kind: str, _parent: Any) -> bool:
    """Leave out what an engine keeps for finding words: it stands beside the models, tables of FTS5's own among it."""
    return not (kind == "table" and name is not None and name.startswith("search_words"))


def run() -> None:
    """Run the steps; whoever comes second waits, and then finds them done."""
    with db.engine.connect().execution_options(writing=True) as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=render_item,
            include_name=is_ours,
            render_as_batch=is_sqlite,
            compare_type=True,
            transactional_ddl=True,
        )
        with connection.begin(), context.begin_transaction():
            if not is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_MIGRATOR})
            context.run_migrations()


run()
