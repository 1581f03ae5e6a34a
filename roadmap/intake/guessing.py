"""Where a column probably belongs, from its heading, its neighbours and what stands in it; a person decides. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from roadmap.exchange.columns import LINE, NUMBER, PARENT, Target
from roadmap.intake.books import Cell, CellKind
from roadmap.intake.heading_meanings import (
    LONGEST_HEADING,
    PART,
    SURE,
    Meant,
    Remembered,
    folded,
    heading_key,
    period_code,
    read_heading,
    weigh,
)
from roadmap.intake.heading_words import FIELD_WORDS, MEANINGS
from roadmap.intake.layouts import Reading
from roadmap.intake.offering import places
from roadmap.intake.values.money import sources_in
from roadmap.plan.fields import Evidence, Money, Number, Organisations, Several, Targets, Text
from roadmap.plan.kinds import KINDS, Kind

__all__ = ["LONGEST_HEADING", "PART", "Remembered", "guess", "heading_key", "period_code", "places", "weigh"]

LARGE_AMOUNT = 100_000
LONG_WORDS = 60
LINE_LABEL, NUMBER_LABEL = "Kode baris", "Nomor"

Guess = tuple[Target | None, Reading]

_SUB_CODE = re.compile(r"\d\.\d{2}\.\d{2}(?:\.\d+)+(?:\s.*)?", re.DOTALL)
_SHORT_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}\.?")
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z])\S{2,24}")


def guess(
    headings: Sequence[str],
    samples: Sequence[Sequence[Cell]],
    remembered: Remembered,
    sheet_name: str = "",
    years: Sequence[int] = (),
) -> list[Guess]:
    """Guess the place of every column of a table at once; `samples` are some of the cells under each heading.

    `years`: those of the roadmap; the last one before them is where a measure begins.
    """
    known: dict[int, Guess] = {
        index: remembered[heading_key(heading)]
        for index, heading in enumerate(headings)
        if heading and heading_key(heading) in remembered
    }
    meant = [read_heading(heading) for heading in headings]
    known = _that_fit(known, meant)
    for index, (target, reading) in known.items():
        if target is None:
            continue
        meant[index] = Meant(f"{target.kind}:{target.field}", SURE + 1, target.key, reading)
    table = _Table(meant, samples, [folded(heading) for heading in headings], sheet_name, years)
    ours = _places_of_ours(table.folded)
    guessed = [ours.get(index) or known.get(index) or table.place(index) for index in range(len(headings))]
    return _without_doubles(guessed, [one.weight for one in meant])


def _that_fit(known: dict[int, Guess], meant: Sequence[Meant]) -> dict[int, Guess]:
    """Leave out what was remembered of other tables: an action named over its measures, where no measure stands."""
    kinds = {meant[index].meaning.partition(":")[0] for index in range(len(meant)) if index not in known}
    kinds |= {target.kind for target, _reading in known.values() if target and target.field != PARENT}
    return {
        index: (target, reading)
        for index, (target, reading) in known.items()
        if target is None or target.field != PARENT or target.kind in kinds
    }


def _places_of_ours(words: Sequence[str]) -> dict[int, Guess]:
    """Give the places of a plain table that went out from here: codes of rows under the labels of one kind."""
    best: dict[int, Guess] = {}
    for kind in KINDS.values() if folded(LINE_LABEL) in words else ():
        fields = {folded(field.label): field.name for field in kind.fields}
        fields |= {folded(NUMBER_LABEL): NUMBER, folded(LINE_LABEL): LINE}
        if kind.parent:
            fields[folded(KINDS[kind.parent].label)] = PARENT
        found: dict[int, Guess] = {
            index: (Target(kind.name, fields[word]), _reading_of_ours(kind, fields[word]))
            for index, word in enumerate(words)
            if word in fields
        }
        if len(found) * 4 >= len(words) * 3 and len(found) > len(best):
            best = found
    return best


def _reading_of_ours(kind: Kind, name: str) -> Reading:
    """Say how we write figures, so that nobody is asked."""
    field = kind.by_name.get(name)
    has_figures = field is not None and isinstance(field.type, Number | Money | Targets)
    return Reading(decimal=",") if has_figures else Reading()


class _Table:
    """The columns of a table together: titles tell what the vaguer headings beside them are about."""

    def __init__(
        self,
        meant: list[Meant],
        samples: Sequence[Sequence[Cell]],
        words: Sequence[str],
        sheet_name: str,
        years: Sequence[int],
    ) -> None:
        self.meant = meant
        self.first_year = min(years, default=0)
        self.samples = samples
        self.folded = words
        self.sheet_kind = MEANINGS.get(folded(sheet_name), "").partition(":")[0].strip("*")
        self._settle_titles()
        self.titles = {
            index: one.meaning.partition(":")[0]
            for index, one in enumerate(meant)
            if one.meaning.endswith(":title") and not one.meaning.startswith("*")
        }
        self.kinds = set(self.titles.values())

    def _of(self, meaning: str) -> list[int]:
        return [index for index, one in enumerate(self.meant) if one.meaning == meaning]

    def _mean(self, indexes: Sequence[int], meaning: str) -> None:
        for index in indexes:
            self.meant[index] = replace(self.meant[index], meaning=meaning)

    def _settle_titles(self) -> None:
        self._settle_numbers_for_titles()
        stars = self._of("*:title")
        actions = self._of("action:title")
        if stars:
            kind = self.sheet_kind if self.sheet_kind in KINDS else "action"
            others = actions if kind == "action" else self._of(f"{kind}:title")
            self._mean(stars[:1], f"{kind}:title")
            self._mean(stars[1:], "")
            self._mean(others, f"{kind}:description")
        elif len(actions) > 1:
            best = max(actions, key=lambda index: (self._is_about_actions(index), -index))
            self._mean([index for index in actions if index != best], "action:description")
        self._settle_sub_activities()
        problems = self._of("problem:title")
        self._mean(problems[1:], "problem:description")
        self._settle_sources()

    def _settle_sources(self) -> None:
        """A bare "Sumber" beside an amount, or over words such as APBD, says where the money comes from."""
        for index in self._of("indicator|problem:baseline_source"):
            if self.folded[index] not in {"sumber", "source"} or not self._of("action:budget"):
                continue
            before = self.meant[index - 1].meaning if index else ""
            texts = self._texts(index)
            known = sum(1 for text in texts if sources_in(text))
            is_beside = before == "action:budget" and (known or not texts)
            if known * 2 > len(texts) or is_beside:
                self._mean([index], "action:budget:source")

    def _settle_numbers_for_titles(self) -> None:
        """A column of mere numbers names something by its number."""
        has_indicators = bool(self._of("indicator:title"))
        for index in self._of("action:title"):
            if self._most(index, _SHORT_NUMBER):
                self._mean([index], f"indicator:{PARENT}" if has_indicators else f"action:{NUMBER}")
        for index in self._of("problem:title"):
            if self._most(index, _SHORT_NUMBER):
                self._mean([index], "action:problems")

    def _is_about_actions(self, index: int) -> tuple[bool, float]:
        words = set(self.folded[index].split())
        return bool(words & {"aksi", "action", "actions", "activity", "activities"}), self.meant[index].weight

    def _settle_sub_activities(self) -> None:
        subs = self._of("action:sub")
        if subs and not self._of("action:title"):
            self._mean(subs[-1:], "action:title")
            subs = subs[:-1]
        for index in subs:
            has_codes = self._most(index, _SUB_CODE)
            self._mean([index], "action:subactivity_codes" if has_codes else "action:planning_links")

    def place(self, index: int) -> Guess:
        """Say where one column belongs."""
        one = self.meant[index]
        if not one.meaning:
            return self._by_contents(index)
        kinds, _, field = one.meaning.partition(":")
        if one.meaning == "?:year":
            return self._of_a_year(index)
        if one.meaning == "?:realised":
            # What was reached of a measure has no place in a plan; what was spent has.
            is_money = self._are_large(index)
            return (Target("action", "realisation", one.key) if is_money else None), one.reading
        field, _, key = field.partition(":")
        kind = self._kind_of(kinds, field, index)
        if field == "kind":
            field = f"{kind}_kind"
        if not kind:
            return None, Reading()
        return self._checked(Target(kind, field, key or one.key), index)

    def _kind_of(self, kinds: str, field: str, index: int) -> str:
        if kinds == "*":
            return self._nearest(field, index)
        if "|" in kinds:
            wanted = kinds.split("|")
            found = [kind for kind in wanted if kind in self.kinds]
            if not found and "indicator" in wanted and "action" in self.kinds:
                found = ["indicator"]
            return found[0] if found else ""
        return kinds

    def _nearest(self, field: str, index: int) -> str:
        """Give the kind of the title that a vague heading stands beside: the last before it, else the first after."""
        if field == LINE and self.titles:
            # A code knows the item its whole row is about, which comes first.
            return self.titles[min(self.titles)] if len(self.kinds) == 1 else ""
        before = [self.titles[at] for at in sorted(self.titles) if at < index]
        after = [self.titles[at] for at in sorted(self.titles) if at > index]
        order = [*after, *before] if field == NUMBER else [*reversed(before), *after]
        if order and field not in {NUMBER, *KINDS[order[0]].by_name} and KINDS[order[0]].parent in order:
            # The evidence beside a measure is about its action.
            order.insert(0, str(KINDS[order[0]].parent))
        if not order and self.sheet_kind in KINDS:
            order = [self.sheet_kind]
        fits = [kind for kind in order if field in {NUMBER, LINE} or field in KINDS[kind].by_name]
        return fits[0] if fits else ""

    def _of_a_year(self, index: int) -> Guess:
        one = self.meant[index]
        is_money = "indicator" not in self.kinds and self._are_large(index)
        if is_money:
            return Target("action", "budget", one.key), one.reading
        year = int(one.key)
        if year >= self.first_year:
            return Target("indicator", "targets", one.key), one.reading
        # No target can be set for what is past: the last of such years is the baseline, the others are history.
        earlier = [int(other.key) for other in self.meant if other.meaning == "?:year"]
        is_last = year == max(other for other in earlier if other < self.first_year)
        reading = replace(one.reading, year=year)
        return (Target("indicator", "baseline"), reading) if is_last else (None, Reading())

    def _checked(self, target: Target, index: int) -> Guess:
        """Put right what the cells themselves speak against."""
        reading = self.meant[index].reading
        if target.field == "code" and self._most(index, _SUB_CODE):
            return Target("action", "subactivity_codes"), Reading()
        if period_code(self.folded[index]) and target.field not in {
            "title",
            "description",
            "success_criteria",
        }:
            is_measure = set(self.folded[index].split()) & {"target", "ukuran", "indikator"}
            return (Target("indicator", "title"), Reading()) if is_measure else (None, Reading())
        field = KINDS[target.kind].by_name.get(target.field) if target.kind in KINDS else None
        if field and isinstance(field.type, Number) and self._are_long(index):
            return (Target("problem", "description") if "problem" in self.kinds else None), Reading()
        if target.field not in {"budget", "realisation", "targets", "baseline"}:
            reading = replace(reading, scale=None, source=None)
        return target, reading

    def _by_contents(self, index: int) -> Guess:
        if self.folded[index] in FIELD_WORDS and self.kinds:
            kind = "action" if "action" in self.kinds else self.titles[min(self.titles)]
            if self._most(index, _SHORT_NUMBER):
                return Target(kind, NUMBER), Reading()
            if kind == "action" and self._most(index, _CODE):
                return Target(kind, "code"), Reading()
        return None, Reading()

    def _texts(self, index: int) -> list[str]:
        return [cell.text.strip() for cell in self.samples[index]] if index < len(self.samples) else []

    def _most(self, index: int, pattern: re.Pattern[str]) -> bool:
        """Tell whether three of four cells look like this."""
        texts = self._texts(index)
        return bool(texts) and sum(1 for text in texts if pattern.fullmatch(text)) * 4 >= len(texts) * 3

    def _are_large(self, index: int) -> bool:
        numbers = [
            cell
            for cell in self.samples[index]
            if cell.kind is CellKind.NUMBER or cell.text[:2].lower() == "rp"
        ]
        return bool(numbers) and sum(1 for one in numbers if _is_large(one)) * 2 >= len(numbers)

    def _are_long(self, index: int) -> bool:
        texts = self._texts(index)
        return bool(texts) and sum(1 for text in texts if len(text) > LONG_WORDS) * 2 > len(texts)


def _is_large(cell: Cell) -> bool:
    digits = re.sub(r"\D", "", cell.text.partition(".")[0] if cell.kind is CellKind.NUMBER else cell.text)
    return len(digits) < 20 and int(digits or 0) >= LARGE_AMOUNT  # noqa: PLR2004 - no amount is longer


# --- doubles


def _without_doubles(guessed: list[Guess], weights: Sequence[float]) -> list[Guess]:
    """Leave a place that takes one column only to the surest; a second office in charge is a supporting one."""
    best: dict[object, int] = {}
    for index in sorted(range(len(guessed)), key=lambda at: (-weights[at], at)):
        target, reading = guessed[index]
        if target is None or _takes_several(target):
            continue
        place = (target, reading.year, reading.source)
        if place not in best:
            best[place] = index
        elif target == Target("action", "lead"):
            guessed[index] = (Target("action", "supporting"), Reading())
        else:
            guessed[index] = (None, Reading())
    return guessed


def _takes_several(target: Target) -> bool:
    if target == Target("indicator", "title"):
        return True
    field = KINDS[target.kind].by_name.get(target.field) if target.kind in KINDS else None
    return field is not None and isinstance(field.type, Text | Several | Organisations | Evidence)
