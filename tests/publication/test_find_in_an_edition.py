"""Finding in an edition: words and their roots, groups, rights, offices, years, places, states, in addresses to pass on."""

import pytest

from roadmap.history.models import Roadmap
from roadmap.people.models import Organisation
from roadmap.publication.matching import asked_forms, matches, searchable
from roadmap.publication.shelf import Shelf
from tests import factories
from tests.cast import Cast
from tests.page import LookingClient, Page
from tests.plans import a_plan, adopted

DOCUMENT = "/p/kota-contoh/peta-jalan-kota-contoh-2026-2030"


def a_city(cast: Cast) -> Roadmap:
    """Four actions that differ in everything that can be asked for."""
    roadmap = factories.a_roadmap(cast)
    the_one = factories.a_problem(cast, roadmap, title="Warga tuli tidak terlayani")
    deeds: list[tuple[str, str, Organisation, str, str, str | None]] = [
        ("Melatih petugas puskesmas", "Kelurahan Melati", cast.dinsos, "2026-01-01", "2026-12-31", "selesai"),
        ("Membuka rumah aman", "Seluruh kecamatan", cast.kominfo, "2027-01-01", "2028-12-31", "berjalan"),
        ("Pelatihan juru bahasa isyarat", "Desa Kemuning", cast.dinsos, "2026-06-01", "2027-12-31", None),
        ("Menyediakan loket", "", cast.bappeda, "2030-01-01", "2030-12-31", "belum_mulai"),
    ]
    for title, area, lead, start, end, status in deeds:
        factories.an_action(
            cast, roadmap, title=title, area=area, lead=lead, starts_on=start, ends_on=end, status=status,
            problems=[the_one] if area.startswith("Desa") else [],
        )  # fmt: skip
    adopted(cast, roadmap)
    return roadmap


def found(page: Page) -> list[str]:
    return [one.text.split(" ", 1)[1] for one in page.all('[id^="kerja-"] h3')]


QUESTIONS: dict[str, list[str]] = {
    "cari=latih": ["Pelatihan juru bahasa isyarat", "Melatih petugas puskesmas"],
    "cari=PELATIHAN": ["Pelatihan juru bahasa isyarat", "Melatih petugas puskesmas"],
    "cari=tuli": ["Pelatihan juru bahasa isyarat"],
    "cari=rumah+aman": ["Membuka rumah aman"],
    "kantor=dinas-sosial": ["Pelatihan juru bahasa isyarat", "Melatih petugas puskesmas"],
    "tahun=2028": ["Membuka rumah aman"],
    "status=belum-mulai": ["Menyediakan loket"],
    # What holds for all places holds for this one.
    "wilayah=kemuning": ["Pelatihan juru bahasa isyarat", "Membuka rumah aman"],
    "kantor=dinas-sosial&tahun=2027": ["Pelatihan juru bahasa isyarat"],
}


@pytest.mark.engines("sqlite")  # the document is read, no engine finds anything
def test_a_question_in_an_address_finds_what_fits(cast: Cast, client: LookingClient) -> None:
    a_city(cast)
    for question, titles in QUESTIONS.items():
        page = client.get(f"{DOCUMENT}?{question}")
        assert found(page) == titles, question
        assert f"{len(titles)} dari 4 hal cocok dengan:" in page
    nothing = client.get(f"{DOCUMENT}?kantor=dinas-sosial&cari=loket")
    assert "Tidak ada yang cocok dengan “loket”, “Dinas Sosial”." in nothing
    assert len(found(client.follow(nothing, "Hapus saringan"))) == 4
    unknown = client.get(f"{DOCUMENT}?tahun=1066&kantor=entah&cari=%21")
    assert len(found(unknown)) == 4
    assert not unknown.has(".asked")


@pytest.mark.engines("sqlite")  # the same
def test_a_form_without_script_leads_to_an_address_to_pass_on(cast: Cast, client: LookingClient) -> None:
    a_city(cast)
    page = client.get(f"{DOCUMENT}?bahasa=en")
    form = page.all("form.asking")[0]
    page = client.submit(page, form["action"], {"cari": "latih", "tahun": "2027"})
    assert page.path == DOCUMENT
    assert set(page.address.partition("?")[2].split("&")) == {"bahasa=en", "cari=latih", "tahun=2027"}
    assert found(page) == ["Pelatihan juru bahasa isyarat"]
    assert page.has('meta[name="robots"][content="noindex"]')
    let_go = client.get(next(url for words, url in page.one(".asked").links.items() if "2027" in words))
    assert found(let_go) == ["Pelatihan juru bahasa isyarat", "Melatih petugas puskesmas"]


@pytest.mark.engines("sqlite")  # the same
def test_a_choice_is_counted_among_what_fits_all_else(cast: Cast, client: LookingClient) -> None:
    a_city(cast)
    page = client.get(f"{DOCUMENT}?tahun=2027&cari=juru")
    assert [one.text for one in page.region("saring-tahun").all("option")] == [
        "Semua tahun",
        "2026 (1)",
        "2027 (1)",
    ]
    assert [one.text for one in page.region("saring-kantor").all("option")][1:] == ["Dinas Sosial (1)"]


@pytest.mark.parametrize(
    ("text", "typed", "is_found"),
    [
        ("Melatih petugas", "latih", True),
        ("Menulis laporan", "tulis", True),
        ("Penyuluhan hukum", "suluh", True),
        ("Pengaduan warga", "aduan", True),
        ("Keamanan kampung", "aman", True),
        ("Menanam tanaman", "aman", False),
        ("Perempuan pesisir", "PÉREMPUAN", True),
        ("Rumah singgah", "rumah aman", False),
    ],
)
def test_words_are_found_by_their_roots(text: str, typed: str, is_found: bool) -> None:
    assert matches(searchable([text]), asked_forms(typed)) is is_found


@pytest.mark.engines("sqlite")  # the memory of a process knows no engine
def test_the_shelf_is_short_and_may_be_empty(cast: Cast, client: LookingClient) -> None:
    from roadmap.extensions import db
    from roadmap.history.models import Edition

    edition_id = adopted(cast, a_plan(cast, problems=1, actions=2, modalities=0, loose=0)).id
    shelf = Shelf(most=2, most_items=8_000)
    with client.app.app_context():
        edition = db.session.get_one(Edition, edition_id)
        first = shelf.reading_of(edition, "id")
        assert shelf.reading_of(edition, "id") is first
        shelf.reading_of(edition, "en")
        shelf.reading_of(edition, "xx")
        assert shelf.reading_of(edition, "id") is not first
        small = Shelf(most=2, most_items=1)
        assert small.reading_of(edition, "id").title == first.title
        assert small.reading_of(edition, "id") is not small.reading_of(edition, "id")
