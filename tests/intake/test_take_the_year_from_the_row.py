"""An amount or a target without a year of its own may be of the row's own years, which no fixed year could say."""

from dataclasses import replace

import pytest

from roadmap.exchange.columns import Target
from roadmap.intake.candidates import Gathered, Question
from roadmap.intake.headings import propose
from roadmap.intake.layouts import Layout, Reading
from roadmap.intake.naming import Names
from roadmap.plan.fields import Choices
from tests.intake.books import YEARS, Typed, a_book, a_sheet, gathered, of_kind, targets, values
from tests.intake.test_gather_the_rows import table

HEAD = ["Rencana aksi", "Mulai", "Selesai", "Anggaran (Rp)", "Sumber dana", "Indikator", "Target"]
ROWS: list[list[Typed]] = [
    ["Pos bantuan hukum", 2026, 2026, "350.000.000", "APBD", "Jumlah pos", 6],
    ["Taman ramah anak", 2026, 2028, "100.000.000", "APBD", "Jumlah taman", 10],
]


def asked(found: Gathered, key: str) -> Question:
    return next(one for one in found.questions if one.key == key)


def budgets(found: Gathered) -> list[object]:
    return [values(one).get("budget") for one in of_kind(found, "action")]


def test_the_years_of_the_rows_are_offered_before_fixed_ones() -> None:
    found = gathered(table(*ROWS, head=list(HEAD)))
    money, goals = asked(found, "year:0-3"), asked(found, "year:0-6")
    assert [one.value for one in money.options][:4] == ["starts_on", "ends_on", "spread", "2024"]
    assert [one.value for one in goals.options][:3] == ["starts_on", "ends_on", "2024"]
    assert (money.default, goals.default) == (None, "ends_on")
    assert budgets(found) == [None, None]


def test_a_target_nobody_answers_for_is_of_the_year_its_row_ends() -> None:
    found = gathered(table(*ROWS, head=list(HEAD)))
    assert [values(one)["targets"] for one in of_kind(found, "indicator")] == [{"2026": "6"}, {"2028": "10"}]


@pytest.mark.parametrize(
    ("answer", "years"),
    [
        ("starts_on", {"2026 apbd": 100_000_000}),
        ("ends_on", {"2028 apbd": 100_000_000}),
        ("spread", {"2026 apbd": 33_333_333, "2027 apbd": 33_333_333, "2028 apbd": 33_333_334}),
        ("2027", {"2027 apbd": 100_000_000}),
    ],
)
def test_an_amount_goes_where_the_answer_says(answer: str, years: dict[str, int]) -> None:
    found = gathered(table(*ROWS, head=list(HEAD)), answers={"year:0-3": answer})
    assert (budgets(found)[1], found.troubles) == (years, [])


def test_one_column_of_a_period_tells_the_years_too() -> None:
    head: list[Typed] = ["Rencana aksi", "Waktu", "Anggaran", "Sumber dana"]
    book = table(["Taman", "2027 - 2028", "90.000.001", "APBD"], head=head)
    found = gathered(book, answers={"year:0-2": "spread"})
    assert budgets(found) == [{"2027 apbd": 45_000_000, "2028 apbd": 45_000_001}]


@pytest.mark.parametrize("place", ["action:title", "indicator:parent"])
def test_a_measure_of_an_action_that_says_its_years_in_the_plan_alone_goes_by_those(place: str) -> None:
    head: list[Typed] = ["Rencana aksi", "Indikator", "Target"]
    book = a_book(
        a_sheet([["Rencana aksi", "Mulai", "Selesai"], ["Pos bantuan hukum", 2026, 2026]], "Aksi"),
        a_sheet([head, ["Taman ramah anak", "Jumlah taman", 10], ["Posko", "Jumlah posko", 2]], "Ukuran"),
    )
    actions, measures = propose(book, {}, YEARS).sheets
    first, *others = measures.columns
    layout = Layout(
        (actions, replace(measures, columns=(replace(first, target=Target.read(place)), *others)))
    )
    in_plan = Choices(items={"action": {"uid-taman": "Taman ramah anak", "uid-posko": "Posko"}}, years=YEARS)
    found = gathered(book, layout, names=Names(in_plan, [], {}, years={"uid-taman": (2026, 2029)}))
    assert [values(one).get("targets") for one in of_kind(found, "indicator")] == [{"2029": "10"}, None]
    assert ["Isi waktunya" in one.sentence for one in found.troubles] == [True], "nobody knows when Posko is"


def test_a_row_without_the_time_it_needs_is_told_of() -> None:
    rows: list[list[Typed]] = [*ROWS, ["Posko", 2027, None, "15.000.000", "APBD", "Jumlah posko", 2]]
    found = gathered(table(*rows, head=list(HEAD)), answers={"year:0-3": "spread"})
    assert [(one.where.row, one.where.column) for one in found.troubles] == [(3, 3), (3, 6)]
    assert "Isi waktunya" in found.troubles[0].sentence


def test_a_year_in_the_cell_itself_comes_before_that_of_its_row() -> None:
    rows: list[list[Typed]] = [*ROWS, ["Posko", 2027, 2028, "2027: 15.000.000", "APBD", "Jumlah posko", 2]]
    found = gathered(table(*rows, head=list(HEAD)), answers={"year:0-3": "spread"})
    assert budgets(found)[2] == {"2027 apbd": 15_000_000}


def test_without_times_in_the_table_only_fixed_years_are_offered() -> None:
    head: list[Typed] = ["Rencana aksi", "Anggaran", "Sumber dana"]
    found = gathered(table(["Taman", "90.000.000", "APBD"], head=head))
    assert asked(found, "year:0-1").options[0].value == "2024"


def test_a_heading_remembered_from_another_table_gives_way_where_it_cannot_be_meant() -> None:
    remembered = {"rencana aksi": (Target("indicator", "parent"), Reading())}
    head: list[Typed] = [
        "Rencana aksi", "Penanggung jawab", "Tahun mulai", "Tahun selesai", "Anggaran 2027", "Sumber dana",
    ]  # fmt: skip
    row: list[Typed] = ["Posko keliling", "Kesbangpol", 2027, 2028, "45.000.000", "APBD"]
    places = targets(propose(a_book(a_sheet([head, row])), remembered, YEARS))
    assert list(places.values()) == [
        "action:title", "action:lead", "action:starts_on", "action:ends_on", "action:budget:2027",
        "action:budget:source",
    ]  # fmt: skip
    measures: list[Typed] = ["Rencana aksi", "Indikator", "Target 2026"]
    places = targets(propose(a_book(a_sheet([measures, ["Posko", "Jumlah posko", 3]])), remembered, YEARS))
    assert places["Rencana aksi"] == "indicator:parent"
