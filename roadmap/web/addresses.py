"""Addresses built once: a page names many, and the same ones again and again."""

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request

MOST_ADDRESSES = 10_000
LENGTH_OF_A_UID = 36

Values = tuple[tuple[str, int | str | None], ...]


def register(app: Flask) -> None:
    """Have `url_for` remember what it built: an address follows from its endpoint, its values and our root alone."""
    build = app.url_for

    @lru_cache(maxsize=MOST_ADDRESSES)
    def built(_root: str, endpoint: str, values: Values) -> str:
        return build(endpoint, **dict(values))  # type: ignore[arg-type]

    def url_for(endpoint: str, /, **values: Any) -> str:
        if (
            has_request_context()
            and not endpoint.startswith(".")
            and all(map(_is_plain, values, values.values()))
        ):
            return built(request.root_path, endpoint, tuple(values.items()))
        return build(endpoint, **values)

    app.url_for = url_for  # type: ignore[method-assign, assignment]
    app.jinja_env.globals["url_for"] = url_for


def _is_plain(name: str, value: object) -> bool:
    """Tell what may be remembered: numbers and short words; no list, nothing typed at length, no one-time token."""
    if name.startswith("_") or isinstance(value, bool):
        return False
    return (
        value is None or isinstance(value, int) or (isinstance(value, str) and len(value) <= LENGTH_OF_A_UID)
    )
