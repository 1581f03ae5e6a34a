"""Rounds, submissions, verdicts, adoptions: each step a row with a name and a hand."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roadmap.clock import now
from roadmap.extensions import Base, Moment
from roadmap.history.models import Edition
from roadmap.people.models import Person, new_uid


class Desk(StrEnum):
    """Where a submission lies."""

    REVIEW = "telaah"
    VERIFICATION = "verifikasi"
    LEADER = "pimpinan"


class Judgement(StrEnum):
    """What a verdict says."""

    PASSED = "lolos"
    RETURNED = "dikembalikan"


class Basis(StrEnum):
    """What a decision made on paper rests on."""

    INITIALLED_SHEET = "lembar_berparaf"
    MEMO = "nota_dinas"
    MEETING = "rapat"


class Instrument(StrEnum):
    """By what an edition is adopted (domain 29)."""

    REGIONAL_REGULATION = "perda"
    LEADER_REGULATION = "peraturan_kepala_daerah"
    DECREE = "keputusan"
    CHARTER = "piagam"
    CIRCULAR = "surat_edaran"


class Round(Base):
    """One putaran: from the first draft, or the first edit after an approval, to the next approval."""

    __tablename__ = "round"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    number: Mapped[int]
    opened_seq: Mapped[int]
    stage_since: Mapped[datetime] = mapped_column(Moment, default=now)
    consultation_until: Mapped[date | None]
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class Submission(Base):
    """A state of the roadmap laid on a desk; what people call Rancangan with its number."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    number: Mapped[int]
    desk: Mapped[Desk] = mapped_column(String(20))
    seq: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    submitted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    round: Mapped[Round] = relationship()
    submitter: Mapped[Person] = relationship()
    verdict: Mapped["Verdict | None"] = relationship(back_populates="submission", uselist=False)

    @property
    def is_undecided(self) -> bool:
        """Tell whether it still waits for its verdict."""
        return self.withdrawn_at is None and self.verdict is None


class Verdict(Base):
    """The one decision on a submission, by whom, on behalf of whom, on what basis, with what words."""

    __tablename__ = "verdict"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    judgement: Mapped[Judgement] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    note: Mapped[str] = mapped_column(Text, default="")
    items: Mapped[list[str]] = mapped_column(JSON, default=list)
    on_behalf_of: Mapped[str | None] = mapped_column(String(300))
    basis: Mapped[Basis | None] = mapped_column(String(30))
    basis_number: Mapped[str | None] = mapped_column(String(200))
    decided_on: Mapped[date | None]
    scan: Mapped[str | None] = mapped_column(Text)

    submission: Mapped[Submission] = relationship(back_populates="verdict")
    person: Mapped[Person] = relationship()


class NoteDraft(Base):
    """What a judge has jotted down on one item of a submission; theirs alone until their verdict says it."""

    __tablename__ = "note_draft"
    __table_args__ = (UniqueConstraint("submission_id", "person_id", "item_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    item_kind: Mapped[str] = mapped_column(String(20))
    item_uid: Mapped[str] = mapped_column(String(36))
    item_version: Mapped[int]
    text: Mapped[str] = mapped_column(Text, default="")
    needs_mending: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class VerdictNote(Base):
    """What a verdict says of one item, as it stood in the version that was read. Never changed, never deleted."""

    __tablename__ = "verdict_note"
    __table_args__ = (UniqueConstraint("verdict_id", "item_uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdict.id"))
    roadmap_id: Mapped[int] = mapped_column(ForeignKey("roadmap.id"), index=True)
    item_kind: Mapped[str] = mapped_column(String(20))
    item_uid: Mapped[str] = mapped_column(String(36))
    item_version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)

    verdict: Mapped[Verdict] = relationship()
    answers: Mapped[list["NoteAnswer"]] = relationship(back_populates="note", order_by="NoteAnswer.id")


class NoteAnswer(Base):
    """What the drafters answer to a note; a later answer stands beside the earlier ones."""

    __tablename__ = "note_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    note_id: Mapped[int] = mapped_column(ForeignKey("verdict_note.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, default=now)

    note: Mapped[VerdictNote] = relationship(back_populates="answers")
    person: Mapped[Person] = relationship()


class Adoption(Base):
    """That an approved edition was adopted by an instrument; points to the edition."""

    __tablename__ = "adoption"
    __table_args__ = (UniqueConstraint("edition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uid)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    instrument: Mapped[Instrument] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(200))
    adopted_on: Mapped[date]
    subject: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, default=now)

    edition: Mapped[Edition] = relationship()
    person: Mapped[Person] = relationship()
