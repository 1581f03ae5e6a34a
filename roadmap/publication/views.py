"""The public pages: what is published in all regions, in one, and one roadmap in plain words."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from roadmap.plan.pages import enter
from roadmap.plan.words import say, say_lines
from roadmap.publication.queries import Listed, Published, find_published, find_region, published
from roadmap.publication.reading import Group, Reading
from roadmap.review.words import adoption_sentence
from roadmap.text.plain import excerpt, plain
from roadmap.web.declare import for_everyone
from roadmap.web.language import LANGUAGES, chosen_language
from roadmap.web.paging import Page, page_of

bp = Blueprint("publication", __name__, url_prefix="/p")

# A word in the address stands for a part of the page, so that a long one can be read on a page of its own.
PARTS = {"ada": "modality", "masalah": "problem", "kerja": "action", "siapa": "organisation"}
FEW = {"modality": 6, "problem": 8, "action": 50, "organisation": 30}
FEW_GROUPS = 6
MANY = 100
OPEN_REGIONS = 60
PUBLIC_AGE = 60
LANGUAGE = "bahasa"


@bp.before_request
def _language_of_the_address() -> None:
    # A page that caches may keep is chosen by its address alone, the language too.
    wanted = request.args.get(LANGUAGE, "")
    if wanted in LANGUAGES:
        g.language = wanted


@bp.after_request
def _may_be_kept(response: Response) -> Response:
    """Let caches keep what is the same for everybody: nobody is signed in, and no session would travel along."""
    if response.status_code == 200 and not current_user.is_authenticated and not session:  # noqa: PLR2004 - OK
        response.headers["Cache-Control"] = f"public, max-age={PUBLIC_AGE}"
    return response


@bp.app_context_processor
def _addresses() -> dict[str, object]:
    return {"public_url": public_url}


def public_url(endpoint: str, **values: object) -> str:
    """Give the address of a public page in the language this one was asked for in."""
    wanted = request.args.get(LANGUAGE, "")
    values.setdefault(LANGUAGE, wanted if wanted in LANGUAGES else None)
    return url_for(f"publication.{endpoint}", **values)  # type: ignore[arg-type]


@bp.get("/", endpoint="published")
@for_everyone
def all_published() -> str:
    """List what is published, by province."""
    return render_template("publication/home.html", **listing(published()))


@bp.get("/<region_slug>")
@for_everyone
def region(region_slug: str) -> str:
    """List what a region has published."""
    found = find_region(region_slug)
    enter(found)
    return render_template("publication/region.html", region=found, listed=published(found.id))


@bp.get("/<region_slug>/<roadmap_slug>")
@for_everyone
def document(region_slug: str, roadmap_slug: str) -> AnyResponse:
    """Show the newest adopted edition of a roadmap."""
    return _show(find_published(region_slug, roadmap_slug))


@bp.get("/<region_slug>/<roadmap_slug>/<int:number>")
@for_everyone
def edition(region_slug: str, roadmap_slug: str, number: int) -> AnyResponse:
    """Show an adopted edition by its number, an older one under a band that says so."""
    return _show(find_published(region_slug, roadmap_slug, number))


def _show(found: Published) -> AnyResponse:
    enter(found.region)
    reading = Reading(found.edition.document, chosen_language())
    group = _group_asked(reading)
    rows = reading.rows_for(group) if group else reading.rows
    wanted = PARTS.get(request.args.get("bagian", ""), "")
    only = "action" if group else wanted
    lists: dict[str, Sequence[Any]] = {
        "modality": reading.plan.items["modality"],
        "problem": reading.plan.items["problem"],
        "action": rows,
        "organisation": reading.responsible,
    }
    pages: dict[str, Page[Any]] = {
        name: page_of(everything, MANY if only else FEW[name], None if only == name else 1)
        for name, everything in lists.items()
        if only in ("", name)
    }
    body = render_template(
        "publication/document.html",
        found=found,
        region=found.region,
        edition=found.edition,
        adoption=found.adoption,
        adoption_sentence=adoption_sentence,
        reading=reading,
        numbers=reading.numbers,
        choices=reading.choices,
        group=group,
        few_groups=FEW_GROUPS,
        only=only,
        pages=pages,
        totals={name: len(everything) for name, everything in lists.items()},
        address=_address_of(found),
        description=excerpt(plain(str(reading.plan.cover.easy_read or "")), 160)
        if reading.plan.cover
        else "",
        say=say,
        say_lines=say_lines,
    )
    return make_response(body)


def _group_asked(reading: Reading) -> Group | None:
    wanted = request.args.get("untuk", "")
    return next((group for group in reading.groups if group.name == wanted), None)


def _address_of(found: Published) -> Callable[..., str]:
    """Give the addresses of this edition's page: with a group, a part, a number of a page."""

    def address(**values: object) -> str:
        shared = {"region_slug": found.region.slug, "roadmap_slug": found.roadmap_slug}
        if found.is_newest:
            return public_url("document", **shared, **values)
        return public_url("edition", **shared, number=found.edition.number, **values)

    return address


def listing(listed: list[Listed]) -> dict[str, object]:
    """Group what is published by province and region, for the page that lists it."""
    provinces = [
        (
            province,
            [list(of_region) for _, of_region in groupby(of_province, key=lambda one: one.region_slug)],
        )
        for province, of_province in groupby(listed, key=lambda one: one.province)
    ]
    return {"provinces": provinces, "count": len(listed), "is_folded": len(listed) > OPEN_REGIONS}
