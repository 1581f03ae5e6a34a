"""The third step: what would happen, what is asked, which cells need mending; a page at a time, nothing written."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.history.models import Roadmap
from roadmap.intake.candidates import Question, Remark, Trouble
from roadmap.intake.cell_words import CellNames
from roadmap.intake.forms import ANSWER, CELL, SKIP
from roadmap.intake.layouts import Layout
from roadmap.intake.leftovers import is_about_columns
from roadmap.intake.models import Intake
from roadmap.intake.queries import layout_of, trial_of
from roadmap.intake.questions import JOIN, Asker, in_order, is_answered, suggestion_of
from roadmap.intake.row_words import Rows
from roadmap.intake.showing import is_for_own_office, say, step_page
from roadmap.intake.summing_up import summary_of
from roadmap.intake.trial import Fate, Row, Trial
from roadmap.intake.trial_words import earlier_told, money_told, with_present_words
from roadmap.people.models import Person
from roadmap.plan.fields import Choices
from roadmap.plan.outline import Outline
from roadmap.plan.queries import choices_for, outline_of
from roadmap.text.words import N_
from roadmap.web.language import chosen_language
from roadmap.web.paging import PARAMETER, Page, page_of

QUESTIONS_A_PAGE = 10
CELLS_A_PAGE = 20
ROWS_A_PAGE = 25
REMARKS_A_PAGE = 50
LONG_CELL = 60

ASKED, CELLS, ANSWERED, REMARKS, NO_PLACE = "pertanyaan", "sel", "terjawab", "catatan", "tanpa-tempat"
FATES: Mapping[str, tuple[Fate, str]] = {
    "baru": (Fate.NEW, N_("Ditambah")),
    "diubah": (Fate.CHANGED, N_("Diubah")),
    "dihapus": (Fate.REMOVED, N_("Dihapus")),
    "meragukan": (Fate.DOUBTFUL, N_("Menunggu jawaban")),
    "keliru": (Fate.WRONG, N_("Menunggu perbaikan")),
    "tetap": (Fate.UNCHANGED, N_("Tetap")),
    "dilewati": (Fate.LEFT_OUT, N_("Dilewati")),
}
OTHERS: Mapping[str, str] = {
    ANSWERED: N_("Jawaban dan perbaikan Anda"),
    REMARKS: N_("Catatan"),
    NO_PLACE: N_("Tanpa tempat"),
}


@dataclass(frozen=True)
class Part:
    """One part of the trial that can be looked at, and how much is in it."""

    name: str
    words: str
    count: int


@dataclass(frozen=True)
class CellShown:
    """One cell to be mended: what it is called, what stands in it, what is wrong, and what may be left out instead."""

    name: str
    where: str
    about: str
    typed: str
    value: str
    wrong: str
    skips: Sequence[tuple[str, str]]
    is_long: bool
    is_about_columns: bool = False


class Look:
    """A trial and what the page needs beside it, read once."""

    def __init__(self, roadmap: Roadmap, intake: Intake) -> None:
        """Read the trial, the plan it was made upon, and what its values are called."""
        self.roadmap = roadmap
        self.intake = intake
        self.trial = trial_of(intake) or Trial()
        self.layout: Layout = layout_of(intake)
        self.cells = CellNames(self.layout)
        self.plan: Outline = outline_of(roadmap.id)
        self.names = _with_new_ones(choices_for(roadmap, self.plan, language=chosen_language()), self.trial)
        self.asked = [one for one in in_order(self.trial.questions) if not is_answered(one, intake.answers)]
        self.answered = [one for one in in_order(self.trial.questions) if is_answered(one, intake.answers)]

    @property
    def must(self) -> list[Question]:
        """The questions without which nothing can be written."""
        return [one for one in self.asked if one.default is None]

    def parts(self) -> list[Part]:
        """Give the parts that hold something, in the order in which one looks at them."""
        fates = Counter(row.fate for row in self.trial.rows)
        told = [Part(name, _(words), fates[fate]) for name, (fate, words) in FATES.items()]
        counts = {
            ANSWERED: len(self.answered) + len(self.intake.mended),
            REMARKS: len(self.trial.remarks) + len(self.trial.touched_read_only),
            NO_PLACE: len(self.trial.without_place),
        }
        told += [Part(name, _(words), counts[name]) for name, words in OTHERS.items()]
        return [one for one in told if one.count]

    def chosen(self, typed: Mapping[str, str]) -> str:
        """Tell which part is looked at: the one asked for, else the first thing to do, else what would change."""
        there = {ASKED: len(self.asked), CELLS: len(self.trial.troubles)}
        there |= {one.name: one.count for one in self.parts()}
        wanted = request.args.get("lihat", typed.get("lihat", request.form.get("lihat", "")))
        if there.get(wanted):
            return wanted
        if self.must or (self.asked and not self.trial.troubles):
            return ASKED
        return CELLS if self.trial.troubles else next((one.name for one in self.parts()), "")


def trial_page(
    person: Person,
    roadmap: Roadmap,
    intake: Intake,
    *,
    status: int = HTTPStatus.OK,
    typed: Mapping[str, str] | None = None,
    told: str = "",
) -> Response:
    """Show what would happen; `typed` is a form that is given back or gone on with, `told` why it was."""
    look, typed = Look(roadmap, intake), typed or {}
    chosen = look.chosen(typed)
    part = _part(look, chosen, typed)
    return step_page(
        "intake/trial.html",
        roadmap,
        3,
        status=status,
        intake=intake,
        trial=look.trial,
        summary=summary_of(look.trial, len(look.must)),
        money=money_told(look.plan, look.trial),
        earlier=earlier_told(intake, person),
        must=len(look.must),
        asked=len(look.asked),
        parts=look.parts(),
        chosen=chosen,
        told=told,
        own_office=is_for_own_office(person, roadmap),
        answers=intake.answers,
        **_suggested(look),
        say=say,
        address_of=lambda number: url_for("intake.intake", intake_id=intake.id, lihat=chosen, halaman=number),
        outcome_title=_("Perlu diputuskan:") if told else "",
        typed=typed,
        kept_uid=_kept_uid(typed, part),
        **part,
    )


def suggestions(questions: Sequence[Question]) -> dict[str, str]:
    """Give the answers that one press would give: to names only, never to figures or to what clashes."""
    return {one.key: answer for one in questions if one.default is None and (answer := suggestion_of(one))}


def _suggested(look: Look) -> dict[str, Any]:
    found = suggestions(look.must)
    asked = {one.key: one for one in look.must}
    joined = [
        (
            asked[key].typed,
            next(say(one.sentence, one.values) for one in asked[key].options if one.value == answer),
        )
        for key, answer in found.items()
        if answer.startswith(JOIN)
    ]
    new = [asked[key].typed for key, answer in found.items() if not answer.startswith(JOIN)]
    return {"suggested": len(found), "suggested_joined": joined, "suggested_new": new}


def _part(look: Look, chosen: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """Put the part that is looked at into words, one page of it."""
    if chosen in {ASKED, ANSWERED}:
        return _questions(look, chosen, typed)
    if chosen == CELLS:
        cells = page_of(look.trial.troubles, CELLS_A_PAGE, _page_of_form(typed))
        by_place = _by_place(look.trial, {(one.where.sheet, one.where.row) for one in cells.items})
        return {"page": _with(cells, [_cell(one, look, by_place, typed) for one in cells.items])}
    if chosen == REMARKS:
        return {"page": page_of(_remarks(look), REMARKS_A_PAGE)}
    if chosen == NO_PLACE:
        places = [(look.cells.sheet(sheet), heading) for sheet, heading in look.trial.without_place]
        return {"page": page_of(places, REMARKS_A_PAGE)}
    if chosen not in FATES:
        return {"page": Page((), 1, 1, 0)}
    fate = FATES[chosen][0]
    page = page_of([row for row in look.trial.rows if row.fate == fate], ROWS_A_PAGE)
    rows = Rows(look.plan, look.names, look.cells, look.trial)
    return {"page": _with(page, [rows.show(row) for row in page.items])}


def _questions(look: Look, chosen: str, typed: Mapping[str, str]) -> dict[str, Any]:
    page = page_of(look.asked if chosen == ASKED else look.answered, QUESTIONS_A_PAGE, _page_of_form(typed))
    asker = Asker(look.trial, look.intake.answers, look.cells, look.plan, look.names)
    shown = with_present_words(
        [asker.show(one) for one in page.items], page.items, look.trial, look.plan, look.roadmap
    )
    shown = [replace(one, chosen=typed[one.name]) if one.name in typed else one for one in shown]
    mended = sorted(look.intake.mended.items()) if chosen == ANSWERED else []
    return {
        "page": _with(page, shown),
        "mended": [(CELL + where, look.cells.named(where), text) for where, text in mended[:REMARKS_A_PAGE]],
    }


def _page_of_form(typed: Mapping[str, str]) -> int | None:
    number = typed.get(PARAMETER, "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < len("1000000") else None


def _kept_uid(typed: Mapping[str, str], part: Mapping[str, Any]) -> str:
    """Name the words the form goes on with; not where the page has no place for some of them, which then stay kept."""
    shown = {one.name for one in part["page"].items if hasattr(one, "name")}
    shown |= {name for name, _where, _text in part.get("mended", ())}
    is_whole = all(name in shown for name in typed if name.startswith((ANSWER, CELL)))
    return request.args.get("kept", request.form.get("kept_uid", "")) if typed and is_whole else ""


def _by_place(trial: Trial, places: set[tuple[int, int]]) -> dict[tuple[int, int], list[Row]]:
    """Give the items of some rows of the table."""
    found: dict[tuple[int, int], list[Row]] = {place: [] for place in places}
    for row in trial.rows:
        for place in places.intersection(row.rows):
            found[place].append(row)
    return found


def _cell(
    trouble: Trouble,
    look: Look,
    by_place: Mapping[tuple[int, int], Sequence[Row]],
    typed: Mapping[str, str],
) -> CellShown:
    name = CELL + str(trouble.where)
    rows = by_place[trouble.where.sheet, trouble.where.row]
    named = sorted((row for row in rows if row.label), key=lambda row: row.kind != "action")
    value = typed.get(name, look.intake.mended.get(str(trouble.where), trouble.typed))
    return CellShown(
        name,
        look.cells.cell(trouble.where),
        named[0].label if named else "",
        trouble.typed,
        value,
        say(trouble.sentence, trouble.values),
        [(f"{SKIP}:{row.key}", row.label) for row in rows if row.fate == Fate.WRONG],
        "\n" in value or len(value) > LONG_CELL,
        is_about_columns(trouble.sentence),
    )


def _remarks(look: Look) -> list[tuple[str, str]]:
    found = [
        (look.cells.cells([one.where for one in alike if one.where]), say(alike[0].sentence, alike[0].values))
        for alike in _alike(look.trial.remarks)
    ]
    found += [
        ("", _("Lembar “%(name)s” hanya untuk dibaca; perubahan di sana tidak diambil.", name=name))
        for name in look.trial.touched_read_only
    ]
    return found


def _alike(remarks: Iterable[Remark]) -> Iterable[Sequence[Remark]]:
    """Put together what is said in the same words of several cells of a column."""
    found: dict[Hashable, list[Remark]] = {}
    for one in remarks:
        column = (one.where.sheet, one.where.column) if one.where else None
        found.setdefault((column, one.sentence, tuple(one.values.items())), []).append(one)
    return found.values()


def _with(page: Page[Any], shown: Sequence[Any]) -> Page[Any]:
    """Give a page of what was put into words, in place of what it was made from."""
    return Page(shown, page.number, page.pages, page.total)


def _with_new_ones(names: Choices, trial: Trial) -> Choices:
    """Let the values name what the table brings along: its own items and the offices to be registered."""
    items = {kind: dict(known) for kind, known in names.items.items()}
    for entry in trial.entries:
        items.setdefault(entry.kind, {}).setdefault(entry.uid, str(entry.values.get("title") or ""))
    return replace(names, organisations={**names.organisations, **dict(trial.offices)}, items=items)
