"""Saving an item: what a form holds goes in, or comes back with every word of it; the page of a clash."""

from dataclasses import replace

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.clock import now
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.history.errors import EditConflict
from roadmap.history.models import Roadmap
from roadmap.history.queries import find_kept
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import Access
from roadmap.plan.blueprint import item_url
from roadmap.plan.clash_page import (
    ask,
    ask_once_more,
    keep_unused,
    put_unused_aside,
    settle_own_words,
    who_was_chosen,
)
from roadmap.plan.clashing import OWN, THEIRS, Answer, read_answers, settle
from roadmap.plan.forms import ItemForm, read_base_version, read_form
from roadmap.plan.going_on import press_of
from roadmap.plan.keeping import settle_sent_words
from roadmap.plan.kinds import KINDS, Kind
from roadmap.plan.operations import Edited, add_item, edit_item
from roadmap.plan.pages import enter
from roadmap.plan.queries import outline_of
from roadmap.plan.showing import add_page, choices_of, field_page, form_page, item_context
from roadmap.web.filters import clock_time
from roadmap.web.respond import Notice, done


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
            pressed(),
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
    form.base_version = read_base_version(request.form)
    if form.errors:
        return _mend(access, form, one_field)
    if answers := read_answers(form, request.form, access.item):
        return _save_choices(access, form, answers, one_field)
    press = press_of(person, access, form)
    base = form.base_version
    try:
        outcome = once(
            person,
            press,
            lambda: edit_item(person, kind.name, item_id, base, form.values, reason=form.reason),
            lambda edited: item_url(edited.item),
            roadmap_id=access.roadmap.id,
        )
    except NotValid as problem:
        form.errors |= {name: _(sentence) for name, sentence in problem.errors.items()}
        return _mend(access, form, one_field)
    except EditConflict as clash:
        return ask(access, form, clash, one_field)
    settle_sent_words(person)
    return _saved(access, outcome.result, outcome.address, one_field)


def _save_choices(
    access: Access, form: ItemForm, answers: dict[str, Answer], one_field: str | None
) -> Response:
    """Save what was chosen on the page of a clash; ask once more where something is missing or was overtaken."""
    person, item_id, kind = acting_person(), access.item.id, form.kind
    settled = settle(form, answers, access.item)
    if settled.errors:
        return ask_once_more(access, form, answers, one_field, settled.errors)
    press = press_of(person, access, form)
    base, values = form.base_version or 0, {**form.values, **settled.values}
    try:
        outcome = once(
            person,
            press,
            lambda: edit_item(person, kind.name, item_id, base, values, reason=form.reason),
            lambda edited: item_url(edited.item),
            roadmap_id=access.roadmap.id,
        )
    except NotValid as problem:
        errors = {name: _(sentence) for name, sentence in problem.errors.items()}
        return ask_once_more(access, form, answers, one_field, errors)
    except EditConflict:
        return ask_once_more(access, form, answers, one_field)
    unused_uid = keep_unused(access, settled.unused)
    set_aside = {answer.settled for answer in answers.values()} & {THEIRS, OWN}
    kept_uid = request.form.get("kept_uid", "")
    if set_aside:
        put_unused_aside(person, kept_uid)
    else:
        settle_sent_words(person)
    settle_own_words(person, unused_uid)
    more = []
    if unused_uid:
        more.append((_("Gabungan yang Anda tulis"), unused_uid))
    if set_aside and find_kept(person.id, kept_uid) is not None:
        more.append((_("Tulisan Anda tadi"), kept_uid))
    links = tuple((words, url_for("history.kept", kept_uid=uid)) for words, uid in more)
    chosen = who_was_chosen(access, answers) if THEIRS in set_aside else ""
    return _saved(access, outcome.result, outcome.address, one_field, set_aside=links, chosen=chosen)


def _saved(
    access: Access,
    edited: Edited | None,
    address: str,
    one_field: str | None,
    *,
    set_aside: tuple[tuple[str, str], ...] = (),
    chosen: str = "",
) -> Response:
    person, item = acting_person(), access.item
    changeset_time = clock_time(now())
    kind = KINDS[item.kind]
    if edited is not None and not edited.changed and chosen:
        notice = Notice(chosen, outcome=_("Selesai:"))
    elif edited is not None and not edited.changed:
        notice = Notice(_("Tidak ada yang berubah; semuanya sudah seperti ini."), "info")
    elif edited is not None and edited.merged_with:
        names = ", ".join(
            _(kind.by_name[name].label) for name in sorted(edited.merged_with) if name in kind.by_name
        )
        told = _("Tersimpan, digabung dengan perubahan orang lain pada %(fields)s.", fields=names)
        notice = Notice(told, links=_way_to(access, edited))
    else:
        notice = Notice(_("Tersimpan di peta jalan pukul %(time)s, terlihat oleh tim.", time=changeset_time))
    if set_aside:
        told = _("Tulisan Anda yang tidak dipakai tetap disimpan untuk Anda.")
        notice = replace(notice, text=f"{notice.text} {told}", links=(*notice.links, *set_aside))

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
