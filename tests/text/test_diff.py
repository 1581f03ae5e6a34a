"""What changed between two texts: nothing is invented, nothing is left out, and no text takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.text.diff import Mark, Piece, compare, fold

WORDS = st.lists(st.sampled_from(["jalan", "HAM", "kota", "dan", "warga.", "\n", "a"]), max_size=30).map(
    " ".join
)


def _marked(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.mark.value, piece.text) for piece in compare(before, after)]


def test_a_changed_word_is_removed_and_added_where_it_stood() -> None:
    assert _marked("Setiap warga dapat mengadu.", "Setiap orang dapat mengadu.") == [
        ("same", "Setiap "),
        ("removed", "warga "),
        ("added", "orang "),
        ("same", "dapat mengadu."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "baru", [("added", "baru")]),
        ("lama", "", [("removed", "lama")]),
        ("sama saja", "sama saja", [("same", "sama saja")]),
        ("dua  spasi", "dua spasi", [("same", "dua spasi")]),
        ("satu\ndua", "satu dua", [("removed", "satu\n"), ("added", "satu "), ("same", "dua")]),
    ],
)
def test_the_cases(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert _marked(before, after) == expected


def test_markup_is_only_words() -> None:
    pieces = compare("<b>tebal</b>", "<script>alert(1)</script>")
    assert pieces == [Piece(Mark.REMOVED, "<b>tebal</b> "), Piece(Mark.ADDED, "<script>alert(1)</script>")]


@given(WORDS | st.text(max_size=60), WORDS | st.text(max_size=60))
def test_what_is_the_same_or_added_is_the_text_after(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(one.text for one in pieces if one.mark != Mark.REMOVED) == after
    kept = "".join(one.text for one in pieces if one.mark != Mark.ADDED)
    assert kept.split() == before.split()
    assert kept.count("\n") == before.count("\n")


@given(WORDS, WORDS)
def test_folding_hides_words_and_loses_none(before: str, after: str) -> None:
    pieces = compare(before, after)
    folded = fold(pieces)
    assert "".join(one.text for one in folded) == "".join(one.text for one in pieces)
    assert [one for one in folded if one.mark in {Mark.ADDED, Mark.REMOVED}] == [
        one for one in pieces if one.mark in {Mark.ADDED, Mark.REMOVED}
    ]


def test_unchanged_sentences_fold_but_for_the_neighbour() -> None:
    sentences = [f"Kalimat {number}. " for number in range(6)]
    before = "".join(sentences) + "Akhir lama."
    after = "".join(sentences) + "Akhir baru."
    assert [(one.mark, one.text, one.sentences) for one in fold(compare(before, after))] == [
        (Mark.FOLDED, "".join(sentences), 6),
        (Mark.SAME, "Akhir ", 0),
        (Mark.REMOVED, "lama. ", 0),
        (Mark.ADDED, "baru.", 0),
    ]


def test_a_text_without_a_change_is_not_folded() -> None:
    text = "Satu. Dua. Tiga. Empat."
    assert fold(compare(text, text)) == [Piece(Mark.SAME, text)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x " + "a " * 10_000, "y " + "a " * 9_999 + "z"),
        ("x\n" + "a\n" * 10_000, "y\n" + "a\n" * 9_999 + "z"),
        (" ".join(map(str, range(4000))), " zz ".join(map(str, range(4000)))),
        (" ".join(map(str, range(4000))), " ".join(map(str, reversed(range(4000))))),
        ("\n".join(map(str, range(4000))), "\nq\n".join(map(str, range(4000)))),
    ],
)
def test_a_hostile_text_takes_no_time(before: str, after: str) -> None:
    began = time.process_time()
    compare(before, after)
    assert time.process_time() - began < 1
