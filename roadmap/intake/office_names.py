"""Which office a name means: a registered one, one much like it, a new one; or whether that has to be asked."""

from collections.abc import Iterable, Sequence
from uuid import NAMESPACE_URL, uuid5

from roadmap.intake.asked_once import JOIN, LEAVE, LONGEST_NAME, NEW, PART, Answer, AskedOnce, same_as
from roadmap.intake.candidates import Asks, NewOffice, Option, Question, Remark, Where
from roadmap.intake.likeness import SAME_ESSENCE, Register, fold
from roadmap.intake.office_words import begins_office, is_no_office, split_at_signs
from roadmap.intake.synonyms import OFFICE_HEADS
from roadmap.people.models import Organisation
from roadmap.plan.fields import Choices
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_

MOST_PARTS = 12


class OfficeNames:
    """The offices that cells may name: those of the register, and `new` ones that are to be registered."""

    def __init__(self, asking: AskedOnce, choices: Choices, offices: Sequence[Organisation]) -> None:
        """Take the registered offices, and where questions are asked."""
        self.new: list[NewOffice] = []
        self.remarks: list[Remark] = []
        self._asking = asking
        self._choices = choices
        self._names = {one.merged_into or one.uid: one.name for one in offices}
        self._register = _register_of_offices(offices, choices)
        # Names of this file that no office has, by the uid they would get: twins of one another, perhaps.
        self._newcomers = Register()
        self._newcomer_names: dict[str, str] = {}
        # The roadmap's own: the same name is the same new office each time its table is tried.
        self._salt = "".join(sorted(choices.items.get("cover", {}))) if choices.items else ""

    def find(self, typed: str, where: Where) -> str | None:
        """Give the uid of the office a name means; None where it has to be asked, or is to be left out."""
        found = self._asking.find("office", typed, where, self._look_up)
        if found is None and is_no_office(typed) and self._asking.first_time("no office", fold(typed)):
            sentence = N_(
                "“%(name)s” bukan nama satu kantor atau lembaga, jadi tidak dijadikan penanggung jawab."
            )
            self.remarks.append(Remark(where, sentence, {"name": typed}))
        return found

    def knows(self, typed: str) -> bool:
        """Tell whether a name is that of a registered office, without asking anything."""
        return typed in self._names or bool(self._register.same(typed))

    def begins(self, typed: str, is_and: bool = False) -> bool:  # noqa: FBT001, FBT002 - as it is called
        """Tell whether a text that follows a comma, or an "and", is the name of another office, or begins one.

        After an "and" a few capitals may also end the name before them: "Dinas Sosial dan P3A".
        """
        return self.knows(typed) or begins_office(typed, is_and=is_and)

    def parts_of(self, typed: str, where: Where) -> list[str]:
        """Give the names that a text is parted into by a person's answer; the text itself without one."""
        words = normalise_line(typed)[:LONGEST_NAME]
        parts = split_at_signs(words)
        if len(parts) < 2 or self._asking.answers.get(f"owner:{fold(words)}") != PART:  # noqa: PLR2004 - several
            return [typed]
        # The question stays, so that the answer may be changed.
        self.find(typed, where)
        return parts

    def _look_up(self, typed: str) -> Answer:
        if typed in self._names or typed in self._choices.organisations:
            return Answer(typed)
        same = self._register.same(typed) or self._named_twice(typed)
        if len(same) == 1:
            return Answer(same[0])
        key, uid = f"owner:{fold(typed)}", self._new_uid(typed)
        likely = [(one, 1.0) for one in same] or self._likely_offices(typed, uid)
        default = self._default_of_office(typed, likely)
        parts = split_at_signs(typed)
        parting = Option(PART, N_("Ini beberapa nama; pisahkan: %(names)s"), {"names": "; ".join(parts)})
        options = (
            *((parting,) if 1 < len(parts) <= MOST_PARTS else ()),
            *(same_as(one, self._office_name(one)) for one, _likeness in likely),
            Option(NEW, N_("Daftarkan “%(name)s” sebagai kantor atau lembaga baru"), {"name": typed}),
            Option(LEAVE, N_("Lewati nama ini")),
        )
        self._asking.ask(Question(key, Asks.OWNER, typed, options, default=default))
        return self._settled_office(self._asking.answers.get(key) or default or "", key, typed, uid)

    def _named_twice(self, typed: str) -> list[str]:
        """Give the office of "Dinas Sosial (Dinsos)", where both names are its own."""
        name, bracket, rest = typed.partition("(")
        if not bracket or not rest.endswith(")"):
            return []
        short = self._register.same(rest[:-1])
        return [uid for uid in self._register.same(name) if uid in short]

    def _settled_office(self, answer: str, key: str, typed: str, uid: str) -> Answer:
        if answer.startswith(JOIN):
            joined = answer.removeprefix(JOIN)
            known = joined in self._names or joined in self._choices.organisations
            return Answer(joined) if known or self._is_new(joined) else Answer(asked=key)
        if answer == NEW:
            if not self._is_new(uid):
                self.new.append(NewOffice(uid, typed))
            return Answer(uid)
        return Answer(asked=None if answer in {LEAVE, PART} else key)

    def _likely_offices(self, typed: str, uid: str) -> list[tuple[str, float]]:
        likely = [*self._register.twins(typed), *self._newcomers.twins(typed)]
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
        if len(parts) > 1 and any(map(self.knows, parts)):
            return None
        return NEW if not likely and len(words) > 1 and words[0] in OFFICE_HEADS else None

    def _office_name(self, uid: str) -> str:
        known = self._names.get(uid) or self._choices.organisations.get(uid)
        return known or self._newcomer_names.get(uid, "")

    def _is_new(self, uid: str) -> bool:
        return any(one.uid == uid for one in self.new)

    def _new_uid(self, typed: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self._salt}\n{fold(typed)}"))


def _register_of_offices(offices: Iterable[Organisation], choices: Choices) -> Register:
    register = Register()
    seen: set[tuple[str, str]] = set()
    named = [(one.merged_into or one.uid, name) for one in offices for name in (one.name, one.abbreviation)]
    for uid, name in [*named, *choices.organisations.items()]:
        if name and (uid, fold(name)) not in seen:
            seen.add((uid, fold(name)))
            register.add(uid, name)
    return register
