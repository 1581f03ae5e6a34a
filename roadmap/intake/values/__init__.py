"""Understands what people write in the cells of a table, in the ways they write it; knows no database and no page.

`settle` a column's reading by its cells, `ask_about` what stays open, `apply_answers`, then `understand` the cells
of each item. What is not understood for certain is asked once a column or said of its cell, never guessed.
"""

from roadmap.intake.values.asking import OURS, apply_answers, ask_about, left_open, settle
from roadmap.intake.values.entries import split_entries
from roadmap.intake.values.money import source_of, sources_in
from roadmap.intake.values.naming_cells import ONE_LEAD
from roadmap.intake.values.parts import NO_YEARS, Understood, Years
from roadmap.intake.values.understanding import understand, understand_period
from roadmap.intake.values.written import is_ditto, text_of

__all__ = [
    "NO_YEARS",
    "ONE_LEAD",
    "OURS",
    "Understood",
    "Years",
    "apply_answers",
    "ask_about",
    "is_ditto",
    "left_open",
    "settle",
    "source_of",
    "sources_in",
    "split_entries",
    "text_of",
    "understand",
    "understand_period",
]
