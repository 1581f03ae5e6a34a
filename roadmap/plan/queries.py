"""Reading a plan: its outline, what its fields may name. The number of queries never grows with it."""

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from roadmap.extensions import db
from roadmap.history.models import Edition, Revision, Roadmap, Versioned
from roadmap.people.models import Organisation
from roadmap.people.queries import organisations_by_uid
from roadmap.plan.fields import Choices
from roadmap.plan.fields.later import Later
from roadmap.plan.kinds import KINDS
from roadmap.plan.models import Cover, Term
from roadmap.plan.outline import Outline
from roadmap.plan.past import read_past
from roadmap.plan.present import read_plan
from roadmap.work import once_a_reading


def outline_of(roadmap_id: int) -> Outline:
    """Read a plan as it stands. What is kept of it by its digest spares the reading, never the truth."""
    return read_plan(roadmap_id)


def outline_as_of(roadmap_id: int, seq: int) -> Outline:
    """Read a plan as it stood at a sequence number."""
    return read_past(roadmap_id, seq)


def find_item(kind: str, item_id: int) -> Versioned | None:
    """Find an item of a kind, a removed one too."""
    return db.session.get(KINDS[kind].model, item_id)


def find_by_uid(kind: str, roadmap_id: int, uid: str) -> Versioned | None:
    """Find an item of a roadmap by uid, a removed one too."""
    model = KINDS[kind].model
    return db.session.scalar(select(model).where(model.uid == uid, model.roadmap_id == roadmap_id))


def standing_uids(roadmap_id: int, kind: str, uids: Iterable[str]) -> set[str]:
    """Give, of some uids, those of standing items of a kind; no query where there are none."""
    wanted = sorted(uids)
    if not wanted:
        return set()
    model = KINDS[kind].model
    query = select(model.uid).where(
        model.roadmap_id == roadmap_id, model.uid.in_(wanted), model.removed_at.is_(None)
    )
    return set(db.session.scalars(query))


def removed_items(roadmap_id: int) -> list[Versioned]:
    """Give what was removed and can be restored, newest first."""
    found: list[Versioned] = []
    for kind in KINDS.values():
        query = select(kind.model).where(
            kind.model.roadmap_id == roadmap_id, kind.model.removed_at.is_not(None)
        )
        found += db.session.scalars(query)
    return sorted(found, key=lambda item: str(item.removed_at), reverse=True)


def titles_of(roadmap_ids: Sequence[int]) -> dict[int, str]:
    """Give the titles of several roadmaps, one query."""
    query = select(Cover.roadmap_id, Cover.title).where(Cover.roadmap_id.in_(roadmap_ids))
    return {row.roadmap_id: row.title for row in db.session.execute(query)}


def roadmaps_in(region_id: int) -> list[tuple[int, str]]:
    """Give the roadmaps of a region with their titles, newest first."""
    ids = db.session.scalars(
        select(Roadmap.id).where(Roadmap.region_id == region_id).order_by(Roadmap.id.desc())
    ).all()
    titles = titles_of(ids)
    return [(roadmap_id, titles.get(roadmap_id, "")) for roadmap_id in ids]


def terms_seen_by(region_id: int, vocabulary: str | None = None) -> Sequence[Term]:
    """Give the words of the vocabularies that a region uses: the national ones and its own."""
    seen = once_a_reading(("terms", region_id), lambda: _terms_seen_by(region_id))
    return [term for term in seen if vocabulary in (None, term.vocabulary)]


_TERMS = (
    select(Term)
    .where(or_(Term.region_id.is_(None), Term.region_id == bindparam("region_id")))
    .order_by(Term.vocabulary, Term.place, Term.label)
)


def _terms_seen_by(region_id: int) -> Sequence[Term]:
    return db.session.scalars(_TERMS, {"region_id": region_id}).all()


def choices_for(roadmap: Roadmap, plan: Outline | None = None, *, language: str = "id") -> Choices:
    """Give what the fields of a roadmap may name, with the words it is shown by."""
    plan = plan or outline_of(roadmap.id)
    region_id = roadmap.region_id
    cover = plan.cover
    start, end = (cover.year_from, cover.year_to) if cover else (None, None)
    years = range(start, end + 1) if isinstance(start, int) and isinstance(end, int) else range(0)
    return Choices(
        organisations=Later(lambda: {uid: one.name for uid, one in organisations_by_uid(region_id).items()}),
        organisation_names=Later(lambda: _names_typed(organisations_by_uid(region_id).values())),
        terms=Later(lambda: _vocabularies(terms_seen_by(region_id), language)),
        items=plan.labels,
        years=list(years)[:20],
        retired=Later(lambda: {one.uid: one.label for one in terms_seen_by(region_id) if one.is_retired}),
    )


def _names_typed(organisations: Iterable[Organisation]) -> dict[str, str]:
    """Give the uid behind each name and abbreviation a person may type."""
    names: dict[str, str] = {}
    for one in organisations:
        names.setdefault(one.name.casefold(), one.uid)
        if one.abbreviation:
            names.setdefault(one.abbreviation.casefold(), one.uid)
    return names


def _vocabularies(terms: Iterable[Term], language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"rights": {}, "groups": {}}
    for term in terms:
        found.setdefault(term.vocabulary, {})[term.uid] = term.label_en if language == "en" else term.label
    return found


def editions_of(roadmap_id: int) -> Sequence[Edition]:
    """Give a roadmap's editions, newest first."""
    query = select(Edition).where(Edition.roadmap_id == roadmap_id).order_by(Edition.number.desc())
    return db.session.scalars(query).all()


def stands_in_edition(item: Versioned) -> bool:
    """Tell whether an item stood in any edition."""
    return bool(standing_in_editions(item.roadmap_id, item.kind, [item.id]))


def standing_in_editions(roadmap_id: int, kind: str, item_ids: Sequence[int]) -> set[int]:
    """Give those of the items that stood in any edition, by id; one query."""
    later = aliased(Revision)
    was_last = ~exists().where(
        later.kind == Revision.kind,
        later.item_id == Revision.item_id,
        later.item_version > Revision.item_version,
        later.seq <= Edition.seq,
    )
    query = (
        select(Revision.item_id)
        .join(Edition, and_(Edition.roadmap_id == Revision.roadmap_id, Revision.seq <= Edition.seq))
        .where(
            Revision.roadmap_id == roadmap_id,
            Revision.kind == kind,
            Revision.item_id.in_(item_ids),
            Revision.gone.is_(False),
            was_last,
        )
    )
    return set(db.session.scalars(query))


def items_by_uid(kind: str, roadmap_id: int, uids: Iterable[str]) -> dict[str, Versioned]:
    """Find items of a kind by uid, removed ones too, one query."""
    model = KINDS[kind].model
    query = select(model).where(model.roadmap_id == roadmap_id, model.uid.in_(sorted(uids)))
    return {item.uid: item for item in db.session.scalars(query)}


def nameable_uids(roadmap: Roadmap) -> set[str]:
    """Give every uid that a field of this roadmap may name or have named: removed items too."""
    found = set(organisations_by_uid(roadmap.region_id))
    found |= {term.uid for term in terms_seen_by(roadmap.region_id)}
    for kind in KINDS.values():
        found |= set(db.session.scalars(select(kind.model.uid).where(kind.model.roadmap_id == roadmap.id)))
    return found
