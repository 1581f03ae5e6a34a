"""Finding the editions of a roadmap and the instruments they were adopted by."""

from collections.abc import Iterable

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Edition
from roadmap.review.models import Adoption


def edition_numbered(roadmap_id: int, number: int) -> Edition | None:
    """Find an edition of a roadmap by its number."""
    return db.session.scalar(
        select(Edition).where(Edition.roadmap_id == roadmap_id, Edition.number == number)
    )


def adoption_of(edition: Edition) -> Adoption | None:
    """Find the instrument an edition was adopted by."""
    return db.session.scalar(select(Adoption).where(Adoption.edition_id == edition.id))


def adoptions_of(edition_ids: Iterable[int]) -> dict[int, Adoption]:
    """Give the instruments of several editions, by the edition's id; one query."""
    query = select(Adoption).where(Adoption.edition_id.in_(sorted(edition_ids)))
    return {adoption.edition_id: adoption for adoption in db.session.scalars(query)}
