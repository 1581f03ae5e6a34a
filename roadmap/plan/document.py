"""The document of an edition: the plan as plain values, with every label as read on the day, in published order.

    {"format": 1, "region": {…}, "roadmap": {…}, "order": [[kind, uid], …],
     "items": {uid: {"kind", "fields": {name: plain value}, "parent"?}},
     "organisations": {uid: {name, abbreviation, kind}}, "terms": {uid: {"id", "en", "vocabulary"}},
     "labels": {kind: {field: label}}, "options": {kind: {field: {value: label}}}}

Rooms above add parts of their own (`add_to_document`): public threads stand under "threads".
Whoever reads it needs neither the tables nor the vocabularies of today.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.canonical import plain
from roadmap.history.models import Edition, Roadmap
from roadmap.people.models import Region
from roadmap.people.queries import organisations_by_uid
from roadmap.plan.fields import Choice, Choices, Money
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import ItemView, Outline, outline
from roadmap.plan.queries import choices_for, terms_seen_by

FORMAT = 1
Document = dict[str, Any]


Part = Callable[[Roadmap, int], object]
_parts: dict[str, Part] = {}


def add_to_document(name: str, part: Part) -> None:
    """Have a room add to each document, under a name, what it has to say of a roadmap as of a sequence number."""
    _parts[name] = part


def build_document(roadmap: Roadmap, plan: Outline, seq: int) -> Document:
    """Write a plan as of a sequence number down as the document of an edition, with the labels of this moment."""
    items = plan.in_published_order()
    named = _named_by(items)
    organisations = organisations_by_uid(roadmap.region_id)
    terms = {term.uid: term for term in terms_seen_by(roadmap.region_id)}
    cover = plan.cover
    document = {
        "format": FORMAT,
        "region": _region(db.session.get_one(Region, roadmap.region_id)),
        "roadmap": {
            "uid": roadmap.uid,
            "language": roadmap.language,
            "title": plan.title,
            "year_from": cover.values["year_from"] if cover else None,
            "year_to": cover.values["year_to"] if cover else None,
        },
        "order": [[item.kind, item.uid] for item in items],
        "items": {item.uid: _entry(item) for item in items},
        "organisations": {
            uid: {"name": one.name, "abbreviation": one.abbreviation, "kind": str(one.kind)}
            for uid, one in organisations.items()
            if uid in named
        },
        "terms": {
            uid: {"id": term.label, "en": term.label_en, "vocabulary": term.vocabulary}
            for uid, term in terms.items()
            if uid in named
        },
        "labels": {name: {field.name: field.label for field in kind.fields} for name, kind in KINDS.items()},
        "options": {
            name: {field.name: options for field in kind.fields if (options := _options(field.type))}
            for name, kind in KINDS.items()
        },
    } | {name: part(roadmap, seq) for name, part in _parts.items()}
    written = plain(document)
    assert isinstance(written, dict)  # noqa: S101 - a mapping in, a mapping out
    return written


def outline_from(document: Mapping[str, Any]) -> Outline:
    """Read a document as a plan, in its published order."""
    items: Mapping[str, Any] = document["items"]
    width = len(str(len(items)))
    views = []
    for place, (kind, uid) in enumerate(document["order"]):
        entry = items[uid]
        values = {name: entry["fields"].get(name) for name in KINDS[kind].by_name}
        values["position"] = f"{place:0{width}d}"
        if KINDS[kind].parent:
            values[str(KINDS[kind].parent)] = entry["parent"]
        views.append(ItemView(kind, 0, uid, 0, values))
    return outline(views)


def choices_from(document: Mapping[str, Any], language: str = "id") -> Choices:
    """Give the words that a document's values are shown by, as they were read on its day."""
    items: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for kind, uid in document["order"]:
        items[kind][uid] = str(document["items"][uid]["fields"].get("title") or "")
    return Choices(
        organisations=_names_from(document["organisations"]),
        terms=_terms_from(document["terms"], language),
        items=items,
    )


def choices_as_of(roadmap: Roadmap, plan: Outline, seq: int, *, language: str = "id") -> Choices:
    """Give the words for what a plan named as of a sequence number.

    Where an edition was made of it, offices and terms are called as they were read on its day. Otherwise as they
    are today: the record names them by uid and keeps no older names.
    """
    today = choices_for(roadmap, plan, language=language)
    query = (
        select(Edition.document["organisations"], Edition.document["terms"])
        .where(Edition.roadmap_id == roadmap.id, Edition.seq == seq)
        .order_by(Edition.number)
    )
    read_then = db.session.execute(query.limit(1)).one_or_none()
    if read_then is None:
        return today
    offices, terms = read_then
    then = _terms_from(terms, language)
    return replace(
        today,
        organisations={**today.organisations, **_names_from(offices)},
        terms={name: {**today.terms.get(name, {}), **then.get(name, {})} for name in {*today.terms, *then}},
    )


def _names_from(organisations: Mapping[str, Any]) -> dict[str, str]:
    return {uid: one["name"] for uid, one in organisations.items()}


def _terms_from(terms: Mapping[str, Any], language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for uid, term in terms.items():
        found.setdefault(term["vocabulary"], {})[uid] = term["en" if language == "en" else "id"]
    return found


def _region(region: Region) -> dict[str, object]:
    return {
        "uid": region.uid,
        "name": region.name,
        "full_name": region.full_name,
        "kind": str(region.kind),
        "province": region.province,
        "slug": region.slug,
        "planning_agency": region.planning_agency,
        "leader_title": region.leader_title,
        "regulation_title": region.regulation_title,
        "is_example": region.is_example,
    }


def _entry(item: ItemView) -> dict[str, object]:
    kind = KINDS[item.kind]
    entry: dict[str, object] = {
        "kind": item.kind,
        "fields": {field.name: item.values.get(field.name) for field in kind.fields},
    }
    if kind.parent:
        entry["parent"] = item.values[kind.parent]
    return entry


def _named_by(items: Iterable[ItemView]) -> set[str]:
    named: set[str] = set()
    for item in items:
        for field in KINDS[item.kind].fields:
            named |= field.type.references(item.values.get(field.name))
    return named


def _options(field_type: object) -> Mapping[str, str]:
    if isinstance(field_type, Choice):
        return field_type.options
    return field_type.sources if isinstance(field_type, Money) else {}
