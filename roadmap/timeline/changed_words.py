"""Of a form of an item, what its writer changed: all its other boxes only repeat the item."""

from collections.abc import Mapping, Sequence

from roadmap.history.models import KeptWords, Snapshot, Versioned
from roadmap.history.queries import revisions_at, upcast
from roadmap.history.unsaved import AS_VALUES
from roadmap.plan.kinds import KINDS
from roadmap.text.normal import normalise


def changed_only(kept: Sequence[KeptWords], items: Mapping[str | None, Versioned]) -> list[KeptWords]:
    """Give kept words as they are to be shown: of forms of an item only what differs from what they began as.

    One query for each kind, whatever the number.
    """
    bases = _bases([one for one in kept if one.cause not in AS_VALUES], items)
    return [_changed(one, bases.get((one.item_uid or "", one.base_version or 0))) for one in kept]


def _bases(
    typed: Sequence[KeptWords], items: Mapping[str | None, Versioned]
) -> dict[tuple[str, int], Snapshot]:
    wanted: dict[str, list[tuple[int, int]]] = {}
    for one in typed:
        item = items.get(one.item_uid)
        if item is not None and one.base_version is not None:
            wanted.setdefault(item.kind, []).append((item.id, one.base_version))
    return {
        (revision.item_uid, revision.item_version): upcast(kind, revision.snapshot)
        for kind, pairs in wanted.items()
        for revision in revisions_at(kind, pairs)
    }


def _changed(kept: KeptWords, base: Snapshot | None) -> KeptWords:
    kind = KINDS.get(kept.item_kind or "")
    if base is None or kind is None:
        return kept
    raw: dict[str, list[str]] = {}
    for field in kind.fields:
        raw |= field.type.raw(field.name, base.get(field.name))
    values = {name: value for name, value in kept.values.items() if _said(value) != _said(raw.get(name))}
    return KeptWords(
        uid=kept.uid,
        roadmap_id=kept.roadmap_id,
        item_kind=kept.item_kind,
        item_uid=kept.item_uid,
        values=values,
        cause=kept.cause,
        address=kept.address,
    )


def _said(value: object) -> list[str]:
    several = value if isinstance(value, list) else [value]
    return sorted(normalise(str(one)) for one in several if one not in (None, ""))
