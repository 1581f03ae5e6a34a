"""A text is cut into sentences and lines, and is whole again when its pieces are joined."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.text.sentences import pieces

CASES = [
    ("", []),
    ("Satu. Dua.", ["Satu.", " ", "Dua."]),
    ("Satu! Dua? Tiga… Empat", ["Satu!", " ", "Dua?", " ", "Tiga…", " ", "Empat"]),
    ("Baris satu\nbaris dua\n\nbaris tiga", ["Baris satu", "\n", "baris dua", "\n\n", "baris tiga"]),
    ("Perda No. 5 Tahun 2021. Berlaku.", ["Perda No. 5 Tahun 2021.", " ", "Berlaku."]),
    ("Di Kab. Banyumas. Selesai.", ["Di Kab. Banyumas.", " ", "Selesai."]),
    ("Guru, kader, dll. Mereka ikut.", ["Guru, kader, dll. Mereka ikut."]),
    ("Oleh A. Yani. Selesai.", ["Oleh A. Yani.", " ", "Selesai."]),
    ("Pukul 08.00 WIB. Hadir 60. orang", ["Pukul 08.00 WIB.", " ", "Hadir 60. orang"]),
    ("Target 75. 2027 naik.", ["Target 75. 2027 naik."]),
    ("1. Pertama. Lanjut.\n2. Kedua.", ["1. Pertama.", " ", "Lanjut.", "\n", "2. Kedua."]),
    ("- Butir satu. Lagi.\n  - Anak", ["- Butir satu.", " ", "Lagi.", "\n  ", "- Anak"]),
    ("Katanya “cukup.” Lalu pulang.", ["Katanya “cukup.”", " ", "Lalu pulang."]),
    ("Ia bilang (begitu.) Benar.", ["Ia bilang (begitu.)", " ", "Benar."]),
    ("**Penting.** Baca.", ["**Penting.**", " ", "Baca."]),
    ("Tunggu... Baik.", ["Tunggu...", " ", "Baik."]),
    (" di depan. Ya. ", [" ", "di depan.", " ", "Ya.", " "]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_text_is_cut_where_a_reader_would_pause(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(st.text(st.sampled_from('aB1. !?…\n\t"”)*_,;')))
def test_nothing_is_lost_by_cutting(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert all(found)
    assert all(one.isspace() != other.isspace() for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text", ["a. " * 33_000, "." * 100_000, " " * 100_000, "Dr. " * 25_000, "*" * 100_000]
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    began = time.process_time()
    assert "".join(pieces(text)) == text
    assert time.process_time() - began < 2
