"""What a shared cache already has is not made again: marks by content, language, look and code; 304 (T14)."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime

from flask import Response, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from roadmap.publication.blueprint import is_for_everybody
from roadmap.publication.queries import Published
from roadmap.publication.shelf import mark_of
from roadmap.web.filters import theme
from roadmap.web.language import chosen_language
from roadmap.web.marks import code_changed_at, code_mark


def marked_by_edition(found: Published, make: Callable[[], AnyResponse | str]) -> AnyResponse:
    """Answer with a page about an edition, or that it has not changed, which takes no look at the document."""
    parts = (f"{edition.number} {edition.uid} {mark_of(edition)}" for edition, _adoption in found.editions)
    changed = max(
        max(adoption.at, edition.document_at or adoption.at) for edition, adoption in found.editions
    )
    return marked((found.edition.uid, found.region.zone, *parts), changed, make)


def marked(parts: Iterable[str], changed: datetime, make: Callable[[], AnyResponse | str]) -> AnyResponse:
    """Answer with a page that is the same as long as these parts are, or that it has not changed."""
    if not is_for_everybody():
        return make_response(make())
    mark = _mark(parts)
    changed = max(changed, code_changed_at()).replace(microsecond=0)
    response = Response(status=304) if _has(mark, changed) else make_response(make())
    if response.status_code not in {200, 304}:
        return response
    response.set_etag(mark, weak=True)
    response.last_modified = changed
    return response


def _mark(parts: Iterable[str]) -> str:
    # Weak: the page is packed on its way out or not. The look and the language may come from a cookie.
    words = (code_mark(), chosen_language(), theme(), request.full_path, *parts)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:24]


def _has(mark: str, changed: datetime) -> bool:
    if request.if_none_match:
        return request.if_none_match.contains_weak(mark)
    since = request.if_modified_since
    return since is not None and since >= changed
