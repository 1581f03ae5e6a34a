"""What every page of the intake shares: its frame with the step it is, the sentences it says, how the work goes."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from roadmap.history.models import Roadmap
from roadmap.intake.blueprint import STEPS
from roadmap.intake.models import State
from roadmap.people.access import allows
from roadmap.people.models import Person
from roadmap.people.queries import members_of, today_in
from roadmap.people.roles import Act, Role
from roadmap.plan.access import place_of
from roadmap.plan.pages import roadmap_page
from roadmap.text.words import N_

WORK_WORDS: Mapping[State, tuple[str, int]] = {
    State.READING: (N_("Tabel sedang dibaca"), 1),
    State.TRYING: (N_("Tabel sedang dicoba"), 2),
    State.WRITING: (N_("Tabel sedang ditulis ke peta jalan"), 4),
}
STATE_WORDS: Mapping[State, str] = {
    State.READING: N_("sedang dibaca"),
    State.UNREADABLE: N_("belum dapat dibaca"),
    State.LAYOUT: N_("menunggu pencocokan kolom"),
    State.TRYING: N_("sedang dicoba"),
    State.TRIAL: N_("menunggu pemeriksaan Anda"),
    State.WRITING: N_("sedang ditulis"),
    State.DONE: N_("sudah masuk"),
    State.LEFT: N_("ditinggalkan, tidak ada yang ditulis"),
}


def say(sentence: str, values: Mapping[str, object] | None = None) -> str:
    """Say a sentence of ours with its values, or words of people as they are."""
    return _(sentence, **values) if values else _(sentence)


def may_bring(person: Person, roadmap: Roadmap) -> bool:
    """Tell whether a person may bring a table to a roadmap now: drafters, and operators for their own office."""
    place = place_of(roadmap)
    return allows(person, Act.EDIT, place) or allows(person, Act.EDIT_OWN_OFFICE, place)


def is_for_own_office(person: Person, roadmap: Roadmap) -> bool:
    """Tell whether what a person brings reaches the actions of the own office only."""
    place = place_of(roadmap)
    return not allows(person, Act.EDIT, place) and allows(person, Act.EDIT_OWN_OFFICE, place)


def names_of_drafters(roadmap: Roadmap) -> list[str]:
    """Name those who write the roadmap now: whom others send a table to."""
    held = members_of(roadmap.region_id, roadmap.id)
    day = today_in(roadmap.region)
    return list(
        dict.fromkeys(
            one.person.name
            for one in held
            if one.role == Role.DRAFTER and one.holds_on(day) and one.person.closed_at is None
        )
    )


def step_page(template: str, roadmap: Roadmap, step: int, *, status: int = 200, **context: Any) -> Response:
    """Render a page of the intake; `step` says which of the four it is, 0 for none."""
    return roadmap_page(
        template,
        roadmap,
        tab="documents",
        status=status,
        step=step,
        step_names=[_(name) for name in STEPS],
        documents_url=url_for("desk.documents", roadmap_id=roadmap.id),
        **context,
    )
