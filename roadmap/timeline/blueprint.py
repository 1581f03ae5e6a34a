"""The timeline's blueprint."""

from flask import Blueprint

bp = Blueprint("timeline", __name__)
