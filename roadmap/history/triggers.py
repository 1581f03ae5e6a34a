"""What the database itself refuses, whoever asks: the record is added to, never rewritten (T3.3, T4.3, T4.4, T4.6).

The code keeps these rules already; the triggers are for whoever comes past it. `install` is called by the first
migration, and again by any later one that has SQLite make one of these tables anew, which drops its triggers.
"""

from sqlalchemy import Connection

# What the closing of a text may touch: the words, the salt, the moment. All else of a revision stands for ever.
_REVISION_STANDS = (
    "id", "changeset_id", "roadmap_id", "seq", "kind", "item_id", "item_uid", "item_version", "changed", "gone",
    "snapshot_hash", "content_hash",
)  # fmt: skip
_EDITION_STANDS = ("id", "uid", "roadmap_id", "number", "seq", "digest", "created_at")
_PLAIN_JSON = frozenset({"changed"})

_NEVER_DELETED = ("changeset", "revision", "edition", "verdict", "adoption", "audit")
_NEVER_CHANGED = ("changeset", "audit")


def _differs(names: tuple[str, ...], operator: str, cast: str = "") -> str:
    parts = (
        f"NEW.{name}{cast} {operator} OLD.{name}{cast}"
        if name in _PLAIN_JSON
        else f"NEW.{name} {operator} OLD.{name}"
        for name in names
    )
    return " OR ".join(parts)


def _sqlite() -> list[str]:
    def refuse(name: str, when: str, words: str, condition: str = "") -> str:
        clause = f" WHEN {condition}" if condition else ""
        return f"CREATE TRIGGER {name} BEFORE {when}{clause} BEGIN SELECT RAISE(ABORT, '{words}'); END"

    statements = [
        refuse(
            f"{table}_is_never_deleted", f"DELETE ON {table}", f"{table}: nothing in the record is deleted"
        )
        for table in _NEVER_DELETED
    ]
    statements += [
        refuse(f"{table}_is_never_changed", f"UPDATE ON {table}", f"{table}: the record is never rewritten")
        for table in _NEVER_CHANGED
    ]
    statements.append(
        refuse(
            "revision_is_only_closed",
            "UPDATE ON revision",
            "revision: only the closing of a text touches the record",
            f"NEW.salt IS NOT NULL OR NEW.closed_at IS NULL OR {_differs(_REVISION_STANDS, 'IS NOT')}",
        )
    )
    statements.append(
        refuse(
            "edition_stands",
            "UPDATE ON edition",
            "edition: what was approved stands",
            _differs(_EDITION_STANDS, "IS NOT"),
        )
    )
    statements += [
        refuse(
            f"verdict_is_another_hand_on_{moment.lower()}",
            f"{moment} ON verdict",
            "verdict: whoever submitted does not pass it",
            "NEW.judgement = 'lolos' AND EXISTS (SELECT 1 FROM submission"
            " WHERE submission.id = NEW.submission_id AND submission.submitted_by = NEW.person_id)",
        )
        for moment in ("INSERT", "UPDATE")
    ]
    return statements


_REFUSE_IN_POSTGRES = """
CREATE OR REPLACE FUNCTION refuse_in_the_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$
"""

_VERDICT_IN_POSTGRES = """
CREATE OR REPLACE FUNCTION verdict_is_another_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.judgement = 'lolos' AND EXISTS (
    SELECT 1 FROM submission WHERE submission.id = NEW.submission_id AND submission.submitted_by = NEW.person_id
  ) THEN
    RAISE EXCEPTION 'verdict: whoever submitted does not pass it' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""


def _postgresql() -> list[str]:
    def refuse(name: str, when: str, words: str, condition: str = "", each: str = "ROW") -> str:
        clause = f" WHEN ({condition})" if condition else ""
        return (
            f"CREATE TRIGGER {name} BEFORE {when} FOR EACH {each}{clause}"
            f" EXECUTE FUNCTION refuse_in_the_record('{words}')"
        )

    statements = [_REFUSE_IN_POSTGRES, _VERDICT_IN_POSTGRES]
    for table in _NEVER_DELETED:
        words = f"{table}: nothing in the record is deleted"
        statements.append(refuse(f"{table}_is_never_deleted", f"DELETE ON {table}", words))
        statements.append(
            refuse(f"{table}_is_never_emptied", f"TRUNCATE ON {table}", words, each="STATEMENT")
        )
    statements += [
        refuse(f"{table}_is_never_changed", f"UPDATE ON {table}", f"{table}: the record is never rewritten")
        for table in _NEVER_CHANGED
    ]
    distinct = "IS DISTINCT FROM"
    statements.append(
        refuse(
            "revision_is_only_closed",
            "UPDATE ON revision",
            "revision: only the closing of a text touches the record",
            "NEW.salt IS NOT NULL OR NEW.closed_at IS NULL OR "
            + _differs(_REVISION_STANDS, distinct, "::text"),
        )
    )
    statements.append(
        refuse(
            "edition_stands",
            "UPDATE ON edition",
            "edition: what was approved stands",
            _differs(_EDITION_STANDS, distinct),
        )
    )
    statements.append(
        "CREATE TRIGGER verdict_is_another_hand BEFORE INSERT OR UPDATE ON verdict"
        " FOR EACH ROW EXECUTE FUNCTION verdict_is_another_hand()"
    )
    return statements


_BY_DIALECT = {"sqlite": _sqlite, "postgresql": _postgresql}


def statements_for(dialect: str) -> list[str]:
    """Give the SQL that puts the triggers in place on an engine, one statement each."""
    return _BY_DIALECT[dialect]()


def install(connection: Connection) -> None:
    """Put the triggers in place; the tables must stand. Needs a database without them."""
    for statement in statements_for(connection.dialect.name):
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Take the triggers away: before SQLite makes a table anew, and for tests that try to falsify the record."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.exec_driver_sql(query).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS refuse_in_the_record() CASCADE")
    connection.exec_driver_sql("DROP FUNCTION IF EXISTS verdict_is_another_hand() CASCADE")
