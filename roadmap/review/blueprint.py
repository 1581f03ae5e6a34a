"""The review's blueprint, which its modules of pages share."""

from flask import Blueprint

bp = Blueprint("review", __name__)
