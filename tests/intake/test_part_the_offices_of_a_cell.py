"""Several offices in one cell are each an office of their own; none vanishes, and nobody in particular is none."""

import pytest

from roadmap.intake.likeness import Register
from tests.intake.cells import at, names, read


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("HWDI, PPDI", ["HWDI", "PPDI"]),
        ("Dinsos + Disdukcapil", ["Disdukcapil"]),
        ("Dinas PUPR, Dishub", ["Dinas PUPR", "Dishub"]),
        ("DP3A & Kemenag", ["Kemenag"]),
        ("Polres dan Dishub", ["Polres", "Dishub"]),
        ("Bappeda, seluruh Kecamatan", ["seluruh Kecamatan"]),
        ("FKUB, DPRD", ["FKUB", "DPRD"]),
        ("Dinas Pariwisata dan Kebudayaan, Dishub", ["Dinas Pariwisata dan Kebudayaan", "Dishub"]),
    ],
)
def test_each_name_of_a_cell_is_asked_for_itself(typed: str, parts: list[str]) -> None:
    known = names()
    read("action:supporting", typed, given=known)
    assert [one.typed for one in known.questions] == parts


def test_the_known_ones_beside_them_are_taken() -> None:
    known = names({"owner:disdukcapil": "leave"})
    assert read("action:supporting", "Dinsos + Disdukcapil", given=known).value == ["uid-dinsos"]
    assert read("action:supporting", "DP3A / Bappeda").value == ["uid-bappeda", "uid-dp3a"]


def test_what_may_be_one_or_two_is_asked_and_may_be_parted() -> None:
    known = names()
    assert read("action:supporting", "Dinas Sosial dan P3A", given=known).value == []
    (question,) = known.questions
    assert question.options[0].value == "part"
    assert question.options[0].values == {"names": "Dinas Sosial; P3A"}
    answered = names({question.key: "part", "owner:p3a": "leave"})
    assert read("action:supporting", "Dinas Sosial dan P3A", given=answered).value == ["uid-dinsos"]
    assert [one.key for one in answered.questions] == [question.key, "owner:p3a"]


@pytest.mark.parametrize("typed", ["OMS", "Kelurahan", "seluruh Kecamatan", "masyarakat", "OPD terkait"])
def test_nobody_in_particular_is_left_with_a_remark(typed: str) -> None:
    known = names()
    assert known.offices.find(typed, at()) is None
    assert known.offices.find(typed, at(14)) is None
    assert [(one.typed, one.default) for one in known.questions] == [(typed, "leave")]
    assert [one.values for one in known.offices.remarks] == [{"name": typed}]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("PUPR", "Dinas Pekerjaan Umum dan Penataan Ruang"),
        ("Dinas PUPR", "Dinas Pekerjaan Umum dan Penataan Ruang Kota Contoh"),
        ("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang"),
        ("Bag. Hukum Setda", "Bagian Hukum Sekretariat Daerah"),
        ("Bag. Hukum", "Bagian Hukum Sekretariat Daerah"),
        ("DKPP", "Dinas Ketahanan Pangan dan Pertanian"),
        ("Dinas KPP", "Dinas Ketahanan Pangan dan Pertanian"),
    ],
)
def test_an_office_is_found_by_its_short_name(typed: str, name: str) -> None:
    others = {"1": "Dinas Perumahan", "2": "Bagian Organisasi Sekretariat Daerah", "this": name}
    assert [key for key, _likeness in Register(others).twins(typed)][:1] == ["this"]
