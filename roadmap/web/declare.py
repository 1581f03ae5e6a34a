"""Every view says who may: an act of the table of rights, the public, or anybody signed in about oneself."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

View = TypeVar("View", bound=Callable[..., object])

PUBLIC = "public"
ONESELF = "oneself"
_MARK = "_who_may"
_MOST_BYTES = "_most_bytes"
LARGEST_NUMBER = 2**31 - 1


def asks(act: str) -> Callable[[View], View]:
    """Declare that a view asks the gate for an act."""

    def mark(view: View) -> View:
        setattr(view, _MARK, str(act))
        return view

    return mark


def for_everyone(view: View) -> View:
    """Declare that a view is public."""
    return asks(PUBLIC)(view)


def for_oneself(view: View) -> View:
    """Declare that a view needs somebody signed in and concerns only what is theirs."""
    return asks(ONESELF)(view)


def takes_files(most_bytes: int) -> Callable[[View], View]:
    """Declare that a view takes files, and how large a request may be that brings them."""

    def mark(view: View) -> View:
        setattr(view, _MOST_BYTES, most_bytes)
        return view

    return mark


def most_bytes_for(app: Flask, endpoint: str | None) -> int | None:
    """Tell how large a request to a view may be; None where what holds for all holds for it."""
    view: object = app.view_functions.get(endpoint or "")
    return getattr(view, _MOST_BYTES, None)


def who_may_use(app: Flask, endpoint: str) -> str | None:
    """Tell what a view declared, or None."""
    view: object = app.view_functions[endpoint]
    return getattr(view, _MARK, None)


def refuse_undeclared(app: Flask) -> None:
    """Refuse to start when a route has not said who may use it. Raises RuntimeError naming them all."""
    silent = sorted(
        {rule.endpoint for rule in app.url_map.iter_rules() if who_may_use(app, rule.endpoint) is None}
    )
    if silent:
        message = f"these routes do not say who may use them (see web/declare.py): {', '.join(silent)}"
        raise RuntimeError(message)


class Number(IntegerConverter):
    """A number in an address that a database can hold; a larger one is an unknown address."""

    def to_python(self, value: str) -> int:
        """Read the number. Raises ValidationError, which makes the address unknown, for one too large."""
        number: int = super().to_python(value)
        if number > LARGEST_NUMBER:
            raise ValidationError
        return number
