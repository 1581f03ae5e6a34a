"""What the review says on the screen and in mails: desks, stages, standings, decisions, in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from roadmap.clock import in_zone, now
from roadmap.people.models import Region
from roadmap.people.roles import Role, Stage
from roadmap.people.words import STAGE_NAMES
from roadmap.review.models import Adoption, Basis, Desk, Instrument, Judgement, Submission, Verdict
from roadmap.review.queries import Standing, consultation_day
from roadmap.text.words import N_
from roadmap.web.filters import MONTHS, day

STEP_NAMES = (N_("Menyusun"), N_("Konsultasi"), N_("Telaah"), N_("Persetujuan"), N_("Pelaksanaan"))
_SAID_BY_STEP = frozenset(
    {Stage.DRAFT, Stage.CONSULTATION, Stage.REVIEW, Stage.SUBMITTED, Stage.IMPLEMENTATION}
)
BASIS_NAMES: Mapping[Basis, str] = {
    Basis.INITIALLED_SHEET: N_("lembar berparaf"),
    Basis.MEMO: N_("nota dinas"),
    Basis.MEETING: N_("rapat"),
}


def step_names() -> list[str]:
    """Name the five steps."""
    return [_(name) for name in STEP_NAMES]


def step_name(standing: Standing) -> str:
    """Name the step a roadmap is in, with the finer state where the step does not say it."""
    name = _(STEP_NAMES[standing.step - 1])
    if standing.stage in _SAID_BY_STEP:
        return name
    return f"{name} ({_(STAGE_NAMES[standing.stage])})"


def who_has(role: Role | None, region: Region) -> str:
    """Say who holds a turn: an office, not a person."""
    names = {
        Role.DRAFTER: _("tim %(agency)s", agency=region.planning_agency),
        Role.MENTOR: _("mentor"),
        Role.VERIFIER: _("verifikator"),
        Role.LEADER: _(region.leader_title),
        Role.LEADER_STAFF: _("staf %(leader)s", leader=_(region.leader_title)),
    }
    return names.get(role, "") if role else ""


def desk_owner(desk: str, region: Region) -> str:
    """Say whose desk it is."""
    owners = {
        Desk.REVIEW: _("mentor"),
        Desk.VERIFICATION: _("verifikator"),
        Desk.LEADER: _(region.leader_title),
    }
    return owners[Desk(desk)]


def instrument_name(instrument: str, region: Region) -> str:
    """Name an instrument as this region calls it."""
    names = {
        Instrument.REGIONAL_REGULATION: _("Peraturan Daerah"),
        Instrument.LEADER_REGULATION: _(region.regulation_title),
        Instrument.DECREE: _("Keputusan %(leader)s", leader=_(region.leader_title)),
        Instrument.CHARTER: _("Piagam atau Deklarasi"),
        Instrument.CIRCULAR: _("Surat Edaran"),
    }
    return names[Instrument(instrument)]


def adoption_sentence(adoption: Adoption, region: Region) -> str:
    """Say by what an edition was adopted."""
    return _(
        "%(instrument)s Nomor %(number)s, %(day)s",
        instrument=instrument_name(adoption.instrument, region),
        number=adoption.number,
        day=day(adoption.adopted_on),
    )


def short_day(value: date | datetime, region: Region) -> str:
    """Write a day without its year while the year is this one."""
    local = in_zone(value, region.zone) if isinstance(value, datetime) else value
    if local.year != in_zone(now(), region.zone).year:
        return day(value)
    return f"{local.day} {_(MONTHS[local.month - 1])}"


def decision_sentence(verdict: Verdict, region: Region) -> str:
    """Say a verdict in one sentence: what, by whom, when, and for one made on paper who recorded it on what basis."""
    desk = Desk(verdict.submission.desk)
    is_passed = verdict.judgement == Judgement.PASSED
    if verdict.on_behalf_of:
        return _paper_sentence(verdict, region, is_passed=is_passed)
    values = {"who": verdict.person.name, "day": day(verdict.at), "leader": _(region.leader_title)}
    if desk == Desk.LEADER:
        if is_passed:
            return _("Disetujui %(leader)s, %(who)s, %(day)s", **values)
        return _("Dikembalikan %(leader)s, %(who)s, %(day)s", **values)
    if desk == Desk.REVIEW:
        if is_passed:
            return _("Lolos telaah mentor, %(who)s, %(day)s", **values)
        return _("Dikembalikan mentor, %(who)s, %(day)s", **values)
    if is_passed:
        return _("Lolos verifikasi, %(who)s, %(day)s", **values)
    return _("Dikembalikan verifikator, %(who)s, %(day)s", **values)


def _paper_sentence(verdict: Verdict, region: Region, *, is_passed: bool) -> str:
    basis = _(BASIS_NAMES[Basis(verdict.basis)]) if verdict.basis else ""
    if verdict.basis_number:
        basis = _("%(basis)s nomor %(number)s", basis=basis, number=verdict.basis_number)
    values = {
        "leader": _(region.leader_title),
        "day": day(verdict.decided_on or verdict.at),
        "who": verdict.person.name,
        "basis": basis,
    }
    if is_passed:
        return _("Disetujui %(leader)s %(day)s, dicatat oleh %(who)s berdasarkan %(basis)s", **values)
    return _("Dikembalikan %(leader)s %(day)s, dicatat oleh %(who)s berdasarkan %(basis)s", **values)


def sentence_of(standing: Standing) -> str:
    """Say in one or two sentences whose turn it is, since when, and what waits."""
    parts = [_SENTENCES[standing.stage](standing)]
    if standing.edition_awaiting and standing.step < _APPROVAL:
        parts.append(
            _(
                "Edisi %(number)s disetujui, menunggu nomor %(regulation)s.",
                number=standing.edition_awaiting.number,
                regulation=_(standing.region.regulation_title),
            )
        )
    elif standing.facts.in_force and standing.stage not in _IN_FORCE:
        edition, adoption = standing.facts.in_force
        parts.append(
            _(
                "Edisi %(number)s tetap berlaku sejak %(day)s.",
                number=edition.number,
                day=day(adoption.adopted_on),
            )
        )
    return " ".join(part for part in parts if part)


_APPROVAL = 4
_IN_FORCE = frozenset({Stage.ADOPTED, Stage.IMPLEMENTATION, Stage.FINISHED, Stage.SUPERSEDED})


def _drafting(standing: Standing) -> str:
    who = who_has(Role.DRAFTER, standing.region)
    withdrawn = standing.facts.withdrawn
    if withdrawn is not None and withdrawn.withdrawn_at is not None:
        return _(
            "Giliran %(who)s. Rancangan %(number)s ditarik %(day)s.",
            who=who,
            number=withdrawn.number,
            day=short_day(withdrawn.withdrawn_at, standing.region),
        )
    returned = standing.facts.returned
    if returned is not None:
        return _returned(standing, returned, who)
    if standing.facts.editions:
        return _(
            "Giliran %(who)s menyusun perubahan sejak %(day)s.",
            who=who,
            day=short_day(standing.since, standing.region),
        )
    return _("Giliran %(who)s sejak %(day)s.", who=who, day=short_day(standing.since, standing.region))


def _returned(standing: Standing, submission: Submission, who: str) -> str:
    verdict = submission.verdict
    assert verdict is not None  # noqa: S101 - `returned` says so
    when = short_day(verdict.decided_on or verdict.at, standing.region)
    count = len(verdict.items)
    if not count:
        return _("Giliran %(who)s. Dikembalikan %(day)s dengan catatan.", who=who, day=when)
    listed = ngettext("%(num)s butir perlu diperbaiki", "%(num)s butir perlu diperbaiki", count)
    if standing.mended:
        return _(
            "Giliran %(who)s. Dikembalikan %(day)s: %(listed)s, %(mended)s sudah disunting.",
            who=who,
            day=when,
            listed=listed,
            mended=standing.mended,
        )
    return _("Giliran %(who)s. Dikembalikan %(day)s: %(listed)s.", who=who, day=when, listed=listed)


def _consulting(standing: Standing) -> str:
    until, left = consultation_day(standing.facts), standing.days_left
    if until is None or left is None:
        return _("Giliran semua anggota tim memberi masukan.")
    if left < 0:
        return _(
            "Giliran %(who)s. Masa masukan berakhir %(day)s.",
            who=who_has(Role.DRAFTER, standing.region),
            day=day(until),
        )
    if left == 0:
        return _("Giliran semua anggota tim. Hari ini hari terakhir memberi masukan.")
    return _(
        "Giliran semua anggota tim. Masukan diterima sampai %(day)s (%(left)s hari lagi).",
        day=day(until),
        left=left,
    )


def _on_a_desk(standing: Standing) -> str:
    passed = standing.facts.passed
    if passed is not None and passed.verdict is not None:
        said = _(
            "Giliran %(who)s mengirimkannya. Rancangan %(number)s lolos %(day)s.",
            who=who_has(Role.DRAFTER, standing.region),
            number=passed.number,
            day=short_day(passed.verdict.at, standing.region),
        )
        return f"{said} {_newer(standing)}".strip()
    waiting = standing.facts.undecided
    if waiting is None:
        return _("Giliran %(who)s.", who=who_has(Role.DRAFTER, standing.region))
    values = {"number": waiting.number, "day": short_day(waiting.at, standing.region)}
    if Desk(waiting.desk) == Desk.LEADER:
        said = _(
            "Rancangan %(number)s di meja %(leader)s sejak %(day)s.",
            leader=_(standing.region.leader_title),
            **values,
        )
        return f"{said} {_newer(standing)}".strip()
    said = _(
        "Giliran %(who)s sejak %(day)s.", who=desk_owner(waiting.desk, standing.region), day=values["day"]
    )
    return f"{said} {_being_read(standing, waiting)}".strip()


def _being_read(standing: Standing, waiting: Submission) -> str:
    count = standing.newer_changes
    if not count:
        return _("Rancangan %(number)s sedang ditelaah.", number=waiting.number)
    newer = ngettext(
        "%(num)s perubahan sesudahnya belum ikut", "%(num)s perubahan sesudahnya belum ikut", count
    )
    return _("Rancangan %(number)s sedang ditelaah; %(newer)s.", number=waiting.number, newer=newer)


def _newer(standing: Standing) -> str:
    count = standing.newer_changes
    if not count:
        return ""
    return ngettext(
        "%(num)s perubahan sesudahnya belum ikut.", "%(num)s perubahan sesudahnya belum ikut.", count
    )


def _approved(standing: Standing) -> str:
    edition = standing.edition_awaiting
    submission = standing.facts.approval_of(edition) if edition else None
    verdict = submission.verdict if submission else None
    waits = _("Menunggu nomor %(regulation)s.", regulation=_(standing.region.regulation_title))
    if verdict is None:
        return waits
    if verdict.on_behalf_of:
        return f"{decision_sentence(verdict, standing.region)}. {waits}"
    said = _("Disetujui %(day)s.", day=short_day(verdict.at, standing.region))
    return f"{said} {waits}"


def _in_force(standing: Standing) -> str:
    if standing.facts.in_force is None:
        return ""
    edition, adoption = standing.facts.in_force
    return _("Berlaku sejak %(day)s (Edisi %(number)s).", day=day(adoption.adopted_on), number=edition.number)


def _adopted(standing: Standing) -> str:
    following = _("Berikutnya %(who)s memulai pelaksanaan.", who=who_has(Role.DRAFTER, standing.region))
    return f"{_in_force(standing)} {following}".strip()


def _implementing(standing: Standing) -> str:
    since = _("Dilaksanakan sejak %(day)s.", day=day(standing.since))
    return f"{_in_force(standing)} {since}".strip()


def _ended(standing: Standing) -> str:
    if standing.stage == Stage.FINISHED:
        return _("Pelaksanaan selesai %(day)s. Peta jalan ini tinggal untuk dibaca.", day=day(standing.since))
    return _(
        "Digantikan peta jalan lain sejak %(day)s. Peta jalan ini tinggal untuk dibaca.",
        day=day(standing.since),
    )


_SENTENCES = {
    Stage.DRAFT: _drafting,
    Stage.REVISION: _drafting,
    Stage.CONSULTATION: _consulting,
    Stage.REVIEW: _on_a_desk,
    Stage.VERIFICATION: _on_a_desk,
    Stage.SUBMITTED: _on_a_desk,
    Stage.APPROVED: _approved,
    Stage.ADOPTED: _adopted,
    Stage.IMPLEMENTATION: _implementing,
    Stage.FINISHED: _ended,
    Stage.SUPERSEDED: _ended,
}


def edition_state_name(state: str) -> str:
    """Say what an edition is now."""
    names = {
        "in-force": _("Berlaku"),
        "awaiting": _("Disetujui, menunggu penetapan"),
        "superseded": _("Digantikan"),
    }
    return names[state]
