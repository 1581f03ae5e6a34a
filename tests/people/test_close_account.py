"""Dodi closes his account: he is gone, what he wrote stays, and the record still holds."""

import pytest
from sqlalchemy import select

from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.history.check import faults_of
from roadmap.mail import OutboxMail
from roadmap.people import operations
from roadmap.people.models import Membership, Person
from roadmap.people.queries import find_person_by_email, roles_on
from roadmap.people.roles import Role
from roadmap.plan.operations import edit_item
from tests.cast import PASSWORD, Cast
from tests.factories import a_roadmap, an_action


def test_dodi_closes_his_account_and_his_words_stay_without_his_name(cast: Cast, client):
    with client.app.app_context():
        roadmap = a_roadmap(cast)
        action = an_action(cast, roadmap)
        edit_item(cast.dodi, "action", action.id, action.version, {"title": "Kata Dodi"})
        roadmap_id, action_id = roadmap.id, action.id
    telephone = client.another()
    telephone.sign_in(cast.dodi)
    client.sign_in(cast.dodi)
    email, name = cast.dodi.email, cast.dodi.name
    page = client.get("/account/closing")
    unsure = client.submit(page, "closing-form", {"password": PASSWORD})
    assert unsure.status == 422
    wrong = client.submit(page, "closing-form", {"password": "bukan kata sandi", "sure": "tutup"})
    assert wrong.status == 422
    closed = client.submit(page, "closing-form", {"password": PASSWORD, "sure": "tutup"}, follow=False)
    assert (closed.status, closed.headers["Clear-Site-Data"]) == (303, '"cache", "storage"')
    assert (client.get("/account").status, telephone.get("/account").status) == (302, 302)
    rina = client.another()
    rina.sign_in(cast.rina)
    history = rina.get(f"/actions/{action_id}/history")
    assert "Kata Dodi" in history
    assert name not in history
    assert "kun yang ditutup" in history
    with client.app.app_context():
        assert find_person_by_email(email) is None
        assert list(faults_of(db.session.get_one(type(roadmap), roadmap_id))) == []
        assert email in {one.recipient for one in db.session.scalars(select(OutboxMail))}


def test_his_roles_end_also_those_on_one_roadmap_which_record_it(cast: Cast, ctx):
    first, second = a_roadmap(cast), a_roadmap(cast, title="Yang kedua")
    for roadmap in (first, second):
        operations.give_membership(cast.adi, cast.yusuf, Role.PARTNER, cast.city.id, roadmap_id=roadmap.id)
    before = {roadmap.id: db.session.get_one(type(first), roadmap.id).head_seq for roadmap in (first, second)}
    operations.close_account(cast.yusuf)
    db.session.expire_all()
    person = db.session.get_one(Person, cast.yusuf.id)
    assert roles_on(person, cast.city.id, first.id) == frozenset()
    for roadmap_id, seq in before.items():
        found = db.session.get_one(type(first), roadmap_id)
        assert found.head_seq == seq + 1
        assert list(faults_of(found)) == []
    assert (
        db.session.scalars(
            select(Membership).where(Membership.person_id == person.id, Membership.ends_on.is_(None))
        ).all()
        == []
    )


def test_the_last_administrator_of_a_region_stays_until_there_is_another(cast: Cast, ctx):
    with pytest.raises(NotValid) as refused:
        operations.close_account(cast.adi)
    assert cast.city.full_name in str(refused.value.values["regions"])
    assert db.session.get_one(Person, cast.adi.id).closed_at is None
    operations.give_membership(cast.adi, cast.nina, Role.ADMIN, cast.city.id)
    operations.close_account(cast.adi)
    db.session.expire_all()
    assert db.session.get_one(Person, cast.adi.id).closed_at is not None


def test_nobody_signs_in_with_a_closed_account_nor_gets_a_new_password(cast: Cast, client):
    email = cast.oki.email
    with client.app.app_context():
        operations.close_account(cast.oki)
        db.session.expire_all()
        sent: list[object] = []
        operations.ask_for_new_password(email, send=sent.append)
        assert sent == []
    page = client.submit(client.get("/sign-in"), "/sign-in", {"email": email, "password": PASSWORD})
    assert page.status == 422
