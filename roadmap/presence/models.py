"""Who has a page of a roadmap open, one row to a tab; rows older than a minute count for nothing."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.clock import now
from roadmap.extensions import Base, Moment


class Presence(Base):
    """One tab of one person on one roadmap: what it shows, and whether something is being typed there."""

    __tablename__ = "presence"
    __table_args__ = (
        UniqueConstraint("person_id", "tab"),
        Index("ix_presence_roadmap_seen", "roadmap_id", "seen_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"))
    tab: Mapped[str] = mapped_column(String(36))
    item_kind: Mapped[str] = mapped_column(String(20), default="")
    item_uid: Mapped[str] = mapped_column(String(36), default="")
    # Since when it edits, where it does.
    editing_since: Mapped[datetime | None] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)
