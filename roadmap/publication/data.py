"""Open data: an edition as JSON with its published schema, its actions as a table, and the map for search engines."""

import json
from collections.abc import Mapping

from flask import Response, current_app, g, url_for
from werkzeug.wrappers import Response as AnyResponse

from roadmap.clock import in_zone
from roadmap.config import Config
from roadmap.exchange.sheets import write_csv
from roadmap.plan.document import FORMAT
from roadmap.plan.kinds import KINDS
from roadmap.publication.blueprint import bp
from roadmap.publication.caching import marked
from roadmap.publication.items import IN_EDITION
from roadmap.publication.pages import Open, open_edition
from roadmap.publication.queries import published_places
from roadmap.publication.schema import schema_of_editions
from roadmap.publication.views import NEVER
from roadmap.review.words import instrument_name
from roadmap.web.declare import for_everyone

SCHEMA = f"/schema/edition-{FORMAT}.json"


@bp.get("/<region_slug>/<roadmap_slug>.json")
@for_everyone
def newest_json(region_slug: str, roadmap_slug: str) -> AnyResponse:
    """Give the newest adopted edition of a roadmap as open data."""
    return open_edition(region_slug, roadmap_slug, None, _json)


@bp.get(f"{IN_EDITION}.json")
@for_everyone
def edition_json(region_slug: str, roadmap_slug: str, number: int) -> AnyResponse:
    """Give an adopted edition as open data."""
    return open_edition(region_slug, roadmap_slug, number, _json)


@bp.get(f"{IN_EDITION}/aksi.csv")
@for_everyone
def actions_csv(region_slug: str, roadmap_slug: str, number: int) -> AnyResponse:
    """Give the actions of an adopted edition as a table for a spreadsheet."""

    def show(opened: Open) -> Response:
        text = write_csv(KINDS["action"], opened.reading.plan, opened.reading.choices, comes_back=False)
        name = f"rencana-aksi_{opened.found.roadmap_slug}_edisi-{number}.csv"
        return _open(Response(text, mimetype="text/csv"), name)

    return open_edition(region_slug, roadmap_slug, number, show)


@bp.get(SCHEMA)
@for_everyone
def schema() -> AnyResponse:
    """Give the schema that every edition as open data fits."""
    return marked((), NEVER, lambda: _open(_written(schema_of_editions(_address("schema")))))


@bp.get("/sitemap.xml")
@for_everyone
def sitemap() -> AnyResponse:
    """Tell search engines what is published."""
    places = published_places()
    marks = [f"{one.region_slug} {one.roadmap_slug} {one.mark}" for one in places]
    changed = max((one.written_at for one in places), default=NEVER)

    def write() -> Response:
        lines = ['<?xml version="1.0" encoding="UTF-8"?>']
        lines.append('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
        for one in places:
            address = _address("document", region_slug=one.region_slug, roadmap_slug=one.roadmap_slug)
            day = in_zone(one.written_at, "WIB").date().isoformat()
            lines.append(f"<url><loc>{address}</loc><lastmod>{day}</lastmod></url>")
        return Response("\n".join([*lines, "</urlset>"]), mimetype="application/xml")

    return marked(marks, changed, write)


def _json(opened: Open) -> Response:
    found, here = opened.found, opened.here
    # What an instrument is called is said as the region says it, whatever the reader's language.
    g.language = opened.reading.language
    numbered = {**here, "number": found.edition.number}
    return _open(
        _written(
            {
                "$schema": _address("schema"),
                "edition": {
                    "uid": found.edition.uid,
                    "number": found.edition.number,
                    "digest": found.edition.digest,
                    "approved_at": found.edition.created_at.isoformat(),
                    "is_newest": found.is_newest,
                },
                "adoption": {
                    "instrument": str(found.adoption.instrument),
                    "instrument_name": instrument_name(found.adoption.instrument, opened.region),
                    "number": found.adoption.number,
                    "adopted_on": found.adoption.adopted_on.isoformat(),
                    "subject": found.adoption.subject,
                },
                "links": {
                    "self": _address("edition_json", **numbered),
                    "newest": _address("newest_json", **here),
                    "page": _address("edition", **numbered),
                    "actions_csv": _address("actions_csv", **numbered),
                },
                "document": opened.reading.document,
            }
        )
    )


def _written(value: Mapping[str, object]) -> Response:
    # Canonical already, and long: written as it is, not made plain once more.
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Response(text, mimetype="application/json")


def _open(response: Response, name: str | None = None) -> Response:
    """Let other sites and programs read it too."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _address(endpoint: str, **values: object) -> str:
    """Give an address as the world outside knows it."""
    config: Config = current_app.extensions["roadmap_config"]
    return config.base_url + url_for(f"publication.{endpoint}", **values)  # type: ignore[arg-type]
