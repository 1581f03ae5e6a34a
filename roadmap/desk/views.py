"""A roadmap at a glance, each of its parts in depth, and its documents."""

from collections.abc import Callable
from typing import Any

from flask import make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from roadmap.desk.blueprint import PARTS, bp
from roadmap.desk.duties import duty_of
from roadmap.desk.overview import PER_PAGE, Overview, add_up, chain_of, offices_of, sort_rows
from roadmap.desk.queries import overview_of
from roadmap.exchange.matrix import rows_of, years_of
from roadmap.exchange.queries import adoptions_of
from roadmap.history.models import Roadmap
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.plan.blueprint import item_url
from roadmap.plan.findings import Finding
from roadmap.plan.kinds import BY_PLURAL, KINDS, Kind
from roadmap.plan.outline import ItemView
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import editions_of
from roadmap.plan.words import say, say_lines
from roadmap.publication.addresses import example_published, public_address
from roadmap.review.queries import current_submission
from roadmap.review.words import adoption_sentence
from roadmap.text.words import N_
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language
from roadmap.web.paging import page_by_weight, page_of, wanted_page
from roadmap.web.respond import wants_partial

CHAIN, TABLE, OFFICES = "rangkaian", "tabel", "kantor"
VIEWS = {CHAIN: N_("Rangkaian"), TABLE: N_("Tabel"), OFFICES: N_("Per kantor")}
PART_PAGE = 50


@bp.get("/roadmaps/<int:roadmap_id>")
@asks(Act.SEE)
def roadmap(roadmap_id: int) -> Response:
    """Show the whole roadmap at a glance, in one of its three views; to htmx the view alone."""
    person = acting_person()
    found = roadmap_for(person, roadmap_id, to=Act.SEE)
    overview = overview_of(person, found, language=chosen_language())
    context = _outline_context(found, overview)
    if wants_partial() and request.headers.get("HX-Target", "").endswith("outline"):
        enter(found.region)
        return make_response(render_template("desk/_outline.html", **context))
    return roadmap_page(
        "desk/roadmap.html",
        found,
        tab="contents",
        title=overview.plan.title,
        duty=duty_of(overview, found, current_submission(found.id)),
        missing=_grouped(overview),
        example_url=example_published() if overview.is_empty else None,
        **{name: value for name, value in context.items() if name not in {"roadmap", "region"}},
    )


@bp.get(f"/roadmaps/<int:roadmap_id>/{PARTS}")
@asks(Act.SEE)
def part(roadmap_id: int, plural: str) -> Response:
    """Show one part in depth: every item with its main fields, what it lacks, and what can be done to it."""
    person = acting_person()
    found = roadmap_for(person, roadmap_id, to=Act.SEE)
    overview = overview_of(person, found, language=chosen_language())
    context = _part_context(found, overview, BY_PLURAL[plural])
    return roadmap_page("desk/part.html", found, tab="contents", title=overview.plan.title, **context)


def part_list(roadmap: Roadmap, kind: str, item_id: int) -> str:
    """Render the list of a part around an item that was just moved, for htmx to put in place of the old one."""
    overview = overview_of(acting_person(), roadmap, language=chosen_language())
    context = _part_context(roadmap, overview, KINDS[kind], moved_id=item_id)
    return render_template("desk/_part_list.html", roadmap=roadmap, **context)


@bp.get("/roadmaps/<int:roadmap_id>/documents")
@asks(Act.SEE)
def documents(roadmap_id: int) -> Response:
    """Offer everything that can be taken away: the matrix, the tables, the editions and where they can be read."""
    found = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    editions = editions_of(found.id)
    adoptions = adoptions_of([edition.id for edition in editions])
    return roadmap_page(
        "desk/documents.html",
        found,
        tab="documents",
        editions=editions,
        adoptions=adoptions,
        adoption_sentence=adoption_sentence,
        kinds=[KINDS[name] for name in ("action", "indicator", "problem", "modality", "section")],
        public_url=public_address(found) if adoptions else None,
    )


def _part_context(
    found: Roadmap, overview: Overview, kind: Kind, *, moved_id: int | None = None
) -> dict[str, Any]:
    everything = overview.plan.items[kind.name]
    under = _problem_asked(overview) if kind.name == "action" else None
    items = overview.plan.actions_of(under.uid) if under else everything
    places = {item.uid: place for place, item in enumerate(everything)}
    wanted = str(moved_id) if moved_id is not None else request.args.get("di", "")
    return _shared(overview) | {
        "kind": kind,
        "page": page_of(items, PART_PAGE, _page_holding(items, wanted)),
        "under": under,
        "moved_id": moved_id,
        "after_for": lambda item: _neighbours(everything, places[item.uid]),
        "page_url": _page_urls(
            "desk.part", roadmap_id=found.id, plural=kind.plural, permasalahan=under and under.id
        ),
    }


def _outline_context(found: Roadmap, overview: Overview) -> dict[str, Any]:
    view = request.args.get("view", CHAIN)
    view = view if view in VIEWS else CHAIN
    shared = _shared(overview) | {"roadmap": found, "region": found.region, "view": view, "views": VIEWS}
    if view == TABLE:
        return shared | _table(found, overview)
    if view == OFFICES:
        return shared | _offices(found, overview)
    return shared | _chain(found, overview)


def _chain(found: Roadmap, overview: Overview) -> dict[str, Any]:
    page = page_by_weight(chain_of(overview), lambda block: block.weight, PER_PAGE)
    return {
        "page": page,
        "heading": _counted(overview, "problem"),
        "page_url": _page_urls("desk.roadmap", roadmap_id=found.id),
    }


def _table(found: Roadmap, overview: Overview) -> dict[str, Any]:
    rows, sorted_by = sort_rows(
        rows_of(overview.plan, overview.choices, overview.numbers), request.args.get("urut", "")
    )
    return {
        "page": page_of(rows, PER_PAGE),
        "heading": _counted(overview, "action"),
        "sorted_by": sorted_by,
        "page_url": _page_urls("desk.roadmap", roadmap_id=found.id, view=TABLE, urut=sorted_by or None),
    }


def _offices(found: Roadmap, overview: Overview) -> dict[str, Any]:
    offices = offices_of(overview)
    actions = overview.plan.items["action"]
    return {
        "page": page_by_weight(offices, lambda office: office.weight, PER_PAGE),
        "heading": _counted(overview, "action"),
        "all_money": add_up(actions),
        "office_count": sum(1 for office in offices if office.name and not office.is_continued),
        "page_url": _page_urls("desk.roadmap", roadmap_id=found.id, view=OFFICES),
    }


def _shared(overview: Overview) -> dict[str, Any]:
    return {
        "overview": overview,
        "plan": overview.plan,
        "numbers": overview.numbers,
        "choices": overview.choices,
        "counted": lambda kind: _counted(overview, kind),
        "item_url": item_url,
        "say": say,
        "say_lines": say_lines,
        "say_finding": say_finding,
        "years_of": years_of,
        "kinds": KINDS,
    }


def say_finding(finding: Finding) -> str:
    """Say a finding as a chip does: without its full stop."""
    return _(finding.sentence, **finding.values).rstrip(".")


def _counted(overview: Overview, kind: str) -> str:
    count = len(overview.plan.items[kind])
    if kind == "modality":
        return ngettext("%(num)s modalitas", "%(num)s modalitas", count)
    if kind == "problem":
        return ngettext("%(num)s permasalahan", "%(num)s permasalahan", count)
    if kind == "section":
        return ngettext("%(num)s bab", "%(num)s bab", count)
    return ngettext("%(num)s rencana aksi", "%(num)s rencana aksi", count)


def _grouped(overview: Overview) -> list[tuple[str, int]]:
    """Count the findings by what they say, the commonest first."""
    counts: dict[str, int] = {}
    for finding in overview.findings:
        words = say_finding(finding)
        counts[words] = counts.get(words, 0) + 1
    return sorted(counts.items(), key=lambda entry: -entry[1])


def _problem_asked(overview: Overview) -> ItemView | None:
    wanted = request.args.get("permasalahan", "")
    return next((one for one in overview.plan.items["problem"] if str(one.id) == wanted), None)


def _page_holding(items: list[ItemView], wanted: str) -> int:
    """Tell which page holds an item, or which one the address asks for."""
    place = next((place for place, item in enumerate(items) if str(item.id) == wanted), None)
    return wanted_page() if place is None else place // PART_PAGE + 1


def _neighbours(items: list[ItemView], place: int) -> tuple[str | None, str | None]:
    """Name after whom an item goes when it moves one up and one down; None where it cannot."""
    up = None if place == 0 else ("first" if place == 1 else items[place - 2].uid)
    down = items[place + 1].uid if place + 1 < len(items) else None
    return up, down


def _page_urls(endpoint: str, **values: object) -> Callable[[int], str]:
    def address(number: int) -> str:
        return url_for(endpoint, halaman=number if number > 1 else None, **values)  # type: ignore[arg-type]

    return address
