"""The blueprint of the public part, and what holds for every answer of it: the language of the address, no cookies."""

from flask import Blueprint, Response, g, request, session, url_for
from flask_login import current_user

from roadmap.web.language import LANGUAGES

bp = Blueprint("publication", __name__, url_prefix="/p")

PUBLIC_AGE = 60
LANGUAGE = "bahasa"


@bp.before_request
def _language_of_the_address() -> None:
    # A page that caches may keep is chosen by its address, the language too; a cookie chooses where it says nothing.
    wanted = request.args.get(LANGUAGE, "")
    if wanted in LANGUAGES:
        g.language = wanted


@bp.after_request
def _may_be_kept(response: Response) -> Response:
    """Let caches keep what is the same for everybody, and have nothing of anybody's session travel along."""
    if response.status_code in {200, 304} and is_for_everybody():
        response.headers["Cache-Control"] = f"public, max-age={PUBLIC_AGE}"
    return response


@bp.app_context_processor
def _addresses() -> dict[str, object]:
    return {"public_url": public_url, "in_language": in_language}


def is_for_everybody() -> bool:
    """Tell whether this answer is the same for everybody: no one is signed in, and no notice waits to be shown."""
    return "_flashes" not in session and not current_user.is_authenticated


def public_url(endpoint: str, **values: object) -> str:
    """Give the address of a public page in the language this one was asked for in."""
    wanted = request.args.get(LANGUAGE, "")
    values.setdefault(LANGUAGE, wanted if wanted in LANGUAGES else None)
    return url_for(f"publication.{endpoint}", **values)  # type: ignore[arg-type]


def in_language(language: str) -> str:
    """Give the address of this page in another language, with everything that is asked in it."""
    # What url_for reads as an order to itself (_scheme, _external) is none of a reader's business.
    asked = {name: value for name, value in request.args.items() if not name.startswith("_")}
    values = {**asked, **(request.view_args or {}), LANGUAGE: language}
    return url_for(request.endpoint or "web.home", **values)
