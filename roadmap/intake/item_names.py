"""Which item a title means: one of the plan, one of the same file; or whether that has to be asked."""

import re
from collections.abc import Mapping
from dataclasses import replace

from roadmap.intake.asked_once import JOIN, LEAVE, LONGEST_NAME, MOST_OPTIONS, NEW, Answer, AskedOnce, same_as
from roadmap.intake.candidates import Asks, Option, Question, Where
from roadmap.intake.likeness import Register, fold
from roadmap.plan.fields import Choices
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_

_NUMBERED = re.compile(r"\s*\(?\d{1,3}(?:\.\d{1,3}){0,3}\s?[.)](?!\d)\s*")


class ItemNames:
    """The items that cells may name.

    `own[kind][normalised label]` is the key of a candidate in the same file. `numbers` gives by uid the number
    by which people speak of an item, for titles that several items have; `years` the first and last year of an action.
    """

    def __init__(
        self,
        asking: AskedOnce,
        choices: Choices,
        own: Mapping[str, Mapping[str, str]],
        numbers: Mapping[str, str],
        years: Mapping[str, tuple[int | None, int | None]],
    ) -> None:
        """Take the items of the plan and of the file, and where questions are asked."""
        self.own = own
        self._years = years
        self._asking = asking
        self._choices = choices
        self._numbers = numbers
        self._registers: dict[str, Register] = {}
        self._own_by_words: dict[str, dict[str, str]] = {}

    def find(self, kind: str, typed: str, where: Where) -> tuple[str, str] | None:
        """Give ("uid" or "key", name) of the item a text means: of the plan, or of a candidate of the same file.

        None where it has to be asked, or is to be left out.
        """
        found = self._asking.find(f"item {kind}", typed, where, lambda words: self._look_up(kind, words))
        if found is None:
            return None
        sort, _space, name = found.partition(" ")
        return sort, name

    def parent(
        self, kind: str, typed: str, where: Where, *, of_sheet: bool = False
    ) -> tuple[str, str] | None:
        """Give what a measure belongs to: ("uid" or "key", name), or ("new", the title of one to be added).

        `of_sheet`: the sheet names none, and is asked about as a whole by its own name. None where it has to be
        asked, or is to be left out: `leaves_parent` tells which.
        """
        sort = f"parent {kind}" + (" of-sheet" if of_sheet else "")
        found = self._asking.find(
            sort, typed, where, lambda words: self._parent(kind, words, of_sheet=of_sheet)
        )
        if found is None:
            return None
        how, _space, name = found.partition(" ")
        return how, name

    def leaves_parent(self, typed: str) -> bool:
        """Tell whether a person said that measures of this name are to be left out."""
        return self._asking.answers.get(f"parent:{fold(normalise_line(typed)[:LONGEST_NAME])}") == LEAVE

    def _parent(self, kind: str, typed: str, *, of_sheet: bool) -> Answer:
        found = self._known(kind, typed)
        if found and not of_sheet:
            return Answer(found)
        known, own = self._choices.items.get(kind, {}), self._own_titles(kind)
        likely = [uid for uid, _likeness in self._register_of(kind).twins(without_number(typed), 0.5)]
        others = [uid for uid in known if uid not in likely] if of_sheet else []
        options = [
            *(same_as(uid, self._name(uid, known[uid])) for uid in [*likely, *others]),
            *(same_as(name, label) for name, label in (own.items() if of_sheet else ())),
        ][:MOST_OPTIONS]
        options.append(Option(NEW, N_("Tambahkan “%(name)s” sebagai rencana aksi baru"), {"name": typed}))
        options.append(Option(LEAVE, N_("Tinggalkan ukurannya")))
        key = f"parent:{fold(typed)}"
        self._asking.ask(Question(key, Asks.PARENT, typed, tuple(options)))
        answer = self._asking.answers.get(key, "")
        named = answer.removeprefix(JOIN)
        if answer.startswith(JOIN) and (named in known or named in own):
            return Answer(f"uid {named}" if named in known else f"key {named}")
        if answer == NEW:
            return Answer(f"new {typed}")
        return Answer(asked=None if answer == LEAVE else key)

    def _own_titles(self, kind: str) -> dict[str, str]:
        """Give by key the titles of the items of the same file."""
        titles: dict[str, str] = {}
        for label, key in self.own.get(kind, {}).items():
            titles.setdefault(key, label)
        return titles

    def knows(self, kind: str, typed: str) -> bool:
        """Tell whether a text names one item for certain, without asking anything."""
        return self._known(kind, typed) is not None

    def years_in_plan(self, *, uid: str = "", title: str = "") -> tuple[int | None, int | None]:
        """Give the first and the last year of an action of the plan, by its uid or else by a title of its own."""
        same = [uid] if uid else self._register_of("action").same(title)
        return self._years.get(same[0], (None, None)) if len(same) == 1 else (None, None)

    def _known(self, kind: str, typed: str) -> str | None:
        known = self._choices.items.get(kind, {})
        if typed in known:
            return f"uid {typed}"
        own = self._own_of(kind)
        for words in dict.fromkeys((typed, without_number(typed))):
            if fold(words) in own:
                return f"key {own[fold(words)]}"
            same = self._register_of(kind).same(words)
            if len(same) == 1:
                return f"uid {same[0]}"
            numbered = [uid for uid in same if self._says_number(typed, uid)]
            if len(numbered) == 1:
                return f"uid {numbered[0]}"
        return None

    def _says_number(self, typed: str, uid: str) -> bool:
        number = self._numbers.get(uid)
        return bool(number) and typed.lstrip(" (").startswith((f"{number}.", f"{number})"))

    def _look_up(self, kind: str, typed: str) -> Answer:
        found = self._known(kind, typed)
        if found:
            return Answer(found)
        known = self._choices.items.get(kind, {})
        words = without_number(typed) or typed
        register = self._register_of(kind)
        likely = [uid for uid, _likeness in register.twins(words, 0.5)]
        likely = list(dict.fromkeys([*register.same(words), *likely]))
        key = f"link:{kind}:{fold(typed)}"
        options = tuple(same_as(uid, self._name(uid, known[uid])) for uid in likely)
        self._asking.ask(
            Question(key, Asks.LINK, typed, (*options, Option(LEAVE, N_("Biarkan tanpa kaitan"))))
        )
        answer = self._asking.settled(key, known)
        return replace(answer, found=f"uid {answer.found}") if answer.found else answer

    def _name(self, uid: str, label: str) -> str:
        number = self._numbers.get(uid)
        return f"{number}. {label}" if number else label

    def _register_of(self, kind: str) -> Register:
        if kind not in self._registers:
            self._registers[kind] = Register(self._choices.items.get(kind, {}))
        return self._registers[kind]

    def _own_of(self, kind: str) -> dict[str, str]:
        if kind not in self._own_by_words:
            self._own_by_words[kind] = {fold(label): key for label, key in self.own.get(kind, {}).items()}
        return self._own_by_words[kind]


def without_number(text: str) -> str:
    """Take the number off a title: "1.2. Judul" is "Judul"."""
    found = _NUMBERED.match(text)
    return text[found.end() :].strip() if found else text.strip()
