"""When an action is done, as far as its own cells say: what an amount or a target without a year may go by."""

from collections.abc import Mapping
from datetime import date

from roadmap.exchange.columns import PERIOD
from roadmap.history.models import Plain
from roadmap.intake.column_places import PERIODS, Columns, field_of, plain_target
from roadmap.intake.drafts import At, Draft
from roadmap.intake.layouts import Reading
from roadmap.intake.naming import Names
from roadmap.intake.values import NO_YEARS, Years, understand, understand_period
from roadmap.plan.fields import Choices


def years_of(draft: Draft | None, columns: Columns, readings: Mapping[At, Reading]) -> Years:
    """Give the first and the last year of an action; what is wrong with its dates is told of where they are read."""
    said: dict[str, Plain] = {}
    nobody = Names(Choices(), (), {})
    for at, founds in draft.cells.items() if draft else ():
        target, _reading = plain_target(columns[at])
        if target is None or target.kind != "action" or target.field not in PERIODS:
            continue
        cells = [(found.where, found.cell) for found in founds]
        field = field_of(target)
        if target.field == PERIOD or field is None:
            told = understand_period(cells, readings[at], nobody)
        else:
            told = understand(field, target, cells, readings[at], nobody)
            said[target.field] = told.value
        said = told.beside | {name: value for name, value in said.items() if value}
    if not said:
        return NO_YEARS
    return year_in(said.get("starts_on")), year_in(said.get("ends_on"))


def year_in(value: Plain) -> int | None:
    """Give the year of a day as the plan holds it; None for none."""
    return date.fromisoformat(value).year if isinstance(value, str) and value else None
