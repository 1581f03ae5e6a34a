"""What was said in public of an edition, in words: by which office or in which role, never by which person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from roadmap.discussion.models import ORGANISATION, ROADMAP
from roadmap.discussion.publishing import published_threads
from roadmap.discussion.words import heading_of
from roadmap.history.operations import CLOSED
from roadmap.people.words import ROLE_NAMES
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import ItemView, Outline


@dataclass(frozen=True)
class Said:
    """One saying: by whom, on what day, in what words; none where they were closed."""

    by: str
    on: str
    body: str | None


@dataclass(frozen=True)
class Talk:
    """A thread: what it is about, how it began, what was said, and how it ended."""

    uid: str
    heading: str
    item: ItemView | None
    office: str
    field: str
    said: Sequence[Said]
    is_resolved: bool
    resolution: str


def talks_of(document: Mapping[str, Any], plan: Outline) -> list[Talk]:
    """Read the threads of a document, those still open first, the newest of them first."""
    threads = sorted(published_threads(document), key=lambda one: str(one["on"]), reverse=True)
    return sorted((_talk(thread, plan) for thread in threads), key=lambda one: one.is_resolved)


def talks_about(talks: Iterable[Talk], uids: Iterable[str]) -> list[Talk]:
    """Give those about one of some items."""
    wanted = set(uids)
    return [one for one in talks if one.item is not None and one.item.uid in wanted]


def _talk(thread: Mapping[str, Any], plan: Outline) -> Talk:
    kind = str(thread["about_kind"])
    known = KINDS[kind].by_name.get(str(thread["field"])) if kind in KINDS else None
    return Talk(
        uid=str(thread["uid"]),
        heading=heading_of(thread["nature"], _by(thread["by"])),
        item=plan.by_uid.get(thread["about"]) if kind not in {ROADMAP, ORGANISATION} else None,
        office=str(thread.get("about_name") or ""),
        field=_(known.label) if known else "",
        said=[
            Said(_by(one["by"]), one["on"], None if one["body"] == CLOSED else one["body"])
            for one in thread["comments"]
        ],
        is_resolved=bool(thread["is_resolved"]),
        resolution=str(thread["resolution"] or ""),
    )


def _by(who: Mapping[str, str]) -> str:
    return who["organisation"] or _(ROLE_NAMES[who["role"]])
