"""The table of words, which each engine has in its own way: FTS5 in SQLite, a tsvector with a GIN index in PostgreSQL.

It stands beside the models: nobody reads rows of it, one asks it which entries match. Four parts: the words of the
title, those of the texts, the offices (`o` and the uid without hyphens), the place (`r` and the roadmap's number,
so that a question never walks through another roadmap's entries).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    cast,
    column,
    delete,
    event,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from roadmap.extensions import db
from roadmap.search.models import SearchEntry
from roadmap.search.rules import Sought

TABLE = "search_words"
_CREATE_FTS = (
    "CREATE VIRTUAL TABLE search_words USING fts5(title, body, owners, place,"
    " tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4', detail = 'column')"
)
_CREATE_VECTORS = (
    "CREATE TABLE search_words (entry_id integer CONSTRAINT pk_search_words PRIMARY KEY"
    " CONSTRAINT fk_search_words_entry_id_search_entry REFERENCES search_entry (id) ON DELETE CASCADE,"
    " words tsvector NOT NULL)"
)
CREATE: Mapping[str, tuple[str, ...]] = {
    "sqlite": (_CREATE_FTS,),
    "postgresql": (
        _CREATE_VECTORS,
        "CREATE INDEX ix_search_words_words ON search_words USING gin (words)",
    ),
}
_FTS = table(TABLE, column("rowid"), column(TABLE))
_VECTORS = table(TABLE, column("entry_id"), column("words"))
_WRITE = {
    "sqlite": (
        "INSERT INTO search_words (rowid, title, body, owners, place)"
        " VALUES (:id, :title, :body, :owners, :place)"
    ),
    "postgresql": (
        "INSERT INTO search_words (entry_id, words) VALUES (:id,"
        " setweight(to_tsvector('simple', :title) || to_tsvector('indonesian', :title), 'A')"
        " || setweight(to_tsvector('simple', :body) || to_tsvector('indonesian', :body), 'B')"
        " || array_to_tsvector(string_to_array(ltrim(regexp_replace("
        "' ' || :owners || ' ' || :place, '[ ]+', ' .', 'g')), ' ')))"
    ),
}


@dataclass(frozen=True)
class Term:
    """A word that is looked for, with the offices in whose names it stands."""

    sought: Sought
    offices: Iterable[str] = ()


def write_words(rows: Sequence[Mapping[str, object]]) -> None:
    """Write the words of entries: id, title, body, owners, place, the last four as words with spaces between."""
    if rows:
        db.session.execute(text(_WRITE[db.engine.dialect.name]), rows)


def forget_words(entries: Select[int]) -> None:
    """Take away the words of entries that are about to go; in PostgreSQL they go with their entries."""
    if _is_sqlite():
        db.session.execute(delete(_FTS).where(_FTS.c.rowid.in_(entries)))


def forget_place(roadmap_id: int) -> None:
    """Take away all words of a roadmap, those too whose entries were lost."""
    if _is_sqlite():
        forget_words(matching(roadmap_id, []))


def office_word(uid: str) -> str:
    """Give the word that stands for an office."""
    return f"o{uid.replace('-', '')}"


def place_word(roadmap_id: int) -> str:
    """Give the word that stands for a roadmap."""
    return f"r{roadmap_id}"


def matching(roadmap_id: int, terms: Sequence[Term], *, in_title: bool = False) -> Select[int]:
    """Ask for the ids of a roadmap's entries in which every term stands; in their titles alone with `in_title`."""
    if _is_sqlite():
        parts = [f'{{place}} : "{place_word(roadmap_id)}"']
        parts += [_in_fts(term, in_title=in_title) for term in terms]
        fts: ColumnElement[str] = _FTS.c[TABLE]
        return select(_FTS.c.rowid.label("id")).where(fts.op("MATCH")(" AND ".join(parts)))
    asked = _marks([place_word(roadmap_id)])
    for term in terms:
        asked = asked.op("&&")(_in_vectors(term, in_title=in_title))
    return select(_VECTORS.c.entry_id.label("id")).where(_VECTORS.c.words.op("@@")(asked))


def count_words(roadmap_id: int) -> int:
    """Count the entries of a roadmap of which the words are known."""
    return db.session.scalar(select(func.count()).select_from(matching(roadmap_id, []).subquery())) or 0


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _in_fts(term: Term, *, in_title: bool) -> str:
    # Every word here was made by `words_of`: letters and digits, so that nothing of FTS5's own language gets in.
    forms = [f'"{form}"' for form in sorted(term.sought.forms)]
    if term.sought.goes_on:
        forms.append(f'"{term.sought.word}" *')
    found = f"({{{'title' if in_title else 'title body'}}} : ({' OR '.join(forms)}))"
    offices = [f'"{office_word(uid)}"' for uid in term.offices]
    if not offices or in_title:
        return found
    return f"({found} OR ({{owners}} : ({' OR '.join(offices)})))"


def _in_vectors(term: Term, *, in_title: bool) -> ColumnElement[object]:
    # A weight makes PostgreSQL read every vector it finds, so that none is named where both kinds of text will do.
    word, where = term.sought.word, ":A" if in_title else ""
    parts = [f"'{form}'{where}" for form in sorted(term.sought.forms)]
    if term.sought.goes_on:
        parts.append(f"'{word}':*{'A' if in_title else ''}")
    asked = _query("simple", parts).op("||")(_query("indonesian", [f"'{word}'{where}"]))
    offices = [office_word(uid) for uid in term.offices]
    return asked.op("||")(_marks(offices)) if offices and not in_title else asked


def _query(configuration: str, parts: Sequence[str]) -> ColumnElement[object]:
    return func.to_tsquery(literal_column(f"'{configuration}'"), " | ".join(parts))


def _marks(words: Sequence[str]) -> ColumnElement[object]:
    # With a point before them, which no word of a text has: a beginning that somebody types never meets them.
    return cast(" | ".join(f"'.{word}'" for word in words), TSQUERY)


def _create(_table: Table, connection: Connection, **_more: object) -> None:
    for statement in CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def _drop(_table: Table, connection: Connection, **_more: object) -> None:
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLE}")


# A database made from the models alone has it too; migrations make it themselves.
event.listen(SearchEntry.__table__, "after_create", _create)
event.listen(SearchEntry.__table__, "before_drop", _drop)
