"""The places that a column may be given, as a page offers them."""

from collections.abc import Sequence

from flask_babel import gettext as _

from roadmap.exchange.columns import NUMBER, PARENT, PERIOD, Target
from roadmap.plan.fields import Money, Targets
from roadmap.plan.kinds import KINDS, Field, Kind

SOURCE = "source"
# In the order people fill a plan; the cover comes last, a table rarely holds it.
_ORDER = ("problem", "action", "indicator", "modality", "section", "cover")

Place = tuple[str, str]


def places(years: Sequence[int]) -> list[tuple[str, list[Place]]]:
    """Give every place a column may be given, by kind: as a form sends it, and in words."""
    return [(_(KINDS[name].label_many), _of_kind(KINDS[name], years)) for name in _ORDER]


def _of_kind(kind: Kind, years: Sequence[int]) -> list[Place]:
    found = [place for field in kind.fields for place in _of_field(kind, field, years)]
    if kind.name == "action":
        found.insert(
            _after(found, "action:ends_on"), (str(Target("action", PERIOD)), _("Waktu, dari dan sampai"))
        )
    if kind.parent:
        found.insert(1, (str(Target(kind.name, PARENT)), _("Rencana aksi yang diukur")))
    if kind.name != "cover":
        found.append((str(Target(kind.name, NUMBER)), _("Nomor (dihitung ulang)")))
    return found


def _after(found: Sequence[Place], target: str) -> int:
    return next(index for index, (name, _words) in enumerate(found) if name == target) + 1


def _of_field(kind: Kind, field: Field, years: Sequence[int]) -> list[Place]:
    whole = (str(Target(kind.name, field.name)), _(field.label))
    if isinstance(field.type, Money):
        return [
            whole,
            *(
                (
                    str(Target(kind.name, field.name, str(year))),
                    _("%(field)s %(year)s", field=_(field.label), year=year),
                )
                for year in years
            ),
            (
                str(Target(kind.name, field.name, SOURCE)),
                _("Sumber dana untuk %(field)s", field=_(field.label)),
            ),
        ]
    if isinstance(field.type, Targets):
        return [
            whole,
            *(
                (str(Target(kind.name, field.name, str(year))), _("Target %(year)s", year=year))
                for year in years
            ),
        ]
    return [whole]
