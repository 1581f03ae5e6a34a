"""What would happen in one sentence, before anything else is said; and what did, after the writing."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from roadmap.intake.trial import Fate, Trial
from roadmap.plan.kinds import KINDS
from roadmap.web.filters import number


def summary_of(trial: Trial, must: int) -> str:
    """Say what a trial comes to, and that nothing is written yet."""
    parts = []
    if new := counted(Counter(row.kind for row in trial.rows if row.fate == Fate.NEW)):
        parts.append(_("akan ditambah %(what)s", what=new))
    if changed := trial.count(Fate.CHANGED):
        parts.append(ngettext("%(num)s bagian diubah", "%(num)s bagian diubah", changed))
    if removed := trial.count(Fate.REMOVED):
        parts.append(ngettext("%(num)s bagian dihapus", "%(num)s bagian dihapus", removed))
    if must:
        parts.append(ngettext("%(num)s hal perlu dijawab", "%(num)s hal perlu dijawab", must))
    if trial.troubles:
        parts.append(
            ngettext("%(num)s sel perlu diperbaiki", "%(num)s sel perlu diperbaiki", len(trial.troubles))
        )
    if not parts:
        return _("Tidak ada perubahan: semua isi tabel ini sudah ada di peta jalan.")
    told = "; ".join(parts)
    return _("%(what)s. Belum ada yang ditulis.", what=told[:1].upper() + told[1:])


def counted(kinds: Mapping[str, int]) -> str:
    """Say how many of which kind: "12 permasalahan dan 30 rencana aksi"."""
    told = [
        f"{number(kinds[name])} {_lower(_(kind.label_many if kinds[name] > 1 else kind.label))}"
        for name, kind in KINDS.items()
        if kinds.get(name)
    ]
    if len(told) < 2:  # noqa: PLR2004 - a list needs two
        return "".join(told)
    return _("%(first)s dan %(last)s", first=", ".join(told[:-1]), last=told[-1])


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def written_sentence(report: Mapping[str, Any]) -> str:
    """Say what was written, from what is kept of it."""
    parts = []
    if added := counted(report.get("added") or {}):
        parts.append(_("ditambah %(what)s", what=added))
    if changed := int(report.get("changed") or 0):
        parts.append(ngettext("%(num)s bagian diubah", "%(num)s bagian diubah", changed))
    if removed := int(report.get("removed") or 0):
        parts.append(ngettext("%(num)s bagian dihapus", "%(num)s bagian dihapus", removed))
    if not parts:
        return _("Tidak ada perubahan: semua isi tabel ini sudah ada di peta jalan.")
    told = "; ".join(parts)
    return _("%(what)s. Semuanya terlihat oleh tim.", what=told[:1].upper() + told[1:])
