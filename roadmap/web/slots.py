"""Places on a page that rooms above fill in: a slot on the page, and the same thing as an echo after an act."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from markupsafe import Markup

Renderer = Callable[..., str]

_slots: dict[str, Renderer] = {}


def fill_slot(name: str, renderer: Renderer) -> None:
    """Have a room render a named slot; its root carries the id `slot-<name>`."""
    _slots[name] = renderer


def draw(template: str, **context: Any) -> str:
    """Render a small part that needs nothing of the page's frame: no person, no flash, no form."""
    return current_app.jinja_env.get_template(template).render(context)


def slot(name: str, /, **context: Any) -> Markup:
    """Render a slot, or nothing where no room fills it."""
    renderer = _slots.get(name)
    return Markup(renderer(**context)) if renderer else Markup()  # noqa: S704 - rendered by our templates


def echo(name: str, *, at: Any = "", **context: Any) -> Markup:
    """Render a slot so that htmx puts it in the place of the one on the page; `at` tells several of one name apart."""
    return Markup('<hx-partial hx-target="#slot-{}" hx-swap="outerHTML">{}</hx-partial>').format(
        f"{name}-{at}" if at else name, slot(name, **context)
    )
