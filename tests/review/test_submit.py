"""What happens when drafters lay their plan on a desk."""

import threading

import pytest
from sqlalchemy import func, select

from roadmap.errors import Conflict, NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from roadmap.people.once import Press, once
from roadmap.people.roles import Stage
from roadmap.review import operations
from roadmap.review.errors import AlreadySubmitted
from roadmap.review.models import Desk, Judgement, Submission
from tests.cast import sign_in
from tests.factories import a_roadmap, an_action
from tests.review.stories import (
    a_plan,
    approved,
    at_the_leaders,
    clean,
    edit,
    in_review,
    now_of,
    passed_review,
    switch,
)


def test_rinas_submission_holds_the_state_before_the_act_and_lies_on_the_mentors_desk(cast, ctx):
    roadmap = a_plan(cast)
    head = now_of(roadmap)
    seq, digest = head.head_seq, head.head_digest

    submission = operations.submit(cast.rina, roadmap.id, "Untuk ditelaah.")

    assert (submission.number, submission.desk, submission.seq, submission.digest) == (
        1,
        Desk.REVIEW,
        seq,
        digest,
    )
    assert (now_of(roadmap).stage, now_of(roadmap).head_seq) == (Stage.REVIEW, seq + 1)
    assert clean(roadmap)


@pytest.mark.parametrize(
    ("switches", "desk"),
    [
        ({"has_review": True}, Desk.REVIEW),
        ({"has_review": False, "has_verification": True}, Desk.VERIFICATION),
        ({"has_review": False, "has_verification": False}, Desk.LEADER),
    ],
)
def test_the_first_desk_is_the_first_the_region_has_switched_on(cast, ctx, switches, desk):
    switch(cast, **switches)
    roadmap = a_plan(cast)
    assert operations.submit(cast.rina, roadmap.id, accepts_findings=True).desk == desk


def test_what_passed_review_is_sent_on_unchanged_though_rina_has_drafted_since(cast, ctx):
    roadmap, first = passed_review(cast)
    edit(cast, roadmap, title="Judul yang lebih baru")

    second = operations.submit(cast.dodi, roadmap.id, accepts_findings=True)

    assert (second.number, second.seq, second.digest, second.desk) == (
        first.number,
        first.seq,
        first.digest,
        Desk.LEADER,
    )
    assert now_of(roadmap).stage == Stage.SUBMITTED
    assert clean(roadmap)


def test_with_verification_switched_on_it_goes_there_before_the_leader(cast, ctx):
    switch(cast, has_verification=True)
    roadmap, first = passed_review(cast)
    second = operations.submit(cast.rina, roadmap.id)
    assert (second.desk, second.seq, now_of(roadmap).stage) == (
        Desk.VERIFICATION,
        first.seq,
        Stage.VERIFICATION,
    )
    operations.judge(cast.vera, second.id, Judgement.PASSED)
    third = operations.submit(cast.rina, roadmap.id, accepts_findings=True)
    assert (third.desk, third.seq, third.number) == (Desk.LEADER, first.seq, first.number)


def test_nothing_is_sent_on_before_it_passed(cast, ctx):
    roadmap, _submission = in_review(cast)
    with pytest.raises(AlreadySubmitted):
        operations.submit(cast.rina, roadmap.id)
    assert _count(roadmap) == 1


def test_after_a_return_it_goes_to_review_again_under_a_new_number(cast, ctx):
    roadmap, submission = at_the_leaders(cast)
    operations.send_back(
        cast.wali, submission.id, submission.seq, submission.digest, note="Tambahkan anggaran."
    )
    assert now_of(roadmap).stage == Stage.REVISION
    again = operations.submit(cast.rina, roadmap.id)
    assert (again.number, again.desk) == (submission.number + 1, Desk.REVIEW)


def test_findings_go_along_to_review_but_the_leader_is_asked_only_with_a_decision_on_them(cast, ctx):
    roadmap, _submission = passed_review(cast)
    with pytest.raises(NotValid) as refused:
        operations.submit(cast.rina, roadmap.id)
    assert set(refused.value.errors) == {"findings"}
    assert now_of(roadmap).stage == Stage.REVIEW
    assert operations.submit(cast.rina, roadmap.id, accepts_findings=True).desk == Desk.LEADER


@pytest.mark.parametrize("lack", ["title", "period", "action", "lead"])
def test_what_blocks_keeps_it_from_the_leader_even_when_accepted(cast, ctx, lack):
    values = {"title": "" if lack == "title" else "Judul", "year_to": None if lack == "period" else 2030}
    roadmap = a_roadmap(cast, **values)
    if lack != "action":
        an_action(cast, roadmap, **({} if lack == "lead" else {"lead": cast.dinsos}))
    submission = operations.submit(cast.rina, roadmap.id)
    operations.judge(cast.maria, submission.id, Judgement.PASSED)

    with pytest.raises(NotValid):
        operations.submit(cast.rina, roadmap.id, accepts_findings=True)
    assert _count(roadmap) == 1


def test_what_blocks_is_asked_of_the_plan_as_it_passed_not_as_it_is_now(cast, ctx):
    roadmap = a_roadmap(cast)
    submission = operations.submit(cast.rina, roadmap.id)
    operations.judge(cast.maria, submission.id, Judgement.PASSED)
    an_action(cast, roadmap, lead=cast.dinsos)
    with pytest.raises(NotValid):
        operations.submit(cast.rina, roadmap.id, accepts_findings=True)


def test_a_later_round_needs_its_reason(cast, ctx):
    roadmap, _edition = approved(cast)
    edit(cast, roadmap, title="Kanal pengaduan bergerak")
    with pytest.raises(NotValid) as refused:
        operations.submit(cast.rina, roadmap.id, "  ")
    assert set(refused.value.errors) == {"note"}
    assert operations.submit(cast.rina, roadmap.id, "Ada anggaran baru.").number == 2


def test_only_drafters_submit(cast, ctx):
    roadmap = a_plan(cast)
    for person in (cast.oki, cast.yusuf, cast.maria, cast.vera, cast.wali, cast.sari):
        with pytest.raises(NotAllowed):
            operations.submit(person, roadmap.id)
    for stranger in (cast.adi, cast.eka, cast.nina):
        with pytest.raises(NotThere):
            operations.submit(stranger, roadmap.id)
    assert _count(roadmap) == 0


def test_a_roadmap_that_is_not_there_is_not_submitted(cast, ctx):
    with pytest.raises(NotThere):
        operations.submit(cast.rina, 987_654)


@pytest.mark.parametrize("act_key", ["", "one-key"])
def test_pressed_eight_times_at_once_it_is_submitted_once(app, cast, act_key):
    with app.app_context():
        roadmap_id = a_plan(cast).id
    outcomes: list[str] = []
    start = threading.Barrier(8)

    def press() -> None:
        with app.app_context():
            start.wait()
            try:
                outcome = once(
                    cast.rina,
                    Press(act_key),
                    lambda: operations.submit(cast.rina, roadmap_id),
                    lambda submission: f"/submissions/{submission.id}",
                    roadmap_id=roadmap_id,
                )
                outcomes.append(outcome.address)
            except Conflict as refused:
                outcomes.append(type(refused).__name__)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        found = db.session.scalars(select(Submission).where(Submission.roadmap_id == roadmap_id)).all()
        assert len(found) == 1
        address = f"/submissions/{found[0].id}"
        expected = [address] * 8 if act_key else [address] + ["AlreadySubmitted"] * 7
        assert sorted(outcomes) == sorted(expected)


def test_rina_reads_what_is_missing_and_submits_on_the_page(cast, client):
    with client.app.app_context():
        roadmap_id = a_plan(cast).id
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap_id}/stages")
    assert "Belum ada indikator." in page
    page = client.submit(page, "submit", {"note": "Mohon ditelaah."})
    assert page.heading == "Tahapan"
    assert "Rancangan 1 ada di meja mentor." in page
    assert "Mohon ditelaah." in page


def test_without_the_tick_the_page_comes_back_with_every_word(cast, client):
    with client.app.app_context():
        roadmap_id = passed_review(cast)[0].id
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap_id}/stages")
    page = client.submit(page, "submit", {"note": "Segera."})
    assert page.status == 422
    assert page.title.startswith("Perlu diperbaiki:")
    assert page.form("submit").fields["note"] == "Segera."
    page = client.submit(page, "submit", {"findings": page.form("submit").choices("findings").popitem()[0]})
    assert "Rancangan 1 di meja Wali Kota" in page


def test_what_blocks_the_leader_is_listed_instead_of_a_button(cast, client):
    with client.app.app_context():
        switch(cast, has_review=False)
        roadmap_id = a_roadmap(cast).id
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap_id}/stages")
    assert "Belum dapat diajukan kepada Wali Kota." in page
    assert "Belum ada rencana aksi." in page
    assert "Ajukan rancangan ini" not in page.form("submit").buttons
    assert client.post(f"/roadmaps/{roadmap_id}/submissions", {"findings": "1"}).status == 422


def _count(roadmap) -> int:
    return (
        db.session.scalar(select(func.count(Submission.id)).where(Submission.roadmap_id == roadmap.id)) or 0
    )
