"""Two names that a careful clerk would take for one are told; those that only sound alike are not."""

import time

import pytest

from roadmap.intake.likeness import SAME_ESSENCE, TWIN, Register, alike, fold, twins
from roadmap.intake.naming import Names
from roadmap.people.models import Organisation, OrganisationKind
from roadmap.plan.fields import Choices
from tests.intake.cells import at

SAME = [
    ("Dinas Sosial", "DINAS  SOSIAL"),
    ("Dinas Sosial", "dinas-sosial."),
    ("Dinas Koperasi & UKM", "Dinas Koperasi dan UKM"),
]
TWINS = [
    ("Din. Sosial", "Dinas Sosial"),
    ("Dinsos", "Dinas Sosial"),
    ("Kab. Banggai", "Kabupaten Banggai"),
    ("Bag. Hukum Setda", "Bagian Hukum Sekretariat Daerah"),
    ("Kec. Luwuk Utara", "Kecamatan Luwuk Utara"),
    ("Bappeda", "Badan Perencanaan Pembangunan Daerah"),
    ("Bappeda", "Badan Perencanaan Pembangunan Daerah Kota Contoh"),
    ("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang"),
    ("DP3A", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak"),
    ("Regional Manager Aisyiah Banggar", "Regional Manager Aisyiah Banggai"),
    ("Aisyiyah Banggar", "Aisyiyah Banggai"),
    ("Dinas Lingkungn Hidup", "Dinas Lingkungan Hidup"),
    ("Dinas Sosial Kota Contoh", "Dinas Sosial"),
    ("Yay. Pattiro", "Yayasan Pattiro"),
    ("Forum Kerukunan Umat Beragama", "FKUB"),
    ("Belum tersedianya kanal pengaduan bagi warga tuli", "Belum tersedia kanal pengaduan bagi warga tuli"),
]
APART = [
    ("Kecamatan Luwuk Utara", "Kecamatan Luwuk Selatan"),
    ("Puskesmas I", "Puskesmas II"),
    ("SMP 1", "SMP 2"),
    ("Dinas Sosial", "Dinas Sosial Provinsi Jawa Tengah"),
    ("Dinas Sosial", "Kementerian Sosial"),
    ("Dinas Pendidikan", "Dinas Pertanian"),
    ("Dinas Kesehatan", "Dinas Kehutanan"),
    ("Bagian Hukum", "Bagian Umum"),
    ("INFID", "PKK"),
    ("Melatih 60 petugas puskesmas", "Melatih 40 petugas puskesmas"),
    ("", "Dinas Sosial"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_spaces_and_punctuation_make_no_difference(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one) == 1


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_are_told(one: str, other: str) -> None:
    assert TWIN <= alike(one, other) < 1
    assert TWIN <= alike(other, one) < 1
    assert twins(one, [other, "Kantor Pos", "Rumah Zakat"]) == [other]


@pytest.mark.parametrize(("one", "other"), APART)
def test_others_are_not(one: str, other: str) -> None:
    assert alike(one, other) < TWIN
    assert alike(other, one) < TWIN
    assert twins(one, [other]) == []


def test_an_abbreviated_name_is_nearly_certain_and_a_slip_is_not() -> None:
    assert alike("Din. Sosial", "Dinas Sosial") >= SAME_ESSENCE
    assert alike("Dinas Sosal", "Dinas Sosial") < SAME_ESSENCE


def test_a_register_gives_the_likest_first_and_each_key_once() -> None:
    register = Register({"a": "Dinas Sosial", "b": "Dinas Sosia", "c": "Kantor Pos"})
    register.add("a", "Dinsos")
    assert register.same("DINAS SOSIAL") == ["a"]
    assert [key for key, _likeness in register.twins("Dinas Sosial")] == ["a", "b"]
    assert register.twins("") == []


def test_folding_is_what_people_hear() -> None:
    assert (
        fold("  DINAS_Komunikasi,\nInformatika & Statistik ") == "dinas komunikasi informatika dan statistik"
    )


def _some_names(count: int) -> list[str]:
    fields = (
        "sosial kesehatan pendidikan pertanian perikanan kehutanan perhubungan pariwisata perdagangan".split()
    )
    places = "utara selatan timur barat tengah pesisir hulu hilir raya baru".split()
    return [
        f"{('Dinas', 'Badan', 'Bagian', 'Kecamatan')[n % 4]} {fields[n % 9].title()} {places[n // 9 % 10].title()} {chr(97 + n % 26) * 3}{chr(97 + n // 26 % 26) * 2}"
        for n in range(count)
    ]


def test_three_hundred_offices_and_two_thousand_cells_take_a_moment() -> None:
    known = _some_names(300)
    offices = [
        Organisation(uid=f"uid-{n}", name=name, kind=OrganisationKind.AGENCY) for n, name in enumerate(known)
    ]
    typed = [name.replace("a", "e", 1) if n % 3 else name.upper() for n, name in enumerate(known)]
    began = time.process_time()
    names = Names(Choices(), offices, {})
    for n in range(2_000):
        names.offices.find(typed[n % 300], at(n))
    took = time.process_time() - began
    assert took < 1, took
    assert len(names.questions) == 200


def test_a_thousand_new_names_stay_a_matter_of_seconds() -> None:
    began = time.process_time()
    names = Names(Choices(), [], {})
    for n, name in enumerate(_some_names(1_000)):
        names.offices.find(name, at(n))
    assert time.process_time() - began < 6


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a " * 50_000, "(" * 100_000, "Din. " * 20_000, "ab" * 50_000]
)
def test_a_hostile_name_is_compared_in_time(text: str) -> None:
    began = time.process_time()
    alike(text, text[:-3] + "x")
    Register({"a": text, "b": "Dinas Sosial"}).twins(text + "y")
    assert time.process_time() - began < 2
