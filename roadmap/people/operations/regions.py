"""Regions: made from the command line, named and switched by their administrators."""

import re
import unicodedata
from collections.abc import Mapping

from sqlalchemy import select

from roadmap.clock import ZONES
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.people.access import region_for
from roadmap.people.models import Person, Region, RegionKind
from roadmap.people.operations.accounts import note
from roadmap.people.reading import read_choice, read_line
from roadmap.people.roles import Act
from roadmap.text.words import N_
from roadmap.work import unit_of_work

SWITCHES = ("has_consultation", "has_review", "has_verification")
WORDS = {"planning_agency": 200, "leader_name": 200, "code": 20}
REQUIRED = frozenset({"planning_agency"})


def create_region(
    name: str,
    kind: RegionKind | str,
    province: str,
    *,
    zone: str = "WIB",
    code: str | None = None,
    is_example: bool = False,
) -> Region:
    """Make a region; its slug carries its kind. From the command line only. Raises NotValid."""
    name, province = read_line("name", name, 200), read_line("province", province, 200)
    kind = RegionKind(read_choice("kind", str(kind), list(RegionKind)))
    zone = read_choice("zone", zone, list(ZONES))
    slug = f"{kind}-{slug_of(name)}"[:120]
    with unit_of_work():
        if db.session.scalar(select(Region.id).where(Region.slug == slug)):
            raise NotValid({"name": N_("Daerah dengan nama ini sudah ada.")})
        region = Region(
            name=name, kind=kind, province=province, zone=zone, code=code, slug=slug, is_example=is_example
        )
        db.session.add(region)
        db.session.flush()
        note(None, "region-made", region=region, about=region.uid)
        return region


def change_settings(actor: Person, region_id: int, values: Mapping[str, str | bool]) -> Region:
    """Change the settings that `values` names; when nothing differs nothing is written.

    Raises as the gate does for MANAGE_SETTINGS, and NotValid. Writes an Audit row naming the fields.
    """
    read = _read_settings(values)
    with unit_of_work():
        region = region_for(actor, region_id, to=Act.MANAGE_SETTINGS)
        changed = [name for name, value in read.items() if getattr(region, name) != value]
        for name in changed:
            setattr(region, name, read[name])
        if changed:
            note(
                actor,
                "settings-changed",
                region=region,
                about=region.uid,
                payload={"fields": sorted(changed)},
            )
        return region


def slug_of(name: str) -> str:
    """Make the part of an address that stands for a name: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "daerah"


def _read_settings(values: Mapping[str, str | bool]) -> dict[str, object]:
    read: dict[str, object] = {}
    errors: dict[str, str] = {}
    for name, value in values.items():
        try:
            read[name] = _read_setting(name, value)
        except NotValid as problem:
            errors |= problem.errors
    if errors:
        raise NotValid(errors)
    return read


def _read_setting(name: str, value: object) -> object:
    if name in SWITCHES:
        return bool(value)
    if name == "zone":
        return read_choice("zone", str(value), list(ZONES))
    if name in WORDS:
        line = read_line(name, str(value), WORDS[name], required=name in REQUIRED)
        return line if line or name in REQUIRED else None
    raise NotValid({name: N_("Isian ini tidak dikenal.")})
