"""Equal content has equal bytes, whatever order, form of Unicode or engine; what differs has others."""

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap.extensions import db
from roadmap.history.canonical import (
    canonical,
    changeset_digest,
    content_hash,
    edition_digest,
    plain,
    plain_decimal,
    sha256,
    snapshot_hash,
)
from roadmap.history.models import Revision
from roadmap.plan import operations
from tests.cast import Cast
from tests.factories import a_problem, a_roadmap

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, VALUES, max_size=5), st.randoms())
def test_the_order_of_names_does_not_matter(value: dict[str, Any], chance: Any) -> None:
    names = list(value)
    chance.shuffle(names)
    assert canonical({name: value[name] for name in names}) == canonical(value)


@given(VALUES)
def test_what_was_written_is_written_the_same_again(value: Any) -> None:
    import json

    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(TEXT)
def test_the_form_of_unicode_does_not_matter(text: str) -> None:
    assert canonical(unicodedata.normalize("NFD", text)) == canonical(unicodedata.normalize("NFC", text))


@given(st.sets(TEXT, max_size=5), st.randoms())
def test_a_set_has_no_order(members: set[str], chance: Any) -> None:
    listed = list(members)
    chance.shuffle(listed)
    assert canonical(set(listed)) == canonical(members) == canonical(frozenset(listed))


@given(VALUES, VALUES)
def test_what_differs_has_other_bytes(one: Any, other: Any) -> None:
    # Python takes True for 1; JSON does not.
    if repr(plain(one)) != repr(plain(other)) and plain(one) != plain(other):
        assert canonical(one) != canonical(other)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6) | st.integers().map(Decimal))
def test_a_decimal_is_written_plainly_and_means_the_same(number: Decimal) -> None:
    text = plain_decimal(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert not text.endswith(".")
    if "." in text:
        assert not text.endswith("0")
    assert plain_decimal(Decimal(text)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("72.90", "72.9"),
        ("100", "100"),
        ("1E+2", "100"),
        ("-0.0", "0"),
        ("0.000", "0"),
        ("-0.50", "-0.5"),
        ("1000000.000000", "1000000"),
    ],
)
def test_decimals(number: str, text: str) -> None:
    assert plain_decimal(Decimal(number)) == text


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), Decimal("NaN"), Decimal("Infinity"), object(), b"x", {"a": 0.1}]
)
def test_what_is_not_exact_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_dates_and_moments() -> None:
    assert plain(date(2026, 5, 5)) == "2026-05-05"
    assert plain(datetime(2026, 5, 5, 3, 42, tzinfo=UTC)) == "2026-05-05T03:42:00+00:00"


def test_not_available_is_neither_empty_nor_nought() -> None:
    hashes = {snapshot_hash({"baseline": value}, "salt") for value in (None, "", "NA", "0")}
    assert len(hashes) == 4
    contents = {content_hash({"baseline": value}, {"baseline"}) for value in (None, "NA", "0")}
    assert len(contents) == 3


def test_a_field_that_comes_later_changes_no_hash_of_before() -> None:
    before = content_hash({"title": "Pelatihan"}, {"title"})
    assert content_hash({"title": "Pelatihan"}, {"title", "new_field"}) == before
    assert (
        content_hash({"title": "Pelatihan", "new_field": "", "links": []}, {"title", "new_field", "links"})
        == before
    )


def test_only_binding_fields_are_in_the_content() -> None:
    one = {"title": "Pelatihan", "status": "berjalan"}
    assert content_hash(one, {"title"}) == content_hash({**one, "status": "selesai"}, {"title"})
    assert content_hash(one, {"title"}) != content_hash({**one, "title": "Lain"}, {"title"})


def test_the_salt_and_the_removal_are_in_the_hash_of_a_snapshot() -> None:
    snapshot = {"title": "Pelatihan"}
    assert snapshot_hash(snapshot, "a") != snapshot_hash(snapshot, "b")
    assert snapshot_hash(snapshot, "a", gone=True) != snapshot_hash(snapshot, "a")


def test_no_two_divisions_of_one_text_agree() -> None:
    assert sha256("ab", "c") != sha256("a", "bc") != sha256("abc")


def test_every_part_of_an_act_is_in_its_digest() -> None:
    header = {"seq": 1, "actor": "x"}
    row = ("action", "uid", 1, "hash")
    digests = {
        changeset_digest("", header, [row]),
        changeset_digest("before", header, [row]),
        changeset_digest("", {**header, "seq": 2}, [row]),
        changeset_digest("", header, []),
        changeset_digest("", header, [("action", "uid", 2, "hash")]),
    }
    assert len(digests) == 5


def test_the_order_of_items_is_in_the_digest_of_an_edition() -> None:
    rows = [("action", "a", "1"), ("action", "b", "2")]
    assert edition_digest(rows) != edition_digest(reversed(rows))


AS_TYPED = {
    "title": "Cafe\N{COMBINING ACUTE ACCENT}  ",
    "description": "baris satu\r\nbaris dua\N{LINE SEPARATOR}tiga\x00",
    "baseline": "NA",
    "baseline_year": 2025,
    "evidence": {"https://b.example": "b", "https://a.example": "a"},
}
# SHA-256 over the canonical form, computed once: both engines must arrive here.
CONTENT = "301ddf76f87bd263f47f5090a6877c74de0d0fdef0f5c7e211c95a1171e8a78e"


def test_a_hash_is_one_on_both_engines_after_a_round_trip(ctx: object, cast: Cast) -> None:
    roadmap = a_roadmap(cast)
    problem = a_problem(cast, roadmap, **AS_TYPED)
    operations.edit_item(cast.rina, "problem", problem.id, 1, {"cause": "sebab"})
    db.session.expire_all()
    revision = db.session.query(Revision).filter_by(item_uid=problem.uid, item_version=2).one()
    assert revision.snapshot["title"] == "Caf\N{LATIN SMALL LETTER E WITH ACUTE}"
    assert revision.snapshot["description"] == "baris satu\nbaris dua\ntiga"
    assert revision.snapshot_hash == snapshot_hash(revision.snapshot, revision.salt or "")
    binding = {"title", "description", "cause", "baseline", "baseline_year", "evidence"}
    assert revision.content_hash == content_hash(revision.snapshot, binding)
    assert revision.content_hash == CONTENT
