"""What is overheard after the commit and becomes a mail, each act's mails in a unit of work of their own."""

from collections.abc import Callable, Iterable

from roadmap import mail
from roadmap.activity.words import (
    Letter,
    approved_letter,
    passed_letter,
    returned_letter,
    staff_letter,
    turn_letter,
)
from roadmap.extensions import db
from roadmap.history.models import Edition, Roadmap
from roadmap.people.access import allows
from roadmap.people.models import Person, Region
from roadmap.people.queries import holders_of
from roadmap.people.roles import Act, Role
from roadmap.plan.access import place_of
from roadmap.review.events import EditionApproved, Judged, Submitted
from roadmap.review.models import Desk, Judgement, Submission
from roadmap.review.states import JUDGE_OF
from roadmap.work import unit_of_work


def tell_whose_turn_it_is(happening: Submitted) -> None:
    """Tell the holders of the role on whose desk a submission was laid, and the leader's staff of the leader's."""
    with unit_of_work():
        submission, roadmap = _what(happening.submission_id)
        desk, region = Desk(submission.desk), roadmap.region
        judges = _holders(JUDGE_OF[desk], roadmap)
        _post(judges, happening.actor_uid, lambda one: turn_letter(one, region, submission))
        if desk == Desk.LEADER:
            staff = [one for one in _holders(Role.LEADER_STAFF, roadmap) if one not in judges]
            _post(staff, happening.actor_uid, lambda one: staff_letter(one, region, submission))


def tell_the_verdict(happening: Judged) -> None:
    """Tell drafters and submitter that a submission came back, or passed a desk before the leader's."""
    if happening.judgement == Judgement.RETURNED:
        letter: Callable[[Person, Region, Submission], Letter] = returned_letter
    elif happening.desk != Desk.LEADER:
        letter = passed_letter
    else:
        return  # an approval is told with its edition
    with unit_of_work():
        submission, roadmap = _what(happening.submission_id)
        _post(
            _drafters(submission, roadmap),
            happening.actor_uid,
            lambda one: letter(one, roadmap.region, submission),
        )


def tell_the_approval(happening: EditionApproved) -> None:
    """Tell drafters and submitter that the leader approved."""
    with unit_of_work():
        submission, roadmap = _what(happening.submission_id)
        edition = db.session.get_one(Edition, happening.edition_id)
        _post(
            _drafters(submission, roadmap),
            happening.actor_uid,
            lambda one: approved_letter(one, roadmap.region, submission, edition),
        )


def _what(submission_id: int) -> tuple[Submission, Roadmap]:
    submission = db.session.get_one(Submission, submission_id)
    return submission, db.session.get_one(Roadmap, submission.roadmap_id)


def _holders(role: Role, roadmap: Roadmap) -> list[Person]:
    return [held.person for held in holders_of(role, roadmap.region, roadmap.id)]


def _drafters(submission: Submission, roadmap: Roadmap) -> list[Person]:
    """Name the drafters of today, and who submitted as long as they may see the roadmap."""
    drafters = _holders(Role.DRAFTER, roadmap)
    submitter = submission.submitter
    if submitter.closed_at is None and allows(submitter, Act.SEE, place_of(roadmap)):
        drafters.append(submitter)
    return drafters


def _post(readers: Iterable[Person], actor_uid: str, letter: Callable[[Person], Letter]) -> None:
    """Put a mail to each reader into the outbox, once each; whoever acted knows already."""
    for reader in {one.uid: one for one in readers if one.uid != actor_uid}.values():
        written = letter(reader)
        mail.post(reader.email, written.subject, written.body)
