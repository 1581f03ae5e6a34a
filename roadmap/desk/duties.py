"""What a roadmap asks of this person first: the one primary button of its overview."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from roadmap.desk.overview import Overview
from roadmap.history.models import Roadmap
from roadmap.people.roles import Act, Role, Stage, may
from roadmap.plan.blueprint import item_url
from roadmap.review.models import Submission


@dataclass(frozen=True)
class Duty:
    """The words of the button and where it leads."""

    label: str
    address: str


def duty_of(overview: Overview, roadmap: Roadmap, waiting: Submission | None) -> Duty | None:
    """Name the most urgent thing this person can do here; None where nothing is written yet to do it to."""
    deciding = _decision(overview, roadmap, waiting)
    if deciding is not None:
        return deciding
    if overview.may_write:
        return _writing(overview, roadmap, waiting)
    if may(overview.roles, Act.EDIT_OWN_OFFICE, overview.stage) and overview.own_missing:
        item = overview.own_missing[0].item
        if item is not None:
            return Duty(
                _("Lengkapi aksi kantor Anda (%(count)s)", count=len(overview.own_missing)), item_url(item)
            )
    return _reading(overview)


def _decision(overview: Overview, roadmap: Roadmap, waiting: Submission | None) -> Duty | None:
    if waiting is None:
        return None
    words = {
        Act.JUDGE_REVIEW: _("Telaah Rancangan %(number)s", number=waiting.number),
        Act.JUDGE_VERIFICATION: _("Periksa Rancangan %(number)s", number=waiting.number),
        Act.JUDGE_SUBMISSION: _("Baca ringkasan dan putuskan"),
        Act.RECORD_DECISION: _("Catat arahan %(leader)s", leader=_(roadmap.region.leader_title)),
    }
    act = next((act for act in words if may(overview.roles, act, overview.stage)), None)
    if act is None:
        return None
    if act == Act.JUDGE_SUBMISSION:
        return Duty(words[act], url_for("review.brief", roadmap_id=roadmap.id))
    if act == Act.RECORD_DECISION:
        return Duty(words[act], url_for("review.record_decision", submission_id=waiting.id))
    return Duty(words[act], url_for("review.submission", submission_id=waiting.id))


def _writing(overview: Overview, roadmap: Roadmap, waiting: Submission | None) -> Duty | None:
    if overview.is_empty:
        return None
    if waiting is None and overview.stage in {Stage.REVIEW, Stage.VERIFICATION}:
        return Duty(_("Kirim ke meja berikutnya"), url_for("review.stages", roadmap_id=roadmap.id))
    if may(overview.roles, Act.SUBMIT, overview.stage) and overview.stage in {Stage.DRAFT, Stage.REVISION}:
        if overview.findings:
            label = _("Lengkapi yang masih kurang (%(count)s)", count=len(overview.findings))
            return Duty(label, url_for("plan.findings", roadmap_id=roadmap.id))
        return Duty(_("Ajukan rancangan ini"), url_for("review.stages", roadmap_id=roadmap.id))
    if overview.stage == Stage.APPROVED:
        return Duty(_("Catat penetapannya"), url_for("review.stages", roadmap_id=roadmap.id))
    return Duty(
        _("Tulis modalitas, masalah, atau aksi"), url_for("plan.guided", roadmap_id=roadmap.id, step=2)
    )


def _reading(overview: Overview) -> Duty | None:
    cover = overview.plan.cover
    if overview.is_empty or cover is None or Role.ADMIN in overview.roles:
        return None
    return Duty(_("Baca dari awal"), item_url(cover))
