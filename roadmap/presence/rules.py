"""How long presence lasts, how often it beats, and which way of live updates holds."""

from datetime import timedelta

NORMAL, SPARING, OFF = "biasa", "hemat", "mati"
MODES = (NORMAL, SPARING, OFF)

# A tab beats every so many seconds; a little less than half of what it lasts, so that one beat may get lost.
BEAT_SECONDS = 22
GONE = timedelta(seconds=60)
# Whoever goes from one page to the next does not leave: the end of a tab counts a moment later.
GRACE = timedelta(seconds=5)
# Rows are let go of a while after they count for nothing.
FORGOTTEN = timedelta(minutes=10)
MOST_TABS = 20
LONGEST_TAB = 36

HEARTBEAT = 15.0
LONGEST_STREAM, JITTER = 600.0, 120.0
LOOK_EVERY, LISTEN_FOR = 0.5, 5.0
POLL_SECONDS = 5
MOST_ACTS = 100


def mode_of(wish: str, save_data: str) -> str:
    """Tell how live a page is: as its reader wishes, but sparing where the browser asks to save data."""
    wish = wish if wish in MODES else NORMAL
    return SPARING if wish == NORMAL and save_data.strip().lower() == "on" else wish
