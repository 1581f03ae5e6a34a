"""A mentor notes something on single items; the notes come with the verdict, and are carried on until they are met."""

import pytest

from roadmap.errors import NotAllowed, NotThere, NotValid, StepNotOpen
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.history.queries import story_of
from roadmap.plan.queries import outline_of
from roadmap.review import operations
from roadmap.review.errors import AlreadyDecided
from roadmap.review.models import Judgement, NoteDraft, VerdictNote
from roadmap.review.notes import Note, notes_on
from tests.cast import sign_in
from tests.review.stories import clean, edit, first_action, in_review, now_of

NOTE = "Siapa yang menerima pengaduan lisan? Lihat SNP 6."


def _notes(roadmap: Roadmap) -> list[Note]:
    db.session.expire_all()
    return notes_on(roadmap.id, outline_of(roadmap.id))


def _returned(cast, *, ticked: bool = True):
    roadmap, submission = in_review(cast)
    action = first_action(roadmap)
    operations.jot_down(cast.maria, submission.id, action.uid, NOTE, needs_mending=ticked)
    operations.judge(cast.maria, submission.id, Judgement.RETURNED, "Beberapa hal perlu diperjelas.")
    return roadmap, action


def test_a_note_belongs_to_maria_alone_until_her_verdict_says_it(cast, ctx):
    roadmap, submission = in_review(cast)
    action = first_action(roadmap)
    before = now_of(roadmap).head_seq
    operations.jot_down(cast.maria, submission.id, action.uid, "Terlalu umum.")
    operations.jot_down(cast.maria, submission.id, action.uid, NOTE, needs_mending=True)
    assert (now_of(roadmap).head_seq, _notes(roadmap)) == (before, [])
    assert [draft.text for draft in db.session.query(NoteDraft)] == [NOTE]
    verdict = operations.judge(cast.maria, submission.id, Judgement.RETURNED, "Perjelas.")
    assert verdict.items == [action.uid]
    (note,) = _notes(roadmap)
    assert (note.row.text, note.row.item_version, note.is_met) == (NOTE, action.version, False)
    assert clean(roadmap)


def test_notes_also_come_with_a_verdict_that_lets_it_pass_and_tick_nothing_there(cast, ctx):
    roadmap, submission = in_review(cast)
    action = first_action(roadmap)
    operations.jot_down(cast.maria, submission.id, action.uid, NOTE, needs_mending=True)
    verdict = operations.judge(cast.maria, submission.id, Judgement.PASSED)
    assert (verdict.items, [note.row.text for note in _notes(roadmap)]) == ([], [NOTE])


def test_a_note_is_met_by_a_change_of_its_item_or_by_an_answer(cast, ctx):
    roadmap, _action = _returned(cast)
    assert not _notes(roadmap)[0].is_met
    edit(cast, roadmap, title="Menerima pengaduan lisan di 12 kecamatan")
    (note,) = _notes(roadmap)
    assert (note.is_met, note.is_changed, note.answers) == (True, True, [])
    assert not note.is_answered
    operations.answer_note(cast.rina, note.row.id, "Petugas kecamatan.")
    operations.answer_note(cast.dodi, note.row.id, "Dan petugas kelurahan.")
    assert [one.text for one in _notes(roadmap)[0].answers] == [
        "Petugas kecamatan.",
        "Dan petugas kelurahan.",
    ]
    assert clean(roadmap)


def test_an_answer_alone_meets_it_and_is_an_act_whose_words_stand_nowhere_in_the_log(cast, ctx):
    roadmap, _action = _returned(cast)
    (note,) = _notes(roadmap)
    operations.answer_note(cast.rina, note.row.id, "Tetap demikian, karena kader sudah ada.")
    assert _notes(roadmap)[0].is_met
    act = story_of(now_of(roadmap), cast.rina)[0]
    assert (act.verb, act.actor_uid) == ("answer-note", cast.rina.uid)
    assert "kader" not in f"{act.payload}{act.reason}"
    assert clean(roadmap)


def test_the_indicator_change_of_another_item_meets_no_note(cast, ctx):
    roadmap, action = _returned(cast)
    problem = outline_of(roadmap.id).items["problem"][0]
    from roadmap.plan import operations as plan

    plan.edit_item(cast.rina, "problem", problem.id, problem.version, {"title": "Kanal belum dapat diakses"})
    assert [note.is_met for note in _notes(roadmap) if note.row.item_uid == action.uid] == [False]


@pytest.mark.parametrize("name", ["rina", "oki", "yusuf", "vera", "wali", "sari"])
def test_only_who_judges_at_this_desk_notes_anything(cast, ctx, name):
    roadmap, submission = in_review(cast)
    with pytest.raises(NotAllowed):
        operations.jot_down(getattr(cast, name), submission.id, first_action(roadmap).uid, NOTE)


@pytest.mark.parametrize("name", ["oki", "yusuf", "maria", "wali", "sari"])
def test_only_drafters_answer(cast, ctx, name):
    roadmap, _action = _returned(cast)
    with pytest.raises(NotAllowed):
        operations.answer_note(getattr(cast, name), _notes(roadmap)[0].row.id, "Jawaban")


def test_a_neighbour_does_not_learn_that_there_is_a_note(cast, ctx):
    roadmap, _action = _returned(cast)
    with pytest.raises(NotThere):
        operations.answer_note(cast.eka, _notes(roadmap)[0].row.id, "Jawaban")
    with pytest.raises(NotThere):
        operations.answer_note(cast.rina, 10_000, "Jawaban")


def test_no_note_on_what_is_decided_or_not_in_it_and_no_empty_answer(cast, ctx):
    roadmap, submission = in_review(cast)
    with pytest.raises(NotThere):
        operations.jot_down(cast.maria, submission.id, "bukan-butir", NOTE)
    action = first_action(roadmap)
    operations.jot_down(cast.maria, submission.id, action.uid, NOTE)
    operations.judge(cast.maria, submission.id, Judgement.RETURNED, "Perjelas.")
    with pytest.raises((AlreadyDecided, StepNotOpen)):
        operations.jot_down(cast.maria, submission.id, action.uid, "Lagi")
    with pytest.raises(NotValid):
        operations.answer_note(cast.rina, _notes(roadmap)[0].row.id, "  ")
    assert db.session.query(VerdictNote).count() == 1


def test_maria_walks_the_items_on_pages_and_rina_answers_there(cast, client):
    with client.app.app_context():
        roadmap, submission = in_review(cast)
        roadmap_id, submission_id, action_id = roadmap.id, submission.id, first_action(roadmap).id
    sign_in(client, cast.maria)
    page = client.get(f"/submissions/{submission_id}")
    form = client.follow(page, "Beri catatan: Menyediakan kanal pengaduan")
    assert form.address == f"/submissions/{submission_id}/verdict/actions/{action_id}"
    too_long = client.submit(form, "note-form", {"text": "x" * 10_001}, press="Simpan catatan")
    assert too_long.status == 422
    back = client.submit(form, "note-form", {"text": NOTE, "needs_mending": "1"}, press="Simpan catatan")
    assert "1 catatan Anda tentang bagian ikut terkirim" in back
    client.submit(back, "verdict", {"judgement": "dikembalikan", "note": "Perjelas."})
    sign_in(client, cast.rina)
    listed = client.get(f"/roadmaps/{roadmap_id}/notes")
    assert "1 catatan belum ditanggapi" in listed
    item = client.get(f"/actions/{action_id}")
    assert NOTE in item
    answering = client.follow(item, "Tanggapi catatan tentang Menyediakan kanal pengaduan")
    assert client.submit(answering, "answer-form", {"text": " "}).status == 422
    again = client.submit(answering, "answer-form", {"text": "Petugas kecamatan menerimanya."})
    assert "Petugas kecamatan menerimanya." in again
    assert "Satu catatan, sudah ditanggapi." in again


def test_the_next_round_shows_what_became_of_every_note(cast, client):
    with client.app.app_context():
        roadmap, _action = _returned(cast)
        edit(cast, roadmap, title="Menerima pengaduan lisan")
        again = operations.submit(cast.rina, roadmap.id)
        submission_id = again.id
    sign_in(client, cast.maria)
    page = client.get(f"/submissions/{submission_id}")
    assert "1 dari 1 sudah ditanggapi" in page
    assert NOTE in page
    assert "Bagian ini sudah diubah sesudah catatan itu." in page
