"""Finding what is published: adopted editions and nothing else; drafts are not in reach of these queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import defer

from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import Edition, Roadmap
from roadmap.people.models import Region
from roadmap.review.models import Adoption


@dataclass(frozen=True)
class Listed:
    """A published roadmap as lists show it."""

    region_name: str
    region_slug: str
    province: str
    roadmap_slug: str
    title: str
    adopted_on: date
    is_example: bool


@dataclass(frozen=True)
class Published:
    """An adopted edition with the instrument it was adopted by, and its fellows, newest first."""

    region: Region
    roadmap_slug: str
    edition: Edition
    adoption: Adoption
    editions: Sequence[tuple[int, Adoption]]

    @property
    def newest(self) -> int:
        """The number of the newest adopted edition."""
        return self.editions[0][0]

    @property
    def is_newest(self) -> bool:
        """Tell whether this is the newest adopted edition."""
        return self.edition.number == self.newest


def published(region_id: int | None = None) -> list[Listed]:
    """List the published roadmaps, by province, region and title; of one region, or of all."""
    query = _newest_adopted()
    if region_id is not None:
        query = query.where(Region.id == region_id)
    found = [
        Listed(
            region.full_name,
            region.slug,
            region.province,
            slug or "",
            title or "",
            adopted_on,
            region.is_example,
        )
        for region, slug, title, adopted_on in db.session.execute(query)
    ]
    return sorted(found, key=lambda one: (one.province, one.region_name, one.title, one.roadmap_slug))


def find_region(slug: str) -> Region:
    """Find a region by its slug. Raises NotThere."""
    region = db.session.scalar(select(Region).where(Region.slug == slug))
    if region is None:
        raise NotThere
    return region


def find_published(region_slug: str, roadmap_slug: str, number: int | None = None) -> Published:
    """Find the newest adopted edition of a roadmap, or the adopted one with a number. Raises NotThere."""
    region = find_region(region_slug)
    query = (
        select(Edition, Adoption)
        .join(Adoption, Adoption.edition_id == Edition.id)
        .join(Roadmap, Roadmap.id == Edition.roadmap_id)
        .where(Roadmap.region_id == region.id, Roadmap.slug == roadmap_slug)
        .options(defer(Edition.document))
        .order_by(Edition.number.desc())
    )
    adopted = [(edition, adoption) for edition, adoption in db.session.execute(query)]
    chosen = next((pair for pair in adopted if number in (None, pair[0].number)), None)
    if chosen is None:
        raise NotThere
    return Published(
        region, roadmap_slug, *chosen, [(edition.number, adoption) for edition, adoption in adopted]
    )


def find_example() -> Listed | None:
    """Find a published roadmap of an example city."""
    query = _newest_adopted().where(Region.is_example.is_(True)).limit(1)
    row = db.session.execute(query).first()
    if row is None:
        return None
    region, slug, title, adopted_on = row
    return Listed(
        region.full_name, region.slug, region.province, slug or "", title or "", adopted_on, is_example=True
    )


def is_published(roadmap: Roadmap) -> bool:
    """Tell whether a roadmap has an adopted edition."""
    query = (
        select(Adoption.id)
        .join(Edition, Edition.id == Adoption.edition_id)
        .where(Edition.roadmap_id == roadmap.id)
        .limit(1)
    )
    return roadmap.slug is not None and db.session.scalar(query) is not None


def _newest_adopted() -> Select[Region, str | None, str, date]:
    newest = (
        select(Edition.roadmap_id, func.max(Edition.number).label("number"))
        .join(Adoption, Adoption.edition_id == Edition.id)
        .group_by(Edition.roadmap_id)
        .subquery()
    )
    return (
        select(Region, Roadmap.slug, Edition.document["roadmap", "title"].as_string(), Adoption.adopted_on)
        .join_from(
            Edition, newest, (newest.c.roadmap_id == Edition.roadmap_id) & (newest.c.number == Edition.number)
        )
        .join(Adoption, Adoption.edition_id == Edition.id)
        .join(Roadmap, Roadmap.id == Edition.roadmap_id)
        .join(Region, Region.id == Roadmap.region_id)
        .where(Roadmap.slug.is_not(None))
    )
