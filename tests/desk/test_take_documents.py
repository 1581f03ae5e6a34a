"""What can be taken away from a roadmap: the matrix, the tables, the editions, and where the public reads it."""

from tests.cast import Cast, sign_in
from tests.factories import a_roadmap
from tests.page import LookingClient
from tests.plans import a_plan, adopted, approved


def test_a_draft_offers_matrix_and_tables_and_says_when_editions_come(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    sign_in(client, cast.yusuf)
    page = client.get(f"/roadmaps/{roadmap.id}/documents")
    taken = [url for url in page.region("main").links.values() if url.endswith(".csv") or "/matrix" in url]
    assert len(taken) == 7
    for address in taken:
        assert client.get(address).status == 200
    books = [url for url in page.region("main").links.values() if url.endswith(".xlsx")]
    assert [url.rsplit("/", 1)[1] for url in books] == ["workbook.xlsx", "offices.xlsx", "template.xlsx"]
    for address in books:
        assert client.get(address).body.startswith(b"PK")
    assert "Edisi pertama lahir saat Wali Kota menyetujui rancangan." in page
    assert "Halaman untuk warga terbit setelah sebuah edisi ditetapkan." in page


def test_an_adopted_edition_stands_with_its_instrument_and_its_public_page(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_plan(cast, problems=1, actions=1, modalities=1, loose=0)
    approved(cast, roadmap)
    sign_in(client, cast.yusuf)
    page = client.get(f"/roadmaps/{roadmap.id}/documents")
    assert "Edisi 1" in page
    assert "Belum ditetapkan" in page
    assert "Halaman untuk warga" not in page.links
    second = a_plan(cast, title="Peta Jalan Kedua", problems=1, actions=1, modalities=1, loose=0)
    adopted(cast, second)
    page = client.get(f"/roadmaps/{second.id}/documents")
    assert "Peraturan Wali Kota Nomor 12 Tahun 2026, 1 Juli 2026" in page
    assert client.follow(page, "Halaman untuk warga").heading == "Peta Jalan Kedua"
    assert client.get(page.link("Excel Edisi 1")).body.startswith(b"PK")
    matrix = client.follow(page, "Matriks Edisi 1")
    assert "NOMOR 12 TAHUN 2026" in matrix
    assert "RANCANGAN" not in matrix.one(".annex-sheet")
