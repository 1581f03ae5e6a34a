"""Three years of pagu are one question, not three; whoever says that the columns differ is asked for each."""

from collections.abc import Mapping

import pytest

from roadmap.intake.candidates import Gathered
from tests.intake.books import Typed, a_book, a_sheet, gathered, of_kind

HEAD: list[Typed] = ["Rencana Aksi", "Pagu (Rp juta)", None, None]
UNDER: list[Typed] = [None, 2026, 2027, 2028]
ROWS: list[list[Typed]] = [["Membuka kanal", "75", "80,5", "82"], ["Melatih petugas", "10", "12", None]]
MERGED = ((0, 0, 1, 0), (0, 1, 0, 3))
SOURCE = "source:0-all-money"


def pagu(answers: Mapping[str, str] | None = None) -> Gathered:
    return gathered(a_book(a_sheet([HEAD, UNDER, *ROWS], merged=MERGED)), answers=answers)


def budgets(found: Gathered) -> list[object]:
    return [one.values["budget"].value for one in of_kind(found, "action") if "budget" in one.values]


def test_three_years_of_pagu_are_asked_about_once() -> None:
    (question,) = pagu().questions
    assert question.key == SOURCE
    assert {one.column for one in question.where} == {1, 2, 3}
    assert question.options[-1].value == "each"


def test_one_answer_holds_for_all_of_them_and_the_question_stays_to_be_changed() -> None:
    found = pagu({SOURCE: "hibah"})
    assert [one.key for one in found.questions] == [SOURCE]
    assert budgets(found) == [
        {"2026 hibah": 75_000_000, "2027 hibah": 80_500_000, "2028 hibah": 82_000_000},
        {"2026 hibah": 10_000_000, "2027 hibah": 12_000_000},
    ]


def test_who_says_that_they_differ_is_asked_for_each() -> None:
    found = pagu({SOURCE: "each"})
    assert [one.key for one in found.questions] == [SOURCE, "source:0-1", "source:0-2", "source:0-3"]
    assert budgets(found) == []
    each = {SOURCE: "each", "source:0-1": "apbd", "source:0-2": "dak", "source:0-3": "apbn"}
    assert budgets(pagu(each))[0] == {
        "2026 apbd": 75_000_000,
        "2027 dak": 80_500_000,
        "2028 apbn": 82_000_000,
    }
    assert budgets(pagu(each | {SOURCE: "apbd"}))[1] == {"2026 apbd": 10_000_000, "2027 apbd": 12_000_000}


def test_who_answered_for_one_column_before_is_not_asked_for_it_again() -> None:
    found = pagu({"source:0-1": "dak"})
    assert [one.key for one in found.questions] == [SOURCE, "source:0-1"]
    assert {one.column for one in found.questions[0].where} == {2, 3}


@pytest.mark.parametrize(
    ("head", "row", "key"),
    [
        (["Aksi", "Indikator", "Target 2026", "Target 2027"], ["A", "I", "1.500", "2,750"], "numbers:0-all-figures"),
        (["Aksi", "Mulai", "Selesai"], ["A", "03/04/2026", "05/06/2026"], "dates:0-all-dates"),
        (["Aksi", "Pagu 2026 APBD", "Pagu 2027 APBD"], ["A", "75", "80"], "scale:0-all-money"),
        (["Aksi", "Pagu APBD", "Realisasi APBD"], ["A", 70_590_400, 17_150_000], "year:0-all-money"),
        (["Aksi", "Indikator", "Target 2026", "Target 2027"], ["A", "I", "-", "-"], "dash:0-all-figures"),
    ],
)  # fmt: skip
def test_whatever_columns_alike_leave_open_is_asked_once(
    head: list[Typed], row: list[Typed], key: str
) -> None:
    found = gathered(a_book(a_sheet([head, row])))
    assert [one.key for one in found.questions] == [key]
    assert found.troubles == []


def test_a_column_that_decides_itself_is_not_drawn_into_the_others_question() -> None:
    head: list[Typed] = ["Aksi", "Indikator", "Target 2026", "Target 2027"]
    found = gathered(a_book(a_sheet([head, ["A", "I", "1.500", "72,9"]])))
    assert [one.key for one in found.questions] == ["numbers:0-2"]
