"""The matrix of actions in the columns of an annex: what the page, the printed sheet and the table view lay out.

Pure but for the words of the reader's language: an outline in, rows out, one for each action, in their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from roadmap.plan.fields import Choices
from roadmap.plan.kinds import KINDS, SOURCES
from roadmap.plan.numbers import Numbers, numbers_of
from roadmap.plan.outline import ItemView, Outline
from roadmap.plan.words import figure, money_key, say, say_lines
from roadmap.text.numbers import write_number
from roadmap.text.words import N_
from roadmap.web.filters import rupiah
from roadmap.web.language import spoken_language


@dataclass(frozen=True)
class Measure:
    """One indicator of a row: what is measured in what unit, where it begins, where it is to go year by year."""

    title: str
    unit: str
    baseline: str
    targets: list[str]
    by_year: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One action as a row of the matrix, in words."""

    action: ItemView
    number: str
    code: str
    rights: list[str]
    problems: list[str]
    measures: list[Measure]
    lead: str
    supporting: list[str]
    sources: list[str]
    budget: list[str]
    total: int
    money: Mapping[str, int]
    funds: Mapping[str, Mapping[str, int]]

    @property
    def pagu(self) -> list[str]:
        """Say the money year by year without a currency, under the name of each source where there are several."""
        return [words for words, _is_source in money_lines(self)]


MOST_YEARS = 6
TARGETS = N_("Target per tahun")
HEADINGS = (
    N_("No"),
    N_("Hak"),
    N_("Permasalahan"),
    N_("Aksi"),
    N_("Indikator"),
    N_("Data dasar"),
    TARGETS,
    N_("Penanggung jawab"),
    N_("Pendukung / OMS"),
    N_("Sumber dana"),
    N_("Pagu (Rp)"),
)
_PLACES = {source: place for place, source in enumerate(SOURCES)}


def rows_of(plan: Outline, choices: Choices, numbers: Numbers | None = None) -> list[Row]:
    """Give the rows of a plan's matrix, in the order of their numbers; said again only in other words."""
    words = (spoken_language(), choices.organisations, choices.terms)
    return list(plan.told_in("matrix", words, lambda: _rows(plan, choices, numbers or numbers_of(plan))))


def _rows(plan: Outline, choices: Choices, numbers: Numbers) -> list[Row]:
    words = {problem.uid: f"{numbers[problem.uid]}. {problem.label}" for problem in plan.items["problem"]}
    return [_row(plan, choices, numbers, words, action) for action in numbers.actions]


def totals_of(rows: Iterable[Row]) -> dict[str, int]:
    """Add up the money of a matrix for each year, the years in order; their sum is that of the rows' totals."""
    return _added(row.money for row in rows)


def add_up(actions: Iterable[ItemView]) -> dict[str, int]:
    """Add up the money of several actions for each year, the years in order."""
    return _added(map(money_by_year, actions))


def _added(amounts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    years: dict[str, int] = defaultdict(int)
    for money in amounts:
        for year, amount in money.items():
            years[year] += amount
    return dict(sorted(years.items()))


def said_totals(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Say what the money of a matrix adds up to, year by year and overall; a dash where rows name none."""
    totals = totals_of(rows)
    if not totals:
        return [(_("Jumlah pagu seluruhnya"), "–")] if rows else []
    said = [
        (_("Jumlah pagu tahun %(year)s", year=year), write_number(total)) for year, total in totals.items()
    ]
    return [*said, (_("Jumlah pagu seluruhnya"), write_number(sum(totals.values())))]


def money_lines(row: Row) -> list[tuple[str, bool]]:
    """Give the lines of a row's money, and of each whether it names a source."""
    lines = []
    for source, years in row.funds.items():
        if len(row.funds) > 1:
            lines.append((source, True))
        lines += [(f"{year}: {write_number(amount)}", False) for year, amount in years.items()]
    return lines


def target_years(plan: Outline, rows: Iterable[Row]) -> list[str]:
    """Give the years that the targets have a column for: the roadmap's, and any other with a target.

    Empty where there are too many, or none: then one column says each target with its year.
    """
    years = {year for row in rows for measure in row.measures for year in measure.by_year}
    if plan.cover and plan.cover.year_from and plan.cover.year_to:
        own = range(int(str(plan.cover.year_from)), int(str(plan.cover.year_to)) + 1)
        if len(own) > MOST_YEARS:
            return []
        years |= {str(year) for year in own}
    return sorted(years) if len(years) <= MOST_YEARS else []


def budget_total(action: ItemView) -> int:
    """Add up an action's money over all years and sources."""
    return sum(int(amount) for amount in action.entries("budget").values())


def years_of(action: ItemView) -> str:
    """Say the years an action runs: 2026–2027, 2026, or nothing."""
    years = [str(day)[:4] for day in (action.starts_on, action.ends_on) if day]
    return "–".join(dict.fromkeys(years))


def money_by_year(action: ItemView) -> dict[str, int]:
    """Add up an action's money for each year."""
    years: dict[str, int] = defaultdict(int)
    for key, amount in action.entries("budget").items():
        years[key.split(" ", 1)[0]] += int(amount)
    return dict(sorted(years.items()))


def _row(
    plan: Outline, choices: Choices, numbers: Numbers, problems: dict[str, str], action: ItemView
) -> Row:
    fields = KINDS["action"].by_name
    return Row(
        action=action,
        number=numbers[action.uid],
        code=str(action.code or ""),
        rights=_rights(plan, choices, action),
        problems=[problems[one.uid] for one in plan.linked(action, "problems")],
        measures=[_measure(one, choices) for one in plan.indicators_of.get(action.uid, [])],
        lead=say(fields["lead"], action.lead, choices),
        supporting=say_lines(fields["supporting"], action.supporting, choices),
        sources=_sources(action),
        budget=_budget(action),
        total=budget_total(action),
        money=money_by_year(action),
        funds=_funds(action),
    )


def _rights(plan: Outline, choices: Choices, action: ItemView) -> list[str]:
    """Say the action's rights; where it names none, those of the problems it answers."""
    named = set(action.texts("rights"))
    if not named:
        named = {uid for problem in plan.linked(action, "problems") for uid in problem.texts("rights")}
    return say_lines(KINDS["action"].by_name["rights"], sorted(named), choices)


def _measure(indicator: ItemView, choices: Choices) -> Measure:
    baseline = say(KINDS["indicator"].by_name["baseline"], indicator.baseline, choices)
    if baseline and indicator.baseline_year:
        baseline = _("%(figure)s, tahun %(year)s", figure=baseline, year=indicator.baseline_year)
    by_year = {year: figure(str(value)) for year, value in sorted(indicator.entries("targets").items())}
    targets = [f"{year}: {value}" for year, value in by_year.items()]
    return Measure(indicator.label, str(indicator.unit or ""), baseline, targets, by_year)


def _sources(action: ItemView) -> list[str]:
    named = {key.split(" ", 1)[-1] for key in action.entries("budget")}
    return [_(words) for source, words in SOURCES.items() if source in named]


def _funds(action: ItemView) -> dict[str, dict[str, int]]:
    """Part an action's money by source, in words and in the order of the sources, then by year."""
    funds: dict[str, dict[str, int]] = {}
    for key, amount in sorted(action.entries("budget").items()):
        year, _space, source = key.partition(" ")
        funds.setdefault(source, {})[year] = int(amount)
    ordered = sorted(funds, key=lambda source: _PLACES.get(source, len(_PLACES)))
    return {_(SOURCES.get(source, source)): funds[source] for source in ordered}


def _budget(action: ItemView) -> list[str]:
    entries = sorted(action.entries("budget").items())
    several = len({key.split(" ", 1)[-1] for key, _amount in entries}) > 1
    lines = []
    for key, amount in entries:
        year, source = money_key(key, SOURCES)
        lines.append(f"{year} {source}: {rupiah(amount)}" if several else f"{year}: {rupiah(amount)}")
    return lines
