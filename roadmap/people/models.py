"""Regions, the one register of organisations, persons, memberships, and the doors people come in by."""

from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.clock import now
from roadmap.extensions import Base, Moment
from roadmap.people.roles import Role
from roadmap.text.words import N_


def new_uid() -> str:
    """Make the name by which the log, editions and exports know a thing (UUID4)."""
    return str(uuid4())


class RegionKind(StrEnum):
    """A regency or a city: the words on every page depend on it."""

    REGENCY = "kabupaten"
    CITY = "kota"


class OrganisationKind(StrEnum):
    """The kinds of owners of domain 9."""

    AGENCY = "opd"
    SECRETARIAT = "bagian_setda"
    SUBDISTRICT = "kecamatan"
    VERTICAL = "vertikal"
    CSO = "oms"
    DPO = "opdis"
    ACADEMIC = "akademisi"
    BUSINESS = "dunia_usaha"
    NATIONAL = "lembaga_nasional"
    COMMUNITY = "lembaga_kemasyarakatan"
    OTHER = "lainnya"


def full_region_name(kind: str, name: str) -> str:
    """Give a region's name with its kind: Kota Contoh."""
    return f"{'Kabupaten' if kind == RegionKind.REGENCY else 'Kota'} {name}"


class Region(Base):
    """A kabupaten or kota; all other data hang under one."""

    __tablename__ = "region"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[RegionKind] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    province: Mapped[str] = mapped_column(String(200))
    code: Mapped[str | None] = mapped_column(String(20))
    zone: Mapped[str] = mapped_column(String(4), default="WIB")
    planning_agency: Mapped[str] = mapped_column(String(200), default="Bappeda")
    leader_name: Mapped[str | None] = mapped_column(String(200))
    has_consultation: Mapped[bool] = mapped_column(default=True)
    has_review: Mapped[bool] = mapped_column(default=True)
    has_verification: Mapped[bool] = mapped_column(default=False)
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    @property
    def full_name(self) -> str:
        """The name with its kind: Kota Contoh."""
        return full_region_name(self.kind, self.name)

    @property
    def leader_title(self) -> str:
        """What the head of this region is called."""
        return N_("Bupati") if self.kind == RegionKind.REGENCY else N_("Wali Kota")

    @property
    def regulation_title(self) -> str:
        """What a regulation of this region's head is called."""
        return N_("Peraturan Bupati") if self.kind == RegionKind.REGENCY else N_("Peraturan Wali Kota")


class Organisation(Base):
    """An office or organisation that can answer for an action; of a region, or national (no region)."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    abbreviation: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[OrganisationKind] = mapped_column(String(40))
    contact: Mapped[str | None] = mapped_column(String(300))
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("organisation.uid"))
    # Named by a table that a drafter took in; the region's administrator has not looked at it yet.
    is_proposed: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    @property
    def short_name(self) -> str:
        """The abbreviation where there is one."""
        return self.abbreviation or self.name


class Person(Base):
    """Somebody with an account: name, e-mail, nothing that needs protecting more than these."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(2), default="id")
    theme: Mapped[str] = mapped_column(String(5), default="auto")
    # How eagerly pages follow what others save: biasa, hemat (little data), mati.
    live_updates: Mapped[str] = mapped_column(String(5), default="biasa", server_default="biasa")
    is_example: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    # What the sign-in extension asks; the token of the session this object was found by, never the id.
    session_token = ""
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Tell whether the account is open."""
        return self.closed_at is None

    def get_id(self) -> str:
        """Give what the cookie carries: the session's token."""
        return self.session_token


class Membership(Base):
    """A person's role in a region, on one roadmap or (none named) on all of them, from a day until a day."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_person_region", "person_id", "region_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(String(20))
    organisation_uid: Mapped[str | None] = mapped_column(ForeignKey("organisation.uid"))
    region_id: Mapped[int] = mapped_column(ForeignKey("region.id"), index=True)
    roadmap_id: Mapped[int | None] = mapped_column(ForeignKey("roadmap.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    person: Mapped[Person] = relationship()
    region: Mapped[Region] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    def holds_on(self, day: date) -> bool:
        """Tell whether the membership gives rights on a day (its last day is `ends_on` itself, exclusive)."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class InvitationPurpose(StrEnum):
    """What a one-time link is for."""

    JOIN = "join"
    NEW_PASSWORD = "new-password"  # noqa: S105 - a purpose, not a password


class Invitation(Base):
    """A one-time link: to join with a role, or to choose a new password. Only the token's hash is stored."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[InvitationPurpose] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    role: Mapped[Role | None] = mapped_column(String(20))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    roadmap_id: Mapped[int | None] = mapped_column(ForeignKey("roadmap.id"))
    organisation_uid: Mapped[str | None] = mapped_column(ForeignKey("organisation.uid"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    used_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class SignedIn(Base):
    """A signed-in session kept on the server, so that it can be ended there; only the token's hash is stored."""

    __tablename__ = "signed_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Moment, default=now)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    stays: Mapped[bool] = mapped_column(default=False)
    device: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship()


class SignInAttempt(Base):
    """A failed attempt at a password, counted for all workers; e-mail and address are stored hashed."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_email", "email_hash", "at"),
        Index("ix_sign_in_attempt_address", "address_hash", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)


class ActReceipt(Base):
    """That a form was carried out: (person, act_key) once, with where its result is and marks of what was sent."""

    __tablename__ = "act_receipt"
    __table_args__ = (UniqueConstraint("person_id", "act_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    act_key: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(Text)
    sent: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)


class Audit(Base):
    """An act that belongs to no roadmap: sign-in, organisations, vocabularies, settings, exports. Append-only."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    actor_uid: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
    verb: Mapped[str] = mapped_column(String(60))
    object_uid: Mapped[str | None] = mapped_column(String(36))
    payload: Mapped[dict[str, object]] = mapped_column(JSON, default=dict)
