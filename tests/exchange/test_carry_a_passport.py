"""What a workbook carries so that it can come back is read as it was written, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.exchange.columns import Target
from roadmap.exchange.passport import Line, NoPassport, Passport, SheetPass

WORDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=30)
TARGETS = st.builds(
    Target,
    st.sampled_from(["action", "problem"]),
    st.sampled_from(["title", "budget"]),
    st.sampled_from(["", "2026", "2026 apbd"]),
)


@given(TARGETS)
def test_a_columns_place_is_read_as_it_was_written(target: Target) -> None:
    assert Target.read(str(target)) == target


@pytest.mark.parametrize("written", ["", "action", ":title", "action:"])
def test_what_is_no_place_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=f"^{written}$"):
        Target.read(written)


@given(st.uuids(version=4), st.integers(1, 10**9 - 1))
def test_a_rows_code_is_read_as_it_was_written(uid: object, version: int) -> None:
    line = Line(str(uid), version)
    assert Line.read(f" {line} ") == line


@pytest.mark.parametrize("cell", ["", "14", "3f0c.1", "=1+1", "3f0c2a5e-0000-4000-8000-000000000000"])
def test_another_text_is_no_rows_code(cell: str) -> None:
    assert Line.read(cell) is None


@given(
    st.builds(
        Passport,
        WORDS,
        st.integers(0, 10**6),
        st.sampled_from(["id", "en"]),
        st.lists(
            st.builds(SheetPass, WORDS, WORDS, st.lists(WORDS, max_size=4).map(tuple), WORDS), max_size=4
        ).map(tuple),
        st.booleans(),
    )
)
def test_a_passport_is_read_as_it_was_written(passport: Passport) -> None:
    assert Passport.read(passport.write()) == passport


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '{"format": 2}', '{"format": 1}', '{"format": 1, "sheets": 3}', "[" * 100_000],
)
def test_what_is_no_passport_is_refused(text: str) -> None:
    with pytest.raises(NoPassport):
        Passport.read(text)
