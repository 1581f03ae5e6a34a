"""The settings of a region."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.clock import ZONES
from roadmap.errors import NotValid
from roadmap.people.models import Region
from roadmap.people.once import once
from roadmap.people.operations import change_settings
from roadmap.people.operations.regions import SWITCHES, WORDS
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.views.blueprint import administered, bp, region_page, sentences
from roadmap.people.writers import pressed
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done


@bp.get("/regions/<int:region_id>/settings", endpoint="region_settings")
@asks(Act.MANAGE_SETTINGS)
def read_settings(region_id: int) -> Response:
    """Show what is set for the region."""
    region = administered(region_id, Act.MANAGE_SETTINGS)
    typed: dict[str, str | bool] = {name: getattr(region, name) or "" for name in (*WORDS, "zone")}
    return _settings_page(region, typed | {name: getattr(region, name) for name in SWITCHES})


@bp.post("/regions/<int:region_id>/settings")
@asks(Act.MANAGE_SETTINGS)
def save_settings(region_id: int) -> Response:
    """Save the settings that the form names."""
    region = administered(region_id, Act.MANAGE_SETTINGS)
    person = acting_person()
    typed: dict[str, str | bool] = {name: request.form.get(name, "") for name in (*WORDS, "zone")}
    typed |= {name: request.form.get(name) == "1" for name in SWITCHES}
    try:
        outcome = once(
            person,
            pressed(),
            lambda: change_settings(person, region_id, typed),
            lambda _region: url_for("people.region_settings", region_id=region_id),
        )
    except NotValid as problem:
        return _settings_page(region, typed, 422, sentences(problem))
    return done(outcome.address, Notice(_("Pengaturan tersimpan.")))


def _settings_page(
    region: Region, typed: dict[str, str | bool], status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    return region_page(
        "people/settings.html",
        region,
        "settings",
        status,
        typed=typed,
        errors=errors or {},
        zones=[(zone, zone) for zone in ZONES],
    )
