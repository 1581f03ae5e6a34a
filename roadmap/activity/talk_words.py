"""The sentences of the mails about threads: who and where, and never a word of what was said or of the plan."""

from flask_babel import force_locale
from flask_babel import gettext as _

from roadmap.activity.words import Letter, link_to
from roadmap.discussion.models import Thread
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.roles import Visibility


def pointed_out_letter(reader: Person, actor: Person, roadmap: Roadmap, thread: Thread, level: str) -> Letter:
    """Say that somebody points a thread out to the reader."""
    with force_locale(reader.language):
        who, region = _who(actor, level), roadmap.region.full_name
        return _letter(
            thread,
            _("Anda diberi tahu tentang sebuah percakapan, %(region)s", region=region),
            _(
                "%(who)s memberi tahu Anda tentang sebuah percakapan pada peta jalan %(region)s.",
                who=who,
                region=region,
            ),
        )


def replied_letter(reader: Person, actor: Person, roadmap: Roadmap, thread: Thread, level: str) -> Letter:
    """Say to a thread's author that somebody replied."""
    with force_locale(reader.language):
        who, region = _who(actor, level), roadmap.region.full_name
        return _letter(
            thread,
            _("Ada balasan dalam percakapan Anda, %(region)s", region=region),
            _("%(who)s membalas percakapan Anda pada peta jalan %(region)s.", who=who, region=region),
        )


def resolved_letter(reader: Person, actor: Person, roadmap: Roadmap, thread: Thread, level: str) -> Letter:
    """Say to a thread's author that somebody resolved it."""
    with force_locale(reader.language):
        who, region = _who(actor, level), roadmap.region.full_name
        return _letter(
            thread,
            _("Percakapan Anda diselesaikan, %(region)s", region=region),
            _(
                "%(who)s menyelesaikan percakapan Anda pada peta jalan %(region)s; alasannya ada di sana.",
                who=who,
                region=region,
            ),
        )


def reopened_letter(reader: Person, actor: Person, roadmap: Roadmap, thread: Thread, level: str) -> Letter:
    """Say to a thread's author that somebody opened it again."""
    with force_locale(reader.language):
        who, region = _who(actor, level), roadmap.region.full_name
        return _letter(
            thread,
            _("Percakapan Anda dibuka lagi, %(region)s", region=region),
            _("%(who)s membuka lagi percakapan Anda pada peta jalan %(region)s.", who=who, region=region),
        )


def _who(actor: Person, level: str) -> str:
    # A mail passes many hands; that somebody speaks with the mentor alone is not for them.
    if level == Visibility.CSO_AND_MENTOR or actor.closed_at is not None:
        return _("Seseorang")
    return actor.name


def _letter(thread: Thread, subject: str, sentence: str) -> Letter:
    where = link_to("discussion.thread", thread_id=thread.id)
    return Letter(subject, f"{sentence}\n\n{where}\n")
