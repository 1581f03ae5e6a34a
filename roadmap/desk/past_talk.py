"""What was said until a moment, dressed for a page that is only read: nothing is answered or marked there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from roadmap.desk.addresses import Addresses
from roadmap.desk.overview import Overview
from roadmap.discussion.models import ORGANISATION
from roadmap.discussion.queries import threads_as_of
from roadmap.discussion.rules import About
from roadmap.discussion.shown import ThreadView
from roadmap.discussion.telling import Said, closings_of, names_in, tell_comment, who_is
from roadmap.discussion.words import WHOLE_ROADMAP, heading_of
from roadmap.discussion.words import read_by as said_read_by
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.plan.kinds import KINDS
from roadmap.web.paging import Page, page_by_weight

PER_PAGE = 60


@dataclass(frozen=True)
class Topic:
    """What a thread was about, as it was called then; without an address where it was not there any more."""

    words: str
    url: str | None = None
    is_named: bool = False
    field: str = ""


@dataclass(frozen=True)
class PastThread:
    """A thread as it stood: what opened it, what was said after, who reads it."""

    view: ThreadView
    heading: str
    readers: str
    topic: Topic
    first: Said
    later: tuple[Said, ...]


@dataclass(frozen=True)
class PastTalk:
    """The threads that one reader may know of, as they stood: a page of them, and how many there were."""

    page: Page[PastThread]
    open: int

    @property
    def total(self) -> int:
        """How many threads there were in all."""
        return self.page.total


def talk_as_of(
    roadmap: Roadmap,
    seq: int,
    reader: Person,
    overview: Overview,
    addresses: Addresses,
    *,
    about: str | None = None,
) -> PastTalk:
    """Give what was said until a moment, on one thing or on all; as many queries whatever the number."""
    views = threads_as_of(roadmap, seq, reader, about=about)
    page = page_by_weight(views, lambda view: len(view.comments) + 1, PER_PAGE)
    told = _tell(page.items, reader, overview, addresses)
    return PastTalk(
        Page(told, page.number, page.pages, page.total), sum(not view.is_resolved for view in views)
    )


def _tell(
    views: Sequence[ThreadView], reader: Person, overview: Overview, addresses: Addresses
) -> list[PastThread]:
    comments = [one for view in views for one in view.comments]
    names, closings = names_in(comments), closings_of(comments)
    told = []
    for view in views:
        # Nobody's words are edited from the past.
        said = [
            replace(tell_comment(one, view, reader, names, closings), is_mine=False) for one in view.comments
        ]
        told.append(
            PastThread(
                view,
                heading_of(view.nature, who_is(view)),
                said_read_by(view.visibility),
                _topic(view.about, overview, addresses),
                said[0],
                tuple(said[1:]),
            )
        )
    return told


def _topic(about: About, overview: Overview, addresses: Addresses) -> Topic:
    item = overview.plan.by_uid.get(about.uid)
    if item is not None:
        kind = KINDS[item.kind]
        title = item.label or _("%(kind)s tanpa nama", kind=_(kind.label))
        field = _(kind.by_name[about.field].label) if about.field else ""
        words = _("%(field)s pada %(title)s", field=field, title=title) if field else title
        return Topic(words, addresses.item(item), is_named=bool(item.label), field=field)
    if about.kind == ORGANISATION:
        return Topic(overview.choices.organisations.get(about.uid, ""), is_named=True)
    if about.kind in KINDS:
        return Topic(_("bagian yang saat itu sudah dihapus"))
    return Topic(_(WHOLE_ROADMAP), addresses.outline())
