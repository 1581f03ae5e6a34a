"""What kinds of saying and levels of reading are called on the screen, and who reads what, said before and after."""

from collections.abc import Mapping

from flask_babel import gettext as _

from roadmap.discussion.models import Nature
from roadmap.people.roles import Visibility
from roadmap.text.words import N_

NATURE_NAMES: Mapping[str, str] = {
    Nature.QUESTION: N_("Pertanyaan"),
    Nature.SUGGESTION: N_("Saran"),
    Nature.LEGAL_NOTE: N_("Catatan hukum"),
    Nature.APPRECIATION: N_("Apresiasi"),
    Nature.NOT_AGREED: N_("Belum sepakat, perlu dibahas dulu"),
}

# As a heading begins: what was said, and by whom.
_SAID_BY: Mapping[str, str] = {
    Nature.QUESTION: N_("Pertanyaan dari %(who)s"),
    Nature.SUGGESTION: N_("Saran dari %(who)s"),
    Nature.LEGAL_NOTE: N_("Catatan hukum dari %(who)s"),
    Nature.APPRECIATION: N_("Apresiasi dari %(who)s"),
    Nature.NOT_AGREED: N_("%(who)s belum sepakat"),
}

LEVEL_NAMES: Mapping[str, str] = {
    Visibility.CSO_AND_MENTOR: N_("Mitra OMS dan mentor saja"),
    Visibility.TEAM: N_("Tim"),
    Visibility.MEMBERS: N_("Tim dan mentor"),
    Visibility.PUBLIC: N_("Publik setelah terbit"),
}

LEVEL_SENTENCES: Mapping[str, str] = {
    Visibility.CSO_AND_MENTOR: N_("Tidak dibaca penyusun, operator OPD, verifikator, dan pimpinan."),
    Visibility.TEAM: N_("Penyusun, operator OPD, dan mitra OMS."),
    Visibility.MEMBERS: N_("Semua yang ikut dalam peta jalan ini, termasuk verifikator dan pimpinan."),
    Visibility.PUBLIC: N_("Semua yang ikut sekarang, dan siapa saja setelah peta jalan terbit."),
}

READ_BY: Mapping[str, str] = {
    Visibility.CSO_AND_MENTOR: N_("Dibaca: mitra OMS dan mentor saja"),
    Visibility.TEAM: N_("Dibaca: tim penyusun, operator OPD, dan mitra OMS"),
    Visibility.MEMBERS: N_("Dibaca: tim penyusun dan mentor"),
    Visibility.PUBLIC: N_("Dibaca: tim penyusun dan mentor; siapa saja setelah terbit"),
}

# What a thread can be about, beside the kinds of the plan.
WHOLE_ROADMAP = N_("Seluruh peta jalan")
AN_OFFICE = N_("Kantor atau lembaga")
NO_NAME = N_("(belum bernama)")
CLOSED_ACCOUNT = N_("akun yang ditutup")


def heading_of(nature: str, who: str) -> str:
    """Begin a thread's heading: Pertanyaan dari Yusuf Tanoto, Perkumpulan Contoh Setara."""
    return _(_SAID_BY[nature], who=who)


def read_by(level: str) -> str:
    """Say who reads what is said at a level."""
    return _(READ_BY[level])
