"""What going back would do, in words: what changes, what is asked, what stays; and the answers a form brings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from roadmap.history.models import Plain, Roadmap
from roadmap.plan.differences import differences
from roadmap.plan.earlier import POSITION, STANDING, Obstacle, Question, Why
from roadmap.plan.fields import Choices as Names
from roadmap.plan.kinds import KINDS
from roadmap.plan.laying import Answer, Choices, Preview
from roadmap.plan.numbers import numbers_of
from roadmap.plan.outline import ItemView, Outline, outline
from roadmap.plan.queries import choices_for, outline_of
from roadmap.plan.telling import Teller, Telling
from roadmap.plan.words import say_lines
from roadmap.text.words import N_
from roadmap.web.language import chosen_language
from roadmap.web.paging import Page, page_of

ITEMS_A_PAGE = 30
UID_LENGTH = 36
LONGEST_NUMBER = 9
OLD, NOW = "old", "now"

REASONS = {
    Why.GONE: N_("sudah dihapus sesudahnya; pulihkan dulu bila isinya ingin dikembalikan."),
    Why.IN_EDITION: N_(
        "sudah disetujui dalam sebuah edisi, jadi tidak dihapus. Statusnya dapat diubah menjadi dihentikan."
    ),
    Why.ACTION_STAYS: N_("tetap ada, bersama rencana aksinya."),
    Why.ACTION_GONE: N_("kembali bila rencana aksinya dipulihkan dulu."),
    Why.MOVED_AGAIN: N_("sudah dipindahkan lagi sesudahnya; tempatnya yang sekarang tetap."),
    Why.CLOSED: N_("isinya pernah ditutup karena data pribadi, jadi tidak diubah dari sini."),
    Why.RIGHTS: N_("hanya dapat diubah tim penyusun."),
    Why.UNKNOWN: N_("menyebut pilihan yang tidak ada lagi di daerah ini."),
}


@dataclass(frozen=True)
class Asked:
    """One field of which a person says what holds: as it is now, or as it was."""

    name: str
    title: str
    label: str
    is_standing: bool
    base: Sequence[str]
    now: Sequence[str]
    wanted: Sequence[str]
    version_name: str
    version: int
    chosen: str


@dataclass(frozen=True)
class Stays:
    """What stays as it is: an item or a field of it, and why."""

    title: str
    label: str
    sentence: str


@dataclass
class Foreseen:
    """All that the page of a preview shows."""

    page: Page[Telling]
    asked: list[Asked] = field(default_factory=list)
    stays: list[Stays] = field(default_factory=list)

    @property
    def does_something(self) -> bool:
        """Tell whether there is anything to confirm."""
        return bool(self.page.total or self.asked)


def foresee(roadmap: Roadmap, preview: Preview, chosen: Mapping[str, str] | None = None) -> Foreseen:
    """Put a preview into words; `chosen` is what was ticked in the form that is given back."""
    now = outline_of(roadmap.id)
    then = _after(now, preview)
    names = choices_for(roadmap, now, language=chosen_language())
    teller = Teller(now, then, (numbers_of(now), numbers_of(then)), names)
    page = page_of(differences(now, then), ITEMS_A_PAGE)
    tellings = [teller.tell(one) for one in page.items]
    asked = [_asked(one, preview, names, chosen or {}) for one in preview.questions]
    stays = [_stays(one, preview) for one in preview.obstacles]
    return Foreseen(Page(tellings, page.number, page.pages, page.total), asked, stays)


def read_answers(form: Mapping[str, str]) -> Choices:
    """Read what was chosen for each field that was asked about, with the version that was in view."""
    answers: dict[tuple[str, str], Answer] = {}
    for name, value in form.items():
        uid, _dash, field_name = _parted(name)
        version = form.get(f"version-{uid}", "")
        if uid and value in {OLD, NOW} and version.isascii() and version.isdecimal():
            seen = int(version[:LONGEST_NUMBER])
            answers[uid, field_name] = Answer(takes_old=value == OLD, version=seen)
    return answers


def _parted(name: str) -> tuple[str, str, str]:
    prefix, _dash, rest = name.partition("-")
    if prefix != "choice" or rest[UID_LENGTH : UID_LENGTH + 1] != "-":
        return "", "", ""
    return rest[:UID_LENGTH], "-", rest[UID_LENGTH + 1 :]


def _after(now: Outline, preview: Preview) -> Outline:
    """Give the plan as it would be."""
    views = dict(now.by_uid)
    for before, after in preview.changing:
        if after is not None:
            views[after.uid] = after
        elif before is not None:
            views.pop(before.uid, None)
    return outline(views.values())


def title_of(item: ItemView) -> str:
    """Name an item of a list."""
    return item.label or _("%(kind)s tanpa judul", kind=_(KINDS[item.kind].label))


def _asked(question: Question, preview: Preview, names: Names, chosen: Mapping[str, str]) -> Asked:
    name = f"choice-{question.uid}-{question.field}"
    is_standing = question.field == STANDING

    def said(value: Plain) -> list[str]:
        if is_standing:
            return []
        return say_lines(KINDS[question.kind].by_name[question.field], value, names)

    return Asked(
        name,
        title_of(preview.view(question.uid)),
        _("Masih diperlukan?") if is_standing else _(KINDS[question.kind].by_name[question.field].label),
        is_standing,
        said(question.base),
        said(question.now),
        said(question.wanted),
        f"version-{question.uid}",
        preview.versions[question.uid],
        chosen.get(name, ""),
    )


def _stays(obstacle: Obstacle, preview: Preview) -> Stays:
    name = obstacle.field
    label = _("Letak") if name == POSITION else _(KINDS[obstacle.kind].by_name[name].label) if name else ""
    return Stays(title_of(preview.view(obstacle.uid)), label, _(REASONS[obstacle.why]))
