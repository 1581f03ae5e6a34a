"""The types a field can have: how it merges, how a form shows and reads it, what a column takes.

`raw` and `parse` are inverse: what a form was filled with is read back as the same value. A value here is
always plain (see `history/canonical.py`). `parse` raises FieldError with a sentence for the person.
"""

from roadmap.plan.fields.base import Choices, FieldError, FieldType, Raw, Typed
from roadmap.plan.fields.naming import Codes, Item, Items, Organisation, Organisations, Several, Terms
from roadmap.plan.fields.reading import FIRST_YEAR, LAST_YEAR, read_link
from roadmap.plan.fields.rows import Evidence, Money, Rows, Targets
from roadmap.plan.fields.simple import Choice, Line, Month, Number, Text, Year

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Choice",
    "Choices",
    "Codes",
    "Evidence",
    "FieldError",
    "FieldType",
    "Item",
    "Items",
    "Line",
    "Money",
    "Month",
    "Number",
    "Organisation",
    "Organisations",
    "Raw",
    "Rows",
    "Several",
    "Targets",
    "Terms",
    "Text",
    "Typed",
    "Year",
    "read_link",
]
