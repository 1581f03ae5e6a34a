"""An approved edition is adopted by an instrument, and is in force from then on."""

from datetime import date
from typing import Any

import pytest

from roadmap.errors import NotAllowed, NotValid, StepNotOpen
from roadmap.people.roles import Stage
from roadmap.review import operations
from roadmap.review.errors import NothingToAdopt
from roadmap.review.models import Instrument, Judgement
from roadmap.review.queries import edition_state, facts_of
from tests.cast import sign_in
from tests.review.stories import adopt, adopted, approved, clean, edit, now_of

INSTRUMENT: dict[str, Any] = {
    "instrument": Instrument.LEADER_REGULATION,
    "number": "12 Tahun 2026",
    "adopted_on": date(2026, 7, 1),
    "subject": "Peta Jalan Kota HAM",
}


def test_adopted_it_has_its_instrument_and_an_address_that_stays(cast, ctx):
    roadmap, edition = approved(cast)
    adoption = operations.adopt(cast.rina, edition.id, **INSTRUMENT)
    assert (adoption.number, adoption.adopted_on) == ("12 Tahun 2026", date(2026, 7, 1))
    assert now_of(roadmap).stage == Stage.ADOPTED
    assert now_of(roadmap).slug == "peta-jalan-kota-ham-2026-2030"
    with pytest.raises((NothingToAdopt, StepNotOpen)):
        operations.adopt(cast.rina, edition.id, **INSTRUMENT)
    assert clean(roadmap)


def test_two_roadmaps_of_one_name_have_two_addresses(cast, ctx):
    first, _edition = adopted(cast)
    second, _edition = adopted(cast)
    assert now_of(first).slug != now_of(second).slug
    assert (now_of(second).slug or "").startswith("peta-jalan-kota-ham-2026-2030")


def test_what_is_missing_is_said_and_who_may_not_is_refused(cast, ctx):
    roadmap, edition = approved(cast)
    with pytest.raises(NotValid) as refused:
        operations.adopt(
            cast.rina, edition.id, **INSTRUMENT | {"number": "", "adopted_on": None, "subject": " "}
        )
    assert set(refused.value.errors) == {"number", "adopted_on", "subject"}
    for person in (cast.maria, cast.sari, cast.yusuf):
        with pytest.raises(NotAllowed):
            operations.adopt(person, edition.id, **INSTRUMENT)
    operations.adopt(cast.wali, edition.id, **INSTRUMENT)
    assert now_of(roadmap).stage == Stage.ADOPTED


def test_it_may_be_adopted_while_the_next_round_is_under_way(cast, ctx):
    roadmap, edition = approved(cast)
    edit(cast, roadmap, title="Kanal baru")
    assert now_of(roadmap).stage == Stage.DRAFT
    operations.adopt(cast.rina, edition.id, **INSTRUMENT)
    assert now_of(roadmap).stage == Stage.DRAFT
    facts = facts_of([roadmap.id])[roadmap.id]
    assert facts.in_force is not None
    assert facts.in_force[0].id == edition.id
    assert clean(roadmap)


def test_a_newer_edition_takes_the_place_of_one_that_was_never_adopted(cast, ctx):
    roadmap, first = approved(cast)
    edit(cast, roadmap, title="Kanal baru")
    submission = operations.submit(cast.rina, roadmap.id, "Kanalnya berpindah.")
    operations.judge(cast.maria, submission.id, Judgement.PASSED)
    sent = operations.submit(cast.rina, roadmap.id, accepts_findings=True)
    second = operations.approve(cast.wali, sent.id, sent.seq, sent.digest)
    with pytest.raises(NothingToAdopt):
        operations.adopt(cast.rina, first.id, **INSTRUMENT)
    adopt(cast, second)
    facts = facts_of([roadmap.id])[roadmap.id]
    assert [edition_state(edition, facts) for edition, _ in facts.editions] == ["in-force", "superseded"]
    assert clean(roadmap)


def test_rina_records_the_instrument_on_the_page(cast, client):
    with client.app.app_context():
        roadmap, edition = approved(cast)
        roadmap_id, edition_id = roadmap.id, edition.id
    sign_in(client, cast.rina)
    page = client.get(f"/editions/{edition_id}/adoption")
    assert "Peraturan Wali Kota" in page.form("adopt").choices("instrument").values()
    refused = client.submit(page, "adopt", {"number": "12 Tahun 2026"})
    assert refused.status == 422
    assert refused.form("adopt").fields["number"] == "12 Tahun 2026"
    filled = {
        "instrument": "peraturan_kepala_daerah",
        "adopted_on": "2026-07-01",
        "subject": "Peta Jalan Kota HAM",
    }
    page = client.submit(refused, "adopt", filled)
    assert page.title.startswith("Ditetapkan:")
    assert "Peraturan Wali Kota Nomor 12 Tahun 2026, 1 Juli 2026" in page
    assert "Berlaku sejak 1 Juli 2026 (Edisi 1)." in page.region("slot-strip")
    sign_in(client, cast.eka)
    assert client.get(f"/editions/{edition_id}/adoption").status == 404
    assert client.get(f"/roadmaps/{roadmap_id}/editions/1").status == 404
