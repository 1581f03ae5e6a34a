"""The published JSON Schema of an edition as open data, made from the table of fields: it says what is written."""

from collections.abc import Mapping
from typing import Any

from roadmap.discussion.models import Nature
from roadmap.plan.document import FORMAT
from roadmap.plan.fields import (
    Choice,
    Codes,
    Evidence,
    FieldType,
    Item,
    Money,
    Month,
    Number,
    Organisation,
    Several,
    Targets,
    Year,
)
from roadmap.plan.kinds import KINDS, Kind
from roadmap.review.models import Instrument

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_UID: Schema = {"$ref": "#/$defs/uid"}
_FIGURE: Schema = {"$ref": "#/$defs/figure"}
_TEXT: Schema = {"type": "string"}


def schema_of_editions(address: str) -> Schema:
    """Write the schema of an edition as open data, which stands at an address."""
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "Peta Jalan HAM: edisi yang ditetapkan",
        "description": (
            "An adopted edition of a Human Rights City roadmap: its document as it was approved, the instrument that "
            "adopted it, and where it is read. Labels and names are those of the day it was approved."
        ),
        **_object(
            {
                "$schema": {"const": address},
                "edition": _edition(),
                "adoption": _adoption(),
                "links": {
                    "type": "object",
                    "additionalProperties": {"type": ["string", "null"], "format": "uri"},
                },
                "document": _document(),
            }
        ),
        "$defs": {
            "uid": {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
            "figure": {
                "type": "string",
                "pattern": r"^(NA|-?\d+(\.\d+)?)$",
                "description": "An exact decimal number as text; NA: there is no figure to be had; 0 is a figure.",
            },
            "day": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
            **{name: _item(kind) for name, kind in KINDS.items()},
        },
    }


def _object(properties: Mapping[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """Write an object that has exactly these properties, some of which may be missing."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _edition() -> Schema:
    return _object(
        {
            "uid": _UID,
            "number": {"type": "integer", "minimum": 1},
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "approved_at": {"type": "string", "format": "date-time"},
            "is_newest": {"type": "boolean"},
        }
    )


def _adoption() -> Schema:
    return _object(
        {
            "instrument": {"enum": [one.value for one in Instrument]},
            "instrument_name": _TEXT,
            "number": _TEXT,
            "adopted_on": {"$ref": "#/$defs/day"},
            "subject": _TEXT,
        }
    )


def _document() -> Schema:
    any_item = {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in KINDS]}
    labels = {"type": "object", "additionalProperties": {"type": "object"}}
    return {
        "type": "object",
        "properties": {
            "format": {"const": FORMAT},
            "region": _region(),
            "roadmap": _roadmap(),
            "order": {
                "description": "Every item in its published order, indicators behind their action.",
                "type": "array",
                "items": {
                    "type": "array",
                    "prefixItems": [{"enum": list(KINDS)}, _UID],
                    "minItems": 2,
                    "maxItems": 2,
                },
            },
            "items": _by_uid(any_item),
            "organisations": _by_uid(
                _object({"name": _TEXT, "abbreviation": {"type": ["string", "null"]}, "kind": _TEXT})
            ),
            "terms": _by_uid(_object({"id": _TEXT, "en": _TEXT, "vocabulary": _TEXT})),
            "labels": labels,
            "options": labels,
            "threads": {
                "description": "What was said in public as of the edition; older editions have no such part.",
                "type": "array",
                "items": _thread(),
            },
        },
        "required": [
            "format",
            "region",
            "roadmap",
            "order",
            "items",
            "organisations",
            "terms",
            "labels",
            "options",
        ],
    }


def _thread() -> Schema:
    said = {"uid": _UID, "on": {"$ref": "#/$defs/day"}, "by": _object({"organisation": _TEXT, "role": _TEXT})}
    return _object(
        {
            **said,
            "about_kind": _TEXT,
            "about": _UID,
            "about_name": _TEXT,
            "field": _TEXT,
            "nature": {"enum": [one.value for one in Nature]},
            "is_resolved": {"type": "boolean"},
            "resolution": _TEXT,
            "comments": {"type": "array", "items": _object({**said, "body": _TEXT})},
        },
        optional=("about_name",),
    )


def _by_uid(value: Schema) -> Schema:
    return {"type": "object", "propertyNames": _UID, "additionalProperties": value}


def _region() -> Schema:
    words = ("name", "full_name", "province", "slug", "planning_agency", "leader_title", "regulation_title")
    return {
        "type": "object",
        "properties": {
            "uid": _UID,
            "kind": {"enum": ["kabupaten", "kota"]},
            "is_example": {"type": "boolean"},
            **dict.fromkeys(words, _TEXT),
        },
        "required": ["uid", "kind", "is_example", *words],
    }


def _roadmap() -> Schema:
    year: Schema = {"type": ["integer", "null"]}
    return _object({"uid": _UID, "language": _TEXT, "title": _TEXT, "year_from": year, "year_to": year})


def _item(kind: Kind) -> Schema:
    fields: Schema = {
        "type": "object",
        "description": kind.label,
        "properties": {one.name: {"description": one.label, **_field(one.type)} for one in kind.fields},
    }
    entry = {"kind": {"const": kind.name}, "fields": fields}
    if kind.parent:
        entry["parent"] = {"description": f"The {kind.parent} it belongs to.", **_UID}
    return _object(entry)


_NONE: Schema = {"type": "null"}


def _field(field_type: FieldType) -> Schema:
    """Write what a field of a type holds; a field that was not there yet, or holds nothing, is null."""
    if isinstance(field_type, Choice):
        return {"enum": [*field_type.options, None]}
    if isinstance(field_type, Money):
        return _map(rf"^\d{{4}} ({'|'.join(field_type.sources)})$", {"type": "integer", "minimum": 0})
    known = (schema for kinds, schema in _FIELDS if isinstance(field_type, kinds))
    return next(known, {"type": ["string", "null"]})


def _map(key: str, value: Schema) -> Schema:
    return {"type": ["object", "null"], "patternProperties": {key: value}, "additionalProperties": False}


# The first that fits: codes are several words too.
_FIELDS: tuple[tuple[type[FieldType] | tuple[type[FieldType], ...], Schema], ...] = (
    (Year, {"type": ["integer", "null"]}),
    (Month, {"oneOf": [{"$ref": "#/$defs/day"}, _NONE]}),
    (Number, {"oneOf": [_FIGURE, _NONE]}),
    ((Organisation, Item), {"oneOf": [_UID, _NONE]}),
    (Codes, {"type": ["array", "null"], "items": _TEXT, "uniqueItems": True}),
    (Several, {"type": ["array", "null"], "items": _UID, "uniqueItems": True}),
    (Targets, _map(r"^\d{4}$", _FIGURE)),
    (Evidence, _map("^https?://", _TEXT)),
)
