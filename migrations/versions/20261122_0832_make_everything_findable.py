"""An index of titles, texts, comments and owners: FTS5 on SQLite, tsvector on PostgreSQL; filled from what stands."""

import json
import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "c41e7a90d5f3"
down_revision = "6f3b8a15d2c4"
branch_labels = None
depends_on = None

# What was found of each kind on the day of this step: its texts, the fields that name offices.
# `roadmap reindex` makes the index anew as the house of the day wants it.
ACTION_TEXTS = (
    "code title description expected_result success_criteria area subactivity_codes planning_links"
    " origin_reference status_reason"
)
PLAN = {
    "cover": ("title vision scope legal_basis rpjmd easy_read", ""),
    "section": ("title body", ""),
    "modality": ("title description", "owner"),
    "problem": ("title description cause effect area baseline_unit baseline_source proposer", ""),
    "action": (ACTION_TEXTS, "lead supporting"),
    "indicator": ("title unit baseline_source", ""),
}
TALK = {"comment": ("body", "thread"), "thread": ("resolution", "NULL")}
CLOSED = "[Isi ditutup karena data pribadi]"
ROWS_AT_ONCE = 500
LONGEST_WORD, MOST_LETTERS = 60, 300_000

entries = sa.table(
    "search_entry",
    *(
        sa.column(name)
        for name in ("id", "roadmap_id", "kind", "item_id", "item_uid", "level", "author", "thread")
    ),
    sa.column("texts", sa.JSON),
    sa.column("owners", sa.JSON),
)
WRITE_SQLITE = "INSERT INTO search_words (rowid, title, body, owners, place) VALUES (:id, :title, :body, :owners, :place)"
WRITE_POSTGRESQL = (
    "INSERT INTO search_words (entry_id, words) VALUES (:id,"
    " setweight(to_tsvector('simple', :title) || to_tsvector('indonesian', :title), 'A')"
    " || setweight(to_tsvector('simple', :body) || to_tsvector('indonesian', :body), 'B')"
    " || array_to_tsvector(string_to_array(ltrim(regexp_replace("
    "' ' || :owners || ' ' || :place, '[ ]+', ' .', 'g')), ' ')))"
)


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roadmap_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("item_uid", sa.String(length=36), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("author", sa.String(length=36), nullable=True),
        sa.Column("thread", sa.String(length=36), nullable=True),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("owners", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["roadmap_id"], ["roadmap.id"], name=op.f("fk_search_entry_roadmap_id_roadmap")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "item_id", name=op.f("uq_search_entry_kind_item_id")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_entry_roadmap_id"), ["roadmap_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_search_entry_item_uid"), ["item_uid"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(title, body, owners, place,"
            " tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4', detail = 'column')"
        )
    else:
        op.execute(
            "CREATE TABLE search_words (entry_id integer CONSTRAINT pk_search_words PRIMARY KEY"
            " CONSTRAINT fk_search_words_entry_id_search_entry REFERENCES search_entry (id) ON DELETE CASCADE,"
            " words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_words_words ON search_words USING gin (words)")
    fill(op.get_bind())


def downgrade() -> None:
    op.execute("DROP TABLE search_words")
    op.drop_table("search_entry")


def fill(connection: sa.Connection) -> None:
    number = 0
    for kind, (texts, owners) in PLAN.items():
        columns = ", ".join([*texts.split(), *owners.split()])
        query = f"SELECT id, uid, roadmap_id, {columns} FROM {kind} WHERE removed_at IS NULL ORDER BY id"  # noqa: S608
        rows = connection.execute(sa.text(query)).mappings().all()
        found = [entry_of(kind, row, texts.split(), owners.split()) for row in rows]
        number = write(connection, [one for one in found if one["texts"] or one["owners"]], number)
    for kind, (text, thread) in TALK.items():
        query = (
            f"SELECT id, uid, roadmap_id, {text}, visibility AS level, author, {thread} AS thread"  # noqa: S608
            f" FROM {kind} WHERE removed_at IS NULL ORDER BY id"
        )
        rows = connection.execute(sa.text(query)).mappings().all()
        found = [
            entry_of(kind, row, [text], [])
            | {"level": row["level"], "author": row["author"], "thread": row["thread"]}
            for row in rows
        ]
        number = write(connection, [one for one in found if one["texts"]], number)
    if connection.dialect.name == "postgresql":
        connection.execute(
            sa.text("SELECT setval(pg_get_serial_sequence('search_entry', 'id'), :next, false)"),
            {"next": number + 1},
        )


def entry_of(kind: str, row: sa.RowMapping, texts: list[str], owners: list[str]) -> dict[str, Any]:
    words = {name: words_in(row[name]) for name in texts}
    named = {uid for name in owners for uid in members_of(row[name])}
    return {
        "roadmap_id": row["roadmap_id"],
        "kind": kind,
        "item_id": row["id"],
        "item_uid": row["uid"],
        "level": None,
        "author": None,
        "thread": None,
        "texts": {name: text for name, text in words.items() if text and text != CLOSED},
        "owners": sorted(named),
    }


def members_of(value: object) -> list[str]:
    # A list as PostgreSQL's driver reads it, or as the text that SQLite keeps; else the one uid of an office.
    if isinstance(value, str) and value.startswith("["):
        value = json.loads(value)
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)] if value else []


def words_in(value: object) -> str:
    if isinstance(value, list) or (isinstance(value, str) and value.startswith('["')):
        return ", ".join(members_of(value))
    return "" if value in (None, "[]") else str(value)


def write(connection: sa.Connection, found: list[dict[str, Any]], number: int) -> int:
    words = WRITE_SQLITE if connection.dialect.name == "sqlite" else WRITE_POSTGRESQL
    for start in range(0, len(found), ROWS_AT_ONCE):
        batch = [
            {"id": number + place, **one} for place, one in enumerate(found[start : start + ROWS_AT_ONCE], 1)
        ]
        connection.execute(sa.insert(entries), batch)
        connection.execute(sa.text(words), [words_of_entry(one) for one in batch])
        number += len(batch)
    return number


def words_of_entry(one: dict[str, Any]) -> dict[str, object]:
    texts, owners = one["texts"], one["owners"]
    body = "\n".join(text for name, text in texts.items() if name != "title")
    return {
        "id": one["id"],
        "title": plainly(texts.get("title", "")),
        "body": plainly(body[:MOST_LETTERS]),
        "owners": " ".join(f"o{uid.replace('-', '')}" for uid in owners),
        "place": f"r{one['roadmap_id']}",
    }


def plainly(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    folded = "".join(char for char in apart if not unicodedata.combining(char)).casefold()
    return " ".join(word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", folded))
