"""What the discussion shows on other rooms' pages: the threads on an item, their counts on cards, rows and the tab."""

from typing import Any

from flask import render_template, url_for

from roadmap.discussion.counts import (
    Count,
    comments_by_field,
    count_all,
    count_on_organisation,
    counts_by_thing,
)
from roadmap.discussion.models import ORGANISATION, ROADMAP
from roadmap.discussion.pages import LAST
from roadmap.discussion.queries import threads_of, with_comments
from roadmap.discussion.rules import About
from roadmap.discussion.telling import tell_threads
from roadmap.discussion.topics import Topic, topic_of
from roadmap.history.models import Roadmap
from roadmap.history.queries import Identified
from roadmap.people.access import allows
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.plan.access import place_of
from roadmap.web.slots import draw

# So many threads stand on an item's page, the open ones first; of so many their last comments too.
MOST, IN_FULL = 12, 4


def threads(roadmap: Roadmap, item: Identified | None = None, takes_focus: int | None = None) -> str:
    """Show the threads on an item, or on the roadmap as a whole."""
    uid = str(getattr(item, "uid", "")) if item is not None else roadmap.uid
    kind = item.kind if item is not None else ROADMAP
    return threads_on(roadmap, topic_of(roadmap, About(kind, uid)), takes_focus)


def threads_on(roadmap: Roadmap, topic: Topic, takes_focus: int | None = None) -> str:
    """Show the threads on one thing, open ones first; beyond a number they stand on the page of all threads."""
    reader = acting_person()
    page = threads_of(roadmap, reader, about=topic.uid, size=MOST)
    in_full = with_comments(roadmap, reader, page.items[:IN_FULL], last=LAST)
    told = tell_threads(roadmap, reader, [*in_full, *page.items[IN_FULL:]])
    count = counts_by_thing(roadmap, reader).get(topic.uid, Count())
    opened = [one for one in told if not one.thread.is_resolved]
    return render_template(
        "discussion/_threads.html",
        roadmap=roadmap,
        topic=topic,
        here=topic.uid,
        told_threads=told,
        in_full=IN_FULL,
        hidden_open=count.open - len(opened),
        hidden_resolved=count.resolved - (len(told) - len(opened)),
        open_url=_all_url(roadmap, topic),
        resolved_url=_all_url(roadmap, topic, keadaan="selesai"),
        may_comment=allows(reader, Act.COMMENT, place_of(roadmap)),
        cannot_settle=any(not one.may_settle for one in opened),
        takes_focus_thread=takes_focus,
    )


def thread_total(roadmap: Roadmap, uid: str) -> str:
    """Count the threads on one thing, for the heading above them."""
    count = counts_by_thing(roadmap, acting_person()).get(uid, Count())
    return draw("discussion/_thread_total.html", count=count)


def thread_count(
    roadmap: Roadmap,
    uid: str,
    field: str | None = None,
    *,
    url: str = "",
    label: str = "",
    kind: str = "",
) -> str:
    """Say how much is open on a thing, as a link to its threads (`url`), or how much is said on a field of it.

    Nothing where nothing is; of a field the place is kept, because an echo may fill it.

    `label` is heard, not seen: what the link belongs to.
    """
    reader = acting_person()
    if field is not None:
        count = comments_by_field(roadmap, reader, uid).get(field, 0)
        url = url_for(
            "discussion.threads", roadmap_id=roadmap.id, tentang=f"{kind}:{uid}", isian=field, keadaan="semua"
        )
        is_open = False
    else:
        found = counts_by_thing(roadmap, reader).get(uid, Count())
        count, is_open = found.open, True
        if not count:
            return ""
    return draw(
        "discussion/_thread_count.html",
        uid=uid,
        field=field,
        count=count,
        url=url,
        label=label,
        is_open=is_open,
    )


def talk_tab(roadmap: Roadmap) -> str:
    """Count on the tab what waits for an official answer."""
    return draw("discussion/_talk_tab.html", count=count_all(roadmap, acting_person()))


def talk_count(roadmap: Roadmap) -> str:
    """Lead from the overview to all threads, with how many are open."""
    return render_template(
        "discussion/_talk_count.html", roadmap=roadmap, count=count_all(roadmap, acting_person())
    )


def roadmap_talk(roadmap: Roadmap) -> str:
    """Lead from the overview to what is said on the roadmap as a whole."""
    key = f"{ROADMAP}:{roadmap.uid}"
    return render_template(
        "discussion/_roadmap_talk.html",
        roadmap=roadmap,
        key=key,
        count=counts_by_thing(roadmap, acting_person()).get(roadmap.uid, Count()),
    )


def organisation_threads(roadmap: Roadmap, uid: str, name: str) -> str:
    """Lead to what is said on an organisation within this roadmap, with how much is open."""
    today, count = count_on_organisation(roadmap, acting_person(), uid)
    return render_template(
        "discussion/_organisation_threads.html",
        roadmap=roadmap,
        uid=today,
        key=f"{ORGANISATION}:{today}",
        name=name,
        count=count,
    )


def _all_url(roadmap: Roadmap, topic: Topic, **more: Any) -> str:
    return url_for("discussion.threads", roadmap_id=roadmap.id, tentang=topic.key, **more)
