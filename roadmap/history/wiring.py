"""Puts the record's pages, its keeper of words and its listeners in place."""

from flask import Flask
from flask_babel import gettext as _

from roadmap.history import drafting, going_later
from roadmap.history.keeper import keep_for_owner, keep_typed
from roadmap.history.listeners import listen_to_people
from roadmap.history.own_data import acts_of, copies_of, kept_of
from roadmap.history.views import bp
from roadmap.history.words import NAMES
from roadmap.history.working_copies import let_go
from roadmap.people.events import CarriedOut
from roadmap.people.hooks import add_to_own_data, keep_for_owner_with, when_an_account_closes
from roadmap.web.errors import keep_with
from roadmap.web.giving_back import label_boxes_with
from roadmap.web.slots import fill_slot
from roadmap.work import listen_within


def register(app: Flask) -> None:
    """Register the pages; have refused forms kept, and roles on a roadmap recorded."""
    app.register_blueprint(bp)
    app.register_blueprint(drafting.bp)
    app.register_blueprint(going_later.bp)
    keep_with(keep_typed)
    label_boxes_with(lambda name: _(NAMES[name]) if name in NAMES else None)
    keep_for_owner_with(keep_for_owner)
    add_to_own_data("acts", acts_of)
    add_to_own_data("kept_words", kept_of)
    add_to_own_data("working_copies", copies_of)
    when_an_account_closes(let_go)
    listen_within(CarriedOut, drafting.clear_what_was_saved)
    fill_slot("draft-offer", drafting.offer)
    fill_slot("draft-line", drafting.line)
    fill_slot("draft-words", drafting.words)
    fill_slot("draft-on-item", drafting.chip_on_item)
    listen_to_people()
