"""What the review says happened; each is complete in itself and told after the commit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Happening:
    """An act of the review on a roadmap."""

    roadmap_id: int
    seq: int
    actor_uid: str


@dataclass(frozen=True)
class Submitted(Happening):
    """A state of the roadmap was laid on a desk, newly or after it passed the one before."""

    submission_id: int
    desk: str


@dataclass(frozen=True)
class Withdrawn(Happening):
    """The drafters took a submission back."""

    submission_id: int
    desk: str


@dataclass(frozen=True)
class ConsultationOpened(Happening):
    """Everybody in the team is asked for their view, until a day."""


@dataclass(frozen=True)
class ConsultationEnded(Happening):
    """The consultation is over."""


@dataclass(frozen=True)
class Judged(Happening):
    """A submission passed a desk or was returned from it; approvals are told as EditionApproved too."""

    submission_id: int
    desk: str
    judgement: str


@dataclass(frozen=True)
class EditionApproved(Happening):
    """The leader approved a submission, by hand or on paper; it is an edition now."""

    submission_id: int
    edition_id: int


@dataclass(frozen=True)
class EditionAdopted(Happening):
    """An edition was adopted by an instrument; it is in force and public now."""

    edition_id: int


@dataclass(frozen=True)
class ImplementationBegan(Happening):
    """The edition in force is being carried out."""


@dataclass(frozen=True)
class RoadmapEnded(Happening):
    """The roadmap is finished, or another one takes its place."""

    stage: str


@dataclass(frozen=True)
class RoundOpened(Happening):
    """The first edit after an approval opened the next round."""

    number: int
