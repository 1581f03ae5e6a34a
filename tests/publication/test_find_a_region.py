"""The page on which everything starts: a few regions open, many by province and by a search, never a whole document."""

import re

from flask import Flask

from roadmap.extensions import db
from roadmap.history.models import Edition, Roadmap
from roadmap.people.models import Region
from roadmap.review.models import Adoption
from roadmap.work import unit_of_work
from tests.cast import Cast
from tests.page import LookingClient
from tests.plans import a_plan, adopted
from tests.queries import queries


def a_published_plan(cast: Cast) -> Edition:
    return adopted(cast, a_plan(cast, problems=1, actions=1, modalities=1, loose=0))


def many_more(app: Flask, edition_id: int, count: int) -> None:
    """Write more regions with the same edition, as installations for a whole country have them."""
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Edition, edition_id)
        adoption = db.session.query(Adoption).filter_by(edition_id=edition_id).one()
        document, digest, person_id = one.document, one.digest, adoption.person_id
        for n in range(count):
            region = Region(slug=f"kota-{n}", kind="kota", name=f"Nomor {n}", province=f"Provinsi {n % 2}")
            db.session.add(region)
            db.session.flush()
            roadmap = Roadmap(region_id=region.id, slug="peta")
            db.session.add(roadmap)
            db.session.flush()
            edition = Edition(roadmap_id=roadmap.id, number=1, seq=1, digest=digest, document=document)
            db.session.add(edition)
            db.session.flush()
            db.session.add(
                Adoption(
                    edition_id=edition.id, instrument=adoption.instrument, number="1", seq=1,
                    adopted_on=adoption.adopted_on, subject="x", person_id=person_id,
                )
            )  # fmt: skip


def test_a_few_regions_lie_open_by_province(cast: Cast, client: LookingClient) -> None:
    a_published_plan(cast)
    page = client.get("/")
    assert page.heading == "Janji kota dan kabupaten untuk hak asasi setiap warga"
    assert [one.text for one in page.all("h3")] == ["Provinsi Contoh"]
    assert not page.has("form[role=search]")
    document = client.follow(page, "Peta Jalan Kota HAM 2026–2030")
    assert document.path == "/p/kota-contoh/peta-jalan-kota-ham-2026-2030"


def test_many_regions_are_found_by_province_or_by_name(cast: Cast, client: LookingClient) -> None:
    edition = a_published_plan(cast)
    many_more(client.app, edition.id, 130)
    page = client.get("/")
    assert [one.text for one in page.all(".provinces li")] == [
        "Provinsi 0 65 daerah",
        "Provinsi 1 65 daerah",
        "Provinsi Contoh 1 daerah",
    ]
    assert "Nomor 7" not in page
    province = client.follow(page, "Provinsi 1 65 daerah")
    assert province.heading == "Provinsi 1"
    assert len(province.all(".published > li")) == 60
    assert len(client.follow(province, "Berikutnya").all(".published > li")) == 5
    found = client.submit(page, "/p/#hasil", {"cari": "nomor 12"})
    assert found.region("hasil").text == "11 peta jalan cocok dengan “nomor 12”"
    assert {one.text for one in found.all(".published-region")} == {
        f"Kota Nomor {n}" for n in (12, *range(120, 130))
    }
    nothing = client.get("/p/?cari=atlantis")
    assert "Tidak ada yang cocok dengan “atlantis”." in nothing
    assert client.follow(nothing, "Lihat semua daerah").path == "/p/"


def test_the_start_page_asks_as_little_for_many_regions_as_for_few(cast: Cast, client: LookingClient) -> None:
    many_more(client.app, a_published_plan(cast).id, 100)
    for address, most in (("/", 1), ("/p/", 1), ("/p/?provinsi=provinsi-1", 2), ("/p/?cari=nomor", 2)):
        with queries(client.app) as asked:
            client.another().get(address)
        reading = [words for words in asked if words.startswith("SELECT")]
        assert len(reading) == most, address
        # Where titles are shown, the database reads them out of the documents; no document travels.
        assert len([words for words in reading if re.search(r"edition\.document\b", words)]) == most - 1
