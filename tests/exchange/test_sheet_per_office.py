"""Money by office and year for RKPD and Renja: in the order of the codes, and its totals equal the sum and the screen."""

from typing import Any

from roadmap.web.filters import rupiah
from tests import factories
from tests.cast import Cast, sign_in
from tests.exchange.workbooks import opened, passport_in, rows_of, taken
from tests.page import LookingClient
from tests.plans import a_plan

HEAD = [
    "Kantor atau lembaga",
    "Tahun",
    "Kode sub kegiatan",
    "Kode",
    "No",
    "Rencana aksi",
    "Sumber dana",
    "Pagu",
]
NAME = "Per kantor dan tahun"


def test_an_office_finds_its_money_year_by_year_in_the_order_of_the_codes(
    cast: Cast, client: LookingClient
) -> None:
    roadmap = factories.a_roadmap(cast)
    for title, codes, budget in (
        ("Ketiga", [], {"2026 apbd": 3}),
        ("Kedua", ["2.08.03.2.02.0010"], {"2026 apbd": 20, "2027 dak": 21}),
        ("Pertama", ["10.01", "2.08.03.2.02.02"], {"2026 dak": 11, "2026 apbd": 10}),
        ("Belum berpagu", ["1.06"], {}),
    ):
        factories.an_action(
            cast, roadmap, title=title, lead=cast.dinsos, subactivity_codes=codes, budget=budget
        )
    factories.an_action(
        cast, roadmap, title="Milik lain", lead=cast.kominfo, budget={"2027 apbd": 5}, code="K-9"
    )
    factories.an_action(cast, roadmap, title="Tanpa siapa pun", budget={"2028 apbd": 1})
    sign_in(client, cast.oki)
    head, *rows = rows_of(opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx")), NAME)
    assert head == HEAD
    kominfo, dinsos, nobody = (
        "Dinas Komunikasi dan Informatika",
        "Dinas Sosial",
        "Belum ada penanggung jawab utama",
    )
    apbd = "APBD kabupaten/kota"
    assert rows == [
        [kominfo, 2027, None, "K-9", "5", "Milik lain", apbd, 5],
        total(f"Jumlah {kominfo} 2027", 2027, 5),
        total(f"Jumlah {kominfo}", None, 5),
        [dinsos, 2026, "2.08.03.2.02.02\n10.01", None, "3", "Pertama", apbd, 10],
        [dinsos, 2026, "2.08.03.2.02.02\n10.01", None, "3", "Pertama", "DAK", 11],
        [dinsos, 2026, "2.08.03.2.02.0010", None, "2", "Kedua", apbd, 20],
        [dinsos, 2026, None, None, "1", "Ketiga", apbd, 3],
        total(f"Jumlah {dinsos} 2026", 2026, 44),
        [dinsos, 2027, "2.08.03.2.02.0010", None, "2", "Kedua", "DAK", 21],
        total(f"Jumlah {dinsos} 2027", 2027, 21),
        [dinsos, None, "1.06", None, "4", "Belum berpagu", "belum ada pagu", None],
        total(f"Jumlah {dinsos}", None, 65),
        [nobody, 2028, None, None, "6", "Tanpa siapa pun", apbd, 1],
        total(f"Jumlah {nobody} 2028", 2028, 1),
        total(f"Jumlah {nobody}", None, 1),
        total("Jumlah semua kantor 2026", 2026, 44),
        total("Jumlah semua kantor 2027", 2027, 26),
        total("Jumlah semua kantor 2028", 2028, 1),
        total("Jumlah semua kantor", None, 71),
    ]  # fmt: skip


def total(words: str, year: int | None, amount: int) -> list[Any]:
    return [words, year, None, None, None, None, None, amount]


def test_its_totals_equal_the_sum_of_its_rows_and_the_screen(cast: Cast, client: LookingClient) -> None:
    roadmap = a_plan(cast, problems=3, actions=12, modalities=1)
    sign_in(client, cast.rina)
    _head, *rows = rows_of(opened(taken(client, f"/roadmaps/{roadmap.id}/workbook.xlsx")), NAME)
    screen = client.get(f"/roadmaps/{roadmap.id}?view=kantor").text
    sums: dict[tuple[str, Any], int] = {}
    totals = {}
    for office, year, *_rest, _source, amount in rows:
        if str(office).startswith("Jumlah "):
            totals[str(office)] = amount
        else:
            for key in ((office, year), (office, None), ("semua kantor", year), ("semua kantor", None)):
                sums[key] = sums.get(key, 0) + (amount or 0)
    wanted = {
        f"Jumlah {office} {year}" if year else f"Jumlah {office}": amount
        for (office, year), amount in sums.items()
    }
    assert totals == wanted
    for words, amount in totals.items():
        if words.split()[-1].isdecimal():
            assert rupiah(amount) in screen, words
    assert rupiah(totals["Jumlah semua kantor"]) in screen


def test_each_office_can_take_a_sheet_of_its_own(cast: Cast, client: LookingClient) -> None:
    roadmap = factories.a_roadmap(cast)
    factories.an_action(cast, roadmap, title="Satu", lead=cast.dinsos, budget={"2026 apbd": 3})
    factories.an_action(cast, roadmap, title="Dua", lead=cast.kominfo, budget={"2026 apbd": 4})
    factories.an_action(cast, roadmap, title="Tiga")
    sign_in(client, cast.oki)
    answer = client.get(f"/roadmaps/{roadmap.id}/offices.xlsx")
    assert 'filename="pagu-per-kantor_' in answer.headers["Content-Disposition"]
    book = opened(answer.body)
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        "Semua kantor", "Dinas Komunikasi dan Informatik", "Dinas Sosial", "Belum ada penanggung jawab",
    ]  # fmt: skip
    assert {one.kind for one in passport_in(book).sheets} == {""}, "it is read, and nothing of it comes back"
    assert rows_of(book, "Dinas Sosial") == [
        HEAD,
        ["Dinas Sosial", 2026, None, None, "1", "Satu", "APBD kabupaten/kota", 3],
        total("Jumlah Dinas Sosial 2026", 2026, 3),
        total("Jumlah Dinas Sosial", None, 3),
    ]
