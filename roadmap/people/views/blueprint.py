"""The blueprint, and what several of the room's pages say in the same way."""

from collections.abc import Mapping

from flask import Blueprint, g, make_response, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotValid
from roadmap.people.access import region_for
from roadmap.people.errors import LinkSpent
from roadmap.people.models import Region
from roadmap.people.roles import Act
from roadmap.people.session import acting_person

bp = Blueprint("people", __name__)


def page(template: str, status: int = 200, **context: object) -> Response:
    """Make a page; one that gives words back says so in its title."""
    if status >= 400:  # noqa: PLR2004 - the first status of a refusal
        context.setdefault("outcome_title", _("Perlu diperbaiki:"))
    return make_response(render_template(template, **context), status)


def sentences(problem: NotValid) -> dict[str, str]:
    """Say what is to be mended, field by field, in the reader's language."""
    return {name: _(sentence, **problem.values) for name, sentence in problem.errors.items()}


def summary(errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """Give the sentences for the summary at the top of a form."""
    return list(errors.items())


def spent_page(spent: LinkSpent) -> Response:
    """Say that a one-time link no longer works, and what to do."""
    return page("people/spent.html", 410, sentence=_(spent.sentence), outcome_title="")


def region_page(template: str, region: Region, tab: str, status: int = 200, **context: object) -> Response:
    """Make a page of a region's administrator; the header names the region, times are in its zone."""
    g.region, g.region_name, g.zone = region, region.full_name, region.zone
    return page(template, status, region=region, tab=tab, **context)


def administered(region_id: int, act: Act) -> Region:
    """Give the region to whoever may do the act there. Raises as the gate does."""
    return region_for(acting_person(), region_id, to=act)
