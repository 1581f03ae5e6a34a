"""Acts as sentences for people: who did what to what, old and new value where they are short; no machine words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from roadmap.history.models import Changeset, Roadmap
from roadmap.people.models import Person
from roadmap.people.words import ROLE_NAMES
from roadmap.plan.kinds import KINDS
from roadmap.plan.telling import lower, spoken
from roadmap.text.plain import excerpt
from roadmap.text.words import N_
from roadmap.timeline.changes import Touched
from roadmap.timeline.mentions import about_of, seq_named_by
from roadmap.timeline.phrases import clauses_of, join
from roadmap.timeline.queries import Reading, Tally, acts_by_id, read_acts
from roadmap.timeline.quiet import Line
from roadmap.timeline.sayings import DESKS, MILESTONES, PINS, STEPS, STEPS_OTHERWISE, TALK
from roadmap.web.filters import day, moment
from roadmap.web.language import chosen_language

MOST_CLAUSES = 3
TITLE_LENGTH = 70
IMPORT = "import"

# One act on several items: who, and which.
_ON_ITEMS = {
    "add": N_("%(who)s menambah %(items)s."),
    "remove": N_("%(who)s menghapus %(items)s."),
    "restore": N_("%(who)s memulihkan %(items)s."),
    "move": N_("%(who)s memindahkan %(items)s."),
}
_ON_ITEMS_OTHERWISE = N_("%(who)s mengubah %(items)s.")

CLOSED_ACCOUNT = N_("akun yang ditutup")


@dataclass(frozen=True)
class Sentence:
    """One act in words, or one sitting; `item` is the one item that it touched."""

    act: Changeset
    text: str
    thread_id: int | None = None
    line: Line | None = None
    item: Touched | None = None
    touches_plan: bool = False

    @property
    def saves(self) -> int:
        """How many acts it tells."""
        return self.line.saves if self.line else 1

    @property
    def is_milestone(self) -> bool:
        """Tell whether it is a stop of the path."""
        return self.act.verb in MILESTONES or self.act.source == "import"

    @property
    def reason(self) -> str:
        """Why, in the person's own words; empty where they gave none. What a table is called stands in the sentence."""
        return "" if self.act.verb == IMPORT else self.act.reason


def tell_acts(
    roadmap: Roadmap, acts: Sequence[Changeset], reader: Person | None, *, here: bool = False
) -> list[Sentence]:
    """Tell acts in sentences, in the order given, for a reader whose own acts are "Anda".

    With `here` they stand beside the item they are about, which is not named again.
    """
    reading = read_acts(roadmap, acts, language=chosen_language())
    teller = Teller(reading, reader, here=here)
    return [teller.sentence(act) for act in acts]


def tell_lines(roadmap: Roadmap, lines: Sequence[Line], reader: Person) -> list[Sentence]:
    """Tell the lines of a story: a sitting by what it comes to."""
    acts = acts_by_id(line.act_id for line in lines)
    sittings = {line.act_id: line.base_version for line in lines if line.base_version is not None}
    reading = read_acts(roadmap, list(acts.values()), language=chosen_language(), sittings=sittings)
    teller = Teller(reading, reader)
    return [teller.sentence(acts[line.act_id], line) for line in lines]


class Teller:
    """Tells acts of one roadmap to one reader; on an item's own page (`here`) the item is not named again."""

    def __init__(self, reading: Reading, reader: Person | None, *, here: bool = False) -> None:
        """Take what was read."""
        self._reading = reading
        self._reader = reader
        self._here = here

    def sentence(self, act: Changeset, line: Line | None = None) -> Sentence:
        """Say one act in a sentence that leads to the act, or to the thread it speaks in."""
        thread = self._reading.mentions.threads.get(str(act.payload.get("thread")))
        touched = self._reading.touched.get(act.id, [])
        item = touched[0] if len(touched) == 1 else None
        touches_plan = bool(touched or self._reading.tallies.get(act.id))
        return Sentence(act, self.tell(act), thread, line, item, touches_plan)

    def tell(self, act: Changeset) -> str:
        """Say one act in a sentence."""
        who = self.name(act.on_behalf_of or act.actor_uid, is_written=bool(act.on_behalf_of))
        text = self._tell_as(act, who)
        if act.on_behalf_of:
            recorder = self.name(act.actor_uid)
            text += " " + _("Dicatat oleh %(who)s atas nama %(behalf)s.", who=recorder, behalf=who)
        return (text[:1].upper() + text[1:]).replace("….", "…")

    def name(self, uid: str, *, is_written: bool = False) -> str:
        """Name a person by uid: the reader is "Anda"; a name that was only written stays as it is."""
        if self._reader is not None and uid == self._reader.uid:
            return _("Anda")
        person = self._reading.people.get(uid)
        if person is None:
            return uid if is_written else _(CLOSED_ACCOUNT)
        return person.name if person.closed_at is None else _(CLOSED_ACCOUNT)

    def title_of(self, touched: Touched) -> str:
        """Name an item in a sentence."""
        if self._here:
            return _("bagian ini")
        if touched.kind.name == "cover":
            return _("sampul")
        title = excerpt(touched.title, TITLE_LENGTH)
        if not title:
            return _("%(kind)s tanpa judul", kind=lower(_(touched.kind.label)))
        return _("indikator %(title)s", title=title) if touched.kind.parent else title

    def _tell_as(self, act: Changeset, who: str) -> str:
        touched = self._reading.touched.get(act.id, [])
        tallies = self._reading.tallies.get(act.id, [])
        if act.verb in TALK or act.verb in PINS:
            return self._mentioning(act, who)
        if act.verb in STEPS or not (touched or tallies):
            return self._plain(act, who)
        if act.source in {"undo", "restore"}:
            return self._back(act, who, touched, tallies)
        if act.verb == IMPORT or not touched:
            return _many(act, who, tallies or _tallied(touched))
        if act.verb == "close":
            return self._closing(act, who, touched)
        if act.verb in {"remove", "restore"}:
            return self._whole(act, who, touched)
        if len(touched) == 1:
            return self._single(who, touched[0])
        items = join([self.title_of(one) for one in touched])
        return _(_ON_ITEMS.get(act.verb, _ON_ITEMS_OTHERWISE), who=who, items=items)

    def _plain(self, act: Changeset, who: str) -> str:
        payload = act.payload
        until = payload.get("until")
        role = str(payload.get("role") or "")
        values = {
            "number": payload.get("number") or "…",
            "desk": _(DESKS.get(str(payload.get("desk")), N_("telaah"))),
            "edition": payload.get("edition_number") or "…",
            "until": day(until) if isinstance(until, str) else "…",
            "person": self.name(str(payload.get("person") or "")),
            "role": lower(_(ROLE_NAMES.get(role, role))) if role else "…",
        }
        return _(STEPS.get(act.verb, STEPS_OTHERWISE), who=who, **values)

    def _single(self, who: str, touched: Touched) -> str:
        if touched.is_new:
            return self._adding(who, touched, self.title_of(touched))
        return _("%(who)s %(what)s.", who=who, what=self.gist(touched))

    def gist(self, touched: Touched) -> str:
        """Say what became of an item that stood before, as a clause that begins with its verb."""
        item = self.title_of(touched)
        if touched.was_removed:
            return _("menghapus %(item)s", item=item)
        clauses = clauses_of(touched.changes, self._reading.choices)
        if touched.was_restored:
            return _("memulihkan %(item)s", item=item)
        if not clauses and touched.is_sitting:
            return _("mengubah %(item)s lalu mengembalikannya seperti semula", item=item)
        if not clauses:
            words = N_("memindahkan %(item)s") if touched.was_moved else N_("mengubah %(item)s")
            return _(words, item=item)
        said = clauses[:MOST_CLAUSES]
        if len(clauses) > MOST_CLAUSES:
            left = len(clauses) - MOST_CLAUSES
            said.append(ngettext("mengubah %(num)s isian lain", "mengubah %(num)s isian lain", left))
        return join(said) if self._here else _("%(what)s pada %(item)s", what=join(said), item=item)

    def _adding(self, who: str, touched: Touched, item: str) -> str:
        if self._here:
            return _("%(who)s menambah %(items)s.", who=who, items=item)
        parent = self._reading.parents.get(str(touched.snapshot.get(touched.kind.parent or "")))
        if touched.kind.parent and parent:
            return _(
                "%(who)s menambah %(item)s pada %(parent)s.",
                who=who,
                item=item,
                parent=excerpt(parent, TITLE_LENGTH),
            )
        if touched.kind.parent or not touched.title:
            return _("%(who)s menambah %(items)s.", who=who, items=item)
        return _("%(who)s menambah %(kind)s %(item)s.", who=who, kind=lower(_(touched.kind.label)), item=item)

    def _whole(self, act: Changeset, who: str, touched: Sequence[Touched]) -> str:
        """Tell a removal or restoration; the indicators that went along with their action are only counted."""
        mains = [one for one in touched if one.kind.parent is None] or list(touched)
        along = len(touched) - len(mains)
        items = join([self.title_of(one) for one in mains])
        if along:
            items = ngettext(
                "%(items)s beserta %(num)s indikatornya",
                "%(items)s beserta %(num)s indikatornya",
                along,
                items=items,
            )
        return _(_ON_ITEMS[act.verb], who=who, items=items)

    def _back(self, act: Changeset, who: str, touched: Sequence[Touched], tallies: Sequence[Tally]) -> str:
        """Tell what went back: an act that was taken back, fields or items as they were."""
        mains = [one for one in touched if one.kind.parent is None] or list(touched)
        if not touched:
            what = join([part for tally in tallies for part in _counted(act.verb, tally)])
        elif len(mains) == 1:
            what = self.gist(mains[0])
        else:
            what = _("mengubah %(items)s", items=join([self.title_of(one) for one in mains]))
        earlier = self._reading.mentions.acts.get(seq_named_by(act) or 0)
        if act.source == "undo" and earlier is not None:
            if earlier.actor_uid == act.actor_uid:
                if self._reader is not None and act.actor_uid == self._reader.uid:
                    return _("Anda mengurungkan perubahan Anda sendiri: %(what)s.", what=what)
                return _("%(who)s mengurungkan perubahannya sendiri: %(what)s.", who=who, what=what)
            whose = self.name(earlier.actor_uid)
            return _("%(who)s mengurungkan perubahan %(whose)s: %(what)s.", who=who, whose=whose, what=what)
        if act.source == "undo":
            return _("%(who)s mengurungkan perubahan: %(what)s.", who=who, what=what)
        if earlier is not None:
            told = N_("%(who)s mengembalikan keadaan %(moment)s: %(what)s.")
            if act.payload.get("all"):
                told = N_("%(who)s mengembalikan seluruh peta jalan ke keadaan %(moment)s: %(what)s.")
            return _(told, who=who, moment=moment(earlier.at), what=what)
        return _("%(who)s mengembalikan isi lama: %(what)s.", who=who, what=what)

    def _about(self, act: Changeset) -> str:
        kind, uid = about_of(act)
        if kind not in KINDS:
            office = self._reading.choices.organisations.get(uid)
            return excerpt(office, TITLE_LENGTH) if office else _("peta jalan ini")
        title = (
            _("sampul")
            if kind == "cover"
            else excerpt(self._reading.mentions.titles.get(uid, ""), TITLE_LENGTH)
        )
        title = title or _("%(kind)s tanpa judul", kind=lower(_(KINDS[kind].label)))
        field = KINDS[kind].by_name.get(str(act.payload.get("field") or ""))
        return _("%(field)s pada %(item)s", field=spoken(field), item=title) if field else title

    def _mentioning(self, act: Changeset, who: str) -> str:
        """Tell what was said in a thread without its words, and what a moment is called."""
        if act.verb in TALK:
            return _(TALK[act.verb], who=who, about=self._about(act))
        names = self._reading.mentions.pins.get(act.id)
        at = self._reading.mentions.acts.get(seq_named_by(act) or 0)
        return _(
            PINS[act.verb],
            who=who,
            moment=moment(at.at) if at else "…",
            name=names.name if names else "…",
            before=names.before if names else "…",
        )

    def _closing(self, act: Changeset, who: str, touched: Sequence[Touched]) -> str:
        named = act.payload.get("fields")
        by_name = touched[0].kind.by_name
        fields = (
            [_(by_name[name].label) for name in named if name in by_name] if isinstance(named, list) else []
        )
        return _(
            "%(who)s menutup isi %(fields)s pada %(item)s karena data pribadi.",
            who=who,
            fields=join(fields),
            item=self.title_of(touched[0]),
        )


def _tallied(touched: Sequence[Touched]) -> list[Tally]:
    """Count what an act did, by kind in the order of the plan."""
    found = []
    for name in KINDS:
        of_kind = [one for one in touched if one.kind.name == name]
        if of_kind:
            added = sum(one.is_new for one in of_kind)
            found.append(Tally(name, len(of_kind), added, sum(one.was_removed for one in of_kind)))
    return found


def _many(act: Changeset, who: str, tallies: Sequence[Tally]) -> str:
    parts = join([part for tally in tallies for part in _counted(act.verb, tally)])
    if act.verb == IMPORT and act.reason:
        name = excerpt(act.reason, TITLE_LENGTH)
        return _("%(who)s memasukkan berkas “%(name)s”: %(what)s.", who=who, name=name, what=parts)
    if act.source == "import":
        return _("%(who)s memasukkan isi lembar kerja: %(what)s.", who=who, what=parts)
    return _("%(who)s mengubah banyak bagian sekaligus: %(what)s.", who=who, what=parts)


def _counted(verb: str, tally: Tally) -> list[str]:
    kind = KINDS[tally.kind]
    restored = tally.total if verb == "restore" else 0
    edited = tally.total - tally.added - tally.gone - restored
    told = (
        (tally.added, N_("%(num)s %(kind)s ditambah")),
        (edited, N_("%(num)s %(kind)s diubah")),
        (tally.gone, N_("%(num)s %(kind)s dihapus")),
        (restored, N_("%(num)s %(kind)s dipulihkan")),
    )
    return [
        _(words, num=count, kind=lower(_(kind.label if count == 1 else kind.label_many)))
        for count, words in told
        if count
    ]
