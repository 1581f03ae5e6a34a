"""Which items of a table stand in the plan already: by their line, by kode, by name; near names are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roadmap.intake.candidates import Asks, Candidate, Option, Question, Remark, Where
from roadmap.intake.ground import ACTION, INDICATOR, Ground, Standing
from roadmap.people.models import new_uid
from roadmap.plan.kinds import COVER, KINDS
from roadmap.text.words import N_

APART, LEAVE, JOIN = "apart", "leave", "join:"
SAME_AS = N_("Sama dengan “%(name)s” yang sudah ada")
IS_NEW = N_("Berbeda; tambahkan sebagai bagian baru")
GONE_SINCE = N_(
    "“%(name)s” dari tabel ini sudah dihapus sesudah Anda memasukkannya; tetap terhapus. Pulihkan dari Yang dihapus "
    "bila masih diperlukan."
)
LEAVE_OUT = N_("Tinggalkan baris ini; bagiannya sudah dihapus dari peta jalan")


@dataclass
class Matches:
    """What each item of the table is: an item that stands, or a new one under the uid it will have."""

    standing: dict[str, Standing] = field(default_factory=dict)
    uids: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)

    def is_new(self, key: str) -> bool:
        """Tell whether an item of the table does not stand in the plan."""
        return key not in self.standing


class _Matching:
    def __init__(self, ground: Ground, answers: Mapping[str, str]) -> None:
        self.ground, self.answers = ground, answers
        self.matches = Matches()
        self.taken: set[str] = set()

    def match(self, candidates: Sequence[Candidate]) -> Matches:
        for kind in KINDS:
            of_kind = [one for one in candidates if one.kind == kind]
            for one in of_kind:
                self._note_parent(one)
            # What is certain goes first, so that nothing near takes its place.
            open_ones = [one for one in of_kind if not self._is_certain(one)]
            for one in open_ones:
                self._ask(one)
        return self.matches

    def _note_parent(self, one: Candidate) -> None:
        if one.kind != INDICATOR:
            return
        parent = self.matches.uids.get(one.parent or "") if one.parent else one.parent_uid
        self.matches.parents[one.key] = parent or ""

    def _is_certain(self, one: Candidate) -> bool:
        standing = self._by_line(one) or self._by_earlier(one) or self._by_name(one)
        if standing is not None:
            self._take(one, standing)
        return standing is not None or one.key in self.matches.left or one.key in self.matches.questions

    def _by_line(self, one: Candidate) -> Standing | None:
        if one.kind == COVER.name:
            return self.ground.cover()
        standing = self.ground.find(one.line.uid, one.kind) if one.line else None
        if standing is None or standing.item.uid in self.taken:
            return None
        if standing.stands:
            return standing
        self._ask_about_removed(one)
        return None

    def _by_earlier(self, one: Candidate) -> Standing | None:
        """Find the item that the row was when the same table was written the last time, whatever it is called now."""
        if one.key in self.matches.left or one.key in self.matches.questions:
            return None
        uid = self.ground.earlier.find(one, self.matches.parents.get(one.key, ""))
        standing = self.ground.find(uid, one.kind)
        if standing is None or uid in self.taken:
            return None
        if standing.stands:
            return standing
        if self._by_name(one) is None:
            self._leave_removed(one, uid)
        return None

    def _leave_removed(self, one: Candidate, uid: str) -> None:
        self.matches.uids[one.key] = uid
        self.matches.left.add(one.key)
        if one.parent not in self.matches.left:
            where = where_of(one)
            self.matches.remarks.append(Remark(where[0] if where else None, GONE_SINCE, {"name": one.label}))

    def _by_name(self, one: Candidate) -> Standing | None:
        if one.key in self.matches.left or one.key in self.matches.questions:
            return None
        given = one.values.get("code")
        code = str(given.value or "").casefold() if given and one.kind == ACTION else ""
        found = [self.ground.by_code[code]] if code in self.ground.by_code else []
        found = found or self.ground.called(one.kind, one.label, self.matches.parents.get(one.key, ""))
        free = [uid for uid in found if uid not in self.taken]
        if len(free) > 1 and (party := one.values.get("party")):
            # The same measure may stand once for each party.
            free = [uid for uid in free if self.ground.items[uid].values.get("party") == party.value]
        return self.ground.items[free[0]] if len(free) == 1 else None

    def _ask(self, one: Candidate) -> None:
        """Ask about near names; without one, or kept apart, it is new."""
        near = self.ground.nearly_called(one.kind, one.label, self.matches.parents.get(one.key, ""))
        near = [uid for uid in near if uid not in self.taken]
        self.matches.uids[one.key] = new_uid()
        if not near:
            return
        names = {uid: str(self.ground.items[uid].values.get("title") or "") for uid in near}
        options = [Option(f"{JOIN}{uid}", SAME_AS, {"name": names[uid]}) for uid in near]
        options.append(Option(APART, IS_NEW))
        question = Question(f"twin:{one.key}", Asks.TWIN, one.label, tuple(options), where_of(one))
        self.matches.questions[one.key] = question
        answer = self.answers.get(question.key, "")
        if answer.startswith(JOIN) and answer in {option.value for option in options}:
            self._take(one, self.ground.items[answer.removeprefix(JOIN)])

    def _ask_about_removed(self, one: Candidate) -> None:
        self.matches.uids[one.key] = new_uid()
        self.matches.left.add(one.key)
        if one.values or one.links:
            question = Question(
                f"twin:{one.key}", Asks.TWIN, one.label, (Option(LEAVE, LEAVE_OUT),), where_of(one)
            )
            self.matches.questions[one.key] = question

    def _take(self, one: Candidate, standing: Standing) -> None:
        self.taken.add(standing.item.uid)
        self.matches.standing[one.key] = standing
        self.matches.uids[one.key] = standing.item.uid
        if one.kind == INDICATOR:
            self.matches.parents[one.key] = standing.parent


def match(ground: Ground, candidates: Sequence[Candidate], answers: Mapping[str, str]) -> Matches:
    """Find for each item of the table the one that stands; actions before their indicators."""
    return _Matching(ground, answers).match(candidates)


def where_of(one: Candidate) -> tuple[Where, ...]:
    """Say where an item stands in the table: the cell of its name, else all its cells."""
    given = one.values.get("title")
    if given is not None and given.where:
        return given.where[:1]
    return tuple(sorted({where for other in one.values.values() for where in other.where}))[:1]
