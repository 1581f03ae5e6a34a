"""Tells the record where kept words belong and what they say: it knows uids, the plan knows titles and fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from roadmap.extensions import db
from roadmap.history.drafting import form_address
from roadmap.history.models import KeptWords, Plain, Roadmap, Versioned
from roadmap.history.places import Place, Spot
from roadmap.history.unsaved import AS_VALUES, UNSAVED
from roadmap.history.words import plain_words
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.plan.access import may_change, place_of
from roadmap.plan.blueprint import item_url
from roadmap.plan.fields import Choices, FieldError
from roadmap.plan.guided import step_numbered
from roadmap.plan.kinds import BY_PLURAL, KINDS, Field, Kind
from roadmap.plan.queries import choices_for, find_item
from roadmap.plan.telling import lower
from roadmap.plan.words import say_lines
from roadmap.timeline.changed_words import changed_only
from roadmap.timeline.review_places import FORM_NAMES, review_spot
from roadmap.timeline.talk_places import SAYING, talk_places, talk_spot, talk_way_on
from roadmap.web.language import chosen_language

# Where a form stands below all that is read before it is filled.
FAR_DOWN = {"review.judge": "putusan", "review.verify": "putusan", "review.judge_item": "note-form"}


def find_places(person: Person, kept: Sequence[KeptWords]) -> Mapping[str, Place]:
    """Give the place of each of the kept words that this person may still see."""
    roadmaps = _roadmaps_seen(person, {one.roadmap_id for one in kept if one.roadmap_id is not None})
    items = _items(kept)
    choices = {
        roadmap_id: choices_for(roadmap, language=chosen_language())
        for roadmap_id, roadmap in roadmaps.items()
        if any(one.roadmap_id == roadmap_id for one in kept)
    }
    said = talk_places(person, kept, roadmaps)
    shown = changed_only(kept, items)
    places = {
        one.uid: _place(
            person, one, roadmaps[one.roadmap_id], items.get(one.item_uid), choices[one.roadmap_id]
        )
        for one in shown
        if one.roadmap_id in roadmaps and one.uid not in said
    }
    begun = {one.uid: place for one in kept if one.roadmap_id is None and (place := _place_of_new(one))}
    return places | begun | {uid: place for uid, place in said.items() if place is not None}


def find_way_on(person: Person, endpoint: str, went_in: str) -> str | None:
    """Give the form of what was added or said by a form that went in before; None for all other acts."""
    if endpoint in SAYING:
        return talk_way_on(person, went_in)
    if endpoint != "plan.add_item_save":
        return None
    try:
        found, parts = current_app.url_map.bind("").match(went_in.partition("#")[0], method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return url_for("plan.edit_item", **parts) if found == "plan.item" else None


def find_spot(person: Person, view_args: Mapping[str, Any]) -> Spot:
    """Tell which item and roadmap an address is about, where this person may see them."""
    for spot in (talk_spot, review_spot):
        if (said := spot(person, view_args)) is not None:
            return said
    kind = BY_PLURAL.get(str(view_args.get("plural")))
    # An indicator is added at the address of its action; the words are not about the action.
    holder = kind.name if kind else "action"
    item = find_item(holder, view_args["item_id"]) if "item_id" in view_args else None
    roadmap_id = item.roadmap_id if item is not None else view_args.get("roadmap_id")
    roadmap = db.session.get(Roadmap, roadmap_id) if isinstance(roadmap_id, int) else None
    if roadmap is None or not allows(person, Act.SEE, place_of(roadmap)):
        return Spot()
    return Spot(item if kind else None, roadmap.id)


def words_of(kept: KeptWords, kind: Kind | None, choices: Choices) -> tuple[tuple[str, str], ...]:
    """Give kept words field by field, as (label, words); texts stand there exactly as they were typed."""
    if kind is None:
        return plain_words(kept)
    found = []
    for field in kind.fields:
        words = (
            _value_said(field, kept.values.get(field.name), choices)
            if kept.cause in AS_VALUES
            else _typed_said(field, kept.values, choices)
        )
        if words:
            found.append((_(field.label), words))
        # What was written on the page of a clash, in the place of both readings.
        if own := kept.values.get(f"own-{field.name}"):
            found.append((_("%(field)s, gabungan yang Anda tulis", field=_(field.label)), str(own)))
    named = {name for field in kind.fields for name in kept.values if _belongs_to(name, field)}
    named |= {f"own-{field.name}" for field in kind.fields}
    others = {name: value for name, value in kept.values.items() if name not in named}
    return tuple(found) + plain_words(kept, others)


def _place(
    person: Person, kept: KeptWords, roadmap: Roadmap, item: Versioned | None, choices: Choices
) -> Place:
    if item is None or _is_closing(kept):
        return _place_without_item(kept, roadmap, choices)
    kind = KINDS[item.kind]
    title = str(getattr(item, "title", "")) or _("%(kind)s tanpa judul", kind=lower(_(kind.label)))
    can_change = item.removed_at is None and may_change(person, roadmap, item)
    form_url = url_for("plan.edit_item", plural=kind.plural, item_id=item.id, kept=kept.uid)
    return Place(
        title,
        roadmap.language,
        words_of(kept, kind, choices),
        item_url(item),
        _where_typed(kept, form_url) if can_change else None,
    )


def _place_without_item(kept: KeptWords, roadmap: Roadmap, choices: Choices) -> Place:
    """Name the place by the address the words were sent to: a form for something new, or another act."""
    kind, step_kind, form, endpoint = None, None, "", ""
    url = url_for("desk.roadmap", roadmap_id=roadmap.id)
    title = choices.items.get("cover", {})
    words = next(iter(title.values()), "") or _("Peta jalan")
    try:
        endpoint, parts = current_app.url_map.bind("").match(kept.address.partition("?")[0], method="GET")
        url = url_for(endpoint, **parts)
        kind, step_kind = _kind_added(endpoint, parts), _kind_asked(endpoint, parts)
        form = FORM_NAMES.get(endpoint, "")
    except (HTTPException, RequestRedirect):
        pass
    if kind is None:
        is_opened_again = kept.cause == UNSAVED or form
        form_url = form_address(_with_item(kept), kept.uid) if is_opened_again else None
        if form_url and endpoint in FAR_DOWN:
            form_url += f"#{FAR_DOWN[endpoint]}"
        said = words_of(kept, step_kind, choices)
        return Place(words, roadmap.language, said, url, form_url, _(form) if form else "")
    words = _("%(kind)s baru", kind=_(kind.label))
    return Place(words, roadmap.language, words_of(kept, kind, choices), url, f"{url}?kept={kept.uid}")


def _is_closing(kept: KeptWords) -> bool:
    """Tell whether words give the reason for closing a text: they are about the item, and not to be put into it."""
    try:
        found = current_app.url_map.bind("").match(kept.address.partition("?")[0], method="GET")
    except (HTTPException, RequestRedirect):
        return False
    return bool(found[0] == "plan.close_text")


def _place_of_new(kept: KeptWords) -> Place | None:
    """Name the form in which a roadmap is begun; None for words without a place."""
    try:
        endpoint, _parts = current_app.url_map.bind("").match(kept.address.partition("?")[0], method="GET")
    except (HTTPException, RequestRedirect):
        return None
    if endpoint != "plan.new_roadmap":
        return None
    words = words_of(kept, KINDS["cover"], Choices())
    url = form_address(kept.address.partition("?")[0])
    return Place(_("Peta jalan baru"), "id", words, url, form_address(kept.address, kept.uid))


def _where_typed(kept: KeptWords, form_url: str) -> str:
    """Lead words that were never sent back to the very form they were typed into."""
    return (form_address(kept.address, kept.uid) if kept.cause == UNSAVED else None) or form_url


def _kind_asked(endpoint: str, parts: Mapping[str, Any]) -> Kind | None:
    """Tell what the guided path asks about at an address."""
    step = step_numbered(parts["step"]) if endpoint == "plan.guided" else None
    return KINDS[step.kind] if step else None


def _with_item(kept: KeptWords) -> str:
    """Give the address the words were sent to, with the item that the guided path asked about."""
    item = kept.values.get("item")
    is_named = isinstance(item, str) and item.isdecimal() and "?" not in kept.address
    return f"{kept.address}?item={item}" if is_named and "/guided/" in kept.address else kept.address


def _kind_added(endpoint: str, parts: Mapping[str, Any]) -> Kind | None:
    if endpoint == "plan.add_indicator":
        return KINDS["indicator"]
    return BY_PLURAL.get(str(parts.get("plural"))) if endpoint == "plan.add_item" else None


def _value_said(field: Field, value: object, choices: Choices) -> str:
    plain: Plain = value  # type: ignore[assignment]
    return (
        plain if isinstance(plain, str) and _is_text(field) else "\n".join(say_lines(field, plain, choices))
    )


def _typed_said(field: Field, typed: Mapping[str, object], choices: Choices) -> str:
    """Say what a form held for a field: as the value it means, or where it means none, as it was typed."""
    mine = {name: _listed(value) for name, value in typed.items() if _belongs_to(name, field)}
    words = "\n".join(word for values in mine.values() for word in values if word)
    if _is_text(field) or not words:
        return words
    try:
        value = field.type.parse(field.name, MultiDict(mine), choices)
    except FieldError:
        return words
    return "\n".join(say_lines(field, value, choices)) or words


def _is_text(field: Field) -> bool:
    return field.type.widget in {"line", "area"}


def _belongs_to(name: str, field: Field) -> bool:
    return name == field.name or name.startswith(f"{field.name}-")


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _roadmaps_seen(person: Person, ids: Iterable[int]) -> dict[int, Roadmap]:
    query = select(Roadmap).where(Roadmap.id.in_(sorted(ids)))
    found = db.session.scalars(query).all()
    return {one.id: one for one in found if allows(person, Act.SEE, place_of(one))}


def _items(kept: Sequence[KeptWords]) -> dict[str | None, Versioned]:
    found: dict[str | None, Versioned] = {}
    for name in {one.item_kind for one in kept}:
        if name is not None and name in KINDS:
            model = KINDS[name].model
            uids = [one.item_uid for one in kept if one.item_kind == name]
            found |= {item.uid: item for item in db.session.scalars(select(model).where(model.uid.in_(uids)))}
    return found
