"""What the pages of one item show: its page, its form as a whole, one field, and a new one."""

from typing import Any

from flask import make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotThere
from roadmap.history.models import Roadmap
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import Access, item_for, may_change, place_of
from roadmap.plan.blueprint import item_url
from roadmap.plan.fields import Choices
from roadmap.plan.findings import findings_on
from roadmap.plan.forms import ItemForm
from roadmap.plan.keeping import kept_uid_for
from roadmap.plan.kinds import KINDS, LINKS
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.pages import roadmap_page
from roadmap.plan.queries import choices_for, find_item
from roadmap.plan.words import say, say_lines
from roadmap.web.language import chosen_language
from roadmap.web.respond import wants_partial


def item_context(
    person: Person, roadmap: Roadmap, plan: Outline, view: ItemView, choices: Choices
) -> dict[str, Any]:
    """Gather what the page and the partials of an item show."""
    kind = KINDS[view.kind]
    model = find_item(view.kind, view.id)
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
        "can_comment": allows(person, Act.COMMENT, place_of(roadmap)),
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


def form_page(access: Access, form: ItemForm, status: int = 200) -> Response:
    """Show the whole form of an item."""
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


def field_page(access: Access, form: ItemForm, name: str, status: int = 200) -> Response:
    """Show the form of one field, in place or as a page."""
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


def add_page(
    roadmap: Roadmap, form: ItemForm, title: str | None, parent: Access | None = None, status: int = 200
) -> Response:
    """Show the form of a new item, of a list or under its parent."""
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


def choices_of(roadmap: Roadmap, plan: Outline | None = None) -> Choices:
    """Give what the fields of a roadmap may name, in the reader's language."""
    return choices_for(roadmap, plan, language=chosen_language())
