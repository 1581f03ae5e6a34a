"""Adi looks at the offices that tables named: keeps them, mends them, merges them with what the register had."""

import pytest
from sqlalchemy import select

from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from roadmap.people import operations
from roadmap.people.models import Audit, Organisation, new_uid
from roadmap.people.queries import organisations_by_uid
from tests.cast import Cast
from tests.factories import a_roadmap

NAME = "Din. Sosial"


@pytest.fixture
def uid(cast: Cast, app) -> str:
    with app.app_context():
        roadmap, uid = a_roadmap(cast), new_uid()
        operations.propose_organisation(cast.rina, roadmap.id, NAME, uid=uid)
    return uid


@pytest.fixture
def page(cast: Cast, client, uid: str):
    client.sign_in(cast.adi)
    return client.get(f"/regions/{cast.city.id}/organisations")


def _office(uid: str) -> Organisation:
    db.session.rollback()
    return db.session.scalars(select(Organisation).where(Organisation.uid == uid)).one()


def test_what_tables_proposed_stands_first_with_what_it_looks_like(page) -> None:
    section = page.one("section[aria-labelledby=proposed-heading]")
    assert "Diusulkan dari impor" in section.text
    assert NAME in section.text
    assert "Mirip dengan: Dinas Sosial" in section.text
    assert page.text.index(NAME) < page.text.index("Perkumpulan Contoh Setara")


def test_adi_keeps_it(cast: Cast, client, page, uid: str) -> None:
    with client.app.app_context():
        form = f"keep-{_office(uid).id}"
    after = client.submit(page, form)
    assert "Dipertahankan" in after.region("notice").text
    assert "Diusulkan dari impor" not in after.text
    with client.app.app_context():
        assert not _office(uid).is_proposed
        assert "organisation-kept" in db.session.scalars(select(Audit.verb)).all()


def test_adi_mends_it_and_has_looked_at_it(cast: Cast, app, uid: str) -> None:
    with app.app_context():
        operations.change_organisation(cast.adi, cast.city.id, uid, "Dinas Sosial dan PPA", "opd")
        assert (_office(uid).name, _office(uid).is_proposed) == ("Dinas Sosial dan PPA", False)


def test_saved_as_it_is_it_is_kept(cast: Cast, app, uid: str) -> None:
    with app.app_context():
        operations.change_organisation(cast.adi, cast.city.id, uid, NAME, "opd")
        assert not _office(uid).is_proposed


def test_adi_merges_it_with_what_the_register_had(cast: Cast, app, uid: str) -> None:
    with app.app_context():
        operations.merge_organisation(cast.adi, cast.city.id, uid, cast.dinsos.uid)
        assert organisations_by_uid(cast.city.id)[uid].uid == cast.dinsos.uid
        assert not _office(uid).is_proposed


def test_only_drafters_propose_and_only_the_administrator_keeps(cast: Cast, app, uid: str) -> None:
    with app.app_context():
        roadmap = a_roadmap(cast)
        for name in ("oki", "yusuf", "maria"):
            with pytest.raises(NotAllowed):
                operations.propose_organisation(getattr(cast, name), roadmap.id, "Dinas X", uid=new_uid())
        for name in ("adi", "eka"):
            with pytest.raises((NotThere, NotAllowed)):
                operations.propose_organisation(getattr(cast, name), roadmap.id, "Dinas X", uid=new_uid())
        with pytest.raises(NotAllowed):
            operations.keep_organisation(cast.rina, cast.city.id, uid)
        with pytest.raises(NotValid):
            operations.propose_organisation(cast.rina, roadmap.id, "dinas  sosial", uid=new_uid())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Dinas Perumahan", "opd"),
        ("Bagian Hukum Setda", "bagian_setda"),
        ("Kecamatan Utara", "kecamatan"),
        ("Kantor Kementerian Agama", "vertikal"),
        ("Kementerian Agama", "lembaga_nasional"),
        ("Yayasan Peduli", "oms"),
        ("HWDI Kota Contoh", "opdis"),
        ("Universitas Contoh", "akademisi"),
        ("Kelompok Doa", "lainnya"),
    ],
)
@pytest.mark.engines("sqlite")
def test_its_kind_is_guessed_from_its_name(cast: Cast, app, name: str, kind: str) -> None:
    with app.app_context():
        roadmap = a_roadmap(cast)
        assert operations.propose_organisation(cast.rina, roadmap.id, name, uid=new_uid()).kind == kind
