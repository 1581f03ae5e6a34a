"""The leader's staff record what the leader decided on paper; it is shown everywhere as recorded by them."""

from datetime import date, timedelta
from typing import Any

import pytest

from roadmap.errors import NotAllowed, NotValid
from roadmap.history.queries import story_of
from roadmap.people.queries import today_in
from roadmap.people.roles import Role, Stage
from roadmap.review import operations
from roadmap.review.errors import OwnWork
from roadmap.review.models import Basis, Judgement
from tests.cast import sign_in
from tests.review.stories import a_plan, at_the_leaders, clean, first_action, now_of, switch

SCAN = "https://arsip.contoh.go.id/nota-12.pdf"


def _paper(**changes: Any) -> dict[str, Any]:
    return {
        "judgement": Judgement.PASSED,
        "basis": Basis.MEMO,
        "number": "ND-12",
        "decided_on": date(2026, 6, 9),
        "scan": SCAN,
    } | changes


def test_sari_records_the_approval_in_the_leaders_name_and_hers(cast, ctx):
    roadmap, submission = at_the_leaders(cast)
    verdict = operations.record_decision(cast.sari, submission.id, **_paper())
    assert (verdict.person_id, verdict.on_behalf_of) == (cast.sari.id, "Wali Kota Contoh")
    assert (verdict.basis, verdict.basis_number, verdict.scan) == (Basis.MEMO, "ND-12", SCAN)
    assert now_of(roadmap).stage == Stage.APPROVED
    last = story_of(now_of(roadmap), cast.sari)[0]
    assert (last.verb, last.actor_uid, last.on_behalf_of) == ("approve", cast.sari.uid, "Wali Kota Contoh")
    assert clean(roadmap)


def test_what_the_paper_must_show(cast, ctx):
    roadmap, submission = at_the_leaders(cast)
    tomorrow = today_in(cast.city) + timedelta(days=1)
    for changes, fields in (
        ({"scan": ""}, {"scan"}),
        ({"scan": "javascript:alert(1)"}, {"scan"}),
        ({"number": " "}, {"number"}),
        ({"decided_on": None}, {"decided_on"}),
        ({"decided_on": tomorrow}, {"decided_on"}),
        ({"judgement": Judgement.RETURNED, "scan": ""}, {"note"}),
    ):
        with pytest.raises(NotValid) as refused:
            operations.record_decision(cast.sari, submission.id, **_paper(**changes))
        assert set(refused.value.errors) == fields
    assert now_of(roadmap).stage == Stage.SUBMITTED
    returned = _paper(judgement=Judgement.RETURNED, basis=Basis.MEETING, number="", scan="", note="Belum.")
    operations.record_decision(cast.sari, submission.id, **returned)
    assert now_of(roadmap).stage == Stage.REVISION


def test_staff_never_approve_and_others_never_record(cast, ctx):
    _roadmap, submission = at_the_leaders(cast)
    with pytest.raises(NotAllowed):
        operations.approve(cast.sari, submission.id, submission.seq, submission.digest)
    for person in (cast.rina, cast.maria, cast.wali):
        with pytest.raises(NotAllowed):
            operations.record_decision(person, submission.id, **_paper())


def test_whoever_drafted_does_not_record_its_approval(cast, ctx):
    from roadmap.extensions import db
    from roadmap.people import operations as people
    from roadmap.people.models import Person
    from roadmap.plan import operations as plan
    from roadmap.work import unit_of_work

    switch(cast, has_review=False)
    roadmap = a_plan(cast)
    action = first_action(roadmap)
    plan.edit_item(cast.dodi, "action", action.id, action.version, {"title": "Kanal pengaduan"})
    submission = operations.submit(cast.rina, roadmap.id, accepts_findings=True)
    with unit_of_work():
        people.give_membership(
            None, db.session.get_one(Person, cast.dodi.id), Role.LEADER_STAFF, cast.city.id
        )
    with pytest.raises(OwnWork):
        operations.record_decision(cast.dodi, submission.id, **_paper())


def test_sari_records_it_on_the_page_and_everybody_reads_by_whom(cast, client):
    with client.app.app_context():
        roadmap_id = at_the_leaders(cast)[0].id
    sign_in(client, cast.sari)
    brief = client.get(f"/roadmaps/{roadmap_id}/brief")
    assert "Setujui…" not in brief.links
    page = client.follow(brief, "Catat arahan Wali Kota…")
    refused = client.submit(
        page, "record-decision", {"judgement": "lolos", "basis": "nota_dinas", "number": "ND-12"}
    )
    assert refused.status == 422
    assert refused.form("record-decision").fields["number"] == "ND-12"
    filled = {
        "judgement": "lolos",
        "basis": "nota_dinas",
        "number": "ND-12",
        "decided_on": "2026-06-09",
        "scan": SCAN,
    }
    page = client.submit(refused, "record-decision", filled)
    sentence = (
        "Disetujui Wali Kota 9 Juni 2026, dicatat oleh Sari Puspita berdasarkan nota dinas nomor ND-12."
    )
    assert sentence in page.region("slot-strip")
    sign_in(client, cast.yusuf)
    assert sentence in client.get(f"/roadmaps/{roadmap_id}/editions/1")
