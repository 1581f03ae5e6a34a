"""What waits for whom, over all regions, oldest first."""

from roadmap.review import operations
from roadmap.review.models import Judgement
from roadmap.review.tasks import tasks_for
from tests.factories import a_roadmap
from tests.review.stories import a_plan, adopted, approved, at_the_leaders, in_review, passed_review, switch


def _mine(app, person) -> list[tuple[str, str]]:
    with app.test_request_context("/tasks"):
        return [(task.what, task.address) for task in tasks_for(person) if task.is_mine]


def test_each_desk_sees_what_lies_on_it_and_nobody_elses(cast, ctx, app):
    roadmap, submission = in_review(cast)
    assert _mine(app, cast.maria) == [("Rancangan 1 menunggu telaah Anda", f"/submissions/{submission.id}")]
    for person in (cast.vera, cast.wali, cast.sari, cast.yusuf, cast.adi, cast.eka, cast.nina):
        assert _mine(app, person) == []
    switch(cast, has_verification=True)
    operations.judge(cast.maria, submission.id, Judgement.PASSED)
    assert _mine(app, cast.rina) == [
        ("Rancangan 1 lolos dan menunggu dikirim", f"/roadmaps/{roadmap.id}/stages")
    ]
    second = operations.submit(cast.rina, roadmap.id)
    assert _mine(app, cast.vera) == [("Rancangan 1 menunggu verifikasi Anda", f"/submissions/{second.id}")]
    operations.judge(cast.vera, second.id, Judgement.PASSED)
    third = operations.submit(cast.rina, roadmap.id, accepts_findings=True)
    assert _mine(app, cast.wali) == [
        ("Rancangan 1 menunggu persetujuan Anda", f"/roadmaps/{roadmap.id}/brief")
    ]
    assert _mine(app, cast.sari) == [("Rancangan 1 di meja Wali Kota", f"/submissions/{third.id}/decision")]
    with app.test_request_context("/"):
        (waited_for,) = tasks_for(cast.rina)
    assert (waited_for.what, waited_for.is_mine) == ("Rancangan 1 di meja Wali Kota", False)


def test_drafters_see_drafts_returns_and_what_awaits_its_instrument_oldest_first(cast, app, clock):
    with app.app_context():
        clock.set("2026-05-01T08:00+07:00")
        roadmap, edition = approved(cast)
        clock.advance(days=1)
        _other, submission = at_the_leaders(cast)
        operations.send_back(cast.wali, submission.id, submission.seq, submission.digest, note="Belum.")
        clock.advance(days=1)
        drafted = a_roadmap(cast)
        addresses = [
            f"/editions/{edition.id}/adoption",
            f"/roadmaps/{_other.id}/stages",
            f"/roadmaps/{drafted.id}",
        ]
        assert [address for _what, address in _mine(app, cast.dodi)] == addresses
        assert roadmap.id


def test_the_number_of_queries_does_not_grow_with_the_roadmaps(cast, ctx, app):
    from sqlalchemy import event

    from roadmap.extensions import db

    def count() -> int:
        db.session.rollback()
        seen: list[str] = []
        listener = lambda *_args: seen.append("one")  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        _mine(app, cast.rina)
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(seen)

    a_plan(cast)
    few = count()
    adopted(cast)
    passed_review(cast)
    assert count() == few
