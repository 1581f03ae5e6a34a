"""The state of the database: whether anything stands in it, and bringing it to the newest migration."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import flask_migrate
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, func, inspect, select

from roadmap.extensions import Base, db
from roadmap.resources import resource


def all_tables() -> list[Table]:
    """Give the tables of every room, each after those it refers to."""
    house = Path(__file__).resolve().parent.parent
    for models in sorted(house.glob("*/models.py")):
        import_module(f"roadmap.{models.parent.name}.models")
    import_module("roadmap.mail")
    metadata: MetaData = Base.metadata
    return list(metadata.sorted_tables)


def kept_tables() -> list[Table]:
    """Give the tables that hold what cannot be had again: all but those a room marks as derived from others."""
    return [table for table in all_tables() if not table.info.get("is_derived")]


def has_tables() -> bool:
    """Tell whether anything stands in the database."""
    return bool(inspect(db.engine).get_table_names())


def holds_people() -> bool:
    """Tell whether anybody has begun to use the database: a region, a person or an audited act in it."""
    with db.engine.connect() as connection:
        return any(
            connection.scalar(select(func.count()).select_from(table))
            for table in all_tables()
            if table.name in {"region", "person", "roadmap", "audit"}
        )


def migrate() -> None:
    """Bring the database to the newest migration; whoever comes second waits and finds it done."""
    flask_migrate.upgrade(directory=str(resource("migrations")))


def newest_migration() -> str:
    """Name the newest migration this code knows."""
    head = ScriptDirectory(str(resource("migrations"))).get_current_head()
    if head is None:
        message = "no migrations"
        raise RuntimeError(message)
    return head


def current_migration() -> str | None:
    """Name the migration the database stands at, or None where it was never migrated."""
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    with db.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


@contextmanager
def only_one(instance: Path) -> Iterator[None]:
    """Let one process of this installation prepare at a time; the others wait."""
    with (instance / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
