"""Mentors and verifiers let a submission pass, or return it; nobody passes what they drafted."""

from datetime import date

import pytest

from roadmap.errors import NotAllowed, NotThere, NotValid, StepNotOpen
from roadmap.extensions import db
from roadmap.people import operations as people
from roadmap.people.models import Membership, Person
from roadmap.people.roles import Role, Stage
from roadmap.review import operations
from roadmap.review.errors import AlreadyDecided, OwnWork
from roadmap.review.models import Judgement
from roadmap.work import unit_of_work
from tests.cast import Cast, sign_in
from tests.review.stories import a_plan, clean, first_action, in_review, now_of, passed_review, switch


def test_maria_lets_it_pass_and_it_waits_to_be_sent_on(cast, ctx):
    roadmap, submission = in_review(cast)
    verdict = operations.judge(cast.maria, submission.id, Judgement.PASSED)
    assert (verdict.judgement, verdict.seq, now_of(roadmap).stage) == (
        Judgement.PASSED,
        now_of(roadmap).head_seq,
        Stage.REVIEW,
    )
    assert clean(roadmap)


def test_a_return_needs_a_reason_and_names_the_items(cast, ctx):
    roadmap, submission = in_review(cast)
    action = first_action(roadmap)
    with pytest.raises(NotValid) as refused:
        operations.judge(cast.maria, submission.id, Judgement.RETURNED, "  ", [action.uid])
    assert set(refused.value.errors) == {"note"}
    with pytest.raises(NotValid):
        operations.judge(cast.maria, submission.id, Judgement.RETURNED, "Perbaiki.", ["bukan-butir"])
    verdict = operations.judge(
        cast.maria, submission.id, Judgement.RETURNED, "Perbaiki.", [action.uid, action.uid]
    )
    assert verdict.items == [action.uid]
    assert now_of(roadmap).stage == Stage.REVISION
    assert clean(roadmap)


def test_one_verdict_decides(cast, ctx):
    roadmap, submission = passed_review(cast)
    with pytest.raises(AlreadyDecided):
        operations.judge(cast.maria, submission.id, Judgement.RETURNED, "Terlambat.")
    assert now_of(roadmap).stage == Stage.REVIEW


def test_only_the_mentor_judges_at_review_and_only_the_verifier_at_verification(cast, ctx):
    switch(cast, has_verification=True)
    roadmap, submission = in_review(cast)
    for person in (cast.rina, cast.oki, cast.yusuf, cast.vera, cast.wali, cast.sari):
        with pytest.raises(NotAllowed):
            operations.judge(person, submission.id, Judgement.PASSED)
    for person in (cast.eka, cast.nina, cast.adi):
        with pytest.raises(NotThere):
            operations.judge(person, submission.id, Judgement.PASSED)
    operations.judge(cast.maria, submission.id, Judgement.PASSED)
    second = operations.submit(cast.rina, roadmap.id)
    with pytest.raises(NotAllowed):
        operations.judge(cast.maria, second.id, Judgement.PASSED)
    operations.judge(cast.vera, second.id, Judgement.RETURNED, "Dasar hukumnya belum ada.")
    assert now_of(roadmap).stage == Stage.REVISION


def test_the_judge_does_not_reach_the_leaders_desk(cast, ctx):
    switch(cast, has_review=False)
    roadmap = a_plan(cast)
    submission = operations.submit(cast.rina, roadmap.id, accepts_findings=True)
    for person in (cast.maria, cast.wali):
        with pytest.raises((StepNotOpen, NotAllowed)):
            operations.judge(person, submission.id, Judgement.PASSED)


def test_dodi_who_became_a_mentor_returns_but_does_not_pass_what_he_drafted(cast, ctx):
    roadmap = a_plan(cast)
    action = first_action(roadmap)
    from roadmap.plan import operations as plan

    plan.edit_item(cast.dodi, "action", action.id, action.version, {"title": "Kanal pengaduan Dodi"})
    submission = operations.submit(cast.rina, roadmap.id)
    _becomes(cast, cast.dodi, Role.MENTOR)

    with pytest.raises(OwnWork) as refused:
        operations.judge(cast.dodi, submission.id, Judgement.PASSED)
    assert "Kanal pengaduan Dodi" in str(refused.value.values["acts"])
    assert [other.uid for other in refused.value.others] == [cast.maria.uid]
    assert now_of(roadmap).stage == Stage.REVIEW
    assert (
        operations.judge(cast.dodi, submission.id, Judgement.RETURNED, "Kurang.").judgement == "dikembalikan"
    )


def test_dodi_who_submitted_does_not_pass_it_as_a_mentor(cast, ctx):
    roadmap = a_plan(cast)
    submission = operations.submit(cast.dodi, roadmap.id)
    _becomes(cast, cast.dodi, Role.MENTOR)
    with pytest.raises(OwnWork):
        operations.judge(cast.dodi, submission.id, Judgement.PASSED)


def test_dodi_who_only_reported_progress_may_pass_it(cast, ctx):
    roadmap = a_plan(cast)
    action = first_action(roadmap)
    from roadmap.plan import operations as plan

    plan.edit_item(cast.dodi, "action", action.id, action.version, {"status": "berjalan"})
    submission = operations.submit(cast.rina, roadmap.id)
    _becomes(cast, cast.dodi, Role.MENTOR)
    assert operations.judge(cast.dodi, submission.id, Judgement.PASSED).judgement == Judgement.PASSED


def test_maria_reads_the_plan_as_submitted_and_returns_it_on_the_page(cast, client):
    from tests.review.stories import edit

    with client.app.app_context():
        roadmap, submission = in_review(cast)
        edit(cast, roadmap, title="Sesudah pengajuan")
        submission_id = submission.id
    sign_in(client, cast.maria)
    page = client.get(f"/submissions/{submission_id}")
    assert "Menyediakan kanal pengaduan" in page
    assert "Sesudah pengajuan" not in page
    assert "1 perubahan sesudahnya belum ikut" in page
    refused = client.submit(page, "verdict", {"judgement": "dikembalikan", "note": ""})
    assert refused.status == 422
    ticked = next(iter(page.form("verdict").choices("items")))
    page = client.submit(
        page, "verdict", {"judgement": "dikembalikan", "note": "Sebut satuannya.", "items": [ticked]}
    )
    assert page.title.startswith("Dikembalikan:")
    assert "Sebut satuannya." in page
    assert "1 butir perlu diperbaiki" in page


def test_whoever_drafted_sees_why_and_who_else_may_decide(cast, client):
    with client.app.app_context():
        roadmap = a_plan(cast)
        submission = operations.submit(cast.dodi, roadmap.id)
        submission_id = submission.id
        _becomes(cast, cast.dodi, Role.MENTOR)
    sign_in(client, cast.dodi)
    page = client.get(f"/submissions/{submission_id}")
    assert "Yang dapat memutuskan: Maria Lestari." in page
    assert "lolos" not in page.form("verdict").choices("judgement")
    refused = client.post(f"/submissions/{submission_id}/verdict", {"judgement": "lolos"})
    assert refused.status == 403
    assert "Maria Lestari" in refused


def test_others_read_the_submission_and_find_no_form(cast, client):
    with client.app.app_context():
        submission_id = in_review(cast)[1].id
    sign_in(client, cast.yusuf)
    assert not client.get(f"/submissions/{submission_id}").has_form("verdict")
    assert client.post(f"/submissions/{submission_id}/verdict", {"judgement": "lolos"}).status == 403
    sign_in(client, cast.eka)
    assert client.get(f"/submissions/{submission_id}").status == 404
    assert client.get("/submissions/987654").status == 404


def _becomes(cast: Cast, person: Person, role: Role) -> None:
    """Have somebody change roles: the old membership has ended, the new one begins."""
    with unit_of_work():
        for held in db.session.query(Membership).where(Membership.person_id == person.id):
            held.starts_on, held.ends_on = date(2020, 1, 1), date(2020, 1, 2)
        db.session.flush()
        people.give_membership(None, db.session.get_one(Person, person.id), role, cast.city.id)
