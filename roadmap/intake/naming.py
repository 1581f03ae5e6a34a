"""Whom and what the words of a table name: offices, words of the vocabularies, items of the plan or of the same file.

Each distinct name is looked up once; what is not known for certain is asked once, however many cells hold it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import NAMESPACE_URL, uuid5

from roadmap.intake.candidates import Asks, NewOffice, Option, Question, Remark, Where
from roadmap.intake.likeness import SAME_ESSENCE, Register, fold
from roadmap.intake.office_words import begins_office, is_no_office, split_at_signs
from roadmap.intake.synonyms import GROUP_WORDS, OFFICE_HEADS, RIGHT_WORDS
from roadmap.people.models import Organisation
from roadmap.plan.fields import Choices
from roadmap.plan.kinds import SOURCES
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_

JOIN, NEW, LEAVE, PART = "join:", "new", "leave", "part"
LONGEST_NAME = 1_200
MOST_CELLS_NAMED = 200
MOST_OPTIONS = 60
MOST_PARTS = 12
_NUMBERED = re.compile(r"\s*\(?\d{1,3}(?:\.\d{1,3}){0,3}\s?[.)](?!\d)\s*")
_TERM_WORDS = {"rights": RIGHT_WORDS, "groups": GROUP_WORDS}


@dataclass
class _Asked:
    """A question in the making: the cells are added as the name turns up again."""

    question: Question
    where: list[Where] = field(default_factory=list)


@dataclass(frozen=True)
class _Answer:
    """What a name comes to; `asked` is the key of the question it waits for."""

    found: str | None = None
    asked: str | None = None


class Names:
    """All that the cells of a table may name, and what has to be asked about them.

    `own[kind][normalised label]` is the key of a candidate in the same file. `numbers` gives by uid the number
    by which people speak of an item, for titles that several items have.
    """

    def __init__(
        self,
        choices: Choices,
        offices: Sequence[Organisation],
        answers: Mapping[str, str],
        own: Mapping[str, Mapping[str, str]] | None = None,
        *,
        numbers: Mapping[str, str] | None = None,
    ) -> None:
        """Take what may be named, and the answers given so far."""
        self.choices = choices
        self.answers = answers
        self.own = own or {}
        self.offices: list[NewOffice] = []
        self.remarks: list[Remark] = []
        self._numbers = numbers or {}
        self._asked: dict[str, _Asked] = {}
        self._told: dict[tuple[str, str], _Answer] = {}
        self._office_names = {one.merged_into or one.uid: one.name for one in offices}
        self._offices = _register_of_offices(offices, choices)
        # Names of this file that no office has, by the uid they would get: twins of one another, perhaps.
        self._newcomers = Register()
        self._newcomer_names: dict[str, str] = {}
        self._terms: dict[str, Register] = {}
        self._items: dict[str, Register] = {}
        self._own_items: dict[str, dict[str, str]] = {}
        self._once: set[tuple[str, ...]] = set()
        # The roadmap's own: the same name is the same new office each time its table is tried.
        self._salt = "".join(sorted(choices.items.get("cover", {}))) if choices.items else ""

    @property
    def questions(self) -> list[Question]:
        """What was asked so far and has no answer yet, or one that may still be changed."""
        return [
            replace(one.question, where=tuple(one.where[:MOST_CELLS_NAMED])) for one in self._asked.values()
        ]

    def first_time(self, *words: str) -> bool:
        """Tell whether this is asked for the first time, for what is said once a column and not once a cell."""
        is_first = words not in self._once
        self._once.add(words)
        return is_first

    # --- offices

    def office(self, typed: str, where: Where) -> str | None:
        """Give the uid of the office a name means; None where it has to be asked, or is to be left out."""
        found = self._find("office", typed, where, self._office)
        if found is None and is_no_office(typed) and self.first_time("no office", fold(typed)):
            sentence = N_(
                "“%(name)s” bukan nama satu kantor atau lembaga, jadi tidak dijadikan penanggung jawab."
            )
            self.remarks.append(Remark(where, sentence, {"name": typed}))
        return found

    def knows_office(self, typed: str) -> bool:
        """Tell whether a name is that of a registered office, without asking anything."""
        return typed in self._office_names or bool(self._offices.same(typed))

    def begins_office(self, typed: str, is_and: bool = False) -> bool:  # noqa: FBT001, FBT002 - as it is called
        """Tell whether a text that follows a comma, or an "and", is the name of another office, or begins one.

        After an "and" a few capitals may also end the name before them: "Dinas Sosial dan P3A".
        """
        return self.knows_office(typed) or begins_office(typed, is_and=is_and)

    def parts_of_office(self, typed: str, where: Where) -> list[str]:
        """Give the names that a text is parted into by a person's answer; the text itself without one."""
        words = normalise_line(typed)[:LONGEST_NAME]
        parts = split_at_signs(words)
        if len(parts) < 2 or self.answers.get(f"owner:{fold(words)}") != PART:  # noqa: PLR2004 - several
            return [typed]
        # The question stays, so that the answer may be changed.
        self.office(typed, where)
        return parts

    def _office(self, typed: str) -> _Answer:
        if typed in self._office_names or typed in self.choices.organisations:
            return _Answer(typed)
        same = self._offices.same(typed) or self._named_twice(typed)
        if len(same) == 1:
            return _Answer(same[0])
        key, uid = f"owner:{fold(typed)}", self._new_uid(typed)
        likely = [(one, 1.0) for one in same] or self._likely_offices(typed, uid)
        default = self._default_of_office(typed, likely)
        parts = split_at_signs(typed)
        parting = Option(PART, N_("Ini beberapa nama; pisahkan: %(names)s"), {"names": "; ".join(parts)})
        options = (
            *((parting,) if 1 < len(parts) <= MOST_PARTS else ()),
            *(self._join(one, self._office_name(one)) for one, _likeness in likely),
            Option(NEW, N_("Daftarkan “%(name)s” sebagai kantor atau lembaga baru"), {"name": typed}),
            Option(LEAVE, N_("Lewati nama ini")),
        )
        self._ask(Question(key, Asks.OWNER, typed, options, default=default))
        return self._settled_office(self.answers.get(key) or default or "", key, typed, uid)

    def _named_twice(self, typed: str) -> list[str]:
        """Give the office of "Dinas Sosial (Dinsos)", where both names are its own."""
        name, bracket, rest = typed.partition("(")
        if not bracket or not rest.endswith(")"):
            return []
        short = self._offices.same(rest[:-1])
        return [uid for uid in self._offices.same(name) if uid in short]

    def _settled_office(self, answer: str, key: str, typed: str, uid: str) -> _Answer:
        if answer.startswith(JOIN):
            joined = answer.removeprefix(JOIN)
            known = joined in self._office_names or joined in self.choices.organisations
            return _Answer(joined) if known or self._is_new(joined) else _Answer(asked=key)
        if answer == NEW:
            if not self._is_new(uid):
                self.offices.append(NewOffice(uid, typed))
            return _Answer(uid)
        return _Answer(asked=None if answer in {LEAVE, PART} else key)

    def _likely_offices(self, typed: str, uid: str) -> list[tuple[str, float]]:
        likely = [*self._offices.twins(typed), *self._newcomers.twins(typed)]
        if uid not in self._newcomer_names:
            self._newcomer_names[uid] = typed
            self._newcomers.add(uid, typed)
        return [(one, likeness) for one, likeness in likely if one != uid]

    def _default_of_office(self, typed: str, likely: Sequence[tuple[str, float]]) -> str | None:
        if len(likely) == 1 and likely[0][1] >= SAME_ESSENCE and likely[0][0] not in self._newcomer_names:
            return JOIN + likely[0][0]
        words = fold(typed).split()
        if is_no_office(typed):
            return LEAVE
        parts = split_at_signs(typed)
        if len(parts) > 1 and any(map(self.knows_office, parts)):
            return None
        return NEW if not likely and len(words) > 1 and words[0] in OFFICE_HEADS else None

    def _office_name(self, uid: str) -> str:
        known = self._office_names.get(uid) or self.choices.organisations.get(uid)
        return known or self._newcomer_names.get(uid, "")

    def _is_new(self, uid: str) -> bool:
        return any(one.uid == uid for one in self.offices)

    def _new_uid(self, typed: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self._salt}\n{fold(typed)}"))

    # --- words of the vocabularies

    def term(self, vocabulary: str, typed: str, where: Where) -> str | None:
        """Give the uid of the word a text means; None where it has to be asked, or is to be left out."""
        return self._find(f"term {vocabulary}", typed, where, lambda words: self._term(vocabulary, words))

    def knows_term(self, vocabulary: str, typed: str) -> bool:
        """Tell whether a text is a word of a vocabulary, without asking anything."""
        return self._known_term(vocabulary, typed) is not None

    def _known_term(self, vocabulary: str, typed: str) -> str | None:
        known = self.choices.terms.get(vocabulary, {})
        if typed in known:
            return typed
        register = self._register_of_terms(vocabulary)
        same = register.same(typed)
        if len(same) == 1:
            return same[0]
        # What people write for it, where the vocabulary still has the word it stands for.
        word = _TERM_WORDS.get(vocabulary, {}).get(fold(typed))
        meant = register.same(word) if word else []
        return meant[0] if len(meant) == 1 else None

    def _term(self, vocabulary: str, typed: str) -> _Answer:
        found = self._known_term(vocabulary, typed)
        if found:
            return _Answer(found)
        known = self.choices.terms.get(vocabulary, {})
        likely = [uid for uid, _likeness in self._register_of_terms(vocabulary).twins(typed, 0.5)]
        others = [uid for uid in known if uid not in likely and uid not in self.choices.retired]
        key = f"term:{vocabulary}:{fold(typed)}"
        options = tuple(self._join(uid, known[uid]) for uid in [*likely, *others][:MOST_OPTIONS])
        self._ask(Question(key, Asks.TERM, typed, (*options, Option(LEAVE, N_("Lewati kata ini")))))
        return self._settled(key, known)

    def _register_of_terms(self, vocabulary: str) -> Register:
        if vocabulary not in self._terms:
            self._terms[vocabulary] = Register(self.choices.terms.get(vocabulary, {}))
        return self._terms[vocabulary]

    # --- sources of money

    def source(self, typed: str, where: Where) -> str | None:
        """Give the source of money that a person chose for words nobody knows; None where it has to be asked."""
        return self._find("source", typed, where, self._source)

    def _source(self, typed: str) -> _Answer:
        key = f"source:{fold(typed)}"
        options = tuple(Option(source, words) for source, words in SOURCES.items())
        self._ask(Question(key, Asks.SOURCE, typed, options))
        answer = self.answers.get(key, "")
        return _Answer(answer) if answer in SOURCES else _Answer(asked=key)

    # --- items

    def item(self, kind: str, typed: str, where: Where) -> tuple[str, str] | None:
        """Give ("uid" or "key", name) of the item a text means: of the plan, or of a candidate of the same file.

        None where it has to be asked, or is to be left out.
        """
        found = self._find(f"item {kind}", typed, where, lambda words: self._item(kind, words))
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
        found = self._find(sort, typed, where, lambda words: self._parent(kind, words, of_sheet=of_sheet))
        if found is None:
            return None
        how, _space, name = found.partition(" ")
        return how, name

    def leaves_parent(self, typed: str) -> bool:
        """Tell whether a person said that measures of this name are to be left out."""
        return self.answers.get(f"parent:{fold(normalise_line(typed)[:LONGEST_NAME])}") == LEAVE

    def _parent(self, kind: str, typed: str, *, of_sheet: bool) -> _Answer:
        found = self._known_item(kind, typed)
        if found and not of_sheet:
            return _Answer(found)
        known, own = self.choices.items.get(kind, {}), self._own_titles(kind)
        likely = [uid for uid, _likeness in self._register_of_items(kind).twins(without_number(typed), 0.5)]
        others = [uid for uid in known if uid not in likely] if of_sheet else []
        options = [
            *(self._join(uid, self._item_name(uid, known[uid])) for uid in [*likely, *others]),
            *(self._join(name, label) for name, label in (own.items() if of_sheet else ())),
        ][:MOST_OPTIONS]
        options.append(Option(NEW, N_("Tambahkan “%(name)s” sebagai rencana aksi baru"), {"name": typed}))
        options.append(Option(LEAVE, N_("Tinggalkan ukurannya")))
        key = f"parent:{fold(typed)}"
        self._ask(Question(key, Asks.PARENT, typed, tuple(options)))
        answer = self.answers.get(key, "")
        named = answer.removeprefix(JOIN)
        if answer.startswith(JOIN) and (named in known or named in own):
            return _Answer(f"uid {named}" if named in known else f"key {named}")
        if answer == NEW:
            return _Answer(f"new {typed}")
        return _Answer(asked=None if answer == LEAVE else key)

    def _own_titles(self, kind: str) -> dict[str, str]:
        """Give by key the titles of the items of the same file."""
        titles: dict[str, str] = {}
        for label, key in self.own.get(kind, {}).items():
            titles.setdefault(key, label)
        return titles

    def knows_item(self, kind: str, typed: str) -> bool:
        """Tell whether a text names one item for certain, without asking anything."""
        return self._known_item(kind, typed) is not None

    def _known_item(self, kind: str, typed: str) -> str | None:
        known = self.choices.items.get(kind, {})
        if typed in known:
            return f"uid {typed}"
        own = self._own_of(kind)
        for words in dict.fromkeys((typed, without_number(typed))):
            if fold(words) in own:
                return f"key {own[fold(words)]}"
            same = self._register_of_items(kind).same(words)
            if len(same) == 1:
                return f"uid {same[0]}"
            numbered = [uid for uid in same if self._says_number(typed, uid)]
            if len(numbered) == 1:
                return f"uid {numbered[0]}"
        return None

    def _says_number(self, typed: str, uid: str) -> bool:
        number = self._numbers.get(uid)
        return bool(number) and typed.lstrip(" (").startswith((f"{number}.", f"{number})"))

    def _item(self, kind: str, typed: str) -> _Answer:
        found = self._known_item(kind, typed)
        if found:
            return _Answer(found)
        known = self.choices.items.get(kind, {})
        words = without_number(typed) or typed
        register = self._register_of_items(kind)
        likely = [uid for uid, _likeness in register.twins(words, 0.5)]
        likely = list(dict.fromkeys([*register.same(words), *likely]))
        key = f"link:{kind}:{fold(typed)}"
        options = tuple(self._join(uid, self._item_name(uid, known[uid])) for uid in likely)
        self._ask(Question(key, Asks.LINK, typed, (*options, Option(LEAVE, N_("Biarkan tanpa kaitan")))))
        answer = self._settled(key, known)
        return replace(answer, found=f"uid {answer.found}") if answer.found else answer

    def _item_name(self, uid: str, label: str) -> str:
        number = self._numbers.get(uid)
        return f"{number}. {label}" if number else label

    def _register_of_items(self, kind: str) -> Register:
        if kind not in self._items:
            self._items[kind] = Register(self.choices.items.get(kind, {}))
        return self._items[kind]

    def _own_of(self, kind: str) -> dict[str, str]:
        if kind not in self._own_items:
            self._own_items[kind] = {fold(label): key for label, key in self.own.get(kind, {}).items()}
        return self._own_items[kind]

    # --- what all of them share

    def _find(self, sort: str, typed: str, where: Where, look: Callable[[str], _Answer]) -> str | None:
        words = normalise_line(typed)[:LONGEST_NAME]
        if not words:
            return None
        asked = (sort, words)
        if asked not in self._told:
            self._told[asked] = look(words)
        answer = self._told[asked]
        for key in self._keys_of(sort, words):
            if key in self._asked:
                self._asked[key].where.append(where)
        return answer.found

    @staticmethod
    def _keys_of(sort: str, words: str) -> Iterable[str]:
        name = fold(words)
        match sort.split():
            case ["term", vocabulary]:
                return (f"term:{vocabulary}:{name}",)
            case ["item", kind]:
                return (f"link:{kind}:{name}",)
            case ["source"]:
                return (f"source:{name}",)
            case ["parent", *_kind]:
                return (f"parent:{name}",)
        return (f"owner:{name}",)

    def _ask(self, question: Question) -> None:
        self._asked.setdefault(question.key, _Asked(question))

    def _settled(self, key: str, known: Mapping[str, str]) -> _Answer:
        answer = self.answers.get(key, "")
        if answer.startswith(JOIN) and answer.removeprefix(JOIN) in known:
            return _Answer(answer.removeprefix(JOIN))
        return _Answer(asked=None if answer == LEAVE else key)

    @staticmethod
    def _join(uid: str, name: str) -> Option:
        return Option(JOIN + uid, N_("Sama dengan “%(name)s”"), {"name": name})


def without_number(text: str) -> str:
    """Take the number off a title: "1.2. Judul" is "Judul"."""
    found = _NUMBERED.match(text)
    return text[found.end() :].strip() if found else text.strip()


def _register_of_offices(offices: Iterable[Organisation], choices: Choices) -> Register:
    register = Register()
    seen: set[tuple[str, str]] = set()
    named = [(one.merged_into or one.uid, name) for one in offices for name in (one.name, one.abbreviation)]
    for uid, name in [*named, *choices.organisations.items()]:
        if name and (uid, fold(name)) not in seen:
            seen.add((uid, fold(name)))
            register.add(uid, name)
    return register
