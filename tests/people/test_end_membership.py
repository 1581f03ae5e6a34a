"""Adi ends a role, and gives another; what was written stays with its writer's name."""

from datetime import date

import pytest
from sqlalchemy import select

from roadmap.errors import NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.models import Changeset
from roadmap.people import operations
from roadmap.people.access import Place, allows
from roadmap.people.models import Audit, Membership
from roadmap.people.roles import Act, Role
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.factories import a_roadmap


@pytest.fixture
def adi(cast: Cast, client, clock):
    client.sign_in(cast.adi)
    return client


def membership_of(cast: Cast, person, role: Role | None = None) -> Membership:
    with cast.app.app_context():
        query = select(Membership).where(Membership.person_id == person.id).order_by(Membership.id.desc())
        found = next(one for one in db.session.scalars(query) if role in (None, one.role))
        db.session.expunge_all()
        return found


def path_to_end(cast: Cast, person) -> str:
    return f"/regions/{cast.city.id}/memberships/{membership_of(cast, person).id}/end"


def sees(cast: Cast, person) -> bool:
    with cast.app.app_context():
        return allows(person, Act.SEE, Place(cast.city.id))


def test_today_means_at_once(cast: Cast, adi):
    rina = adi.another()
    rina.sign_in(cast.rina)
    page = adi.follow(adi.get(f"/regions/{cast.city.id}/people"), "Akhiri peran Rina Wulandari, Penyusun")
    page = adi.submit(page, "end-membership-form", press="Akhiri hari ini juga")
    assert "Haknya sudah tidak berlaku" in page.region("notice")
    assert not sees(cast, cast.rina)
    # She keeps her account and finds out there.
    assert "belum termasuk tim daerah mana pun" in rina.get("/account").text


def test_on_a_day_means_from_that_day_on_in_the_regions_zone(cast: Cast, adi, clock):
    page = adi.get(path_to_end(cast, cast.rina))
    page = adi.submit(page, "end-membership-form", {"ends_on": "2026-11-30"}, press="Akhiri pada hari itu")
    assert "berakhir 30 November 2026" in page.text
    clock.set("2026-11-29T23:59+07:00")
    assert sees(cast, cast.rina)
    clock.set("2026-11-30T00:00+07:00")
    assert not sees(cast, cast.rina)


def test_what_ended_stays_readable(cast: Cast, adi):
    adi.submit(adi.get(path_to_end(cast, cast.rina)), "end-membership-form", press="Akhiri hari ini juga")
    page = adi.get(f"/regions/{cast.city.id}/people")
    assert "Rina Wulandari, Penyusun: 1 Januari 2026 – 2 November 2026" in page.one("main details").text


def test_another_day_may_be_chosen_while_it_has_not_come(cast: Cast, adi):
    for day in ("2026-11-30", "2026-12-31"):
        page = adi.get(path_to_end(cast, cast.rina))
        adi.submit(page, "end-membership-form", {"ends_on": day}, press="Akhiri pada hari itu")
    assert membership_of(cast, cast.rina).ends_on == date(2026, 12, 31)


def test_days_that_cannot_be_are_refused_and_stay_in_the_box(cast: Cast, adi):
    for day in ("", "2026-11-01", "2026-02-30", "besok", "x" * 5000, "\x00"):
        adi.get("/account")
        page = adi.post(path_to_end(cast, cast.rina), {"ends_on": day, "when": "day", "act_key": day[:9]})
        assert page.status == 422, day
        assert page.has_region("f-ends_on-error")
    assert membership_of(cast, cast.rina).ends_on is None


def test_what_has_ended_does_not_end_again(cast: Cast, adi):
    path = path_to_end(cast, cast.rina)
    adi.submit(adi.get(path), "end-membership-form", press="Akhiri hari ini juga")
    page = adi.submit(adi.get(path), "end-membership-form", press="Akhiri hari ini juga")
    assert page.status == 422
    assert page.region("f-ends_on-error").text == "Peran ini sudah berakhir."


def test_the_only_administrator_cannot_lock_the_region(cast: Cast, adi):
    page = adi.submit(
        adi.get(path_to_end(cast, cast.adi)), "end-membership-form", press="Akhiri hari ini juga"
    )
    assert page.status == 422
    assert "satu-satunya admin daerah" in page.text
    with cast.app.app_context(), unit_of_work():
        operations.give_membership(None, cast.nina, Role.ADMIN, cast.city.id)
    page = adi.get(path_to_end(cast, cast.adi))
    adi.submit(page, "end-membership-form", press="Akhiri hari ini juga", follow=False)
    assert adi.get(f"/regions/{cast.city.id}/people").status == 404


def test_another_regions_role_is_not_there(cast: Cast, adi):
    foreign = membership_of(cast, cast.eka).id
    adi.get("/account")
    for region in (cast.city.id, cast.elsewhere.id):
        path = f"/regions/{region}/memberships/{foreign}/end"
        assert adi.get(path).status == 404
        assert adi.post(path, {"when": "today", "act_key": "k"}).status == 404
    assert adi.get(f"/regions/{cast.city.id}/memberships/99999/end").status == 404
    assert membership_of(cast, cast.eka).ends_on is None


@pytest.mark.parametrize("name", ["rina", "maria", "wali", "sari"])
def test_the_team_may_not(cast: Cast, client, name):
    client.sign_in(getattr(cast, name))
    client.get("/account")
    path = path_to_end(cast, cast.dodi)
    assert (client.get(path).status, client.post(path, {"when": "today"}).status) == (403, 403)


def test_a_role_on_one_roadmap_ends_in_its_history(cast: Cast, adi):
    roadmap = a_roadmap(cast)
    with cast.app.app_context(), unit_of_work(roadmap.id):
        operations.give_membership(cast.adi, cast.nina, Role.MENTOR, cast.city.id, roadmap_id=roadmap.id)
    page = adi.get(path_to_end(cast, cast.nina))
    assert adi.submit(page, "end-membership-form", press="Akhiri hari ini juga").status == 200
    with cast.app.app_context():
        last = db.session.scalars(select(Changeset).order_by(Changeset.id.desc()).limit(1)).one()
        assert (last.roadmap_id, last.actor_uid, last.seq) == (roadmap.id, cast.adi.uid, 3)
        assert last.payload["person"] == cast.nina.uid


def test_adi_gives_a_member_a_further_role(cast: Cast, adi):
    page = adi.follow(adi.get(f"/regions/{cast.city.id}/people"), "Beri peran lain Maria Lestari, Mentor")
    page = adi.submit(page, "give-role-form", {"role": "mitra", "organisation": cast.oms.uid})
    assert "Peran tersimpan dan langsung berlaku." in page.region("notice")
    assert membership_of(cast, cast.maria).organisation_uid == cast.oms.uid


def test_a_further_role_on_one_roadmap_is_recorded_there(cast: Cast, adi):
    roadmap = a_roadmap(cast, title="Peta Jalan 2026–2030")
    page = adi.get(f"/regions/{cast.city.id}/people/{cast.maria.uid}/roles/new")
    page = adi.submit(page, "give-role-form", {"role": "mitra", "roadmap": str(roadmap.id)})
    assert "Peta Jalan 2026–2030" in page.text
    assert membership_of(cast, cast.maria).roadmap_id == roadmap.id


def test_a_role_with_which_she_would_judge_what_she_edits_is_refused(cast: Cast, adi):
    roadmap = a_roadmap(cast)
    for sent in ({"role": "penyusun"}, {"role": "penyusun", "roadmap": str(roadmap.id)}):
        page = adi.get(f"/regions/{cast.city.id}/people/{cast.maria.uid}/roles/new")
        page = adi.submit(page, "give-role-form", sent)
        assert page.status == 422
        assert page.form("give-role-form").fields["role"] == "penyusun"
        assert "menilai peta jalan" in page.region("f-role-error").text


def test_whose_role_has_ended_may_get_the_other_kind(cast: Cast, adi):
    with cast.app.app_context(), unit_of_work():
        operations.give_membership(None, cast.maria, Role.PARTNER, cast.city.id)
        operations.end_membership(None, cast.city.id, membership_of(cast, cast.maria, Role.MENTOR).id)
    page = adi.get(f"/regions/{cast.city.id}/people/{cast.maria.uid}/roles/new")
    assert adi.submit(page, "give-role-form", {"role": "penyusun"}).status == 200


def test_no_role_is_given_to_who_is_not_of_the_region(cast: Cast, adi):
    adi.get("/account")
    for uid in (cast.eka.uid, cast.nina.uid, "x"):
        path = f"/regions/{cast.city.id}/people/{uid}/roles/new"
        assert (adi.get(path).status, adi.post(path, {"role": "mitra"}).status) == (404, 404)


def test_no_foreign_roadmap_or_office_comes_in_by_operation_either(cast: Cast, ctx):
    foreign = a_roadmap(cast, by=cast.eka).id
    with pytest.raises(NotValid) as refusal, unit_of_work(foreign):
        operations.give_membership(cast.adi, cast.nina, Role.PARTNER, cast.city.id, roadmap_id=foreign)
    assert set(refusal.value.errors) == {"roadmap"}
    with pytest.raises(NotValid) as refusal:
        operations.give_membership(
            cast.adi, cast.nina, Role.PARTNER, cast.city.id, organisation=cast.foreign_office
        )
    assert set(refusal.value.errors) == {"organisation"}
    with pytest.raises(NotThere):
        operations.give_membership(cast.adi, cast.nina, Role.PARTNER, cast.elsewhere.id)


def test_it_is_written_down_with_uids_only(cast: Cast, adi):
    one = membership_of(cast, cast.rina)
    adi.submit(adi.get(path_to_end(cast, cast.rina)), "end-membership-form", press="Akhiri hari ini juga")
    with cast.app.app_context():
        row = db.session.scalars(select(Audit).where(Audit.verb == "membership-ended")).one()
        assert (row.actor_uid, row.object_uid, row.region_id) == (cast.adi.uid, one.uid, cast.city.id)
        assert row.payload == {"person": cast.rina.uid, "role": "penyusun"}
