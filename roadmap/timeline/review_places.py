"""Where kept words of the review and the guided path belong: beside the submission, the edition, the note, the step."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from roadmap.errors import Refusal
from roadmap.history.places import Spot
from roadmap.people.models import Person
from roadmap.people.roles import Act
from roadmap.review.access import edition_for, note_for, submission_for
from roadmap.text.words import N_

# The forms outside the plan that can be opened again with kept words in them, by the address that shows them.
FORM_NAMES: Mapping[str, str] = {
    "plan.guided": N_("Langkah demi langkah"),
    "plan.close_text": N_("Tutup isi"),
    "intake.answers": N_("Jawaban tentang tabel"),
    "intake.cells": N_("Perbaikan sel tabel"),
    "review.judge": N_("Putusan"),
    "review.verify": N_("Putusan"),
    "review.judge_item": N_("Catatan telaah"),
    "review.verify_item": N_("Catatan telaah"),
    "review.answer_note": N_("Tanggapan atas catatan telaah"),
    "review.submit_form": N_("Pengajuan"),
    "review.withdraw_form": N_("Penarikan"),
    "review.finish_form": N_("Akhir peta jalan"),
    "review.approve": N_("Persetujuan"),
    "review.send_back": N_("Pengembalian"),
    "review.record_decision": N_("Keputusan di atas kertas"),
    "review.adopt": N_("Penetapan"),
}


def review_spot(person: Person, view_args: Mapping[str, Any]) -> Spot | None:
    """Tell which roadmap an address of the review is about, where this person sees it; None for other addresses.

    The item of a note is not named: the words are about it, and not to be put into it.
    """
    with suppress(Refusal):
        if "submission_id" in view_args:
            _submission, roadmap = submission_for(person, view_args["submission_id"], to=Act.SEE)
            return Spot(None, roadmap.id)
        if "edition_id" in view_args:
            _edition, roadmap = edition_for(person, view_args["edition_id"], to=Act.SEE)
            return Spot(None, roadmap.id)
        if "note_id" in view_args:
            return Spot(None, note_for(person, view_args["note_id"], to=Act.SEE).roadmap_id)
        return None
    return Spot()
