"""How the cells of a column are read, in a sentence."""

from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from roadmap.intake.layouts import Reading
from roadmap.plan.kinds import SOURCES
from roadmap.text.words import N_

THOUSAND, MILLION = 1_000, 1_000_000

_YEARS_FROM: Mapping[str, str] = {
    "starts_on": N_("tahunnya tahun mulai setiap baris"),
    "ends_on": N_("tahunnya tahun selesai setiap baris"),
    "spread": N_("dibagi rata ke semua tahun pelaksanaan setiap baris"),
}


def say_reading(reading: Reading) -> str:
    """Say what is known of how a column is read; empty where nothing is."""
    return "; ".join(_parts(reading))


def _parts(reading: Reading) -> Iterator[str]:
    if reading.decimal == ",":
        yield _("angka ditulis seperti 1.500,75")
    elif reading.decimal == ".":
        yield _("angka ditulis seperti 1,500.75")
    if reading.day_first is not None:
        yield _("03/04 dibaca 3 April") if reading.day_first else _("03/04 dibaca 4 Maret")
    if reading.scale == THOUSAND:
        yield _("jumlah dalam ribuan rupiah")
    elif reading.scale == MILLION:
        yield _("jumlah dalam jutaan rupiah")
    if reading.year is not None:
        yield _("untuk tahun %(year)s", year=reading.year)
    if reading.year_from is not None:
        yield _(_YEARS_FROM[reading.year_from])
    if reading.source:
        yield _("dari %(source)s", source=_(SOURCES.get(reading.source, reading.source)))
    if not reading.splits:
        yield _("satu sel satu isian")
