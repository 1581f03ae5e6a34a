"""Plans with anything in them that may stand in one: every field of every kind, hostile words, long texts."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from roadmap.history.models import Plain
from roadmap.people.models import new_uid
from roadmap.plan.bulk import Entry
from roadmap.plan.fields import FieldType, Item, Items, Organisation, Organisations, Terms
from roadmap.plan.kinds import KINDS, STATUSES_WITH_REASON, Kind
from tests.intake.test_read_back_what_went_out import LINES, values_of

OF_EACH = 2
GENERATED = ("section", "modality", "problem", "action", "indicator")
Named = Mapping[str, Sequence[str]]


def plans(offices: Sequence[str], terms: Named) -> st.SearchStrategy[list[Entry]]:
    """Give the entries of plans that name these offices and words, and one another."""

    @st.composite
    def build(draw: st.DrawFn) -> list[Entry]:
        uids = {kind: [new_uid() for _ in range(OF_EACH)] for kind in GENERATED}
        return [
            Entry(
                kind,
                draw(_values(KINDS[kind], offices, terms, uids, uid)),
                draw(st.sampled_from(uids["action"])) if kind == "indicator" else None,
                uid,
            )
            for kind in GENERATED
            for uid in uids[kind]
        ]

    return build()


def _values(
    kind: Kind, offices: Sequence[str], terms: Named, uids: Named, own: str
) -> st.SearchStrategy[dict[str, Any]]:
    fields = {field.name: _of(field.type, offices, terms, uids, own) for field in kind.fields}
    fields["title"] = LINES.filter(bool)
    return st.fixed_dictionaries(fields).map(_fit)


def _of(
    kind: FieldType, offices: Sequence[str], terms: Named, uids: Named, own: str
) -> st.SearchStrategy[Any]:
    match kind:
        case Organisation():
            return st.none() | st.sampled_from(list(offices))
        case Organisations():
            return _some(offices)
        case Terms():
            return _some(terms[kind.vocabulary])
        case Items():
            return _some(uids[kind.kind])
        case Item():
            return st.none() | st.sampled_from([uid for uid in uids[kind.kind] if uid != own])
    return values_of(kind)


def _some(words: Sequence[str]) -> st.SearchStrategy[Any]:
    return st.sets(st.sampled_from(sorted(words)), max_size=3).map(sorted)


def _fit(values: dict[str, Any]) -> dict[str, Plain]:
    """Let an end come after its beginning, and a status have its reason."""
    if values.get("starts_on") and values.get("ends_on") and values["starts_on"] > values["ends_on"]:
        values["ends_on"] = None
    if values.get("status") in STATUSES_WITH_REASON and not values.get("status_reason"):
        values["status_reason"] = "Hujan"
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
