"""Rina signs out."""

from sqlalchemy import select

from roadmap.extensions import db
from roadmap.people.models import Audit, SignedIn
from tests.cast import Cast


def test_rina_signs_out_and_is_gone_at_once(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.submit(client.get("/account"), "/sign-out", follow=False)
    assert (page.status, page.location) == (303, "/")
    assert client.get("/account").status == 302


def test_the_browser_forgets_what_it_stored(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.submit(client.get("/account"), "/sign-out", follow=False)
    assert page.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_the_session_ends_on_the_server_not_only_in_the_cookie(cast: Cast, client):
    token = client.sign_in(cast.rina)
    client.submit(client.get("/account"), "/sign-out", follow=False)
    thief = client.another()
    with thief.raw.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert thief.get("/account").status == 302
    with client.app.app_context():
        assert db.session.scalars(select(SignedIn)).one().ended_at is not None


def test_her_other_browser_stays_signed_in(cast: Cast, client):
    telephone = client.another()
    client.sign_in(cast.rina)
    telephone.sign_in(cast.rina)
    client.submit(client.get("/account"), "/sign-out", follow=False)
    assert telephone.get("/account").status == 200


def test_she_signs_out_everywhere_else_from_her_account(cast: Cast, client):
    telephone = client.another()
    client.sign_in(cast.rina)
    telephone.sign_in(cast.rina)
    page = client.submit(client.get("/account/sessions"), "/account/sessions/end")
    assert "Anda sudah keluar dari semua perangkat lain." in page.region("notice")
    assert client.get("/account").status == 200
    assert telephone.get("/account").status == 302


def test_another_person_is_not_signed_out_with_her(cast: Cast, client):
    other = client.another()
    client.sign_in(cast.rina)
    other.sign_in(cast.dodi)
    client.get("/account/sessions")
    client.post("/account/sessions/end")
    client.submit(client.get("/account"), "/sign-out", follow=False)
    assert other.get("/account").status == 200


def test_who_is_signed_out_already_is_only_led_to_the_front_page(cast: Cast, client):
    client.get("/sign-in")
    page = client.post("/sign-out")
    assert (page.status, page.location) == (303, "/")


def test_a_link_cannot_sign_her_out(cast: Cast, client):
    client.sign_in(cast.rina)
    assert client.get("/sign-out").status == 405
    assert client.post("/sign-out", token=False).status == 400
    assert client.get("/account").status == 200


def test_it_is_written_down(cast: Cast, client):
    client.sign_in(cast.rina)
    client.submit(client.get("/account"), "/sign-out", follow=False)
    with client.app.app_context():
        row = db.session.scalars(select(Audit).where(Audit.verb == "sign-out")).one()
        assert (row.actor_uid, row.payload) == (cast.rina.uid, {})


def test_a_closed_account_is_signed_out_at_once(cast: Cast, client):
    from roadmap.clock import now
    from roadmap.people.models import Person
    from roadmap.work import unit_of_work

    client.sign_in(cast.rina)
    with client.app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.rina.id).closed_at = now()
    assert client.get("/account").status == 302
