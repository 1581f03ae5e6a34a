"""Fields that name something: offices, words of the vocabularies, items of the plan, codes."""

import re

from roadmap.history.models import Plain
from roadmap.history.shapes import Merge
from roadmap.plan.fields.base import MOST_ENTRIES, Choices, FieldError, FieldType, Raw, Typed, first
from roadmap.plan.fields.reading import pick_organisation
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_

LONGEST_CODE = 60


class Organisation(FieldType):
    """One office of the register, typed by name or abbreviation, with suggestions."""

    widget = "organisation"
    empty = None

    def raw(self, name: str, value: Plain) -> Raw:
        """Carry the uid; the page shows the name."""
        return {name: [str(value or "")]}

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read a uid or a name."""
        return pick_organisation(normalise_line(first(form, name)), choices)

    def load(self, value: Plain) -> object:
        """Take None for nobody."""
        return value or None

    def references(self, value: Plain) -> set[str]:
        """Name the office."""
        return {value} if isinstance(value, str) and value else set()


class Several(FieldType):
    """A set of uids or codes."""

    merge = Merge.SET
    empty: Plain = []

    def raw(self, name: str, value: Plain) -> Raw:
        """Show each as one value under the name."""
        return {name: list(value) if isinstance(value, list) else []}

    def load(self, value: Plain) -> object:
        """Give the column a sorted list."""
        return sorted(value) if isinstance(value, list) else []

    def references(self, value: Plain) -> set[str]:
        """Name them all."""
        return set(value) if isinstance(value, list) else set()

    def _few(self, values: set[str]) -> list[str]:
        if len(values) > MOST_ENTRIES:
            raise FieldError(N_("Paling banyak %(limit)s pilihan."), limit=MOST_ENTRIES)
        return sorted(values)


class Organisations(Several):
    """Several offices: those ticked, and those typed by name."""

    widget = "organisations"

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read ticked uids and typed names together."""
        ticked = {value for value in form.getlist(name) if value}
        typed = (normalise_line(value) for value in form.getlist(f"{name}-add"))
        picked = {pick_organisation(value, choices) for value in typed if value}
        return self._few(ticked | {str(uid) for uid in picked if uid})


class Terms(Several):
    """Words of a vocabulary."""

    widget = "terms"

    def __init__(self, vocabulary: str) -> None:
        """Name the vocabulary."""
        super().__init__()
        self.vocabulary = vocabulary

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read the ticked words."""
        del choices
        return self._few({value for value in form.getlist(name) if value})


class Items(Several):
    """Links to items of a kind in the same roadmap."""

    widget = "items"

    def __init__(self, kind: str) -> None:
        """Name the kind."""
        super().__init__()
        self.kind = kind

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read ticked items and those typed by their title."""
        ticked = {value for value in form.getlist(name) if value}
        by_label = {label.casefold(): uid for uid, label in choices.items.get(self.kind, {}).items()}
        for typed in form.getlist(f"{name}-add"):
            words = normalise_line(typed)
            if not words:
                continue
            uid = by_label.get(words.casefold())
            if uid is None:
                raise FieldError(
                    N_("“%(typed)s” belum ada di peta jalan ini. Pilih dari saran."), typed=words[:80]
                )
            ticked.add(uid)
        return self._few(ticked)


class Item(FieldType):
    """A link to one item of a kind, or none."""

    widget = "item"
    empty = None

    def __init__(self, kind: str) -> None:
        """Name the kind."""
        super().__init__()
        self.kind = kind

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read a uid or a title."""
        words = normalise_line(first(form, name))
        if not words:
            return None
        known = choices.items.get(self.kind, {})
        by_label = {label.casefold(): uid for uid, label in known.items()}
        return words if words in known else by_label.get(words.casefold(), words)

    def load(self, value: Plain) -> object:
        """Take None for none."""
        return value or None

    def references(self, value: Plain) -> set[str]:
        """Name the item."""
        return {value} if isinstance(value, str) and value else set()


class Codes(Several):
    """Codes, one a line."""

    widget = "codes"

    def raw(self, name: str, value: Plain) -> Raw:
        """Show one a line."""
        return {name: ["\n".join(value) if isinstance(value, list) else ""]}

    def parse(self, name: str, form: Typed, choices: Choices) -> Plain:
        """Read one a line; commas and semicolons part them too."""
        del choices
        codes = {normalise_line(code) for code in re.split(r"[\n,;]", first(form, name))} - {""}
        if any(len(code) > LONGEST_CODE for code in codes):
            raise FieldError(N_("Satu kode paling panjang 60 huruf."))
        return self._few(codes)

    def references(self, value: Plain) -> set[str]:
        """Codes name nothing of ours."""
        del value
        return set()
