"""The register of organisations of a region: added, mended, and merged where one stands twice."""

from collections.abc import Sequence

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.people.errors import LikelyTwins
from roadmap.people.models import Organisation, OrganisationKind, Region
from roadmap.people.once import once
from roadmap.people.operations import (
    add_organisation,
    change_organisation,
    keep_organisation,
    likely_twins,
    merge_organisation,
)
from roadmap.people.queries import organisations_seen_by
from roadmap.people.roles import Act
from roadmap.people.rules import are_alike
from roadmap.people.session import acting_person
from roadmap.people.views.blueprint import administered, bp, region_page, sentences
from roadmap.people.words import KIND_NAMES
from roadmap.people.writers import pressed
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done

FIELDS = ("name", "abbreviation", "kind", "contact")


@bp.get("/regions/<int:region_id>/organisations", endpoint="region_organisations")
@asks(Act.MANAGE_ORGANISATIONS)
def read_organisations(region_id: int) -> Response:
    """Show the register: what tables proposed and nobody looked at yet, the region's own, and the national ones."""
    region = administered(region_id, Act.MANAGE_ORGANISATIONS)
    seen = organisations_seen_by(region.id)
    return region_page(
        "people/organisations.html",
        region,
        "organisations",
        proposed=[(one, _likely(one, seen)) for one in seen if one.is_proposed],
        own=[one for one in seen if one.region_id == region.id and not one.is_proposed],
        national=[one for one in seen if one.region_id is None],
    )


@bp.get("/regions/<int:region_id>/organisations/new", endpoint="add_organisation")
@asks(Act.MANAGE_ORGANISATIONS)
def ask_for_organisation(region_id: int) -> Response:
    """Ask for a new organisation."""
    region = administered(region_id, Act.MANAGE_ORGANISATIONS)
    return _form_page(region, dict.fromkeys(FIELDS, ""))


@bp.post("/regions/<int:region_id>/organisations/new")
@asks(Act.MANAGE_ORGANISATIONS)
def add_to_register(region_id: int) -> Response:
    """Add an organisation, after showing what looks like it."""
    region = administered(region_id, Act.MANAGE_ORGANISATIONS)
    person, typed = acting_person(), _typed()
    try:
        outcome = once(
            person,
            pressed(),
            lambda: add_organisation(
                person, region_id, **typed, despite_twins=request.form.get("despite_twins") == "1"
            ),
            lambda _organisation: url_for("people.region_organisations", region_id=region_id),
        )
    except LikelyTwins:
        twins = likely_twins(region_id, typed["name"], typed["abbreviation"])
        return _form_page(region, typed, status=409, twins=list(twins), outcome_title=_("Periksa dulu:"))
    except NotValid as problem:
        return _form_page(region, typed, status=422, errors=sentences(problem))
    return done(outcome.address, Notice(_("Ditambahkan ke daftar.")))


@bp.get("/regions/<int:region_id>/organisations/<int:organisation_id>/edit", endpoint="edit_organisation")
@asks(Act.MANAGE_ORGANISATIONS)
def ask_for_changes(region_id: int, organisation_id: int) -> Response:
    """Ask what to mend."""
    region = administered(region_id, Act.MANAGE_ORGANISATIONS)
    organisation = _own(region, organisation_id)
    return _form_page(
        region, {name: getattr(organisation, name) or "" for name in FIELDS}, organisation=organisation
    )


@bp.post("/regions/<int:region_id>/organisations/<int:organisation_id>/edit")
@asks(Act.MANAGE_ORGANISATIONS)
def mend_organisation(region_id: int, organisation_id: int) -> Response:
    """Mend an organisation of the region's own."""
    region = administered(region_id, Act.MANAGE_ORGANISATIONS)
    organisation = _own(region, organisation_id)
    person, typed, uid = acting_person(), _typed(), organisation.uid
    try:
        outcome = once(
            person,
            pressed(),
            lambda: change_organisation(person, region_id, uid, **typed),
            lambda _organisation: url_for("people.region_organisations", region_id=region_id),
        )
    except NotValid as problem:
        return _form_page(region, typed, status=422, errors=sentences(problem), organisation=organisation)
    return done(
        outcome.address, Notice(_("Perubahan tersimpan. Nama baru terlihat di semua peta jalan daerah ini."))
    )


@bp.post("/regions/<int:region_id>/organisations/<int:organisation_id>/keeping", endpoint="keep_organisation")
@asks(Act.MANAGE_ORGANISATIONS)
def keep_proposed(region_id: int, organisation_id: int) -> Response:
    """Have an organisation that a table proposed stand as it is."""
    region = administered(region_id, Act.MANAGE_ORGANISATIONS)
    person, uid = acting_person(), _own(region, organisation_id).uid
    outcome = once(
        person,
        pressed(),
        lambda: keep_organisation(person, region_id, uid),
        lambda _organisation: url_for("people.region_organisations", region_id=region_id),
    )
    return done(outcome.address, Notice(_("Dipertahankan dalam daftar.")))


@bp.get("/regions/<int:region_id>/organisations/<int:organisation_id>/merge", endpoint="merge_organisation")
@asks(Act.MANAGE_ORGANISATIONS)
def ask_what_to_merge_into(region_id: int, organisation_id: int) -> Response:
    """Ask which one stands."""
    region = administered(region_id, Act.MANAGE_ORGANISATIONS)
    return _merge_page(region, _own(region, organisation_id))


@bp.post("/regions/<int:region_id>/organisations/<int:organisation_id>/merge")
@asks(Act.MANAGE_ORGANISATIONS)
def merge_into_another(region_id: int, organisation_id: int) -> Response:
    """Have an organisation answer as another one."""
    region = administered(region_id, Act.MANAGE_ORGANISATIONS)
    organisation = _own(region, organisation_id)
    person, uid, into = acting_person(), organisation.uid, request.form.get("into", "")
    try:
        outcome = once(
            person,
            pressed(),
            lambda: merge_organisation(person, region_id, uid, into),
            lambda _standing: url_for("people.region_organisations", region_id=region_id),
        )
    except NotValid as problem:
        return _merge_page(region, organisation, 422, sentences(problem))
    return done(
        outcome.address,
        Notice(_("Digabung. Di mana pun yang lama dipakai, kini yang satu itu terbaca.")),
    )


def _likely(proposed: Organisation, seen: Sequence[Organisation]) -> list[str]:
    """Name those that look like one that a table proposed."""
    mine = (proposed.name, proposed.abbreviation or "")
    return [
        one.name
        for one in seen
        if one is not proposed and are_alike((one.name, one.abbreviation or ""), mine)
    ]


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in FIELDS}


def _own(region: Region, organisation_id: int) -> Organisation:
    found = db.session.get(Organisation, organisation_id)
    if found is None or found.region_id != region.id or found.merged_into is not None:
        raise NotThere
    return found


def _form_page(
    region: Region,
    typed: dict[str, str],
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    organisation: Organisation | None = None,
    **context: object,
) -> Response:
    context.setdefault("twins", [])
    return region_page(
        "people/organisation.html",
        region,
        "organisations",
        status,
        typed=typed,
        errors=errors or {},
        organisation=organisation,
        kinds=[(str(kind), _(KIND_NAMES[kind])) for kind in OrganisationKind],
        **context,
    )


def _merge_page(
    region: Region, organisation: Organisation, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    others = [one for one in organisations_seen_by(region.id) if one.uid != organisation.uid]
    return region_page(
        "people/merge_organisation.html",
        region,
        "organisations",
        status,
        organisation=organisation,
        others=[(one.uid, one.name) for one in others],
        chosen=request.form.get("into", ""),
        errors=errors or {},
    )
