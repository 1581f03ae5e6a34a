"""Addresses built once: a page names many, and the same ones again and again."""

from typing import Any

from flask import Flask, has_request_context, request

MOST_ADDRESSES = 10_000
LENGTH_OF_A_UID, LENGTH_OF_A_NAME = 36, 60


def register(app: Flask) -> None:
    """Have `url_for` remember what it built: an address follows from its endpoint, its values and our root alone."""
    build = app.url_for
    known: dict[tuple[object, ...], str] = {}

    def url_for(endpoint: str, /, **values: Any) -> str:
        if not has_request_context() or endpoint.startswith("."):
            return build(endpoint, **values)
        key = (request.root_path, endpoint, *values.items())
        try:
            found = known.get(key)
        except TypeError:  # a list among the values, which nothing can be found by
            return build(endpoint, **values)
        if found is None:
            found = build(endpoint, **values)
            if all(map(_is_plain, values, values.values())):
                if len(known) >= MOST_ADDRESSES:
                    known.clear()
                known[key] = found
        return found

    app.url_for = url_for  # type: ignore[method-assign, assignment]
    app.jinja_env.globals["url_for"] = url_for


def _is_plain(name: str, value: object) -> bool:
    """Tell what may be remembered: numbers and short words; no list, nothing typed at length, no one-time token."""
    if name.startswith("_") or isinstance(value, bool):
        return False
    return (
        value is None or isinstance(value, int) or (isinstance(value, str) and len(value) <= LENGTH_OF_A_UID)
    )
