"""Puts the room in place: its doors, its pages, and what the header asks of it."""

from flask import Flask
from flask_babel import gettext as _
from flask_login import current_user

from roadmap.config import Config
from roadmap.people import doors, passwords
from roadmap.people.models import Region
from roadmap.people.queries import memberships_of
from roadmap.people.refusals import explain
from roadmap.people.rights import rights_table
from roadmap.people.roles import Role
from roadmap.people.session import acting_person
from roadmap.people.views import PAGES, bp
from roadmap.people.words import KIND_NAMES, ROLE_NAMES
from roadmap.people.writers import act_key
from roadmap.web import errors, filters
from roadmap.web.slots import fill_slot


def register(app: Flask) -> None:
    """Put doors and pages in place."""
    config: Config = app.extensions["roadmap_config"]
    if config.testing:
        passwords.hash_cheaply()
    doors.register(app)
    fill_slot("rights", rights_table)
    errors.name_roles(ROLE_NAMES)
    errors.explain_with(explain)
    filters.count_with("regions", regions_administered)
    app.jinja_env.globals["act_key"] = act_key
    app.jinja_env.filters["role_name"] = lambda role: _(ROLE_NAMES[str(role)])
    app.jinja_env.filters["organisation_kind"] = lambda kind: _(KIND_NAMES[str(kind)])
    if PAGES:
        app.register_blueprint(bp)


def regions_administered() -> list[Region]:
    """Give the regions whose people the reader looks after."""
    if not current_user.is_authenticated:
        return []
    held = memberships_of(acting_person())
    return list({one.region.id: one.region for one in held if one.role == Role.ADMIN}.values())
