"""Ways of looking at a roadmap that a person keeps by name."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.clock import now
from roadmap.extensions import Base, Moment
from roadmap.people.models import new_uid


class SavedView(Base):
    """An address of the overview with its filters, kept by a person under a name; nobody else sees it."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "roadmap_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"))
    name: Mapped[str] = mapped_column(String(200))
    query: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
