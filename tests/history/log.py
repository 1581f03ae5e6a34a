"""What the tests of the record ask of a log."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text

from roadmap.extensions import db
from roadmap.history import triggers
from roadmap.history.check import faults_of
from roadmap.history.models import Changeset, Revision, Roadmap


def faults(roadmap_id: int) -> list[str]:
    """What check-history would say, read from the database."""
    db.session.rollback()
    db.session.expire_all()
    return list(faults_of(db.session.get_one(Roadmap, roadmap_id)))


def faults_after(roadmap_id: int, *statements: str) -> list[str]:
    """What check-history would say after statements past the application; they are rolled back."""
    db.session.rollback()
    db.session.expire_all()
    for statement in statements:
        db.session.execute(text(statement))
    found = list(faults_of(db.session.get_one(Roadmap, roadmap_id)))
    db.session.rollback()
    return found


def acts(roadmap_id: int) -> list[Changeset]:
    db.session.expire_all()
    return list(db.session.query(Changeset).filter_by(roadmap_id=roadmap_id).order_by(Changeset.seq))


def versions(uid: str) -> list[Revision]:
    db.session.expire_all()
    return list(db.session.query(Revision).filter_by(item_uid=uid).order_by(Revision.item_version))


def head(roadmap_id: int) -> int:
    db.session.expire_all()
    return db.session.get_one(Roadmap, roadmap_id).head_seq


@contextmanager
def walls_down() -> Iterator[None]:
    """Take the triggers away, as somebody would who means to falsify the record."""
    db.session.rollback()
    with db.engine.begin() as connection:
        triggers.remove(connection)
    yield
    with db.engine.begin() as connection:
        triggers.install(connection)


def in_sql(statement: str, **values: Any) -> None:
    """Change the database past the application."""
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(text(statement), values)
