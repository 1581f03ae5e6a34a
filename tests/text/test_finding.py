"""Words as they are looked for: case and accents, and the forms that Indonesian words share a root with."""

import pytest

from roadmap.text.finding import LONGEST_WORD, fold, forms_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pelatihan petugas, tahap 2", ["pelatihan", "petugas", "tahap", "2"]),
        ("anak-anak & lansia", ["anak", "anak", "lansia"]),
        ("Café JOSÉ", ["cafe", "jose"]),
        ("2.08.03.2.02.0001", ["2", "08", "03", "2", "02", "0001"]),
        ("a_b", ["a", "b"]),
        ('"(* AND NEAR/2 title:', ["and", "near", "2", "title"]),
        ("", []),
        ("🙂 — …", []),
    ],
)
def test_a_text_falls_into_the_words_that_are_looked_for(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_word_without_end_is_cut() -> None:
    assert words_of("a" * 10_000) == ["a" * LONGEST_WORD]


def test_folding_twice_changes_nothing_more() -> None:
    for text in ("ÉCOLE", "ﬁle", "Straße", "İstanbul", "ｆｕｌｌ"):
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pelayanan", "melayani"),
        ("pengaduan", "mengadukan"),
        ("tulisan", "menulis"),
        ("pemakaian", "memakai"),
        ("pekerjaan", "bekerja"),
        ("pelajaran", "mengajar"),
        ("kesehatan", "sehat"),
        ("kebijakan", "bijak"),
        ("penyandang", "menyandang"),
        ("perlindungan", "melindungi"),
        ("pembangunan", "membangun"),
        ("penyediaan", "menyediakan"),
        ("pelatihan", "dilatih"),
        ("pendampingan", "mendampingi"),
        ("kelurahan", "lurah"),
        ("pengelolaan", "mengelola"),
        ("penanganan", "menangani"),
        ("peningkatan", "ditingkatkan"),
        ("pemberdayaan", "memberdayakan"),
    ],
)
def test_words_of_one_root_find_one_another(one: str, other: str) -> None:
    assert other in forms_of(one)
    assert one in forms_of(other)


@pytest.mark.parametrize(
    ("word", "stranger"),
    [
        ("memakai", "maka"),
        ("layanan", "layangan"),
        ("dinas", "bernas"),
        ("pesisir", "sisir"),
        ("anak", "anakronisme"),
        ("kota", "kotak"),
        ("rumah", "rumahanis"),
    ],
)
def test_words_that_only_look_alike_do_not(word: str, stranger: str) -> None:
    assert stranger not in forms_of(word)


@pytest.mark.parametrize("word", ["2026", "rt", "b12", "aksesibilité", "a" * LONGEST_WORD, "yang", ""])
def test_numbers_short_words_and_small_words_stand_for_themselves(word: str) -> None:
    assert forms_of(word) == {word}


def test_no_word_has_more_forms_than_a_question_can_carry() -> None:
    words = [
        "mempersamakan",
        "memperhatikannya",
        "kemengertian",
        "pengkajiannya",
        "diperdengarkankan",
        "sesesese",
    ]
    assert max(len(forms_of(word)) for word in words) < 500
