"""Rina's session ends while she writes; not one word of hers is lost, and no word goes where she did not send it."""

import pytest
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import KeptWords
from roadmap.people.models import Person, Region
from roadmap.work import unit_of_work
from tests.browser import PHONE, barriers
from tests.cast import PASSWORD, Cast
from tests.page import Page

NEW_NAME = 'Rina "W." Wulandari <Bappeda> & kawan'
ENDED = "Sesi Anda berakhir. Tulisan Anda aman; masuk lagi untuk melanjutkan."


@pytest.fixture
def interrupted(cast: Cast, client) -> Page:
    """Rina sends her new name after her session has ended."""
    client.sign_in(cast.rina)
    page = client.get("/account")
    end_all(client)
    return client.submit(page, "account-form", {"name": NEW_NAME, "language": "en"}, follow=False)


def end_all(client) -> None:
    from roadmap.people.operations import end_sessions_of

    with client.app.app_context(), unit_of_work():
        for person in db.session.scalars(select(Person)):
            end_sessions_of(person)


def sign_in_again(client, page: Page, email: str, **more) -> Page:
    return client.submit(page, "sign-in-form", {"email": email, "password": PASSWORD}, follow=False, **more)


def name_of(client, person: Person) -> str:
    with client.app.app_context():
        return db.session.get_one(Person, person.id).name


def test_reading_leads_to_the_sign_in_page_and_back(cast: Cast, client):
    page = client.get("/account?from=mail&x=%C3%A9", follow=True)
    assert page.heading == "Masuk"
    page = sign_in_again(client, page, cast.rina.email)
    assert page.location == "/account?from=mail&x=%C3%A9"


def test_the_sign_in_page_says_that_the_words_are_safe_and_carries_them(cast: Cast, client, interrupted):
    assert interrupted.status == 401
    assert ENDED in interrupted.text
    fields = interrupted.form("sign-in-form").fields
    assert fields["carried-name"] == NEW_NAME
    assert fields["carried-language"] == "en"
    assert fields["carry_path"] == "/account"
    assert "carried-csrf_token" not in fields


def test_after_signing_in_one_press_sends_them(cast: Cast, client, interrupted):
    page = sign_in_again(client, interrupted, cast.rina.email)
    assert (page.status, page.heading) == (200, "Kirim tulisan saya")
    form = page.form("send-on-form")
    assert (form.action, form.buttons) == ("/account", ["Kirim tulisan saya"])
    assert form.tag.has_attr("data-send-now")
    page = client.submit(page, form)
    assert "Akun Anda tersimpan." in page.region("notice") or "saved" in page.text
    assert name_of(client, cast.rina) == NEW_NAME


def test_sending_them_twice_does_it_once(cast: Cast, client, interrupted):
    page = sign_in_again(client, interrupted, cast.rina.email)
    client.submit(page, "send-on-form")
    with client.app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.rina.id).name = "Nama yang baru lagi"
    assert client.submit(page, "send-on-form", follow=False).status == 303
    assert name_of(client, cast.rina) == "Nama yang baru lagi"


def test_a_wrong_password_in_between_loses_nothing(cast: Cast, client, interrupted):
    page = client.submit(interrupted, "sign-in-form", {"email": cast.rina.email, "password": "keliru"})
    assert page.status == 422
    page = sign_in_again(client, page, cast.rina.email)
    client.submit(page, "send-on-form")
    assert name_of(client, cast.rina) == NEW_NAME


def test_the_words_can_be_read_before_they_go(cast: Cast, client, interrupted):
    page = sign_in_again(client, interrupted, cast.rina.email)
    assert NEW_NAME in page.one("main details").text


def test_line_breaks_and_lists_arrive_as_they_were(cast: Cast, client):
    client.sign_in(cast.adi)
    client.get("/account")
    end_all(client)
    words = "a@contoh.go.id\r\n\r\n  b@contoh.go.id\ttab\r\n"
    page = client.post(
        f"/regions/{cast.city.id}/invitations/new",
        {"emails": words, "role": ["mitra", "mentor"], "act_key": "k"},
    )
    page = sign_in_again(client, page, cast.adi.email)
    fields = page.form("send-on-form").fields
    assert fields["emails"] == words
    assert fields["role"] == ["mitra", "mentor"]
    assert fields["act_key"] == "k"


def test_passwords_are_never_carried(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.get("/account/password")
    end_all(client)
    page = client.submit(
        page, "password-form", {"old_password": PASSWORD, "new_password": "sepeda-tua-di-kebun"}
    )
    assert page.status == 401
    assert PASSWORD not in page.html
    assert "sepeda-tua-di-kebun" not in page.html


def test_words_of_another_person_are_kept_for_them_and_not_sent(cast: Cast, client, interrupted):
    page = sign_in_again(client, interrupted, cast.dodi.email)
    assert page.status == 303
    assert (name_of(client, cast.rina), name_of(client, cast.dodi)) == (cast.rina.name, cast.dodi.name)
    with client.app.app_context():
        kept = db.session.scalars(select(KeptWords)).one()
        assert kept.person_id == cast.rina.id
        assert kept.values["name"] == NEW_NAME
    page = client.get("/account")
    assert "Kami menyimpannya untuk pemiliknya." in page.region("notice")
    assert NEW_NAME not in page.text


def test_whose_words_they_are_cannot_be_changed_on_the_way(cast: Cast, client, interrupted):
    sent = interrupted.form("sign-in-form").filled({"email": cast.dodi.email, "password": PASSWORD})
    sent["carry_owner"] = cast.dodi.uid
    page = client.post("/sign-in", sent | {"carried-act_key": "k.AAAAAAAAAAAAAAAAAAAAAA" + "x" * 12})
    # Neither mark fits any longer: they are shown, and nothing sends them without a press.
    assert page.status == 200
    assert not page.form("send-on-form").tag.has_attr("data-send-now")
    # Only the one is changed: the other still tells.
    client.forget()
    sent["csrf_token"] = client.get("/sign-in").form("sign-in-form").fields["csrf_token"]
    assert client.post("/sign-in", sent).status == 303
    with client.app.app_context():
        assert db.session.scalars(select(KeptWords)).one().person_id == cast.rina.id


@pytest.mark.parametrize(
    "change", [{"carried-name": "Disisipkan"}, {"carry_path": "/account/sessions/end"}, {"carry_mark": ""}]
)
def test_what_was_changed_on_the_way_is_not_sent_by_itself(cast: Cast, client, interrupted, change):
    sent = interrupted.form("sign-in-form").filled({"email": cast.rina.email, "password": PASSWORD}) | change
    page = client.post("/sign-in", sent)
    assert not page.form("send-on-form").tag.has_attr("data-send-now")


NO_FORMS = [
    "https://evil.example/account",
    "//evil.example/account",
    "/\\evil.example",
    "/nowhere",
    "/help",
    "/sign-out",
    "/sign-in",
    "",
    "/account\n",
    "javascript:alert(1)",
]


def test_words_are_only_sent_to_forms_of_this_house(cast: Cast, client, interrupted):
    carried = interrupted.form("sign-in-form").fields
    for path in NO_FORMS:
        browser = client.another()
        fresh = browser.get("/sign-in").form("sign-in-form").fields
        sent = carried | fresh | {"email": cast.rina.email, "password": PASSWORD, "carry_path": path}
        page = browser.post("/sign-in", sent)
        assert (page.status, page.location) == (303, "/"), path


def test_a_lost_cookie_loses_no_words_either(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.get("/account")
    client.forget()
    page = client.submit(
        page, "account-form", {"name": NEW_NAME}, follow=False, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert page.status == 401
    assert ENDED in page.text
    page = sign_in_again(client, page, cast.rina.email) if page.token else page
    # The cookie that belongs to the sign-in page came with it.
    client.submit(page, "send-on-form")
    assert name_of(client, cast.rina) == NEW_NAME


def test_a_token_that_does_not_fit_asks_once_more(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.get("/account")
    sent = page.form("account-form").filled({"name": NEW_NAME}) | {"csrf_token": "stale"}
    page = client.post("/account", sent)
    assert page.status == 400
    assert "Tidak ada yang hilang." in page.text
    form = page.form("send-on-form")
    assert form.buttons == ["Kirim lagi"]
    assert not form.tag.has_attr("data-send-now")
    client.submit(page, form)
    assert name_of(client, cast.rina) == NEW_NAME


@pytest.mark.engines("sqlite")  # refused before any database is asked
@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_another_sites_form_is_refused_and_offers_nothing(cast: Cast, client, headers, signed_in):
    if signed_in:
        client.sign_in(cast.rina)
    page = client.post("/account", {"name": "Milik situs lain"}, token=False, headers=headers)
    assert page.status == 400
    assert "Milik situs lain" not in page.html
    assert name_of(client, cast.rina) == cast.rina.name


def test_a_page_of_htmx_is_led_to_the_whole_sign_in_page(cast: Cast, client):
    page = client.get("/account", htmx=True, headers={"HX-Current-URL": "http://localhost/account?x=1"})
    assert page.status == 401
    assert page.headers["HX-Redirect"] == "/sign-in?next=/account?x%3D1"


STRANGE_PAGES = ["https://evil.example//evil.example/", "//evil.example", "", "\x00"]


def test_what_htmx_says_of_its_page_leads_nowhere_else(client):
    for where in STRANGE_PAGES:
        page = client.get("/account", htmx=True, headers={"HX-Current-URL": where.replace("\x00", "%00")})
        assert "evil.example" not in page.headers["HX-Redirect"]


def test_a_form_of_htmx_gets_the_sign_in_page_in_place_of_the_whole_page(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.get("/account")
    end_all(client)
    page = client.submit(page, "account-form", {"name": NEW_NAME}, htmx=True, follow=False)
    assert page.status == 401
    assert (page.headers["HX-Retarget"], page.headers["HX-Reswap"]) == ("body", "innerHTML")
    assert page.form("sign-in-form").fields["carried-name"] == NEW_NAME


def test_too_much_is_said_to_be_too_much(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.get("/account")
    end_all(client)
    page = client.submit(page, "account-form", {"name": "x" * 2_100_000}, follow=False)
    assert page.status == 413


def test_almost_two_megabytes_are_carried(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.get("/account")
    end_all(client)
    long = "x" * 1_900_000
    page = client.submit(page, "account-form", {"name": long}, follow=False)
    page = sign_in_again(client, page, cast.rina.email)
    assert page.form("send-on-form").fields["name"] == long


def test_a_public_form_goes_through_without_signing_in(client):
    client.get("/sign-in")
    assert client.post("/language", {"language": "en"}).status == 303


def test_a_session_of_another_day_says_so_also_in_english(cast: Cast, client, clock):
    client.sign_in(cast.rina)
    page = client.get("/account")
    clock.advance(hours=13)
    page = client.submit(page, "account-form", {"name": NEW_NAME}, follow=False)
    assert page.status == 401
    assert page.form("sign-in-form").fields["carry_owner"] == cast.rina.uid


def test_the_region_is_not_named_to_who_is_not_signed_in(cast: Cast, client):
    with client.app.app_context():
        name = db.session.get_one(Region, cast.city.id).full_name
    client.get("/sign-in")
    page = client.post(f"/regions/{cast.city.id}/settings", {"leader_name": "Bu Wali"})
    assert page.status == 401
    assert name not in page.text


@pytest.mark.engines("sqlite")  # what the browser does, not what the database does
@pytest.mark.parametrize("js", [True, False])
def test_in_a_browser_the_words_arrive_with_and_without_script(cast: Cast, client, page_of, js):
    page_of.expect("401")
    page = page_of(PHONE, js=js)
    page.goto("/sign-in")
    _sign_in_by_hand(page, cast.rina.email)
    page.goto("/account")
    page.get_by_label("Nama", exact=True).fill("Rina Baru")
    end_all(client)
    page.locator("#account-form button[type=submit]").click()
    assert page.get_by_text(ENDED).is_visible()
    # axe is a script itself: where there is none it would wait for ever.
    assert not js or barriers(page, within="main") == []
    _sign_in_by_hand(page, cast.rina.email)
    if not js:
        page.get_by_role("button", name="Kirim tulisan saya").click()
    page.wait_for_url("**/account")
    assert page.get_by_text("Akun Anda tersimpan.").first.is_visible()
    assert name_of(client, cast.rina) == "Rina Baru"


@pytest.mark.engines("sqlite")
def test_the_pages_of_an_administrator_stop_nobody(cast: Cast, page_of):
    page = page_of(PHONE, theme="dark")
    page.goto("/sign-in")
    _sign_in_by_hand(page, cast.adi.email)
    for address in ("people", "invitations/new", "organisations", "organisations/new", "settings"):
        page.goto(f"/regions/{cast.city.id}/{address}")
        assert barriers(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], address


def _sign_in_by_hand(page, email: str) -> None:
    page.get_by_label("Alamat surel").fill(email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("#sign-in-form button[type=submit]").click()
    page.wait_for_load_state()
