"""The forms in which people write: how each is opened, by whom, and which box takes the words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from roadmap.discussion.models import Comment
from roadmap.discussion.operations import About, open_thread
from roadmap.extensions import db
from roadmap.people.models import Person
from roadmap.plan.queries import outline_of
from roadmap.review import operations as review
from roadmap.review.models import Judgement
from roadmap.review.notes import notes_on
from tests.cast import Cast
from tests.factories import a_roadmap, an_action
from tests.intake.wizard import a_csv, tried
from tests.journeys.failing import WORDS
from tests.review import stories


@dataclass(frozen=True)
class Open:
    """A form as it stands before somebody: its writer, page, name, the box for words, what else must be filled."""

    writer: Person
    address: str
    form: str
    box: str
    roadmap_id: int
    besides: Mapping[str, Any] = field(default_factory=dict)
    press: str | None = None
    ends_with_the_roadmap: bool = True
    words: str = WORDS


def edit_form(cast: Cast) -> Open:
    action = an_action(cast, a_roadmap(cast))
    return Open(
        cast.rina,
        f"/actions/{action.id}/edit",
        f"action-{action.id}-form",
        "expected_result",
        action.roadmap_id,
    )


def one_field(cast: Cast) -> Open:
    action = an_action(cast, a_roadmap(cast))
    address = f"/actions/{action.id}/edit/expected_result"
    return Open(cast.rina, address, address, "expected_result", action.roadmap_id)


def add_form(cast: Cast) -> Open:
    roadmap = a_roadmap(cast)
    return Open(cast.rina, f"/roadmaps/{roadmap.id}/problems/new", "new-problem", "cause", roadmap.id)


def guided_path(cast: Cast) -> Open:
    roadmap = a_roadmap(cast)
    besides = {"title": "Perda Disabilitas"}
    return Open(
        cast.rina, f"/roadmaps/{roadmap.id}/guided/2", "guided-form", "description", roadmap.id, besides
    )


def new_roadmap(cast: Cast) -> Open:
    besides = {"title": "Peta Jalan Baru", "year_from": "2026", "year_to": "2030"}
    region = cast.city.id
    return Open(
        cast.rina,
        f"/regions/{region}/roadmaps/new",
        "new-roadmap",
        "vision",
        0,
        besides,
        ends_with_the_roadmap=False,
    )


def new_thread(cast: Cast) -> Open:
    roadmap = a_roadmap(cast)
    address = f"/roadmaps/{roadmap.id}/threads/new?tentang=roadmap:{roadmap.uid}"
    return Open(cast.yusuf, address, "new-thread-form", "body", roadmap.id, ends_with_the_roadmap=False)


def reply(cast: Cast) -> Open:
    roadmap, thread = _a_thread(cast)
    return Open(
        cast.yusuf,
        f"/threads/{thread.id}/replies",
        f"thread-{thread.id}-reply",
        "body",
        roadmap.id,
        ends_with_the_roadmap=False,
    )


def edited_comment(cast: Cast) -> Open:
    roadmap, thread = _a_thread(cast)
    comment = _first_comment(thread)
    address = f"/comments/{comment.id}/edit"
    return Open(
        cast.dodi, address, f"comment-{comment.id}-edit", "body", roadmap.id, ends_with_the_roadmap=False
    )


def resolution(cast: Cast) -> Open:
    roadmap, thread = _a_thread(cast)
    address = f"/threads/{thread.id}/resolution"
    return Open(
        cast.rina, address, f"thread-{thread.id}-settle", "reason", roadmap.id, ends_with_the_roadmap=False
    )


def submission(cast: Cast) -> Open:
    roadmap = stories.a_plan(cast)
    return Open(cast.rina, f"/roadmaps/{roadmap.id}/submissions", "submit", "note", roadmap.id)


def withdrawal(cast: Cast) -> Open:
    roadmap, _submission = stories.in_review(cast)
    return Open(cast.rina, f"/roadmaps/{roadmap.id}/withdrawal", "withdraw", "reason", roadmap.id)


def verdict(cast: Cast) -> Open:
    roadmap, submission = stories.in_review(cast)
    address = f"/submissions/{submission.id}/verdict"
    return Open(cast.maria, address, address, "note", roadmap.id, {"judgement": "dikembalikan"})


def note_of_the_mentor(cast: Cast) -> Open:
    roadmap, submission = stories.in_review(cast)
    action = stories.first_action(roadmap)
    address = f"/submissions/{submission.id}/verdict/actions/{action.id}"
    return Open(cast.maria, address, "note-form", "text", roadmap.id, press="back")


def answer_to_a_note(cast: Cast) -> Open:
    roadmap, submission = stories.in_review(cast)
    action = stories.first_action(roadmap)
    review.jot_down(cast.maria, submission.id, action.uid, "Terlalu umum.", needs_mending=True)
    review.judge(cast.maria, submission.id, Judgement.RETURNED, "Perjelas.")
    note = notes_on(roadmap.id, outline_of(roadmap.id))[0].row
    return Open(cast.rina, f"/notes/{note.id}/answers", "answer-form", "text", roadmap.id)


def return_by_the_leader(cast: Cast) -> Open:
    roadmap, submission = stories.at_the_leaders(cast)
    return Open(cast.wali, f"/submissions/{submission.id}/return", "send-back", "note", roadmap.id)


def decision_on_paper(cast: Cast) -> Open:
    roadmap, submission = stories.at_the_leaders(cast)
    besides = {"judgement": "dikembalikan", "basis": "rapat", "decided_on": "2026-07-01"}
    address = f"/submissions/{submission.id}/decision"
    return Open(cast.sari, address, "record-decision", "note", roadmap.id, besides)


def adoption(cast: Cast) -> Open:
    roadmap, edition = stories.approved(cast)
    besides = {"number": "12 Tahun 2026", "adopted_on": "2026-07-01"}
    return Open(cast.rina, f"/editions/{edition.id}/adoption", "adopt", "subject", roadmap.id, besides)


def closing_of_a_text(cast: Cast) -> Open:
    action = an_action(cast, a_roadmap(cast), expected_result="Nama korban.")
    besides = {"closed": ["expected_result"], "basis": "UU 27/2022"}
    return Open(
        cast.rina,
        f"/actions/{action.id}/closing",
        "closing",
        "reason",
        action.roadmap_id,
        besides,
        ends_with_the_roadmap=False,
    )


def moment_gone_back_to(cast: Cast) -> Open:
    action = an_action(cast, a_roadmap(cast))
    address = f"/roadmaps/{action.roadmap_id}/as-of/1/restore?semua=1"
    return Open(cast.rina, address, "restore-items", "reason", action.roadmap_id)


def grid(cast: Cast) -> Open:
    action = an_action(cast, a_roadmap(cast))
    address = f"/roadmaps/{action.roadmap_id}/grid"
    return Open(
        cast.rina,
        address,
        "grid-form",
        f"c-{action.id}-lead",
        action.roadmap_id,
        press="Simpan semua",
        words="Dinas <baru> & lama",
    )


def answers_of_a_table(cast: Cast) -> Open:
    roadmap = a_roadmap(cast)
    rows = [["Warga tuli belum terlayani", "Melatih petugas", "Dinas Sosial", "Jumlah", "entah", "Kota"]]
    number = tried(cast.rina, roadmap, a_csv(rows))
    return Open(
        cast.rina, f"/intakes/{number}", "cells", "cell:0-1-4", roadmap.id, words="kira-kira <enam> puluh"
    )


def _a_thread(cast: Cast) -> Any:
    roadmap = a_roadmap(cast)
    about = About("roadmap", roadmap.uid)
    return roadmap, open_thread(
        cast.dodi, roadmap.id, about, "Sudah tepatkah?", nature="pertanyaan", visibility="tim_mentor"
    )


def _first_comment(thread: Any) -> Comment:
    return db.session.query(Comment).filter_by(thread=thread.uid).order_by(Comment.id).limit(1).one()


FORMS: tuple[Callable[[Cast], Open], ...] = (
    edit_form,
    one_field,
    add_form,
    guided_path,
    new_roadmap,
    new_thread,
    reply,
    edited_comment,
    resolution,
    submission,
    withdrawal,
    verdict,
    note_of_the_mentor,
    answer_to_a_note,
    return_by_the_leader,
    decision_on_paper,
    adoption,
    closing_of_a_text,
    moment_gone_back_to,
    grid,
    answers_of_a_table,
)
