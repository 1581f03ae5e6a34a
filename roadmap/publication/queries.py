"""Finding what is published: adopted editions and nothing else; drafts are not in reach of these queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import defer

from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import Edition, Roadmap
from roadmap.people.models import Region, full_region_name
from roadmap.review.models import Adoption
from roadmap.text.cache import BoundedCache

# An edition's title stands inside a long document: each is read out of it once, and once more when a text was closed.
_titles = BoundedCache(most=5_000, most_bytes=2_000_000)


@dataclass(frozen=True)
class Place:
    """A published roadmap by where it lies, without its words."""

    region_name: str
    region_slug: str
    province: str
    is_example: bool
    roadmap_slug: str
    edition_uid: str
    adopted_on: date
    written_at: datetime

    @property
    def mark(self) -> str:
        """What its title is kept by, and its list."""
        return f"{self.edition_uid} {self.written_at.timestamp()}"


@dataclass(frozen=True)
class Listed:
    """A published roadmap as lists show it."""

    place: Place
    title: str


@dataclass(frozen=True)
class Published:
    """An adopted edition with the instrument it was adopted by, and its fellows, newest first."""

    region: Region
    roadmap_slug: str
    edition: Edition
    adoption: Adoption
    editions: Sequence[tuple[Edition, Adoption]]

    @property
    def newest(self) -> Edition:
        """The newest adopted edition."""
        return self.editions[0][0]

    @property
    def is_newest(self) -> bool:
        """Tell whether this is the newest adopted edition."""
        return self.edition.number == self.newest.number

    @property
    def before(self) -> Edition | None:
        """The adopted edition before this one."""
        older = (edition for edition, _adoption in self.editions if edition.number < self.edition.number)
        return next(older, None)

    def numbered(self, number: int) -> Edition:
        """Give the adopted edition with a number. Raises NotThere."""
        for edition, _adoption in self.editions:
            if edition.number == number:
                return edition
        raise NotThere


def published_places(region_id: int | None = None) -> list[Place]:
    """List the published roadmaps by province, region and address; of one region, or of all. Reads no document."""
    query = _newest_adopted()
    if region_id is not None:
        query = query.where(Region.id == region_id)
    found = [_place(row) for row in db.session.execute(query)]
    return sorted(found, key=lambda one: (one.province, one.region_name, one.roadmap_slug))


def with_titles(places: Iterable[Place]) -> list[Listed]:
    """Give published roadmaps with their titles; one query for all that are not at hand."""
    wanted = list(places)
    marks = {one.edition_uid: one.mark.encode() for one in wanted}
    known = {uid: _titles.find(mark) for uid, mark in marks.items()}
    missing = [uid for uid, title in known.items() if title is None]
    if missing:
        words = Edition.document["roadmap", "title"].as_string()
        for uid, title in db.session.execute(select(Edition.uid, words).where(Edition.uid.in_(missing))):
            known[uid] = title or ""
            _titles.keep(marks[uid], title or "")
    return [Listed(one, known[one.edition_uid] or "") for one in wanted]


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
    return Published(region, roadmap_slug, *chosen, adopted)


def find_example() -> Place | None:
    """Find a published roadmap of an example city."""
    query = _newest_adopted().where(Region.is_example.is_(True)).limit(1)
    row = db.session.execute(query).first()
    return _place(row) if row is not None else None


def is_published(roadmap: Roadmap) -> bool:
    """Tell whether a roadmap has an adopted edition."""
    query = (
        select(Adoption.id)
        .join(Edition, Edition.id == Adoption.edition_id)
        .where(Edition.roadmap_id == roadmap.id)
        .limit(1)
    )
    return roadmap.slug is not None and db.session.scalar(query) is not None


def _place(found: Row[*tuple[Any, ...]]) -> Place:
    return Place(
        full_region_name(found.kind, found.name),
        found.region_slug,
        found.province,
        found.is_example,
        found.roadmap_slug or "",
        found.edition_uid,
        found.adopted_on,
        max(found.at, found.document_at or found.at),
    )


def _newest_adopted() -> Select[*tuple[Any, ...]]:
    newest = (
        select(Edition.roadmap_id, func.max(Edition.number).label("number"))
        .join(Adoption, Adoption.edition_id == Edition.id)
        .group_by(Edition.roadmap_id)
        .subquery()
    )
    return (
        select(
            Region.kind,
            Region.name,
            Region.slug.label("region_slug"),
            Region.province,
            Region.is_example,
            Roadmap.slug.label("roadmap_slug"),
            Edition.uid.label("edition_uid"),
            Adoption.adopted_on,
            Adoption.at,
            Edition.document_at,
        )
        .join_from(
            Edition, newest, (newest.c.roadmap_id == Edition.roadmap_id) & (newest.c.number == Edition.number)
        )
        .join(Adoption, Adoption.edition_id == Edition.id)
        .join(Roadmap, Roadmap.id == Edition.roadmap_id)
        .join(Region, Region.id == Roadmap.region_id)
        .where(Roadmap.slug.is_not(None))
    )
