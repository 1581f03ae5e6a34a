"""What is refused before anything is saved: fields without the right to them, and names of what is not there."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from roadmap.errors import NotValid
from roadmap.history.models import Plain, Roadmap, Versioned
from roadmap.history.shapes import written
from roadmap.people.queries import organisations_by_uid
from roadmap.plan.errors import FieldNotYours
from roadmap.plan.kinds import Kind
from roadmap.plan.queries import choices_for, find_by_uid, standing_uids, terms_seen_by
from roadmap.text.words import N_


def require_fields(named: AbstractSet[str], open_fields: frozenset[str]) -> None:
    """Let through who may change every field named. Raises FieldNotYours."""
    forbidden = sorted(named - open_fields)
    if forbidden:
        raise FieldNotYours(
            N_("Isian ini hanya dapat diubah tim penyusun: %(fields)s. Tulisan Anda tetap ada."),
            fields=", ".join(forbidden),
            who_can=["penyusun"],
        )


def check_values(
    roadmap: Roadmap,
    kind: Kind,
    values: Mapping[str, Plain],
    item: Versioned | None = None,
    *,
    known: AbstractSet[str] | None = None,
) -> None:
    """Refuse what names something that this roadmap does not know; what the item named already may stay.

    `known` spares many entries that come together from asking again. Raises NotValid.
    """
    unknown = sorted(set(values) - set(kind.by_name))
    if unknown:
        raise NotValid({name: N_("Isian ini tidak dikenal.") for name in unknown})
    naming = {name: kind.by_name[name].type.references(value) for name, value in values.items()}
    if not any(naming.values()):
        return
    if known is None:
        known = _known_among(roadmap, kind, naming)
    errors = {}
    for name, uids in naming.items():
        was = kind.by_name[name].type.references(getattr(item, name)) if item is not None else set()
        new = uids - known - was
        if item is not None and item.uid in uids:
            errors[name] = N_("Bagian ini tidak dapat merujuk dirinya sendiri.")
        elif new and not all(_is_removed(roadmap, kind.by_name[name].type, uid) for uid in new):
            errors[name] = N_("Salah satu pilihan tidak ada di daerah ini. Pilih lagi dari daftar.")
    if errors:
        raise NotValid(errors)


def _known_among(roadmap: Roadmap, kind: Kind, naming: Mapping[str, AbstractSet[str]]) -> set[str]:
    """Give, of the uids that some fields name, those that stand; the plan is not read for it."""
    known: set[str] = set()
    for name, uids in naming.items():
        target = getattr(kind.by_name[name].type, "kind", None)
        if isinstance(target, str):
            known |= standing_uids(roadmap.id, target, uids)
        elif uids:
            known |= set(organisations_by_uid(roadmap.region_id))
            known |= {term.uid for term in terms_seen_by(roadmap.region_id)}
    return known


def known_uids(roadmap: Roadmap) -> set[str]:
    """Give every uid a field of this roadmap may name."""
    choices = choices_for(roadmap)
    return set(choices.organisations).union(*choices.terms.values(), *choices.items.values())


def _is_removed(roadmap: Roadmap, field_type: object, uid: str) -> bool:
    kind_name = getattr(field_type, "kind", None)
    return isinstance(kind_name, str) and find_by_uid(kind_name, roadmap.id, uid) is not None


def fill(item: Versioned, kind: Kind, values: Mapping[str, Plain]) -> None:
    """Set the named fields of an item, each as its column takes it."""
    for name, value in values.items():
        setattr(item, name, kind.by_name[name].type.load(written(value, kind.by_name[name].type.merge)))
