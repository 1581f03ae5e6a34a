"""The sentences of the mails, in the language of whoever gets them: never a word of a draft."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from roadmap.config import Config
from roadmap.history.models import Edition
from roadmap.people.models import Person, Region
from roadmap.review.models import Desk, Submission


@dataclass(frozen=True)
class Letter:
    """A mail before it is posted."""

    subject: str
    body: str


def link_to(endpoint: str, **values: object) -> str:
    """Give the address of a page as mails name it, from the setting and never from a request."""
    config: Config = current_app.extensions["roadmap_config"]
    return config.base_url + current_app.url_map.bind("mail").build(endpoint, values)


def turn_letter(reader: Person, region: Region, submission: Submission) -> Letter:
    """Say that it is the reader's turn to judge."""
    with force_locale(reader.language):
        values = {"number": submission.number, "region": region.full_name}
        sentences = {
            Desk.REVIEW: _("Rancangan %(number)s peta jalan %(region)s menunggu telaah Anda.", **values),
            Desk.VERIFICATION: _(
                "Rancangan %(number)s peta jalan %(region)s menunggu verifikasi Anda.", **values
            ),
            Desk.LEADER: _("Rancangan %(number)s peta jalan %(region)s menunggu keputusan Anda.", **values),
        }
        desk = Desk(submission.desk)
        where = (
            link_to("review.brief", roadmap_id=submission.roadmap_id)
            if desk == Desk.LEADER
            else link_to("review.submission", submission_id=submission.id)
        )
        subject = _("Giliran Anda: Rancangan %(number)s, %(region)s", **values)
        return _letter(subject, sentences[desk], where)


def staff_letter(reader: Person, region: Region, submission: Submission) -> Letter:
    """Say to the leader's staff what has come to the leader's desk."""
    with force_locale(reader.language):
        values = {"number": submission.number, "region": region.full_name, "leader": _(region.leader_title)}
        return _letter(
            _("Di meja %(leader)s: Rancangan %(number)s, %(region)s", **values),
            _(
                "Rancangan %(number)s peta jalan %(region)s ada di meja %(leader)s; ringkasannya siap dicetak.",
                **values,
            ),
            link_to("review.brief", roadmap_id=submission.roadmap_id),
        )


def passed_letter(reader: Person, region: Region, submission: Submission) -> Letter:
    """Say that a submission passed, and that it is the drafters' turn to send it on."""
    with force_locale(reader.language):
        values = {"number": submission.number, "region": region.full_name}
        return _letter(
            _("Giliran Anda: Rancangan %(number)s lolos, %(region)s", **values),
            _("Rancangan %(number)s peta jalan %(region)s lolos; giliran Anda mengirimkannya.", **values),
            link_to("review.stages", roadmap_id=submission.roadmap_id),
        )


def returned_letter(reader: Person, region: Region, submission: Submission) -> Letter:
    """Say that a submission came back."""
    with force_locale(reader.language):
        values = {"number": submission.number, "region": region.full_name}
        return _letter(
            _("Dikembalikan: Rancangan %(number)s, %(region)s", **values),
            _(
                "Rancangan %(number)s peta jalan %(region)s dikembalikan; alasannya ada di halaman tahapan.",
                **values,
            ),
            link_to("review.stages", roadmap_id=submission.roadmap_id),
        )


def approved_letter(reader: Person, region: Region, submission: Submission, edition: Edition) -> Letter:
    """Say that a submission was approved and is an edition now."""
    with force_locale(reader.language):
        values = {"number": submission.number, "region": region.full_name, "edition": edition.number}
        return _letter(
            _("Disetujui: Rancangan %(number)s, %(region)s", **values),
            _(
                "Rancangan %(number)s peta jalan %(region)s disetujui dan menjadi Edisi %(edition)s.",
                **values,
            ),
            link_to("review.edition", roadmap_id=submission.roadmap_id, number=edition.number),
        )


def _letter(subject: str, sentence: str, where: str) -> Letter:
    return Letter(subject, f"{sentence}\n\n{where}\n")
