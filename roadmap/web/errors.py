"""The only error handlers: kind of refusal -> status -> page or notice, in the reader's language, nothing lost."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, g, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from roadmap.errors import Busy, Conflict, NotAllowed, NotThere, NotValid, Refusal, TooMany
from roadmap.extensions import db
from roadmap.web.giving_back import (
    ask_the_database_no_more,
    is_outage,
    page_with_words,
    read_what_is_too_large,
    words_given_back,
)
from roadmap.web.respond import Notice, notice_partial, wants_partial

log = logging.getLogger(__name__)

STATUS: Mapping[type[Refusal], int] = {
    NotThere: 404,
    NotAllowed: 403,
    NotValid: 422,
    Conflict: 409,
    Busy: 503,
    TooMany: 429,
}


@dataclass(frozen=True)
class Explanation:
    """Why something cannot be done from here: sentences, and links to where it is told whole."""

    sentences: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


Keeper = Callable[[str, str], str | None]
_keepers: list[Keeper] = []
_strangers: list[Callable[[], Response]] = []
_too_large: dict[str, Callable[[], Response]] = {}
_role_names: dict[str, str] = {}
_explainers: list[Callable[[Refusal], Explanation | None]] = []


def keep_with(keeper: Keeper) -> None:
    """Have a room keep what was typed in a refused request: told why, and what went in before, it gives the address."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def answer_strangers_with(view: Callable[[], Response]) -> None:
    """Have a room answer a form whose token does not fit: it carries the words on and asks to send them again."""
    _strangers[:] = [view]


def answer_too_large_with(endpoint: str, view: Callable[[], Response]) -> None:
    """Have a room answer a request to one of its views that is larger than what may come."""
    _too_large[endpoint] = view


def name_roles(names: Mapping[str, str]) -> None:
    """Tell what the roles are called, for saying who can."""
    _role_names.update(names)


def explain_with(explainer: Callable[[Refusal], Explanation | None]) -> None:
    """Have a room tell why a refusal was made and who can help; it gives None for what it knows nothing of."""
    if explainer not in _explainers:
        _explainers.append(explainer)


def register(app: Flask) -> None:
    """Put the handlers in place."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _wrong_token)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SQLAlchemyError, _database)
    app.register_error_handler(Exception, _fault)


def status_of(refusal: Refusal) -> int:
    """Tell the status a refusal is answered with."""
    return next(status for kind, status in STATUS.items() if isinstance(refusal, kind))


def _refused(refusal: Refusal) -> Response:
    status = status_of(refusal)
    if isinstance(refusal, Busy):
        # Whoever could not write could not keep either; asking again would only make everybody wait longer.
        ask_the_database_no_more()
        return _with_words(status)
    sentences = [say(refusal)] if refusal.sentence else []
    explained = _explained(refusal)
    sentences += explained.sentences
    if isinstance(refusal, NotAllowed) and refusal.who_can and not explained.sentences:
        who = ", ".join(_(_role_names.get(role, role)) for role in refusal.who_can)
        sentences.append(_("Yang dapat melakukannya: %(who)s.", who=who))
    if isinstance(refusal, NotValid):
        sentences += [_(sentence) for sentence in refusal.errors.values()]
    kept_url = _keep(refusal.cause or _CAUSES.get(status, "refused"), refusal.address)
    if kept_url is None and g.get("could_not_keep"):
        return _with_words(status, sentences)
    heading = _(refusal.heading) if refusal.heading else ""
    response = answer(status, sentences, kept_url=kept_url, explained=explained.links, heading=heading)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _explained(refusal: Refusal) -> Explanation:
    return next((told for one in _explainers if (told := one(refusal)) is not None), Explanation())


def say(refusal: Refusal) -> str:
    """Say a refusal's sentence in the reader's language."""
    return _(refusal.sentence, **refusal.values) if refusal.values else _(refusal.sentence)


def _wrong_token(problem: CSRFError) -> Response:
    log.info("a form came with a token that does not fit: %s", problem.description)
    if _strangers:
        return _strangers[0]()
    return answer(400, [])


def _http(problem: HTTPException) -> Response:
    if problem.response is not None:
        return make_response(problem.response)
    if isinstance(problem, SecurityError):
        # For a host that is not ours no page can be made: every link on it would be somebody else's.
        return make_response((_heading(400), 400, {"Content-Type": "text/plain; charset=utf-8"}))
    status = problem.code or 500
    if status < HTTPStatus.BAD_REQUEST:
        return make_response(problem.get_response())
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and request.endpoint in _too_large:
        return _told_too_large(_too_large[request.endpoint])
    response = _too_large_told() if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else answer(status, [])
    for name, value in problem.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def _too_large_told() -> Response:
    """Give back what a page can hold, for copying: it was never asked whether a page of ours had sent it."""
    given = read_what_is_too_large() if current_user.is_authenticated and not wants_partial() else None
    if given is None:
        return answer(413, [])
    sentence = _("Tulisan Anda ada di bawah ini. Salin ke tempat lain, lalu kirim sebagian demi sebagian.")
    return page_with_words(413, _heading(413), [sentence], given, can_be_sent=False)


def _told_too_large(view: Callable[[], Response]) -> Response:
    try:
        return view()
    except Refusal as refusal:
        # Whoever may not even see the page gets what any address of it would give.
        return answer(status_of(refusal), [])


def _database(problem: SQLAlchemyError) -> Response:
    if not is_outage(problem):
        return _fault(problem)
    ask_the_database_no_more()
    log.error("the database did not answer: %s", getattr(problem, "orig", problem))
    return _with_words(503)


def _fault(problem: Exception) -> Response:
    if is_outage(problem):
        return _database(problem)  # type: ignore[arg-type]
    db.session.rollback()
    log.error("request %s: %s", g.get("request_id", "-"), type(problem).__name__, exc_info=problem)
    kept_url = _keep("fault")
    return answer(500, [], kept_url=kept_url) if kept_url else _with_words(500)


def _with_words(status: int, sentences: list[str] | None = None) -> Response:
    """Answer with the words themselves, because nothing could keep them; with htmx they still stand in the form."""
    response = _words_or_advice(status, sentences or [])
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "10"
    return response


def _words_or_advice(status: int, sentences: list[str]) -> Response:
    if wants_partial():
        still_there = _("Tidak ada yang hilang: tulisan Anda masih di formulir. Simpan lagi sebentar lagi.")
        return answer(status, [*sentences, still_there] if request.method == "POST" else sentences)
    given = words_given_back()
    if given is None:
        return answer(status, sentences)
    safe = _(
        "Tidak ada yang hilang: semua tulisan Anda ada di bawah ini. Tunggu sebentar, lalu tekan Simpan lagi."
    )
    if status != HTTPStatus.SERVICE_UNAVAILABLE:
        safe = _("Tulisan Anda ada di bawah ini. Salin dulu ke tempat lain, lalu coba simpan lagi.")
    return page_with_words(status, _heading(status), [*sentences, safe], given)


def _keep(cause: str, went_in: str = "") -> str | None:
    if request.method != "POST":
        return None
    for keeper in _keepers:
        try:
            address = keeper(cause, went_in)
        except Exception:
            db.session.rollback()
            g.could_not_keep = True
            log.exception("words could not be kept")
            continue
        if address:
            return address
    return None


_CAUSES = {403: "rights", 404: "gone", 409: "stage", 422: "invalid", 429: "often", 503: "busy"}


def answer(
    status: int,
    sentences: list[str],
    kept_url: str | None = None,
    explained: tuple[tuple[str, str], ...] = (),
    heading: str = "",
) -> Response:
    """Make the page, or for htmx the notice, that says what happened, that nothing is lost, and what to do."""
    heading = heading or _heading(status)
    if kept_url:
        sentences = [*sentences, _("Tulisan Anda aman dan disimpan.")]
    if not sentences:
        sentences = [_advice(status)]
    links = [(_("Buka tulisan yang disimpan"), kept_url)] if kept_url else []
    links += explained
    links.append((_("Ke halaman depan"), url_for("web.home")))
    if wants_partial():
        text = " ".join([f"{heading}.", *sentences])
        response = make_response(
            notice_partial(Notice(text, "stop", tuple(links[:1] if kept_url else ()))), status
        )
        response.headers["HX-Reswap"] = "none"
        return response
    body = render_template(
        "error.html",
        status=status,
        heading=heading,
        sentences=sentences,
        next_steps=links,
        request_id=g.get("request_id", ""),
        kept_url=kept_url,
    )
    return make_response(body, status)


def _heading(status: int) -> str:
    headings = {
        400: _("Permintaan ini tidak dapat dibaca"),
        401: _("Masuk dulu untuk melanjutkan"),
        403: _("Bagian ini bukan untuk diubah dari akun Anda"),
        404: _("Halaman ini tidak ada"),
        405: _("Alamat ini tidak dapat dibuka dengan cara itu"),
        409: _("Keadaannya sudah berubah"),
        413: _("Kiriman ini terlalu besar"),
        422: _("Ada yang perlu diperbaiki"),
        429: _("Terlalu sering dalam waktu singkat"),
        503: _("Sistem sedang sibuk"),
    }
    return headings.get(status, _("Ada gangguan di sistem kami"))


def _advice(status: int) -> str:
    advice = {
        400: _("Tidak ada yang berubah. Kembali ke halaman sebelumnya dan coba lagi."),
        404: _("Halaman ini tidak ada, atau Anda tidak termasuk tim daerah ini. Tidak ada yang berubah."),
        405: _("Tidak ada yang berubah. Kembali ke halaman sebelumnya."),
        413: _(
            "Tidak ada yang berubah. Tekan tombol Kembali; tulisan Anda masih di sana. Kirim sebagian demi sebagian."
        ),
        429: _("Tunggu sebentar, lalu coba lagi. Tidak ada yang hilang."),
        503: _("Tidak ada yang hilang. Tekan tombol Kembali dan coba simpan lagi sebentar lagi."),
    }
    return advice.get(
        status, _("Tidak ada yang berubah. Coba lagi sebentar lagi; bila tetap begini, hubungi admin daerah.")
    )
