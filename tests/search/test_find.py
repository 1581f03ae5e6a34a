"""Finding in a roadmap: titles, texts and owners, on the page and by the question put to the index."""

from typing import Any

import pytest

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people import operations as people_verbs
from roadmap.search.queries import find
from roadmap.search.rules import read_question
from tests.cast import Cast, sign_in
from tests.factories import a_modality, a_problem, a_roadmap, a_section, an_action, an_indicator
from tests.page import LookingClient, Page
from tests.plans import a_plan
from tests.queries import queries


def ask(client: LookingClient, roadmap: Roadmap, words: str, **more: Any) -> Page:
    return client.get(f"/roadmaps/{roadmap.id}/search", query_string={"cari": words, **more})


def found(page: Page) -> list[str]:
    return [link.text for link in page.all(".hits a.item-link")]


def marked(page: Page) -> list[str]:
    return [mark.text for mark in page.all(".hits mark")]


def heading(page: Page) -> str:
    return page.region("search-heading").text


def test_yusuf_finds_an_action_by_a_word_of_its_title(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(cast, roadmap, title="Pelatihan petugas puskesmas")
    an_action(cast, roadmap, title="Rumah aman")
    sign_in(client, cast.yusuf)
    page = ask(client, roadmap, "petugas")
    assert heading(page) == "1 hasil untuk ‘petugas’"
    assert found(page) == ["Pelatihan petugas puskesmas"]
    assert marked(page) == ["petugas"]
    assert page.link("Pelatihan petugas puskesmas") == f"/actions/{action.id}"


def test_a_hit_in_a_text_shows_the_piece_and_leads_to_the_field(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    action = an_action(
        cast, roadmap, title="Rumah aman", expected_result="**Setiap** korban mendapat *juru bahasa* isyarat."
    )
    sign_in(client, cast.rina)
    page = ask(client, roadmap, "isyarat")
    assert (
        page.one(".snippet").text == "Hasil yang ingin dicapai: Setiap korban mendapat juru bahasa isyarat."
    )
    assert page.link("Rumah aman") == f"/actions/{action.id}#action-{action.id}-expected_result"
    assert client.get(page.link("Rumah aman")).has_region(f"action-{action.id}-expected_result")


def test_everything_that_was_written_is_found_kind_by_kind(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast, title="Peta jalan zaitun")
    a_section(cast, roadmap, title="Latar", body="tentang zaitun")
    a_modality(cast, roadmap, title="Modalitas", description="zaitun")
    a_problem(cast, roadmap, title="Masalah", cause="kurang zaitun")
    action = an_action(cast, roadmap, title="Aksi zaitun", subactivity_codes=["2.08.03.2.02.0001"])
    an_indicator(cast, action, title="Banyaknya zaitun")
    sign_in(client, cast.maria)
    page = ask(client, roadmap, "zaitun")
    assert [one.text for one in page.all(".hits h3")] == [
        "Rencana aksi 1",
        "Permasalahan 1",
        "Modalitas 1",
        "Indikator 1",
        "Bab 1",
        "Sampul 1",
    ]
    assert found(page) == [
        "Aksi zaitun",
        "Masalah",
        "Modalitas",
        "Banyaknya zaitun",
        "Latar",
        "Peta jalan zaitun",
    ]
    assert found(ask(client, roadmap, "2.08.03.2.02.0001")) == ["Aksi zaitun"]


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("pelayanan", True),  # melayani stands there
        ("MELAYANI", True),
        ("melay", True),  # the last word may go on
        ("melay warga", False),
        ("warga melayani", True),
        ("warga lansia", True),
        ("warga bayi", False),
        ("resume", True),  # résumé
        ("“melayani”, (warga)!", True),
    ],
)
def test_affixes_beginnings_case_accents_and_order_do_not_matter(
    cast: Cast, typed: str, is_found: bool
) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Melayani warga lansia", description="Sebuah résumé.")
    with cast.app.app_context():
        there = db.session.get_one(Roadmap, roadmap.id)
        assert find(cast.rina, there, read_question(typed), kind=None, size=20, number=1).total == is_found


def test_those_with_the_word_in_the_title_come_first(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Pertama", description="tentang halte")
    an_action(cast, roadmap, title="Kedua")
    an_action(cast, roadmap, title="Halte yang ramah")
    sign_in(client, cast.rina)
    assert found(ask(client, roadmap, "halte")) == ["Halte yang ramah", "Pertama"]


def test_owners_are_found_by_name_and_abbreviation(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Dipimpin", lead=cast.kominfo)
    an_action(cast, roadmap, title="Didukung", lead=cast.dinsos, supporting=[cast.kominfo])
    a_modality(cast, roadmap, title="Dimiliki", owner=cast.kominfo)
    an_action(cast, roadmap, title="Yang lain", lead=cast.dinsos)
    sign_in(client, cast.yusuf)
    page = ask(client, roadmap, "komunikasi")
    assert found(page) == ["Dipimpin", "Didukung", "Dimiliki"]
    assert page.all(".snippet")[0].text == "Penanggung jawab: Dinas Komunikasi dan Informatika"
    assert found(ask(client, roadmap, "kominfo")) == ["Dipimpin", "Didukung", "Dimiliki"]
    assert found(ask(client, roadmap, "dipimpin komunikasi")) == ["Dipimpin"]


def test_a_renamed_office_is_found_by_its_new_name_only(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Kanal pengaduan", lead=cast.kominfo)
    with cast.app.app_context():
        people_verbs.change_organisation(
            cast.adi, cast.city.id, cast.kominfo.uid, "Dinas Digital", "opd", abbreviation="Disdig"
        )
    sign_in(client, cast.rina)
    assert found(ask(client, roadmap, "digital")) == ["Kanal pengaduan"]
    assert found(ask(client, roadmap, "informatika")) == []


def test_a_merged_office_is_found_by_the_name_of_the_one_that_stands(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Kanal pengaduan", lead=cast.kominfo)
    with cast.app.app_context():
        people_verbs.merge_organisation(cast.adi, cast.city.id, cast.kominfo.uid, cast.bappeda.uid)
    sign_in(client, cast.rina)
    assert found(ask(client, roadmap, "perencanaan")) == ["Kanal pengaduan"]
    assert found(ask(client, roadmap, "informatika")) == []


def test_the_address_filters_by_kind_and_says_how_many_of_each_there_are(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Halte")
    a_problem(cast, roadmap, title="Belum ada halte")
    sign_in(client, cast.rina)
    page = ask(client, roadmap, "halte")
    assert [link.text for link in page.all(".views a")] == ["Semua 2", "Rencana aksi 1", "Permasalahan 1"]
    page = client.follow(page, "Permasalahan 1")
    assert page.address == f"/roadmaps/{roadmap.id}/search?cari=halte&jenis=problem"
    assert (heading(page), found(page)) == ("1 hasil untuk ‘halte’", ["Belum ada halte"])
    empty = ask(client, roadmap, "halte", jenis="modality")
    assert heading(empty) == "Tidak ada yang cocok dengan ‘halte’."
    assert found(client.follow(empty, "Hapus saringan")) == ["Halte", "Belum ada halte"]


def test_many_hits_come_a_page_at_a_time(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=0, actions=45, modalities=0, indicators=0)
    sign_in(client, cast.rina)
    page = ask(client, roadmap, "warga", jenis="action")
    assert len(found(page)) == 20
    assert heading(page) == "45 hasil untuk ‘warga’, halaman 1 dari 3"
    seen = (
        found(page)
        + found(client.follow(page, "Berikutnya"))
        + found(ask(client, roadmap, "warga", jenis="action", halaman=3))
    )
    assert len(set(seen)) == 45
    assert found(ask(client, roadmap, "warga", jenis="action", halaman=99)) == found(
        ask(client, roadmap, "warga", jenis="action", halaman=3)
    )


def test_nothing_found_says_so_and_how_to_go_on(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    sign_in(client, cast.rina)
    page = ask(client, roadmap, "rumah aman")
    assert heading(page) == "Tidak ada yang cocok dengan ‘rumah aman’."
    empty = client.follow(page, "Kosongkan pencarian")
    assert empty.address == f"/roadmaps/{roadmap.id}/search"
    assert "Tulis satu atau beberapa kata." in empty.region("search-results")


HOSTILE = [
    '"',
    "'",
    '"""',
    "AND",
    "OR NOT",
    "a AND b OR",
    "NEAR(a b, 5)",
    "title:rahasia",
    "{title} : x",
    "*",
    "a*",
    "^a",
    "-a",
    "(((((((((((((((((((((",
    "a & b | !c <-> d:*AB",
    "\\",
    "%_",
    "; DROP TABLE search_words; --",
    "\x00halte",
    "\u202ehalte",
    "\ud800",
    "🙂🙂",
    "مدينة حقوق الإنسان",
    "城市人权",
    "a" * 10_000,
    "ab " * 5_000,
    "{{ 7*7 }}<script>alert(1)</script>",
    "1e5 0x1f 12abc 3.14",
]


def test_whatever_is_typed_is_answered(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Halte", lead=cast.dinsos)
    sign_in(client, cast.rina)
    for words in HOSTILE:
        typed = words.encode(errors="surrogatepass")
        for more in ({}, {"jenis": typed, "halaman": "-1"}):
            page = client.get(f"/roadmaps/{roadmap.id}/search", query_string={"cari": typed, **more})
            assert page.status == 200, words
            assert not page.has("script:not([src])"), words
    assert found(ask(client, roadmap, "\x00halte")) == ["Halte"]


def test_what_was_found_is_escaped_and_only_our_marks_stand_in_it(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    hostile = "<mark>halte</mark> <script>alert('halte')</script> <img src=x onerror=halte>"
    an_action(cast, roadmap, title=hostile, description=f"{hostile}\n\n[x](javascript:halte)")
    sign_in(client, cast.yusuf)
    page = ask(client, roadmap, "halte")
    assert found(page) == [hostile]
    assert set(marked(page)) == {"halte"}
    assert [tag.tag.name for tag in page.one(".hits ol").all("script, img")] == []


def test_with_script_the_answers_alone_come_back(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Halte")
    sign_in(client, cast.rina)
    part = client.get(f"/roadmaps/{roadmap.id}/search?cari=hal", htmx="search-results")
    assert not part.is_whole
    assert part.one("section#search-results").has("[data-announce]")
    assert found(part) == ["Halte"]


def test_only_who_sees_the_roadmap_searches_it(cast: Cast, client: LookingClient) -> None:
    roadmap = a_roadmap(cast)
    an_action(cast, roadmap, title="Halte")
    for name, status in (
        ("rina", 200),
        ("oki", 200),
        ("yusuf", 200),
        ("maria", 200),
        ("wali", 200),
        ("sari", 200),
        ("adi", 404),
        ("eka", 404),
        ("nina", 404),
    ):
        reader = client.another()
        sign_in(reader, getattr(cast, name))
        assert ask(reader, roadmap, "halte").status == status, name


def test_another_regions_words_and_another_roadmaps_are_never_found(
    cast: Cast, client: LookingClient
) -> None:
    own, other, foreign = a_roadmap(cast), a_roadmap(cast, title="Yang lama"), a_roadmap(cast, by=cast.eka)
    for roadmap, by in ((own, cast.rina), (other, cast.rina), (foreign, cast.eka)):
        an_action(cast, roadmap, by=by, title=f"Halte {roadmap.id}")
    sign_in(client, cast.rina)
    assert found(ask(client, own, "halte")) == [f"Halte {own.id}"]
    assert found(ask(client, other, "halte")) == [f"Halte {other.id}"]
    sign_in(client, cast.eka)
    assert found(ask(client, foreign, "halte")) == [f"Halte {foreign.id}"]
    assert found(ask(client, foreign, "sosial")) == []


def test_the_number_of_questions_to_the_database_does_not_grow(cast: Cast, client: LookingClient) -> None:
    small = a_plan(cast, problems=1, actions=1, modalities=1)
    large = a_plan(cast, problems=9, actions=34, modalities=12)
    sign_in(client, cast.rina)
    counts = []
    for roadmap in (small, large):
        with queries(cast.app) as asked:
            part = client.get(f"/roadmaps/{roadmap.id}/search?cari=warga", htmx="search-results")
        assert len(found(part)) >= 1
        counts.append(len(asked))
    assert counts[0] == counts[1]
