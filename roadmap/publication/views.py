"""The public pages: what is published in all regions, in one, and one roadmap in plain words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from flask import redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from roadmap.plan.outline import ItemView
from roadmap.plan.pages import enter
from roadmap.publication.blueprint import bp
from roadmap.publication.caching import marked
from roadmap.publication.finding import Asked, Found, asked_from, find
from roadmap.publication.matching import asked_forms, matches, searchable
from roadmap.publication.pages import Open, edition_page, open_edition
from roadmap.publication.queries import Place, find_region, published_places, with_titles
from roadmap.publication.reading import Reading
from roadmap.text.plain import excerpt, plain, slug
from roadmap.web.declare import for_everyone
from roadmap.web.paging import Page, page_by_weight, page_of

# A word in the address stands for a part of the page, so that a long one can be read on a page of its own.
PARTS = {
    "bab": "section",
    "ada": "modality",
    "masalah": "problem",
    "kerja": "action",
    "siapa": "organisation",
}
FEW = {"modality": 6, "problem": 8, "action": 50, "organisation": 30, "talk": 5}
MANY = {"modality": 100, "problem": 100, "action": 100, "organisation": 100, "talk": 25}
FEW_LETTERS, MANY_LETTERS = 24_000, 90_000
FEW_GROUPS = 6
OPEN_REGIONS = 60
LONGEST_TYPED = 100
NEVER = datetime(2026, 1, 1, tzinfo=UTC)


@bp.get("/", endpoint="published")
@for_everyone
def all_published() -> AnyResponse:
    """List what is published, by province."""
    places = published_places()
    return _marked_by_places(places, lambda: render_template("publication/home.html", **listing(places)))


@bp.get("/<region_slug>")
@for_everyone
def region(region_slug: str) -> AnyResponse:
    """List what a region has published."""
    found = find_region(region_slug)
    enter(found)
    places = published_places(found.id)
    return _marked_by_places(
        places,
        lambda: render_template("publication/region.html", region=found, listed=with_titles(places)),
        found.full_name,
        found.planning_agency,
    )


@bp.get("/<region_slug>/<roadmap_slug>")
@for_everyone
def document(region_slug: str, roadmap_slug: str) -> AnyResponse:
    """Show the newest adopted edition of a roadmap."""
    return open_edition(region_slug, roadmap_slug, None, _show)


@bp.get("/<region_slug>/<roadmap_slug>/<int:number>")
@for_everyone
def edition(region_slug: str, roadmap_slug: str, number: int) -> AnyResponse:
    """Show an adopted edition by its number, an older one under a band that says so."""
    return open_edition(region_slug, roadmap_slug, number, _show)


def _marked_by_places(places: Sequence[Place], make: Any, *parts: str) -> AnyResponse:
    marks = (f"{one.region_slug} {one.region_name} {one.roadmap_slug} {one.mark}" for one in places)
    changed = max((one.written_at for one in places), default=NEVER)
    return marked((*parts, *marks), changed, make)


# --- One edition --------------------------------------------------------------------------------------


def _show(opened: Open) -> AnyResponse | str:
    reading = opened.reading
    asked = asked_from(request.args, reading.entries)
    if "" in request.args.values():
        # A form sends its empty boxes too: the address that people pass on has only what is asked.
        return redirect(opened.address(**asked.parameters))
    answered = find(reading.entries, asked)
    only = "action" if asked else PARTS.get(request.args.get("bagian", ""), "")
    pages = _pages(reading, answered, only)
    return edition_page(
        "publication/document.html",
        opened,
        asked=asked,
        answered=answered,
        asked_words=_asked_words(asked, answered),
        few_groups=FEW_GROUPS,
        only=only,
        pages=pages,
        totals={name: page.total for name, page in pages.items()},
        description=_description(reading),
    )


def _pages(reading: Reading, answered: Found, only: str) -> dict[str, Page[Any]]:
    """Cut each list that is shown to what one page carries; a part on a page of its own has more of it."""
    lists: Mapping[str, Sequence[Any]] = {
        "modality": reading.plan.items["modality"],
        "problem": reading.plan.items["problem"],
        "action": answered.rows,
        "organisation": reading.responsible,
        "talk": reading.talks,
    }
    pages: dict[str, Page[Any]] = {
        name: page_of(everything, (MANY if only else FEW)[name], None if only == name else 1)
        for name, everything in lists.items()
        if only in ("", name)
    }
    if only in ("", "section"):
        most = MANY_LETTERS if only else FEW_LETTERS
        pages["section"] = page_by_weight(reading.plan.items["section"], _letters, most, None if only else 1)
    return pages


def _letters(section: ItemView) -> int:
    return len(str(section.body or "")) + len(section.label)


def _asked_words(asked: Asked, answered: Found) -> list[tuple[str, str, dict[str, str]]]:
    """Say what is asked: by what it is filtered, the words, and the address without it."""
    names = {
        "cari": _("Kata"),
        "untuk": _("Untuk"),
        "hak": _("Hak"),
        "kantor": _("Kantor atau lembaga"),
        "wilayah": _("Di"),
        "tahun": _("Tahun"),
        "status": _("Keadaan"),
    }
    said = {
        **asked.typed,
        **{name: answered.label_of(name, value) for name, value in asked.chosen.items()},
    }
    return [(words, said[name], asked.without(name)) for name, words in names.items() if name in said]


def _description(reading: Reading) -> str:
    cover = reading.plan.cover
    words = str((cover.easy_read or cover.vision) or "") if cover else ""
    return excerpt(plain(words), 160) if words else ""


# --- All regions --------------------------------------------------------------------------------------


def listing(places: Sequence[Place]) -> dict[str, object]:
    """Group what is published for the page that lists it: few open by province, many as provinces and a search."""
    typed = " ".join(request.args.get("cari", "").split())[:LONGEST_TYPED]
    province = next(
        (one.province for one in places if slug(one.province) == request.args.get("provinsi")), ""
    )
    shown = [one for one in places if not province or one.province == province]
    if typed:
        asked = asked_forms(typed)
        shown = [one for one in places if matches(searchable([one.region_name, one.province]), asked)]
    is_folded = len(places) > OPEN_REGIONS and not typed and not province
    page = page_of([] if is_folded else shown, OPEN_REGIONS)
    return {
        "typed": typed,
        "province": province,
        "places": places,
        "page": page,
        "provinces": _by_province(page),
        "folded": _folded(places) if is_folded else [],
        "slug": slug,
    }


def _by_province(page: Page[Place]) -> list[tuple[str, list[list[Any]]]]:
    listed = with_titles(page.items)
    return [
        (
            province,
            [
                list(of_region)
                for _slug, of_region in groupby(of_province, key=lambda one: one.place.region_slug)
            ],
        )
        for province, of_province in groupby(listed, key=lambda one: one.place.province)
    ]


def _folded(places: Sequence[Place]) -> list[tuple[str, int]]:
    """Count the regions of each province."""
    return [
        (province, len({one.region_slug for one in of_province}))
        for province, of_province in groupby(places, key=lambda one: one.province)
    ]
