"""An edition in force is carried out, and a roadmap ends."""

import pytest

from roadmap.errors import NotAllowed, StepNotOpen
from roadmap.people.roles import Stage
from roadmap.plan import operations as plan
from roadmap.review import operations
from tests.cast import sign_in
from tests.factories import a_problem
from tests.review.stories import adopted, clean, first_action, now_of


def test_it_is_carried_out_finished_and_then_only_read(cast, ctx):
    roadmap, _edition = adopted(cast)
    with pytest.raises(NotAllowed):
        operations.begin_implementation(cast.maria, roadmap.id)
    operations.begin_implementation(cast.rina, roadmap.id)
    assert now_of(roadmap).stage == Stage.IMPLEMENTATION
    action = first_action(roadmap)
    plan.edit_item(cast.oki, "action", action.id, action.version, {"status": "selesai"})
    assert now_of(roadmap).stage == Stage.IMPLEMENTATION
    operations.finish(cast.rina, roadmap.id, "Periode selesai.")
    assert now_of(roadmap).stage == Stage.FINISHED
    with pytest.raises(StepNotOpen):
        a_problem(cast, roadmap)
    assert clean(roadmap)


def test_another_roadmap_may_take_its_place(cast, ctx):
    roadmap, _edition = adopted(cast)
    with pytest.raises(StepNotOpen):
        operations.finish(cast.rina, roadmap.id)
    operations.finish(cast.rina, roadmap.id, is_superseded=True)
    assert now_of(roadmap).stage == Stage.SUPERSEDED


def test_rina_does_both_on_the_page(cast, client):
    with client.app.app_context():
        roadmap_id = adopted(cast)[0].id
    sign_in(client, cast.rina)
    page = client.submit(client.get(f"/roadmaps/{roadmap_id}/stages"), "implement")
    assert "Dilaksanakan sejak" in page.region("slot-strip")
    assert client.submit(page, "finish").status == 422
    page = client.submit(page, "finish", {"way": "finished", "reason": "Selesai semua."})
    assert "Pelaksanaan selesai" in page.region("slot-strip")
    assert not page.has_form("finish")
