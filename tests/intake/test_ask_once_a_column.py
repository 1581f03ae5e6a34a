"""What a column's own cells decide is not asked; what they leave open or contradict is asked once for all of them."""

import pytest

from roadmap.intake.books import Cell
from roadmap.intake.candidates import Asks, Question
from roadmap.intake.layouts import Reading
from roadmap.intake.values import (
    OURS,
    apply_answers,
    ask_about,
    left_open,
    settle,
    understand,
    understand_period,
)
from tests.intake.cells import COLUMN, SHEET, column, day, figure, names, place


def asked(written: str, *cells: Cell | str, reading: Reading | None = None) -> list[Question]:
    field, target = place(written)
    return ask_about(target, field, column(*cells), reading or Reading(), years=[2026, 2027])


def keys(questions: list[Question]) -> list[str]:
    return [one.key for one in questions]


def values_of(written: str, *cells: Cell | str, answers: dict[str, str] | None = None) -> list[object]:
    """Read a column as the wizard does: settled by its cells, then by the answers."""
    field, target = place(written)
    found = column(*cells)
    reading = apply_answers(settle(target, field, found, Reading()), SHEET, COLUMN, answers or {})
    return [understand(field, target, [one], reading, names()).value for one in found]


# --- figures


def test_a_figure_that_can_be_read_two_ways_is_asked_once_with_all_its_cells() -> None:
    (question,) = asked("indicator:baseline", "1.500", "12", "2,750")
    assert (question.key, question.asks, [one.row for one in question.where]) == (
        "numbers:0-5",
        Asks.NUMBERS,
        [13, 15],
    )
    assert [(one.value, one.sentence.partition(": ")[2] % one.values) for one in question.options] == [
        (",", "“1.500” berarti 1 ribu 500"),
        (".", "“1.500” berarti 1 koma 5"),
    ]
    assert question.default is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.000", ["1 ribu", "1 koma 0"]),
        ("12,050", ["12 koma 05", "12 ribu 50"]),
        ("1.200 orang", ["1 ribu 200", "1 koma 2"]),
        ("-1.005", ["-1 ribu 5", "-1 koma 005"]),
    ],
)
def test_both_ways_are_said_so_that_nobody_takes_one_for_the_other(typed: str, said: list[str]) -> None:
    (question,) = asked("indicator:baseline", typed)
    assert [(one.sentence % one.values).rpartition(" berarti ")[2] for one in question.options] == said


@pytest.mark.parametrize(
    ("telling", "number"),
    [("72,9", "1500"), ("1.081.275", "1500"), ("72.9", "1.5"), ("1,081,275", "1.5"), ("72,9 persen", "1500")],
)
def test_one_cell_decides_for_its_column(telling: str, number: str) -> None:
    assert asked("indicator:baseline", "1.500", telling) == []
    assert values_of("indicator:baseline", "1.500", telling)[0] == number


def test_a_column_that_contradicts_itself_is_asked() -> None:
    assert keys(asked("indicator:baseline", "1.500", "72,9", "72.9")) == ["numbers:0-5"]
    assert values_of("indicator:baseline", "1.500", "72,9", "72.9") == [None, "72.9", "72.9"]
    assert values_of("indicator:baseline", "1.500", "72,9", "72.9", answers={"numbers:0-5": "."}) == [
        "1.5",
        "72.9",
        "72.9",
    ]


def test_without_a_doubtful_cell_nothing_is_asked() -> None:
    assert asked("indicator:baseline", "72,9", "72.9", "12") == []


def test_real_figures_are_never_in_doubt_and_decide_nothing() -> None:
    assert asked("indicator:baseline", figure("1.5"), figure("1500")) == []
    assert values_of("indicator:baseline", figure("1.500")) == ["1.5"]
    assert keys(asked("indicator:baseline", figure("72.9"), "1.500")) == ["numbers:0-5"]


def test_the_answer_holds_for_the_whole_column() -> None:
    assert values_of("indicator:baseline", "1.500", "2,750", answers={"numbers:0-5": ","}) == ["1500", "2.75"]
    assert values_of("indicator:baseline", "1.500", "2,750", answers={"numbers:0-5": "."}) == ["1.5", "2750"]
    assert values_of("indicator:baseline", "1.500", answers={"numbers:0-5": "x"}) == [None]
    assert values_of("indicator:baseline", "1.500", answers={"numbers:0-6": ","}) == [None]


def test_targets_in_one_cell_and_amounts_of_millions_are_asked_too() -> None:
    assert keys(asked("indicator:targets", "2026: 1.500; 2027: 20")) == ["numbers:0-5"]
    assert keys(asked("action:budget:2026 apbd", "1.500 juta")) == ["numbers:0-5"]
    assert asked("action:budget:2026 apbd", "1.500.000", "1.500 juta") == []


def test_whole_rupiah_has_no_decimals_to_doubt() -> None:
    assert asked("action:budget:2026 apbd", "Rp 1.500", "Rp 2,500") == []


# --- a dash


def test_a_dash_among_figures_is_asked_with_nothing_as_its_likeliest_meaning() -> None:
    (question,) = asked("indicator:targets:2026", "-", "10", "–")
    assert (question.key, question.default) == ("dash:0-5", "empty")
    assert values_of("indicator:targets:2026", "-", "10") == [{}, {"2026": "10"}]
    assert values_of("indicator:targets:2026", "-", answers={"dash:0-5": "0"}) == [{"2026": "0"}]
    assert values_of("indicator:targets:2026", "-", answers={"dash:0-5": "NA"}) == [{"2026": "NA"}]
    assert values_of("indicator:targets:2026", "-", answers={"dash:0-5": "empty"}) == [{}]


# --- dates


def test_a_date_that_can_be_read_two_ways_is_asked_once() -> None:
    (question,) = asked("action:ends_on", "03/04/2026", "05/05/2026", "07/08/2026")
    assert (question.key, [one.row for one in question.where]) == ("dates:0-5", [13, 15])
    assert [(one.value, one.values["day"], one.values["month"]) for one in question.options] == [
        ("day", "03", "04"),
        ("month", "04", "03"),
    ]


def test_one_day_beyond_the_twelfth_decides_for_its_column() -> None:
    assert asked("action:starts_on", "03/04/2026", "31/12/2026") == []
    assert values_of("action:starts_on", "03/04/2026", "31/12/2026")[0] == "2026-04-03"
    assert values_of("action:starts_on", "03/04/2026", "12/31/2026")[0] == "2026-03-04"
    assert keys(asked("action:starts_on", "03/04/2026", "12/31/2026", "31/12/2026")) == ["dates:0-5"]
    assert values_of("action:starts_on", "03/04/2026", answers={"dates:0-5": "day"}) == ["2026-04-03"]
    assert values_of("action:starts_on", "03/04/2026", answers={"dates:0-5": "month"}) == ["2026-03-04"]


@pytest.mark.parametrize(
    ("telling", "begins"),
    [
        ("25/03/2026 - 30/04/2026", "2026-04-03"),
        ("01/02/2026 s.d. 25/03/2026", "2026-04-03"),
        ("25-03-2026", "2026-04-03"),
        ("03/25/2026 - 04/30/2026", "2026-03-04"),
    ],
)
def test_one_day_beyond_the_twelfth_decides_for_a_column_of_periods_too(telling: str, begins: str) -> None:
    target = type(place("action:starts_on")[1])("action", "period")
    found = column("03/04/2026 - 05/06/2026", telling)
    assert ask_about(target, None, found, Reading()) == []
    told = understand_period([found[0]], settle(target, None, found, Reading()))
    assert told.beside["starts_on"] == begins
    assert keys(ask_about(target, None, [found[0]], Reading())) == ["dates:0-5"]


def test_real_dates_are_never_in_doubt() -> None:
    assert asked("action:starts_on", day("2026-04-03")) == []


def test_a_month_without_its_year_asks_for_the_year() -> None:
    (question,) = asked("action:ends_on", "TW3", "Desember", "Desember 2026")
    assert (question.key, [one.row for one in question.where]) == ("year:0-5", [13, 14])
    assert [one.value for one in question.options][-2:] == ["2026", "2027"]
    assert values_of("action:ends_on", "TW3", "Des", answers={"year:0-5": "2027"}) == [
        "2027-09-30",
        "2027-12-31",
    ]


def test_beginning_and_end_in_one_column_are_asked_about_as_well() -> None:
    field, target = place("action:starts_on")
    found = column("03/04/2026 - 05/06/2026")
    assert keys(ask_about(target, None, found, Reading())) == []
    target = type(target)("action", "period")
    assert keys(ask_about(target, None, found, Reading())) == ["dates:0-5"]
    assert keys(ask_about(target, field, found, Reading())) == ["dates:0-5"]


# --- money


def test_amounts_too_small_for_rupiah_are_asked_for_their_scale() -> None:
    (question,) = asked("action:budget:2026 apbd", figure("70.5904"), figure("633"))
    assert (question.key, [one.value for one in question.options]) == ("scale:0-5", ["1", "1000", "1000000"])
    answered = values_of("action:budget:2026 apbd", figure("70.5904"), answers={"scale:0-5": "1000000"})
    assert answered == [{"2026 apbd": 70_590_400}]


def test_whole_rupiah_needs_no_scale() -> None:
    assert asked("action:budget:2026 apbd", figure("70590400"), figure("0")) == []
    assert asked("action:budget:2026 apbd", "Rp 500.000", "5 juta") == []
    assert asked("action:budget:2026 apbd", figure("70"), reading=Reading(scale=1_000_000)) == []
    assert asked("action:budget:2026 apbd", figure("70"), reading=OURS) == []


def test_money_asks_for_the_year_and_source_it_does_not_name() -> None:
    assert keys(asked("action:budget", "5.000.000")) == ["year:0-5", "source:0-5"]
    assert keys(asked("action:budget:2026", "5.000.000")) == ["source:0-5"]
    assert asked("action:budget", "2026 APBN: 5.000.000") == []
    assert values_of("action:budget", "5.000.000", answers={"year:0-5": "2027", "source:0-5": "dak"}) == [
        {"2027 dak": 5_000_000}
    ]


# --- and else


def test_words_names_and_empty_columns_ask_nothing() -> None:
    assert asked("problem:title", "1.500", "03/04/2026") == []
    assert asked("indicator:baseline") == []


def test_our_own_columns_ask_nothing() -> None:
    assert asked("indicator:baseline", figure("1.5"), "1500,0", reading=OURS) == []


def test_what_waits_for_a_question_that_nobody_asks_is_told() -> None:
    field, target = place("action:budget")
    cells = column("5.000.000")
    told = understand(field, target, cells, Reading(), names())
    assert [one.where for one in left_open(told, {"year:0-5"}, cells)] == [cells[0][0]]
    assert left_open(told, {"year:0-5", "source:0-5"}, cells) == []


def test_two_thousand_cells_are_asked_about_in_a_moment() -> None:
    import time

    began = time.process_time()
    asked("indicator:targets:2026", *(f"{n},5" for n in range(2_000)))
    asked("action:budget:2026 apbd", *(f"Rp {n}.000.000" for n in range(1, 2_001)))
    assert time.process_time() - began < 2
