"""Named moments of a roadmap, and up to where somebody has seen it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.clock import now
from roadmap.extensions import Base, Moment
from roadmap.history.models import Versioned


class Pin(Versioned, Base):
    """A name that somebody gave to a moment of the roadmap; an item of the record, removed like any other."""

    __tablename__ = "pin"
    kind = "pin"

    moment: Mapped[int]
    name: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(ForeignKey("person.uid"))


class Visit(Base):
    """Up to which act a person has seen a roadmap, in this sitting and in the one before; known to nobody else."""

    __tablename__ = "visit"
    __table_args__ = (UniqueConstraint("person_id", "roadmap_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    before_seq: Mapped[int | None]
    before_at: Mapped[datetime | None] = mapped_column(Moment)
