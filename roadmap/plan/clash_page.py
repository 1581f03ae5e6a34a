"""The page of a clash: shown when somebody saved first, and again until every clashing field is answered."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotThere
from roadmap.history.errors import EditConflict
from roadmap.history.merge import Clash
from roadmap.history.models import Plain
from roadmap.history.operations import keep_words, leave_unused, settle_words
from roadmap.history.queries import revision_that_changed, snapshot_at
from roadmap.history.shapes import same_value
from roadmap.history.unsaved import CLASH, find_at
from roadmap.people.models import Person
from roadmap.people.queries import people_by_uid
from roadmap.people.session import acting_person
from roadmap.plan.access import Access
from roadmap.plan.blueprint import item_url
from roadmap.plan.clashing import Answer, ask_again, mark_of, sides_of
from roadmap.plan.forms import ItemForm, raw_of
from roadmap.plan.pages import roadmap_page
from roadmap.plan.words import say_lines
from roadmap.web.respond import wants_partial
from roadmap.work import unit_of_work

UNDECIDED, OVERTAKEN = 422, 409


def ask(access: Access, form: ItemForm, clash: EditConflict, one_field: str | None) -> Response:
    """Keep what was typed, and show what both wrote."""
    kept_uid = _keep(access, _typed(access, form, clash), form.base_version)
    since = dict.fromkeys(clash.clashes, form.base_version or 0)
    form.base_version = clash.base_version
    form.raw = raw_of(form, {**clash.fields, **{name: one.mine for name, one in clash.clashes.items()}})
    return _page(
        access,
        form,
        clash.clashes,
        one_field,
        OVERTAKEN,
        since=since,
        answers={},
        merged_fields=clash.merged_fields,
        kept_uid=kept_uid,
        kept_own="",
        was_overtaken_again=False,
        **_overtaken_by(clash.overtaken_by, clash.overtaken_at),
    )


def _typed(access: Access, form: ItemForm, clash: EditConflict) -> dict[str, Plain]:
    """Give what was typed: also into fields that do not clash, for whoever decides later has saved none of it."""
    began = snapshot_at(access.item, form.base_version or 0)
    return {
        name: value
        for name, value in form.values.items()
        if name in clash.clashes or not same_value(value, began.get(name))
    }


def ask_once_more(
    access: Access,
    form: ItemForm,
    answers: Mapping[str, Answer],
    one_field: str | None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    """Show the clash again with the newest words and all that was answered; `errors` say what is missing."""
    seen, again = form.base_version, ask_again(form.kind, form, answers, access.item)
    own = {name: answer.own for name, answer in answers.items() if answer.is_written}
    kept_own = _keep(access, own, seen)
    if kept_own != request.form.get("kept_own", ""):
        settle_own_words(acting_person())
    last = revision_that_changed(access.item, min(again.since.values()), again.clashes)
    form.base_version, form.errors = access.item.version, dict(errors or {})
    form.raw = raw_of(form, again.values)
    return _page(
        access,
        form,
        again.clashes,
        one_field,
        UNDECIDED if errors else OVERTAKEN,
        since=again.since,
        answers=answers,
        merged_fields=again.merged_fields,
        kept_uid=request.form.get("kept_uid", ""),
        kept_own=kept_own,
        was_overtaken_again=access.item.version != seen,
        **_overtaken_by(last.changeset.actor_uid, last.changeset.at),
    )


def keep_unused(access: Access, unused: Mapping[str, str]) -> str:
    """Keep the words somebody wrote on the page of a clash and then chose others over; give their uid."""
    kept_uid = _keep(access, unused, None)
    put_unused_aside(acting_person(), kept_uid)
    return kept_uid


def put_unused_aside(person: Person, kept_uid: str) -> None:
    """Put aside kept words over which others were chosen; their writer finds them again as unused."""
    if kept_uid:
        with suppress(NotThere), unit_of_work():
            leave_unused(person, kept_uid)


def who_was_chosen(access: Access, answers: Mapping[str, Answer]) -> str:
    """Name, for a notice, whose words were there first and were chosen."""
    first = min(answer.since for answer in answers.values())
    last = revision_that_changed(access.item, first, answers)
    told = _overtaken_by(last.changeset.actor_uid, last.changeset.at)
    if told["is_own"]:
        return _("Tulisan Anda yang tersimpan lebih dulu yang dipakai.")
    return _("Tulisan %(name)s yang dipakai.", name=told["other_name"])


def settle_own_words(person: Person, still_kept: str = "") -> None:
    """Put aside the words that the page of a clash had kept while it asked, now that they went on."""
    kept_own = request.form.get("kept_own", "")
    if kept_own and kept_own != still_kept:
        with suppress(NotThere), unit_of_work():
            settle_words(person, kept_own)


def _keep(access: Access, words: Mapping[str, object], version: int | None) -> str:
    if not words:
        return ""
    with unit_of_work():
        kept = keep_words(
            acting_person(), words, CLASH, item_url(access.item), item=access.item, base_version=version
        )
        return kept.uid if kept else ""


def _overtaken_by(uid: str, at: datetime) -> dict[str, Any]:
    other = people_by_uid([uid]).get(uid)
    return {
        "other_name": other.name if other else _("Orang lain"),
        "overtaken_at": at,
        "is_own": uid == acting_person().uid,
    }


def _copy_gone_on_with() -> str:
    """Name the working copy of the form that was sent, for what is written on the page to go on from it."""
    copy = find_at(acting_person().id, request.path)
    sent = (request.form.get("act_key", ""), request.form.get("kept_uid", ""))
    return copy.uid if copy is not None and (copy.form_key == sent[0] or copy.uid == sent[1]) else ""


def _page(
    access: Access,
    form: ItemForm,
    clashes: Mapping[str, Clash],
    one_field: str | None,
    status: int,
    *,
    since: Mapping[str, int],
    answers: Mapping[str, Answer],
    merged_fields: frozenset[str],
    **context: Any,
) -> Response:
    kind = form.kind
    context |= {
        "form": form,
        "item": access.item,
        "kind": kind,
        "clashes": [sides_of(kind.by_name[name], one) for name, one in clashes.items()],
        "merged_fields": [kind.by_name[name] for name in sorted(merged_fields) if name in kind.by_name],
        "one_field": one_field,
        "in_place": bool(one_field) and wants_partial(),
        "answers": {name: answers.get(name, Answer(since[name])) for name in clashes},
        "since": since,
        "choices": form.choices,
        "say_lines": say_lines,
        "item_url": item_url,
        "mark_of": mark_of,
        "copy_uid": _copy_gone_on_with(),
    }
    if context["in_place"]:
        body = render_template("plan/_conflict.html", roadmap=access.roadmap, **context)
        return make_response(body, status)
    return roadmap_page("plan/conflict.html", access.roadmap, tab="contents", status=status, **context)
