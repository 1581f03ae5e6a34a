"""The discussion's blueprint."""

from flask import Blueprint

bp = Blueprint("discussion", __name__)
