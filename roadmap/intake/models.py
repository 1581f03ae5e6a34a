"""What is kept of a table that comes in: the file, what was read of it, how it is laid out, what was decided."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.clock import now
from roadmap.extensions import Base, Moment
from roadmap.people.models import new_uid


class State(StrEnum):
    """How far an intake has come: READING, TRYING, WRITING are background work, the others wait for people."""

    READING = "reading"
    UNREADABLE = "unreadable"
    LAYOUT = "layout"
    TRYING = "trying"
    TRIAL = "trial"
    WRITING = "writing"
    DONE = "done"
    LEFT = "left"


class Intake(Base):
    """One table that a person brings to a roadmap; seen by nobody else until it is written."""

    __tablename__ = "intake"
    __table_args__ = (Index("ix_intake_roadmap_person", "roadmap_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    state: Mapped[State] = mapped_column(String(20), default=State.READING)
    # Whoever does the background work holds the claim, and says now and then that it still goes on.
    claim: Mapped[str | None] = mapped_column(String(36))
    beat_at: Mapped[datetime | None] = mapped_column(Moment)
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=0)
    # A sentence of ours with its values, where the file could not be read or the work stopped.
    trouble: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    layout: Mapped[list[Any]] = mapped_column(JSON, default=list)
    # By question: the answer. By cell: what the person wrote in its place.
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    mended: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    # The roadmap's `seq` the trial was made upon, and the one the writing took.
    tried_at_seq: Mapped[int | None]
    seq: Mapped[int | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)

    file: Mapped["IntakeFile"] = relationship(back_populates="intake", uselist=False)


class IntakeFile(Base):
    """The heavy part, read when it is needed and let go of some days after the end: the file, its cells, its trial."""

    __tablename__ = "intake_file"

    intake_id: Mapped[int] = mapped_column(ForeignKey("intake.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    # JSON, compressed.
    book: Mapped[bytes | None] = mapped_column(LargeBinary)
    trial: Mapped[bytes | None] = mapped_column(LargeBinary)

    intake: Mapped[Intake] = relationship(back_populates="file")


class RememberedColumn(Base):
    """Where a region's columns of a heading belonged the last time; offered first the next time."""

    __tablename__ = "remembered_column"
    __table_args__ = (UniqueConstraint("region_id", "heading"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"))
    heading: Mapped[str] = mapped_column(String(300))
    target: Mapped[str] = mapped_column(String(200))
    reading: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    used_at: Mapped[datetime] = mapped_column(Moment, default=now)
