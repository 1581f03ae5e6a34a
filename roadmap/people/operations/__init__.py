"""The verbs of the room, by what they are about; everything that others may call is named here."""

from roadmap.people.operations.accounts import (
    change_own_password,
    change_own_settings,
    create_person,
    find_or_create_person,
    note,
)
from roadmap.people.operations.memberships import (
    check_membership,
    end_membership,
    give_membership,
    require_compatible,
    roadmap_of_membership,
)
from roadmap.people.operations.organisations import (
    add_organisation,
    change_organisation,
    likely_twins,
    merge_organisation,
)
from roadmap.people.operations.regions import change_settings, create_region
from roadmap.people.operations.sessions import begin_session, end_session, end_sessions_of, find_session

__all__ = [
    "add_organisation",
    "begin_session",
    "change_organisation",
    "change_own_password",
    "change_own_settings",
    "change_settings",
    "check_membership",
    "create_person",
    "create_region",
    "end_membership",
    "end_session",
    "end_sessions_of",
    "find_or_create_person",
    "find_session",
    "give_membership",
    "likely_twins",
    "merge_organisation",
    "note",
    "require_compatible",
    "roadmap_of_membership",
]
