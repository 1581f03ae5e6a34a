"""Drafters take back what lies on a desk."""

import pytest

from roadmap.errors import NotAllowed
from roadmap.people.roles import Stage
from roadmap.review import operations
from roadmap.review.errors import NoLongerSubmitted
from roadmap.review.models import Judgement
from tests.cast import sign_in
from tests.review.stories import at_the_leaders, clean, edit, in_review, now_of, passed_review


def test_withdrawn_it_is_a_draft_again_and_the_next_one_begins_at_review(cast, ctx):
    roadmap, submission = at_the_leaders(cast)
    operations.withdraw(cast.dodi, roadmap.id, "Salah anggaran.")
    assert now_of(roadmap).stage == Stage.DRAFT
    edit(cast, roadmap, title="Kanal pengaduan keliling")
    again = operations.submit(cast.rina, roadmap.id)
    assert (again.number, again.desk) == (submission.number + 1, "telaah")
    assert clean(roadmap)


def test_what_passed_and_was_not_sent_on_can_be_withdrawn_and_keeps_its_verdict(cast, ctx):
    roadmap, submission = passed_review(cast)
    withdrawn = operations.withdraw(cast.rina, roadmap.id)
    assert withdrawn.id == submission.id
    assert withdrawn.withdrawn_at is not None
    assert withdrawn.verdict is not None
    assert now_of(roadmap).stage == Stage.DRAFT


def test_nobody_else_withdraws(cast, ctx):
    roadmap, _submission = in_review(cast)
    for person in (cast.oki, cast.yusuf, cast.maria, cast.wali, cast.sari):
        with pytest.raises(NotAllowed):
            operations.withdraw(person, roadmap.id)
    assert now_of(roadmap).stage == Stage.REVIEW


def test_the_leader_who_had_it_open_approves_nothing_withdrawn(cast, ctx):
    roadmap, submission = at_the_leaders(cast)
    operations.withdraw(cast.rina, roadmap.id)
    again = operations.submit(cast.rina, roadmap.id)
    operations.judge(cast.maria, again.id, Judgement.PASSED)
    current = operations.submit(cast.rina, roadmap.id, accepts_findings=True)
    with pytest.raises(NoLongerSubmitted) as stale:
        operations.approve(cast.wali, submission.id, submission.seq, submission.digest)
    assert stale.value.current is not None
    assert stale.value.current.id == current.id


def test_rina_withdraws_on_the_page(cast, client):
    with client.app.app_context():
        roadmap_id = in_review(cast)[0].id
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap_id}/stages")
    page = client.submit(page, "withdraw", {"reason": "Masih ada yang keliru."})
    assert page.title.startswith("Ditarik:")
    assert "Giliran tim Bappeda. Rancangan 1 ditarik" in page
    assert "Masih ada yang keliru." in page
