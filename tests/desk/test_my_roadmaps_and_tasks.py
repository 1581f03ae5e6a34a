"""What concerns one person over all regions: the roadmaps they take part in, what waits for them, what was not saved."""

from roadmap.extensions import db
from roadmap.history.models import KeptWords
from roadmap.review import operations as review_verbs
from roadmap.work import unit_of_work
from tests.cast import Cast, sign_in
from tests.factories import a_roadmap, an_action
from tests.page import LookingClient
from tests.plans import a_plan
from tests.queries import queries


def test_rina_sees_her_citys_roadmaps_and_whose_turn_it_is(cast: Cast, client: LookingClient) -> None:
    a_roadmap(cast, title="Peta Jalan Contoh")
    a_roadmap(cast, by=cast.eka, title="Peta Jalan Lain")
    sign_in(client, cast.rina)
    page = client.get("/roadmaps")
    rows = page.all(".rows > li")
    assert len(rows) == 1
    assert "Peta Jalan Contoh" in rows[0]
    assert "Giliran Anda" in rows[0]
    assert "Tahap 1 dari 5: Menyusun." in rows[0]
    assert page.link("Buat peta jalan Kota Contoh") == f"/regions/{cast.city.id}/roadmaps/new"


def test_a_mentor_reads_daerah_dampingan_and_is_not_asked_to_write(cast: Cast, client: LookingClient) -> None:
    a_roadmap(cast)
    sign_in(client, cast.maria)
    page = client.get("/roadmaps")
    assert page.heading == "Daerah dampingan"
    assert "Giliran Anda" not in page
    assert not [words for words in page.links if words.startswith("Buat")]


def test_who_sees_no_draft_is_told_why_the_list_is_empty(cast: Cast, client: LookingClient) -> None:
    a_roadmap(cast, title="Rahasia kota")
    sign_in(client, cast.adi)
    page = client.get("/roadmaps")
    assert "Tidak ada naskah untuk dibaca dari akun ini." in page
    assert "Rahasia kota" not in page
    sign_in(client, cast.nina)
    page = client.get("/roadmaps")
    assert "Anda belum tergabung di daerah mana pun." in page
    assert client.get(page.link("Baca yang sudah terbit")).status == 200


def test_as_many_queries_for_many_roadmaps_as_for_one(cast: Cast, client: LookingClient) -> None:
    sign_in(client, cast.maria)
    counts: list[list[int]] = []
    for _ in range(2):
        for _ in range(4 if counts else 1):
            roadmap = a_roadmap(cast)
            an_action(cast, roadmap)
        row = []
        for page in ("/roadmaps", "/tasks"):
            client.raw.get(page).close()
            with queries(client.app) as asked:
                client.raw.get(page).close()
            row.append(len(asked))
        counts.append(row)
    assert counts[0] == counts[1]


def test_tasks_are_grouped_by_whose_turn_it_is(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, title="Peta Jalan Contoh", problems=1, actions=1, modalities=1, loose=0)
    sign_in(client, cast.rina)
    page = client.get("/tasks")
    assert [heading.text.split(" ")[0] for heading in page.region("main").all("h2")] == ["Giliran"]
    with client.app.app_context():
        review_verbs.submit(cast.rina, roadmap.id)
    page = client.get("/tasks")
    assert "Tidak ada yang menunggu Anda." in page
    assert [heading.text for heading in page.region("main").all("h2")] == ["Menunggu orang lain"]
    mentors = client.another()
    sign_in(mentors, cast.maria)
    page = mentors.get("/tasks")
    row = page.region("main").one(".rows > li")
    assert "menunggu telaah Anda" in row
    assert "Peta Jalan Contoh · Kota Contoh" in row
    assert page.one(".top-tasks .count").text == "1"
    (button,) = row.links.values()
    assert mentors.get(button, follow=True).status == 200


def test_words_that_were_not_saved_wait_among_the_tasks(cast: Cast, client: LookingClient) -> None:
    with client.app.app_context(), unit_of_work():
        kept = KeptWords(
            person_id=cast.yusuf.id, values={"title": ["Ketikan Yusuf"]}, cause="session", address="/roadmaps"
        )
        db.session.add(kept)
        db.session.flush()
        uid = kept.uid
    sign_in(client, cast.yusuf)
    page = client.get("/tasks")
    row = page.region("main").one(".rows > li")
    assert "Sesi berakhir sebelum tersimpan." in row
    assert list(row.links.values()) == [f"/kept-words/{uid}"]
    assert page.one(".top-tasks .count").text == "1"
    others = client.another()
    sign_in(others, cast.rina)
    assert "Sesi berakhir sebelum tersimpan" not in others.get("/tasks")


def test_nothing_waiting_is_said_kindly(cast: Cast, client: LookingClient) -> None:
    sign_in(client, cast.yusuf)
    page = client.get("/tasks")
    assert "Tidak ada yang menunggu Anda." in page
    assert not page.has(".top-tasks")


def test_nobody_has_tasks_or_roadmaps_without_signing_in(client: LookingClient) -> None:
    for address in ("/tasks", "/roadmaps"):
        assert client.get(address).status in {302, 303, 401}
