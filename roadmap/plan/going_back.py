"""Pages that bring old words back: fields of an item as in an old version, items as they were at a moment."""

from collections.abc import Sequence

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotThere, NotValid
from roadmap.history.errors import EditConflict, ItemGone
from roadmap.history.keeper import keep_sent
from roadmap.history.models import Roadmap
from roadmap.history.queries import open_act_at, revision_at, snapshot_at
from roadmap.history.shapes import snapshot_of
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import Access, item_for, roadmap_for
from roadmap.plan.blueprint import PLURALS, bp, item_url
from roadmap.plan.differences import Change, What, differences
from roadmap.plan.errors import Unsettled
from roadmap.plan.foreseeing import foresee, read_answers, title_of
from roadmap.plan.forms import read_base_version
from roadmap.plan.keeping import settle_sent_words
from roadmap.plan.kinds import BY_PLURAL, KINDS
from roadmap.plan.outline import ItemView
from roadmap.plan.pages import enter, roadmap_page
from roadmap.plan.queries import choices_for, outline_as_of, outline_of
from roadmap.plan.restoring import old_fields, preview_items, restore_fields, restore_items
from roadmap.plan.telling import tell_change
from roadmap.text.lengths import LONGEST_REASON, bounded
from roadmap.text.normal import normalise, normalise_line
from roadmap.text.words import N_
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language
from roadmap.web.paging import page_of
from roadmap.web.respond import Notice, done

LONGEST_NUMBER = 9
CHOICES_A_PAGE = 100
VERSION = f"/{PLURALS}/<int:item_id>/versions/<int:version>/restore"


# --- fields of one item


@bp.get(VERSION, endpoint="restore_field")
@asks(Act.EDIT)
def choose_fields(plural: str, item_id: int, version: int) -> Response:
    """Show in which fields an item differs from an old version; the person ticks those to have back."""
    return _fields_page(_standing(plural, item_id), version)


@bp.post(VERSION)
@asks(Act.EDIT)
def bring_fields_back(plural: str, item_id: int, version: int) -> Response:
    """Have the ticked fields be as in an old version, merged with what happened since the page was opened."""
    person, access = acting_person(), _standing(plural, item_id)
    fields = [normalise_line(name) for name in request.form.getlist("restored")]
    base, reason = read_base_version(request.form), sent_reason()
    known = [name for name in fields if name in BY_PLURAL[plural].by_name]
    try:
        outcome = once(
            person,
            pressed(),
            lambda: restore_fields(
                person, access.item.kind, item_id, version, known, base_version=base, reason=reason
            ),
            lambda edited: item_url(edited.item),
            roadmap_id=access.roadmap.id,
        )
    except NotValid as problem:
        errors = [_(sentence) for sentence in problem.errors.values()]
        return _fields_page(_standing(plural, item_id), version, 422, errors=errors)
    except EditConflict:
        return _fields_page(_standing(plural, item_id), version, 409, is_overtaken=True)
    settle_sent_words(person)
    enter(access.roadmap.region)
    if outcome.result is not None and not outcome.result.changed:
        return done(outcome.address, Notice(_("Tidak ada yang berubah; semuanya sudah seperti ini."), "info"))
    return done(outcome.address, Notice(_("Isi lama dikembalikan. Yang diganti tetap ada dalam riwayat.")))


def _standing(plural: str, item_id: int) -> Access:
    access = item_for(acting_person(), BY_PLURAL[plural].name, item_id, to=Act.EDIT)
    if access.item.removed_at is not None:
        raise ItemGone(N_("Bagian ini sudah dihapus; pulihkan dulu, lalu isinya dapat dikembalikan."))
    return access


def _fields_page(
    access: Access,
    version: int,
    status: int = 200,
    *,
    errors: Sequence[str] = (),
    is_overtaken: bool = False,
) -> Response:
    item, kind = access.item, KINDS[access.item.kind]
    open_to = old_fields(access, version)
    old, now = snapshot_at(item, version), snapshot_of(item)
    names = choices_for(access.roadmap, language=chosen_language())
    view = ItemView(item.kind, item.id, item.uid, item.version, now)
    changes = [Change(field, now.get(field.name), old.get(field.name)) for field in kind.fields]
    told = [tell_change(one, names, view) for one in changes if open_to.get(one.field.name)]
    return roadmap_page(
        "plan/restore_fields.html",
        access.roadmap,
        tab="history",
        status=status,
        item=item,
        kind=kind,
        item_title=title_of(view),
        version=version,
        written_at=revision_at(item, version).changeset.at,
        told=told,
        left_out=[_(kind.by_name[name].label) for name, is_open in open_to.items() if not is_open],
        ticked=request.form.getlist("restored"),
        errors=[("restored", one) for one in errors],
        is_overtaken=is_overtaken,
        kept_uid=kept_uid_of(status),
        item_url=item_url,
        **outcome_of(status),
    )


# --- items as they were


@bp.get("/roadmaps/<int:roadmap_id>/as-of/<int:seq>/restore", endpoint="restore_set")
@asks(Act.EDIT)
def choose_items(roadmap_id: int, seq: int) -> Response:
    """Offer the items that were otherwise at a moment; with some chosen, say what restoring them would do."""
    roadmap = roadmap_for(acting_person(), roadmap_id, to=Act.EDIT)
    if request.args.get("semua") or request.args.getlist("butir"):
        return _items_preview(roadmap, seq, request.args.getlist("butir"))
    return _choose_page(roadmap, seq)


@bp.post("/roadmaps/<int:roadmap_id>/as-of/<int:seq>/restore")
@asks(Act.EDIT)
def bring_items_back(roadmap_id: int, seq: int) -> Response:
    """Have the chosen items be as they were at a moment, in one act."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.EDIT)
    keys, reason, answers = request.form.getlist("butir"), sent_reason(), read_answers(request.form)
    uids = _chosen(roadmap, seq, keys)
    if uids is not None and not uids:
        return _choose_page(roadmap, seq, status=422)
    base = _seen_on_screen(roadmap)
    try:
        outcome = once(
            person,
            pressed(),
            lambda: restore_items(
                person, roadmap_id, seq, uids, base_seq=base, choices=answers, reason=reason
            ),
            lambda _went: url_for("timeline.roadmap_history", roadmap_id=roadmap_id),
            roadmap_id=roadmap_id,
        )
    except Unsettled:
        return _items_preview(roadmap, seq, keys, status=409)
    settle_sent_words(person)
    if outcome.result is not None and outcome.result.changeset is None:
        return done(outcome.address, Notice(_("Tidak ada yang berubah; semuanya sudah seperti ini."), "info"))
    return done(
        outcome.address, Notice(_("Dipulihkan seperti waktu itu. Yang diganti tetap ada dalam riwayat."))
    )


def _choose_page(roadmap: Roadmap, seq: int, status: int = 200) -> Response:
    now, then = outline_of(roadmap.id), outline_as_of(roadmap.id, seq)
    everything = differences(now, then)
    found = [one for one in everything if one.what != What.GONE]
    anchor = "butir" if found else ""
    return roadmap_page(
        "plan/restore_choice.html",
        roadmap,
        tab="history",
        status=status,
        seq=seq,
        act=open_act_at(roadmap, seq),
        page=page_of(found, CHOICES_A_PAGE),
        came_since=len(everything) - len(found),
        title_of=title_of,
        kinds=KINDS,
        address_of=lambda number: url_for("plan.restore_set", roadmap_id=roadmap.id, seq=seq, halaman=number),
        errors=[(anchor, _("Pilih paling sedikit satu bagian."))] if status != 200 else [],  # noqa: PLR2004
        **outcome_of(status),
    )


def _items_preview(roadmap: Roadmap, seq: int, keys: Sequence[str], status: int = 200) -> Response:
    base = _seen_on_screen(roadmap)
    uids = _chosen(roadmap, seq, keys)
    if uids is not None and not uids:
        raise NotThere
    answers = read_answers(request.form)
    preview = preview_items(acting_person(), roadmap.id, seq, uids, base_seq=base, choices=answers)
    return roadmap_page(
        "plan/restore_items.html",
        roadmap,
        tab="history",
        status=status,
        seq=seq,
        act=open_act_at(roadmap, seq),
        keys=keys,
        is_all=uids is None,
        base_seq=base,
        foreseen=foresee(roadmap, preview, request.form),
        address_of=lambda number: url_for(
            "plan.restore_set",
            roadmap_id=roadmap.id,
            seq=seq,
            butir=keys,
            semua=1 if uids is None else None,
            halaman=number,
        ),
        kept_uid=kept_uid_of(status),
        typed_reason=request.form.get("reason", ""),
        **outcome_of(status),
    )


def _chosen(roadmap: Roadmap, seq: int, keys: Sequence[str]) -> set[str] | None:
    """Give the uids of what was chosen, an action with its indicators; None for the whole plan."""
    if request.values.get("semua"):
        return None
    then = outline_as_of(roadmap.id, seq)
    by_key = {f"{item.kind}-{item.id}": item for item in then.by_uid.values()}
    items = [by_key[key] for key in keys if key in by_key]
    along = [one for item in items for one in then.indicators_of.get(item.uid, [])]
    return {item.uid for item in (*items, *along)}


# --- what both have


def sent_reason() -> str:
    """Read why somebody goes back; it may be empty. Raises NotValid where it is too long."""
    return bounded("reason", normalise(request.form.get("reason", "")), LONGEST_REASON)


def kept_uid_of(status: int) -> str:
    """Keep the words of a form that is given back, and name them."""
    if status == 200:  # noqa: PLR2004
        return ""
    return keep_sent("stage") or request.form.get("kept_uid", "")


def outcome_of(status: int) -> dict[str, str]:
    """Say how the title of a page that is given back begins."""
    words = {409: _("Perlu dipilih:"), 422: _("Perlu diperbaiki:")}
    return {"outcome_title": words[status]} if status in words else {}


def _seen_on_screen(roadmap: Roadmap) -> int:
    """Give the moment that the form showed, else the newest one; acts for some readers only are no moments."""
    typed = request.form.get("base_seq", "")
    if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER:
        return int(typed)
    return open_act_at(roadmap, roadmap.head_seq).seq
