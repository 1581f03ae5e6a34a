"""Rina has forgotten her password; or Adi helps her to a new one; or she changes it herself."""

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.mail import OutboxMail
from roadmap.people import operations
from roadmap.people.models import Audit, Person
from roadmap.people.passwords import is_right
from roadmap.people.roles import Role
from roadmap.work import unit_of_work
from tests.cast import PASSWORD, Cast

NEW = "sepeda-tua-di-kebun-kopi"


def mails(cast: Cast) -> list[tuple[str, str]]:
    with cast.app.app_context():
        rows = db.session.execute(select(OutboxMail.recipient, OutboxMail.body).order_by(OutboxMail.id)).all()
        return [(row.recipient, row.body) for row in rows]


def link_in(body: str) -> str:
    found = re.search(r"http://localhost(/new-passwords/\S+)", body)
    assert found
    return found[1]


def forget(client, email: str):
    return client.submit(client.get("/forgotten-password"), "forgot-password-form", {"email": email})


def choose(client, path: str, password: str = NEW):
    return client.submit(client.get(path), "new-password-form", {"password": password}, follow=False)


def knows(cast: Cast, person: Person, password: str) -> bool:
    with cast.app.app_context():
        return is_right(password, db.session.get_one(Person, person.id).password_hash)


def test_rina_gets_a_link_and_chooses_a_new_password(cast: Cast, client):
    forget(client, cast.rina.email)
    [(recipient, body)] = mails(cast)
    assert recipient == cast.rina.email
    page = choose(client, link_in(body))
    assert (page.status, page.location) == (303, "/")
    assert client.get("/account").status == 200
    assert (knows(cast, cast.rina, NEW), knows(cast, cast.rina, PASSWORD)) == (True, False)


def test_nobody_learns_whether_an_address_has_an_account(cast: Cast, client):
    known = forget(client, cast.rina.email)
    unknown = forget(client.another(), "tidak-ada@contoh.go.id")
    assert known.region("notice").text == unknown.region("notice").text
    assert (known.status, known.heading) == (unknown.status, unknown.heading)
    assert len(mails(cast)) == 1


def test_a_used_link_is_spent_and_takes_the_other_open_links_with_it(cast: Cast, client):
    forget(client, cast.rina.email)
    forget(client, cast.rina.email)
    first, second = (link_in(body) for _, body in mails(cast))
    choose(client, first)
    for path in (first, second):
        assert client.another().get(path).status == 410
        assert client.another().get(path).heading == "Tautan ini tidak berlaku lagi"


def test_after_an_hour_it_has_run_out(cast: Cast, client, clock):
    forget(client, cast.rina.email)
    path = link_in(mails(cast)[0][1])
    clock.advance(minutes=60, seconds=-1)
    assert client.get(path).status == 200
    clock.advance(seconds=1)
    assert client.get(path).status == 410


def test_whoever_sat_in_her_account_is_out(cast: Cast, client):
    thief = client.another()
    thief.sign_in(cast.rina)
    forget(client, cast.rina.email)
    choose(client, link_in(mails(cast)[0][1]))
    assert thief.get("/account").status == 302


def test_her_link_lets_her_in_while_others_guess(cast: Cast, client, clock):
    client.get("/sign-in")
    for _ in range(10):
        client.post("/sign-in", {"email": cast.rina.email, "password": "keliru"})
    assert client.post("/sign-in", {"email": cast.rina.email, "password": PASSWORD}).status == 429
    forget(client, cast.rina.email)
    choose(client, link_in(mails(cast)[0][1]))
    assert client.get("/account").status == 200


def test_a_weak_password_is_refused_and_the_link_stays(cast: Cast, client):
    forget(client, cast.rina.email)
    path = link_in(mails(cast)[0][1])
    page = choose(client, path, "rina-wulandari-1")
    assert page.status == 422
    assert page.has_region("f-password-error")
    assert choose(client, path).status == 303


def test_an_invitation_is_no_key_to_a_password_nor_the_other_way_round(cast: Cast, client):
    with cast.app.app_context(), unit_of_work():
        ticket = operations.invite(cast.adi, cast.city.id, [cast.nina.email], Role.PARTNER)[0]
    forget(client, cast.rina.email)
    token = link_in(mails(cast)[0][1]).rsplit("/", 1)[1]
    assert client.get(f"/new-passwords/{ticket.token}").status == 410
    assert client.get(f"/invitations/{token}").status == 410


def test_one_address_gets_five_mails_an_hour_and_no_more(cast: Cast, client, clock):
    for _ in range(7):
        forget(client, cast.rina.email)
    assert len(mails(cast)) == 5


def test_asking_without_end_is_stopped_alike_for_known_and_unknown(cast: Cast, client, clock):
    client.get("/forgotten-password")
    for email in ("tidak-ada@contoh.go.id", cast.rina.email):
        for _ in range(10):
            page = client.post(
                "/forgotten-password",
                {"email": email},
                environ_overrides={"REMOTE_ADDR": f"10.0.0.{len(email)}"},
            )
        page = client.post(
            "/forgotten-password", {"email": email}, environ_overrides={"REMOTE_ADDR": f"10.0.0.{len(email)}"}
        )
        assert page.status == 429
        assert int(page.headers["Retry-After"]) > 0


NO_ADDRESSES = ["", "bukan alamat", "\x00"]


def test_what_is_no_address_is_said_to_be_none(client):
    for email in NO_ADDRESSES:
        client.get("/forgotten-password")
        page = client.post("/forgotten-password", {"email": email})
        assert page.status == 422
        assert page.has_region("f-email-error")


def test_adi_makes_a_link_for_a_member_who_has_no_mail(cast: Cast, client):
    client.sign_in(cast.adi)
    page = client.get(f"/regions/{cast.city.id}/people")
    page = client.follow(page, "Bantu kata sandi Rina Wulandari, Penyusun")
    page = client.submit(page, "member-password-form", {"way": "link"})
    path = urlsplit(page.one("input[readonly]")["value"]).path
    assert mails(cast) == []
    rina = client.another()
    assert choose(rina, path).status == 303
    assert knows(cast, cast.rina, NEW)


def test_or_has_it_sent_to_her(cast: Cast, client):
    client.sign_in(cast.adi)
    page = client.get(f"/regions/{cast.city.id}/people/{cast.rina.uid}/new-password")
    page = client.submit(page, "member-password-form", {"way": "mail"})
    assert "1 surel dikirim." in page.region("notice")
    assert [recipient for recipient, _ in mails(cast)] == [cast.rina.email]


def test_he_gets_no_link_to_somebody_who_works_in_another_region_too(cast: Cast, client):
    with cast.app.app_context(), unit_of_work():
        operations.give_membership(None, cast.maria, Role.MENTOR, cast.elsewhere.id)
    client.sign_in(cast.adi)
    path = f"/regions/{cast.city.id}/people/{cast.maria.uid}/new-password"
    page = client.get(path)
    assert not page.has_form("member-password-form")
    assert "minta ia membuka “Lupa kata sandi”" in page.text
    assert client.post(path, {"way": "link", "act_key": "k"}).status == 403


def test_nor_to_a_stranger(cast: Cast, client):
    client.sign_in(cast.adi)
    client.get("/account")
    for uid in (cast.eka.uid, cast.nina.uid, "00000000-0000-4000-8000-000000000000", "x", "%00"):
        path = f"/regions/{cast.city.id}/people/{uid}/new-password"
        assert (client.get(path).status, client.post(path, {"way": "link", "act_key": uid}).status) == (
            404,
            404,
        )


@pytest.mark.parametrize("name", ["rina", "maria", "wali", "sari"])
def test_the_team_may_not(cast: Cast, client, name):
    client.sign_in(getattr(cast, name))
    assert client.get(f"/regions/{cast.city.id}/people/{cast.dodi.uid}/new-password").status == 403


def test_rina_changes_her_password_and_her_other_devices_are_out(cast: Cast, client):
    telephone = client.another()
    telephone.sign_in(cast.rina)
    client.sign_in(cast.rina)
    page = client.submit(
        client.get("/account/password"), "password-form", {"old_password": PASSWORD, "new_password": NEW}
    )
    assert "Kata sandi berubah." in page.region("notice")
    assert (client.get("/account").status, telephone.get("/account").status) == (200, 302)
    assert knows(cast, cast.rina, NEW)
    [(recipient, body)] = mails(cast)
    assert recipient == cast.rina.email
    assert "baru saja diubah" in body


def test_without_the_old_one_nothing_changes(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.submit(
        client.get("/account/password"), "password-form", {"old_password": "keliru", "new_password": NEW}
    )
    assert page.status == 422
    assert "belum berubah" in page.region("f-old_password-error").text
    assert (knows(cast, cast.rina, PASSWORD), mails(cast)) == (True, [])


def test_the_old_one_cannot_be_guessed_without_end(cast: Cast, client, clock):
    client.sign_in(cast.rina)
    client.get("/account/password")
    for number in range(10):
        sent = {"old_password": f"keliru{number}", "new_password": NEW, "act_key": str(number)}
        assert client.post("/account/password", sent).status == 422
    page = client.post("/account/password", {"old_password": PASSWORD, "new_password": NEW, "act_key": "k"})
    assert page.status == 429
    assert knows(cast, cast.rina, PASSWORD)


def test_it_is_written_down(cast: Cast, client):
    forget(client, cast.rina.email)
    choose(client, link_in(mails(cast)[0][1]))
    with cast.app.app_context():
        verbs = db.session.scalars(
            select(Audit.verb).where(Audit.verb.like("%password%")).order_by(Audit.id)
        ).all()
    assert verbs == ["new-password-asked", "new-password-link-made", "password-changed"]
