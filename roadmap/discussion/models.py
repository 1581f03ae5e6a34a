"""Threads and their comments: items of the record, in which no field is binding.

A field's column is declared here; how it merges is told in `kinds.py`. Persons, items and organisations are
named by uid. Author, office and role stand as they were when the words were written.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.clock import now
from roadmap.extensions import Base, Moment
from roadmap.history.models import Versioned
from roadmap.people.roles import Role, Visibility

# What a thread can be about beside the kinds of the plan.
ROADMAP, ORGANISATION = "roadmap", "organisation"


class Nature(StrEnum):
    """With what kind of saying a thread was opened."""

    QUESTION = "pertanyaan"
    SUGGESTION = "saran"
    NOT_AGREED = "belum_sepakat"
    LEGAL_NOTE = "catatan_hukum"
    APPRECIATION = "apresiasi"


class Thread(Versioned, Base):
    """A conversation about one thing in the version it had then; open until it is resolved with a reason."""

    __tablename__ = "thread"
    __table_args__ = (Index("ix_thread_about", "roadmap_id", "about"),)
    kind = "thread"

    about_kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(36))
    field: Mapped[str] = mapped_column(String(40), default="")
    about_version: Mapped[int | None]
    nature: Mapped[Nature] = mapped_column(String(20))
    visibility: Mapped[Visibility] = mapped_column(String(20))
    author: Mapped[str] = mapped_column(ForeignKey("person.uid"), index=True)
    organisation: Mapped[str | None] = mapped_column(ForeignKey("organisation.uid"))
    role: Mapped[Role] = mapped_column(String(20))
    wants_answer: Mapped[bool] = mapped_column(default=False)
    is_resolved: Mapped[bool] = mapped_column(default=False)
    resolution: Mapped[str] = mapped_column(Text, default="")


class Comment(Versioned, Base):
    """What one person said in a thread; the first one opened it."""

    __tablename__ = "comment"
    kind = "comment"

    thread: Mapped[str] = mapped_column(ForeignKey("thread.uid"), index=True)
    body: Mapped[str] = mapped_column(Text)
    visibility: Mapped[Visibility] = mapped_column(String(20))
    author: Mapped[str] = mapped_column(ForeignKey("person.uid"), index=True)
    organisation: Mapped[str | None] = mapped_column(ForeignKey("organisation.uid"))
    role: Mapped[Role] = mapped_column(String(20))
    notified: Mapped[list[str]] = mapped_column(JSON, default=list)


class ThreadRead(Base):
    """Up to which act somebody has read a thread that was pointed out to them; known to nobody else."""

    __tablename__ = "thread_read"
    __table_args__ = (UniqueConstraint("person_id", "thread_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, default=now)
