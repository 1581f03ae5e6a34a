"""Closing a comment that names a victim: the words go from everywhere, a mark stays, the chain holds."""

import pytest
from sqlalchemy import select

from roadmap.discussion import operations
from roadmap.discussion.models import Comment
from roadmap.discussion.publishing import published_threads
from roadmap.discussion.queries import threads_as_of
from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.models import Edition, KeptWords, Revision
from roadmap.history.operations import CLOSED, keep_words
from roadmap.work import unit_of_work
from tests.cast import sign_in
from tests.discussion.talks import a_thread, holds_together, last_act, now, seen
from tests.factories import a_roadmap

NAME = "Ibu Sumarni"
BASIS = "UU 27/2022"
WHY = "Menyebut nama korban."


def _close(person, comment_id: int) -> Comment:
    return operations.close_comment(person, comment_id, basis=BASIS, reason=WHY)


def test_the_words_go_from_the_comment_its_history_and_what_was_kept_and_a_mark_stays(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap, words=f"Rumah {NAME} belum dikunjungi.")
    opening = seen(thread, cast.yusuf).opening
    operations.edit_comment(cast.yusuf, opening.id, 1, f"Rumah {NAME} belum juga dikunjungi.")
    with unit_of_work():
        item = db.session.get_one(Comment, opening.id)
        keep_words(cast.yusuf, {"body": f"{NAME} lagi"}, "clash", "/x", item=item)
    seq = now(roadmap).head_seq
    _close(cast.maria, opening.id)
    assert seen(thread, cast.rina).opening.is_closed
    assert {one.snapshot["body"] for one in _versions(opening.id)} == {CLOSED}
    assert [one.values for one in db.session.scalars(select(KeptWords))] == [{"body": CLOSED}]
    (as_of,) = threads_as_of(now(roadmap), seq, cast.rina)
    assert as_of.opening.body == CLOSED
    act = last_act(roadmap, cast.rina)
    assert act is not None
    assert (act.verb, act.reason, act.payload["basis"]) == ("close-comment", WHY, BASIS)
    assert holds_together(roadmap)


def _versions(comment_id: int) -> list[Revision]:
    query = select(Revision).where(Revision.kind == "comment", Revision.item_id == comment_id)
    return list(db.session.scalars(query))


def test_drafter_mentor_and_administrator_may_and_others_may_not(cast, ctx):
    roadmap = a_roadmap(cast)
    for person in (cast.rina, cast.maria, cast.adi):
        _close(person, seen(a_thread(cast, roadmap), cast.yusuf).opening.id)
    comment = seen(a_thread(cast, roadmap), cast.yusuf).opening
    for person in (cast.yusuf, cast.oki, cast.vera, cast.wali, cast.sari):
        with pytest.raises(NotAllowed):
            _close(person, comment.id)
    for person in (cast.eka, cast.nina):
        with pytest.raises(NotThere):
            _close(person, comment.id)


def test_what_is_said_to_the_mentor_alone_only_the_mentor_closes(cast, ctx):
    roadmap = a_roadmap(cast)
    comment = seen(a_thread(cast, roadmap, level="oms_mentor"), cast.yusuf).opening
    for person in (cast.rina, cast.adi):
        with pytest.raises(NotThere):
            _close(person, comment.id)
    _close(cast.maria, comment.id)
    assert last_act(roadmap, cast.rina) is None


def test_what_the_team_says_among_itself_the_mentor_does_not_close(cast, ctx):
    roadmap = a_roadmap(cast)
    comment = seen(a_thread(cast, roadmap, level="tim"), cast.yusuf).opening
    with pytest.raises(NotThere):
        _close(cast.maria, comment.id)
    _close(cast.adi, comment.id)
    assert last_act(roadmap, cast.maria) is None


def test_basis_and_reason_are_needed_and_once_is_enough(cast, ctx):
    roadmap = a_roadmap(cast)
    comment = seen(a_thread(cast, roadmap), cast.yusuf).opening
    for words, field in (
        ({"basis": " ", "reason": WHY}, "basis"),
        ({"basis": BASIS, "reason": ""}, "reason"),
    ):
        with pytest.raises(NotValid) as refusal:
            operations.close_comment(cast.rina, comment.id, **words)
        assert list(refusal.value.errors) == [field]
    _close(cast.rina, comment.id)
    with pytest.raises(NotValid):
        _close(cast.rina, comment.id)
    with pytest.raises(NotAllowed):
        operations.edit_comment(cast.yusuf, comment.id, 2, f"{NAME} lagi")
    assert seen_body(comment.id) == CLOSED


def seen_body(comment_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Comment, comment_id).body


def test_a_published_comment_is_closed_in_the_edition_too(cast, ctx):
    from roadmap.review import operations as review
    from roadmap.review.models import Judgement
    from tests.review.stories import a_plan

    roadmap = a_plan(cast)
    thread = a_thread(cast, roadmap, level="publik", words=f"Dukung, demi {NAME}.")
    operations.reply(cast.rina, thread.id, "Terima kasih.")
    submission = review.submit(cast.rina, roadmap.id)
    review.judge(cast.maria, submission.id, Judgement.PASSED, "Baik.")
    submission = review.submit(cast.rina, roadmap.id, accepts_findings=True)
    edition = review.approve(cast.wali, submission.id, submission.seq, submission.digest)
    before = db.session.get_one(Edition, edition.id)
    digest = before.digest
    assert NAME in str(before.document)
    _close(cast.rina, seen(thread, cast.rina).opening.id)
    db.session.rollback()
    after = db.session.get_one(Edition, edition.id)
    assert NAME not in str(after.document)
    bodies = [one["body"] for one in published_threads(after.document)[0]["comments"]]
    assert (bodies, after.digest) == ([CLOSED, "Terima kasih."], digest)
    assert holds_together(roadmap)


def test_the_reason_of_a_resolved_thread_can_be_closed_with_all_that_stood_there_before(cast, ctx):
    roadmap = a_roadmap(cast)
    thread = a_thread(cast, roadmap)
    operations.resolve(cast.rina, thread.id, f"{NAME} sudah didampingi.")
    operations.reopen(cast.yusuf, thread.id, f"{NAME} belum didampingi.")
    operations.resolve(cast.rina, thread.id, f"{NAME} sekarang sudah didampingi.")
    for person, refusal in ((cast.yusuf, NotAllowed), (cast.wali, NotAllowed), (cast.eka, NotThere)):
        with pytest.raises(refusal):
            operations.close_resolution(person, thread.id, basis=BASIS, reason=WHY)
    operations.close_resolution(cast.adi, thread.id, basis=BASIS, reason=WHY)
    view = seen(thread, cast.yusuf)
    assert (view.is_resolution_closed, view.is_resolved) == (True, True)
    query = select(Revision).where(Revision.kind == "thread", Revision.item_id == thread.id)
    assert NAME not in str([one.snapshot for one in db.session.scalars(query)])
    for words in ({"basis": BASIS, "reason": WHY}, {"basis": "", "reason": WHY}):
        with pytest.raises(NotValid):
            operations.close_resolution(cast.rina, thread.id, **words)
    assert holds_together(roadmap)
    hidden = a_thread(cast, roadmap, level="oms_mentor")
    operations.resolve(cast.yusuf, hidden.id, NAME)
    for person in (cast.adi, cast.rina):
        with pytest.raises(NotThere):
            operations.close_resolution(person, hidden.id, basis=BASIS, reason=WHY)


def test_the_mentor_closes_a_reason_on_the_page_of_its_thread(cast, client, app):
    with app.app_context():
        thread = a_thread(cast, a_roadmap(cast))
        operations.resolve(cast.rina, thread.id, f"{NAME} sudah didampingi.")
        number = thread.id
    sign_in(client, cast.maria)
    form = client.follow(client.get(f"/threads/{number}"), "Tutup alasannya (data pribadi)")
    assert NAME not in form
    page = client.submit(form, "closing", {"basis": BASIS, "reason": ""})
    assert page.status == 422
    page = client.submit(page, "closing", {"basis": BASIS, "reason": WHY})
    assert "Alasannya ditutup di sini dan di riwayat. Tandanya tetap ada." in page.region("notice")
    assert NAME not in page
    assert "Tutup alasannya" not in page
