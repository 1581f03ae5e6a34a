"""Two people write in one text: what they changed in different sentences stands together, and nothing is lost."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap.history.weaving import both_texts, merge_texts
from roadmap.text.sentences import pieces

BASE = "Satu kalimat. Dua kalimat. Tiga kalimat."
CASES = [
    # theirs, mine, merged
    ("Satu BARU. Dua kalimat. Tiga kalimat.", "Satu kalimat. Dua LAMA. Tiga kalimat.", "Satu BARU. Dua LAMA. Tiga kalimat."),
    ("Satu kalimat. Tiga kalimat.", "Satu kalimat. Dua kalimat. Tiga UBAH.", "Satu kalimat. Tiga UBAH."),
    ("Satu kalimat. Tiga kalimat.", "Satu UBAH. Dua kalimat. Tiga kalimat.", "Satu UBAH. Tiga kalimat."),
    (f"{BASE} Akhir Andi.", f"{BASE} Akhir Budi.", f"{BASE} Akhir Andi. Akhir Budi."),
    (f"Awal Andi. {BASE}", f"Awal Budi. {BASE}", f"Awal Andi. Awal Budi. {BASE}"),
    (f"{BASE}\n\nAlinea Andi.", f"{BASE} Akhir Budi.", f"{BASE}\n\nAlinea Andi. Akhir Budi."),
    ("Satu kalimat. Sisipan Andi. Dua kalimat. Tiga kalimat.", "Satu kalimat. Sisipan Budi. Dua kalimat. Tiga kalimat.",
     "Satu kalimat. Sisipan Andi. Sisipan Budi. Dua kalimat. Tiga kalimat."),
    ("Satu PECAH. Lagi. Dua kalimat. Tiga kalimat.", "Satu kalimat. Dua UBAH. Tiga kalimat.", "Satu PECAH. Lagi. Dua UBAH. Tiga kalimat."),
    ("Satu kalimat.\nDua kalimat. Tiga kalimat.", "Satu kalimat. Dua kalimat. Tiga UBAH.", "Satu kalimat.\nDua kalimat. Tiga UBAH."),
]  # fmt: skip
CLASHES = [
    ("Satu Andi. Dua kalimat. Tiga kalimat.", "Satu Budi. Dua kalimat. Tiga kalimat."),
    ("Satu kalimat. Tiga kalimat.", "Satu kalimat. Dua UBAH. Tiga kalimat."),
    ("Semua lain.", "Satu kalimat. Dua kalimat. Tiga UBAH."),
]


@pytest.mark.parametrize(("theirs", "mine", "merged"), CASES)
def test_changes_in_different_sentences_meet_no_question(theirs: str, mine: str, merged: str) -> None:
    assert merge_texts(BASE, theirs, mine) == merged


@pytest.mark.parametrize(("theirs", "mine"), CLASHES)
def test_the_same_sentence_changed_twice_is_asked_about(theirs: str, mine: str) -> None:
    assert merge_texts(BASE, theirs, mine) is None
    assert merge_texts(BASE, mine, theirs) is None


def test_of_a_clash_both_readings_are_offered_and_the_rest_is_merged() -> None:
    theirs, mine = "Satu Andi. Dua kalimat. Tiga kalimat.", "Satu Budi. Dua kalimat. Tiga UBAH."
    assert both_texts(BASE, theirs, mine) == "Satu Andi. Satu Budi. Dua kalimat. Tiga UBAH."
    assert both_texts("satu\ndua", "SATU\ndua", "Satu\ndua") == "SATU\nSatu\ndua"
    assert both_texts("a\n", "a\na", "b") == "b\na", "words never run into one"
    assert both_texts("a\n", "a\na", "a\nb").split("\n") == ["a", "a", "b"]


SENTENCE = st.sampled_from(
    ["Andi datang.", "Budi pulang.", "Citra?", "Dewi menulis.", "- butir", "tanpa titik", "Andi datang lagi!"]
)
SPACE = st.sampled_from([" ", " ", "\n", "\n\n"])
TEXT = st.lists(st.tuples(SENTENCE, SPACE), max_size=5).map(
    lambda parts: "".join(a + b for a, b in parts).rstrip()
)


@settings(max_examples=10_000)
@given(TEXT, TEXT, TEXT)
def test_whoever_is_called_mine_and_however_often_it_is_laid_on_it_is_one_text(
    base: str, theirs: str, mine: str
) -> None:
    merged, turned = merge_texts(base, theirs, mine), merge_texts(base, mine, theirs)
    assert (merged is None) == (turned is None)
    if merged is None or turned is None:
        return
    assert Counter(pieces(merged)) == Counter(pieces(turned)), "only the order may differ"
    assert merge_texts(base, merged, mine) == merged
    assert merge_texts(base, theirs, merged) == merged
    for side in (theirs, mine):
        assert {*pieces(side)} - {*pieces(base)} <= {*pieces(merged)}, "what somebody wrote is lost"
    assert {*pieces(merged)} <= {*pieces(base), *pieces(theirs), *pieces(mine)}, "nobody wrote this"


def test_five_hundred_pairs_of_writers_in_different_sentences_are_asked_nothing() -> None:
    chance = random.Random(2026)
    for _ in range(500):
        count = chance.randint(2, 14)
        spaces = [chance.choice([" ", " ", "\n", "\n\n"]) for _ in range(count)]
        said = [f"Kalimat {number} tentang {chance.random():.6f}." for number in range(count)]
        one, other = chance.sample(range(count), 2)

        def text(**changed: str) -> str:
            written = [changed.get(f"n{number}", words) for number, words in enumerate(said)]  # noqa: B023
            return "".join(a + b for a, b in zip(written, spaces, strict=True)).rstrip()  # noqa: B023

        theirs, mine = {f"n{one}": f"Ditulis Andi {one}."}, {f"n{other}": f"Ditulis Budi {other}."}
        assert merge_texts(text(), text(**theirs), text(**mine)) == text(**theirs, **mine)
