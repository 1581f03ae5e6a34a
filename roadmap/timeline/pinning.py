"""Naming a moment, renaming it, taking the name away: each a short page with one button."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotValid
from roadmap.history.errors import EditConflict
from roadmap.history.models import Roadmap
from roadmap.history.queries import open_act_at
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import roadmap_for
from roadmap.plan.forms import read_base_version
from roadmap.plan.keeping import kept_uid_for, settle_sent_words
from roadmap.plan.pages import enter, roadmap_page
from roadmap.timeline.blueprint import bp
from roadmap.timeline.models import Pin
from roadmap.timeline.operations import LONGEST_NAME, add_pin, pin_for, remove_pin, rename_pin
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done

LONGEST_NUMBER = 9


@bp.get("/roadmaps/<int:roadmap_id>/pins", endpoint="pin")
@asks(Act.EDIT)
def name_moment(roadmap_id: int) -> Response:
    """Ask what a moment is to be called: the one the address names, else now."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.EDIT)
    return _page(roadmap, seq=_seq(roadmap, request.args.get("pada", "")))


@bp.post("/roadmaps/<int:roadmap_id>/pins")
@asks(Act.EDIT)
def name_it(roadmap_id: int) -> Response:
    """Give a moment a name."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.EDIT)
    seq = _seq(roadmap, request.form.get("pada", ""))
    try:
        outcome = once(
            person,
            pressed(),
            lambda: add_pin(person, roadmap_id, seq, request.form.get("name", "")),
            _address,
            roadmap_id=roadmap_id,
        )
    except NotValid as problem:
        return _page(roadmap, seq=seq, status=422, error=_(problem.errors.get("name", "")))
    settle_sent_words(person)
    return done(
        outcome.address, Notice(_("Keadaan ini sekarang bernama, dan menjadi tonggak dalam riwayat."))
    )


@bp.get("/pins/<int:pin_id>/name", endpoint="rename_pin")
@asks(Act.EDIT)
def ask_new_name(pin_id: int) -> Response:
    """Ask what a named moment is to be called instead."""
    named, roadmap = pin_for(acting_person(), pin_id, to=Act.EDIT)
    return _page(roadmap, named=named)


@bp.post("/pins/<int:pin_id>/name")
@asks(Act.EDIT)
def give_new_name(pin_id: int) -> Response:
    """Give a moment another name."""
    person = acting_person()
    named, roadmap = pin_for(person, pin_id, to=Act.EDIT)
    base = read_base_version(request.form)
    try:
        outcome = once(
            person,
            pressed(),
            lambda: rename_pin(person, pin_id, base, request.form.get("name", "")),
            _address,
            roadmap_id=roadmap.id,
        )
    except NotValid as problem:
        return _page(roadmap, named=named, status=422, error=_(problem.errors.get("name", "")))
    except EditConflict as clash:
        told = _(
            "Namanya baru saja diganti menjadi “%(name)s”. Simpan lagi bila nama Anda yang dipakai.",
            name=str(clash.clashes["name"].theirs),
        )
        return _page(roadmap, named=named, status=409, error=told)
    settle_sent_words(person)
    return done(outcome.address, Notice(_("Nama tonggak diganti.")))


@bp.get("/pins/<int:pin_id>/removal", endpoint="remove_pin")
@asks(Act.EDIT)
def confirm_removal(pin_id: int) -> Response:
    """Say what taking a name away means, and ask."""
    named, roadmap = pin_for(acting_person(), pin_id, to=Act.EDIT)
    return roadmap_page("timeline/remove_pin.html", roadmap, tab="history", pin=named)


@bp.post("/pins/<int:pin_id>/removal")
@asks(Act.EDIT)
def take_name_away(pin_id: int) -> Response:
    """Take a moment's name away."""
    person = acting_person()
    _named, roadmap = pin_for(person, pin_id, to=Act.EDIT)
    outcome = once(
        person,
        pressed(),
        lambda: remove_pin(person, pin_id),
        lambda gone: url_for("timeline.roadmap_history", roadmap_id=gone.roadmap_id, tonggak=1),
        roadmap_id=roadmap.id,
    )
    return done(outcome.address, Notice(_("Namanya dilepas. Keadaannya tetap dapat dilihat.")))


def _page(
    roadmap: Roadmap, *, seq: int = 0, named: Pin | None = None, status: int = 200, error: str = ""
) -> Response:
    enter(roadmap.region)
    moment = named.moment if named else seq
    typed = request.form.get("name", named.name if named else "")
    return roadmap_page(
        "timeline/pin.html",
        roadmap,
        tab="history",
        status=status,
        pin=named,
        act=open_act_at(roadmap, moment),
        typed=typed,
        longest=LONGEST_NAME,
        errors=[("name", error)] if error else [],
        kept_uid=kept_uid_for(status),
        outcome_title=_("Perlu diperbaiki:") if error else "",
    )


def _address(named: Pin) -> str:
    address = url_for("timeline.roadmap_history", roadmap_id=named.roadmap_id, tonggak=1)
    return f"{address}#tonggak-{named.id}"


def _seq(roadmap: Roadmap, typed: str) -> int:
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER
    return int(typed) if is_number else roadmap.head_seq
