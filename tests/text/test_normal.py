"""One normaliser: equal words are equal bytes."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.text.normal import MARKS_PER_LETTER, normalise, normalise_line

HARD_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "a \t\n\r\x00\x0b\x85\u2028\u202e\u2066\ud800\u0301\u0315\u0344\u0f73\u0f81é\u1100\u1161\u11a8"
        ),
    ),
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("e\u0301", "é"),
        ("satu\r\ndua\rtiga\u2028empat", "satu\ndua\ntiga\nempat"),
        ("a\x00b\x07c\x7fd\x9fe", "abcde"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\ud800b\udfffc", "abc"),
        ("a\u202eb\u2066c\u2069d\u202ae", "abcde"),
        ("satu  \ndua\t\n\n  ", "satu\ndua"),
        ("    kode", "    kode"),
        (" \n\t ", ""),
        ("", ""),
        ("👩‍⚖️ hakim", "👩‍⚖️ hakim"),
    ],
)
def test_a_text_is_stored_as(typed: str, stored: str) -> None:
    assert normalise(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("  Kota \t Pulau\r\nPisang ", "Kota Pulau Pisang"), ("\u00a0a\u3000b", "a b"), ("\n", "")],
)
def test_a_line_is_stored_as(typed: str, stored: str) -> None:
    assert normalise_line(typed) == stored


@given(HARD_TEXT)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert normalise_line(normalise_line(text)) == normalise_line(text)


@given(HARD_TEXT)
def test_a_stored_text_can_be_encoded_and_is_composed(text: str) -> None:
    stored = normalise(text)
    assert stored.encode("utf-8").decode("utf-8") == unicodedata.normalize("NFC", stored)
    assert all(char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"} for char in stored)


@given(HARD_TEXT)
def test_a_stored_line_is_one_line(text: str) -> None:
    assert normalise_line(text).split() == normalise_line(text).split(" ") or normalise_line(text) == ""


@pytest.mark.parametrize(
    "marks",
    ["\u0315\u0300" * 50_000, "\u0315" * 50_000 + "\u0300" * 50_000, "\u0344" * 100_000, "\u0f73" * 100_000],
)
def test_a_heap_of_accents_over_one_letter_takes_no_time(marks: str) -> None:
    started = time.perf_counter()
    stored = normalise("a" + marks)
    assert time.perf_counter() - started < 0.3
    assert len(stored) <= MARKS_PER_LETTER + 1
    assert normalise(stored) == stored
