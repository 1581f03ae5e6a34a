"""Working copies on their way: written down by an open form, offered by the next one, cleared by what saves them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import (
    Blueprint,
    Response,
    current_app,
    has_request_context,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as Answer

from roadmap.clock import now
from roadmap.errors import NotValid
from roadmap.history.keeper import LARGEST_VERSION, is_machinery
from roadmap.history.models import WorkingCopy
from roadmap.history.places import spot_of
from roadmap.history.queries import Identified
from roadmap.history.unsaved import FIELDS, find_newest_at, find_on_item
from roadmap.history.working_copies import (
    LONGEST_ADDRESS,
    Typed,
    clear_saved,
    discard,
    settle_kept,
    write_down,
)
from roadmap.people.events import CarriedOut
from roadmap.people.models import Person
from roadmap.people.once import Press, once
from roadmap.people.session import acting_person
from roadmap.people.writers import marks_of, pressed
from roadmap.web.declare import for_oneself, takes_files
from roadmap.web.respond import Notice, done
from roadmap.work import again_if_overtaken

bp = Blueprint("drafting", __name__)

AN_HOUR, A_DAY = 60, 60 * 24  # in minutes
MOST_BYTES = 1_500_000
LONGEST_KEY = 64
OLDEST = 30 * 24 * 3600  # seconds for which a device holds words
# Where no draft is kept: what stands in these forms is about the account itself.
CLOSED_ROOMS = ("people.", "web.", "history.", "drafting.")


@bp.post("/working-copies")
@for_oneself
@takes_files(MOST_BYTES)
def write_working_copy() -> Answer:
    """Write down what stands in a form of the reader's own; answers a script, in a few signs."""
    person = acting_person()
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or sent.get("person") != person.uid:
        return _told(409, "other")
    typed = _read(person, sent)
    if typed is None:
        return _told(422, "refused")
    try:
        copy = again_if_overtaken(lambda: write_down(person, typed))
    except NotValid:
        return _told(413, "large")
    if copy is None:
        return _told(200, "arrived")
    if not sent.get("offer"):
        return _told(200, "written", offer="")
    return _told(200, "written", offer=offered(copy), line=_line_to(copy))


@bp.post("/working-copies/<int:copy_id>/discard")
@for_oneself
def discard_working_copy(copy_id: int) -> Answer:
    """Throw away what the reader typed and does not want to save."""
    person = acting_person()
    outcome = once(
        person,
        pressed(),
        lambda: discard(person, copy_id),
        lambda copy: form_address(copy.address) or url_for("history.kept_words"),
    )
    return done(
        outcome.address,
        Notice(_("Ketikan itu dibuang. Peta jalan tidak berubah."), "info", outcome=_("Dibuang:")),
    )


def clear_what_was_saved(happening: CarriedOut) -> None:
    """Clear, within an act, the copy of the form that carried it out, and put aside the kept words it came from."""
    if not has_request_context() or request.method != "POST":
        return
    if kept_uid := request.form.get("kept_uid", ""):
        settle_kept(happening.person, kept_uid)
    clear_saved(
        happening.person,
        request.full_path.rstrip("?")[:LONGEST_ADDRESS],
        happening.act_key,
        request.form.get("kept_uid", ""),
        is_choice="clashing" in request.form,
    )


def copy_offered(*addresses: str) -> WorkingCopy | None:
    """Give what the reader typed last into one of these forms and left unsaved; not where it is shown already."""
    person = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way to the object
    if request.method != "GET" or not isinstance(person, Person):
        return None
    copy = find_newest_at(person.id, [address[:LONGEST_ADDRESS] for address in addresses])
    return copy if copy is not None and request.args.get("kept") != copy.uid else None


def age_of(moment: datetime) -> str:
    """Say how long ago something was typed, as people say it."""
    minutes = max(int((now() - moment).total_seconds() // 60), 0)
    if minutes < 1:
        return _("sesaat lalu")
    if minutes < AN_HOUR:
        return ngettext("%(num)s menit lalu", "%(num)s menit lalu", minutes)
    if minutes < A_DAY:
        return ngettext("%(num)s jam lalu", "%(num)s jam lalu", minutes // AN_HOUR)
    return ngettext("%(num)s hari lalu", "%(num)s hari lalu", minutes // A_DAY)


def form_address(address: str, kept_uid: str = "") -> str | None:
    """Give the address at which a form can be opened again, filled with kept words where they are named."""
    path, _mark, query = address.partition("?")
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    more = "&".join(part for part in (query, f"kept={kept_uid}" if kept_uid else "") if part)
    return f"{path}?{more}" if more else path


def offer(address: str, form: str = "") -> str:
    """Offer on a form what its reader typed there and did not save; `form` is its id, where it stands far down."""
    copy = copy_offered(address)
    return offered(copy, form) if copy is not None else ""


def offered(copy: WorkingCopy, form: str = "") -> str:
    """Offer a working copy: to go on with it, or to throw it away."""
    again = form_address(copy.address, copy.uid) or url_for("history.kept", kept_uid=copy.uid)
    again += f"#{form}" if form else ""
    return render_template("history/_offer.html", copy=copy, age=age_of(copy.at), again=again)


def line(addresses: Sequence[str]) -> str:
    """Say at the top of a long page that one of these forms further down holds unsaved words; lead to their offer."""
    copy = copy_offered(*addresses)
    return _line_to(copy) if copy else ""


def words() -> str:
    """Give what the script of drafts says, in the reader's language."""
    person = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's documented way to the object
    return render_template("history/_draft_words.html") if isinstance(person, Person) else ""


def chip_on_item(item: Identified) -> str:
    """Say on an item's page, to its writer alone, that what they typed there is not saved."""
    found = find_on_item(acting_person().id, str(getattr(item, "uid", "")))
    return render_template("history/_draft_on_item.html", copies=found, age_of=age_of) if found else ""


def _line_to(copy: WorkingCopy) -> str:
    return render_template("history/_draft_line.html", copy=copy, age=age_of(copy.at))


def _read(person: Person, sent: dict[str, object]) -> Typed | None:
    address, pairs = _line(sent.get("address"), LONGEST_ADDRESS + 1), sent.get("values")
    parts = _parts_of(address)
    if parts is None or not isinstance(pairs, list):
        return None
    values = [(_clean(pair[0]), _clean(pair[1])) for pair in pairs if _is_pair(pair)]
    kept = [(name, value) for name, value in values if name == FIELDS or not is_machinery(name)]
    spot = spot_of(person, parts)
    return Typed(
        address,
        kept,
        _number(sent.get("base_version")),
        _number(sent.get("turn")) or 0,
        _line(sent.get("form_key"), LONGEST_KEY),
        _line(sent.get("continues"), 36),
        timedelta(seconds=min(_number(sent.get("age")) or 0, OLDEST)),
        Press("", marks_of(values)) if sent.get("was_sent") else None,
        spot.item,
        spot.roadmap_id,
    )


def _parts_of(address: str) -> dict[str, object] | None:
    if not address.startswith("/") or address.startswith("//"):
        return None
    try:
        endpoint, parts = current_app.url_map.bind("").match(address.partition("?")[0], method="POST")
    except (HTTPException, RequestRedirect):
        return None
    return None if endpoint.startswith(CLOSED_ROOMS) else dict(parts)


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)  # noqa: PLR2004


def _clean(words: str) -> str:
    """Take out what no database can hold, and nothing else."""
    return words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _line(value: object, longest: int) -> str:
    return _clean(value)[:longest] if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return (
        value
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST_VERSION
        else None
    )


def _told(status: int, word: str, **more: object) -> Response:
    return make_response(jsonify({"state": word, **more}), status)
