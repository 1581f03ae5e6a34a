"""Numbers as Indonesians write them; what could be two is refused unless the writer's sign for decimals is known."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.text.numbers import (
    TwoWays,
    Unreadable,
    decimal_sign_of,
    read_number,
    write_for_form,
    write_number,
)


@pytest.mark.parametrize(
    ("text", "comma", "dot"),
    [
        ("1.500", "1500", "1.500"),
        ("1,500", "1.500", "1500"),
        ("-2.750", "-2750", "-2.750"),
        ("72,9", "72.9", "72.9"),
        ("72.9", "72.9", "72.9"),
        ("1.081.275", "1081275", "1081275"),
        ("0,125", "0.125", "0.125"),
        ("1500", "1500", "1500"),
    ],
)
def test_a_known_sign_decides_what_could_be_two_and_nothing_else(text: str, comma: str, dot: str) -> None:
    assert (read_number(text, ","), read_number(text, ".")) == (Decimal(comma), Decimal(dot))


@pytest.mark.parametrize("text", ["1.500", "1,500", "999.999", "-2,750"])
def test_without_it_the_writer_is_asked(text: str) -> None:
    with pytest.raises(TwoWays):
        read_number(text)


@pytest.mark.parametrize("text", ["", "x", "1.5.0", "1.50.000", "--1", "1" * 41, "１２", "1e5"])
def test_what_is_no_number_is_none_with_any_sign(text: str) -> None:
    for sign in (None, ",", "."):
        with pytest.raises(Unreadable) as refused:
            read_number(text, sign)
        assert not isinstance(refused.value, TwoWays)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("72,9", ","),
        ("72.9", "."),
        ("1.081.275", ","),
        ("1,081,275", "."),
        ("1.500,75", ","),
        ("1,500.75", "."),
        ("0,125", ","),
        ("1.500", None),
        ("1500", None),
        ("banyak", None),
        ("", None),
    ],
)
def test_a_number_gives_its_writers_sign_away(text: str, sign: str | None) -> None:
    assert decimal_sign_of(text) == sign


@given(number=st.decimals(-(10**12), 10**12, places=4))
def test_what_is_written_is_read_back(number: Decimal) -> None:
    assert read_number(write_for_form(number)) == number
    assert read_number(write_number(number), ",") == number
