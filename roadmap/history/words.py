"""How the record speaks of kept words: why they did not go through, and what they say."""

import re
from collections.abc import Mapping

from flask_babel import gettext as _

from roadmap.history.models import KeptWords
from roadmap.history.unsaved import CLASH, UNSAVED, UNUSED
from roadmap.text.words import N_

CAUSES = {
    UNSAVED: N_("Ketikan Anda yang belum disimpan."),
    CLASH: N_("Isian yang sama sudah diubah orang lain lebih dulu."),
    UNUSED: N_("Tidak jadi dipakai; tulisan lain yang dipilih."),
    "invalid": N_("Ada isian yang perlu diperbaiki."),
    "stage": N_("Keadaannya sudah berubah ketika disimpan."),
    "rights": N_("Ketika disimpan, peran penulisnya tidak mencakup perubahan ini."),
    "gone": N_("Bagian itu tidak ada lagi, atau tidak dapat dibuka lagi."),
    "session": N_("Sesi berakhir sebelum tersimpan."),
    "often": N_("Terlalu banyak yang dikirim dalam waktu singkat."),
    "again": N_("Formulirnya sudah masuk sekali; yang ini ditulis sesudahnya."),
    "busy": N_("Sistem sedang sibuk."),
}
OTHERWISE = N_("Ada gangguan ketika disimpan.")

# What free text outside the forms of items is called.
NAMES = {
    "note": N_("Catatan"),
    "reason": N_("Alasan"),
    "basis": N_("Dasar"),
    "subject": N_("Tentang"),
    "number": N_("Nomor"),
    "title": N_("Judul"),
    "body": N_("Isi"),
    "comment": N_("Komentar"),
    "text": N_("Tulisan"),
    "name": N_("Nama"),
    "scan": N_("Tautan pindaian"),
    "decided_on": N_("Tanggal keputusan"),
    "adopted_on": N_("Tanggal penetapan"),
}

# What such a form holds beside words: chosen from a list, or written by the page.
_CHOSEN = frozenset(
    {
        "nature",
        "item",
        "go",
        "visibility",
        "notified",
        "wants_answer",
        "place",
        "tentang",
        "isian",
        "seen_version",
        "seq",
        "digest",
        "findings",
        "judgement",
        "instrument",
        "items",
        "way",
        "then",
        "needs_mending",
        "closed",
        "lihat",
        "halaman",
    }
)

_CHOICES = ("choice-", "answer:", "skip:")

_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def cause_in_words(kept: KeptWords) -> str:
    """Say why words did not go through."""
    return _(CAUSES.get(kept.cause, OTHERWISE))


def plain_words(kept: KeptWords, values: Mapping[str, object] | None = None) -> tuple[tuple[str, str], ...]:
    """Give what was typed, where nobody knows the fields: (label, words), without what only machines read.

    Of the values named, else of all.
    """
    found = []
    for name, value in (kept.values if values is None else values).items():
        if name in _CHOSEN or name.startswith(_CHOICES):
            continue
        several = value if isinstance(value, list) else [value]
        words = [str(one) for one in several if isinstance(one, str | int) and not _UID.fullmatch(str(one))]
        if any(words):
            found.append((_(NAMES.get(name, N_("Isian"))), "\n".join(words)))
    return tuple(found)
