"""What of the discussion goes into an edition: only what was said to be public once published, and no person's name.

    "threads": [{"uid", "about_kind", "about", "about_name"?, "field", "nature", "is_resolved", "resolution",
                 "on": "2026-11-22", "by": {"organisation": name or "", "role": role},
                 "comments": [{"uid", "body", "on", "by"}, …]}, …]

Editions from before people could talk have no such part; whoever reads it asks with `published_threads`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from roadmap.clock import in_zone
from roadmap.discussion.models import ORGANISATION, ROADMAP, Comment, Thread
from roadmap.discussion.shown import CommentView, Row, ThreadView, counts_in, row_of_revision, show
from roadmap.history.models import Roadmap
from roadmap.history.queries import state_as_of
from roadmap.people.queries import organisations_by_uid
from roadmap.people.roles import Visibility
from roadmap.plan.queries import outline_as_of

PART = "threads"


def public_threads(roadmap: Roadmap, seq: int) -> list[dict[str, Any]]:
    """Give the public threads on what stood at an act, with their public comments as they were, oldest first."""
    threads, comments = _public_rows(roadmap.id, seq)
    if not threads:
        return []
    standing = {item.uid for item in outline_as_of(roadmap.id, seq).in_published_order()}
    offices = organisations_by_uid(roadmap.region_id)
    published = []
    for view in show(threads, comments, counts_in(comments), upto=seq):
        entry = _entry(view, roadmap.region.zone)
        if view.about.kind == ORGANISATION and view.about.uid in offices:
            published.append(entry | {"about_name": offices[view.about.uid].name})
        elif view.about.kind == ROADMAP or view.about.uid in standing:
            published.append(entry)
    return published


def published_threads(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read the threads of an edition's document; none in one that has no such part."""
    threads = document.get(PART)
    return list(threads) if isinstance(threads, list) else []


def _public_rows(roadmap_id: int, seq: int) -> tuple[list[Row], list[Row]]:
    rows: dict[str, list[Row]] = {Thread.kind: [], Comment.kind: []}
    for revision in state_as_of(roadmap_id, seq, kinds=(Thread.kind, Comment.kind)):
        if revision.snapshot["visibility"] == Visibility.PUBLIC:
            rows[revision.kind].append(row_of_revision(revision))
    return sorted(rows[Thread.kind], key=lambda row: row.id), rows[Comment.kind]


def _entry(view: ThreadView, zone: str) -> dict[str, Any]:
    return {
        "uid": view.uid,
        "about_kind": view.about.kind,
        "about": view.about.uid,
        "field": view.about.field,
        "nature": str(view.nature),
        "is_resolved": view.is_resolved,
        "resolution": view.resolution,
        "on": _day(view.at, zone),
        "by": _by(view),
        "comments": [
            {"uid": one.uid, "body": one.body, "on": _day(one.at, zone), "by": _by(one)}
            for one in view.comments
        ],
    }


def _day(moment: datetime, zone: str) -> str:
    # The day is enough to follow a talk; the hour would tell more about who wrote than a reader needs.
    return in_zone(moment, zone).date().isoformat()


def _by(one: ThreadView | CommentView) -> dict[str, str]:
    return {"organisation": one.organisation.name if one.organisation else "", "role": str(one.role)}
