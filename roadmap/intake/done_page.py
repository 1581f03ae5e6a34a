"""After the writing: what was written, how to take it back, and what had no place in the plan."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.history.models import Roadmap
from roadmap.intake.cell_words import CellNames
from roadmap.intake.models import Intake
from roadmap.intake.queries import layout_of, trial_of
from roadmap.intake.showing import step_page
from roadmap.intake.summing_up import written_sentence
from roadmap.intake.trial import Trial


def done_page(roadmap: Roadmap, found: Intake) -> Response:
    """Say what was written; nothing where all of it stood in the plan already."""
    report = found.report or {}
    trial = trial_of(found) or Trial()
    cells = CellNames(layout_of(found))
    return step_page(
        "intake/done.html",
        roadmap,
        4,
        intake=found,
        report=report,
        sentence=written_sentence(report),
        without_place=[(cells.sheet(sheet), heading) for sheet, heading in trial.without_place],
        change_url=url_for("timeline.change", roadmap_id=roadmap.id, seq=found.seq) if found.seq else "",
        undo_url=url_for("timeline.undo", roadmap_id=roadmap.id, seq=found.seq) if found.seq else "",
        outcome_title=_("Tersimpan:") if found.seq else "",
    )
