"""The moments of a roadmap that people have a name for, and how an address names two moments to compare."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from roadmap.history.models import Roadmap
from roadmap.people.models import Person
from roadmap.people.queries import roles_on
from roadmap.people.roles import Role
from roadmap.review.queries import Facts
from roadmap.timeline.comparing import moment_known
from roadmap.timeline.moments import last_seq_of, pins_of
from roadmap.timeline.visits import Seen
from roadmap.web.filters import day, moment

LONGEST_NUMBER = 9
BEGINNING = 0
# These begin with what the leader said yes to last, whatever they have seen meanwhile.
_FROM_EDITION = frozenset({Role.LEADER, Role.LEADER_STAFF})


@dataclass(frozen=True)
class Landmark:
    """A moment with a name; `spoken` is the name inside a sentence, `is_own` says that a person gave it."""

    seq: int
    name: str
    spoken: str
    at: datetime | None = None
    is_own: bool = False


@dataclass(frozen=True)
class Landmarks:
    """What a reader can compare with: their last visit, editions and submissions (newest first), named moments."""

    visit: Landmark | None
    editions: list[Landmark]
    submissions: list[Landmark]
    pins: list[Landmark]

    def __iter__(self) -> Iterator[Landmark]:
        """Give them all, in the order in which they are offered."""
        if self.visit:
            yield self.visit
        yield from (*self.editions, *self.submissions, *self.pins)

    @property
    def distinct(self) -> list[Landmark]:
        """Give each state once beside the visit: what went from desk to desk, and became an edition, is one."""
        named: dict[int, Landmark] = {}
        for one in (*self.editions, *self.submissions, *self.pins):
            named.setdefault(one.seq, one)
        return [*([self.visit] if self.visit else []), *named.values()]

    def at(self, seq: int) -> Landmark | None:
        """Give the first that names a moment."""
        return next((one for one in self if one.seq == seq), None)


@dataclass(frozen=True)
class Span:
    """Two moments in their order, as the address wrote them and as they are said."""

    before: int
    after: int
    start: str
    end: str
    is_upto_now: bool
    args: Mapping[str, str]

    @property
    def words(self) -> str:
        """Say from when to when."""
        if self.is_upto_now:
            return _("Sejak %(start)s", start=self.start)
        return _("Dari %(start)s sampai %(end)s", start=self.start, end=self.end)


def landmarks_of(roadmap: Roadmap, facts: Facts, seen: Seen | None) -> Landmarks:
    """Name the moments of a roadmap for a reader who had seen it up to an act."""
    visit = None
    if seen is not None:
        spoken = _("kunjungan Anda %(moment)s", moment=moment(seen.at))
        visit = Landmark(seen.seq, _("Kunjungan terakhir"), spoken, seen.at)
    editions = [
        _named(edition.seq, _("Edisi %(number)s", number=edition.number), edition.created_at)
        for edition, _adoption in facts.editions
    ]
    submissions = [
        _named(one.seq, _("Rancangan %(number)s", number=one.number), one.at)
        for one in reversed(facts.submissions)
        if one.withdrawn_at is None
    ]
    return Landmarks(
        visit,
        editions,
        submissions,
        [Landmark(pin.moment, pin.name, f"“{pin.name}”", is_own=True) for pin in pins_of(roadmap.id)],
    )


def _named(seq: int, name: str, at: datetime) -> Landmark:
    return Landmark(seq, name, name, at)


def read_span(roadmap: Roadmap, reader: Person, landmarks: Landmarks, args: Mapping[str, str]) -> Span:
    """Read two moments from an address: numbers of acts or days; what is not said is chosen for the reader."""
    kept = {name: args[name] for name in ("dari", "sampai") if _is_readable(args.get(name, ""))}
    before = _seq_of(roadmap, reader, kept.get("dari"), is_start=True)
    after = _seq_of(roadmap, reader, kept.get("sampai"), is_start=False)
    if before is None:
        before = _default(roadmap, reader, landmarks, upto=roadmap.head_seq if after is None else after)
    after = roadmap.head_seq if after is None else after
    if before > after:
        before, after = after, before
        kept = {"dari": kept.get("sampai", ""), "sampai": kept.get("dari", "")}
    moments = {seq: moment_known(roadmap, reader, seq) for seq in (before, after)}
    is_now = after >= roadmap.head_seq and not _day_in(kept.get("sampai"))
    return Span(
        before,
        after,
        _say(before, kept.get("dari"), landmarks, moments),
        _say(after, kept.get("sampai"), landmarks, moments),
        is_now,
        kept,
    )


def _default(roadmap: Roadmap, reader: Person, landmarks: Landmarks, *, upto: int) -> int:
    roles = roles_on(reader, roadmap.region_id, roadmap.id)
    first = landmarks.editions if roles & _FROM_EDITION else [landmarks.visit] if landmarks.visit else []
    offered = (*first, *landmarks.editions, *landmarks.submissions)
    return next((one.seq for one in offered if one.seq < upto or one is landmarks.visit), BEGINNING)


def _say(seq: int, typed: str | None, landmarks: Landmarks, moments: Mapping[int, datetime | None]) -> str:
    if typed and (named := _day_in(typed)):
        return day(named)
    landmark = landmarks.at(seq)
    if landmark is not None:
        return landmark.spoken
    return moment(moments[seq]) or _("awal")


def _is_readable(typed: str) -> bool:
    return _number_in(typed) is not None or _day_in(typed) is not None


def _seq_of(roadmap: Roadmap, reader: Person, typed: str | None, *, is_start: bool) -> int | None:
    if not typed:
        return None
    number = _number_in(typed)
    if number is not None:
        return min(number, roadmap.head_seq)
    named = _day_in(typed)
    if named is None:
        return None
    # From a day means from its morning on.
    return last_seq_of(roadmap, named - timedelta(days=1) if is_start else named, reader) or BEGINNING


def _number_in(typed: str) -> int | None:
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER
    return int(typed) if is_number else None


def _day_in(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "") if not (typed or "").isdecimal() else None
    except ValueError:
        return None
