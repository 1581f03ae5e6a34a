"""The frame of a page about one roadmap: its title, its tabs, its region's words and zone."""

from flask import g, make_response, render_template
from werkzeug.wrappers import Response

from roadmap.history.models import Roadmap
from roadmap.people.models import Region
from roadmap.plan.queries import titles_of


def enter(region: Region) -> None:
    """Have the page speak of a region: its name in the header, its zone in the times."""
    g.region, g.region_name, g.zone = region, region.full_name, region.zone


def roadmap_page(
    template: str,
    roadmap: Roadmap,
    *,
    tab: str,
    title: str | None = None,
    status: int = 200,
    **context: object,
) -> Response:
    """Render a page of one roadmap; `tab` is contents, history, documents or stages."""
    enter(roadmap.region)
    words = title if title is not None else titles_of([roadmap.id]).get(roadmap.id, "")
    body = render_template(
        template,
        roadmap=roadmap,
        region=roadmap.region,
        roadmap_title=words or roadmap.region.full_name,
        tab=tab,
        **context,
    )
    return make_response(body, status)
