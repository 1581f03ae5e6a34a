"""What open pages ask by themselves: a beat, what is new, who is here, and the form with others' changes under it."""

import json

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from roadmap.errors import Busy, NotValid
from roadmap.extensions import db
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import item_for, roadmap_for
from roadmap.plan.blueprint import PLURALS, item_url
from roadmap.plan.forms import read_base_version, read_form
from roadmap.plan.kinds import BY_PLURAL
from roadmap.plan.pages import enter
from roadmap.plan.showing import choices_of, form_page
from roadmap.presence.blueprint import bp
from roadmap.presence.broker import Broker, Full
from roadmap.presence.merging import MergedForm, lay_under, newer_than
from roadmap.presence.operations import beat, leave
from roadmap.presence.queries import here_on, marks_of
from roadmap.presence.slots import draw_presence
from roadmap.presence.stream import Known, Ticket, events, read_known, told
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, say_on_this_page

# An open page asks for regions with this header: what it gets is no page of its own, and takes no notices away.
ASKS_FOR_REGIONS = "X-Live"
LARGEST_VERSION = 10**9


@bp.get("/roadmaps/<int:roadmap_id>/live")
@asks(Act.SEE)
def stream(roadmap_id: int) -> Response:
    """Open a stream of what happens on the roadmap: numbers only. 204 where no more streams fit; the page polls."""
    roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    ticket, known = Ticket(current_user.get_id(), roadmap_id), _known(request.args)
    # Whoever waits holds no connection.
    db.session.remove()
    broker: Broker = current_app.extensions["roadmap_live"]
    try:
        listening = broker.listen(roadmap_id)
    except Full:
        return make_response("", 204)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - the documented way
    response = current_app.response_class(events(app, ticket, known, listening), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    response.headers["Cache-Control"] = "no-store, no-transform"
    # Also where the browser goes before the first event was asked for.
    response.call_on_close(listening.close)
    return response


@bp.get("/roadmaps/<int:roadmap_id>/changes")
@asks(Act.SEE)
def changes(roadmap_id: int) -> Response:
    """Tell what is new since the page looked, as the stream would; 204 where nothing is."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    _after, said = told(roadmap, acting_person(), _known(request.args), marks_of([roadmap_id])[roadmap_id])
    return _answer(said)


@bp.get("/roadmaps/<int:roadmap_id>/presence", endpoint="who")
@asks(Act.SEE)
def who_is_here(roadmap_id: int) -> Response:
    """Show who is here now, as a region; to somebody who types the address the page that holds it."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.SEE)
    if not _asks_for_regions():
        return redirect(url_for("desk.roadmap", roadmap_id=roadmap_id), 302)
    enter(roadmap.region)
    item = _item_named(request.args.get("item", ""))
    uid = item_for(acting_person(), *item, to=Act.SEE).item.uid if item else ""
    here = here_on(roadmap, acting_person(), request.args.getlist("tab"))
    return make_response(draw_presence(roadmap, here, uid))


@bp.post("/roadmaps/<int:roadmap_id>/presence")
@asks(Act.SEE)
def be_here(roadmap_id: int) -> Response:
    """Take a tab's beat, or its end; the answer to a beat that asks is what is new since, else 204."""
    person = acting_person()
    tab = request.form.get("tab", "")
    if request.form.get("ended"):
        roadmap_for(person, roadmap_id, to=Act.SEE)
        leave(person, tab)
        return make_response("", 204)
    is_editing = request.form.get("editing") == "1"
    try:
        roadmap = beat(
            person, roadmap_id, tab, _item_named(request.form.get("item", "")), is_editing=is_editing
        )
    except Busy:
        # Presence waits for nobody: the next beat comes by itself, and before the last one has worn off.
        return make_response("", 204)
    if "since" not in request.form:
        return make_response("", 204)
    _after, said = told(roadmap, acting_person(), _known(request.form), marks_of([roadmap_id])[roadmap_id])
    return _answer(said)


@bp.get(f"/{PLURALS}/<int:item_id>/newer")
@asks(Act.SEE)
def newer(plural: str, item_id: int) -> Response:
    """Say who saved a newer version of the item than the one in an open form; 204 where nobody did."""
    person = acting_person()
    access = item_for(person, BY_PLURAL[plural].name, item_id, to=Act.SEE)
    if not _asks_for_regions():
        return redirect(item_url(access.item), 302)
    since = request.args.get("since", "")
    if not (since.isascii() and since.isdecimal()) or int(since[:12]) > LARGEST_VERSION:
        return make_response("", 204)
    found = newer_than(access, person, int(since))
    if found is None:
        return make_response("", 204)
    merge_url = url_for("presence.merged_form", plural=plural, item_id=item_id)
    return make_response(
        render_template("presence/_newer.html", item=access.item, newer=found, merge_url=merge_url)
    )


@bp.post(f"/{PLURALS}/<int:item_id>/merged-form")
@asks(Act.EDIT)
def merged_form(plural: str, item_id: int) -> Response:
    """Give an item's form back with what others saved since under what is typed in it; saves nothing."""
    kind = BY_PLURAL[plural]
    access = item_for(acting_person(), kind.name, item_id, to=Act.EDIT)
    enter(access.roadmap.region)
    form = read_form(kind, request.form, choices_of(access.roadmap))
    form.base_version = base = read_base_version(request.form)
    if form.errors:
        raise NotValid(form.errors)
    merged = lay_under(access, form, base)
    say_on_this_page(Notice(_told_of(merged), "info"))
    return form_page(access, merged.form)


def _told_of(merged: MergedForm) -> str:
    by_name = merged.form.kind.by_name
    parts = []
    if merged.taken:
        names = ", ".join(_(by_name[name].label) for name in merged.taken)
        parts.append(_("Digabung ke formulir Anda: %(fields)s.", fields=names))
    if merged.clashing:
        names = ", ".join(_(by_name[name].label) for name in merged.clashing)
        parts.append(
            _("Diubah bersamaan: %(fields)s. Tulisan Anda tetap; saat menyimpan Anda memilih.", fields=names)
        )
    if not parts:
        parts.append(_("Perubahan itu tidak mengenai isian di formulir ini."))
    return " ".join([*parts, _("Belum disimpan ke peta jalan.")])


def _answer(said: dict[str, object]) -> Response:
    if not said:
        return make_response("", 204)
    response = make_response(json.dumps(said))
    response.mimetype = "application/json"
    return response


def _known(asked: dict[str, str]) -> Known:
    return read_known(asked.get("since", ""), asked.get("who", ""), request.headers.get("Last-Event-ID", ""))


def _item_named(text: str) -> tuple[str, int] | None:
    """Read an item as a page names it: the kind's plural and its number."""
    plural, _slash, number = text.partition("/")
    if plural not in BY_PLURAL or not (number.isascii() and number.isdecimal()) or len(number) > 9:  # noqa: PLR2004
        return None
    return BY_PLURAL[plural].name, int(number)


def _asks_for_regions() -> bool:
    return request.headers.get(ASKS_FOR_REGIONS) == "1"
