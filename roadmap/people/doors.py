"""Who is asking, and what happens when nobody is: no view that needs somebody is reached, and no word is lost."""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, current_app, make_response, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from roadmap.clock import now
from roadmap.config import Config
from roadmap.extensions import db, login
from roadmap.people.carrying import Carried, words_of_form, words_of_request
from roadmap.people.hooks import keep_for_owner
from roadmap.people.models import Person
from roadmap.people.operations import end_session, find_session, is_alive
from roadmap.people.session import acting_person
from roadmap.web.declare import PUBLIC, who_may_use
from roadmap.web.errors import answer, answer_strangers_with
from roadmap.web.respond import Notice, done, wants_partial
from roadmap.web.views import safe_next

TOKEN = "_user_id"  # noqa: S105 - where the sign-in extension keeps the session's token
# The words come back with longer names, beside the fields of the sign-in form.
LARGEST_CARRIED = 5_000_000
LONGEST_KEPT = timedelta(days=7)


def register(app: Flask) -> None:
    """Stand at every door."""
    login.session_protection = None
    login.user_loader(_person_of)
    # Before the form's token is looked for, because that reads the form.
    app.before_request_funcs.setdefault(None, []).insert(0, _admit_carried_words)
    app.before_request(_require_somebody)
    answer_strangers_with(_token_does_not_fit)


def let_in(person: Person, token: str, *, stays: bool) -> None:
    """Have the browser be this person's from now on, under a new identifier; what it was before ends."""
    session.clear()
    session.permanent = stays
    person.session_token = token
    login_user(person)


def let_the_device_keep(page: Response) -> Response:
    """Let the reader's device keep a form to fill without a line: a week at most, no longer than the session."""
    found = find_session(own_token()) if page.status_code == HTTPStatus.OK else None
    if found is not None:
        lasts = min(LONGEST_KEPT, found.expires_at - now())
        page.headers["Keep-On-Device"] = f"{found.person.uid} {max(int(lasts.total_seconds()), 0)}"
    return page


def own_token() -> str:
    """Give the token of the session the browser has, or nothing."""
    return str(session.get(TOKEN, ""))


def sign_in_page(
    status: int = 200,
    *,
    carried: Carried | None = None,
    sentence: str = "",
    error: str = "",
    email: str = "",
    next_address: str = "",
) -> Response:
    """Make the sign-in page, which carries on what was typed elsewhere."""
    body = render_template(
        "people/sign_in.html",
        carried=list(carried.hidden) if carried else [],
        sentence=sentence,
        error=error,
        email=email,
        next_address=next_address,
        outcome_title=_("Perlu diperbaiki:") if error else "",
    )
    return _for_whole_page(make_response(body, status))


def send_page(carried: Carried, *, status: int = 200, sentence: str, label: str, at_once: bool) -> Response:
    """Make the page from which words are sent on, by a press or, where scripts run and it is safe, by itself."""
    body = render_template(
        "people/send_on.html", carried=carried, sentence=sentence, label=label, at_once=at_once
    )
    return _for_whole_page(make_response(body, status))


def _person_of(token: str) -> Person | None:
    found = find_session(token) if token else None
    if found is None or not is_alive(found):
        return None
    person = found.person
    person.session_token = token
    return person


def _admit_carried_words() -> None:
    if request.endpoint == "people.try_sign_in":
        request.max_content_length = request.max_form_memory_size = LARGEST_CARRIED


def _require_somebody() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or who_may_use(current_app, endpoint) == PUBLIC or current_user.is_authenticated:
        return None
    if request.method in {"GET", "HEAD"}:
        return _lead_to_sign_in()
    ended = find_session(own_token())
    owner = ended.person.uid if ended else ""
    db.session.rollback()
    return _carry_on(words_of_request(owner, is_ours=True))


def _lead_to_sign_in() -> Response:
    here = request.full_path.rstrip("?")
    if wants_partial():
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        here = safe_next(page.path + (f"?{page.query}" if page.query else ""), url_for("web.home"))
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url_for("people.sign_in", next=here)
        return response
    response = make_response("", 302)
    response.headers["Location"] = url_for("people.sign_in", next=here)
    return response


def _carry_on(carried: Carried | None) -> Response:
    if carried is None:
        return sign_in_page(401, sentence=_("Masuk dulu untuk melanjutkan."))
    return sign_in_page(
        401,
        carried=carried,
        sentence=_("Sesi Anda berakhir. Tulisan Anda aman; masuk lagi untuk melanjutkan."),
    )


def _token_does_not_fit() -> Response:
    """Answer a form whose token does not fit: from another site nothing, from our own pages nothing is lost."""
    if _is_from_elsewhere():
        return answer(400, [])
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if request.endpoint == "people.try_sign_in":
        return sign_in_page(
            400,
            carried=words_of_form(request.form),
            error=_("Halaman ini terlalu lama terbuka. Masuk sekali lagi; tidak ada yang hilang."),
            email=request.form.get("email", ""),
            next_address=request.form.get("next", ""),
        )
    is_public = who_may_use(current_app, request.endpoint or "") == PUBLIC
    if not current_user.is_authenticated and not is_public:
        return _carry_on(words_of_request(is_ours=is_ours))
    reader = acting_person().uid if current_user.is_authenticated else ""
    carried = words_of_request(is_ours=is_ours)
    if carried is None:
        return answer(400, [])
    if reader and carried.writer_uid not in ("", reader):
        db.session.rollback()
        return keep_for_another(carried)
    # Never by itself: another site may have put these words there.
    return send_page(
        carried,
        status=400,
        sentence=_(
            "Tulisan ini belum terkirim karena halamannya terlalu lama terbuka. Tidak ada yang hilang."
        ),
        label=_("Kirim lagi"),
        at_once=False,
    )


def keep_for_another(carried: Carried) -> Response:
    """Keep words for whoever wrote them, and show whoever is signed in now nothing of them."""
    owner = db.session.scalar(select(Person).where(Person.uid == carried.writer_uid))
    kept = owner is not None and keep_for_owner(owner, carried.values, carried.path)
    sentence = (
        _("Tulisan di halaman tadi milik akun lain, jadi tidak dikirim. Kami menyimpannya untuk pemiliknya.")
        if kept
        else _("Tulisan di halaman tadi milik akun lain, jadi tidak dikirim.")
    )
    return make_response(done(url_for("web.home"), Notice(sentence, "heed")))


def _is_from_elsewhere() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    # Our pages send no referrer, for which browsers write the origin as null.
    origin = request.headers.get("Origin", "null")
    config: Config = current_app.extensions["roadmap_config"]
    return origin != "null" and urlsplit(origin).netloc not in {
        request.host,
        urlsplit(config.base_url).netloc,
    }


def _for_whole_page(response: Response) -> Response:
    """Have htmx put the answer in place of the whole page, whatever part was asked for."""
    if wants_partial():
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def leave() -> None:
    """End the browser's session on the server and in the cookie. Needs an open unit of work."""
    end_session(own_token())
    session.clear()
