"""What a field's value is called on the screen, in sentences and in tables, in the reader's language."""

from collections.abc import Mapping

from flask_babel import gettext as _

from roadmap.history.canonical import NOT_AVAILABLE
from roadmap.history.models import Plain
from roadmap.plan.fields import (
    Choice,
    Choices,
    Item,
    Items,
    Month,
    Number,
    Organisation,
    Organisations,
    Targets,
    Terms,
)
from roadmap.plan.fields import Evidence as EvidenceType
from roadmap.plan.fields import Money as MoneyType
from roadmap.plan.kinds import Field
from roadmap.web.filters import month, number, rupiah

SHORT = 60


def say(field: Field, value: Plain, choices: Choices) -> str:
    """Say a value in words; an empty one is an empty text, long texts are given as they are."""
    lines = say_lines(field, value, choices)
    return ", ".join(lines)


def say_lines(field: Field, value: Plain, choices: Choices) -> list[str]:
    """Say a value as lines: one for each member of a set and each entry of a map."""
    if value in (None, "", [], {}):
        return []
    if isinstance(value, dict):
        return _entries(field.type, value)
    if isinstance(value, list):
        return _members(field.type, value, choices)
    return [_one(field.type, str(value), choices)]


def _one(kind: object, value: str, choices: Choices) -> str:
    match kind:
        case Choice():
            return _(kind.options.get(value, value))
        case Month():
            return month(value)
        case Number():
            return figure(value)
        case Organisation():
            return choices.organisations.get(value) or _("kantor yang tidak dikenal")
        case Item():
            words = choices.items.get(kind.kind, {}).get(value)
            return _("bagian yang sudah dihapus") if words is None else words
    return value


def figure(value: str) -> str:
    """Say a figure: a number, *tidak tersedia*, or *0 (nihil)*."""
    if value == NOT_AVAILABLE:
        return _("Tidak tersedia")
    return _("0 (nihil)") if value == "0" else number(value)


def money_key(key: str, sources: Mapping[str, str]) -> tuple[str, str]:
    """Part a key of money into its year and the words of its source."""
    year, _space, source = key.partition(" ")
    return year, _(sources[source]) if source in sources else source


def _members(kind: object, value: list[str], choices: Choices) -> list[str]:
    if isinstance(kind, Organisations):
        known: Mapping[str, str] = choices.organisations
    elif isinstance(kind, Terms):
        known = choices.terms.get(kind.vocabulary, {})
    elif isinstance(kind, Items):
        known = choices.items.get(kind.kind, {})
        # Links to what was removed stay and are not shown.
        named = set(value)
        return [words for uid, words in known.items() if uid in named]
    else:
        return list(value)
    named = set(value)
    return [
        *(words for uid, words in known.items() if uid in named),
        *(_("yang tidak dikenal") for uid in value if uid not in known),
    ]


def _entries(kind: object, value: Mapping[str, int | str]) -> list[str]:
    if isinstance(kind, MoneyType):
        said = []
        for key, amount in sorted(value.items()):
            year, source = money_key(key, kind.sources)
            said.append(
                _("%(year)s %(amount)s dari %(source)s", year=year, amount=rupiah(int(amount)), source=source)
            )
        return said
    if isinstance(kind, Targets):
        return [f"{year}: {figure(str(target))}" for year, target in sorted(value.items())]
    if isinstance(kind, EvidenceType):
        return [f"{title} ({link})" if title else link for link, title in sorted(value.items())]
    return [f"{key}: {entry}" for key, entry in sorted(value.items())]
