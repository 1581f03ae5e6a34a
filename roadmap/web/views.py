"""Pages that belong to no room: health, static files, language, look, and what the product says of itself."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as AnyResponse

from roadmap.config import Config
from roadmap.extensions import db
from roadmap.web.assets import LONGEST_AGE, TEXT_TYPES, find_asset, mark_of, packed, type_of
from roadmap.web.declare import for_everyone
from roadmap.web.filters import THEME_COOKIE, THEMES
from roadmap.web.language import COOKIE, LANGUAGES
from roadmap.web.slots import slot

bp = Blueprint("web", __name__)

A_YEAR = 31_536_000
WORKER = "js/worker.js"


@bp.get("/healthz")
@for_everyone
def alive() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@for_everyone
def ready() -> Response:
    """Say whether the database is reachable and migrated."""
    try:
        stamped = db.session.execute(text("select version_num from alembic_version")).scalar()
    except SQLAlchemyError:
        stamped = None
    return Response(
        "ok\n" if stamped else "not ready\n", status=200 if stamped else 503, mimetype="text/plain"
    )


@bp.get("/static/<mark>/<path:path>")
@for_everyone
def asset(mark: str, path: str) -> Response:
    """Send a static file; its address carries its hash, so it may be kept for ever."""
    found = find_asset(path)
    if found is None or mark != mark_of(path):
        abort(404)
    mimetype = type_of(path)
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    if mimetype in TEXT_TYPES and takes_gzip:
        response = Response(packed(path), mimetype=mimetype, headers={"Content-Encoding": "gzip"})
    else:
        response = Response(found.read_bytes(), mimetype=mimetype)
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = f"public, max-age={LONGEST_AGE}, immutable"
    if path == WORKER:
        # The forms it keeps stand at addresses outside its own folder.
        response.headers["Service-Worker-Allowed"] = "/"
    return response


@bp.get("/favicon.ico")
@for_everyone
def favicon() -> AnyResponse:
    """Point browsers that ask at the root to the mark."""
    return redirect(url_for("web.asset", mark=mark_of("favicon.svg"), path="favicon.svg"), 302)


@bp.get("/robots.txt")
@for_everyone
def robots() -> Response:
    """Let search engines read what is published, and nothing else; the published part has a map of itself."""
    config: Config = current_app.extensions["roadmap_config"]
    rules = "User-agent: *\nAllow: /$\nAllow: /p/\nAllow: /static/\nDisallow: /\n"
    return Response(f"{rules}Sitemap: {config.base_url}/p/sitemap.xml\n", mimetype="text/plain")


@bp.get("/.well-known/change-password")
@for_everyone
def change_password() -> AnyResponse:
    """Point password managers to the right page."""
    return redirect("/account", 302)


@bp.post("/language")
@for_everyone
def set_language() -> AnyResponse:
    """Remember the reader's language on this device."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    return _remember(COOKIE, chosen)


@bp.post("/theme")
@for_everyone
def set_theme() -> AnyResponse:
    """Remember the reader's choice of light and dark on this device."""
    chosen = request.form.get("theme", "")
    if chosen not in THEMES:
        abort(400)
    return _remember(THEME_COOKIE, chosen)


@bp.get("/help")
@for_everyone
def help() -> str:  # noqa: A001 - the address says help
    """Explain the words and the ways."""
    return render_template("web/help.html", title=_("Bantuan"))


@bp.get("/about")
@for_everyone
def about() -> str:
    """Say what this is."""
    return render_template("web/about.html")


@bp.get("/privacy")
@for_everyone
def privacy() -> str:
    """Say what is kept of people (UU 27/2022)."""
    return render_template("web/privacy.html")


@bp.get("/accessibility")
@for_everyone
def accessibility() -> str:
    """Say how this can be used, and where it falls short."""
    return render_template("web/accessibility.html")


@bp.get("/no-line")
@for_everyone
def no_line() -> str:
    """Give the page that a device shows while there is no line; it names nobody, so that it may be kept there."""
    return render_template("web/no_line.html")


def safe_next(address: str, otherwise: str) -> str:
    """Give an address inside this house, or the other one: one slash, no backslash, no control characters."""
    plain = address.strip()
    if not plain.startswith("/") or plain.startswith("//") or "\\" in plain or not plain.isprintable():
        return otherwise
    return plain


def _remember(name: str, value: str) -> AnyResponse:
    where = safe_next(request.form.get("next", ""), url_for("web.home"))
    response = make_response(redirect(where, 303))
    response.set_cookie(
        name, value, max_age=A_YEAR, secure=request.is_secure, httponly=True, samesite="Lax", path="/"
    )
    return response


@bp.get("/")
@for_everyone
def home() -> AnyResponse:
    """Lead to the reader's tasks, or show what is published, by province."""
    if current_user.is_authenticated:
        return redirect(url_for("desk.tasks"), 302)
    return make_response(slot("home"))
