"""Roadmaps and their parts, made through the verbs people use.

    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Pelatihan petugas", lead=cast.dinsos)
    indicator = an_indicator(cast, action, by=cast.oki)

Offices and items may be given where a field takes a uid, dates where it takes a day.
"""

from datetime import date
from typing import Any

from roadmap.history.models import Roadmap, Versioned
from roadmap.people.models import Organisation, Person
from roadmap.plan import operations
from roadmap.plan.models import Action
from roadmap.plan.queries import find_item
from tests.cast import Cast, at_home


@at_home
def a_roadmap(
    cast: Cast, by: Person | None = None, title: str = "Peta Jalan Kota Contoh", **fields: Any
) -> Roadmap:
    """A roadmap of Kota Contoh for 2026–2030; of Kabupaten Lain when `by` is Eka."""
    values = {"title": title, "year_from": 2026, "year_to": 2030, **_plain(fields)}
    by = by or cast.rina
    region = cast.elsewhere if by.uid == cast.eka.uid else cast.city
    return operations.create_roadmap(by, region.id, values)


@at_home
def a_section(cast: Cast, roadmap: Roadmap, by: Person | None = None, **fields: Any) -> Versioned:
    return _item(cast, roadmap, "section", by, {"title": "Pendahuluan"} | fields)


@at_home
def a_modality(cast: Cast, roadmap: Roadmap, by: Person | None = None, **fields: Any) -> Versioned:
    return _item(cast, roadmap, "modality", by, {"title": "Perda Penyandang Disabilitas"} | fields)


@at_home
def a_problem(cast: Cast, roadmap: Roadmap, by: Person | None = None, **fields: Any) -> Versioned:
    return _item(cast, roadmap, "problem", by, {"title": "Belum ada kanal pengaduan yang aksesibel"} | fields)


@at_home
def an_action(cast: Cast, roadmap: Roadmap, by: Person | None = None, **fields: Any) -> Action:
    item = _item(cast, roadmap, "action", by, {"title": "Menyediakan kanal pengaduan"} | fields)
    assert isinstance(item, Action)
    return item


@at_home
def an_indicator(cast: Cast, action: Action, by: Person | None = None, **fields: Any) -> Versioned:
    values = _plain({"title": "Jumlah pengaduan yang dijawab"} | fields)
    return operations.add_item(by or cast.rina, action.roadmap_id, "indicator", values, parent_uid=action.uid)


def the_item(kind: str, item_id: int) -> Any:
    """An item as it stands now; it is there."""
    found = find_item(kind, item_id)
    assert found is not None
    return found


def _item(cast: Cast, roadmap: Roadmap, kind: str, by: Person | None, fields: dict[str, Any]) -> Versioned:
    return operations.add_item(by or cast.rina, roadmap.id, kind, _plain(fields))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(_plain(entry) for entry in value)
    if isinstance(value, Organisation | Versioned):
        return value.uid
    return value.isoformat() if isinstance(value, date) else value
