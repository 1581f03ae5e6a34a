"""A whole copy of the database in one file, for either engine: tables as JSON lines, with a manifest of hashes.

It is written from one snapshot while people go on working, and read back into a database of any kind that stands
at the same migration. What is derived from other tables (the index of words) stays out and is made anew. What it
holds is as worthy of protection as the database itself.
"""

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, Table, delete, insert, select, text, update
from sqlalchemy.types import LargeBinary

from roadmap.clock import now
from roadmap.extensions import Moment, db
from roadmap.operation.schema import current_migration, kept_tables, newest_migration

FORMAT = "peta-jalan-ham/1"
MANIFEST = "manifest.json"
ROWS_AT_ONCE = 500

Row = dict[str, Any]


class BadArchive(ValueError):
    """The file is not a whole archive of this house; the message says what does not fit."""


@dataclass(frozen=True)
class Manifest:
    """What an archive says it holds."""

    migration: str
    written_at: str
    tables: Mapping[str, tuple[int, str]]
    heads: Mapping[str, str]

    @property
    def rows(self) -> int:
        """How many rows in all."""
        return sum(count for count, _ in self.tables.values())


def write_archive(path: Path) -> Manifest:
    """Write everything in the database into a file that only its owner may read; it appears whole or not at all.

    Raises BadArchive when the database does not stand at the newest migration.
    """
    migration = current_migration()
    if migration != newest_migration():
        message = "basis data belum diperbarui; jalankan dulu `roadmap prepare`"
        raise BadArchive(message)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with (
            os.fdopen(descriptor, "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
            _snapshot() as connection,
        ):
            tables = {table.name: _write_table(archive, connection, table) for table in kept_tables()}
            manifest = Manifest(migration, now().isoformat(), tables, _heads(connection))
            archive.writestr(MANIFEST, _manifest_text(manifest))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def read_manifest(path: Path) -> Manifest:
    """Read what an archive says it holds, and check every table against it. Raises BadArchive."""
    try:
        with zipfile.ZipFile(path) as archive:
            said = json.loads(archive.read(MANIFEST))
            if said.get("format") != FORMAT:
                message = f"berkas ini bukan salinan Peta Jalan HAM: {said.get('format')!r}"
                raise BadArchive(message)
            tables = {name: (entry["rows"], entry["sha256"]) for name, entry in said["tables"].items()}
            for name, (rows, sha256) in tables.items():
                _check_table(archive, name, rows, sha256)
            return Manifest(said["migration"], said["written_at"], tables, said["heads"])
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as problem:
        message = (
            problem.args[0] if isinstance(problem, BadArchive) else f"berkas tidak dapat dibaca: {problem}"
        )
        raise BadArchive(message) from problem


def load_archive(path: Path, manifest: Manifest) -> None:
    """Put everything an archive holds into this database, which stands at the archive's migration and is unused.

    What the migrations seeded gives way to what the archive says. Raises BadArchive.
    """
    if current_migration() != manifest.migration:
        message = f"salinan ini dari bentuk basis data {manifest.migration}; basis data ini berbentuk lain"
        raise BadArchive(message)
    tables = kept_tables()
    if {table.name for table in tables} != set(manifest.tables):
        message = "salinan ini memuat tabel yang lain dari basis data ini"
        raise BadArchive(message)
    with (
        zipfile.ZipFile(path) as archive,
        db.engine.connect().execution_options(writing=True) as connection,
        connection.begin(),
    ):
        for table in reversed(tables):
            connection.execute(delete(table))
        for table in tables:
            _load_table(archive, connection, table)


def _snapshot() -> Connection:
    options: dict[str, Any] = {}
    if db.engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return db.engine.connect().execution_options(**options)


def _write_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> tuple[int, str]:
    count, digest = 0, hashlib.sha256()
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_AT_ONCE)
    with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as file:
        for row in connection.execute(query).mappings():
            line = json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False) + "\n"
            data = line.encode()
            digest.update(data)
            file.write(data)
            count += 1
    return count, digest.hexdigest()


def _heads(connection: Connection) -> dict[str, str]:
    roadmaps = next(table for table in kept_tables() if table.name == "roadmap")
    return {
        row.uid: row.head_digest
        for row in connection.execute(select(roadmaps.c.uid, roadmaps.c.head_digest).order_by(roadmaps.c.id))
    }


def _manifest_text(manifest: Manifest) -> str:
    said = {
        "format": FORMAT,
        "migration": manifest.migration,
        "written_at": manifest.written_at,
        "tables": {
            name: {"rows": rows, "sha256": sha256} for name, (rows, sha256) in manifest.tables.items()
        },
        "heads": dict(manifest.heads),
    }
    return json.dumps(said, indent=1) + "\n"


def _check_table(archive: zipfile.ZipFile, name: str, rows: int, sha256: str) -> None:
    count, digest = 0, hashlib.sha256()
    with archive.open(f"tables/{name}.jsonl") as file:
        for line in file:
            digest.update(line)
            count += 1
    if (count, digest.hexdigest()) != (rows, sha256):
        message = f"tabel {name} tidak sama dengan yang ditulis"
        raise BadArchive(message)


def _load_table(archive: zipfile.ZipFile, connection: Connection, table: Table) -> None:
    # A row may refer to one of its own table that comes after it: such columns are filled at the end.
    later = [
        column
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys) and column.nullable
    ]
    set_later: list[Row] = []
    for rows in _batches(_rows_of(archive, table)):
        for row in rows:
            kept = {column.name: row[column.name] for column in later if row[column.name] is not None}
            if kept:
                set_later.append({"id": row["id"], **kept})
                row.update(dict.fromkeys(kept))
        connection.execute(insert(table), rows)
    for row in set_later:
        connection.execute(
            update(table).where(table.c.id == row["id"]).values({k: v for k, v in row.items() if k != "id"})
        )
    if db.engine.dialect.name == "postgresql" and "id" in table.columns:
        connection.execute(
            text(
                "SELECT setval(pg_get_serial_sequence(:name, 'id'), (SELECT coalesce(max(id), 0) + 1 FROM "  # noqa: S608
                f'"{table.name}"), false)'
            ),
            {"name": table.name},
        )


def _rows_of(archive: zipfile.ZipFile, table: Table) -> Iterator[Row]:
    with archive.open(f"tables/{table.name}.jsonl") as file:
        for line in file:
            said = json.loads(line)
            yield {column.name: _typed(column.type, said[column.name]) for column in table.columns}


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _typed(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    return value
