"""Asking everybody in the team for their view, until a day."""

from datetime import date, timedelta

import pytest

from roadmap.errors import NotAllowed, NotValid, StepNotOpen
from roadmap.people.queries import today_in
from roadmap.people.roles import Stage
from roadmap.review import operations
from tests.cast import sign_in
from tests.review.stories import a_plan, clean, now_of, switch


def test_it_opens_until_a_day_and_ends_in_draft(cast, ctx):
    roadmap = a_plan(cast)
    opened = operations.open_consultation(cast.rina, roadmap.id, today_in(cast.city))
    assert (now_of(roadmap).stage, opened.consultation_until) == (Stage.CONSULTATION, today_in(cast.city))
    operations.end_consultation(cast.rina, roadmap.id)
    assert now_of(roadmap).stage == Stage.DRAFT
    assert clean(roadmap)


def test_a_day_gone_by_is_refused_and_so_is_a_region_that_goes_without(cast, ctx):
    roadmap = a_plan(cast)
    yesterday = today_in(cast.city) - timedelta(days=1)
    with pytest.raises(NotValid):
        operations.open_consultation(cast.rina, roadmap.id, yesterday)
    with pytest.raises(NotAllowed):
        operations.open_consultation(cast.yusuf, roadmap.id, date(2099, 1, 1))
    switch(cast, has_consultation=False)
    with pytest.raises(StepNotOpen):
        operations.open_consultation(cast.rina, roadmap.id, date(2099, 1, 1))
    assert now_of(roadmap).stage == Stage.DRAFT


def test_rina_opens_and_closes_it_on_the_page(cast, client):
    with client.app.app_context():
        roadmap_id = a_plan(cast).id
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap_id}/stages")
    refused = client.submit(page, "consult", {"until": "bukan tanggal"})
    assert refused.status == 422
    assert refused.form("consult").fields["until"] == "bukan tanggal"
    page = client.submit(page, "consult", {"until": "2099-05-17"})
    assert "Masukan diterima sampai 17 Mei 2099" in page
    page = client.submit(page, "end-consultation")
    assert "Tahap 1 dari 5: Menyusun." in page
