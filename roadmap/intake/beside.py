"""What the cells of an item say of fields beside their own: a unit with a figure, a year, other offices."""

from collections.abc import Mapping

from roadmap.history.models import Plain
from roadmap.intake.candidates import Candidate, Given, Where
from roadmap.intake.drafts import Drafts
from roadmap.plan.fields import Several
from roadmap.plan.kinds import KINDS, Field
from roadmap.text.words import N_

UNITS = frozenset({"unit", "baseline_unit"})


class Beside:
    """The values of one item that stood in the cells of other fields."""

    def __init__(self, candidate: Candidate, drafts: Drafts) -> None:
        """Begin with none."""
        self.candidate = candidate
        self.drafts = drafts
        self.fields: Mapping[str, Field] = KINDS[candidate.kind].by_name
        self.values: dict[str, tuple[Plain, tuple[Where, ...]]] = {}

    def note(self, said: Mapping[str, Plain], where: tuple[Where, ...]) -> None:
        """Keep what cells said of other fields; sets join, of one value the first counts."""
        for name, value in said.items():
            if name not in self.values:
                self.values[name] = (value, where)
                continue
            known, places = self.values[name]
            both = tuple(dict.fromkeys([*places, *where]))
            if isinstance(known, list):
                self.values[name] = (joined(known, value), both)
            elif known == value:
                self.values[name] = (known, both)
            else:
                self._say_which(where[0], value, known)

    def lay(self) -> None:
        """Lay all that was noted into the candidate, when its own cells are read."""
        for name, (value, where) in self.values.items():
            if name in self.fields:
                self._lay(self.fields[name], value, where)

    def _lay(self, field: Field, value: Plain, where: tuple[Where, ...]) -> None:
        """Lay what other cells said of a field: sets join, of one value the own column counts."""
        given = self.candidate.values.get(field.name)
        if given is None:
            self.candidate.values[field.name] = Given(value, where)
        elif isinstance(field.type, Several):
            both = tuple(dict.fromkeys([*given.where, *where]))
            self.candidate.values[field.name] = Given(joined(given.value, value), both, given.is_part)
        elif field.name in UNITS and _is_percent(value) != _is_percent(given.value):
            self.drafts.trouble(
                where[0],
                N_(
                    "Di sini tertulis “%(said)s”, padahal satuannya “%(taken)s”. Tulis angka dalam satuan itu."
                ),
                str(value),
                said=str(value)[:80],
                taken=str(given.value)[:80],
            )
        elif given.value != value:
            self._say_which(where[0], value, given.value)

    def _say_which(self, where: Where, said: Plain, taken: Plain) -> None:
        self.drafts.remark(
            where,
            N_("Sel ini menyebut “%(said)s”; yang dipakai adalah “%(taken)s” dari sel lain."),
            said=str(said)[:80],
            taken=str(taken)[:80],
        )


def joined(one: Plain, other: Plain) -> Plain:
    """Join two sets; of anything else give the first that there is."""
    if not isinstance(one, list) or not isinstance(other, list):
        return other if one is None else one
    return sorted({*one, *other})


def _is_percent(unit: Plain) -> bool:
    return str(unit).strip().casefold() in {"%", "persen", "persentase", "percent", "prosentase"}
