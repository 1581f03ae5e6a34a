"""Looking at a part of a plan: by right, group, office, year, status, by what is missing, and by words.

Pure: an overview and a filter in, a narrower overview out, in which every item keeps its number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from roadmap.desk.overview import Overview
from roadmap.exchange.matrix import money_by_year
from roadmap.plan.outline import ItemView, Outline
from roadmap.text.normal import normalise_line

LONGEST = 200
ANYTHING = "semua"  # whatever is missing
# The parts of the address, and what they filter by.
PARAMETERS: Mapping[str, str] = {
    "cari": "words",
    "hak": "right",
    "kelompok": "group",
    "kantor": "office",
    "tahun": "year",
    "status": "status",
    "kurang": "missing",
}


@dataclass(frozen=True)
class Filter:
    """What somebody wants to look at; an empty part asks for nothing."""

    words: str = ""
    right: str = ""
    group: str = ""
    office: str = ""
    year: str = ""
    status: str = ""
    missing: str = ""

    def __bool__(self) -> bool:
        """Tell whether it leaves anything out."""
        return any(getattr(self, one.name) for one in fields(self))

    @property
    def args(self) -> dict[str, str]:
        """The parts of an address that ask for it."""
        return {name: value for name, part in PARAMETERS.items() if (value := getattr(self, part))}

    @property
    def asks_of_actions_alone(self) -> bool:
        """Tell whether it names what no problem has."""
        return bool(self.office or self.year or self.status)


def read_filter(args: Mapping[str, str]) -> Filter:
    """Read a filter from an address; what it does not know is left aside. Raises nothing."""
    return Filter(
        **{part: normalise_line(args.get(name, "")[:LONGEST]) for name, part in PARAMETERS.items()},
    )


def narrow(overview: Overview, wanted: Filter, found: frozenset[str] | None) -> Overview:
    """Give the overview of what fits; `found` are the uids that answer the words, None where none were asked.

    A problem that fits in nothing itself stays when an action beneath it does.
    """
    if not wanted:
        return overview
    fit = _Fit(overview, wanted, found)
    items = overview.plan.items
    actions = [action for action in items["action"] if fit.is_met_by_action(action)]
    answered = {uid for action in actions for uid in action.texts("problems")}
    kept = {action.uid for action in actions}
    plan = Outline(
        {
            "cover": items["cover"],
            "section": [one for one in items["section"] if fit.is_met_by_section(one)],
            "modality": [one for one in items["modality"] if fit.is_met_by_modality(one)],
            "problem": [one for one in items["problem"] if one.uid in answered or fit.is_met_by_problem(one)],
            "action": actions,
            "indicator": [one for one in items["indicator"] if one.values.get("action") in kept],
        }
    )
    return replace(overview, plan=plan, whole=overview)


class _Fit:
    """Asks each item whether it fits; an action without rights or groups has those of the problems it answers."""

    def __init__(self, overview: Overview, wanted: Filter, found: frozenset[str] | None) -> None:
        self.overview, self.wanted, self.found = overview, wanted, found
        names = overview.choices.organisations
        # By name: a merged office goes by all its uids.
        self.office = names.get(wanted.office, wanted.office)
        self.names = names

    def is_met_by_action(self, action: ItemView) -> bool:
        wanted, plan = self.wanted, self.overview.plan
        indicators = plan.indicators_of.get(action.uid, ())
        return (
            self._has(wanted.right, self._own_or_answered(action, "rights"))
            and self._has(wanted.group, self._own_or_answered(action, "groups"))
            and self._is_of([str(action.lead), *action.texts("supporting")])
            and self._has(wanted.year, years_touched(action))
            and self._has(wanted.status, [str(action.status)])
            and self._lacks(action)
            and self._says([action, *indicators])
        )

    def is_met_by_problem(self, problem: ItemView) -> bool:
        return not self.wanted.asks_of_actions_alone and self._is_about(problem)

    def is_met_by_modality(self, modality: ItemView) -> bool:
        if self.wanted.year or self.wanted.status or not self._is_of([str(modality.owner)]):
            return False
        return self._is_about(modality)

    def is_met_by_section(self, section: ItemView) -> bool:
        return Filter(words=self.wanted.words) == self.wanted and self._says([section])

    def _is_about(self, item: ItemView) -> bool:
        return (
            self._has(self.wanted.right, item.texts("rights"))
            and self._has(self.wanted.group, item.texts("groups"))
            and self._lacks(item)
            and self._says([item])
        )

    def _own_or_answered(self, action: ItemView, name: str) -> Iterable[str]:
        own = action.texts(name)
        if own:
            return own
        by_uid = self.overview.plan.by_uid
        return [
            uid
            for problem in action.texts("problems")
            if problem in by_uid
            for uid in by_uid[problem].texts(name)
        ]

    def _has(self, wanted: str, there: Iterable[str]) -> bool:
        return not wanted or wanted in there

    def _is_of(self, uids: Iterable[str]) -> bool:
        return not self.wanted.office or self.office in {self.names.get(uid) for uid in uids}

    def _lacks(self, item: ItemView) -> bool:
        findings = self.overview.findings_on.get(item.uid, ())
        if self.wanted.missing == ANYTHING:
            return bool(findings)
        return self._has(self.wanted.missing, [finding.code for finding in findings])

    def _says(self, items: Iterable[ItemView]) -> bool:
        return self.found is None or any(item.uid in self.found for item in items)


def years_touched(action: ItemView) -> set[str]:
    """Give the years in which an action runs or spends."""
    days = sorted(str(day)[:4] for day in (action.starts_on, action.ends_on) if day)
    running = range(int(days[0]), int(days[-1]) + 1) if days else range(0)
    return {str(year) for year in running} | set(money_by_year(action))


@dataclass(frozen=True)
class Options:
    """What a filter can name in this plan, each as (value, words): only what leads somewhere."""

    rights: list[tuple[str, str]]
    groups: list[tuple[str, str]]
    offices: list[tuple[str, str]]
    years: list[str]
    statuses: list[str]


def options_of(overview: Overview) -> Options:
    """Give what a plan can be filtered by."""
    words = (overview.choices.organisations, overview.choices.terms)
    return overview.plan.told_in("what it can be filtered by", words, lambda: _options(overview))


def _options(overview: Overview) -> Options:
    items, choices = overview.plan.items, overview.choices
    about = [*items["modality"], *items["problem"], *items["action"]]
    rights = {uid for item in about for uid in item.texts("rights")}
    groups = {uid for item in about for uid in item.texts("groups")}
    named = {str(modality.owner) for modality in items["modality"]}
    named |= {uid for action in items["action"] for uid in (str(action.lead), *action.texts("supporting"))}
    offices = {choices.organisations[uid]: uid for uid in sorted(named) if uid in choices.organisations}
    return Options(
        rights=[(uid, words) for uid, words in choices.terms["rights"].items() if uid in rights],
        groups=[(uid, words) for uid, words in choices.terms["groups"].items() if uid in groups],
        offices=sorted(((uid, name) for name, uid in offices.items()), key=lambda one: one[1].casefold()),
        years=sorted({year for action in items["action"] for year in years_touched(action)}),
        statuses=sorted({str(action.status) for action in items["action"] if action.status}),
    )
