"""Headers, cookies, hosts, the reading transaction of a GET, and compressed pages."""

import gzip
import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from roadmap.config import Config
from roadmap.web.declare import most_bytes_for
from roadmap.work import begin_reading

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
WORTH_COMPRESSING = 600
SMALLEST_FORM = 2_000_000

log = logging.getLogger(__name__)


def register(app: Flask, config: Config) -> None:
    """Put cookies, limits, headers and the beginning of a request in place."""
    app.config.update(
        SECRET_KEY=config.secret_key,
        SECRET_KEY_FALLBACKS=list(config.secret_key_fallbacks),
        # Signed with the last of them, read with any: a form opened before the key was changed still goes through.
        WTF_CSRF_SECRET_KEY=[*config.secret_key_fallbacks, config.secret_key],
        SESSION_COOKIE_NAME="__Host-roadmap" if config.secure_cookies else "roadmap",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(days=90),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=4_000_000,
        MAX_FORM_MEMORY_SIZE=SMALLEST_FORM,
        MAX_FORM_PARTS=5_000,
        TRUSTED_HOSTS=list(config.trusted_hosts) or None,
    )
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(_begin)
    app.after_request(_headers(config))
    app.after_request(_compress)


def _begin() -> None:
    g.request_id = secrets.token_hex(4)
    # Asked for by name so that a host nobody trusts is refused before anything else is read.
    _ = request.host
    # Set before anything asks for the form, the token among them.
    if most_bytes := most_bytes_for(current_app, request.endpoint):
        request.max_content_length = most_bytes
    if request.method in {"GET", "HEAD"} and request.endpoint not in {"web.asset", "web.alive"}:
        begin_reading()
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        log.warning("request %s: a form from another site was refused", g.request_id)
        abort(400)


def _headers(config: Config) -> Callable[[Response], Response]:
    def add(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if config.secure_cookies:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers.setdefault("Cache-Control", "no-store")
        if response.mimetype == "text/html":
            response.vary.update(["HX-Request", "Cookie"])
        return response

    return add


def _compress(response: Response) -> Response:
    """Compress a page for whoever takes gzip; streams and what is compressed already pass through."""
    if (
        response.direct_passthrough
        or response.is_streamed
        or "Content-Encoding" in response.headers
        or response.mimetype not in {"text/html", "text/csv", "application/json", "text/plain"}
        or "gzip" not in request.headers.get("Accept-Encoding", "")
    ):
        return response
    data = response.get_data()
    if len(data) < WORTH_COMPRESSING:
        return response
    buffer = BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=6, mtime=0) as packed:
        packed.write(data)
    response.set_data(buffer.getvalue())
    response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response


def end_session(response: Response, *, others_wait: bool = False) -> Response:
    """Have the browser forget what it stored of a session that has ended.

    Where unsent words of another person wait in it, which only the browser knows, the page has let go of this
    person's own and the store stays.
    """
    response.headers["Clear-Site-Data"] = '"cache"' if others_wait else '"cache", "storage"'
    return response
