"""What a row makes of an item that stands: its cells laid on the version they were written upon, then merged."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from roadmap.history.merge import Clash, merge_fields
from roadmap.history.models import Plain, Snapshot
from roadmap.history.operations import CLOSED
from roadmap.history.shapes import Merge, same_value, shape_of, written
from roadmap.intake.candidates import Asks, Candidate, Given, Option, Question, Remark, Where
from roadmap.intake.ground import Ground, Standing, as_list, as_map
from roadmap.intake.trial import Altered
from roadmap.plan.kinds import KINDS
from roadmap.text.words import N_

MINE, THEIRS, BOTH = "mine", "theirs", "both"
LONGEST_NUMBER = 10
USE_MINE = N_("Pakai isi dari tabel")
USE_THEIRS = N_("Biarkan isi yang sekarang")
USE_BOTH = N_("Pakai keduanya, yang dari tabel di bawahnya")
NOT_YOURS = N_(
    "Isian “%(field)s” hanya dapat diubah tim penyusun; isinya di tabel ditinggalkan. Sampaikan lewat komentar."
)
CLOSED_HERE = N_("Isian “%(field)s” sudah ditutup karena data pribadi; isinya di tabel ditinggalkan.")


@dataclass
class Alteration:
    """What becomes of one item: the values that would change, what is asked, what was left aside."""

    values: Snapshot = field(default_factory=dict)
    altered: list[Altered] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def values_of(one: Candidate, linked: Mapping[str, list[str]], base: Snapshot) -> Snapshot:
    """Give all that a row says of its item; where it names only a part, the rest is that of the base."""
    merges = shape_of(one.kind).merges
    found = {
        name: written(_whole(given, base.get(name), merges[name]), merges[name])
        for name, given in one.values.items()
        if name in KINDS[one.kind].by_name
    }
    for name, uids in linked.items():
        stays = found.get(name, base.get(name))
        found[name] = sorted({*as_list(stays), *uids})
    return found


def alter(
    ground: Ground, one: Candidate, standing: Standing, mine: Snapshot, answers: Mapping[str, str]
) -> Alteration:
    """Lay what a row says on an item that stands."""
    return _Altering(ground, one, standing, answers).lay(mine)


class _Altering:
    def __init__(
        self, ground: Ground, one: Candidate, standing: Standing, answers: Mapping[str, str]
    ) -> None:
        self.ground, self.one, self.standing, self.answers = ground, one, standing, answers
        self.fields = KINDS[one.kind].by_name
        self.result = Alteration()

    def lay(self, mine: Snapshot) -> Alteration:
        base, now = self.ground.base_of(self.one, self.standing), self.standing.values
        wanted = {
            name: value
            for name, value in mine.items()
            if not same_value(value, base.get(name)) and self._may(name, value)
        }
        merged = merge_fields(base, now, wanted, shape_of(self.one.kind).merges)
        for name, value in merged.values.items():
            clash = merged.clashes.get(name) or self._declined(name, base.get(name), value)
            holds = self._decided(name, clash) if clash is not None else value
            if not same_value(holds, now.get(name)):
                self.result.values[name] = holds
                began = clash.base if clash is not None else None
                self.result.altered.append(Altered(name, now.get(name), holds, began))
        return self.result

    def _declined(self, name: str, base: Plain, mine: Plain) -> Clash | None:
        """Ask on where a person said before that what stands stays, and it still stands so."""
        uid, now = self.standing.item.uid, self.standing.values.get(name)
        choice, _, seen = self.answers.get(f"{Asks.CLASH}:{uid}:{name}", "").partition("@")
        if choice != THEIRS or not seen.isdecimal() or len(seen) >= LONGEST_NUMBER:
            return None
        return Clash(base, now, mine) if self.ground.had(uid, int(seen), name) else None

    def _may(self, name: str, value: Plain) -> bool:
        now = self.standing.values.get(name)
        if same_value(value, now):
            return False
        sentence = "" if name in self.standing.open_fields else NOT_YOURS
        sentence = CLOSED_HERE if CLOSED in (now, value) else sentence
        if sentence:
            where = _where(self.one, name)
            label = {"field": self.fields[name].label}
            self.result.remarks.append(Remark(where[0] if where else None, sentence, label))
        return not sentence

    def _decided(self, name: str, clash: Clash) -> Plain:
        """Give what a person decided for a field that clashes; undecided, what is shown is what the table says."""
        question = self._question(name, clash)
        self.result.questions.append(question)
        choice, _, seen = self.answers.get(question.key, "").partition("@")
        known = {option.value.partition("@")[0] for option in question.options}
        is_number = seen.isdecimal() and len(seen) < LONGEST_NUMBER
        uid = self.standing.item.uid
        if choice not in known or not is_number or not self.ground.had(uid, int(seen), name):
            self.result.unanswered.append(question.key)
            return clash.mine
        if choice == BOTH:
            return f"{clash.theirs}\n\n{clash.mine}"
        return clash.mine if choice == MINE else clash.theirs

    def _question(self, name: str, clash: Clash) -> Question:
        uid, version = self.standing.item.uid, self.standing.item.version
        options = [Option(f"{MINE}@{version}", USE_MINE), Option(f"{THEIRS}@{version}", USE_THEIRS)]
        if self.fields[name].type.widget == "area" and clash.theirs and clash.mine:
            options.append(Option(f"{BOTH}@{version}", USE_BOTH))
        where = _where(self.one, name)
        return Question(f"clash:{uid}:{name}", Asks.CLASH, self.one.label, tuple(options), where)


def _where(one: Candidate, name: str) -> tuple[Where, ...]:
    return one.values[name].where if name in one.values else ()


def _whole(given: Given, base: Plain, rule: Merge) -> Plain:
    """Give the value with what the base has beside the part that the table names."""
    value = given.value
    if rule == Merge.MAP:
        return {**(as_map(base) if given.is_part else {}), **as_map(value)}  # type: ignore[return-value]
    if not given.is_part:
        return value
    if rule == Merge.SET:
        return sorted({*as_list(base), *as_list(value)})
    text, had = str(value or ""), str(base or "")
    if not had or text in had:
        return had or value
    return f"{had}\n\n{text}"
