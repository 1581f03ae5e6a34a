"""Text without markup, addresses, amounts in words, and cells."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.text.plain import excerpt, neutralise_cell, plain, restore_cell, slug, spell_rupiah

# --- plain ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("# Hak atas **air**", "Hak atas air"),
        ("- satu\n- *dua*\n1. tiga", "satu\ndua\ntiga"),
        ("> kutipan\n> - di dalamnya", "kutipan\ndi dalamnya"),
        ("[RPJMD](https://contoh.id/rpjmd)", "RPJMD (https://contoh.id/rpjmd)"),
        ('![peta](https://contoh.id/peta.png "Peta")', "peta (https://contoh.id/peta.png)"),
        ("<https://contoh.id>", "https://contoh.id"),
        ("`kode` dan nama_berkas_ini", "kode dan nama_berkas_ini"),
        ("2 * 3 = 6", "2 * 3 = 6"),
        (r"\*bukan tebal\*", "*bukan tebal*"),
        ("a\n\n---\n\nb", "a\n\nb"),
        ("HAM\n\n*[HAM]: Hak Asasi Manusia", "HAM"),
        ("|a|b|\n|-|-|\n|1|2|", "a · b\n\n1 · 2"),
        ("", ""),
    ],
)
def test_markup_becomes_plain_words(source: str, words: str) -> None:
    assert plain(source) == words


@pytest.mark.parametrize(
    "unit", ["[", "*", "`", "_", "<", "> ", "- ", "\\", "|", "[a](", "![", "a*", "\n", "=", "<http://"]
)
def test_plain_takes_no_time_for_any_repetition(unit: str) -> None:
    source = (unit * 100_000)[:100_000]
    started = time.process_time()
    plain(source)
    assert time.process_time() - started < 0.5


@given(st.text(alphabet="ab[](){}*_`#>-+1.|\\<:/ \n\t"))
def test_plain_never_fails(source: str) -> None:
    assert isinstance(plain(source), str)


# --- excerpt --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [
        ("Hak atas air", 20, "Hak atas air"),
        ("Hak atas air", 12, "Hak atas air"),
        ("Hak atas air bersih", 13, "Hak atas air…"),
        ("Hak atas air bersih", 12, "Hak atas…"),
        ("Hak,\n atas air", 6, "Hak…"),
        ("Pertanggungjawaban", 6, "Perta…"),
        ("abc", 1, "…"),
    ],
)
def test_an_excerpt_ends_between_words(text: str, length: int, shown: str) -> None:
    assert excerpt(text, length) == shown


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_an_excerpt_is_one_line_no_longer_than_asked(text: str, length: int) -> None:
    shown = excerpt(text, length)
    assert len(shown) <= length
    assert "\n" not in shown


def test_an_excerpt_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        excerpt("a", 0)


# --- slug -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Kota Pulau Pisang", "kota-pulau-pisang"),
        ("Kabupaten Jum’at & Sabtu", "kabupaten-jumat-sabtu"),
        ("  Peta Jalan 2025–2029 (revisi) ", "peta-jalan-2025-2029-revisi"),
        ("Café Ñandú", "cafe-nandu"),
        ("İ ß ﬁ", "i-fi"),
        ("../../etc", "etc"),
        ("漢字", ""),
    ],
)
def test_a_name_becomes_an_address(name: str, address: str) -> None:
    assert slug(name) == address


@given(st.text())
def test_a_slug_is_ascii_kebab_case_and_its_own_slug(text: str) -> None:
    address = slug(text)
    assert set(address) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in address
    assert not address.startswith("-")
    assert not address.endswith("-")
    assert slug(address) == address


# --- amounts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (420_000_000, "empat ratus dua puluh juta"),
        (1_000_000_000, "satu miliar"),
        (2_500_000_000, "dua miliar lima ratus juta"),
        (1_000_000_000_000, "satu triliun"),
        (10**15, "seribu triliun"),
        (-1_500, "minus seribu lima ratus"),
    ],
)
def test_an_amount_is_spelled(amount: int, words: str) -> None:
    assert spell_rupiah(amount) == words


@pytest.mark.parametrize("amount", [10**15 + 1, -(10**15) - 1])
def test_an_amount_beyond_all_budgets_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="beyond"):
        spell_rupiah(amount)


WORDS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
ONES = {"sepuluh": "satu puluh", "sebelas": "satu belas", "seratus": "satu ratus", "seribu": "satu ribu"}
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read_aloud(words: str) -> int:
    total = group = digit = 0
    for one, two in ONES.items():
        words = words.replace(one, two)
    for word in words.replace("satu ribu triliun", "satu ribu-triliun").split():
        if word == "ribu-triliun":
            total, digit = 10**15, 0
        elif word in WORDS:
            digit = WORDS[word]
        elif word == "belas":
            group, digit = group + 10 + digit, 0
        elif word in {"puluh", "ratus"}:
            group, digit = group + digit * (10 if word == "puluh" else 100), 0
        else:
            total, group, digit = total + (group + digit) * SCALES[word], 0, 0
    return total + group + digit


@given(st.integers(min_value=0, max_value=10**15))
def test_a_spelled_amount_read_aloud_is_the_amount(amount: int) -> None:
    assert read_aloud(spell_rupiah(amount)) == amount


# --- cells ----------------------------------------------------------------------------------------------

FORMULA_SIGNS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(sign: str) -> None:
    assert neutralise_cell(f"{sign}1+1") == f"'{sign}1+1"
    assert restore_cell(f"'{sign}1+1") == f"{sign}1+1"


@pytest.mark.parametrize("text", ["", "air", "1=1", "Jum'at", "'kutip'", "a-b", "'"])
def test_an_ordinary_cell_stays(text: str) -> None:
    assert neutralise_cell(text) == text
    assert restore_cell(text) == text


CELLS = st.text(alphabet=st.one_of(st.sampled_from("'" + FORMULA_SIGNS + "a"), st.characters()))


@given(CELLS)
def test_every_text_comes_back_from_its_cell(text: str) -> None:
    assert restore_cell(neutralise_cell(text)) == text


@given(CELLS)
def test_no_cell_begins_with_a_formula_sign(text: str) -> None:
    assert not neutralise_cell(text).startswith(tuple(FORMULA_SIGNS))
