"""What the desk reads: one look at a roadmap for a person, and the roadmaps a person takes part in."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from roadmap.desk.models import SavedView
from roadmap.desk.overview import Overview
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people.models import Membership, Person, Region
from roadmap.people.queries import memberships_of
from roadmap.people.roles import Act, Role, holds
from roadmap.plan.queries import choices_for, outline_of
from roadmap.text.normal import normalise_line


def overview_of(person: Person, roadmap: Roadmap, *, language: str) -> Overview:
    """Read a plan once, with what this person may do to it; as many queries whatever its size."""
    plan = outline_of(roadmap.id)
    held = [one for one in memberships_of(person) if _counts_for(one, roadmap)]
    return Overview(
        plan=plan,
        choices=choices_for(roadmap, plan, language=language),
        stage=roadmap.stage,
        roles=frozenset(Role(one.role) for one in held),
        offices=frozenset(
            one.organisation_uid for one in held if one.role == Role.OPERATOR and one.organisation_uid
        ),
    )


def saved_views_of(person_id: int, roadmap_id: int) -> Sequence[SavedView]:
    """Give the ways of looking at a roadmap that a person keeps, by name."""
    query = select(SavedView).where(SavedView.person_id == person_id, SavedView.roadmap_id == roadmap_id)
    return db.session.scalars(query.order_by(SavedView.name)).all()


def find_saved_view(person_id: int, roadmap_id: int, uid: str) -> SavedView | None:
    """Find a person's own way of looking at a roadmap; another's is not found."""
    return db.session.scalar(
        select(SavedView).where(
            SavedView.uid == normalise_line(uid),
            SavedView.person_id == person_id,
            SavedView.roadmap_id == roadmap_id,
        )
    )


def roadmaps_of(memberships: Sequence[Membership]) -> list[Roadmap]:
    """Give the roadmaps whose drafts these memberships show, by region and age."""
    seeing = [held for held in memberships if holds({Role(held.role)}, Act.SEE)]
    everywhere = {held.region_id for held in seeing if held.roadmap_id is None}
    single = {held.roadmap_id for held in seeing if held.roadmap_id is not None}
    query = (
        select(Roadmap)
        .join(Region, Roadmap.region_id == Region.id)
        .where(or_(Roadmap.region_id.in_(everywhere), Roadmap.id.in_(single)))
        .order_by(Region.name, Region.kind, Roadmap.id)
    )
    return list(db.session.scalars(query))


def _counts_for(held: Membership, roadmap: Roadmap) -> bool:
    return held.region_id == roadmap.region_id and held.roadmap_id in (None, roadmap.id)
