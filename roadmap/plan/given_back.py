"""What a form of the plan said that could not be stored: its boxes by their labels, without asking the database."""

from collections.abc import Mapping
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from roadmap.plan.fields import Choices, FieldError
from roadmap.plan.guided import step_numbered
from roadmap.plan.kinds import BY_PLURAL, COVER, KINDS, Field, Kind
from roadmap.plan.words import say_lines

TYPED = frozenset({"line", "area"})
# What is chosen among things that only the database can name.
NAMED = frozenset({"organisation", "organisations", "terms", "items", "item"})


def label_of_box(name: str) -> str | None:
    """Name a text field of the form that this request sent; "" for what is chosen, None for what is no field."""
    kind = _kind_sent()
    one = kind.by_name.get(name) or kind.by_name.get(name.partition("-")[0]) if kind else None
    if one is None:
        return None
    return _(one.label) if one.type.widget in TYPED else ""


def choices_sent() -> list[tuple[str, str]] | None:
    """Say, field by field, what else the form of this request held; None where it was no form of an item."""
    kind = _kind_sent()
    if kind is None:
        return None
    others = [field for field in kind.fields if field.type.widget not in TYPED]
    return [(_(field.label), said) for field in others if (said := _said(field))]


def _said(field: Field) -> str:
    boxes = {
        name: [value for value in values if value]
        for name, values in request.form.lists()
        if (name == field.name or name.startswith(f"{field.name}-")) and not name.endswith("-day")
    }
    sent = [value for values in boxes.values() for value in values]
    if field.type.widget in NAMED:
        typed = [value for value in sent if not _is_uid(value)]
        count = len(sent) - len(typed)
        chosen = [ngettext("%(num)s dipilih", "%(num)s dipilih", count)] if count else []
        return "\n".join(typed + chosen)
    try:
        value = field.type.parse(field.name, request.form, Choices()) if sent else None
    except FieldError:
        value = None
    return "\n".join(say_lines(field, value, Choices()) or _as_typed(boxes))


def _as_typed(boxes: Mapping[str, list[str]]) -> list[str]:
    """Give what stands in boxes, those of one row (budget-0-year, budget-0-amount) in one line."""
    rows: dict[str, list[str]] = {}
    for name, values in boxes.items():
        rows.setdefault(name.rpartition("-")[0] or name, []).extend(values)
    return [" ".join(words) for words in rows.values() if words]


def _kind_sent() -> Kind | None:
    parts = request.view_args or {}
    match request.endpoint:
        case "plan.add_indicator_save":
            return KINDS["indicator"]
        case "plan.new_roadmap_save":
            return COVER
        case "plan.guided_answer":
            step = step_numbered(int(parts.get("step", 0)))
            return KINDS[step.kind] if step else None
    return BY_PLURAL.get(str(parts.get("plural", "")))


def _is_uid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
