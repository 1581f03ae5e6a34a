"""What a person decides about a trial: answers, mended cells, rows left out; and, at the end, the writing."""

from http import HTTPStatus

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from roadmap.errors import NotValid
from roadmap.history.models import Roadmap
from roadmap.intake import operations
from roadmap.intake.access import intake_for
from roadmap.intake.blueprint import bp
from roadmap.intake.errors import NotSettled
from roadmap.intake.forms import read_answers, read_cells
from roadmap.intake.models import Intake, State
from roadmap.intake.queries import trial_of
from roadmap.intake.questions import in_order, is_answered
from roadmap.intake.rules import LONGEST_NAME
from roadmap.intake.showing import step_page
from roadmap.intake.summing_up import summary_of
from roadmap.intake.trial import Trial
from roadmap.intake.trial_page import ASKED, CELLS, suggestions, trial_page
from roadmap.intake.trial_words import money_told
from roadmap.intake.working import go_on_working
from roadmap.people.models import Person
from roadmap.people.once import once
from roadmap.people.roles import Act
from roadmap.people.session import acting_person
from roadmap.people.writers import pressed
from roadmap.plan.access import roadmap_for
from roadmap.plan.keeping import words_in_form
from roadmap.plan.queries import outline_of
from roadmap.web.declare import for_oneself
from roadmap.web.errors import say
from roadmap.web.respond import Notice

ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")


@bp.get("/intakes/<int:intake_id>/answers", endpoint="answers")
@for_oneself
def answer_on(intake_id: int) -> Response:
    """Show the questions as the reader had begun to answer them."""
    return _as_begun(intake_id, ASKED)


@bp.get("/intakes/<int:intake_id>/cells", endpoint="cells")
@for_oneself
def mend_on(intake_id: int) -> Response:
    """Show the cells as the reader had begun to mend them."""
    return _as_begun(intake_id, CELLS)


@bp.post("/intakes/<int:intake_id>/answers")
@for_oneself
def decide(intake_id: int) -> Response:
    """Take the answers that were chosen, or all suggestions at once, and try again."""
    person, found, roadmap = _at_hand(intake_id)
    answers = _answers(found)
    if not answers:
        told = _("Belum ada jawaban yang dipilih. Pilih satu jawaban untuk paling sedikit satu pertanyaan.")
        return trial_page(person, roadmap, found, status=HTTPStatus.UNPROCESSABLE_ENTITY, told=told)
    try:
        outcome = once(person, pressed(), lambda: operations.decide(person, intake_id, answers), _address)
    except NotValid as refusal:
        return _given_back(person, roadmap, intake_id, say(refusal))
    told = ngettext("%(num)s jawaban dicatat.", "%(num)s jawaban dicatat.", len(answers))
    return go_on_working(outcome.result, outcome.address, _noted(told))


@bp.post("/intakes/<int:intake_id>/cells")
@for_oneself
def mend(intake_id: int) -> Response:
    """Take what was written in place of cells, leave out the rows that were ticked, and try again."""
    person, found, roadmap = _at_hand(intake_id)
    cells, skips = read_cells(request.form, _typed(found)), _skips(found)
    if not cells and not skips:
        told = _(
            "Belum ada sel yang berubah. Tulis isi yang benar di kotaknya, atau pilih untuk melewati barisnya."
        )
        return trial_page(
            person, roadmap, found, status=HTTPStatus.UNPROCESSABLE_ENTITY, typed=request.form, told=told
        )

    def act() -> Intake:
        if cells:
            operations.mend(person, intake_id, cells)
        return operations.decide(person, intake_id, skips) if skips else intake_for(person, intake_id)

    try:
        outcome = once(person, pressed(), act, _address)
    except NotValid as refusal:
        return _given_back(person, roadmap, intake_id, say(refusal))
    told = ngettext("%(num)s sel dicatat.", "%(num)s sel dicatat.", len(cells)) if cells else ""
    if skips:
        told += " " + ngettext("%(num)s bagian dilewati.", "%(num)s bagian dilewati.", len(skips))
    return go_on_working(outcome.result, outcome.address, _noted(told.strip()))


@bp.get("/intakes/<int:intake_id>/writing", endpoint="write")
@for_oneself
def confirm(intake_id: int) -> Response:
    """Ask for a name and a last yes; while something is asked or wrong, lead back to it."""
    _person, found, roadmap = _at_hand(intake_id)
    trial = trial_of(found)
    if found.state != State.TRIAL or trial is None or not trial.is_settled or not trial.changes_something:
        return redirect(_address(found), 302)
    return _confirm_page(roadmap, found, trial, _plain_name(found.name))


@bp.post("/intakes/<int:intake_id>/writing")
@for_oneself
def write_it(intake_id: int) -> Response:
    """Have the table written in one act, under its name."""
    person, found, roadmap = _at_hand(intake_id)
    name = request.form.get("name", "")
    try:
        outcome = once(person, pressed(), lambda: operations.write(person, intake_id, name=name), _address)
    except NotSettled as refusal:
        return _given_back(person, roadmap, intake_id, say(refusal), HTTPStatus.CONFLICT)
    except NotValid as refusal:
        wrong = " ".join(_(sentence, **refusal.values) for sentence in refusal.errors.values()) or say(
            refusal
        )
        trial = trial_of(found) or Trial()
        return _confirm_page(roadmap, found, trial, name, error=wrong, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return go_on_working(outcome.result, outcome.address)


def _as_begun(intake_id: int, part: str) -> Response:
    person, found, roadmap = _at_hand(intake_id)
    if found.state != State.TRIAL:
        return redirect(_address(found), 302)
    return trial_page(person, roadmap, found, typed={"lihat": part, **words_in_form().to_dict()})


def _at_hand(intake_id: int) -> tuple[Person, Intake, Roadmap]:
    person = acting_person()
    found = intake_for(person, intake_id)
    return person, found, roadmap_for(person, found.roadmap_id, to=Act.SEE)


def _address(found: Intake) -> str:
    return url_for("intake.intake", intake_id=found.id)


def _answers(found: Intake) -> dict[str, str]:
    """Give the answers of the form that the trial has questions for, with all suggestions where they were asked for."""
    trial = trial_of(found) or Trial()
    offered = {one.key: {option.value for option in one.options} for one in trial.questions}
    answers = {
        key: value
        for key, value in read_answers(request.form).items()
        if key in offered and (value in offered[key] or (not value and key in found.answers))
    }
    answers |= _skips(found, trial)
    if request.form.get("all"):
        open_ones = [one for one in in_order(trial.questions) if not is_answered(one, found.answers)]
        answers = {**suggestions(open_ones), **{key: value for key, value in answers.items() if value}}
    return answers


def _skips(found: Intake, trial: Trial | None = None) -> dict[str, str]:
    """Give the items of the table that are to be left out, or taken again."""
    trial = trial or trial_of(found) or Trial()
    known = {f"skip:{row.key}" for row in trial.rows}
    return {name: "yes" if value else "" for name, value in request.form.items() if name in known}


def _typed(found: Intake) -> dict[str, str]:
    """Say what stands in the cells that may be mended, so that only what was changed counts."""
    trial = trial_of(found) or Trial()
    return {**{str(one.where): one.typed for one in trial.troubles}, **found.mended}


def _given_back(
    person: Person, roadmap: Roadmap, intake_id: int, told: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY
) -> Response:
    """Give the form back with every word in it."""
    return trial_page(
        person, roadmap, intake_for(person, intake_id), status=status, typed=request.form, told=told
    )


def _confirm_page(
    roadmap: Roadmap,
    found: Intake,
    trial: Trial,
    name: str,
    *,
    error: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    return step_page(
        "intake/confirm.html",
        roadmap,
        4,
        status=status,
        intake=found,
        trial=trial,
        summary=summary_of(trial, 0),
        money=money_told(outline_of(roadmap.id), trial),
        offices=[name for _uid, name in trial.offices],
        name=name,
        longest=LONGEST_NAME,
        error=error,
        outcome_title=_("Perlu diperbaiki:") if error else "",
    )


def _plain_name(name: str) -> str:
    """Give a file's name without its ending."""
    ending = next((one for one in ENDINGS if name.lower().endswith(one)), "")
    return name[: len(name) - len(ending)]


def _noted(told: str) -> Notice:
    return Notice(told, "info", outcome=_("Dicatat:"))
