"""The bare twin: Flask and SQLAlchemy Core, one statement to a view, no sign-in, no frame, no rights, no record.

Served by the same server, on the same database with the same settings of its engine. Its views:
    /row/<id>           one action, read by one query, in a template of ten lines     (item page)
    /row/<id>  POST     one row's text set by one UPDATE, committed; a few words back   (save, comment)
    /rows/<count>       so many acts of the log, read by one query, as a list          (history, comparison, search)
    /plan/<width>       every item of the plan, read by one query, as a table with so many cells to a row  (whole plan)
"""

import os
from typing import Any

from flask import Flask, request
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    inspect,
    literal,
    select,
    union_all,
    update,
)

from roadmap.extensions import prepare_engine
from roadmap.history.models import Changeset
from roadmap.plan.kinds import KINDS
from roadmap.plan.models import Action

_ROW = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>{{ row.title }}</title></head>
<body>
  <h1>{{ row.title }}</h1>
  <p>{{ row.expected_result }}</p>
  <p>{{ row.description }}</p>
  <p>{{ row.lead }} · {{ row.starts_on }} – {{ row.ends_on }}</p>
</body>
</html>"""
_ROWS = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>Riwayat</title></head>
<body>
  <h1>Riwayat</h1>
  <ul>{% for row in rows %}
    <li>{{ row.at }} {{ row.actor_uid }} {{ row.verb }} {{ row.reason }}</li>
  {% endfor %}</ul>
</body>
</html>"""
_PLAN = """<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><title>Matriks</title></head>
<body>
  <h1>Matriks</h1>
  <table>{% for row in rows %}
    <tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
  {% endfor %}</table>
</body>
</html>"""
# A table of its own, so that nothing is written past the product's log.
NOTES = Table("bench_note", MetaData(), Column("id", Integer, primary_key=True), Column("words", Text))
TEXTS = ("title", "uid", "position", "version", "id")


def prepare(engine: Engine, ids: tuple[int, ...]) -> None:
    """Make the rows that the twin saves into."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        NOTES.create(connection)
        connection.execute(NOTES.insert(), [{"id": number, "words": ""} for number in ids])


def bare() -> Flask:
    """Make the twin."""
    app = Flask("bare")
    engine = create_engine(os.environ["ROADMAP_DATABASE_URL"], pool_pre_ping=True)
    prepare_engine(engine)
    row_page, rows_page, plan_page = map(app.jinja_env.from_string, (_ROW, _ROWS, _PLAN))
    action, log = Action.__table__, Changeset.__table__

    @app.get("/healthz")
    def alive() -> str:
        return "ok"

    @app.get("/row/<int:item_id>")
    def row(item_id: int) -> str:
        columns = (
            action.c[name]
            for name in ("title", "expected_result", "description", "lead", "starts_on", "ends_on")
        )
        with engine.connect() as connection:
            found = connection.execute(select(*columns).where(action.c.id == item_id)).one()
        return row_page.render(row=found)

    @app.post("/row/<int:item_id>")
    def save(item_id: int) -> str:
        words = request.form["description"]
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.execute(update(NOTES).where(NOTES.c.id == item_id).values(words=words))
        return f"<p>{len(words)}</p>"

    @app.get("/rows/<int:count>")
    def rows(count: int) -> str:
        columns = (log.c[name] for name in ("at", "actor_uid", "verb", "reason"))
        with engine.connect() as connection:
            found = connection.execute(select(*columns).order_by(log.c.seq.desc()).limit(count)).all()
        return rows_page.render(rows=found)

    @app.get("/plan/<int:width>")
    def plan(width: int) -> str:
        with engine.connect() as connection:
            found = connection.execute(_whole(width)).all()
        return plan_page.render(rows=found)

    return app


def _whole(width: int) -> Any:
    """Ask for every item at once, with so many cells to a row."""
    tables = (inspect(kind.model).local_table for kind in KINDS.values())
    return union_all(
        *(
            select(
                *(
                    table.c[TEXTS[place]] if place < len(TEXTS) else literal("isi sel").label(f"c{place}")
                    for place in range(width)
                )
            )
            for table in tables
        )
    )
