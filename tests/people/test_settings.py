"""Adi sets what the region calls things and which steps it takes; everybody sets their own account."""

import pytest
from sqlalchemy import select

from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.people import operations
from roadmap.people.models import Audit, Person, Region
from tests.cast import Cast


@pytest.fixture
def adi(cast: Cast, client):
    client.sign_in(cast.adi)
    return client


def settings(cast: Cast) -> dict[str, object]:
    with cast.app.app_context():
        region = db.session.get_one(Region, cast.city.id)
        names = (
            "planning_agency",
            "leader_name",
            "code",
            "zone",
            "has_consultation",
            "has_review",
            "has_verification",
        )
        return {name: getattr(region, name) for name in names}


def test_adi_sets_the_regions_words_and_steps(cast: Cast, adi):
    page = adi.get(f"/regions/{cast.city.id}/settings")
    page = adi.submit(
        page,
        "settings-form",
        {
            "planning_agency": " Bapperida ", "leader_name": "Ibu Contoh", "code": "33.74", "zone": "WIT",
            "has_consultation": None, "has_verification": "1",
        },
    )  # fmt: skip
    assert "Pengaturan tersimpan." in page.region("notice")
    assert settings(cast) == {
        "planning_agency": "Bapperida", "leader_name": "Ibu Contoh", "code": "33.74", "zone": "WIT",
        "has_consultation": False, "has_review": True, "has_verification": True,
    }  # fmt: skip


def test_the_form_calls_the_leader_as_the_region_does(cast: Cast, adi):
    assert "Nama Wali Kota" in adi.get(f"/regions/{cast.city.id}/settings").text


def test_what_is_emptied_is_empty_and_what_must_be_there_stays(cast: Cast, adi):
    page = adi.get(f"/regions/{cast.city.id}/settings")
    page = adi.submit(page, "settings-form", {"planning_agency": "", "leader_name": "  "})
    assert page.status == 422
    assert [link.tag["href"] for link in page.region("error-summary").all("a")] == ["#f-planning_agency"]
    assert settings(cast)["planning_agency"] == "Bappeda"


def test_what_cannot_be_is_refused_and_nothing_is_half_saved(cast: Cast, adi):
    before = settings(cast)
    adi.get("/account")
    good = {"planning_agency": "Bapperida", "leader_name": "Ibu", "code": "33.74", "zone": "WIB"}
    for changes in (
        {"zone": "UTC"},
        {"zone": ""},
        {"code": "x" * 21},
        {"leader_name": "x" * 201},
        {"planning_agency": "\x00"},
    ):
        sent = {**good, **changes, "act_key": str(changes)[:60]}
        page = adi.post(f"/regions/{cast.city.id}/settings", sent)
        assert page.status == 422, changes
        assert page.form("settings-form").fields["code"] == sent["code"]
    assert settings(cast) == before


def test_fields_that_are_no_settings_are_not_taken(cast: Cast, adi):
    page = adi.get(f"/regions/{cast.city.id}/settings")
    sent = page.form("settings-form").filled({}) | {
        "slug": "kota-lain",
        "name": "Lain",
        "is_example": "1",
        "kind": "kabupaten",
    }
    assert adi.post(page.path, sent).status == 303
    with cast.app.app_context():
        region = db.session.get_one(Region, cast.city.id)
        assert (region.slug, region.name, region.is_example, region.kind) == (
            "kota-contoh",
            "Contoh",
            False,
            "kota",
        )


def test_saving_without_a_change_writes_nothing(cast: Cast, adi):
    adi.submit(adi.get(f"/regions/{cast.city.id}/settings"), "settings-form")
    with cast.app.app_context():
        assert db.session.scalars(select(Audit).where(Audit.verb == "settings-changed")).all() == []


def test_a_change_is_written_down_by_field_names_only(cast: Cast, adi):
    page = adi.get(f"/regions/{cast.city.id}/settings")
    adi.submit(page, "settings-form", {"leader_name": "Ibu Contoh", "zone": "WITA"})
    with cast.app.app_context():
        row = db.session.scalars(select(Audit).where(Audit.verb == "settings-changed")).one()
        assert (row.actor_uid, row.payload) == (cast.adi.uid, {"fields": ["leader_name", "zone"]})


@pytest.mark.parametrize(("name", "status"), [("rina", 403), ("wali", 403), ("eka", 404), ("nina", 404)])
def test_nobody_else_may(cast: Cast, client, name, status):
    client.sign_in(getattr(cast, name))
    client.get("/account")
    path = f"/regions/{cast.city.id}/settings"
    assert (client.get(path).status, client.post(path, {"zone": "WIT"}).status) == (status, status)
    assert client.get("/regions/987654/settings").status == 404


def test_the_administrators_menu_leads_there(cast: Cast, adi):
    page = adi.get("/account")
    page = adi.follow(page, "Orang di Contoh")
    assert adi.follow(page, "Pengaturan").heading == "Pengaturan Kota Contoh"


def test_a_region_is_made_once_and_its_address_carries_its_kind(cast: Cast, ctx):
    region = operations.create_region("Contoh", "kabupaten", "Provinsi Contoh")
    assert (region.slug, region.full_name) == ("kabupaten-contoh", "Kabupaten Contoh")
    for arguments in (("Contoh", "kota", "P"), ("", "kota", "P"), ("Baru", "provinsi", "P")):
        with pytest.raises(NotValid):
            operations.create_region(*arguments)


def test_rina_sets_her_name_language_and_look(cast: Cast, client):
    client.sign_in(cast.rina)
    page = client.submit(
        client.get("/account"), "account-form", {"name": "  Rina   W. ", "language": "en", "theme": "dark"}
    )
    assert page.status == 200
    assert (page.language, page.tag.html["data-theme"]) == ("en", "dark")
    with cast.app.app_context():
        assert db.session.get_one(Person, cast.rina.id).name == "Rina W."


def test_what_she_chose_on_this_device_gives_way_to_her_account(cast: Cast, client):
    client.sign_in(cast.rina)
    client.get("/account")
    client.post("/language", {"language": "en"})
    page = client.submit(client.get("/account"), "account-form", {"language": "id"})
    assert page.language == "id"


def test_her_account_takes_only_what_it_offers(cast: Cast, client):
    client.sign_in(cast.rina)
    client.get("/account")
    for changes in (
        {"name": ""},
        {"name": "x" * 201},
        {"language": "jv"},
        {"theme": "pink"},
        {"name": "\x00"},
    ):
        sent = {"name": "Rina", "language": "id", "theme": "auto", "act_key": str(changes)[:60], **changes}
        assert client.post("/account", sent).status == 422, changes
    client.post(
        "/account",
        {"name": "Rina", "language": "id", "theme": "auto", "email": "lain@x.id", "is_example": "1"},
    )
    with cast.app.app_context():
        kept = db.session.get_one(Person, cast.rina.id)
        assert (kept.email, kept.is_example) == (cast.rina.email, False)


def test_her_roles_are_listed_with_their_last_day(cast: Cast, client):
    client.sign_in(cast.oki)
    page = client.get("/account")
    assert "Operator OPD, Kota Contoh (Dinas Sosial)" in page.text.replace(" ,", ",")
