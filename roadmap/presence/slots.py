"""Who is here, on every page of a roadmap as it stands; what a page's script needs to stay live stands with it."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from markupsafe import escape

from roadmap.history.models import Roadmap
from roadmap.history.queries import last_known_to
from roadmap.people.models import Person
from roadmap.people.session import acting_person
from roadmap.plan.blueprint import item_url
from roadmap.plan.kinds import KINDS
from roadmap.plan.queries import outline_of
from roadmap.presence.queries import Editing, Here, here_on
from roadmap.presence.rules import BEAT_SECONDS, OFF, POLL_SECONDS, mode_of
from roadmap.work import once_a_reading

MOST_NAMES = 3


def presence(roadmap: Roadmap, item: Any = None) -> str:
    """Show who is here at the loading of a page, with what keeps it live."""
    person = acting_person()
    mode = mode_of(person.live_updates, request.headers.get("Save-Data", ""))
    kind = getattr(item, "kind", "")
    page = f"{KINDS[kind].plural}/{item.id}" if kind in KINDS else ""
    uid = str(getattr(item, "uid", "")) if page else ""
    here = _here(roadmap, person)
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


def editing(roadmap: Roadmap, uid: str) -> str:
    """Say who else is editing an item, for its card; nothing where nobody is. Asks once for all cards of a page."""
    here = _here(roadmap, acting_person())
    return str(escape(_sentence([one for one in here.editing if one.uid == uid])))


def draw_presence(roadmap: Roadmap, here: Here, item_uid: str) -> str:
    """Render who is here for a page that asks anew: the same partial as on the page."""
    return render_template("presence/_presence.html", **_told(roadmap, here, item_uid))


def _here(roadmap: Roadmap, person: Person) -> Here:
    return once_a_reading(("here", roadmap.id, person.id), lambda: here_on(roadmap, person))


def _sentence(editors: list[Editing]) -> str:
    names = [one.name for one in editors]
    return _("%(names)s sedang menyunting", names=", ".join(names)) if names else ""


def _told(roadmap: Roadmap, here: Here, item_uid: str) -> dict[str, Any]:
    on_item = [one for one in here.editing if item_uid and one.uid == item_uid]
    elsewhere = [one for one in here.editing if one not in on_item]
    plan = outline_of(roadmap.id) if here.editing or here.own_elsewhere else None
    by_uid = plan.by_uid if plan is not None else {}
    known = [(one, by_uid[one.uid]) for one in elsewhere if one.uid in by_uid]
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
        "edits": _edits(here, by_uid),
    }


def _edits(here: Here, by_uid: Mapping[str, Any]) -> dict[str, str]:
    """Give the words of each card that says that somebody is editing it, by its item's address."""
    found = {}
    for uid in {one.uid for one in here.editing} | here.own_elsewhere:
        if uid not in by_uid:
            continue
        own = [_("Anda menyunting di tab lain")] if uid in here.own_elsewhere else []
        others = _sentence([one for one in here.editing if one.uid == uid])
        place = f"{KINDS[by_uid[uid].kind].plural}/{by_uid[uid].id}"
        found[place] = " · ".join([*own, *([others] if others else [])])
    return dict(sorted(found.items()))
