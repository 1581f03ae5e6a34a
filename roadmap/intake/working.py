"""Having the background step that is due begin, and leading to the page of the table."""

from flask import current_app
from werkzeug.wrappers import Response

from roadmap.intake.models import Intake
from roadmap.intake.running import start
from roadmap.web.respond import Notice, done


def go_on_working(found: Intake | None, address: str, notice: Notice | None = None) -> Response:
    """Begin the step that is due, wait for it a moment, and lead on; a repeated press begins nothing."""
    if found is not None:
        start(current_app._get_current_object(), found.id)  # type: ignore[attr-defined]  # noqa: SLF001
    return done(address, notice)
