"""What the index hears: an act was written down. It follows inside the act, so that nobody finds what is not there."""

from roadmap.history.events import Recorded
from roadmap.search.operations import keep_in_step
from roadmap.work import listen_within


def listen_to_the_record() -> None:
    """Keep the index in step inside every act."""
    listen_within(Recorded, _follow)


def _follow(recorded: Recorded) -> None:
    keep_in_step(recorded.changeset.roadmap_id, recorded.changeset.revisions)
