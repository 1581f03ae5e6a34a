"""What templates may say: dates, money, numbers, rendered words, icons, ids."""

import secrets
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

from flask import Flask, g, request
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup, escape

from roadmap.clock import in_zone, now
from roadmap.text.lengths import LONGEST_REASON, LONGEST_WORDS, TOO_LONG, excess_of_typed
from roadmap.text.markdown import render
from roadmap.text.numbers import write_number
from roadmap.text.plain import excerpt, plain
from roadmap.text.words import N_
from roadmap.web.assets import asset
from roadmap.web.language import DEFAULT_LANGUAGE, LANGUAGES, chosen_language, sayer
from roadmap.web.slots import slot

MONTHS = (
    N_("Januari"),
    N_("Februari"),
    N_("Maret"),
    N_("April"),
    N_("Mei"),
    N_("Juni"),
    N_("Juli"),
    N_("Agustus"),
    N_("September"),
    N_("Oktober"),
    N_("November"),
    N_("Desember"),
)
THEMES = ("auto", "light", "dark")
THEME_COOKIE = "tampilan"
DEFAULT_ZONE = "WIB"


class Identified(Protocol):
    """Anything that a region of a page can be about."""

    kind: str
    id: int


def register(app: Flask) -> None:
    """Give templates their words."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        month=month,
        rupiah=rupiah,
        short_rupiah=short_rupiah,
        number=number,
        markdown=lambda text: render(text or ""),
        excerpt=lambda text, length=160: excerpt(text or "", length),
        gist=lambda text, length=160: excerpt(plain(text or ""), length),
    )
    app.jinja_env.globals.update(
        asset=asset,
        icon=icon,
        act_key=act_key,
        dom_id=dom_id,
        slot=slot,
        too_long=too_long,
        longest_words=LONGEST_WORDS,
        longest_reason=LONGEST_REASON,
        outcome_title="",
        languages=LANGUAGES,
        month_names=MONTHS,
    )
    app.context_processor(_frame)


def day(value: date | datetime | str | None) -> str:
    """Write a day: 5 Mei 2026."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = in_zone(value, zone())
    return f"{value.day} {_(MONTHS[value.month - 1])} {value.year}"


def month(value: date | str | None) -> str:
    """Write a month: Mei 2026."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return f"{_(MONTHS[value.month - 1])} {value.year}"


def moment(value: datetime | None) -> str:
    """Write a moment in the region's zone: 5 Mei 2026 pukul 10.42 WIB."""
    if value is None:
        return ""
    local = in_zone(value, zone())
    return _(
        "%(day)s pukul %(time)s %(zone)s",
        day=day(value),
        time=f"{local.hour:02d}.{local.minute:02d}",
        zone=zone(),
    )


def clock_time(value: datetime) -> str:
    """Write a time of day in the region's zone: 10.42 WIB."""
    local = in_zone(value, zone())
    return f"{local.hour:02d}.{local.minute:02d} {zone()}"


def zone() -> str:
    """Tell the zone of the region this page is about."""
    return str(g.get("zone", DEFAULT_ZONE))


def rupiah(value: int | str | None) -> str:
    """Write an amount: Rp420.000.000."""
    return "" if value in (None, "") else f"Rp{write_number(int(value or 0))}"


def short_rupiah(value: int) -> str:
    """Write an amount shortly: Rp4,2 miliar."""
    for size, word in ((10**12, _("triliun")), (10**9, _("miliar")), (10**6, _("juta"))):
        if value >= size:
            tenths = round(value * 10 / size)
            return (
                f"Rp{write_number(f'{tenths // 10}.{tenths % 10}' if tenths % 10 else tenths // 10)} {word}"
            )
    return rupiah(value)


def number(value: Any) -> str:
    """Write a number as Indonesians do: 1.081.275,5."""
    return "" if value in (None, "") else write_number(str(value))


def too_long(text: object, limit: int | None, *, is_line: bool = False) -> str:
    """Say by how much what was typed is too long; nothing where it is not."""
    told = excess_of_typed(str(text or ""), limit, is_line=is_line) if limit else None
    return _(TOO_LONG, **told) if told else ""


def icon(name: str, label: str | None = None) -> Markup:
    """Draw an icon of the sprite; hidden from the ear unless it has a label of its own."""
    return _drawn(name, label, asset("icons.svg"))


@lru_cache(maxsize=500)
def _drawn(name: str, label: str | None, sprite: str) -> Markup:
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {} focusable="false"><use href="{}#i-{}"></use></svg>').format(
        spoken, sprite, escape(name)
    )


def act_key() -> str:
    """Make a one-time key for a form with an effect."""
    return secrets.token_urlsafe(16)


def dom_id(thing: Identified | str, part: str = "card") -> str:
    """Name the region of a page that shows a part of a thing: action-42-card."""
    return f"{thing}-{part}" if isinstance(thing, str) else f"{thing.kind}-{thing.id}-{part}"


def theme() -> str:
    """Tell the look the reader chose: light, dark, or the device's."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    own = getattr(current_user, "theme", "auto")
    return chosen if chosen in THEMES else own


def _frame() -> dict[str, object]:
    person = current_user if current_user.is_authenticated else None
    return {
        "_": sayer(),
        "person": person,
        "locale": chosen_language() or DEFAULT_LANGUAGE,
        "theme": theme(),
        "frame": _Frame(),
        "now": now(),
    }


class _Frame:
    """What the header shows; rooms above put their parts into `g` or fill the slots behind them."""

    @property
    def region_name(self) -> str | None:
        """The region this page is about."""
        name = g.get("region_name")
        return str(name) if name else None

    @property
    def tasks_count(self) -> int | None:
        """How many things wait for the reader, counted once a page."""
        counter = _counters.get("tasks")
        if counter is None or not current_user.is_authenticated:
            return None
        if "tasks_count" not in g:
            g.tasks_count = counter()
        return int(g.tasks_count)

    @property
    def regions_administered(self) -> list[object]:
        """The regions whose people the reader looks after."""
        finder = _counters.get("regions")
        return list(finder()) if finder is not None and current_user.is_authenticated else []


_counters: dict[str, Any] = {}


def count_with(name: str, counter: Any) -> None:
    """Have a room above tell the header what it shows (tasks, regions)."""
    _counters[name] = counter
