"""A column beside an amount says where it comes from: known, several, unknown or nothing at all."""

import pytest

from roadmap.intake.candidates import Asks
from roadmap.intake.headings import propose
from tests.intake.books import YEARS, Typed, gathered, of_kind, targets, values
from tests.intake.cells import names, read, sentences
from tests.intake.test_gather_the_rows import table

HEAD = ["Rencana aksi", "Anggaran 2026", "Sumber", "Indikator", "Target 2026"]


def rows(*sources: Typed) -> list[list[Typed]]:
    return [[f"Aksi {at}", "350.000.000", source, f"Ukuran {at}", 6] for at, source in enumerate(sources)]


def budgets(*sources: Typed, **answers: str) -> list[object]:
    found = gathered(table(*rows(*sources), head=list(HEAD)), answers=answers)
    return [values(one).get("budget") for one in of_kind(found, "action")]


@pytest.mark.parametrize(
    "sources", [("APBD", "Hibah", "DAK"), ("APBD", "Penyertaan modal", "APBD"), ("APBD",)]
)
def test_a_bare_source_beside_an_amount_is_that_of_the_money(sources: tuple[str, ...]) -> None:
    places = targets(propose(table(*rows(*sources), head=list(HEAD)), {}, YEARS))
    assert places["Sumber"] == "action:budget:source"


def test_a_bare_source_beside_a_baseline_is_that_of_the_data() -> None:
    head: list[Typed] = ["Rencana aksi", "Anggaran 2026", "Indikator", "Data dasar", "Sumber"]
    row: list[Typed] = ["Aksi", 350_000_000, "Ukuran", 4, "BPS"]
    assert targets(propose(table(row, head=head), {}, YEARS))["Sumber"] == "indicator:baseline_source"


@pytest.mark.parametrize("typed", ["APBD, DAK", "APBD/DAK", "APBD dan DAK"])
def test_of_several_sources_the_first_has_the_whole_amount_and_the_others_are_told(typed: str) -> None:
    found = gathered(table(*rows(typed, typed), head=list(HEAD)))
    assert [values(one).get("budget") for one in of_kind(found, "action")] == [{"2026 apbd": 350_000_000}] * 2
    assert (found.troubles, found.questions) == ([], [])
    assert [one.values["typed"] for one in found.remarks] == [typed]


def test_a_source_nobody_knows_is_asked_with_the_list() -> None:
    found = gathered(table(*rows("APBD", "Penyertaan modal"), head=list(HEAD)))
    (question,) = found.questions
    assert (question.key, question.asks, found.troubles) == ("source:penyertaan modal", Asks.SOURCE, [])
    assert {"apbd", "csr", "hibah"} <= {one.value for one in question.options}
    assert [(one.row, one.column) for one in question.where] == [(2, 2)]
    assert budgets("APBD", "Penyertaan modal", **{question.key: "csr"})[1] == {"2026 csr": 350_000_000}


@pytest.mark.parametrize("empty", [None, "-"])
def test_rows_without_their_source_are_asked_about_once_for_the_column(empty: Typed) -> None:
    found = gathered(table(*rows("Hibah", empty), head=list(HEAD)))
    assert ([one.key for one in found.questions], found.troubles) == (["source:0-1"], [])
    assert budgets("Hibah", empty, **{"source:0-1": "apbd"}) == [
        {"2026 hibah": 350_000_000},
        {"2026 apbd": 350_000_000},
    ]


@pytest.mark.parametrize(
    ("heading", "scale"),
    [
        ("Pagu (Rp. 000)", 1_000), ("Pagu Rp. 000", 1_000), ("Pagu (dalam ribuan)", 1_000),
        ("Pagu x Rp1.000", 1_000), ("Pagu (x Rp 1.000)", 1_000), ("Pagu (Rp 000.000)", 1_000_000),
        ("Pagu (Rp juta)", 1_000_000), ("Pagu (Rp)", None),
    ],
)  # fmt: skip
def test_noughts_in_a_heading_say_the_scale(heading: str, scale: int | None) -> None:
    columns = (
        propose(table(["Posko", 350], ["Pos", 70], head=["Rencana aksi", heading]), {}, YEARS)
        .sheets[0]
        .columns
    )
    assert (str(columns[1].target), columns[1].reading.scale) == ("action:budget", scale)


def test_what_is_wrong_with_an_amount_is_said_in_the_scale_of_its_column() -> None:
    from roadmap.intake.layouts import Reading

    told = read("action:budget:2026 apbd", "menyesuaikan", reading=Reading(scale=1_000_000), given=names())
    assert "jutaan rupiah" in sentences(told)[0]
    assert "420.000.000" not in sentences(told)[0]


def test_percent_under_a_unit_that_counts_heads_is_told_of() -> None:
    head: list[Typed] = ["Rencana aksi", "Indikator", "Satuan", "Target 2026"]
    found = gathered(
        table(["A", "I", "org", "50%"], ["B", "J", "%", "50%"], ["C", "K", "orang", "5 orang"], head=head)
    )
    assert [(one.where.row, one.where.column) for one in found.troubles] == [(1, 3)]
