"""What threads are about, as pages name it: its words, its page, and whether what was said then still stands there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select, tuple_

from roadmap.discussion.models import ORGANISATION, ROADMAP
from roadmap.discussion.rules import About
from roadmap.discussion.shown import ThreadView
from roadmap.discussion.words import NO_NAME, WHOLE_ROADMAP
from roadmap.errors import NotThere
from roadmap.extensions import db
from roadmap.history.models import Revision, Roadmap, Snapshot, Versioned
from roadmap.history.queries import upcast
from roadmap.history.shapes import same_value, snapshot_of
from roadmap.people.models import Organisation
from roadmap.people.queries import organisations_by_uid
from roadmap.plan.blueprint import item_url
from roadmap.plan.kinds import KINDS
from roadmap.plan.queries import find_by_uid
from roadmap.text.normal import normalise_line


@dataclass(frozen=True)
class Topic:
    """One thing that is talked about; `item` where it is an item of the plan, a removed one too."""

    about: About
    title: str
    url: str
    item: Versioned | None = None
    is_named: bool = True

    @property
    def key(self) -> str:
        """How addresses and forms name it."""
        return f"{self.about.kind}:{self.about.uid}"

    @property
    def uid(self) -> str:
        """Its uid."""
        return self.about.uid

    @property
    def is_gone(self) -> bool:
        """Tell whether it was removed from the plan."""
        return self.item is not None and self.item.removed_at is not None

    @property
    def place(self) -> str:
        """The address of the very place: of a field its row."""
        if self.about.field and self.item is not None:
            return f"{self.url}#{self.item.kind}-{self.item.id}-{self.about.field}"
        return self.url

    @property
    def field_label(self) -> str:
        """What the field is called that is meant; empty where the whole is."""
        if not self.about.field or self.item is None:
            return ""
        return _(KINDS[self.item.kind].by_name[self.about.field].label)

    @property
    def words(self) -> str:
        """What a link to it says: its title, and the field if one is meant."""
        label = self.field_label
        return _("%(field)s pada %(title)s", field=label, title=self.title) if label else self.title


def read_about(key: str, field: str = "") -> About:
    """Read what an address or a form names. Raises NotThere for what nothing can be called."""
    kind, _colon, uid = normalise_line(key).partition(":")
    known = kind in KINDS or (kind in {ROADMAP, ORGANISATION} and not field)
    if not known or not uid or (field and field not in KINDS[kind].by_name):
        raise NotThere
    return About(kind, uid, field)


def topic_of(roadmap: Roadmap, about: About) -> Topic:
    """Give one topic. Raises NotThere where this roadmap has no such thing."""
    found = topics_of(roadmap, [about]).get(about)
    if found is None:
        raise NotThere
    return found


def topics_of(roadmap: Roadmap, abouts: Iterable[About]) -> dict[About, Topic]:
    """Give the topics of threads; at most one query for each kind of thing."""
    wanted = list(dict.fromkeys(abouts))
    items = _items(roadmap, wanted)
    offices = (
        organisations_by_uid(roadmap.region_id) if any(one.kind == ORGANISATION for one in wanted) else {}
    )
    found = ((one, _topic(roadmap, one, items, offices)) for one in wanted)
    return {about: topic for about, topic in found if topic is not None}


def changed_since(views: Sequence[ThreadView], topics: Mapping[About, Topic]) -> set[int]:
    """Tell which threads (by id) speak of words that have changed since; one query."""
    meant = {
        view.id: (item, view.about_version)
        for view in views
        if view.about in topics and (item := topics[view.about].item) is not None
        if view.about_version is not None and view.about_version != item.version
    }
    if not meant:
        return set()
    query = select(Revision).where(
        tuple_(Revision.item_uid, Revision.item_version).in_(
            sorted({(item.uid, version) for item, version in meant.values()})
        )
    )
    then = {(one.item_uid, one.item_version): one for one in db.session.scalars(query)}
    return {
        view.id
        for view in views
        if view.id in meant
        and (revision := then.get((meant[view.id][0].uid, meant[view.id][1])))
        and changed_fields(meant[view.id][0], upcast(revision.kind, revision.snapshot), view.about.field)
    }


def changed_fields(item: Versioned, then: Snapshot, field: str = "") -> list[str]:
    """Name the fields, or the one that is meant, in which an item differs from how it was."""
    now = snapshot_of(item)
    names = [field] if field else [one.name for one in KINDS[item.kind].fields]
    return [name for name in names if not same_value(then.get(name), now.get(name))]


def _items(roadmap: Roadmap, abouts: Sequence[About]) -> dict[str, Versioned]:
    found: dict[str, Versioned] = {}
    for kind in sorted({one.kind for one in abouts} & KINDS.keys()):
        uids = sorted({one.uid for one in abouts if one.kind == kind})
        if len(uids) == 1:
            item = find_by_uid(kind, roadmap.id, uids[0])
            found |= {item.uid: item} if item is not None else {}
            continue
        model = KINDS[kind].model
        query = select(model).where(model.roadmap_id == roadmap.id, model.uid.in_(uids))
        found |= {item.uid: item for item in db.session.scalars(query)}
    return found


def _topic(
    roadmap: Roadmap,
    about: About,
    items: Mapping[str, Versioned],
    offices: Mapping[str, Organisation],
) -> Topic | None:
    if about.kind == ROADMAP:
        url = url_for("discussion.threads", roadmap_id=roadmap.id, tentang=f"{ROADMAP}:{roadmap.uid}")
        return Topic(about, _(WHOLE_ROADMAP), url, is_named=False) if about.uid == roadmap.uid else None
    if about.kind == ORGANISATION:
        office = offices.get(about.uid)
        if office is None:
            return None
        url = url_for("discussion.threads", roadmap_id=roadmap.id, tentang=f"{ORGANISATION}:{office.uid}")
        return Topic(About(ORGANISATION, office.uid), office.name, url)
    item = items.get(about.uid)
    if item is None or item.kind != about.kind:
        return None
    title = str(getattr(item, "title", ""))
    kind = KINDS[item.kind]
    return Topic(
        about,
        title or f"{_(kind.label)} {_(NO_NAME)}",
        item_url(item),
        item,
        is_named=bool(title),
    )
