"""What a form was filled with is read back as the same value; what cannot be read is answered with a sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from roadmap.history.canonical import plain, plain_decimal
from roadmap.plan.fields import (
    FIRST_YEAR,
    LAST_YEAR,
    Choice,
    Choices,
    Codes,
    Evidence,
    FieldError,
    FieldType,
    Item,
    Items,
    Line,
    Money,
    Month,
    Number,
    Organisation,
    Organisations,
    Targets,
    Terms,
    Text,
    Year,
)
from roadmap.plan.kinds import KINDS, SOURCES
from roadmap.text.normal import normalise, normalise_line

CHOICES = Choices(
    organisations={"uid-a": "Dinas Sosial", "uid-b": "Bappeda"},
    organisation_names={"dinas sosial": "uid-a", "dinsos": "uid-a", "bappeda": "uid-b"},
    terms={"rights": {"r1": "Hak atas informasi"}},
    items={"problem": {"p1": "Kanal belum ada"}, "action": {"a1": "Pelatihan"}},
)
YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
FIGURES = st.decimals(-(10**9), 10**9, places=4).map(plain_decimal) | st.just("NA") | st.just("0")
CODE = st.text("abc0123456789.", min_size=1, max_size=20)


def _sets(members: Any) -> Any:
    return st.sets(members, max_size=5).map(sorted)


VALUES: dict[str, tuple[FieldType, Any]] = {
    "line": (Line(), st.text(max_size=80).map(normalise_line)),
    "text": (Text(), st.text(max_size=200).map(normalise)),
    "choice": (Choice({"a": "A", "b": "B"}), st.sampled_from([None, "a", "b"])),
    "year": (Year(), st.none() | YEARS),
    "first day": (Month(at_end=False), st.none() | st.dates(date(1945, 1, 1), date(2200, 12, 31)).map(str)),
    "last day": (Month(at_end=True), st.none() | st.dates(date(1945, 1, 1), date(2200, 12, 31)).map(str)),
    "number": (Number(), st.none() | FIGURES),
    "organisation": (Organisation(), st.sampled_from([None, "uid-a", "uid-b"])),
    "organisations": (Organisations(), _sets(st.sampled_from(["uid-a", "uid-b"]))),
    "terms": (Terms("rights"), _sets(st.sampled_from(["r1", "r2"]))),
    "items": (Items("problem"), _sets(st.sampled_from(["p1", "p2", "p3"]))),
    "item": (Item("action"), st.sampled_from([None, "a1"])),
    "codes": (Codes(), _sets(CODE)),
    "money": (
        Money(SOURCES),
        st.dictionaries(
            st.tuples(YEARS, st.sampled_from(list(SOURCES))).map(lambda key: f"{key[0]} {key[1]}"),
            st.integers(0, 10**15),
            max_size=6,
        ),
    ),
    "targets": (Targets(), st.dictionaries(YEARS.map(str), FIGURES, max_size=6)),
    "evidence": (
        Evidence(),
        st.dictionaries(
            st.text("abcdef/-?=", max_size=20).map(lambda path: f"https://contoh.id/{path}"),
            st.text(max_size=60).map(normalise_line),
            max_size=5,
        ),
    ),
}


def _form(raw: Any) -> MultiDict[str, str]:
    return MultiDict([(name, value) for name, values in raw.items() for value in values])


def test_every_kind_of_field_is_tried_here() -> None:
    used = {type(field.type) for kind in KINDS.values() for field in kind.fields}
    assert used == {type(field) for field, _values in VALUES.values()}


@pytest.mark.parametrize("name", VALUES)
def test_what_a_form_was_filled_with_is_read_back(name: str) -> None:
    field, values = VALUES[name]

    @given(values)
    def read_back(value: Any) -> None:
        assert field.parse("x", _form(field.raw("x", value)), CHOICES) == value

    read_back()


@pytest.mark.parametrize("name", VALUES)
def test_what_is_stored_is_what_was_read(name: str) -> None:
    field, values = VALUES[name]

    @given(values)
    def stored(value: Any) -> None:
        assert plain(field.load(value)) == plain(value)

    stored()


@pytest.mark.parametrize("name", VALUES)
def test_whatever_is_typed_is_read_or_answered_with_a_sentence(name: str) -> None:
    field, _values = VALUES[name]
    boxes = ["x", "x-na", "x-add", "x-month", "x-year", "x-day"]
    boxes += [
        f"x-{row}-{part}"
        for row in (0, 1)
        for part in ("year", "source", "amount", "value", "na", "title", "link")
    ]
    typed = st.text(max_size=30) | st.sampled_from(
        [
            "2026",
            "1.500",
            "NA",
            "apbd",
            "https://x.id",
            "http://[",
            "Rp1",
            "٣",
            "²",
            "uid-a",
            "0" * 50,
            "1" * 5000,
            "\x00",
        ]
    )

    said: set[str] = set()

    @given(st.lists(st.tuples(st.sampled_from(boxes), typed), max_size=12))
    def try_to_read(form: list[tuple[str, str]]) -> None:
        try:
            value = field.parse("x", MultiDict(form), CHOICES)
        except FieldError as problem:
            said.add(problem.sentence % problem.values if problem.values else problem.sentence)
            return
        plain(field.load(value))
        # What was read can be shown and read again.
        assert field.parse("x", _form(field.raw("x", value)), CHOICES) == value

    try_to_read()
    assert all(said)


def _read(field: FieldType, **typed: Any) -> Any:
    form: MultiDict[str, str] = MultiDict()
    for name, value in typed.items():
        form.setlist("x" + name.replace("_", "-"), value if isinstance(value, list) else [value])
    return field.parse("x", form, CHOICES)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", None),
        ("  ", None),
        ("0", "0"),
        ("nihil", "0"),
        ("NA", "NA"),
        ("n/a", "NA"),
        ("Tidak tersedia", "NA"),
        ("72,9", "72.9"),
        ("72.9", "72.9"),
        ("1.081.275,50", "1081275.5"),
        ("1,081,275.50", "1081275.5"),
        ("-12", "-12"),
        ("\N{MINUS SIGN}12", "-12"),
        ("1500", "1500"),
        ("0,125", "0.125"),
        ("0.5", "0.5"),
        ("-0,125", "-0.125"),
        ("12,3456", "12.3456"),
        ("-" + "1234567890" * 3 + ",123456789", "-" + "1234567890" * 3 + ".123456789"),
    ],
)
def test_numbers_as_people_write_them(typed: str, value: str | None) -> None:
    form: MultiDict[str, str] = MultiDict({"x": typed})
    assert Number().parse("x", form, CHOICES) == value


@pytest.mark.parametrize("typed", ["1.500", "1,500", "12.345", "999,999"])
def test_a_number_that_could_be_two_is_asked_back(typed: str) -> None:
    with pytest.raises(FieldError, match="dua cara"):
        Number().parse("x", MultiDict({"x": typed}), CHOICES)


@pytest.mark.parametrize("typed", ["dua", "1..5", "1e5", "٣", "1 000 x", "--1", "½", "1.2.3", "1,2,3"])
def test_what_is_no_number_is_asked_back(typed: str) -> None:
    with pytest.raises(FieldError, match="angka"):
        Number().parse("x", MultiDict({"x": typed}), CHOICES)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("420.000.000", 420_000_000),
        ("Rp 1.500.000,00", 1_500_000),
        ("rp1.500", 1500),
        ("1500,-", 1500),
        ("0", 0),
        ("IDR 2,000,000", 2_000_000),
    ],
)
def test_money_as_people_write_it(typed: str, amount: int) -> None:
    assert _read(Money(SOURCES), _0_year="2026", _0_source="apbd", _0_amount=typed) == {"2026 apbd": amount}


REFUSED: list[tuple[FieldType, dict[str, str], str]] = [
    (Money(SOURCES), {"_0_year": "", "_0_source": "apbd", "_0_amount": "5"}, "Isi tahun"),
    (Money(SOURCES), {"_0_year": "26", "_0_source": "apbd", "_0_amount": "5"}, "empat angka"),
    (Money(SOURCES), {"_0_year": "2026", "_0_source": "", "_0_amount": "5"}, "sumber dana"),
    (Money(SOURCES), {"_0_year": "2026", "_0_source": "dompet", "_0_amount": "5"}, "sumber dana"),
    (Money(SOURCES), {"_0_year": "2026", "_0_source": "apbd", "_0_amount": "5,5"}, "rupiah bulat"),
    (Money(SOURCES), {"_0_year": "2026", "_0_source": "apbd", "_0_amount": "-5"}, "rupiah bulat"),
    (Money(SOURCES), {"_0_year": "2026", "_0_source": "apbd", "_0_amount": "9" * 17}, "terlalu besar"),
    (Targets(), {"_0_year": "", "_0_value": "5"}, "Isi tahun"),
    (Targets(), {"_0_year": "2026", "_0_value": "lima"}, "angka"),
    (Evidence(), {"_0_title": "Berita", "_0_link": ""}, "Isi tautan"),
    (Evidence(), {"_0_title": "", "_0_link": "javascript:alert(1)"}, "https://"),
    (Evidence(), {"_0_title": "", "_0_link": "contoh.id"}, "https://"),
    (Evidence(), {"_0_title": "", "_0_link": "http://["}, "tidak dapat dibaca"),
    (Year(), {"_": "1944"}, "empat angka"),
    (Year(), {"_": "2201"}, "empat angka"),
    (Year(), {"_": "dua ribu"}, "empat angka"),
    (Month(at_end=True), {"_month": "3", "_year": ""}, "tahunnya"),
    (Month(at_end=True), {"_month": "13", "_year": "2026"}, "Pilih bulan"),
    (Choice({"a": "A"}), {"_": "b"}, "Pilih salah satu"),
    (Line(), {"_": "x" * 501}, "Terlalu panjang"),
    (Text(), {"_": "x" * 20_001}, "Terlalu panjang"),
    (Organisation(), {"_": "Dinas Antariksa"}, "belum ada di daftar"),
    (Organisations(), {"_add": "Dinas Antariksa"}, "belum ada di daftar"),
    (Items("problem"), {"_add": "Yang lain"}, "belum ada di peta jalan"),
    (Codes(), {"_": "9" * 61}, "paling panjang"),
]


@pytest.mark.parametrize(("field", "typed", "sentence"), REFUSED)
def test_what_cannot_be_stored_is_refused_with_a_sentence(
    field: FieldType, typed: dict[str, str], sentence: str
) -> None:
    form: MultiDict[str, str] = MultiDict(
        {"x" if name == "_" else "x" + name.replace("_", "-"): value for name, value in typed.items()}
    )
    with pytest.raises(FieldError, match=sentence):
        field.parse("x", form, CHOICES)


def test_two_rows_of_one_year_are_refused_and_not_added_up() -> None:
    row: Callable[[int], dict[str, str]] = lambda n: {  # noqa: E731
        f"x-{n}-year": "2026", f"x-{n}-source": "apbd", f"x-{n}-amount": "5",
        f"x-{n}-value": "5",
    }  # fmt: skip
    form: MultiDict[str, str] = MultiDict(row(0) | row(1))
    for field in (Money(SOURCES), Targets()):
        with pytest.raises(FieldError, match=r"dua kali|sumber yang sama"):
            field.parse("x", form, CHOICES)


def test_an_empty_row_is_no_row() -> None:
    form: MultiDict[str, str] = MultiDict({"x-0-year": "2026", "x-0-source": "apbd", "x-0-amount": ""})
    assert Money(SOURCES).parse("x", form, CHOICES) == {}
    assert Targets().parse("x", form, CHOICES) == {}


def test_a_year_alone_means_its_first_or_last_month() -> None:
    form: MultiDict[str, str] = MultiDict({"x-year": "2028"})
    assert Month(at_end=False).parse("x", form, CHOICES) == "2028-01-01"
    assert Month(at_end=True).parse("x", form, CHOICES) == "2028-12-31"
    form = MultiDict({"x-year": "2028", "x-month": "2"})
    assert Month(at_end=True).parse("x", form, CHOICES) == "2028-02-29"


def test_an_exact_day_stays_while_its_month_is_not_changed() -> None:
    month = Month(at_end=True)
    form = _form(month.raw("x", "2026-05-17"))
    assert month.parse("x", form, CHOICES) == "2026-05-17"
    form["x-month"] = "6"
    assert month.parse("x", form, CHOICES) == "2026-06-30"


def test_an_office_is_known_by_name_or_abbreviation() -> None:
    for typed in ("Dinas Sosial", "dinsos", " DINAS  SOSIAL ", "uid-a"):
        assert Organisation().parse("x", MultiDict({"x": typed}), CHOICES) == "uid-a"
