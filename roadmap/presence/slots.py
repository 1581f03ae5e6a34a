"""Who is here, on every page of a roadmap as it stands; what a page's script needs to stay live stands with it."""

from typing import Any

from flask import render_template, request

from roadmap.history.models import Roadmap
from roadmap.history.queries import last_known_to
from roadmap.people.session import acting_person
from roadmap.plan.blueprint import item_url
from roadmap.plan.kinds import KINDS
from roadmap.plan.queries import outline_of
from roadmap.presence.queries import Here, here_on
from roadmap.presence.rules import BEAT_SECONDS, OFF, POLL_SECONDS, mode_of

MOST_NAMES = 3


def presence(roadmap: Roadmap, item: Any = None) -> str:
    """Show who is here at the loading of a page, with what keeps it live."""
    person = acting_person()
    mode = mode_of(person.live_updates, request.headers.get("Save-Data", ""))
    kind = getattr(item, "kind", "")
    page = f"{KINDS[kind].plural}/{item.id}" if kind in KINDS else ""
    uid = str(getattr(item, "uid", "")) if page else ""
    here = here_on(roadmap, person)
    return render_template(
        "presence/_live.html",
        mode=mode,
        is_off=mode == OFF,
        page=page,
        seq=last_known_to(person, roadmap),
        beat_seconds=BEAT_SECONDS,
        poll_seconds=POLL_SECONDS,
        mark=here.mark,
        **_told(roadmap, here, uid),
    )


def draw_presence(roadmap: Roadmap, here: Here, item_uid: str) -> str:
    """Render who is here for a page that asks anew: the same partial as on the page."""
    return render_template("presence/_presence.html", **_told(roadmap, here, item_uid))


def _told(roadmap: Roadmap, here: Here, item_uid: str) -> dict[str, Any]:
    on_item = [one for one in here.editing if item_uid and one.uid == item_uid]
    elsewhere = [one for one in here.editing if one not in on_item]
    plan = outline_of(roadmap.id) if elsewhere else None
    known = [(one, plan.by_uid[one.uid]) for one in elsewhere if plan is not None and one.uid in plan.by_uid]
    editors = {one.name for one in on_item}
    names = [name for name in here.names if name not in editors]
    return {
        "roadmap": roadmap,
        "count": len(here.names),
        "names": names,
        "first_names": ", ".join(names[:MOST_NAMES]),
        "more": max(len(names) - MOST_NAMES, 0),
        "on_item": on_item,
        "elsewhere": known,
        "own_elsewhere": bool(item_uid) and item_uid in here.own_elsewhere,
        "item_url": item_url,
    }
