"""Acts as sentences for people: who did what to what, old and new value where they are short; no machine words."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from roadmap.history.models import Changeset, Roadmap
from roadmap.people.models import Person
from roadmap.people.words import ROLE_NAMES
from roadmap.plan.kinds import KINDS
from roadmap.text.plain import excerpt
from roadmap.text.words import N_
from roadmap.timeline.changes import Touched
from roadmap.timeline.phrases import clauses_of, join, lower
from roadmap.timeline.queries import Reading, Tally, read_acts
from roadmap.web.filters import day
from roadmap.web.language import chosen_language

MOST_CLAUSES = 3
TITLE_LENGTH = 70

# One act on several items: who, and which.
_ON_ITEMS = {
    "add": N_("%(who)s menambah %(items)s."),
    "remove": N_("%(who)s menghapus %(items)s."),
    "restore": N_("%(who)s memulihkan %(items)s."),
    "move": N_("%(who)s memindahkan %(items)s."),
}
_ON_ITEMS_OTHERWISE = N_("%(who)s mengubah %(items)s.")

# Acts that touch no item: the payload names numbers and uids.
_PLAIN = {
    "create": N_("%(who)s membuat peta jalan ini."),
    "submit": N_("%(who)s mengajukan Rancangan %(number)s untuk %(desk)s."),
    "send-on": N_("%(who)s meneruskan Rancangan %(number)s untuk %(desk)s."),
    "withdraw": N_("%(who)s menarik kembali Rancangan %(number)s."),
    "open-consultation": N_("%(who)s membuka konsultasi sampai %(until)s."),
    "end-consultation": N_("%(who)s mengakhiri konsultasi."),
    "pass": N_("%(who)s meloloskan Rancangan %(number)s dari %(desk)s."),
    "return": N_("%(who)s mengembalikan Rancangan %(number)s untuk diperbaiki."),
    "approve": N_("%(who)s menyetujui Rancangan %(number)s sebagai Edisi %(edition)s."),
    "adopt": N_("%(who)s mencatat penetapan Edisi %(number)s."),
    "implement": N_("%(who)s memulai pelaksanaan."),
    "finish": N_("%(who)s menyatakan pelaksanaan selesai."),
    "supersede": N_("%(who)s menyatakan peta jalan ini digantikan."),
    "role-given": N_("%(who)s memberi %(person)s peran %(role)s."),
    "role-ended": N_("%(who)s mengakhiri peran %(role)s bagi %(person)s."),
}
_PLAIN_OTHERWISE = N_("%(who)s mencatat sebuah langkah.")
_DESKS = {
    "telaah": N_("telaah"),
    "verifikasi": N_("verifikasi"),
    "pimpinan": N_("persetujuan"),
}
CLOSED_ACCOUNT = N_("akun yang ditutup")


@dataclass(frozen=True)
class Sentence:
    """One act in words."""

    act: Changeset
    text: str

    @property
    def reason(self) -> str:
        """Why, in the person's own words; empty where they gave none."""
        return self.act.reason


def tell_acts(
    roadmap: Roadmap, acts: Sequence[Changeset], reader: Person | None, *, here: bool = False
) -> list[Sentence]:
    """Tell acts in sentences, in the order given, for a reader whose own acts are "Anda".

    With `here` they stand beside the item they are about, which is not named again.
    """
    reading = read_acts(roadmap, acts, language=chosen_language())
    teller = Teller(reading, reader, here=here)
    return [Sentence(act, teller.tell(act)) for act in acts]


class Teller:
    """Tells acts of one roadmap to one reader; on an item's own page (`here`) the item is not named again."""

    def __init__(self, reading: Reading, reader: Person | None, *, here: bool = False) -> None:
        """Take what was read."""
        self._reading = reading
        self._reader = reader
        self._here = here

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
        if act.verb in _PLAIN or not (touched or tallies):
            return self._plain(act, who)
        if not touched:
            return _many(act, who, tallies)
        if act.verb == "close":
            return self._closing(act, who, touched)
        if act.verb in {"remove", "restore"}:
            return self._whole(act, who, touched)
        if len(touched) == 1:
            return self._single(act, who, touched[0])
        items = join([self.title_of(one) for one in touched])
        return _(_ON_ITEMS.get(act.verb, _ON_ITEMS_OTHERWISE), who=who, items=items)

    def _plain(self, act: Changeset, who: str) -> str:
        payload = act.payload
        until = payload.get("until")
        role = str(payload.get("role") or "")
        values = {
            "number": payload.get("number") or "…",
            "desk": _(_DESKS.get(str(payload.get("desk")), N_("telaah"))),
            "edition": payload.get("edition_number") or "…",
            "until": day(until) if isinstance(until, str) else "…",
            "person": self.name(str(payload.get("person") or "")),
            "role": lower(_(ROLE_NAMES.get(role, role))) if role else "…",
        }
        return _(_PLAIN.get(act.verb, _PLAIN_OTHERWISE), who=who, **values)

    def _single(self, act: Changeset, who: str, touched: Touched) -> str:
        item = self.title_of(touched)
        if touched.is_new:
            return self._adding(who, touched, item)
        clauses = clauses_of(touched.changes, self._reading.choices)
        if not clauses:
            return _(_ON_ITEMS["move"] if touched.was_moved else _ON_ITEMS_OTHERWISE, who=who, items=item)
        said = clauses[:MOST_CLAUSES]
        if len(clauses) > MOST_CLAUSES:
            left = len(clauses) - MOST_CLAUSES
            said.append(ngettext("mengubah %(num)s isian lain", "mengubah %(num)s isian lain", left))
        if act.source == "restore":
            return _(
                "%(who)s mengembalikan isi lama: %(what)s pada %(item)s.", who=who, what=join(said), item=item
            )
        if self._here:
            return _("%(who)s %(what)s.", who=who, what=join(said))
        return _("%(who)s %(what)s pada %(item)s.", who=who, what=join(said), item=item)

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


def _many(act: Changeset, who: str, tallies: Sequence[Tally]) -> str:
    parts = join([part for tally in tallies for part in _counted(act.verb, tally)])
    if act.source == "import":
        return _("%(who)s memasukkan isi lembar kerja: %(what)s.", who=who, what=parts)
    if act.source == "undo":
        return _("%(who)s mengurungkan perubahan: %(what)s.", who=who, what=parts)
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
