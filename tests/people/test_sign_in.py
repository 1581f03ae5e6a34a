"""Rina signs in."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from roadmap.clock import now
from roadmap.extensions import db
from roadmap.people import passwords
from roadmap.people.models import Audit, Person, SignedIn, SignInAttempt
from tests.cast import PASSWORD, Cast
from tests.page import LookingClient, Page

HOME = "/"


def sign_in(client: LookingClient, email: str, password: str = PASSWORD, **changes) -> Page:
    page = client.get("/sign-in")
    return client.submit(
        page, "sign-in-form", {"email": email, "password": password, **changes}, follow=False
    )


def test_rina_signs_in_with_her_address_and_password(cast: Cast, client):
    page = sign_in(client, "rina@contoh.go.id")
    assert (page.status, page.location) == (303, HOME)
    assert client.get("/account").status == 200
    assert cast.rina.name in client.get("/account").html


@pytest.mark.parametrize("email", ["RINA@Contoh.go.id", "  rina@contoh.go.id ", "rina@contoh.go.id\t"])
def test_case_and_spaces_of_the_address_do_not_matter(cast: Cast, client, email):
    assert sign_in(client, email).status == 303


def test_she_comes_to_where_she_was_going(cast: Cast, client):
    page = client.get("/account")
    assert (page.status, page.location) == (302, "/sign-in?next=/account")
    page = client.get(page.location)
    page = client.submit(page, "sign-in-form", {"email": cast.rina.email, "password": PASSWORD}, follow=False)
    assert page.location == "/account"


ELSEWHERE = [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/\t/evil",
    "",
]


def test_no_address_leads_out_of_the_house(cast: Cast, client):
    for address in ELSEWHERE:
        browser = client.another()
        browser.get("/sign-in")
        sent = {"email": cast.rina.email, "password": PASSWORD, "next": address}
        page = browser.post("/sign-in", sent)
        assert (page.status, page.location) == (303, HOME), address


UNFIT = [
    ("rina@contoh.go.id", "not her password"),
    ("nobody@contoh.go.id", PASSWORD),
    ("", ""),
    ("rina@contoh.go.id", ""),
    ("x" * 5000, "y" * 5000),
    ("rina@contoh.go.id\x00", "a\x00b"),
    ("' or 1=1 --", "' or 1=1 --"),
]


def test_whatever_does_not_fit_gets_the_same_answer(cast: Cast, client):
    for email, password in UNFIT:
        page = client.get("/sign-in")
        page = client.post("/sign-in", {"email": email, "password": password})
        assert page.status == 422
        assert page.title.startswith("Perlu diperbaiki:")
        assert page.region("error-summary").text == (
            "Alamat surel dan kata sandi ini tidak cocok. Periksa ejaannya, atau buat kata sandi baru."
        )
        assert client.get("/account").status == 302


def test_the_address_is_kept_and_the_password_is_not(cast: Cast, client):
    page = sign_in(client, "rina@contoh.go.id", "rahasia-yang-keliru")
    assert page.form("sign-in-form").fields["email"] == "rina@contoh.go.id"
    assert "rahasia-yang-keliru" not in page.html


def test_an_unknown_account_costs_a_verification_too(cast: Cast, client, monkeypatch):
    asked = []
    honest = passwords._hasher.verify
    monkeypatch.setattr(
        passwords, "_hasher", type("Hasher", (), {
            "verify": staticmethod(lambda kept, typed: asked.append(kept) or honest(kept, typed)),
            "hash": staticmethod(passwords._hasher.hash),
            "check_needs_rehash": staticmethod(passwords._hasher.check_needs_rehash),
        })(),
    )  # fmt: skip
    sign_in(client, "nobody@contoh.go.id")
    assert len(asked) == 1
    assert asked[0].startswith("$argon2id$")


def test_an_account_without_a_password_lets_nobody_in(cast: Cast, client):
    from roadmap.people import operations

    with client.app.app_context():
        operations.create_person("Tamu", "tamu@contoh.go.id")
    assert sign_in(client, "tamu@contoh.go.id", "").status == 422


def test_the_cookie_holds_a_token_and_the_table_its_hash(cast: Cast, client):
    sign_in(client, cast.rina.email)
    with client.raw.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert len(token) >= 43  # 32 random bytes
    with client.app.app_context():
        row = db.session.scalars(select(SignedIn)).one()
        assert (row.person_id, token in row.token_hash, len(row.token_hash)) == (cast.rina.id, False, 64)


def test_each_sign_in_has_a_new_identifier_and_ends_the_one_before(cast: Cast, client):
    sign_in(client, cast.rina.email)
    with client.raw.session_transaction() as cookie:
        first = cookie["_user_id"]
    client.get("/account")
    client.post("/sign-in", {"email": cast.dodi.email, "password": PASSWORD})
    with client.raw.session_transaction() as cookie:
        second = cookie["_user_id"]
        assert first != second
    thief = client.another()
    with thief.raw.session_transaction() as cookie:
        cookie["_user_id"] = first
    assert thief.get("/account").status == 302


def test_nothing_that_was_in_the_cookie_before_stays(cast: Cast, client):
    with client.raw.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    sign_in(client, cast.rina.email)
    with client.raw.session_transaction() as cookie:
        assert "planted" not in cookie


def test_a_session_ends_after_twelve_hours_however_busy_she_is(cast: Cast, client, clock):
    sign_in(client, cast.rina.email)
    for _ in range(11):
        clock.advance(hours=1)
        assert client.get("/account").status == 200
    clock.advance(hours=1, seconds=1)
    assert client.get("/account").status == 302


def test_who_asks_stays_for_ninety_days(cast: Cast, client, clock):
    page = sign_in(client, cast.rina.email, stays="1")
    assert "Expires" in page.headers["Set-Cookie"]
    clock.advance(days=89)
    assert client.get("/account").status == 200
    clock.advance(days=1, seconds=1)
    assert client.get("/account").status == 302


def test_who_does_not_ask_has_a_cookie_that_goes_with_the_browser(cast: Cast, client):
    assert "Expires" not in sign_in(client, cast.rina.email).headers["Set-Cookie"]


@pytest.mark.parametrize("name", ["wali", "adi"])
def test_who_leads_or_administers_never_stays(cast: Cast, client, clock, name):
    page = sign_in(client, getattr(cast, name).email, stays="1")
    assert "Expires" not in page.headers["Set-Cookie"]
    clock.advance(hours=12, seconds=1)
    assert client.get("/account").status == 302


def test_who_becomes_an_administrator_stays_no_longer(cast: Cast, client, clock):
    from roadmap.people import operations
    from roadmap.people.roles import Role
    from roadmap.work import unit_of_work

    sign_in(client, cast.rina.email, stays="1")
    with client.app.app_context(), unit_of_work():
        operations.give_membership(None, cast.rina, Role.ADMIN, cast.city.id)
    assert client.get("/account").status == 200
    clock.advance(hours=12, seconds=1)
    assert client.get("/account").status == 302


def test_after_ten_failures_the_account_waits_and_is_told_how_long(cast: Cast, client, clock):
    _fail(client, cast.rina.email, 10)
    page = sign_in(client.another(), cast.rina.email)
    assert page.status == 429
    assert 0 < int(page.headers["Retry-After"]) <= 300
    assert re.search(r"Tunggu \d menit", page.region("error-summary").text)
    clock.advance(minutes=5, seconds=1)
    assert sign_in(client, cast.rina.email).status == 303


def test_waiting_is_not_prolonged_by_trying(cast: Cast, client, clock):
    _fail(client, cast.rina.email, 10)
    for _ in range(5):
        clock.advance(minutes=1)
        sign_in(client, cast.rina.email, "keliru")
    clock.advance(seconds=1)
    assert sign_in(client, cast.rina.email).status == 303


def test_one_address_cannot_try_many_accounts(cast: Cast, client, clock):
    for number in range(10):
        assert sign_in(client, f"orang{number}@contoh.go.id", "keliru").status == 422
    assert sign_in(client, "orang11@contoh.go.id", "keliru").status == 429
    elsewhere = client.another()
    page = elsewhere.get("/sign-in")
    sent = page.form("sign-in-form").filled({"email": cast.rina.email, "password": PASSWORD})
    answer = elsewhere.post("/sign-in", sent, environ_overrides={"REMOTE_ADDR": "10.1.2.3"})
    assert answer.status == 303


def test_a_whole_class_behind_one_address_can_sign_in(cast: Cast, client, clock):
    for _ in range(12):
        assert sign_in(client.another(), cast.rina.email).status == 303


def test_all_attempts_together_are_bounded_too(cast: Cast, client, clock):
    from roadmap.work import unit_of_work

    with client.app.app_context(), unit_of_work():
        db.session.add_all(
            SignInAttempt(email_hash=f"{number}", address_hash=f"{number}", at=now() - timedelta(minutes=1))
            for number in range(1000)
        )
    assert sign_in(client, cast.rina.email).status == 429


def test_old_attempts_are_forgotten(cast: Cast, client, clock):
    sign_in(client, cast.rina.email, "keliru")
    clock.advance(days=1, seconds=1)
    sign_in(client, cast.rina.email)
    with client.app.app_context():
        assert db.session.scalars(select(SignInAttempt)).all() == []


def test_attempts_name_neither_person_nor_address(cast: Cast, client):
    sign_in(client, cast.rina.email, "keliru")
    with client.app.app_context():
        row = db.session.scalars(select(SignInAttempt)).one()
        assert "rina" not in row.email_hash
        assert "127" not in row.address_hash[:3] or len(row.address_hash) == 64


def test_a_hash_made_with_other_parameters_is_made_anew(cast: Cast, client):
    from argon2 import PasswordHasher

    old = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    _set_hash(client, cast.rina.id, old)
    assert sign_in(client, cast.rina.email).status == 303
    with client.app.app_context():
        kept = db.session.get_one(Person, cast.rina.id).password_hash
        assert kept != old
        assert passwords.is_right(PASSWORD, kept)


def test_a_password_may_be_typed_composed_or_decomposed(cast: Cast, client):
    with client.app.app_context():
        _set_hash(client, cast.rina.id, passwords.hash_password("caf\u00e9 di ujung jalan"))
    assert sign_in(client, cast.rina.email, "cafe\u0301 di ujung jalan").status == 303


def test_what_happened_is_written_down(cast: Cast, client):
    sign_in(client, cast.rina.email, "keliru")
    sign_in(client, cast.rina.email)
    with client.app.app_context():
        rows = db.session.execute(
            select(Audit.verb, Audit.actor_uid, Audit.object_uid)
            .where(Audit.verb.like("sign-in%"))
            .order_by(Audit.id)
        ).all()
    uid = cast.rina.uid
    assert [tuple(row) for row in rows] == [("sign-in-failed", None, uid), ("sign-in", uid, uid)]


def test_who_is_signed_in_is_not_asked_again(cast: Cast, client):
    client.sign_in(cast.rina)
    assert client.get("/sign-in?next=/account").location == "/account"


def test_asking_with_a_wrong_method_is_told_so(client):
    assert client.raw.put("/sign-in").status_code in {400, 405}
    assert client.raw.get("/sign-out").status_code == 405


def _fail(client, email: str, times: int) -> None:
    client.get("/sign-in")
    for _ in range(times):
        assert client.post("/sign-in", {"email": email, "password": "keliru"}).status == 422


def _set_hash(client, person_id: int, password_hash: str) -> None:
    from roadmap.work import unit_of_work

    with client.app.app_context(), unit_of_work():
        db.session.get_one(Person, person_id).password_hash = password_hash
