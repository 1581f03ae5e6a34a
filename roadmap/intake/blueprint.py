"""The intake's blueprint, and the four steps its pages speak of."""

from flask import Blueprint

from roadmap.text.words import N_

bp = Blueprint("intake", __name__)

STEPS = (N_("Pilih tabel"), N_("Cocokkan kolom"), N_("Periksa"), N_("Tulis"))
