"""What an annex says above and below its table: which regulation it belongs to, what it is, who signs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from roadmap.people.models import Region, RegionKind
from roadmap.review.models import Adoption, Instrument
from roadmap.review.words import instrument_name
from roadmap.web.filters import day, moment

DOTS = "…" * 8
_OF_THE_REGION = frozenset({Instrument.REGIONAL_REGULATION, Instrument.CHARTER})


@dataclass(frozen=True)
class Head:
    """The lines at the upper right, the lines of the title, and the block below: place and day, office, name."""

    place: Sequence[str]
    title: Sequence[str]
    signed: Sequence[str]
    office: str
    name: str


def head_of(
    region: Region,
    title: str,
    adoption: Adoption | None = None,
    *,
    is_draft: bool,
    then: datetime | None = None,
) -> Head:
    """Say the words of an annex; what is not known yet is left as dots, and `then` names a moment that has passed."""
    instrument = adoption.instrument if adoption else Instrument.LEADER_REGULATION
    regulation = name_of_instrument(instrument, region)
    place = [
        _("Lampiran").upper(),
        (_("Rancangan %(regulation)s", regulation=regulation) if is_draft else regulation).upper(),
        number_of(adoption).upper(),
        _("Tentang").upper(),
        _subject_of(adoption).upper() if adoption else DOTS * 2,
    ]
    if then is not None:
        place.append(_("Keadaan %(then)s", then=moment(then)))
    return Head(
        place=place,
        title=title_of(region, title),
        signed=[
            _("Ditetapkan di %(place)s", place=_place_of(region)),
            _("pada tanggal %(day)s", day=day(adoption.adopted_on) if adoption else DOTS),
        ],
        office=f"{_(region.leader_title)} {region.name},".upper(),
        name=_in_capitals(region.leader_name) if region.leader_name else DOTS * 2,
    )


def name_of_instrument(instrument: str, region: Region) -> str:
    """Name an instrument with the region it is of: Peraturan Wali Kota Contoh, Peraturan Daerah Kota Contoh."""
    name = instrument_name(instrument, region)
    if instrument in _OF_THE_REGION:
        return f"{name} {region.full_name}"
    if instrument == Instrument.CIRCULAR:
        return f"{name} {_(region.leader_title)} {region.name}"
    return f"{name} {region.name}"


def number_of(adoption: Adoption | None) -> str:
    """Say an instrument's number and year; dots before there is one."""
    if adoption is None:
        return _("Nomor %(number)s Tahun %(year)s", number=DOTS, year=DOTS)
    number = adoption.number.strip()
    if number.isdecimal():
        return _("Nomor %(number)s Tahun %(year)s", number=number, year=adoption.adopted_on.year)
    return _("Nomor %(number)s", number=number)


def title_of(region: Region, title: str) -> list[str]:
    """Give the title in capitals, line by line; the region once."""
    lines = [_("Matriks rencana aksi"), title, region.full_name]
    if region.full_name.casefold() in title.casefold():
        lines.pop()
    return [line.upper() for line in lines if line]


def _subject_of(adoption: Adoption) -> str:
    subject = adoption.subject.strip()
    begins = _("Tentang").casefold() + " "
    return subject[len(begins) :] if subject.casefold().startswith(begins) else subject


def _place_of(region: Region) -> str:
    # The seat of a regency has a name of its own, which we do not know.
    return region.name if region.kind == RegionKind.CITY else DOTS


def _in_capitals(name: str) -> str:
    """Write a name in capitals, the titles after it as they are: AHMAD FULAN, S.Sos."""
    own, comma, titles = name.partition(",")
    return f"{own.upper()}{comma}{titles}"
