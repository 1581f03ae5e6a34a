"""The blueprint of what the open pages ask."""

from flask import Blueprint

bp = Blueprint("presence", __name__)
