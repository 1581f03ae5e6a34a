"""Whom the words of a cell name: offices known by name or abbreviation, several in one cell, new ones asked once."""

import pytest

from roadmap.intake.candidates import Asks
from roadmap.intake.layouts import Reading
from roadmap.intake.naming import Names
from roadmap.intake.values import split_entries
from roadmap.people.models import Organisation, OrganisationKind
from roadmap.plan.fields import Choices
from tests.intake.cells import at, names, read, sentences

# --- several in one cell


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        ("1. Dinas Sosial\n2. Dinas Kesehatan", ["Dinas Sosial", "Dinas Kesehatan"]),
        ("1.Indonesia Judicial Research Society\n2.PBHI", ["Indonesia Judicial Research Society", "PBHI"]),
        ("1) A\n3) B\n3 . C", ["A", "B", "C"]),
        ("1. A 1. B 2. C", ["A", "B", "C"]),
        ("1 A", ["1 A"]),
        ("(1) Satu. (2) Dua.", ["Satu.", "Dua."]),
        ("a. Dinas Sosial b. Bappeda", ["Dinas Sosial", "Bappeda"]),
        ("- INFID\n- Media Link\n• PKK", ["INFID", "Media Link", "PKK"]),
        ("INFID; Media Link;; PKK;", ["INFID", "Media Link", "PKK"]),
        (
            "Dinas Pemberdayaan Perempuan\ndan Perlindungan Anak\nBappeda",
            ["Dinas Pemberdayaan Perempuan dan Perlindungan Anak", "Bappeda"],
        ),
        ("1. Dinas Komunikasi,\nInformatika\n2. Bappeda", ["Dinas Komunikasi, Informatika", "Bappeda"]),
        ("Kecamatan (Luwuk,\nLuwuk Utara)", ["Kecamatan (Luwuk, Luwuk Utara)"]),
        ("17.000 kader", ["17.000 kader"]),
        ("2.08 Pemberdayaan", ["2.08 Pemberdayaan"]),
        ("H. Ahmad", ["H. Ahmad"]),
        ("", []),
        (" \n ; \n", []),
    ],
)
def test_a_cell_is_parted_into_its_entries(typed: str, entries: list[str]) -> None:
    assert split_entries(typed) == entries


# --- known ones


@pytest.mark.parametrize(
    ("typed", "uid"),
    [
        ("Dinas Sosial", "uid-dinsos"),
        ("DINAS  SOSIAL", "uid-dinsos"),
        ("Dinsos", "uid-dinsos"),
        ("dinas sosial.", "uid-dinsos"),
        ("Dinas Komunikasi, Informatika & Statistik", "uid-kominfo"),
        ("BAPPEDA", "uid-bappeda"),
        ("Dinas Sosial (Dinsos)", "uid-dinsos"),
        ("uid-dlh", "uid-dlh"),
    ],
)
def test_a_known_office_is_found_without_a_question(typed: str, uid: str) -> None:
    known = names()
    assert known.offices.find(typed, at()) == uid
    assert known.questions == []


def test_several_offices_in_one_cell_are_found_and_their_own_commas_stay() -> None:
    told = read(
        "action:supporting",
        "1.Dinas Sosial\n2. Dinas Komunikasi, Informatika, dan Statistik; Bappeda, DLH dan INFID",
    )
    assert told.value == sorted(["uid-dinsos", "uid-kominfo", "uid-bappeda", "uid-dlh", "uid-infid"])


def test_an_and_inside_a_name_parts_nothing() -> None:
    told = read("action:supporting", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak dan Dinas Sosial")
    assert told.value == ["uid-dinsos", "uid-dp3a"]


def test_the_first_of_several_leads_and_the_others_support() -> None:
    told = read("action:lead", "1. Dinas Sosial\n2. Bappeda")
    assert (told.value, told.beside, len(told.remarks)) == ("uid-dinsos", {"supporting": ["uid-bappeda"]}, 1)


def test_where_there_is_place_for_one_only_several_are_said() -> None:
    told = read("modality:owner", "Dinas Sosial; Bappeda")
    assert told.value is None
    assert "satu kantor" in sentences(told)[0]


def test_a_column_may_be_kept_whole() -> None:
    known = names()
    read("action:lead", "Dinas A; Dinas B", reading=Reading(splits=False), given=known)
    assert [one.typed for one in known.questions] == ["Dinas A; Dinas B"]


# --- unknown ones


def test_an_unknown_office_is_asked_once_whatever_number_of_cells_it_stands_in() -> None:
    known = names()
    assert [
        known.offices.find(typed, at(row))
        for row, typed in enumerate(("Media Link", "MEDIA LINK", "Media Link"))
    ] == [None] * 3
    (question,) = known.questions
    assert (question.key, question.asks, question.default) == ("owner:media link", Asks.OWNER, None)
    assert [one.row for one in question.where] == [0, 1, 2]
    assert [one.value for one in question.options] == ["new", "leave"]


def test_the_answer_registers_it_joins_it_or_leaves_it() -> None:
    new = names({"owner:media link": "new"})
    uid = new.offices.find("Media Link", at())
    assert uid
    assert [(one.uid, one.name) for one in new.offices.new] == [(uid, "Media Link")]
    assert names({"owner:media link": "new"}).offices.find("MEDIA LINK", at()) == uid, (
        "the same the next time"
    )
    joined = names({"owner:media link": "join:uid-infid"})
    assert (joined.offices.find("Media Link", at()), joined.offices.new) == ("uid-infid", [])
    left = names({"owner:media link": "leave"})
    assert (left.offices.find("Media Link", at()), left.offices.new) == (None, [])
    forged = names({"owner:media link": "join:uid-nobody"})
    assert (forged.offices.find("Media Link", at()), forged.offices.new) == (None, [])


def test_what_begins_as_an_office_needs_no_answer_to_be_proposed() -> None:
    known = names()
    assert known.offices.find("Dinas Perikanan", at())
    assert [(one.typed, one.default) for one in known.questions] == [("Dinas Perikanan", "new")]
    assert [one.name for one in known.offices.new] == ["Dinas Perikanan"]


def test_a_shortened_name_is_joined_unless_the_person_says_otherwise() -> None:
    known = names()
    assert known.offices.find("Din. Sosial", at()) == "uid-dinsos"
    (question,) = known.questions
    assert (question.default, question.options[0].values) == ("join:uid-dinsos", {"name": "Dinas Sosial"})
    apart = names({"owner:din sosial": "new"})
    assert apart.offices.find("Din. Sosial", at()) not in {None, "uid-dinsos"}


@pytest.mark.parametrize(
    "typed", ["Dinas Sosal", "Kecamatan Luwuk Utra", "Dinas Lingkungan Hidup Kota Contoh Raya"]
)
def test_a_slip_of_the_pen_is_shown_beside_its_twin_and_asked(typed: str) -> None:
    known = names()
    known.offices.find(typed, at())
    (question,) = known.questions
    assert question.options[0].value.startswith("join:")


def test_twins_within_one_file_are_shown_beside_each_other() -> None:
    known = names()
    known.offices.find("Aisyiyah Banggai", at(1))
    known.offices.find("Aisyiyah Banggar", at(2))
    first, second = known.questions
    assert [one.value for one in first.options] == ["new", "leave"]
    assert second.options[0].values == {"name": "Aisyiyah Banggai"}
    answers = {"owner:aisyiyah banggai": "new", "owner:aisyiyah banggar": second.options[0].value}
    both = names(answers)
    uids = {both.offices.find("Aisyiyah Banggai", at(1)), both.offices.find("Aisyiyah Banggar", at(2))}
    assert (len(uids), [one.name for one in both.offices.new]) == (1, ["Aisyiyah Banggai"])


def test_joining_a_name_that_was_left_out_is_asked_again() -> None:
    first = names()
    first.offices.find("Aisyiyah Banggai", at(1))
    first.offices.find("Aisyiyah Banggar", at(2))
    join = first.questions[1].options[0].value
    again = names({"owner:aisyiyah banggai": "leave", "owner:aisyiyah banggar": join})
    assert [again.offices.find("Aisyiyah Banggai", at(1)), again.offices.find("Aisyiyah Banggar", at(2))] == [
        None,
        None,
    ]
    assert again.offices.new == []


def test_an_office_of_another_level_is_another_office() -> None:
    known = names()
    known.offices.find("Dinas Sosial Provinsi Jawa Tengah", at())
    assert [one.value for one in known.questions[0].options] == ["new", "leave"]


def test_two_offices_of_one_name_are_asked_between() -> None:
    twice = [
        Organisation(uid=uid, name=name, kind=OrganisationKind.CSO)
        for uid, name in (("uid-1", "Forum Anak"), ("uid-2", "FORUM ANAK"))
    ]
    known = Names(Choices(), twice, {})
    assert known.offices.find("Forum anak", at()) is None
    assert [one.value for one in known.questions[0].options] == ["join:uid-1", "join:uid-2", "new", "leave"]


def test_a_merged_office_answers_as_the_one_that_stands() -> None:
    merged = [
        Organisation(uid="uid-1", name="Dinas Kominfo", kind=OrganisationKind.AGENCY),
        Organisation(uid="uid-2", name="Diskominfotik", kind=OrganisationKind.AGENCY, merged_into="uid-1"),
    ]
    assert Names(Choices(), merged, {}).offices.find("Diskominfotik", at()) == "uid-1"


def test_a_name_that_no_register_holds_is_said() -> None:
    told = read("action:lead", "Dinas " + "x" * 400)
    assert (told.value, len(told.troubles)) == (None, 1)
    assert "paling banyak 300" in sentences(told)[0]


# --- words of the vocabularies


def test_words_of_the_vocabulary_are_found_as_people_write_them() -> None:
    told = read("problem:groups", "perempuan, anak-anak, difabel dan masyarakat adat")
    assert told.value == ["g-adat", "g-anak", "g-disabilitas", "g-perempuan"]
    assert read(
        "problem:rights", "Hak atas lingkungan yang baik dan sehat serta perumahan yang layak"
    ).value == ["r-lingkungan"]
    assert read("problem:rights", "informasi; bantuan hukum").value == ["r-bantuan", "r-informasi"]


def test_an_unknown_word_is_asked_with_the_whole_list_and_the_known_ones_are_taken() -> None:
    known = names()
    told = read("problem:groups", "Perempuan, janda", given=known)
    assert told.value == ["g-perempuan"]
    (question,) = known.questions
    assert (question.key, question.typed) == ("term:groups:janda", "janda")
    assert {one.value for one in question.options} >= {"join:g-perempuan", "join:g-anak", "leave"}
    answered = names({"term:groups:janda": "join:g-anak"})
    assert read("problem:groups", "Perempuan, janda", given=answered).value == ["g-anak", "g-perempuan"]


# --- items


def test_items_are_found_by_title_with_or_without_their_number() -> None:
    assert read("action:problems", "1. Kanal pengaduan belum ada\n2. 1. Musrenbang belum inklusif").value == [
        "p1",
        "p2",
    ]
    assert read("action:problems", "kanal pengaduan belum ada").value == ["p1"]
    assert read("problem:modalities", "2. Perda; tentang disabilitas").value == ["m2"]
    assert read("action:superseded_by", "1.2. Menyusun pedoman").value == "a2"


def test_an_item_of_the_same_file_is_a_link_to_its_candidate() -> None:
    told = read(
        "action:problems", "Masalah baru", given=names(own={"problem": {"masalah baru": "0-13-problem"}})
    )
    assert (told.value, told.links) == ([], {"0-13-problem"})


def test_of_two_items_of_one_title_the_number_tells_which() -> None:
    numbers = {"m1": "1", "m2": "2", "m3": "3"}
    assert read("problem:modalities", "3. Forum warga", given=names(numbers=numbers)).value == ["m3"]
    known = names(numbers=numbers)
    assert read("problem:modalities", "Forum warga", given=known).value == []
    assert [one.value for one in known.questions[0].options][:2] == ["join:m1", "join:m3"]


def test_an_unknown_item_is_asked() -> None:
    known = names()
    assert read("action:problems", "Kanal pengaduan belum tersedia", given=known).value == []
    (question,) = known.questions
    assert (question.asks, question.options[0].value, question.options[-1].value) == (
        Asks.LINK,
        "join:p1",
        "leave",
    )
    answered = names({question.key: "join:p1"})
    assert read("action:problems", "Kanal pengaduan belum tersedia", given=answered).value == ["p1"]
