"""Reading what people have typed and not saved yet; each copy is its writer's alone."""

from collections.abc import Sequence

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import KeptWords, WorkingCopy

# The cause of words that nobody refused: they were never sent.
UNSAVED = "unsaved"
# Of a clash, and of one that was settled by choosing other words: what such kept words hold are values of fields.
CLASH, UNUSED = "clash", "unused"
AS_VALUES = frozenset({CLASH, UNUSED})
# What a form names beside its boxes, so that emptied ones can be told from boxes it never had.
FIELDS = "fields"


def of_person(person_id: int) -> Sequence[WorkingCopy]:
    """Give a person's own working copies, newest first."""
    query = select(WorkingCopy).where(WorkingCopy.person_id == person_id)
    return db.session.scalars(query.order_by(WorkingCopy.at.desc(), WorkingCopy.id.desc())).all()


def find_at(person_id: int, address: str) -> WorkingCopy | None:
    """Find what a person has typed into the form of an address and not saved."""
    return db.session.scalar(
        select(WorkingCopy).where(WorkingCopy.person_id == person_id, WorkingCopy.address == address)
    )


def find_newest_at(person_id: int, addresses: Sequence[str]) -> WorkingCopy | None:
    """Find what a person has typed last into any of the forms of these addresses and not saved."""
    query = select(WorkingCopy).where(WorkingCopy.person_id == person_id, WorkingCopy.address.in_(addresses))
    return db.session.scalars(query.order_by(WorkingCopy.at.desc()).limit(1)).first()


def find_copy(person_id: int, uid: str) -> WorkingCopy | None:
    """Find a person's own working copy by its uid; another's is not found."""
    query = select(WorkingCopy).where(WorkingCopy.uid == uid, WorkingCopy.person_id == person_id)
    return db.session.scalar(query)


def find_on_item(person_id: int, item_uid: str) -> Sequence[WorkingCopy]:
    """Find what a person has typed on an item and not saved, newest first."""
    query = select(WorkingCopy).where(WorkingCopy.person_id == person_id, WorkingCopy.item_uid == item_uid)
    return db.session.scalars(query.order_by(WorkingCopy.at.desc())).all()


def words_of(values: Sequence[Sequence[str]]) -> dict[str, object]:
    """Give the boxes of a form that hold something as kept words have them: a name with several values as a list."""
    found: dict[str, list[str]] = {}
    for name, value in values:
        if value and name != FIELDS:
            found.setdefault(name, []).append(value)
    return {name: several[0] if len(several) == 1 else several for name, several in found.items()}


def as_kept(copy: WorkingCopy) -> KeptWords:
    """Show a working copy as kept words, for the pages that list both; it is not stored."""
    return KeptWords(
        id=copy.id,
        uid=copy.uid,
        person_id=copy.person_id,
        roadmap_id=copy.roadmap_id,
        item_kind=copy.item_kind,
        item_uid=copy.item_uid,
        base_version=copy.base_version,
        values=words_of(copy.values),
        cause=UNSAVED,
        address=copy.address,
        at=copy.at,
        told_at=copy.told_at,
    )


def is_copy(kept: KeptWords) -> bool:
    """Tell whether these kept words are a working copy, shown among them."""
    return kept.cause == UNSAVED and kept not in db.session


def fields_covered(copy: WorkingCopy) -> frozenset[str]:
    """Name the fields that the form of a copy carried."""
    return frozenset(word for name, value in copy.values if name == FIELDS for word in value.split())
