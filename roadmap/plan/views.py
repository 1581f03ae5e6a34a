"""Reading and writing one item: its page, its form as a whole, and one field in place."""

from flask import request
from werkzeug.wrappers import Response

from roadmap.errors import NotThere
from roadmap.history.shapes import snapshot_of
from roadmap.people.doors import let_the_device_keep
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import Access, item_for, roadmap_for
from roadmap.plan.blueprint import ADDABLE, PLURALS, bp
from roadmap.plan.checking import require_fields
from roadmap.plan.filling import fill_with_kept
from roadmap.plan.forms import form_of
from roadmap.plan.kinds import BY_PLURAL, KINDS, LINKS
from roadmap.plan.pages import roadmap_page
from roadmap.plan.queries import outline_of
from roadmap.plan.saving import save, save_new
from roadmap.plan.showing import add_page, choices_of, field_page, form_page, item_context
from roadmap.web.declare import asks


@bp.get(f"/{PLURALS}/<int:item_id>")
@asks(Act.SEE)
def item(plural: str, item_id: int) -> Response:
    """Show one item: state, fields, links both ways, indicators, what is missing, history."""
    person = acting_person()
    access = item_for(person, BY_PLURAL[plural].name, item_id, to=Act.SEE)
    plan = outline_of(access.roadmap.id)
    view = plan.by_uid.get(access.item.uid)
    choices = choices_of(access.roadmap, plan)
    if view is None:
        return roadmap_page(
            "plan/removed_item.html",
            access.roadmap,
            tab="contents",
            title=plan.title,
            status=404,
            item=access.item,
        )
    return roadmap_page(
        "plan/item.html",
        access.roadmap,
        tab="contents",
        title=plan.title,
        **item_context(person, access.roadmap, plan, view, choices),
    )


@bp.get(f"/{PLURALS}/<int:item_id>/edit", endpoint="edit_item")
@asks(Act.EDIT)
def edit_item_form(plural: str, item_id: int) -> Response:
    """Show the whole form of an item, with kept words filled in where they are named."""
    person = acting_person()
    access = item_for(person, BY_PLURAL[plural].name, item_id, to=Act.EDIT)
    _require_standing(access)
    kind = BY_PLURAL[plural]
    choices = choices_of(access.roadmap)
    form = form_of(kind, snapshot_of(access.item), access.fields, choices, access.item.version)
    fill_with_kept(form, person, access.item, request.args.get("kept", ""))
    return let_the_device_keep(form_page(access, form))


@bp.post(f"/{PLURALS}/<int:item_id>/edit")
@asks(Act.EDIT)
def edit_item_save(plural: str, item_id: int) -> Response:
    """Save the fields that the form names."""
    access = item_for(acting_person(), BY_PLURAL[plural].name, item_id, to=Act.EDIT)
    return save(access, one_field=None)


@bp.get(f"/{PLURALS}/<int:item_id>/edit/<field_name>")
@asks(Act.EDIT)
def edit_field(plural: str, item_id: int, field_name: str) -> Response:
    """Show the form of one field, in place or as a page."""
    access = item_for(acting_person(), BY_PLURAL[plural].name, item_id, to=Act.EDIT)
    _require_standing(access)
    _require_field(access, plural, field_name)
    choices = choices_of(access.roadmap)
    form = form_of(BY_PLURAL[plural], snapshot_of(access.item), [field_name], choices, access.item.version)
    fill_with_kept(form, acting_person(), access.item, request.args.get("kept", ""))
    return field_page(access, form, field_name)


@bp.post(f"/{PLURALS}/<int:item_id>/edit/<field_name>")
@asks(Act.EDIT)
def edit_field_save(plural: str, item_id: int, field_name: str) -> Response:
    """Save one field, and give its row back."""
    access = item_for(acting_person(), BY_PLURAL[plural].name, item_id, to=Act.EDIT)
    _require_field(access, plural, field_name)
    return save(access, one_field=field_name)


@bp.get(f"/roadmaps/<int:roadmap_id>/{ADDABLE}/new", endpoint="add_item")
@asks(Act.EDIT)
def add_item_form(roadmap_id: int, plural: str) -> Response:
    """Show an empty form for a new item, linked to what it is added for."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.EDIT)
    kind = BY_PLURAL[plural]
    plan = outline_of(roadmap.id)
    linked = {
        name: [uid]
        for (holder, name), target in LINKS.items()
        if holder == kind.name
        and (uid := request.args.get(target, "")) in {one.uid for one in plan.items[target]}
    }
    form = form_of(kind, linked, kind.by_name, choices_of(roadmap, plan), 1)
    fill_with_kept(form, acting_person(), None, request.args.get("kept", ""))
    return let_the_device_keep(add_page(roadmap, form, plan.title))


@bp.post(f"/roadmaps/<int:roadmap_id>/{ADDABLE}/new")
@asks(Act.EDIT)
def add_item_save(roadmap_id: int, plural: str) -> Response:
    """Add an item; it may be incomplete, but not wholly empty."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.EDIT)
    return save_new(person, roadmap, BY_PLURAL[plural], None)


@bp.get("/actions/<int:item_id>/indicators/new", endpoint="add_indicator")
@asks(Act.EDIT)
def add_indicator_form(item_id: int) -> Response:
    """Show an empty form for an indicator of an action."""
    access = item_for(acting_person(), "action", item_id, to=Act.EDIT)
    _require_standing(access)
    kind = KINDS["indicator"]
    form = form_of(kind, {}, kind.by_name, choices_of(access.roadmap), 1)
    fill_with_kept(form, acting_person(), None, request.args.get("kept", ""))
    return let_the_device_keep(add_page(access.roadmap, form, None, access))


@bp.post("/actions/<int:item_id>/indicators/new")
@asks(Act.EDIT)
def add_indicator_save(item_id: int) -> Response:
    """Add an indicator to an action."""
    person = acting_person()
    access = item_for(person, "action", item_id, to=Act.EDIT)
    return save_new(person, access.roadmap, KINDS["indicator"], access)


def _require_field(access: Access, plural: str, name: str) -> None:
    if name not in BY_PLURAL[plural].by_name:
        raise NotThere
    require_fields({name}, access.fields)


def _require_standing(access: Access) -> None:
    if access.item.removed_at is not None:
        raise NotThere
