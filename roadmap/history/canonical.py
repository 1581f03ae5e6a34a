"""The one way to write a value so that equal content has equal bytes on every engine, and its hashes (design 2.11)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from roadmap.text.normal import normalise

NOT_AVAILABLE = "NA"


def plain(value: object) -> object:
    """Turn a value into what JSON can carry exactly: decimals as strings, ISO dates, sets as sorted lists.

    Raises TypeError for a float, which is never exact, and for anything it does not know.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return normalise(str(value))
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        # Sorted, so that of two names that are one once normalised the same one stays, whatever came first.
        return {str(plain(key)): plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, set | frozenset):
        return sorted(str(plain(entry)) for entry in value)
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)


def plain_decimal(value: Decimal) -> str:
    """Write a decimal without exponent, sign of zero, or trailing zeros."""
    if not value.is_finite():
        message = "a number must be finite"
        raise TypeError(message)
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", "", "-"} else text


def canonical(value: object) -> str:
    """Write a value as canonical JSON: sorted keys, no spaces, normalised text."""
    return json.dumps(
        plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def sha256(*parts: str) -> str:
    """Hash the parts, each marked off from the next, so that no two divisions of one text agree."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


def is_empty(value: object) -> bool:
    """Tell whether a value says nothing; 0 and *tidak tersedia* do say something."""
    return value is None or value in ("", [], {})


def snapshot_hash(snapshot: Mapping[str, object], salt: str, *, gone: bool = False) -> str:
    """Hash all versioned fields, and whether the item stands, with the salt that is kept beside them."""
    return sha256("snapshot", salt, canonical(snapshot), "gone" if gone else "")


def content_hash(snapshot: Mapping[str, object], binding: Iterable[str]) -> str:
    """Hash the fields a leader approves, and nothing else.

    Empty ones are left out, so that a field that comes later changes no hash of a time before it.
    """
    held = {name: snapshot.get(name) for name in binding}
    return sha256("content", canonical({name: value for name, value in held.items() if not is_empty(value)}))


def changeset_digest(
    previous: str, header: Mapping[str, object], revisions: Iterable[tuple[str, str, int, str]]
) -> str:
    """Chain a changeset to the one before: its header and (kind, uid, item_version, snapshot_hash) of each item."""
    return sha256("changeset", previous, canonical(header), canonical([list(row) for row in revisions]))


def edition_digest(rows: Iterable[tuple[str, str, str]]) -> str:
    """Hash (kind, uid, content_hash) of each item in published order."""
    return sha256("edition", canonical([list(row) for row in rows]))
