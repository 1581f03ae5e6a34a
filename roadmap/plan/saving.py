"""Saving an item: what a form holds goes in, or comes back with every word of it; the page of a clash."""

from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.clock import now
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.history.errors import EditConflict
from roadmap.history.models import Roadmap
from roadmap.history.operations import keep_words
from roadmap.history.queries import snapshot_at
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.queries import people_by_uid
from roadmap.people.session import acting_person
from roadmap.plan.access import Access
from roadmap.plan.blueprint import item_url
from roadmap.plan.forms import ItemForm, raw_of, read_base_version, read_form, settle_choices, suggestion_for
from roadmap.plan.keeping import settle_sent_words
from roadmap.plan.kinds import KINDS, Kind
from roadmap.plan.operations import Edited, add_item, edit_item
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import outline_of
from roadmap.plan.showing import add_page, choices_of, field_page, form_page, item_context
from roadmap.plan.words import say_lines
from roadmap.web.filters import clock_time
from roadmap.web.respond import Notice, done, wants_partial
from roadmap.work import unit_of_work


def save_new(person: Person, roadmap: Roadmap, kind: Kind, parent: Access | None) -> Response:
    """Add what a form holds, and show the new item; or give the form back with every word."""
    form = read_form(kind, request.form, choices_of(roadmap))
    if not form.errors and not any(form.values.values()):
        form.errors[form.fields[0].name] = _("Tulis sesuatu dulu; yang lain boleh menyusul.")
    if form.errors:
        return add_page(roadmap, form, None, parent, status=422)
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
        return add_page(db.session.merge(roadmap), form, None, parent, status=422)
    settle_sent_words(person)
    enter(roadmap.region)
    return done(outcome.address, Notice(_("%(kind)s ditambahkan, terlihat oleh tim.", kind=_(kind.label))))


def save(access: Access, one_field: str | None) -> Response:
    """Save what was sent; a clash, a mistake and a gone item give every word back."""
    person, item_id, kind = acting_person(), access.item.id, KINDS[access.item.kind]
    enter(access.roadmap.region)
    form = read_form(kind, request.form, choices_of(access.roadmap))
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
        told = _("Tersimpan, digabung dengan perubahan orang lain pada %(fields)s.", fields=names)
        notice = Notice(told, links=_way_to(access, edited))
    else:
        notice = Notice(_("Tersimpan di peta jalan pukul %(time)s, terlihat oleh tim.", time=changeset_time))

    def row() -> str:
        plan = outline_of(access.roadmap.id)
        view = plan.by_uid[item.uid]
        context = item_context(person, access.roadmap, plan, view, choices_of(access.roadmap, plan))
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


def _way_to(access: Access, edited: Edited) -> tuple[tuple[str, str], ...]:
    if edited.seq is None:
        return ()
    return ((_("Lihat"), url_for("timeline.change", roadmap_id=access.roadmap.id, seq=edited.seq)),)


def _mend(access: Access, form: ItemForm, one_field: str | None) -> Response:
    return field_page(access, form, one_field, 422) if one_field else form_page(access, form, 422)


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
