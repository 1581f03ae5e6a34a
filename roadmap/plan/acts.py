"""Acts on an item that are not edits: move, remove, restore, close a text; and what is missing in a plan."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.history.models import Roadmap, Versioned
from roadmap.history.working_copies import let_go_at
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import item_for, place_of, roadmap_for
from roadmap.plan.blueprint import PLURALS, bp, item_url
from roadmap.plan.findings import findings_of
from roadmap.plan.keeping import kept_uid_for, words_in_form
from roadmap.plan.kinds import BY_PLURAL, KINDS, Kind
from roadmap.plan.operations import (
    closable_fields,
    close_text,
    move_item,
    remove_item,
    restore_item,
)
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.pages import roadmap_page
from roadmap.plan.queries import outline_of
from roadmap.text.lengths import LONGEST_REASON, bounded
from roadmap.text.normal import normalise, normalise_line
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done
from roadmap.web.slots import slot


@bp.get(f"/{PLURALS}/<int:item_id>/move", endpoint="move_item")
@asks(Act.EDIT)
def choose_place(plural: str, item_id: int) -> Response:
    """Offer the places an item can be put in."""
    person, kind = acting_person(), BY_PLURAL[plural]
    access = item_for(person, kind.name, item_id, to=Act.EDIT)
    roadmap_for(person, access.roadmap.id, to=Act.EDIT)
    plan = outline_of(access.roadmap.id)
    return roadmap_page(
        "plan/move.html",
        access.roadmap,
        tab="contents",
        title=plan.title,
        kind=kind,
        item=plan.by_uid[access.item.uid],
        siblings=_siblings(plan, access.item),
        item_url=item_url,
    )


@bp.post(f"/{PLURALS}/<int:item_id>/move")
@asks(Act.EDIT)
def move(plural: str, item_id: int) -> Response:
    """Put an item after a neighbour, or first."""
    person, kind = acting_person(), BY_PLURAL[plural]
    access = item_for(person, kind.name, item_id, to=Act.EDIT)
    after = normalise_line(request.form.get("after", ""))
    if not after:
        raise NotValid({"after": _("Pilih tempatnya dulu.")})
    outcome = once(
        person,
        pressed(),
        lambda: move_item(person, kind.name, item_id, after),
        lambda moved: _list_url(access.roadmap, kind, moved.item),
        roadmap_id=access.roadmap.id,
    )
    moved = outcome.result

    def around() -> str:
        return slot("part-list", roadmap=access.roadmap, kind=kind.name, item_id=item_id)

    partial = None if kind.parent else around
    if moved is not None and moved.neighbour_was_gone:
        return done(
            outcome.address,
            Notice(_("Tetangga yang dipilih sudah dihapus, jadi bagian ini ditaruh di akhir."), "heed"),
            partial=partial,
        )
    return done(outcome.address, Notice(_("Dipindahkan.")), partial=partial)


@bp.get(f"/{PLURALS}/<int:item_id>/removal", endpoint="remove_item")
@asks(Act.EDIT)
def confirm_removal(plural: str, item_id: int) -> Response:
    """Say what a removal means, and ask."""
    person, kind = acting_person(), BY_PLURAL[plural]
    access = item_for(person, kind.name, item_id, to=Act.EDIT)
    roadmap_for(person, access.roadmap.id, to=Act.EDIT)
    plan = outline_of(access.roadmap.id)
    view = plan.by_uid.get(access.item.uid)
    return roadmap_page(
        "plan/remove.html",
        access.roadmap,
        tab="contents",
        title=plan.title,
        kind=kind,
        item=view or access.item,
        indicators=plan.indicators_of.get(access.item.uid, []),
        item_url=item_url,
    )


@bp.post(f"/{PLURALS}/<int:item_id>/removal")
@asks(Act.EDIT)
def remove(plural: str, item_id: int) -> Response:
    """Remove an item; the notice offers to bring it back."""
    person, kind = acting_person(), BY_PLURAL[plural]
    access = item_for(person, kind.name, item_id, to=Act.EDIT)
    reason = bounded("reason", normalise(request.form.get("reason", "")), LONGEST_REASON)
    outcome = once(
        person,
        pressed(),
        lambda: remove_item(person, kind.name, item_id, reason=reason),
        lambda gone: _list_url(access.roadmap, kind, gone),
        roadmap_id=access.roadmap.id,
    )
    links = ((_("Yang dihapus"), url_for("timeline.removed", roadmap_id=access.roadmap.id)),)
    told = _("Dihapus dari peta jalan; dapat dipulihkan kapan saja.")
    return done(outcome.address, Notice(told, links=links))


@bp.post(f"/{PLURALS}/<int:item_id>/restoration", endpoint="restore_item")
@asks(Act.EDIT)
def restore(plural: str, item_id: int) -> Response:
    """Bring a removed item back."""
    person, kind = acting_person(), BY_PLURAL[plural]
    access = item_for(person, kind.name, item_id, to=Act.EDIT)
    outcome = once(
        person,
        pressed(),
        lambda: restore_item(person, kind.name, item_id),
        item_url,
        roadmap_id=access.roadmap.id,
    )
    return done(outcome.address, Notice(_("Dipulihkan ke tempatnya semula.")))


@bp.get(f"/{PLURALS}/<int:item_id>/closing", endpoint="close_text")
@asks(Act.CLOSE_TEXT)
def confirm_closing(plural: str, item_id: int) -> Response:
    """Say what closing a text means, and ask; the texts themselves are not shown to an administrator."""
    access = item_for(acting_person(), BY_PLURAL[plural].name, item_id, to=Act.CLOSE_TEXT)
    return _closing_page(access.roadmap, access.item, {})


@bp.post(f"/{PLURALS}/<int:item_id>/closing")
@asks(Act.CLOSE_TEXT)
def close(plural: str, item_id: int) -> Response:
    """Close texts that name a victim or hold private data."""
    person, kind = acting_person(), BY_PLURAL[plural]
    access = item_for(person, kind.name, item_id, to=Act.CLOSE_TEXT)
    fields = [normalise_line(name) for name in request.form.getlist("closed")]

    def act() -> Versioned:
        basis = bounded("basis", normalise_line(request.form.get("basis", "")), LONGEST_REASON)
        reason = bounded("reason", normalise(request.form.get("reason", "")), LONGEST_REASON)
        closed = close_text(person, kind.name, item_id, fields, basis=basis, reason=reason)
        let_go_at(person, request.path)
        return closed

    try:
        outcome = once(
            person,
            pressed(),
            act,
            lambda closed: _after_closing(person, closed),
            roadmap_id=access.roadmap.id,
        )
    except NotValid as problem:
        errors = {"closed" if name == "fields" else name: _(said) for name, said in problem.errors.items()}
        return _closing_page(access.roadmap, access.item, errors, 422)
    return done(
        outcome.address, Notice(_("Isi ditutup di peta jalan, di riwayat, dan di edisi. Tandanya tetap ada."))
    )


@bp.get("/roadmaps/<int:roadmap_id>/findings")
@asks(Act.SEE)
def findings(roadmap_id: int) -> Response:
    """List what is missing, each with the link that mends it."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    plan = outline_of(roadmap.id)
    return roadmap_page(
        "plan/findings.html",
        roadmap,
        tab="contents",
        title=plan.title,
        findings=findings_of(plan),
        can_edit=allows(person, Act.EDIT, place_of(roadmap)),
        kinds=KINDS,
        item_url=item_url,
    )


def _closing_page(roadmap: Roadmap, item: Versioned, errors: dict[str, str], status: int = 200) -> Response:
    kept_uid = kept_uid_for(status)
    kind = KINDS[item.kind]
    return roadmap_page(
        "plan/close.html",
        roadmap,
        tab="contents",
        status=status,
        kind=kind,
        item=item,
        fields=[kind.by_name[name] for name in closable_fields(kind)],
        errors=errors,
        sent=words_in_form(),
        kept_uid=kept_uid,
        item_url=item_url,
        outcome_title=_("Perlu diperbaiki:") if errors else "",
    )


def _after_closing(person: Person, item: Versioned) -> str:
    roadmap = db.session.get_one(Roadmap, item.roadmap_id)
    return item_url(item) if allows(person, Act.SEE, place_of(roadmap)) else url_for("desk.roadmaps")


def _siblings(plan: Outline, item: Versioned) -> list[ItemView]:
    kind = KINDS[item.kind]
    if kind.parent:
        return plan.indicators_of.get(str(getattr(item, kind.parent)), [])
    return plan.items[item.kind]


def _list_url(roadmap: Roadmap, kind: Kind, item: Versioned) -> str:
    """Give the page that lists an item's siblings, at the item."""
    if kind.parent:
        action = db.session.query(KINDS[kind.parent].model).filter_by(uid=getattr(item, kind.parent)).one()
        return f"{item_url(action)}#indicators"
    if item.removed_at is not None:
        return url_for("desk.part", roadmap_id=roadmap.id, plural=kind.plural)
    address = url_for("desk.part", roadmap_id=roadmap.id, plural=kind.plural, di=item.id)
    return f"{address}#{item.kind}-{item.id}-card"
