"""After the writing: what was written, how to take it back, and what had no place in the plan."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.history.models import Roadmap
from roadmap.intake.cell_words import CellNames
from roadmap.intake.earlier import undone_acts
from roadmap.intake.models import Intake
from roadmap.intake.queries import layout_of, trial_of
from roadmap.intake.showing import step_page
from roadmap.intake.summing_up import written_sentence
from roadmap.intake.trial import Trial
from roadmap.people.queries import organisations_seen_by
from roadmap.plan.kinds import KINDS
from roadmap.plan.queries import outline_of


def done_page(roadmap: Roadmap, found: Intake) -> Response:
    """Say what was written; nothing where all of it stood in the plan already."""
    report = found.report or {}
    trial = trial_of(found) or Trial()
    cells = CellNames(layout_of(found))
    undone = undone_acts(roadmap.id).get(found.seq) if found.seq else None
    return step_page(
        "intake/done.html",
        roadmap,
        4,
        intake=found,
        report=report,
        sentence=written_sentence(report),
        without_place=[(cells.sheet(sheet), heading) for sheet, heading in trial.without_place],
        change_url=url_for("timeline.change", roadmap_id=roadmap.id, seq=found.seq) if found.seq else "",
        undo_url=""
        if undone or not found.seq
        else url_for("timeline.undo", roadmap_id=roadmap.id, seq=found.seq),
        undone_url=url_for("timeline.change", roadmap_id=roadmap.id, seq=undone) if undone else "",
        idle_offices=_idle_offices(roadmap, trial) if undone else [],
        outcome_title=_("Tersimpan:") if found.seq and not undone else "",
    )


def _idle_offices(roadmap: Roadmap, trial: Trial) -> list[str]:
    """Name the offices that the table proposed, that nobody confirmed, and that the plan names no more."""
    proposed = {uid for uid, _name in trial.offices}
    if not proposed:
        return []
    for item in outline_of(roadmap.id).by_uid.values():
        for one in KINDS[item.kind].fields:
            proposed -= one.type.references(item.values.get(one.name))
    offices = organisations_seen_by(roadmap.region_id)
    return [one.name for one in offices if one.is_proposed and one.uid in proposed]
