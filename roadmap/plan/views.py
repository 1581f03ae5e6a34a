"""Reading and writing one item: its page, its form as a whole, one field in place, and the page of a clash."""

from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.clock import now
from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.errors import EditConflict
from roadmap.history.models import Roadmap
from roadmap.history.operations import keep_words
from roadmap.history.queries import find_kept, snapshot_at
from roadmap.history.shapes import snapshot_of
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.queries import people_by_uid
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import Access, item_for, may_change, roadmap_for
from roadmap.plan.blueprint import ADDABLE, PLURALS, bp, item_url
from roadmap.plan.fields import Choices
from roadmap.plan.findings import findings_on
from roadmap.plan.forms import (
    ItemForm,
    form_of,
    raw_of,
    read_base_version,
    read_form,
    settle_choices,
    suggestion_for,
)
from roadmap.plan.keeping import kept_uid_for, settle_sent_words
from roadmap.plan.kinds import BY_PLURAL, KINDS, LINKS, Kind
from roadmap.plan.operations import Edited, add_item, edit_item, require_fields
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import choices_for, find_by_uid, outline_of
from roadmap.plan.words import say, say_lines
from roadmap.web.declare import asks
from roadmap.web.filters import clock_time
from roadmap.web.language import chosen_language
from roadmap.web.respond import Notice, done, wants_partial
from roadmap.work import unit_of_work


@bp.get(f"/{PLURALS}/<int:item_id>")
@asks(Act.SEE)
def item(plural: str, item_id: int) -> Response:
    """Show one item: state, fields, links both ways, indicators, what is missing, history."""
    person = acting_person()
    access = item_for(person, BY_PLURAL[plural].name, item_id, to=Act.SEE)
    plan = outline_of(access.roadmap.id)
    view = plan.by_uid.get(access.item.uid)
    choices = _choices(access.roadmap, plan)
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


def item_context(
    person: Person, roadmap: Roadmap, plan: Outline, view: ItemView, choices: Choices
) -> dict[str, Any]:
    """Gather what the page and the partials of an item show."""
    kind = KINDS[view.kind]
    model = find_by_uid(view.kind, roadmap.id, view.uid)
    if model is None:
        raise NotThere
    can_edit = may_change(person, roadmap, model)
    fields = item_for(person, view.kind, view.id, to=Act.EDIT).fields if can_edit else frozenset()
    siblings = (
        plan.indicators_of.get(str(view.values.get("action")), []) if kind.parent else plan.items[view.kind]
    )
    place = next((index for index, one in enumerate(siblings) if one.uid == view.uid), 0)
    return {
        "kind": kind,
        "item": view,
        "plan": plan,
        "choices": choices,
        "can_edit": can_edit,
        "open_fields": fields,
        "is_drafter": "lead" in fields or (can_edit and view.kind != "action"),
        "findings": findings_on(plan, view),
        "say": say,
        "say_lines": say_lines,
        "item_url": item_url,
        "links": LINKS,
        "kinds": KINDS,
        "before": siblings[place - 1] if place else None,
        "after": siblings[place + 1] if place + 1 < len(siblings) else None,
        "parent": plan.by_uid.get(str(view.values.get(kind.parent))) if kind.parent else None,
    }


@bp.get(f"/{PLURALS}/<int:item_id>/edit", endpoint="edit_item")
@asks(Act.EDIT)
def edit_item_form(plural: str, item_id: int) -> Response:
    """Show the whole form of an item, with kept words filled in where they are named."""
    person = acting_person()
    access = item_for(person, BY_PLURAL[plural].name, item_id, to=Act.EDIT)
    _require_standing(access)
    kind = BY_PLURAL[plural]
    choices = _choices(access.roadmap)
    form = form_of(kind, snapshot_of(access.item), access.fields, choices, access.item.version)
    _fill_with_kept(form, person, access.item.uid, request.args.get("kept", ""))
    return _form_page(access, form)


@bp.post(f"/{PLURALS}/<int:item_id>/edit")
@asks(Act.EDIT)
def edit_item_save(plural: str, item_id: int) -> Response:
    """Save the fields that the form names."""
    access = item_for(acting_person(), BY_PLURAL[plural].name, item_id, to=Act.EDIT)
    return _save(access, one_field=None)


@bp.get(f"/{PLURALS}/<int:item_id>/edit/<field_name>")
@asks(Act.EDIT)
def edit_field(plural: str, item_id: int, field_name: str) -> Response:
    """Show the form of one field, in place or as a page."""
    access = item_for(acting_person(), BY_PLURAL[plural].name, item_id, to=Act.EDIT)
    _require_standing(access)
    _require_field(access, plural, field_name)
    choices = _choices(access.roadmap)
    form = form_of(BY_PLURAL[plural], snapshot_of(access.item), [field_name], choices, access.item.version)
    return _field_page(access, form, field_name)


@bp.post(f"/{PLURALS}/<int:item_id>/edit/<field_name>")
@asks(Act.EDIT)
def edit_field_save(plural: str, item_id: int, field_name: str) -> Response:
    """Save one field, and give its row back."""
    access = item_for(acting_person(), BY_PLURAL[plural].name, item_id, to=Act.EDIT)
    _require_field(access, plural, field_name)
    return _save(access, one_field=field_name)


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
    form = form_of(kind, linked, kind.by_name, _choices(roadmap, plan), 1)
    _fill_with_kept(form, acting_person(), None, request.args.get("kept", ""))
    return _add_page(roadmap, form, plan.title)


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
    form = form_of(kind, {}, kind.by_name, _choices(access.roadmap), 1)
    _fill_with_kept(form, acting_person(), None, request.args.get("kept", ""))
    return _add_page(access.roadmap, form, None, access)


@bp.post("/actions/<int:item_id>/indicators/new")
@asks(Act.EDIT)
def add_indicator_save(item_id: int) -> Response:
    """Add an indicator to an action."""
    person = acting_person()
    access = item_for(person, "action", item_id, to=Act.EDIT)
    return save_new(person, access.roadmap, KINDS["indicator"], access)


def save_new(person: Person, roadmap: Roadmap, kind: Kind, parent: Access | None) -> Response:
    """Add what a form holds, and show the new item; or give the form back with every word."""
    form = read_form(kind, request.form, _choices(roadmap))
    if not form.errors and not any(form.values.values()):
        form.errors[form.fields[0].name] = _("Tulis sesuatu dulu; yang lain boleh menyusul.")
    if form.errors:
        return _add_page(roadmap, form, None, parent, status=422)
    try:
        outcome = once(
            person,
            request.form.get("act_key", ""),
            lambda: add_item(
                person,
                roadmap.id,
                kind.name,
                form.values,
                parent_uid=parent.item.uid if parent else None,
                reason=form.reason,
            ),
            lambda added: item_url(parent.item) + "#indicators" if parent else item_url(added),
            roadmap_id=roadmap.id,
        )
    except NotValid as problem:
        form.errors |= {name: _(sentence) for name, sentence in problem.errors.items()}
        return _add_page(db.session.merge(roadmap), form, None, parent, status=422)
    settle_sent_words(person)
    enter(roadmap.region)
    return done(outcome.address, Notice(_("%(kind)s ditambahkan, terlihat oleh tim.", kind=_(kind.label))))


def _save(access: Access, one_field: str | None) -> Response:
    """Save what was sent; a clash, a mistake and a gone item give every word back."""
    person, item_id, kind = acting_person(), access.item.id, KINDS[access.item.kind]
    enter(access.roadmap.region)
    form = read_form(kind, request.form, _choices(access.roadmap))
    form.base_version = base = read_base_version(request.form)
    if request.form.get("clashing"):
        settle_choices(form, request.form, snapshot_at(access.item, base))
    if form.errors:
        return _mend(access, form, one_field)
    try:
        outcome = once(
            person,
            request.form.get("act_key", ""),
            lambda: edit_item(person, kind.name, item_id, base, form.values, reason=form.reason),
            lambda edited: item_url(edited.item),
            roadmap_id=access.roadmap.id,
        )
    except NotValid as problem:
        form.errors |= {name: _(sentence) for name, sentence in problem.errors.items()}
        return _mend(access, form, one_field)
    except EditConflict as clash:
        return _clash(access, form, clash, one_field)
    settle_sent_words(person)
    return _saved(access, outcome.result, outcome.address, one_field)


def _saved(access: Access, edited: Edited | None, address: str, one_field: str | None) -> Response:
    person, item = acting_person(), access.item
    changeset_time = clock_time(now())
    kind = KINDS[item.kind]
    if edited is not None and not edited.changed:
        notice = Notice(_("Tidak ada yang berubah; semuanya sudah seperti ini."), "info")
    elif edited is not None and edited.merged_with:
        names = ", ".join(
            _(kind.by_name[name].label) for name in sorted(edited.merged_with) if name in kind.by_name
        )
        notice = Notice(_("Tersimpan, digabung dengan perubahan orang lain pada %(fields)s.", fields=names))
    else:
        notice = Notice(_("Tersimpan di peta jalan pukul %(time)s, terlihat oleh tim.", time=changeset_time))

    def row() -> str:
        plan = outline_of(access.roadmap.id)
        view = plan.by_uid[item.uid]
        context = item_context(person, access.roadmap, plan, view, _choices(access.roadmap, plan))
        field = kind.by_name[one_field or kind.fields[0].name]
        return render_template(
            "plan/_field_row.html", field=field, roadmap=access.roadmap, takes_focus=True, **context
        )

    anchor = f"#{item.kind}-{item.id}-{one_field}" if one_field else ""
    return done(
        address + anchor,
        notice,
        partial=row if one_field else None,
        echoes=[("strip", {"roadmap": access.roadmap})] if one_field else (),
    )


def _mend(access: Access, form: ItemForm, one_field: str | None) -> Response:
    return _field_page(access, form, one_field, 422) if one_field else _form_page(access, form, 422)


def _clash(access: Access, form: ItemForm, clash: EditConflict, one_field: str | None) -> Response:
    person, roadmap = acting_person(), access.roadmap
    with unit_of_work():
        kept = keep_words(
            person,
            {name: form.values[name] for name in clash.clashes},
            "clash",
            item_url(access.item),
            item=access.item,
            base_version=form.base_version,
        )
        kept_uid = kept.uid if kept else ""
    other = people_by_uid([clash.overtaken_by]).get(clash.overtaken_by)
    form.base_version = clash.base_version
    form.raw = raw_of(form, {**clash.fields, **{name: one.mine for name, one in clash.clashes.items()}})
    context: dict[str, Any] = {
        "form": form,
        "item": access.item,
        "kind": form.kind,
        "clashes": clash.clashes,
        "suggestions": {name: suggestion_for(form.kind, name, one) for name, one in clash.clashes.items()},
        "merged_fields": [
            form.kind.by_name[name] for name in sorted(clash.merged_fields) if name in form.kind.by_name
        ],
        "other_name": other.name if other else _("Orang lain"),
        "overtaken_at": clash.overtaken_at,
        "kept_uid": kept_uid,
        "one_field": one_field,
        "choices": form.choices,
        "say_lines": say_lines,
        "item_url": item_url,
    }
    if one_field and wants_partial():
        return make_response(render_template("plan/_conflict.html", roadmap=roadmap, **context), 409)
    return roadmap_page("plan/conflict.html", roadmap, tab="contents", status=409, **context)


def _form_page(access: Access, form: ItemForm, status: int = 200) -> Response:
    return roadmap_page(
        "plan/edit.html",
        access.roadmap,
        tab="contents",
        status=status,
        form=form,
        kind=form.kind,
        item=access.item,
        item_url=item_url,
        kept_uid=kept_uid_for(status),
        say=say,
        **_outcome(status),
    )


def _field_page(access: Access, form: ItemForm, name: str, status: int = 200) -> Response:
    context: dict[str, Any] = {
        "form": form,
        "kind": form.kind,
        "item": access.item,
        "item_url": item_url,
        "field": form.fields[0],
        "kept_uid": kept_uid_for(status),
    }
    if wants_partial():
        body = render_template("plan/_field_form.html", roadmap=access.roadmap, **context)
        return make_response(body, status)
    return roadmap_page(
        "plan/edit_field.html",
        access.roadmap,
        tab="contents",
        status=status,
        field_name=name,
        **context,
        **_outcome(status),
    )


def _add_page(
    roadmap: Roadmap, form: ItemForm, title: str | None, parent: Access | None = None, status: int = 200
) -> Response:
    here = (
        url_for("plan.add_indicator", item_id=parent.item.id)
        if parent
        else url_for("plan.add_item", roadmap_id=roadmap.id, plural=form.kind.plural)
    )
    return roadmap_page(
        "plan/add.html",
        roadmap,
        tab="contents",
        title=title,
        status=status,
        form=form,
        kind=form.kind,
        here=here,
        parent=parent.item if parent else None,
        item_url=item_url,
        kept_uid=kept_uid_for(status),
        say=say,
        **_outcome(status),
    )


def _outcome(status: int) -> dict[str, Any]:
    return {"outcome_title": _("Perlu diperbaiki:")} if status == 422 else {}  # noqa: PLR2004


def _choices(roadmap: Roadmap, plan: Outline | None = None) -> Choices:
    return choices_for(roadmap, plan, language=chosen_language())


def _require_field(access: Access, plural: str, name: str) -> None:
    if name not in BY_PLURAL[plural].by_name:
        raise NotThere
    require_fields({name}, access.fields)


def _require_standing(access: Access) -> None:
    if access.item.removed_at is not None:
        raise NotThere


def _fill_with_kept(form: ItemForm, person: Person, item_uid: str | None, kept_uid: str) -> None:
    """Put kept words into the form, over what stands there now; saving them is then the person's decision."""
    kept = find_kept(person.id, kept_uid) if kept_uid else None
    if kept is None or kept.item_uid != item_uid:
        return
    for one in form.fields:
        if kept.cause == "clash":
            if one.name in kept.values:
                form.raw |= one.type.raw(one.name, kept.values[one.name])  # type: ignore[arg-type]
            continue
        typed = {name: _listed(value) for name, value in kept.values.items() if _is_box_of(name, one.name)}
        if typed:
            others = {name: words for name, words in form.raw.items() if not _is_box_of(name, one.name)}
            form.raw = others | typed


def _is_box_of(name: str, field_name: str) -> bool:
    return name == field_name or name.startswith(f"{field_name}-")


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
