"""The kinds of a plan, flat: each column is declared here once; everything else about a field is in `kinds.py`.

A link is a set of uids on one side, money and targets are maps: one item is one row, so that its version,
its snapshot and its guard cover them without further tables. What a uid names is checked by the verbs.
"""

from datetime import date

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roadmap.extensions import Base
from roadmap.history.models import Versioned
from roadmap.people.models import new_uid

Uids = list[str]
Money = dict[str, int]
Figures = dict[str, str]


class Term(Base):
    """A word of a vocabulary (rights, groups): national where it has no region, else a region's own."""

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("vocabulary", "code", "region_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    vocabulary: Mapped[str] = mapped_column(String(20), index=True)
    code: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(200))
    label_en: Mapped[str] = mapped_column(String(200))
    place: Mapped[int] = mapped_column(default=0)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    is_retired: Mapped[bool] = mapped_column(default=False)


class Cover(Versioned, Base):
    """The words of the roadmap itself; one to each."""

    __tablename__ = "cover"
    kind = "cover"

    title: Mapped[str] = mapped_column(Text, default="")
    year_from: Mapped[int | None]
    year_to: Mapped[int | None]
    vision: Mapped[str] = mapped_column(Text, default="")
    scope: Mapped[str] = mapped_column(Text, default="")
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    rpjmd: Mapped[str] = mapped_column(Text, default="")
    easy_read: Mapped[str] = mapped_column(Text, default="")


class Section(Versioned, Base):
    """A chapter of running text."""

    __tablename__ = "section"
    kind = "section"

    title: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")


class Modality(Versioned, Base):
    """What the city already has."""

    __tablename__ = "modality"
    kind = "modality"

    title: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    modality_kind: Mapped[str | None] = mapped_column(String(30))
    status: Mapped[str | None] = mapped_column(String(20))
    owner: Mapped[str | None] = mapped_column(ForeignKey("organisation.uid"))
    rights: Mapped[Uids] = mapped_column(JSON, default=list)
    groups: Mapped[Uids] = mapped_column(JSON, default=list)
    evidence: Mapped[Figures] = mapped_column(JSON, default=dict)


class Problem(Versioned, Base):
    """What is wrong, why, and what follows from it."""

    __tablename__ = "problem"
    kind = "problem"

    title: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    cause: Mapped[str] = mapped_column(Text, default="")
    effect: Mapped[str] = mapped_column(Text, default="")
    rights: Mapped[Uids] = mapped_column(JSON, default=list)
    groups: Mapped[Uids] = mapped_column(JSON, default=list)
    area: Mapped[str] = mapped_column(Text, default="")
    baseline: Mapped[str | None] = mapped_column(String(60))
    baseline_unit: Mapped[str] = mapped_column(String(200), default="")
    baseline_year: Mapped[int | None]
    baseline_source: Mapped[str] = mapped_column(Text, default="")
    modalities: Mapped[Uids] = mapped_column(JSON, default=list)
    evidence: Mapped[Figures] = mapped_column(JSON, default=dict)
    proposer: Mapped[str] = mapped_column(Text, default="")


class Action(Versioned, Base):
    """What will be done, by whom, when, with what money."""

    __tablename__ = "action"
    kind = "action"

    code: Mapped[str] = mapped_column(String(60), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    description: Mapped[str] = mapped_column(Text, default="")
    expected_result: Mapped[str] = mapped_column(Text, default="")
    success_criteria: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[Uids] = mapped_column(JSON, default=list)
    modalities: Mapped[Uids] = mapped_column(JSON, default=list)
    lead: Mapped[str | None] = mapped_column(ForeignKey("organisation.uid"), index=True)
    supporting: Mapped[Uids] = mapped_column(JSON, default=list)
    area: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    rights: Mapped[Uids] = mapped_column(JSON, default=list)
    groups: Mapped[Uids] = mapped_column(JSON, default=list)
    priority: Mapped[str | None] = mapped_column(String(20))
    budget: Mapped[Money] = mapped_column(JSON, default=dict)
    subactivity_codes: Mapped[Uids] = mapped_column(JSON, default=list)
    planning_links: Mapped[str] = mapped_column(Text, default="")
    origin: Mapped[str | None] = mapped_column(String(30))
    origin_reference: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[Figures] = mapped_column(JSON, default=dict)
    status: Mapped[str | None] = mapped_column(String(20))
    status_reason: Mapped[str] = mapped_column(Text, default="")
    superseded_by: Mapped[str | None] = mapped_column(String(36))
    realisation: Mapped[Money] = mapped_column(JSON, default=dict)


class Indicator(Versioned, Base):
    """How one will see whether an action succeeds; ordered within exactly one action."""

    __tablename__ = "indicator"
    kind = "indicator"

    action: Mapped[str] = mapped_column(ForeignKey("action.uid"), index=True)
    title: Mapped[str] = mapped_column(Text, default="")
    indicator_kind: Mapped[str | None] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(200), default="")
    direction: Mapped[str | None] = mapped_column(String(20))
    baseline: Mapped[str | None] = mapped_column(String(60))
    baseline_year: Mapped[int | None]
    baseline_source: Mapped[str] = mapped_column(Text, default="")
    targets: Mapped[Figures] = mapped_column(JSON, default=dict)
    aggregation: Mapped[str | None] = mapped_column(String(20))
    party: Mapped[str | None] = mapped_column(String(20))
