"""The form in which a role is chosen, for invitations and for members."""

from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from roadmap.people import hooks
from roadmap.people.models import Region
from roadmap.people.queries import (
    organisations_seen_by,
)
from roadmap.people.reading import read_all, read_choice, read_day
from roadmap.people.roles import Role
from roadmap.people.views.blueprint import region_page
from roadmap.people.words import ROLE_NAMES, ROLE_SENTENCES


@dataclass
class RoleForm:
    """The parts of a role as they were typed, and as they were read."""

    emails: str = ""
    role: str = ""
    organisation: str = ""
    roadmap: str = ""
    ends_on: str = ""
    way: str = "mail"
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def typed(cls, form: MultiDict[str, str]) -> "RoleForm":
        """Take what was typed as it is."""
        return cls(
            emails=form.get("emails", ""),
            role=form.get("role", ""),
            organisation=form.get("organisation", ""),
            roadmap=form.get("roadmap", ""),
            ends_on=form.get("ends_on", ""),
            way=form.get("way", "mail"),
        )

    def read(self, region: Region) -> tuple[Role, int | None, date | None]:
        """Read role, roadmap and last day. Raises NotValid with all that cannot stand."""
        known = {str(number): number for number, _title in hooks.roadmaps_of(region.id)}
        read = read_all(
            {
                "role": lambda: read_choice("role", self.role, [str(role) for role in Role]),
                "roadmap": lambda: self.roadmap and read_choice("roadmap", self.roadmap, known),
                "ends_on": lambda: str(read_day("ends_on", self.ends_on) or ""),
            }
        )
        ends_on = date.fromisoformat(read["ends_on"]) if read["ends_on"] else None
        return Role(read["role"]), known.get(read["roadmap"]), ends_on


def role_page(
    template: str, region: Region, typed: RoleForm, status: int = 200, **context: object
) -> Response:
    """Make a page that asks for a role, with everything that was typed."""
    return region_page(
        template,
        region,
        "people",
        status,
        typed=typed,
        roles=[(str(role), _(ROLE_NAMES[role]), _(ROLE_SENTENCES[role])) for role in Role],
        offices=[(one.uid, one.name) for one in organisations_seen_by(region.id)],
        roadmaps=hooks.roadmaps_of(region.id),
        **context,
    )
