"""Anna takes an invitation up: with a new account, or with the one she has."""

from datetime import date

import pytest
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Changeset
from roadmap.people import operations
from roadmap.people.access import Place, allows
from roadmap.people.models import Audit, Invitation, Membership, Person
from roadmap.people.roles import Act, Role
from roadmap.work import unit_of_work
from tests.cast import PASSWORD, Cast
from tests.factories import a_roadmap

GOOD = "burung-hinggap-di-pagar"


def invitation(cast: Cast, email: str = "anna@setara.or.id", role: Role = Role.PARTNER, **more) -> str:
    """Give the path of an invitation's link."""
    with cast.app.app_context(), unit_of_work():
        ticket = operations.invite(cast.adi, cast.city.id, [email], role, **more)[0]
        return f"/invitations/{ticket.token}"


def join(client, path: str, name: str = "Anna Dewi", password: str = GOOD, **more):
    return client.submit(client.get(path), "join-form", {"name": name, "password": password}, **more)


def roles_of(cast: Cast, email: str) -> list[tuple]:
    with cast.app.app_context():
        query = select(Membership).join(Person).where(Person.email == email).order_by(Membership.id)
        return [
            (one.role, one.organisation_uid, one.roadmap_id, one.ends_on) for one in db.session.scalars(query)
        ]


def test_anna_joins_with_a_new_account_and_is_signed_in(cast: Cast, client):
    path = invitation(cast, organisation_uid=cast.oms.uid, ends_on=date(2031, 1, 1))
    page = client.get(path)
    assert page.heading == "Undangan ke peta jalan HAM Kota Contoh"
    assert ("Mitra OMS" in page.text, "Perkumpulan Contoh Setara" in page.text) == (True, True)
    page = join(client, path, follow=False)
    assert (page.status, page.location) == (303, "/")
    account = client.get("/account")
    assert "Mitra OMS , Kota Contoh" in account.text or "Mitra OMS, Kota Contoh" in account.text
    assert roles_of(cast, "anna@setara.or.id") == [("mitra", cast.oms.uid, None, date(2031, 1, 1))]


def test_she_signs_in_with_her_password_later(cast: Cast, client):
    join(client, invitation(cast), follow=False)
    later = client.another()
    page = later.submit(
        later.get("/sign-in"), "sign-in-form", {"email": "anna@setara.or.id", "password": GOOD}, follow=False
    )
    assert page.status == 303


def test_the_link_works_once(cast: Cast, client):
    path = invitation(cast)
    join(client, path, follow=False)
    page = client.another().get(path)
    assert (page.status, page.heading) == (410, "Tautan ini tidak berlaku lagi")
    assert "Admin daerah Anda dapat membuat yang baru." in page.text


def test_a_form_opened_before_the_link_was_spent_makes_no_second_account(cast: Cast, client):
    path = invitation(cast)
    waiting = client.another()
    form = waiting.get(path)
    join(client, path, follow=False)
    page = waiting.submit(form, "join-form", {"name": "Lain", "password": GOOD})
    assert page.status == 410
    assert len(roles_of(cast, "anna@setara.or.id")) == 1


def test_after_seven_days_it_has_run_out(cast: Cast, client, clock):
    path = invitation(cast)
    clock.advance(days=7, seconds=-1)
    assert client.get(path).status == 200
    clock.advance(seconds=1)
    assert client.get(path).status == 410


GUESSES = ["x", "0" * 43, "%00", "%F0%9F%98%80", "a" * 3000]


def test_a_guessed_link_is_answered_like_a_spent_one(client):
    for token in GUESSES:
        page = client.get(f"/invitations/{token}")
        assert (page.status, page.heading) == (410, "Tautan ini tidak berlaku lagi")


WEAK = [
    ("", "paling sedikit 12 huruf"),
    ("sebelashrf1", "paling sedikit 12 huruf"),
    ("x" * 129, "paling banyak 128 huruf"),
    ("bismillah123456", "terlalu mudah ditebak"),
    ("Password-2026!", "terlalu mudah ditebak"),
    ("abababababab", "terlalu mudah ditebak"),
    ("anna-dewi-di-kebun", "Jangan memakai nama"),
    ("saya di setara.or.id", "Jangan memakai nama"),
    ("Peta Jalan kami 77", "Jangan memakai nama"),
]


def test_a_password_that_others_would_guess_is_refused_and_her_name_stays(cast: Cast, client):
    for password, sentence in WEAK:
        page = join(client, invitation(cast), password=password)
        assert page.status == 422
        assert sentence in page.region("f-password-error").text
        assert page.form("join-form").fields["name"] == "Anna Dewi"
        assert password not in page.form("join-form").fields.values() or password == ""


@pytest.mark.parametrize(
    "password",
    [GOOD, "ヒューマンライツ都市計画の鍵", "🐈🐕🦎🐢🐘🦜🐟🦋🐝🐞🦀🐙", "  spasi di depan juga boleh  "],
)
def test_any_signs_make_a_password(cast: Cast, client, password):
    assert join(client, invitation(cast), password=password, follow=False).status == 303
    later = client.another()
    page = later.submit(
        later.get("/sign-in"),
        "sign-in-form",
        {"email": "anna@setara.or.id", "password": password},
        follow=False,
    )
    assert page.status == 303


NO_NAMES = ["", "   ", "\x00", "x" * 201]


def test_a_name_is_needed_and_may_not_be_endless(cast: Cast, client):
    for name in NO_NAMES:
        client.get("/sign-in")
        page = client.post(invitation(cast), {"name": name, "password": GOOD})
        assert page.status == 422
        assert page.has_region("f-name-error")


def test_yusuf_has_an_account_and_accepts_with_one_press(cast: Cast, client):
    path = invitation(cast, cast.nina.email)
    client.sign_in(cast.nina)
    page = client.submit(client.get(path), "accept-form", follow=False)
    assert (page.status, page.location) == (303, "/")
    assert [row[0] for row in roles_of(cast, cast.nina.email)] == ["mitra"]


def test_who_has_an_account_signs_in_first_and_finds_the_invitation_waiting(cast: Cast, client):
    path = invitation(cast, cast.nina.email)
    page = client.get(path)
    assert not page.has_form("join-form")
    page = client.follow(page, "Masuk untuk menerima")
    page = client.submit(page, "sign-in-form", {"email": cast.nina.email, "password": PASSWORD})
    assert page.heading == "Undangan ke peta jalan HAM Kota Contoh"
    assert client.submit(page, "accept-form", follow=False).status == 303


def test_nobody_takes_over_an_account_by_an_invitation_to_it(cast: Cast, client):
    path = invitation(cast, cast.nina.email)
    client.get(path)
    page = client.post(path, {"name": "Penyusup", "password": GOOD})
    assert page.status == 422
    with cast.app.app_context():
        assert db.session.get_one(Person, cast.nina.id).name == cast.nina.name


def test_another_person_cannot_accept_it(cast: Cast, client):
    path = invitation(cast, "anna@setara.or.id")
    client.sign_in(cast.nina)
    page = client.get(path)
    assert not page.has_form("accept-form")
    assert "keluar dulu" in page.text
    assert client.post(path, {"act_key": "k"}).status == 403
    assert roles_of(cast, cast.nina.email) == []
    assert client.another().get(path).status == 200


def test_two_roles_that_judge_each_other_are_refused_when_accepting_too(cast: Cast, client):
    path = invitation(cast, cast.nina.email, Role.MENTOR)
    with cast.app.app_context(), unit_of_work():
        operations.give_membership(None, cast.nina, Role.DRAFTER, cast.city.id)
    client.sign_in(cast.nina)
    page = client.submit(client.get(path), "accept-form")
    assert page.status == 409
    assert "menilai peta jalan yang juga dapat ia sunting" in page.text
    assert [row[0] for row in roles_of(cast, cast.nina.email)] == ["penyusun"]


def test_on_two_different_roadmaps_they_do_not_meet(cast: Cast, client):
    one, other = a_roadmap(cast, title="Satu"), a_roadmap(cast, title="Dua")
    with cast.app.app_context(), unit_of_work(one.id):
        operations.give_membership(None, cast.nina, Role.DRAFTER, cast.city.id, roadmap_id=one.id)
    path = invitation(cast, cast.nina.email, Role.MENTOR, roadmap_id=other.id)
    client.sign_in(cast.nina)
    assert client.submit(client.get(path), "accept-form", follow=False).status == 303
    with cast.app.app_context():
        assert allows(cast.nina, Act.EDIT, Place(cast.city.id, one.id))
        assert not allows(cast.nina, Act.EDIT, Place(cast.city.id, other.id))
        assert not allows(cast.nina, Act.JUDGE_REVIEW, Place(cast.city.id, one.id))


def test_a_role_on_one_roadmap_stands_in_its_history(cast: Cast, client):
    roadmap = a_roadmap(cast)
    join(client, invitation(cast, roadmap_id=roadmap.id), follow=False)
    with cast.app.app_context():
        last = db.session.scalars(select(Changeset).order_by(Changeset.id.desc()).limit(1)).one()
        anna = db.session.scalars(select(Person).where(Person.email == "anna@setara.or.id")).one()
        assert (last.roadmap_id, last.actor_uid, last.payload["role"]) == (roadmap.id, anna.uid, "mitra")


def test_an_invitation_to_a_role_that_is_held_already_changes_nothing(cast: Cast, client):
    path = invitation(cast, cast.yusuf.email, Role.PARTNER, organisation_uid=cast.oms.uid)
    client.sign_in(cast.yusuf)
    assert client.submit(client.get(path), "accept-form", follow=False).status == 303
    assert len(roles_of(cast, cast.yusuf.email)) == 1


def test_it_is_written_down(cast: Cast, client):
    join(client, invitation(cast), follow=False)
    with cast.app.app_context():
        anna = db.session.scalars(select(Person).where(Person.email == "anna@setara.or.id")).one()
        used = db.session.scalars(select(Invitation)).one()
        verbs = db.session.scalars(
            select(Audit.verb).where(Audit.actor_uid == anna.uid).order_by(Audit.id)
        ).all()
        assert (used.used_by, used.used_at is not None) == (anna.id, True)
        assert verbs == ["account-made", "membership-given", "invitation-accepted"]


def test_reading_the_link_changes_nothing(cast: Cast, client):
    path = invitation(cast)
    for _ in range(3):
        client.get(path)
        client.raw.head(path)
    assert join(client, path, follow=False).status == 303
