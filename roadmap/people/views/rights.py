"""Who may do what, as a page made from the table that decides it."""

from flask import request
from werkzeug.wrappers import Response

from roadmap.people.rights import rights_in_words
from roadmap.people.roles import READERS, Role
from roadmap.people.views.blueprint import bp, page
from roadmap.people.words import ROLE_NAMES, ROLE_SENTENCES, STAGE_NAMES, VISIBILITY_NAMES
from roadmap.web.declare import for_everyone


@bp.get("/rights")
@for_everyone
def rights() -> Response:
    """Show every right with who holds it and when; one role's alone where it is asked for."""
    asked = request.args.get("peran", "")
    role = Role(asked) if asked in set(Role) else None
    return page(
        "people/rights.html",
        rights=rights_in_words(role),
        role=role,
        role_names=ROLE_NAMES,
        role_sentences=ROLE_SENTENCES,
        stage_names=STAGE_NAMES,
        levels=[
            (VISIBILITY_NAMES[level], [one for one in Role if one in READERS[level]]) for level in READERS
        ],
    )
