"""The verbs of the review. Nothing else changes a roadmap's stage; each step is one act with its row."""

from roadmap.review.operations.adopting import adopt, begin_implementation, finish
from roadmap.review.operations.deciding import approve, judge, record_decision, send_back
from roadmap.review.operations.noting import answer_note, jot_down
from roadmap.review.operations.submitting import (
    begin_first_round,
    begin_next_round,
    end_consultation,
    open_consultation,
    submit,
    withdraw,
)

__all__ = [
    "adopt",
    "answer_note",
    "approve",
    "begin_first_round",
    "begin_implementation",
    "begin_next_round",
    "end_consultation",
    "finish",
    "jot_down",
    "judge",
    "open_consultation",
    "record_decision",
    "send_back",
    "submit",
    "withdraw",
]
