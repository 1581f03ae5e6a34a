"""The laws of the migrations: one head, equal to the models on both engines, up from empty, up with people in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from roadmap import create_app
from roadmap.config import Config
from roadmap.extensions import Base, Moment, db
from roadmap.history.triggers import statements_for
from roadmap.operation.schema import all_tables, current_migration, migrate, newest_migration
from roadmap.resources import resource
from roadmap.search.words_table import TABLE

MIGRATIONS = str(resource("migrations"))
SCRIPTS = ScriptDirectory(MIGRATIONS)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@contextmanager
def house_on(url: str, folder: Path) -> Iterator[None]:
    """The application on a database that may have no table."""
    app = create_app(Config.for_tests(url, folder))
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def test_there_is_one_head() -> None:
    assert len(SCRIPTS.get_heads()) == 1, f"merge them: {SCRIPTS.get_heads()}"


def test_every_migration_carries_its_day_in_its_name() -> None:
    names = [path.name for path in (Path(MIGRATIONS) / "versions").glob("*.py")]
    assert [name for name in names if not re.fullmatch(r"\d{8}_\d{4}_[a-z0-9_]+\.py", name)] == []


def test_no_migration_imports_a_model() -> None:
    for path in (Path(MIGRATIONS) / "versions").glob("*.py"):
        assert not re.search(
            r"^(from|import) roadmap\.(?!history\.triggers)", path.read_text(), re.MULTILINE
        ), path.name


def test_migrations_lead_from_nothing_to_the_models(empty_database: str, tmp_path: Path) -> None:
    with house_on(empty_database, tmp_path):
        migrate()
        all_tables()
        with db.engine.connect() as connection:
            options = {"compare_type": _compare_types, "include_name": _is_modelled}
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, Base.metadata) == []
        assert current_migration() == newest_migration()


def _is_modelled(name: str | None, kind: str, _parent: object) -> bool:
    """Leave out the table of words, which each engine has in its own way, and what FTS5 keeps beneath it."""
    return not (kind == "table" and name is not None and name.startswith(TABLE))


def _compare_types(
    _context: object, _inspected: object, column: object, _found: object, wanted: object
) -> bool | None:
    del column
    return False if isinstance(wanted, Moment) else None


def test_migrating_twice_changes_nothing(empty_database: str, tmp_path: Path) -> None:
    with house_on(empty_database, tmp_path):
        migrate()
        before = _counts()
        migrate()
        assert _counts() == before


def test_migrations_lead_on_from_every_step_with_people_in_it(empty_database: str, tmp_path: Path) -> None:
    steps = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
    with house_on(empty_database, tmp_path):
        flask_migrate.upgrade(directory=MIGRATIONS, revision=steps[0])
        with db.engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO region (uid, slug, kind, name, province, zone, planning_agency, has_consultation,"
                    " has_review, has_verification, is_example, created_at) VALUES ('u', 'kota-lama', 'kota', 'Lama',"
                    " 'Provinsi', 'WIB', 'Bappeda', :yes, :yes, :no, :no, :at)"
                ),
                {"yes": True, "no": False, "at": LONG_AGO},
            )
        for step in steps[1:]:
            flask_migrate.upgrade(directory=MIGRATIONS, revision=step)
            with db.engine.connect() as connection:
                assert connection.scalar(text("SELECT name FROM region WHERE slug = 'kota-lama'")) == "Lama"


def test_migrations_lead_back_and_up_again(empty_database: str, tmp_path: Path) -> None:
    with house_on(empty_database, tmp_path):
        migrate()
        before = _counts()
        flask_migrate.downgrade(directory=MIGRATIONS, revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        migrate()
        assert _counts() == before


def test_the_vocabularies_are_seeded_in_both_languages(empty_database: str, tmp_path: Path) -> None:
    with house_on(empty_database, tmp_path):
        migrate()
        with db.engine.connect() as connection:
            rows = connection.execute(text("SELECT vocabulary, uid, label, label_en FROM term")).all()
        assert [len([row for row in rows if row[0] == name]) for name in ("rights", "groups")] == [10, 13]
        assert all(
            re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", row[1])
            for row in rows
        )
        assert all(row[2] and row[3] for row in rows)


def test_the_walls_around_the_log_stand(empty_database: str, tmp_path: Path) -> None:
    with house_on(empty_database, tmp_path):
        migrate()
        wanted = {
            found.group(1)
            for statement in statements_for(db.engine.dialect.name)
            if (found := re.match(r"CREATE TRIGGER (\w+)", statement))
        }
        query = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if db.engine.dialect.name == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        with db.engine.connect() as connection:
            assert set(connection.scalars(text(query))) == wanted


def _counts() -> dict[str, int]:
    with db.engine.connect() as connection:
        return {
            table.name: connection.scalar(text(f'SELECT count(*) FROM "{table.name}"')) or 0  # noqa: S608
            for table in all_tables()
        }


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_every_constraint_has_the_name_of_the_convention(table: object) -> None:
    from sqlalchemy import Table

    assert isinstance(table, Table)
    for constraint in table.constraints:
        assert constraint.name, f"{table.name}: a constraint without a name cannot be dropped later"
