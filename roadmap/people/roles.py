"""Who may do what, as one table: roles, acts, stages, and the rights that join them (design 4).

Nothing here knows a database or a request. Whatever the table does not name is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles a membership can give."""

    DRAFTER = "penyusun"
    OPERATOR = "operator"
    PARTNER = "mitra"
    MENTOR = "mentor"
    VERIFIER = "verifikator"
    LEADER = "pimpinan"
    LEADER_STAFF = "staf_pimpinan"
    ADMIN = "admin_daerah"


class Stage(StrEnum):
    """Where a roadmap stands; only `review/operations.py` changes it."""

    DRAFT = "draf"
    CONSULTATION = "konsultasi"
    REVIEW = "telaah"
    REVISION = "perbaikan"
    VERIFICATION = "verifikasi"
    SUBMITTED = "diajukan"
    APPROVED = "disetujui"
    ADOPTED = "ditetapkan"
    IMPLEMENTATION = "pelaksanaan"
    FINISHED = "selesai"
    SUPERSEDED = "digantikan"


class Act(StrEnum):
    """What a person can do; every route names one, or says that it is public or about oneself."""

    SEE = "see"
    CREATE_ROADMAP = "create-roadmap"
    EDIT = "edit"
    EDIT_OWN_OFFICE = "edit-own-office"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    OPEN_CONSULTATION = "open-consultation"
    END_CONSULTATION = "end-consultation"
    COMMENT = "comment"
    RESOLVE = "resolve"
    JUDGE_REVIEW = "judge-review"
    JUDGE_VERIFICATION = "judge-verification"
    JUDGE_SUBMISSION = "judge-submission"
    RECORD_DECISION = "record-decision"
    CLOSE_TEXT = "close-text"
    ADOPT = "adopt"
    IMPLEMENT = "implement"
    MANAGE_PEOPLE = "manage-people"
    MANAGE_ORGANISATIONS = "manage-organisations"
    MANAGE_VOCABULARY = "manage-vocabulary"
    MANAGE_SETTINGS = "manage-settings"


class Visibility(StrEnum):
    """Who reads what is said in a thread (design 4); from the narrowest to the widest."""

    CSO_AND_MENTOR = "oms_mentor"
    TEAM = "tim"
    MEMBERS = "tim_mentor"
    PUBLIC = "publik"


@dataclass(frozen=True)
class Right:
    """Who holds a right, and the stages in which it can be used."""

    roles: frozenset[Role]
    stages: frozenset[Stage]


ALL_STAGES = frozenset(Stage)
ENDED = frozenset({Stage.FINISHED, Stage.SUPERSEDED})
OPEN_STAGES = ALL_STAGES - ENDED
DRAFTING = frozenset({Stage.DRAFT, Stage.CONSULTATION, Stage.REVISION})
JUDGING = frozenset({Stage.REVIEW, Stage.VERIFICATION, Stage.SUBMITTED})
TEAM = frozenset(Role) - {Role.ADMIN}
EDITING_ROLES = frozenset({Role.DRAFTER, Role.OPERATOR})
JUDGING_ROLES = frozenset({Role.MENTOR, Role.VERIFIER, Role.LEADER})


def _right(roles: Iterable[Role], stages: Iterable[Stage]) -> Right:
    return Right(frozenset(roles), frozenset(stages))


RIGHTS: Mapping[Act, Right] = {
    Act.SEE: _right(TEAM, ALL_STAGES),
    Act.CREATE_ROADMAP: _right({Role.DRAFTER}, ALL_STAGES),
    Act.EDIT: _right({Role.DRAFTER}, OPEN_STAGES),
    Act.EDIT_OWN_OFFICE: _right({Role.OPERATOR}, OPEN_STAGES),
    # At Telaah and Verifikasi it sends on what has already passed there.
    Act.SUBMIT: _right({Role.DRAFTER}, DRAFTING | {Stage.REVIEW, Stage.VERIFICATION}),
    Act.WITHDRAW: _right({Role.DRAFTER}, JUDGING),
    Act.OPEN_CONSULTATION: _right({Role.DRAFTER}, {Stage.DRAFT, Stage.REVISION}),
    Act.END_CONSULTATION: _right({Role.DRAFTER}, {Stage.CONSULTATION}),
    Act.COMMENT: _right(TEAM, ALL_STAGES),
    Act.RESOLVE: _right({Role.DRAFTER}, ALL_STAGES),
    Act.JUDGE_REVIEW: _right({Role.MENTOR}, {Stage.REVIEW}),
    Act.JUDGE_VERIFICATION: _right({Role.VERIFIER}, {Stage.VERIFICATION}),
    Act.JUDGE_SUBMISSION: _right({Role.LEADER}, {Stage.SUBMITTED}),
    Act.RECORD_DECISION: _right({Role.LEADER_STAFF}, {Stage.SUBMITTED}),
    Act.CLOSE_TEXT: _right({Role.DRAFTER, Role.MENTOR, Role.ADMIN}, ALL_STAGES),
    # An approved edition may await its instrument while the next round has already begun.
    Act.ADOPT: _right({Role.DRAFTER, Role.LEADER}, OPEN_STAGES),
    Act.IMPLEMENT: _right({Role.DRAFTER, Role.LEADER}, {Stage.ADOPTED, Stage.IMPLEMENTATION}),
    Act.MANAGE_PEOPLE: _right({Role.ADMIN}, ALL_STAGES),
    Act.MANAGE_ORGANISATIONS: _right({Role.ADMIN}, ALL_STAGES),
    Act.MANAGE_VOCABULARY: _right({Role.ADMIN}, ALL_STAGES),
    Act.MANAGE_SETTINGS: _right({Role.ADMIN}, ALL_STAGES),
}

# Who reads what is said at each level, among those who see the roadmap at all; published later where it says so.
READERS: Mapping[Visibility, frozenset[Role]] = {
    Visibility.CSO_AND_MENTOR: frozenset({Role.PARTNER, Role.MENTOR}),
    Visibility.TEAM: frozenset({Role.DRAFTER, Role.OPERATOR, Role.PARTNER}),
    Visibility.MEMBERS: TEAM,
    Visibility.PUBLIC: TEAM,
}

# The acts that concern a region and no single roadmap; no stage limits them.
REGION_ACTS = frozenset(
    {
        Act.CREATE_ROADMAP,
        Act.MANAGE_PEOPLE,
        Act.MANAGE_ORGANISATIONS,
        Act.MANAGE_VOCABULARY,
        Act.MANAGE_SETTINGS,
    }
)


def holds(roles: Iterable[Role], act: Act) -> bool:
    """Tell whether one of the roles has the right, whatever the stage."""
    return not RIGHTS[act].roles.isdisjoint(roles)


def is_open_at(act: Act, stage: Stage) -> bool:
    """Tell whether the stage admits the act, whoever asks."""
    return stage in RIGHTS[act].stages


def may(roles: Iterable[Role], act: Act, stage: Stage) -> bool:
    """Tell whether somebody with these roles may do the act at this stage; rights of several roles add up."""
    return holds(roles, act) and is_open_at(act, stage)


def levels_read_by(roles: Iterable[Role]) -> frozenset[Visibility]:
    """Give the levels of visibility that somebody with these roles reads."""
    held = frozenset(roles)
    return frozenset(level for level, readers in READERS.items() if not readers.isdisjoint(held))


def is_within(level: Visibility, other: Visibility) -> bool:
    """Tell whether nobody reads the one level who does not read the other; only PUBLIC is read by everybody."""
    if Visibility.PUBLIC in (level, other):
        return other == Visibility.PUBLIC
    return READERS[level] <= READERS[other]


def who_may(act: Act) -> tuple[Role, ...]:
    """Name the roles that hold a right, in the order of the table of persons."""
    return tuple(role for role in Role if role in RIGHTS[act].roles)


def exclude_each_other(one: Iterable[Role], other: Iterable[Role]) -> bool:
    """Tell whether the roles together would let a person judge what they can edit."""
    together = set(one) | set(other)
    return not EDITING_ROLES.isdisjoint(together) and not JUDGING_ROLES.isdisjoint(together)
