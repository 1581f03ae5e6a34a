"""Taking an act back: what it would do, with the same words as any comparison; then one more act."""

from dataclasses import replace

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotThere
from roadmap.history.queries import changeset_at
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import roadmap_to_edit
from roadmap.plan.errors import Unsettled
from roadmap.plan.foreseeing import foresee, read_answers
from roadmap.plan.going_back import kept_uid_of, outcome_of, sent_reason
from roadmap.plan.keeping import settle_sent_words
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.restoring import WentBack, preview_undo
from roadmap.plan.restoring import undo as take_back
from roadmap.timeline.blueprint import bp
from roadmap.timeline.sentences import tell_acts
from roadmap.web.declare import asks
from roadmap.web.respond import Notice, done
from roadmap.web.views import safe_next


@bp.get("/roadmaps/<int:roadmap_id>/changes/<int:seq>/undo", endpoint="undo")
@asks(Act.EDIT)
def preview(roadmap_id: int, seq: int) -> Response:
    """Say what undoing an act would do: what changes, what is asked, what stays."""
    return _page(roadmap_id, seq)


@bp.post("/roadmaps/<int:roadmap_id>/changes/<int:seq>/undo")
@asks(Act.EDIT)
def take_act_back(roadmap_id: int, seq: int) -> Response:
    """Take an act back, merged with what happened since; ask again where somebody was quicker."""
    person = acting_person()
    roadmap = roadmap_to_edit(person, roadmap_id)
    enter(roadmap.region)
    reason, answers = sent_reason(), read_answers(request.form)
    try:
        outcome = once(
            person,
            pressed(),
            lambda: take_back(person, roadmap_id, seq, answers, reason=reason),
            lambda went: _address(roadmap_id, seq, went),
            roadmap_id=roadmap_id,
        )
    except Unsettled:
        return _page(roadmap_id, seq, 409)
    settle_sent_words(person)
    return done(outcome.address, replace(_notice(outcome.result), links=_way_back(roadmap_id)))


def _notice(went: WentBack | None) -> Notice:
    if went is not None and went.changeset is None:
        return Notice(_("Tidak ada yang berubah; semuanya sudah seperti ini."), "info")
    told = _("Diurungkan. Keduanya tetap tercatat dalam riwayat, dan ini pun dapat diurungkan.")
    return Notice(told, outcome=_("Diurungkan:"))


def _way_back(roadmap_id: int) -> tuple[tuple[str, str], ...]:
    """Lead back to the table in which the act was taken back, as its own button said."""
    address = safe_next(request.args.get("next", ""), "")
    is_table = address.partition("?")[0] == url_for("desk.grid", roadmap_id=roadmap_id)
    return ((_("Kembali ke tabel"), address),) if is_table else ()


def _address(roadmap_id: int, seq: int, went: WentBack) -> str:
    shown = went.changeset.seq if went.changeset is not None else seq
    return url_for("timeline.change", roadmap_id=roadmap_id, seq=shown)


def _page(roadmap_id: int, seq: int, status: int = 200) -> Response:
    person = acting_person()
    roadmap = roadmap_to_edit(person, roadmap_id)
    enter(roadmap.region)
    act = changeset_at(roadmap, seq, person)
    if act is None:
        raise NotThere
    found = preview_undo(person, roadmap_id, seq, read_answers(request.form))
    return roadmap_page(
        "timeline/undo.html",
        roadmap,
        tab="history",
        status=status,
        act=act,
        sentence=tell_acts(roadmap, [act], person)[0],
        foreseen=foresee(roadmap, found, request.form),
        address_of=lambda number: url_for("timeline.undo", roadmap_id=roadmap_id, seq=seq, halaman=number),
        kept_uid=kept_uid_of(status),
        typed_reason=request.form.get("reason", ""),
        **outcome_of(status),
    )
