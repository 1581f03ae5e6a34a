"""The page on which one finds: a question, what answers it, kind by kind; to htmx the answers alone."""

from typing import Any

from flask import Blueprint, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.plan.pages import enter, roadmap_page
from roadmap.search.kinds import GROUPS
from roadmap.search.queries import Results, find
from roadmap.search.rules import Asked, read_question
from roadmap.search.showing import grouped, hits_of
from roadmap.web.declare import asks
from roadmap.web.paging import Page, wanted_page
from roadmap.web.respond import wants_partial

bp = Blueprint("search", __name__)
PER_PAGE = 20


@bp.get("/roadmaps/<int:roadmap_id>/search")
@asks(Act.SEE)
def search(roadmap_id: int) -> Response:
    """Find in the roadmap what the reader may see of it."""
    person = acting_person()
    found = roadmap_for(person, roadmap_id, to=Act.SEE)
    asked = read_question(request.args.get("cari", ""))
    wanted = request.args.get("jenis", "")
    kind = wanted if wanted in GROUPS else None
    results = find(person, found, asked, kind=kind, size=PER_PAGE, number=wanted_page())
    context = _context(person, found, asked, kind, results)
    if wants_partial() and request.headers.get("HX-Target", "").endswith("search-results"):
        enter(found.region)
        return make_response(render_template("search/_results.html", roadmap=found, **context))
    return roadmap_page("search/search.html", found, tab="contents", **context)


def _context(
    person: Person, found: Roadmap, asked: Asked, kind: str | None, results: Results
) -> dict[str, Any]:
    total = results.counts.get(kind, 0) if kind else results.total
    pages = max(-(-total // PER_PAGE), 1)
    hits = hits_of(person, found, asked, results)

    def address(number: int = 1, kind: str | None = kind) -> str:
        return url_for(
            "search.search",
            roadmap_id=found.id,
            cari=asked.typed or None,
            jenis=kind,
            halaman=number if number > 1 else None,
        )

    return {
        "asked": asked,
        "kind": kind,
        "counts": results.counts,
        "all_count": results.total,
        "groups": grouped(hits),
        "names": GROUPS,
        "page": Page(hits, min(max(wanted_page(), 1), pages), pages, total),
        "outcome": _outcome(asked, total),
        "address": address,
    }


def _outcome(asked: Asked, total: int) -> str:
    if not asked:
        return ""
    if not total:
        return _("Tidak ada yang cocok dengan ‘%(words)s’.", words=asked.typed)
    return ngettext(
        "%(num)s hasil untuk ‘%(words)s’", "%(num)s hasil untuk ‘%(words)s’", total, words=asked.typed
    )
