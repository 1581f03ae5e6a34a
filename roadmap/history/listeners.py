"""What the record hears: a role on a roadmap is given or ends, and that is an act on the roadmap."""

from roadmap.history.operations import record
from roadmap.people.events import MembershipEnded, MembershipGiven
from roadmap.work import current_work, listen_within, take_seq

GIVEN, ENDED = "role-given", "role-ended"


def listen_to_people() -> None:
    """Record roles on one roadmap in the transaction that gives or ends them; those of a whole region are audited."""
    listen_within(MembershipGiven, _record_given)
    listen_within(MembershipEnded, _record_ended)


def _record_given(given: MembershipGiven) -> None:
    if given.roadmap_id is not None:
        _record(given, given.roadmap_id, GIVEN, {"organisation": given.organisation_uid})


def _record_ended(ended: MembershipEnded) -> None:
    if ended.roadmap_id is not None:
        _record(ended, ended.roadmap_id, ENDED, {"ends_on": ended.ends_on.isoformat()})


def _record(
    event: MembershipGiven | MembershipEnded, roadmap_id: int, verb: str, more: dict[str, object]
) -> None:
    work = current_work()
    if work.roadmap_id != roadmap_id or work.has_recorded:
        # Several roles given in one go are several acts, each with its own place in its roadmap's log.
        take_seq(roadmap_id)
        work.has_recorded = False
    payload = {"membership": event.membership_uid, "person": event.person_uid, "role": event.role.value}
    record(event.actor, verb, payload=payload | more)
