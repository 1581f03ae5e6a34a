"""Tries a table upon the plan: what would be new, changed, unchanged, doubtful, wrong; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roadmap.history.models import Plain, Roadmap, Snapshot
from roadmap.intake.altering import alter, values_of
from roadmap.intake.asked_once import MOST_CELLS_NAMED
from roadmap.intake.candidates import Asks, Candidate, Gathered, Option, Question, Remark, Where
from roadmap.intake.earlier import Earlier
from roadmap.intake.ground import ACTION, INDICATOR, Ground, Standing, read_ground
from roadmap.intake.layouts import Layout
from roadmap.intake.matching import LEAVE, Matches, match, where_of
from roadmap.intake.trial import Altered, Fate, Row, Trial
from roadmap.people.models import Person
from roadmap.plan.bulk import Edit, Entry, Removal
from roadmap.plan.kinds import COVER, KINDS
from roadmap.text.words import N_

KEEP, REMOVE = "keep", "remove"
NOWHERE = Layout()
KEEP_IT = N_("Biarkan tetap ada")
REMOVE_IT = N_("Hapus dari peta jalan; dapat dipulihkan")
NOT_ADDED = N_("Bagian baru hanya dapat ditambah tim penyusun; baris ini ditinggalkan.")
NOT_OWN_ACTION = N_("Rencana aksi ini bukan milik kantor Anda; ukuran barunya ditinggalkan.")
NO_ACTION = N_("Tidak ada rencana aksi untuk ukuran ini; baris ini ditinggalkan.")
STAYS = N_(
    "“%(name)s” tidak ada lagi dalam berkas, tetapi sudah disetujui dalam sebuah edisi; dibiarkan tetap ada."
)


def try_out(
    actor: Person,
    roadmap: Roadmap,
    gathered: Gathered,
    answers: Mapping[str, str],
    *,
    layout: Layout = NOWHERE,
    earlier: Earlier | None = None,
) -> Trial:
    """Say what a table would do to a roadmap as it stands, in view of the answers given so far; it only reads.

    By the layout a doubt about a column is laid on the items that the column feeds, and on no others of its rows.
    What an earlier import of the same table left is the base of its rows.
    """
    ground = read_ground(actor, roadmap, _versions_named(gathered, answers), earlier)
    return _Trying(ground, gathered, answers, _Cells(gathered.candidates, layout)).run()


@dataclass
class _Doubts:
    """By item of the table: what is wrong and what is asked in its cells."""

    wrong: set[str] = field(default_factory=set)
    asked: dict[str, list[str]] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)

    def ask(self, key: str, question: str, *, is_open: bool) -> None:
        self.asked.setdefault(key, []).append(question)
        if is_open:
            self.open.add(key)


class _Trying:
    def __init__(
        self, ground: Ground, gathered: Gathered, answers: Mapping[str, str], cells: "_Cells"
    ) -> None:
        self.ground, self.gathered, self.answers, self.cells = ground, gathered, answers, cells
        self.candidates = gathered.candidates
        self.by_key = {one.key: one for one in self.candidates}
        self.skipped = {one.key for one in self.candidates if answers.get(f"skip:{one.key}") == "yes"}
        self.matches: Matches = match(ground, self.candidates, answers)
        self.doubts = _Doubts()
        self.left: set[str] = set(self.skipped)
        self.trial = Trial(
            remarks=[*gathered.remarks, *self.matches.remarks],
            without_place=list(gathered.without_place),
            touched_read_only=list(gathered.touched_read_only),
        )

    def run(self) -> Trial:
        self._leave_out()
        self._note_doubts()
        for one in self.candidates:
            if one.key in self.left:
                self._row(one, Fate.LEFT_OUT)
            elif self.matches.is_new(one.key):
                self._add(one)
            else:
                self._alter(one, self.matches.standing[one.key])
        self._ask_about_missing()
        used = self._names_used()
        self.trial.offices = [(one.uid, one.name) for one in self.gathered.offices if one.uid in used]
        return self.trial

    def _leave_out(self) -> None:
        """Leave out what the person may not add, what has no action to stand under, and what was removed since."""
        for one in sorted(self.candidates, key=lambda one: one.kind == INDICATOR):
            if one.key in self.left or not self.matches.is_new(one.key):
                continue
            if one.key in self.matches.left:
                question = self.matches.questions.get(one.key)
                if question is None or self.answers.get(question.key) == LEAVE:
                    self.left.add(one.key)
            elif sentence := self._why_not_added(one):
                self.left.add(one.key)
                where = where_of(one)
                self.trial.remarks.append(Remark(where[0] if where else None, sentence))

    def _why_not_added(self, one: Candidate) -> str:
        if one.kind != INDICATOR:
            return "" if self.ground.drafts else NOT_ADDED
        if one.awaits_parent:
            return ""
        if one.parent in self.left and self.matches.is_new(one.parent or ""):
            self.left.add(one.key)
            return NO_ACTION
        uid = self.matches.parents.get(one.key, "")
        standing = self.ground.find(uid, ACTION)
        is_in_table = one.parent in self.by_key and self.matches.is_new(one.parent or "")
        if not is_in_table and (standing is None or not standing.stands):
            return NO_ACTION
        return "" if self.ground.drafts or uid in self.ground.own else NOT_OWN_ACTION

    def _note_doubts(self) -> None:
        """Lay what was found in cells on the items of their rows; what concerns only rows left out counts no more."""
        cells = self.cells
        for trouble in self.gathered.troubles:
            keys = cells.items_at(trouble.where)
            if not keys or not keys <= self.left:
                self.trial.troubles.append(trouble)
                self.doubts.wrong |= keys - self.left
        for question in self.gathered.questions:
            keys = {key for where in question.where for key in cells.items_at(where)}
            if keys and keys <= self.left and len(question.where) < MOST_CELLS_NAMED:
                continue
            self.trial.questions.append(question)
            is_open = not _is_answered(question, self.answers)
            for key in keys or set(self.by_key):
                self.doubts.ask(key, question.key, is_open=is_open)
        for key, question in self.matches.questions.items():
            if key not in self.skipped:
                self.trial.questions.append(question)
                self.doubts.ask(key, question.key, is_open=not _is_answered(question, self.answers))

    def _add(self, one: Candidate) -> None:
        values = {
            name: value for name, value in values_of(one, self._linked(one), {}).items() if _holds(value)
        }
        parent = self.matches.parents.get(one.key) or None
        fate = self._fate(one.key, Fate.NEW)
        if fate == Fate.NEW:
            self.trial.entries.append(Entry(one.kind, values, parent, self.matches.uids[one.key]))
        altered = [Altered(name, None, value) for name, value in values.items()]
        self._row(one, fate, altered)

    def _alter(self, one: Candidate, standing: Standing) -> None:
        mine = values_of(one, self._linked(one), self.ground.base_of(one, standing))
        found = alter(self.ground, one, standing, mine, self.answers)
        self.trial.remarks += found.remarks
        self.trial.questions += found.questions
        for question in found.questions:
            self.doubts.ask(one.key, question.key, is_open=question.key in found.unanswered)
        fate = self._fate(one.key, Fate.CHANGED if found.values else Fate.UNCHANGED)
        if fate == Fate.CHANGED:
            item = standing.item
            self.trial.edits.append(Edit(one.kind, item.id, item.version, found.values))
        self._row(one, fate, found.altered)

    def _fate(self, key: str, otherwise: Fate) -> Fate:
        if key in self.doubts.wrong:
            return Fate.WRONG
        return Fate.DOUBTFUL if key in self.doubts.open else otherwise

    def _linked(self, one: Candidate) -> dict[str, list[str]]:
        """Give the uids of the other items of the table that a row names; those that will not be there are left."""
        found = {}
        for name, keys in one.links.items():
            there = [key for key in keys if key in self.by_key and not self._is_absent(key)]
            uids = {self.matches.uids[key] for key in there} - {self.matches.uids[one.key]}
            if name in KINDS[one.kind].by_name and uids:
                found[name] = sorted(uids)
        return found

    def _is_absent(self, key: str) -> bool:
        return key in self.left and self.matches.is_new(key)

    def _row(self, one: Candidate, fate: Fate, altered: Sequence[Altered] = ()) -> None:
        standing = self.matches.standing.get(one.key)
        self.trial.rows.append(
            Row(
                one.key,
                one.kind,
                one.label,
                fate,
                tuple(one.rows),
                self.matches.uids[one.key],
                standing.item.id if standing else None,
                tuple(altered),
                tuple(self.doubts.asked.get(one.key, ())),
            )
        )

    def _ask_about_missing(self) -> None:
        """Ask about the items that went out in this file and are in it no more; unanswered they stay."""
        there = {one.line.uid for one in self.candidates if one.line}
        for line in self.gathered.missing_lines:
            standing = self.ground.items.get(line.uid)
            if standing is None or not standing.stands or line.uid in there or not self.ground.drafts:
                continue
            if standing.item.kind != COVER.name:
                self._ask_about(standing)

    def _ask_about(self, standing: Standing) -> None:
        item, label = standing.item, str(standing.values.get("title") or "")
        if item.uid in self.ground.held:
            self.trial.remarks.append(Remark(None, STAYS, {"name": label}))
            return
        options = (Option(KEEP, KEEP_IT), Option(f"{REMOVE}@{item.version}", REMOVE_IT))
        question = Question(f"gone:{item.uid}", Asks.GONE, label, options, default=KEEP)
        self.trial.questions.append(question)
        goes = self.answers.get(question.key) == options[1].value
        if goes:
            self.trial.removals.append(Removal(item.kind, item.id, item.version))
        fate = Fate.REMOVED if goes else Fate.UNCHANGED
        self.trial.rows.append(
            Row(question.key, item.kind, label, fate, (), item.uid, item.id, (), (question.key,))
        )

    def _names_used(self) -> set[str]:
        named: set[str] = set()
        changes: list[tuple[str, Mapping[str, Plain]]] = [
            (one.kind, one.values) for one in self.trial.entries
        ]
        changes += [(one.kind, one.values) for one in self.trial.edits]
        for kind, values in changes:
            for name, value in values.items():
                named |= KINDS[kind].by_name[name].type.references(value)
        return named


class _Cells:
    """Which items a cell speaks of: those of its entry whose kind any cell of its column fed.

    Of a table on its side the entries are columns of the file, and what feeds a kind is a row.
    """

    def __init__(self, candidates: Sequence[Candidate], layout: Layout) -> None:
        self.by_entry: dict[tuple[int, int], list[Candidate]] = {}
        self.kinds: dict[tuple[int, int], set[str]] = {
            (one.sheet, column.index): {column.target.kind}
            for one in layout.sheets
            for column in one.columns
            if column.target
        }
        self.turned: set[int] = set()
        for one in candidates:
            entries = set(one.rows)
            cells = [where for given in one.values.values() for where in given.where]
            self.turned |= {
                at.sheet
                for at in cells
                if (at.sheet, at.row) not in entries and (at.sheet, at.column) in entries
            }
            for entry in entries:
                self.by_entry.setdefault(entry, []).append(one)
        for one in candidates:
            for given in one.values.values():
                for where in given.where:
                    self.kinds.setdefault((where.sheet, self._across(where)), set()).add(one.kind)

    def items_at(self, where: Where) -> set[str]:
        along = where.column if where.sheet in self.turned else where.row
        found = self.by_entry.get((where.sheet, along), [])
        kinds = self.kinds.get((where.sheet, self._across(where)), set())
        return {one.key for one in found if one.kind in kinds} or {one.key for one in found}

    def _across(self, where: Where) -> int:
        return where.row if where.sheet in self.turned else where.column


def _versions_named(gathered: Gathered, answers: Mapping[str, str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for one in gathered.candidates:
        if one.line:
            found.setdefault(one.line.uid, set()).add(one.line.version)
    for key, answer in answers.items():
        asks, _, rest = key.partition(":")
        version = answer.rpartition("@")[2]
        if asks in {Asks.CLASH, Asks.GONE} and version.isdecimal() and len(version) < 10:  # noqa: PLR2004
            found.setdefault(rest.partition(":")[0], set()).add(int(version))
    return found


def _is_answered(question: Question, answers: Mapping[str, str]) -> bool:
    answer = answers.get(question.key, question.default)
    return answer is not None and answer in {option.value for option in question.options}


def _holds(value: Snapshot | Plain) -> bool:
    return value not in (None, "", [], {})
