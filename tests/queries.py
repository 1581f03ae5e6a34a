"""Counts the queries of a page: what must not grow with the plan.

with queries(app) as asked:
    client.get("/roadmaps/1")
assert len(asked) == …
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from roadmap.extensions import db
from roadmap.plan.past import past_shelf
from roadmap.plan.present import shelf


@contextmanager
def queries(app: Flask) -> Iterator[list[str]]:
    """Write down every statement that reaches the database meanwhile, as if nothing had been read before."""
    shelf.clear()
    past_shelf.clear()
    with app.app_context():
        engine = db.engine
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
