"""The verbs of the room, by what they are about; everything that others may call is named here."""

from roadmap.people.operations.accounts import (
    change_own_password,
    change_own_settings,
    create_person,
    find_or_create_person,
    note,
)
from roadmap.people.operations.closing import close_account, open_memberships_of
from roadmap.people.operations.invitations import (
    accept,
    accept_as_newcomer,
    invite,
    renew_invitation,
    revoke_invitation,
)
from roadmap.people.operations.links import Send, Ticket, find_link, is_open
from roadmap.people.operations.memberships import (
    check_membership,
    end_membership,
    give_membership,
    require_compatible,
    roadmap_of_membership,
)
from roadmap.people.operations.new_passwords import (
    ask_for_new_password,
    choose_new_password,
    make_new_password_link,
    member_for_new_password,
)
from roadmap.people.operations.organisations import (
    add_organisation,
    change_organisation,
    keep_organisation,
    likely_twins,
    merge_organisation,
    propose_organisation,
)
from roadmap.people.operations.regions import change_settings, create_region
from roadmap.people.operations.sessions import (
    begin_session,
    end_other_sessions,
    end_own_session,
    end_session,
    end_sessions_of,
    find_session,
    is_alive,
    may_stay,
    open_sessions_of,
)
from roadmap.people.operations.signing import count_attempt, forgive, marker, sign_in

__all__ = [
    "Send",
    "Ticket",
    "accept",
    "accept_as_newcomer",
    "add_organisation",
    "ask_for_new_password",
    "begin_session",
    "change_organisation",
    "change_own_password",
    "change_own_settings",
    "change_settings",
    "check_membership",
    "choose_new_password",
    "close_account",
    "count_attempt",
    "create_person",
    "create_region",
    "end_membership",
    "end_other_sessions",
    "end_own_session",
    "end_session",
    "end_sessions_of",
    "find_link",
    "find_or_create_person",
    "find_session",
    "forgive",
    "give_membership",
    "invite",
    "is_alive",
    "is_open",
    "keep_organisation",
    "likely_twins",
    "make_new_password_link",
    "marker",
    "may_stay",
    "member_for_new_password",
    "merge_organisation",
    "note",
    "open_memberships_of",
    "open_sessions_of",
    "propose_organisation",
    "renew_invitation",
    "require_compatible",
    "revoke_invitation",
    "roadmap_of_membership",
    "sign_in",
]
