"""The desk's blueprint."""

from flask import Blueprint

bp = Blueprint("desk", __name__)

# The parts that are lists of their own: /roadmaps/3/actions.
PARTS = "<any(modalities, problems, actions, sections):plural>"
