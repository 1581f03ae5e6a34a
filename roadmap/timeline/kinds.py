"""Tells the record the shape of a named moment: nothing in it is what a leader approves."""

from roadmap.history.shapes import Merge, Shape, tell_shape
from roadmap.timeline.models import Pin

PIN = Shape(
    Pin.kind,
    Pin,
    {"moment": Merge.WHOLE, "name": Merge.WHOLE, "author": Merge.WHOLE, "position": Merge.WHOLE},
    frozenset(),
)

tell_shape(PIN)
