"""Adi keeps the register of organisations: each office once, and none of another region."""

import pytest
from sqlalchemy import select

from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.people import operations
from roadmap.people.models import Audit, Organisation
from roadmap.people.queries import find_organisation, offices_of, organisations_by_uid, organisations_seen_by
from roadmap.people.roles import Role
from roadmap.people.rules import are_alike
from tests.cast import Cast


@pytest.fixture
def adi(cast: Cast, client):
    client.sign_in(cast.adi)
    return client


def add(client, cast: Cast, name: str, *, press: str | None = None, **more):
    page = client.get(f"/regions/{cast.city.id}/organisations/new")
    return client.submit(page, "organisation-form", {"name": name, "kind": "opd", **more}, press=press)


def names(cast: Cast) -> list[str]:
    with cast.app.app_context():
        return [one.name for one in organisations_seen_by(cast.city.id)]


def test_the_register_shows_the_own_and_the_national_ones_and_no_others(cast: Cast, adi):
    page = adi.get(f"/regions/{cast.city.id}/organisations")
    assert [row.one("strong").text for row in page.all("main li.row")] == [
        "Badan Perencanaan Pembangunan Daerah", "Dinas Komunikasi dan Informatika", "Dinas Sosial",
        "Perkumpulan Contoh Setara",
    ]  # fmt: skip
    assert "Kementerian Contoh" in page.text
    assert "Dinas Sosial Lain" not in page.text


def test_adi_adds_an_office(cast: Cast, adi):
    page = add(adi, cast, "Dinas  Perhubungan ", abbreviation="Dishub", contact="024-111")
    assert "Ditambahkan ke daftar." in page.region("notice")
    with cast.app.app_context():
        one = db.session.scalars(select(Organisation).where(Organisation.abbreviation == "Dishub")).one()
        assert (one.name, one.kind, one.contact, one.region_id) == (
            "Dinas Perhubungan", "opd", "024-111", cast.city.id,
        )  # fmt: skip


def test_a_name_stands_once_whatever_its_case_and_spaces(cast: Cast, adi):
    for name in ("Dinas Sosial", "dinas sosial", "  DINAS   SOSIAL  "):
        page = add(adi, cast, name)
        assert page.status == 422
        assert page.region("f-name-error").text == "Nama ini sudah ada di daftar daerah ini."
    assert len(names(cast)) == 5


def test_what_looks_like_it_is_shown_before_and_may_be_added_all_the_same(cast: Cast, adi):
    page = add(adi, cast, "Dinsos Kota", abbreviation="DS")
    assert page.status == 409
    assert page.title.startswith("Periksa dulu:")
    assert "Dinas Sosial (Dinsos)" in page.region("error-summary").text
    assert page.form("organisation-form").fields["name"] == "Dinsos Kota"
    assert len(names(cast)) == 5
    page = adi.submit(page, "organisation-form", press="Tetap tambahkan")
    assert "Ditambahkan ke daftar." in page.region("notice")
    assert "Dinsos Kota" in names(cast)


def test_another_region_may_have_an_office_of_the_same_name(cast: Cast, ctx):
    operations.add_organisation(None, cast.elsewhere.id, "Dinas Sosial", "opd")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("Dinas Sosial", ""), ("dinas  SOSIAL", ""), True),
        (("Dinas Sosial", "Dinsos"), ("Dinsos", ""), True),
        (("Dinas Sosial", ""), ("Dinas Sosial Kota", ""), True),
        (("Badan Perencanaan Pembangunan Daerah", "Bappeda"), ("BAPPEDA", ""), True),
        (("Bagian Hukum Setda", ""), ("Bag. Hukum Sekretariat Daerah", ""), True),
        (("Dinas Pemuda dan Olahraga", ""), ("Dinas Pemuda & Olahraga", ""), True),
        (("Dinas Pekerjaan Umum Tata Ruang", ""), ("", "DPUTR"), True),
        (("Dinas Sosial", ""), ("Dinas Pendidikan", ""), False),
        (("Kecamatan Utara", ""), ("Kecamatan Selatan", ""), False),
        (("Dinas Sosial", "DS"), ("Dinas Pendidikan", "DP"), False),
        (("Yayasan Setara", ""), ("Perkumpulan Setara", ""), False),
        (("", ""), ("", ""), False),
    ],
)
def test_what_a_careful_clerk_would_take_for_one(one, other, alike):
    assert (are_alike(one, other), are_alike(other, one)) == (alike, alike)


def test_what_cannot_be_is_refused_with_everything_typed(cast: Cast, adi):
    adi.get("/account")
    good = {"name": "Dinas Perhubungan", "kind": "opd"}
    for changes, named in (
        ({"name": ""}, ["name"]),
        ({"name": "\x00\x00"}, ["name"]),
        ({"name": "x" * 301}, ["name"]),
        ({"kind": ""}, ["kind"]),
        ({"kind": "kerajaan"}, ["kind"]),
        ({"abbreviation": "x" * 61}, ["abbreviation"]),
        ({"contact": "x" * 301, "kind": "?"}, ["kind", "contact"]),
    ):
        sent = {**good, "contact": "tetap", "act_key": str(changes)[:60], **changes}
        page = adi.post(f"/regions/{cast.city.id}/organisations/new", sent)
        assert page.status == 422, changes
        found = [link.tag["href"] for link in page.region("error-summary").all("a")]
        assert sorted(found) == sorted(f"#f-{name}" for name in named)
        assert page.form("organisation-form").fields["contact"] == sent["contact"]
    assert len(names(cast)) == 5


def test_markup_in_a_name_is_shown_as_it_was_typed(cast: Cast, adi):
    page = add(adi, cast, '<img src=x onerror="alert(1)">')
    assert '<img src=x onerror="alert(1)">' in page.text


def test_adi_mends_a_name(cast: Cast, adi):
    page = adi.get(f"/regions/{cast.city.id}/organisations/{cast.kominfo.id}/edit")
    page = adi.submit(page, "organisation-form", {"name": "Dinas Kominfo dan Statistik"})
    assert "Perubahan tersimpan." in page.region("notice")
    assert "Dinas Kominfo dan Statistik" in names(cast)


def test_saving_without_a_change_writes_nothing(cast: Cast, adi):
    page = adi.get(f"/regions/{cast.city.id}/organisations/{cast.kominfo.id}/edit")
    adi.submit(page, "organisation-form")
    with cast.app.app_context():
        assert db.session.scalars(select(Audit).where(Audit.verb == "organisation-changed")).all() == []


def test_a_name_may_change_its_case_but_not_become_anothers(cast: Cast, adi):
    path = f"/regions/{cast.city.id}/organisations/{cast.kominfo.id}/edit"
    page = adi.submit(adi.get(path), "organisation-form", {"name": "dinas sosial"})
    assert page.status == 422
    page = adi.submit(adi.get(path), "organisation-form", {"name": "DINAS KOMUNIKASI DAN INFORMATIKA"})
    assert page.status == 200


def test_two_records_of_one_office_become_one(cast: Cast, adi):
    with cast.app.app_context():
        twin = operations.add_organisation(None, cast.city.id, "Dinas Sosial Kota Contoh", "opd")
        twin_id, twin_uid = twin.id, twin.uid
    page = adi.get(f"/regions/{cast.city.id}/organisations/{twin_id}/merge")
    page = adi.submit(page, "merge-form", {"into": cast.dinsos.uid})
    assert "Digabung." in page.region("notice")
    assert "Dinas Sosial Kota Contoh" not in names(cast)
    with cast.app.app_context():
        assert organisations_by_uid(cast.city.id)[twin_uid].uid == cast.dinsos.uid
        assert find_organisation(cast.city.id, twin_uid) is None
    assert adi.get(f"/regions/{cast.city.id}/organisations/{twin_id}/edit").status == 404


def test_chains_of_merges_end_at_the_one_that_stands(cast: Cast, ctx):
    first = operations.add_organisation(None, cast.city.id, "Satu", "opd")
    second = operations.add_organisation(None, cast.city.id, "Dua", "opd")
    first_uid, second_uid = first.uid, second.uid
    operations.merge_organisation(cast.adi, cast.city.id, first_uid, second_uid)
    operations.merge_organisation(cast.adi, cast.city.id, second_uid, cast.ministry.uid)
    for uid in (first_uid, second_uid):
        assert organisations_by_uid(cast.city.id)[uid].uid == cast.ministry.uid


def test_an_operator_answers_for_all_names_of_the_merged_office(cast: Cast, ctx):
    twin = operations.add_organisation(None, cast.city.id, "Dinsos lama", "opd").uid
    operations.merge_organisation(cast.adi, cast.city.id, cast.dinsos.uid, twin)
    assert offices_of(cast.oki, cast.city.id, 1, Role.OPERATOR) == {cast.dinsos.uid, twin}


def test_nothing_merges_with_itself_or_with_what_is_not_seen(cast: Cast, adi):
    path = f"/regions/{cast.city.id}/organisations/{cast.dinsos.id}/merge"
    adi.get("/account")
    for into in ("", cast.dinsos.uid, cast.foreign_office.uid, "x", "\x00", "x" * 9000):
        page = adi.post(path, {"into": into, "act_key": into[:9]})
        assert page.status == 422, into
        assert page.has_region("f-into-error")


def test_national_and_foreign_ones_cannot_be_touched(cast: Cast, adi):
    adi.get("/account")
    for one in (cast.ministry, cast.foreign_office):
        for act in ("edit", "merge"):
            path = f"/regions/{cast.city.id}/organisations/{one.id}/{act}"
            assert (adi.get(path).status, adi.post(path, {"name": "Milik saya", "kind": "opd"}).status) == (
                404,
                404,
            )
    assert adi.get(f"/regions/{cast.city.id}/organisations/987654/edit").status == 404


def test_nobody_adds_a_national_one_from_a_page(cast: Cast, ctx):
    with pytest.raises(NotThere):
        operations.add_organisation(cast.adi, None, "Kementerian Baru", "lembaga_nasional")


@pytest.mark.parametrize("name", ["rina", "oki", "maria", "wali"])
def test_the_team_may_not(cast: Cast, client, name):
    client.sign_in(getattr(cast, name))
    assert client.get(f"/regions/{cast.city.id}/organisations").status == 403
    sent = {"name": "Dinas Baru", "kind": "opd"}
    assert client.post(f"/regions/{cast.city.id}/organisations/new", sent).status == 403


def test_it_is_written_down_without_names(cast: Cast, adi):
    add(adi, cast, "Dinas Perhubungan")
    with cast.app.app_context():
        rows = db.session.scalars(
            select(Audit).where(Audit.actor_uid == cast.adi.uid, Audit.verb.like("organisation%"))
        ).all()
        assert [(row.verb, row.payload, row.region_id) for row in rows] == [
            ("organisation-added", {}, cast.city.id)
        ]
