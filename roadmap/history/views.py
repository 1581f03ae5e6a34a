"""The words that did not go through: each person sees their own, word for word, until they settle them."""

from uuid import UUID

from flask import Blueprint, make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.clock import now
from roadmap.errors import NotThere
from roadmap.history.drafting import age_of
from roadmap.history.models import KeptWords
from roadmap.history.operations import settle_words
from roadmap.history.places import Place, places_of
from roadmap.history.purging import kept_until
from roadmap.history.queries import find_kept, unused_words_of
from roadmap.history.unsaved import UNUSED, is_copy
from roadmap.history.waiting import listed_words_of
from roadmap.history.words import cause_in_words, plain_words
from roadmap.people.once import once
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.web.declare import for_oneself
from roadmap.web.paging import page_of
from roadmap.web.respond import Notice, done

bp = Blueprint("history", __name__)

A_PAGE = 20
FEW = 5  # pieces stand open; of more each shows how it begins
MOST_UNUSED = 50


@bp.get("/kept-words")
@for_oneself
def kept_words() -> str:
    """List the reader's own words that did not go through."""
    person = acting_person()
    page = page_of(listed_words_of(person), A_PAGE)
    unused = unused_words_of(person.id)
    shown = [*page.items, *unused[:MOST_UNUSED]]
    places = places_of(person, shown)
    return render_template(
        "history/kept_words.html",
        page=page,
        unused=unused[:MOST_UNUSED],
        unused_total=len(unused),
        places={kept.uid: places.get(kept.uid) or place_unknown(kept) for kept in shown},
        cause_in_words=cause_in_words,
        age_of=age_of,
        is_copy=is_copy,
        is_unused=False,
        is_many=page.total > FEW,
        kept_until=kept_until,
        address=lambda number: url_for("history.kept_words", halaman=number),
    )


@bp.get("/kept-words/<uuid:kept_uid>")
@for_oneself
def kept(kept_uid: UUID) -> str:
    """Show one of them."""
    person = acting_person()
    found = find_kept(person.id, str(kept_uid))
    if found is None:
        raise NotThere
    return render_template(
        "history/kept.html",
        kept=found,
        place=places_of(person, [found]).get(found.uid) or place_unknown(found),
        cause_in_words=cause_in_words,
        age_of=age_of,
        is_copy=is_copy,
        is_many=False,
        is_unused=found.cause == UNUSED,
        kept_until=kept_until,
    )


@bp.get("/kept-words/download")
@for_oneself
def download_kept_words() -> Response:
    """Give the reader everything that waits for them, and what they did not use, as one text, to keep."""
    person = acting_person()
    kept = [*listed_words_of(person), *unused_words_of(person.id)]
    places = places_of(person, kept)
    body = render_template(
        "history/kept_words.txt",
        kept=kept,
        places={one.uid: places.get(one.uid) or place_unknown(one) for one in kept},
        cause_in_words=cause_in_words,
    )
    response = make_response(body)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="tulisan-saya-{now():%Y-%m-%d}.txt"'
    return response


@bp.post("/kept-words/<uuid:kept_uid>/settlement")
@for_oneself
def settle_kept(kept_uid: UUID) -> Response:
    """Put the reader's own words aside, once they say that they are done with them."""
    person = acting_person()
    outcome = once(
        person,
        pressed(),
        lambda: settle_words(person, str(kept_uid)),
        lambda _settled: url_for("history.kept_words"),
    )
    return done(
        outcome.address,
        Notice(_("Disingkirkan dari daftar. Kata-katanya tetap tersimpan."), outcome=_("Selesai:")),
    )


def place_unknown(kept: KeptWords) -> Place:
    """Say what can be said of words whose place nobody knows, or the writer no longer sees."""
    return Place(_("Tempat yang tidak lagi dapat Anda buka"), "id", plain_words(kept))
