"""What the index holds of each item: where it belongs, who reads it, its texts, who answers for it.

The words that are looked for stand in `search_words`, which each engine has in its own way (`words_table.py`).
"""

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.extensions import Base
from roadmap.people.roles import Visibility


class SearchEntry(Base):
    """One item as it is found; derived from the tables, so that no archive need carry it."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "item_id"),
        {"info": {"is_derived": True}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[int]
    item_uid: Mapped[str] = mapped_column(String(36), index=True)
    level: Mapped[Visibility | None] = mapped_column(String(20))
    author: Mapped[str | None] = mapped_column(String(36))
    thread: Mapped[str | None] = mapped_column(String(36))
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    owners: Mapped[list[str]] = mapped_column(JSON)
