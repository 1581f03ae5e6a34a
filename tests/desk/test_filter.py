"""Looking at a part of a plan: by right, group, office, year, status, by what is missing, by words, and by several."""

from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Roadmap
from roadmap.people import operations as people_verbs
from roadmap.plan.models import Term
from tests.browser import PHONE, Pages, barriers
from tests.cast import Cast, sign_in
from tests.desk.at_a_desk import signed_in
from tests.factories import a_modality, a_problem, a_roadmap, an_action, an_indicator
from tests.page import LookingClient, Page
from tests.plans import a_plan
from tests.queries import queries


def terms(cast: Cast, vocabulary: str) -> list[str]:
    with cast.app.app_context():
        return list(
            db.session.scalars(select(Term.uid).where(Term.vocabulary == vocabulary).order_by(Term.place))
        )


@pytest.fixture
def roadmap(cast: Cast) -> Roadmap:
    """Two problems and four actions, each with something of its own."""
    rights, groups = terms(cast, "rights"), terms(cast, "groups")
    roadmap = a_roadmap(cast)
    a_modality(cast, roadmap, title="Perda", owner=cast.dinsos)
    one = a_problem(cast, roadmap, title="Kanal belum ada", rights=[rights[0]])
    two = a_problem(cast, roadmap, title="Halte rusak", rights=[rights[1]], groups=[groups[0]])
    years: dict[str, Any] = {"starts_on": "2026-01-01", "ends_on": "2027-12-31"}
    first = an_action(cast, roadmap, title="Membuka kanal", problems=[one], lead=cast.kominfo, **years)
    an_indicator(cast, first, title="Pengaduan dijawab", unit="persen")
    an_action(
        cast, roadmap, title="Melatih petugas", problems=[one], lead=cast.dinsos, status="berjalan", **years
    )
    an_action(
        cast,
        roadmap,
        title="Memperbaiki halte",
        problems=[two],
        supporting=[cast.dinsos],
        budget={"2029 apbd": 1000},
        status="berjalan",
    )
    an_action(cast, roadmap, title="Tanpa masalah", groups=[groups[1]], starts_on="2028-01-01")
    return roadmap


def look(client: LookingClient, roadmap: Roadmap, **wanted: str) -> Page:
    return client.get(f"/roadmaps/{roadmap.id}", query_string={"view": "rangkaian", **wanted})


def shown(page: Page) -> list[str]:
    return [link.text for link in page.all(".chain h3 a, .chain .chain-actions .item-link")]


def heading(page: Page) -> str:
    return page.region("outline-heading").text


CASES: list[tuple[dict[str, Any], tuple[list[str], str]]] = [
    ({"hak": 0}, (["Kanal belum ada", "1.1 Membuka kanal", "1.2 Melatih petugas"], "1 dari 2, 2 dari 4")),
    ({"kelompok": 0}, (["Halte rusak", "2.1 Memperbaiki halte"], "1 dari 2, 1 dari 4")),
    ({"kelompok": 1}, (["3 Tanpa masalah"], "0 dari 2, 1 dari 4")),
    (
        {"tahun": "2027"},
        (["Kanal belum ada", "1.1 Membuka kanal", "1.2 Melatih petugas"], "1 dari 2, 2 dari 4"),
    ),
    ({"tahun": "2029"}, (["Halte rusak", "2.1 Memperbaiki halte"], "1 dari 2, 1 dari 4")),
    (
        {"status": "berjalan"},
        (
            ["Kanal belum ada", "1.2 Melatih petugas", "Halte rusak", "2.1 Memperbaiki halte"],
            "2 dari 2, 2 dari 4",
        ),
    ),
    (
        {"status": "berjalan", "tahun": "2026"},
        (["Kanal belum ada", "1.2 Melatih petugas"], "1 dari 2, 1 dari 4"),
    ),
    ({"kurang": "no-problem"}, (["3 Tanpa masalah"], "0 dari 2, 1 dari 4")),
    ({"cari": "dijawab"}, (["Kanal belum ada", "1.1 Membuka kanal"], "1 dari 2, 1 dari 4")),
    ({"cari": "halte"}, (["Halte rusak", "2.1 Memperbaiki halte"], "1 dari 2, 1 dari 4")),
    ({"cari": "halte", "hak": 0}, ([], "0 dari 2, 0 dari 4")),
]


@pytest.mark.engines("sqlite")  # a pure function narrows; finding words is tested on both
def test_yusuf_sees_what_fits_and_how_much_of_how_much_it_is(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    lists = {"hak": terms(cast, "rights"), "kelompok": terms(cast, "groups")}
    sign_in(client, cast.yusuf)
    for wanted, (there, counted) in CASES:
        asked = {name: lists[name][value] if name in lists else value for name, value in wanted.items()}
        page = look(client, roadmap, **asked)
        problems, actions = counted.split(", ")
        assert heading(page) == f"Rangkaian: {problems} permasalahan, {actions} rencana aksi", wanted
        assert shown(page) == there, wanted
        assert len(shown(client.follow(page, "Hapus saringan"))) == 6, wanted


def test_an_office_is_meant_with_all_that_was_merged_into_it(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    with cast.app.app_context():
        people_verbs.merge_organisation(cast.adi, cast.city.id, cast.kominfo.uid, cast.dinsos.uid)
    sign_in(client, cast.rina)
    page = look(client, roadmap, kantor=cast.dinsos.uid)
    assert "2 dari 2 permasalahan, 3 dari 4 rencana aksi" in heading(page)
    assert "1 dari 1 modalitas" in page.region("outline")
    offices = page.form(f"/roadmaps/{roadmap.id}#outline-heading").choices("kantor")
    assert sorted(offices.values()) == ["Dinas Sosial", "Semua"]


def test_every_view_and_every_list_keeps_to_the_filter(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    page = look(client, roadmap, status="berjalan")
    table = client.follow(page, "Tabel")
    assert heading(table) == "Tabel: 2 dari 4 rencana aksi"
    assert [row.text for row in table.all(".matrix tbody th")] == [
        "1.2 Melatih petugas",
        "2.1 Memperbaiki halte",
    ]
    assert "status=berjalan" in table.link("Aksi")
    offices = client.follow(table, "Per kantor")
    assert heading(offices) == "Per kantor: 2 dari 4 rencana aksi"
    actions = client.get(f"/roadmaps/{roadmap.id}/actions?status=berjalan")
    assert [one.text for one in actions.region("slot-part-list").all("h2")] == [
        "1.2 Melatih petugas",
        "2.1 Memperbaiki halte",
    ]
    assert actions.region("part-heading").text == "2 dari 4 rencana aksi"
    assert not actions.region("slot-part-list").has("form[data-move]")
    problems = client.follow(actions, "Permasalahan")
    assert problems.address == f"/roadmaps/{roadmap.id}/problems?status=berjalan"
    assert problems.region("part-heading").text == "2 dari 2 permasalahan"


def test_the_form_leads_to_a_short_address_that_can_be_sent_on(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}")
    filtered = client.submit(
        page, f"/roadmaps/{roadmap.id}#outline-heading", {"status": "berjalan", "tahun": "2026"}
    )
    assert filtered.address == f"/roadmaps/{roadmap.id}?tahun=2026&status=berjalan&view=rangkaian"
    assert shown(filtered) == ["Kanal belum ada", "1.2 Melatih petugas"]
    form = filtered.form(f"/roadmaps/{roadmap.id}#outline-heading")
    assert (form.fields["status"], form.fields["tahun"]) == ("berjalan", "2026")
    assert "2026 · Berjalan" in filtered.region("outline")
    sign_in(client, cast.maria)
    assert shown(client.get(filtered.address)) == shown(filtered)


def test_with_script_the_outline_alone_comes_back_and_the_address_is_the_short_one(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    page = client.get(f"/roadmaps/{roadmap.id}")
    part = client.submit(
        page, f"/roadmaps/{roadmap.id}#outline-heading", {"status": "berjalan"}, htmx="outline"
    )
    assert not part.is_whole
    assert part.headers["HX-Push-Url"] == f"/roadmaps/{roadmap.id}?status=berjalan&view=rangkaian"
    assert part.one("[data-focus]").text == "Rangkaian: 2 dari 2 permasalahan, 2 dari 4 rencana aksi"


def test_the_counts_above_stay_those_of_the_whole_plan(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    page = look(client, roadmap, status="berjalan")
    assert page.link("4 rencana aksi") == f"/roadmaps/{roadmap.id}/actions"


def test_nothing_that_fits_is_said_so_and_can_be_undone(
    cast: Cast, client: LookingClient, roadmap: Roadmap
) -> None:
    sign_in(client, cast.rina)
    page = look(client, roadmap, cari="rumah aman")
    assert "Tidak ada yang cocok dengan ‘rumah aman’." in page.region("outline")
    assert "masih kosong" not in page
    for view in ("tabel", "kantor"):
        page = look(client, roadmap, view=view, status="selesai")
        assert "Tidak ada yang cocok dengan saringan ini." in page.region("outline")
    assert len(shown(client.get(look(client, roadmap, cari="zebra").link("Hapus saringan")))) == 6


@pytest.mark.engines("sqlite")
def test_whatever_the_address_says_is_answered(cast: Cast, client: LookingClient, roadmap: Roadmap) -> None:
    sign_in(client, cast.rina)
    for name in ("cari", "hak", "kelompok", "kantor", "tahun", "status", "kurang", "view", "urut"):
        for words in ("\x00", "'\"<script>", "9" * 5000, "🙂", "-1", "{{7*7}}", " "):
            for path in ("", "/actions", "/sections"):
                page = client.get(f"/roadmaps/{roadmap.id}{path}", query_string={name: words})
                assert page.status in {200, 302}, (name, words)


def test_the_number_of_questions_to_the_database_does_not_grow(cast: Cast, client: LookingClient) -> None:
    small = a_plan(cast, problems=1, actions=3, modalities=1)
    large = a_plan(cast, problems=9, actions=34, modalities=12)
    sign_in(client, cast.rina)
    counts = []
    for roadmap in (small, large):
        with queries(cast.app) as asked:
            client.get(f"/roadmaps/{roadmap.id}?cari=warga&status=berjalan&kurang=no-unit", htmx="outline")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.engines("sqlite")  # what is looked at is the page
def test_the_focus_goes_to_the_heading_of_what_is_left_with_script_and_without(
    cast: Cast, client: LookingClient, page_of: Pages, roadmap: Roadmap
) -> None:
    for script in (True, False):
        page = signed_in(page_of, client, cast.rina, PHONE, js=script)
        page.goto(f"/roadmaps/{roadmap.id}")
        page.get_by_text("Saring", exact=True).click()
        page.get_by_label("Status").select_option("Berjalan")
        page.get_by_role("button", name="Tampilkan").click()
        expect(page.locator("#outline-heading")).to_have_text(
            "Rangkaian: 2 dari 2 permasalahan, 2 dari 4 rencana aksi"
        )
        assert page.url.split("#")[0].endswith(f"/roadmaps/{roadmap.id}?status=berjalan&view=rangkaian")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        if script:
            assert page.evaluate("document.activeElement.id") == "outline-heading"
            page.locator("details.filter > summary").click()
            assert barriers(page) == []
        else:
            assert page.locator("#outline-heading").evaluate("el => el.matches(':target')")
