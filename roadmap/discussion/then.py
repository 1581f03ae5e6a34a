"""The words a thread spoke of: as they stood when it was opened, and what has become of them since."""

from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.discussion.telling import Told
from roadmap.discussion.topics import changed_fields
from roadmap.history.models import Roadmap
from roadmap.history.queries import snapshot_at
from roadmap.history.shapes import snapshot_of
from roadmap.plan import telling
from roadmap.plan.differences import Change
from roadmap.plan.kinds import KINDS
from roadmap.plan.outline import view_of
from roadmap.plan.queries import choices_for
from roadmap.plan.words import say_lines
from roadmap.web.language import chosen_language


@dataclass(frozen=True)
class Then:
    """What a thread spoke of: a field's lines as they were, and how each field has changed since."""

    lines: Sequence[str]
    changes: Sequence[telling.Told]


def words_then(roadmap: Roadmap, told: Told) -> Then | None:
    """Give the words a thread spoke of; None where it speaks of no item, or of an unchanged one as a whole."""
    topic, version = told.topic, told.thread.about_version
    if topic is None or topic.item is None or version is None:
        return None
    item, field = topic.item, topic.about.field
    then, now = snapshot_at(item, version), snapshot_of(item)
    changed = changed_fields(item, then, field)
    if not field and not changed:
        return None
    choices = choices_for(roadmap, language=chosen_language())
    by_name = KINDS[item.kind].by_name
    changes = [Change(by_name[name], then.get(name), now.get(name)) for name in changed]
    return Then(
        say_lines(by_name[field], then.get(field), choices) if field else [],
        [telling.tell_change(change, choices, view_of(item)) for change in changes],
    )
