"""Who would read what somebody is about to say: the levels open to them, and whom they can point it out to."""

from collections.abc import Sequence
from dataclasses import dataclass

from roadmap.discussion.models import Thread
from roadmap.discussion.rules import levels_open_to
from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.queries import members_of, roles_on, today_in
from roadmap.people.roles import Act, Role, Visibility, holds, levels_read_by


@dataclass(frozen=True)
class Candidate:
    """Somebody to whom words can be pointed out, with the levels they read."""

    uid: str
    name: str
    roles: tuple[Role, ...]
    office: str
    levels: frozenset[Visibility]


@dataclass(frozen=True)
class Audience:
    """The levels open to a person in one place, the one chosen beforehand, and the others who read one, by name."""

    levels: Sequence[Visibility]
    usual: Visibility
    people: Sequence[Candidate]

    def at(self, level: str) -> list[Candidate]:
        """Give who reads a level."""
        return [one for one in self.people if level in one.levels]


def audience_for(person: Person, roadmap: Roadmap, thread: Thread | None = None) -> Audience:
    """Give the audience that a person can choose from on a roadmap, or in one of its threads; one query."""
    roles = roles_on(person, roadmap.region_id, roadmap.id)
    levels = levels_open_to(roles, thread.visibility if thread is not None else None)
    if thread is not None and thread.visibility not in levels:
        levels.append(Visibility(thread.visibility))  # whoever reads a thread may answer in it
    people = [one for one in _members(roadmap) if one.uid != person.uid and not one.levels.isdisjoint(levels)]
    return Audience(
        levels, Visibility(thread.visibility) if thread is not None else Visibility.MEMBERS, people
    )


def _members(roadmap: Roadmap) -> list[Candidate]:
    today = today_in(roadmap.region)
    names: dict[str, str] = {}
    roles: dict[str, list[Role]] = {}
    offices: dict[str, str] = {}
    for held in members_of(roadmap.region_id, roadmap.id):
        role, person = Role(held.role), held.person
        if not held.holds_on(today) or person.closed_at is not None or not holds({role}, Act.SEE):
            continue
        names[person.uid] = person.name
        roles.setdefault(person.uid, []).append(role)
        if held.organisation is not None:
            offices.setdefault(person.uid, held.organisation.short_name)
    found = [
        Candidate(uid, name, tuple(roles[uid]), offices.get(uid, ""), levels_read_by(roles[uid]))
        for uid, name in names.items()
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.uid))
