"""How long, how much, how many: the bounds of the intake."""

from datetime import timedelta

from roadmap.intake.models import State

# Background work that is due or going on; it goes on without the person.
WORK = frozenset({State.READING, State.TRYING, State.WRITING})
# What takes no place among a person's open tables.
ENDED = frozenset({State.DONE, State.LEFT, State.UNREADABLE})
# Whoever works says so more often than this.
STALLED_AFTER = timedelta(seconds=30)
MOST_OPEN = 5
KEPT_AFTER_END = timedelta(days=14)
KEPT_AFTER_LEAVING = timedelta(days=7)
KEPT_UNFINISHED = timedelta(days=30)
LONGEST_NAME = 300
MOST_ANSWERS = 5_000
LONGEST_ANSWER = 32_767
