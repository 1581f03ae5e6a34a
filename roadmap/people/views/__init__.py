"""The pages of the room, by what they are about."""

from roadmap.people.views import (
    account,
    invitations,
    links,
    members,
    organisations,
    own,
    rights,
    settings,
    signing,
)
from roadmap.people.views.blueprint import bp

PAGES = (account, own, invitations, links, members, organisations, rights, settings, signing)

__all__ = ["PAGES", "bp"]
