"""A roadmap at a glance, each of its parts in depth, and its documents."""

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from roadmap.desk.addresses import Addresses
from roadmap.desk.blueprint import PARTS, bp
from roadmap.desk.duties import duty_of
from roadmap.desk.kept_views import remember_view, saved_context, usual_view
from roadmap.desk.narrowing import filter_context, holds_empty_parts, look_of, query_of
from roadmap.desk.queries import overview_of
from roadmap.desk.showing import grouped, outline_context, part_context
from roadmap.exchange.queries import adoptions_of
from roadmap.history.models import Roadmap
from roadmap.intake.showing import may_bring
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import roadmap_for
from roadmap.plan.kinds import BY_PLURAL, KINDS
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import editions_of
from roadmap.publication.addresses import example_published, public_address
from roadmap.review.queries import current_submission
from roadmap.review.words import adoption_sentence
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language
from roadmap.web.respond import wants_partial


@bp.get("/roadmaps/<int:roadmap_id>")
@asks(Act.SEE)
def roadmap(roadmap_id: int) -> Response:
    """Show the whole roadmap at a glance, in one of its three views; to htmx the view alone."""
    person = acting_person()
    found = roadmap_for(person, roadmap_id, to=Act.SEE)
    is_partial = wants_partial() and request.headers.get("HX-Target", "").endswith("outline")
    here = url_for("desk.roadmap", roadmap_id=found.id) + f"?{query_of(request.args)}"
    if holds_empty_parts() and not is_partial:
        return redirect(here, 302)
    overview = overview_of(person, found, language=chosen_language())
    look = look_of(person, found, overview)
    context = outline_context(found, look.addresses, look.shown, usual=usual_view(person))
    context |= filter_context(look) | saved_context(person, found)
    if is_partial:
        enter(found.region)
        response: Response = make_response(render_template("desk/_outline.html", **context))
        if holds_empty_parts():
            response.headers["HX-Push-Url"] = here
    else:
        response = roadmap_page(
            "desk/roadmap.html",
            found,
            tab="contents",
            title=overview.plan.title,
            duty=duty_of(overview, found, current_submission(found.id)),
            missing=grouped(overview),
            example_url=example_published() if overview.is_empty else None,
            **{name: value for name, value in context.items() if name not in {"roadmap", "region"}},
        )
    return remember_view(response, person, context["view"])


@bp.get(f"/roadmaps/<int:roadmap_id>/{PARTS}")
@asks(Act.SEE)
def part(roadmap_id: int, plural: str) -> Response:
    """Show one part in depth: every item with its main fields, what it lacks, and what can be done to it."""
    person = acting_person()
    found = roadmap_for(person, roadmap_id, to=Act.SEE)
    if holds_empty_parts():
        here = url_for("desk.part", roadmap_id=found.id, plural=plural)
        return redirect(f"{here}?{query_of(request.args)}", 302)
    overview = overview_of(person, found, language=chosen_language())
    look = look_of(person, found, overview)
    context = part_context(look.addresses, look.shown, BY_PLURAL[plural]) | filter_context(look)
    return roadmap_page("desk/part.html", found, tab="contents", title=overview.plan.title, **context)


def part_list(roadmap: Roadmap, kind: str, item_id: int) -> str:
    """Render the list of a part around an item that was just moved, for htmx to put in place of the old one."""
    overview = overview_of(acting_person(), roadmap, language=chosen_language())
    context = part_context(Addresses(roadmap.id), overview, KINDS[kind], moved_id=item_id)
    return render_template("desk/_part_list.html", roadmap=roadmap, **context)


@bp.get("/roadmaps/<int:roadmap_id>/documents")
@asks(Act.SEE)
def documents(roadmap_id: int) -> Response:
    """Offer everything that can be taken away: the matrix, the tables, the editions and where they can be read."""
    person = acting_person()
    found = roadmap_for(person, roadmap_id, to=Act.SEE)
    editions = editions_of(found.id)
    adoptions = adoptions_of([edition.id for edition in editions])
    return roadmap_page(
        "desk/documents.html",
        found,
        tab="documents",
        editions=editions,
        adoptions=adoptions,
        adoption_sentence=adoption_sentence,
        may_bring=may_bring(person, found),
        kinds=[KINDS[name] for name in ("action", "indicator", "problem", "modality", "section")],
        public_url=public_address(found) if adoptions else None,
    )
