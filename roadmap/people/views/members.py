"""The people of a region: who holds which role until when, how roles are given and ended."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.clock import now
from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from roadmap.people import hooks
from roadmap.people.letters import post_ticket
from roadmap.people.models import Membership, Region
from roadmap.people.once import once
from roadmap.people.operations import (
    end_membership,
    give_membership,
    make_new_password_link,
    member_for_new_password,
    roadmap_of_membership,
)
from roadmap.people.queries import (
    find_member,
    find_organisation,
    invitations_of,
    members_of,
    organisations_seen_by,
    today_in,
)
from roadmap.people.reading import read_day
from roadmap.people.roles import Act, Role
from roadmap.people.session import acting_person
from roadmap.people.views.blueprint import administered, bp, region_page, sentences
from roadmap.people.views.invitations import tell_tickets
from roadmap.people.views.role_form import RoleForm, role_page
from roadmap.people.writers import pressed
from roadmap.text.words import N_
from roadmap.web.declare import asks
from roadmap.web.errors import say
from roadmap.web.respond import Notice, done


@bp.get("/regions/<int:region_id>/people", endpoint="region_people")
@asks(Act.MANAGE_PEOPLE)
def read_people(region_id: int) -> Response:
    """Show who is there, by role, and who is invited."""
    region = administered(region_id, Act.MANAGE_PEOPLE)
    today = today_in(region)
    held = members_of(region.id)
    current = [one for one in held if one.ends_on is None or one.ends_on > today]
    return region_page(
        "people/region_people.html",
        region,
        "people",
        groups=[(role, [one for one in current if one.role == role]) for role in Role],
        ended=[one for one in held if one not in current],
        invitations=invitations_of(region.id),
        organisations={one.uid: one for one in organisations_seen_by(region.id)},
        titles=dict(hooks.roadmaps_of(region.id)),
        today=today,
        moment_now=now(),
    )


@bp.get("/regions/<int:region_id>/memberships/<int:membership_id>/end", endpoint="end_membership")
@asks(Act.MANAGE_PEOPLE)
def ask_when_to_end(region_id: int, membership_id: int) -> Response:
    """Ask on which day a role ends."""
    region = administered(region_id, Act.MANAGE_PEOPLE)
    return _end_page(region, membership_id, typed="", errors={})


@bp.post("/regions/<int:region_id>/memberships/<int:membership_id>/end")
@asks(Act.MANAGE_PEOPLE)
def end_role(region_id: int, membership_id: int) -> Response:
    """End a role, today or on a day."""
    region = administered(region_id, Act.MANAGE_PEOPLE)
    person = acting_person()
    today, typed = request.form.get("when") == "today", request.form.get("ends_on", "")
    try:
        day = None if today else read_day("ends_on", typed)
        if day is None and not today:
            raise NotValid({"ends_on": N_("Tulis tanggalnya, atau pilih hari ini juga.")})
        outcome = once(
            person,
            pressed(),
            lambda: end_membership(person, region_id, membership_id, day),
            lambda _membership: url_for("people.region_people", region_id=region_id),
            roadmap_id=roadmap_of_membership(region_id, membership_id),
        )
    except NotValid as problem:
        return _end_page(region, membership_id, typed=typed, errors=sentences(problem), status=422)
    sentence = (
        _("Peran itu berakhir. Haknya sudah tidak berlaku; riwayatnya tetap ada.")
        if today
        else _("Hari berakhirnya tersimpan. Mulai hari itu haknya tidak berlaku lagi; riwayatnya tetap ada.")
    )
    return done(outcome.address, Notice(sentence))


@bp.get("/regions/<int:region_id>/people/<person_uid>/roles/new", endpoint="give_role")
@asks(Act.MANAGE_PEOPLE)
def ask_which_role(region_id: int, person_uid: str) -> Response:
    """Ask which further role a member gets."""
    region = administered(region_id, Act.MANAGE_PEOPLE)
    return role_page("people/give_role.html", region, RoleForm(), member=_member(region, person_uid))


@bp.post("/regions/<int:region_id>/people/<person_uid>/roles/new")
@asks(Act.MANAGE_PEOPLE)
def give_further_role(region_id: int, person_uid: str) -> Response:
    """Give a member a further role."""
    region = administered(region_id, Act.MANAGE_PEOPLE)
    member, person, typed = _member(region, person_uid), acting_person(), RoleForm.typed(request.form)
    try:
        role, roadmap_id, ends_on = typed.read(region)
        organisation = find_organisation(region.id, typed.organisation) if typed.organisation else None
        if typed.organisation and organisation is None:
            raise NotValid({"organisation": N_("Kantor atau lembaga ini tidak ada di daftar daerah ini.")})
        outcome = once(
            person,
            pressed(),
            lambda: give_membership(
                person,
                member.person,
                role,
                region_id,
                roadmap_id=roadmap_id,
                organisation=organisation,
                ends_on=ends_on,
            ),
            lambda _membership: url_for("people.region_people", region_id=region_id),
            roadmap_id=roadmap_id,
        )
    except NotValid as problem:
        typed.errors = sentences(problem)
        return role_page("people/give_role.html", region, typed, 422, member=member)
    return done(outcome.address, Notice(_("Peran tersimpan dan langsung berlaku.")))


@bp.get("/regions/<int:region_id>/people/<person_uid>/new-password", endpoint="member_password")
@asks(Act.MANAGE_PEOPLE)
def ask_how_to_help(region_id: int, person_uid: str) -> Response:
    """Ask how a member gets the link to a new password."""
    region = administered(region_id, Act.MANAGE_PEOPLE)
    return _password_page(region, person_uid)


@bp.post("/regions/<int:region_id>/people/<person_uid>/new-password")
@asks(Act.MANAGE_PEOPLE)
def help_to_new_password(region_id: int, person_uid: str) -> Response:
    """Make a link to a new password for a member: by mail, or shown once."""
    region = administered(region_id, Act.MANAGE_PEOPLE)
    person, by_mail = acting_person(), request.form.get("way") != "link"
    try:
        outcome = once(
            person,
            pressed(),
            lambda: [
                make_new_password_link(person, region_id, person_uid, send=post_ticket if by_mail else None)
            ],
            lambda _tickets: url_for("people.region_people", region_id=region_id),
        )
    except NotAllowed as refusal:
        return _password_page(region, person_uid, 403, refused=say(refusal))
    return tell_tickets(region_id, outcome.result, outcome.address, by_mail=by_mail)


def _end_page(
    region: Region, membership_id: int, *, typed: str, errors: dict[str, str], status: int = 200
) -> Response:
    roadmap_of_membership(region.id, membership_id)
    membership = db.session.get_one(Membership, membership_id)
    return region_page(
        "people/end_membership.html",
        region,
        "people",
        status,
        membership=membership,
        typed=typed,
        errors=errors,
        today=today_in(region),
    )


def _password_page(region: Region, person_uid: str, status: int = 200, refused: str = "") -> Response:
    member = _member(region, person_uid)
    try:
        member_for_new_password(region.id, person_uid)
    except NotAllowed as refusal:
        refused = refused or say(refusal)
    return region_page(
        "people/member_password.html",
        region,
        "people",
        status,
        member=member,
        refused=refused,
        outcome_title="",
    )


def _member(region: Region, person_uid: str) -> Membership:
    found = find_member(region.id, person_uid)
    if found is None:
        raise NotThere
    return found
