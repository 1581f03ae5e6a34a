"""Pages of notes on single items: jotting down while judging, reading them all, answering one."""

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.errors import NotThere, NotValid
from roadmap.history.models import Roadmap
from roadmap.people.access import allows
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import place_of, roadmap_for
from roadmap.plan.blueprint import PLURALS, Addressed
from roadmap.plan.keeping import kept_uid_for, words_in_form
from roadmap.plan.kinds import BY_PLURAL, KINDS
from roadmap.plan.numbers import numbers_of
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.pages import roadmap_page
from roadmap.plan.queries import choices_for, outline_as_of, outline_of
from roadmap.review import operations
from roadmap.review.access import note_for, submission_for
from roadmap.review.blueprint import bp
from roadmap.review.models import Desk, Submission
from roadmap.review.notes import Note, notes_on
from roadmap.review.queries import drafts_of
from roadmap.review.sheets import rows_of
from roadmap.review.views import said
from roadmap.text.plain import excerpt
from roadmap.web.declare import asks
from roadmap.web.language import chosen_language
from roadmap.web.paging import page_of
from roadmap.web.respond import Notice, done

NOTES_A_PAGE = 50
MOST_ON_AN_ITEM = 5
NAME_LENGTH = 80
# The list of changes on a submission's page, from which a note may be begun.
CHANGES = "ubah"


@bp.get(f"/submissions/<int:submission_id>/verdict/{PLURALS}/<int:item_id>", endpoint="judge_item")
@asks(Act.JUDGE_REVIEW)
def judge_item_form(submission_id: int, plural: str, item_id: int) -> Response:
    """Offer the mentor one item of what was submitted, and a place for a note on it."""
    return _note_page(submission_id, plural, item_id, Act.JUDGE_REVIEW)


@bp.post(f"/submissions/<int:submission_id>/verdict/{PLURALS}/<int:item_id>")
@asks(Act.JUDGE_REVIEW)
def judge_item_save(submission_id: int, plural: str, item_id: int) -> Response:
    """Keep the mentor's note until the verdict."""
    return _jotted(submission_id, plural, item_id, Act.JUDGE_REVIEW)


@bp.get(f"/submissions/<int:submission_id>/verification/{PLURALS}/<int:item_id>", endpoint="verify_item")
@asks(Act.JUDGE_VERIFICATION)
def verify_item_form(submission_id: int, plural: str, item_id: int) -> Response:
    """Offer the verifier one item of what was submitted, and a place for a note on it."""
    return _note_page(submission_id, plural, item_id, Act.JUDGE_VERIFICATION)


@bp.post(f"/submissions/<int:submission_id>/verification/{PLURALS}/<int:item_id>")
@asks(Act.JUDGE_VERIFICATION)
def verify_item_save(submission_id: int, plural: str, item_id: int) -> Response:
    """Keep the verifier's note until the verdict."""
    return _jotted(submission_id, plural, item_id, Act.JUDGE_VERIFICATION)


@bp.get("/roadmaps/<int:roadmap_id>/notes")
@asks(Act.SEE)
def notes(roadmap_id: int) -> Response:
    """List the notes of the verdicts, those nobody has responded to first."""
    person = acting_person()
    roadmap = roadmap_for(person, roadmap_id, to=Act.SEE)
    plan = outline_of(roadmap.id)
    everything = notes_on(roadmap.id, plan)
    waiting = [note for note in everything if not note.is_met]
    only_waiting = request.args.get("belum") == "1"
    shown = waiting if only_waiting else sorted(everything, key=lambda note: note.is_met)
    return roadmap_page(
        "review/notes.html",
        roadmap,
        tab="stages",
        title=plan.title,
        page=page_of(shown, NOTES_A_PAGE),
        waiting=len(waiting),
        total=len(everything),
        only_waiting=only_waiting,
        numbers=numbers_of(plan),
        can_answer=allows(person, Act.EDIT, place_of(roadmap)),
        address_of=lambda number: url_for(
            "review.notes", roadmap_id=roadmap.id, belum=1 if only_waiting else None, halaman=number
        ),
        kinds=KINDS,
    )


@bp.get("/notes/<int:note_id>/answers", endpoint="answer_note")
@asks(Act.EDIT)
def answer_form(note_id: int) -> Response:
    """Offer the drafters a place to answer a note."""
    return _answer_page(note_id)


@bp.post("/notes/<int:note_id>/answers")
@asks(Act.EDIT)
def answer_save(note_id: int) -> Response:
    """Take the drafters' answer to a note."""
    person = acting_person()
    note = note_for(person, note_id, to=Act.EDIT)
    roadmap_id = note.roadmap_id
    try:
        outcome = once(
            person,
            pressed(),
            lambda: operations.answer_note(person, note_id, request.form.get("text", "")),
            lambda _answer: url_for("review.notes", roadmap_id=roadmap_id, _anchor=f"note-{note_id}"),
            roadmap_id=roadmap_id,
        )
    except NotValid as problem:
        return _answer_page(note_id, status=422, errors=problem.errors)
    return done(
        outcome.address, Notice(_("Tanggapan Anda tercatat. Mentor membacanya pada telaah berikutnya."))
    )


def notes_on_item(item: Addressed, roadmap: Roadmap, plan: Outline) -> str:
    """Show on an item's page what the verdicts said of it, the newest first."""
    person = acting_person()
    found = notes_on(roadmap.id, plan, item_uids=[str(getattr(item, "uid", ""))])
    return render_template(
        "review/_item_notes.html",
        roadmap=roadmap,
        notes=found[:MOST_ON_AN_ITEM],
        total=len(found),
        can_answer=allows(person, Act.EDIT, place_of(roadmap)),
        kinds=KINDS,
    )


def _note_page(
    submission_id: int,
    plural: str,
    item_id: int,
    act: Act,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Response:
    kept_uid = kept_uid_for(status)
    person = acting_person()
    submission, roadmap, plan, item = _asked_item(submission_id, plural, item_id, act)
    drafts = {draft.item_uid: draft for draft in drafts_of(person, submission.id)}
    return roadmap_page(
        "review/note.html",
        roadmap,
        tab="stages",
        title=plan.title,
        status=status,
        submission=submission,
        item=item,
        kind=KINDS[item.kind],
        numbers=numbers_of(plan),
        rows=rows_of(item, choices_for(roadmap, plan, language=chosen_language())),
        draft=drafts.get(item.uid),
        notes=notes_on(roadmap.id, plan, said_by=submission.seq, item_uids=[item.uid]),
        typed=words_in_form(),
        kept_uid=kept_uid,
        errors=said(errors),
        outcome_title=_("Perlu diperbaiki:") if errors else "",
        address=note_url(submission, item, _within()),
        following=_following(plan, item),
        can_answer=False,
        back_url=_back_to(submission, item),
        kinds=KINDS,
    )


def _jotted(submission_id: int, plural: str, item_id: int, act: Act) -> Response:
    person = acting_person()
    submission, _roadmap, plan, item = _asked_item(submission_id, plural, item_id, act)
    label = excerpt(item.label, NAME_LENGTH)
    back = _back_to(submission, item)
    following = _following(plan, item)
    onward = (
        note_url(submission, following, _within())
        if following and request.form.get("then") == "next"
        else back
    )
    try:
        outcome = once(
            person,
            pressed(),
            lambda: operations.jot_down(
                person,
                submission_id,
                item.uid,
                request.form.get("text", ""),
                needs_mending=request.form.get("needs_mending") == "1",
            ),
            lambda _draft: onward,
        )
    except NotValid as problem:
        return _note_page(submission_id, plural, item_id, act, status=422, errors=problem.errors)
    words = _("Catatan tentang “%(item)s” disimpan untuk Anda; tim membacanya sesudah putusan.", item=label)
    return done(outcome.address, Notice(words))


def _asked_item(
    submission_id: int, plural: str, item_id: int, act: Act
) -> tuple[Submission, Roadmap, Outline, ItemView]:
    submission, roadmap = submission_for(acting_person(), submission_id, to=act)
    plan = outline_as_of(roadmap.id, submission.seq)
    found = (one for one in plan.items[BY_PLURAL[plural].name] if one.id == item_id)
    item = next(found, None)
    if item is None:
        raise NotThere
    return submission, roadmap, plan, item


def note_url(submission: Submission, item: ItemView, within: str = "") -> str:
    """Give the address where the judge of a submission notes something on an item; `within` says where to return."""
    name = "review.verify_item" if submission.desk == Desk.VERIFICATION else "review.judge_item"
    return url_for(
        name,
        submission_id=submission.id,
        plural=KINDS[item.kind].plural,
        item_id=item.id,
        dari=within or None,
    )


def _within() -> str:
    return CHANGES if request.args.get("dari") == CHANGES else ""


def _back_to(submission: Submission, item: ItemView) -> str:
    """Give the place a judge came from: the item in the list of changes, or in the whole draft."""
    place = _within() or "butir"
    return url_for("review.submission", submission_id=submission.id, _anchor=f"{place}-{item.uid}")


def _following(plan: Outline, item: ItemView) -> ItemView | None:
    """Give the item that is read next, indicators with their action."""
    order = [one for one in plan.in_published_order() if one.kind != "indicator"]
    place = next((place for place, one in enumerate(order) if one.uid == item.uid), len(order))
    return order[place + 1] if place + 1 < len(order) else None


def _answer_page(note_id: int, *, status: int = 200, errors: Mapping[str, str] | None = None) -> Response:
    kept_uid = kept_uid_for(status)
    person = acting_person()
    row = note_for(person, note_id, to=Act.EDIT)
    roadmap = roadmap_for(person, row.roadmap_id, to=Act.EDIT)
    plan = outline_of(roadmap.id)
    note: Note = next(
        one for one in notes_on(roadmap.id, plan, item_uids=[row.item_uid]) if one.row.id == row.id
    )
    return roadmap_page(
        "review/answer_note.html",
        roadmap,
        tab="stages",
        title=plan.title,
        status=status,
        note=note,
        typed=words_in_form(),
        kept_uid=kept_uid,
        errors=said(errors),
        outcome_title=_("Perlu diperbaiki:") if errors else "",
        can_answer=False,
        kinds=KINDS,
    )
