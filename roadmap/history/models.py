"""The head of each roadmap's log, the log itself, editions, and kept words."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from roadmap.clock import now
from roadmap.extensions import Base, Moment
from roadmap.people.models import Region, new_uid
from roadmap.people.roles import Stage, Visibility

Plain = None | bool | int | str | list[str] | dict[str, int] | dict[str, str]
Snapshot = dict[str, Plain]


class Roadmap(Base):
    """A roadmap as the head of its log; its words are one plan item of kind cover."""

    __tablename__ = "roadmap"
    __table_args__ = (UniqueConstraint("region_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    stage: Mapped[Stage] = mapped_column(String(20), default=Stage.DRAFT)
    head_seq: Mapped[int] = mapped_column(default=0)
    head_digest: Mapped[str] = mapped_column(String(64), default="")
    language: Mapped[str] = mapped_column(String(8), default="id")
    slug: Mapped[str | None] = mapped_column(String(160))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    region: Mapped[Region] = relationship(lazy="joined")


class Versioned:
    """What every item of the record has: a uid, a place in its order, a version, and perhaps a removal.

    The fields in its snapshots are told to `shapes.py` by the room that owns the kind.
    """

    kind: ClassVar[str]

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    position: Mapped[str] = mapped_column(Text, default="5")
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)

    @declared_attr
    @classmethod
    def roadmap_id(cls) -> Mapped[int]:
        """The roadmap in whose log the item is recorded."""
        return mapped_column(ForeignKey("roadmap.id"), index=True)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        """Have SQLAlchemy count versions and refuse an overtaken update."""
        return {"version_id_col": cls.version}


class Changeset(Base):
    """One human act on a roadmap. Never changed, never deleted.

    `audience` names the level at which it may be read; None: by all who see the roadmap.
    """

    __tablename__ = "changeset"
    __table_args__ = (UniqueConstraint("roadmap_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"))
    seq: Mapped[int]
    actor_uid: Mapped[str] = mapped_column(String(36), index=True)
    on_behalf_of: Mapped[str | None] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(Moment)
    verb: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, default="")
    reason_salt: Mapped[str | None] = mapped_column(String(32))
    reason_hash: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(20), default="form")
    payload: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
    audience: Mapped[Visibility | None] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    previous_digest: Mapped[str] = mapped_column(String(64))

    revisions: Mapped[list["Revision"]] = relationship(back_populates="changeset", order_by="Revision.id")


class Revision(Base):
    """One item as it stood after a changeset: all its versioned fields. Only the closing of a text touches it."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("kind", "item_id", "item_version"),
        UniqueConstraint("changeset_id", "kind", "item_id"),
        Index("ix_revision_story", "roadmap_id", "kind", "item_id", "seq"),
        Index("ix_revision_uid", "item_uid", "item_version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    changeset_id: Mapped[int] = mapped_column(ForeignKey("changeset.id"))
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[int]
    item_uid: Mapped[str] = mapped_column(String(36))
    item_version: Mapped[int]
    snapshot: Mapped[dict[str, Plain]] = mapped_column(JSON)
    salt: Mapped[str | None] = mapped_column(String(32))
    changed: Mapped[list[str]] = mapped_column(JSON)
    gone: Mapped[bool] = mapped_column(default=False)
    snapshot_hash: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    changeset: Mapped[Changeset] = relationship(back_populates="revisions")


class Edition(Base):
    """A numbered, approved state of a roadmap: a name on a sequence number, with the document as read then.

    Only the closing of a text touches the document; `document_at` tells when it last did, to whoever keeps a copy.
    """

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("roadmap_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"))
    number: Mapped[int]
    seq: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, object]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    document_at: Mapped[datetime | None] = mapped_column(Moment, default=now, onupdate=now)


class KeptWords(Base):
    """What a person typed and what did not go through, word for word, until they settle it."""

    __tablename__ = "kept_words"
    __table_args__ = (Index("ix_kept_words_item", "item_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    roadmap_id: Mapped[int | None] = mapped_column(ForeignKey("roadmap.id"))
    item_kind: Mapped[str | None] = mapped_column(String(20))
    item_uid: Mapped[str | None] = mapped_column(String(36))
    base_version: Mapped[int | None]
    values: Mapped[dict[str, object]] = mapped_column(JSON)
    cause: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)


class WorkingCopy(Base):
    """What a person has typed into a form and not saved yet, as the form holds it; theirs alone, one to a form.

    It is no version and never enters the log: saving clears it, and the form offers it back with its age.
    """

    __tablename__ = "working_copy"
    __table_args__ = (UniqueConstraint("person_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    roadmap_id: Mapped[int | None] = mapped_column(ForeignKey("roadmap.id"))
    item_kind: Mapped[str | None] = mapped_column(String(20))
    item_uid: Mapped[str | None] = mapped_column(String(36))
    base_version: Mapped[int | None]
    # Where the form is sent to; its fields as [name, value] in the form's order.
    address: Mapped[str] = mapped_column(String(500))
    values: Mapped[list[list[str]]] = mapped_column(JSON)
    # Counts up in the browser, so that a slow request does not put older words over newer ones.
    turn: Mapped[int] = mapped_column(default=0)
    # The key of the opened form that wrote last: another one's words are set aside, never written over.
    form_key: Mapped[str] = mapped_column(String(64), default="", server_default="")
    began_at: Mapped[datetime] = mapped_column(Moment, default=now)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
