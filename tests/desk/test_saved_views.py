"""Ways of looking at a roadmap that a person keeps by name; and the view that the device remembers."""

from sqlalchemy import select

from roadmap.desk.models import SavedView
from roadmap.desk.operations import MOST_VIEWS, save_view
from roadmap.extensions import db
from roadmap.history.models import Roadmap
from tests.cast import Cast, sign_in
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient, Page


def two(cast: Cast) -> Roadmap:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Berjalan", status="berjalan")
    an_action(cast, roadmap, title="Belum", status="belum_mulai")
    return roadmap


def keep(client: LookingClient, roadmap: Roadmap, name: str, query: str = "status=berjalan") -> Page:
    page = client.get(f"/roadmaps/{roadmap.id}?{query}")
    return client.submit(page, f"/roadmaps/{roadmap.id}/views", {"name": name})


def kept(page: Page) -> dict[str, str]:
    return {link.text: link["href"] for link in page.all(".saved a")}


def test_rina_keeps_a_way_of_looking_and_finds_it_above(cast: Cast, client: LookingClient) -> None:
    roadmap = two(cast)
    sign_in(client, cast.rina)
    page = keep(client, roadmap, "  Yang   berjalan ")
    assert page.address == f"/roadmaps/{roadmap.id}?status=berjalan"
    assert page.title.startswith("Tersimpan:")
    assert "hanya Anda yang melihat namanya" in page.region("notice")
    assert kept(page) == {"Yang berjalan": f"/roadmaps/{roadmap.id}?status=berjalan#outline-heading"}
    assert page.has('.saved a[aria-current="page"]')
    whole = client.get(f"/roadmaps/{roadmap.id}")
    assert list(kept(whole)) == ["Yang berjalan"]
    assert not whole.has('.saved a[aria-current="page"]')


def test_the_same_name_again_means_the_newer_way(cast: Cast, client: LookingClient) -> None:
    roadmap = two(cast)
    sign_in(client, cast.rina)
    keep(client, roadmap, "Milik saya")
    page = keep(client, roadmap, "Milik saya", "status=belum_mulai&view=tabel&urut=-pagu&halaman=2")
    assert kept(page) == {
        "Milik saya": f"/roadmaps/{roadmap.id}?status=belum_mulai&view=tabel&urut=-pagu#outline-heading"
    }


def test_she_removes_it_where_it_is_open(cast: Cast, client: LookingClient) -> None:
    roadmap = two(cast)
    sign_in(client, cast.rina)
    page = keep(client, roadmap, "Milik saya")
    assert not page.has_form(f"/roadmaps/{roadmap.id}/views")
    page = client.submit(page, "/removal")
    assert page.address == f"/roadmaps/{roadmap.id}"
    assert kept(page) == {}


def test_nobody_else_sees_it_or_removes_it(cast: Cast, client: LookingClient) -> None:
    roadmap = two(cast)
    sign_in(client, cast.rina)
    keep(client, roadmap, "Milik saya")
    with cast.app.app_context():
        uid = db.session.scalars(select(SavedView.uid)).one()
    for name in ("dodi", "maria", "eka", "adi"):
        other = client.another()
        sign_in(other, getattr(cast, name))
        page = other.get(f"/roadmaps/{roadmap.id}")
        assert "Milik saya" not in page.text
        other.get("/help")
        other.post(f"/roadmaps/{roadmap.id}/views/{uid}/removal")
    with cast.app.app_context():
        assert db.session.scalars(select(SavedView.name)).all() == ["Milik saya"]


def test_who_does_not_see_the_roadmap_keeps_nothing_of_it(cast: Cast, client: LookingClient) -> None:
    roadmap = two(cast)
    sign_in(client, cast.eka)
    client.get("/help")
    assert (
        client.post(f"/roadmaps/{roadmap.id}/views", {"name": "x", "query": "status=berjalan"}).status == 404
    )


def test_only_what_asks_to_look_is_kept_of_an_address(cast: Cast, client: LookingClient) -> None:
    roadmap = two(cast)
    sign_in(client, cast.rina)
    client.get("/help")
    hostile = "status=berjalan&next=//evil.example&halaman=4&view=x&cari=%00%3Cscript%3E&javascript:alert(1)"
    page = client.post(f"/roadmaps/{roadmap.id}/views", {"name": "<b>x</b>", "query": hostile}, follow=True)
    assert kept(page) == {
        "<b>x</b>": f"/roadmaps/{roadmap.id}?cari=%3Cscript%3E&status=berjalan#outline-heading"
    }


def test_a_name_is_needed_and_there_are_not_too_many(cast: Cast, client: LookingClient) -> None:
    roadmap = two(cast)
    with cast.app.app_context():
        for number in range(MOST_VIEWS):
            save_view(cast.rina, roadmap.id, f"Tampilan {number}", "status=berjalan")
    sign_in(client, cast.rina)
    client.get("/help")
    for name, words in (
        ("", "Tulis nama pendek"),
        ("x" * 61, "Tulis nama pendek"),
        ("Satu lagi", "Sudah ada 30 tampilan"),
    ):
        page = client.post(f"/roadmaps/{roadmap.id}/views", {"name": name, "query": "status=berjalan"})
        assert (page.status, words in page.text) == (422, True), name
    page = client.post(
        f"/roadmaps/{roadmap.id}/views", {"name": "Tampilan 3", "query": "tahun=2026"}, follow=True
    )
    assert page.status == 200


def test_pressing_twice_keeps_it_once(cast: Cast, client: LookingClient) -> None:
    roadmap = two(cast)
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}?status=berjalan")
    for _ in range(2):
        assert len(kept(client.submit(page, f"/roadmaps/{roadmap.id}/views", {"name": "Milik saya"}))) == 1


def test_the_device_remembers_the_view_of_the_person_who_chose_it(cast: Cast, client: LookingClient) -> None:
    roadmap = two(cast)
    sign_in(client, cast.rina)
    assert client.get(f"/roadmaps/{roadmap.id}").has(".outline-rangkaian")
    client.get(f"/roadmaps/{roadmap.id}?view=kantor")
    assert client.get(f"/roadmaps/{roadmap.id}").has(".outline-kantor")
    assert client.get(f"/roadmaps/{roadmap.id}?view=nonsens").has(".outline-rangkaian")
    assert client.get(f"/roadmaps/{roadmap.id}").has(".outline-kantor")
    client.get(f"/roadmaps/{roadmap.id}?view=rangkaian")
    assert client.get(f"/roadmaps/{roadmap.id}").has(".outline-rangkaian")
    client.get(f"/roadmaps/{roadmap.id}?view=tabel")
    sign_in(client, cast.dodi)  # at the same device
    assert client.get(f"/roadmaps/{roadmap.id}").has(".outline-rangkaian")
