"""Saying something: open a thread, reply, change one's own words, resolve, open again, note that one has read."""

from collections.abc import Iterable

from sqlalchemy import select

from roadmap.discussion.access import comment_for, thread_for
from roadmap.discussion.audience import audience_for
from roadmap.discussion.errors import AlreadySettled
from roadmap.discussion.events import (
    CommentEdited,
    Reopened,
    Replied,
    Resolved,
    ThreadOpened,
)
from roadmap.discussion.marks import point_out
from roadmap.discussion.models import ORGANISATION, ROADMAP, Comment, Nature, Thread
from roadmap.discussion.operations.recording import record_talk, roadmap_of
from roadmap.discussion.rules import About, levels_open_to, speaking_role
from roadmap.errors import NotAllowed, NotThere, NotValid
from roadmap.extensions import db
from roadmap.history.models import Changeset, Roadmap
from roadmap.history.operations import CLOSED, merge_into
from roadmap.history.queries import revision_at
from roadmap.people.models import Person
from roadmap.people.queries import find_organisation, memberships_on, roles_on
from roadmap.people.roles import READERS, Act, Role, Visibility
from roadmap.plan.access import roadmap_for
from roadmap.plan.kinds import KINDS
from roadmap.plan.queries import find_by_uid
from roadmap.text.lengths import LONGEST_WORDS, bounded
from roadmap.text.normal import normalise
from roadmap.text.words import N_
from roadmap.work import tell, unit_of_work

_NOBODY_ANSWERS = N_(
    "Jawaban resmi diberikan tim penyusun, yang tidak membaca percakapan ini. Lepas centangnya, atau ubah pembacanya."
)
LONGEST_BODY = LONGEST_WORDS


def open_thread(
    actor: Person,
    roadmap_id: int,
    about: About,
    body: str,
    *,
    nature: Nature | str,
    visibility: Visibility | str,
    wants_answer: bool = False,
    notified: Iterable[str] = (),
    about_version: int | None = None,
) -> Thread:
    """Open a thread about the roadmap, an item, a field or an organisation, with its first comment.

    `about_version` is the version of the item on the writer's screen; None: as it stands now. Raises as the
    gate does, NotThere for a thing that is not in this roadmap, and NotValid. Tells ThreadOpened.
    """
    with unit_of_work(roadmap_id):
        roadmap = roadmap_for(actor, roadmap_id, to=Act.COMMENT)
        version = _version_spoken_of(roadmap, about, about_version)
        words = _words("body", body)
        level = _level(actor, roadmap, visibility)
        if wants_answer and Role.DRAFTER not in READERS[level]:
            raise NotValid({"visibility": _NOBODY_ANSWERS})
        thread = Thread(
            roadmap_id=roadmap.id,
            about_kind=about.kind,
            about=about.uid,
            field=about.field,
            about_version=version,
            nature=_nature(nature),
            visibility=level,
            wants_answer=wants_answer,
            is_resolved=False,
            resolution="",
            **_speaker(actor, roadmap, level),
        )
        db.session.add(thread)
        # The comment names its thread by the uid that the flush gives.
        db.session.flush()
        comment = _comment(actor, roadmap, thread, words, level=level, notified=notified)
        act = record_talk(actor, "open-thread", [thread, comment], thread, comment)
        _point_out(actor, act, thread, comment)
        tell(ThreadOpened(roadmap.id, act.seq, actor.uid, thread.id, comment.id))
        return thread


def reply(
    actor: Person,
    thread_id: int,
    body: str,
    *,
    visibility: Visibility | str | None = None,
    notified: Iterable[str] = (),
) -> Comment:
    """Reply in a thread, resolved ones too; as widely as the thread unless a narrower level is named.

    Raises as the gate does, and NotValid. Tells Replied.
    """
    with unit_of_work(roadmap_of(Thread, thread_id)):
        thread, roadmap = thread_for(actor, thread_id, to=Act.COMMENT)
        words = _words("body", body)
        level = _level(actor, roadmap, visibility or thread.visibility, thread)
        comment = _comment(actor, roadmap, thread, words, level=level, notified=notified)
        act = record_talk(actor, "reply", [comment], thread, comment)
        _point_out(actor, act, thread, comment)
        tell(Replied(roadmap.id, act.seq, actor.uid, thread.id, comment.id))
        return comment


def edit_comment(actor: Person, comment_id: int, base_version: int, body: str) -> Comment:
    """Change one's own comment, merged with what one changed elsewhere meanwhile; what it said stays in its history.

    Raises as the gate does, NotAllowed for another's comment and for a closed one, NotValid, and EditConflict,
    which changes nothing. When nothing differs nothing happens. Tells CommentEdited.
    """
    with unit_of_work(roadmap_of(Comment, comment_id)):
        comment, thread, roadmap = comment_for(actor, comment_id, to=Act.COMMENT)
        if comment.author != actor.uid:
            raise NotAllowed(N_("Hanya penulisnya yang dapat mengubah komentar ini. Anda dapat membalasnya."))
        if comment.body == CLOSED:
            raise NotAllowed(
                N_("Isi komentar ini ditutup karena data pribadi. Tulis balasan baru, tanpa menyebut nama.")
            )
        _merged, changed = merge_into(comment, base_version, {"body": _words("body", body)})
        if not changed:
            return comment
        comment.body = _words("body", str(changed["body"]))
        act = record_talk(actor, "edit-comment", [comment], thread, comment)
        tell(CommentEdited(roadmap.id, act.seq, actor.uid, thread.id, comment.id))
        return comment


def resolve(actor: Person, thread_id: int, reason: str) -> Thread:
    """Resolve a thread, saying why; the words stand in the thread, as visible as the thread is.

    Raises as the gate does, NotValid without a reason, and AlreadySettled. Tells Resolved.
    """
    with unit_of_work(roadmap_of(Thread, thread_id)):
        thread, roadmap = thread_for(actor, thread_id, to=Act.RESOLVE)
        words = _words("reason", reason, N_("Tulis mengapa percakapan ini selesai."))
        if thread.is_resolved:
            raise AlreadySettled(N_("Percakapan ini sudah diselesaikan. Tulisan Anda tetap ada."))
        thread.is_resolved, thread.resolution = True, words
        act = record_talk(actor, "resolve", [thread], thread)
        point_out([actor.id], thread.id, act.seq)
        tell(Resolved(roadmap.id, act.seq, actor.uid, thread.id))
        return thread


def reopen(actor: Person, thread_id: int, reason: str = "") -> Thread:
    """Open a resolved thread again; `resolution` then holds why, or nothing, and what it held stays in its history.

    Raises as the gate does, NotValid for words too long, and AlreadySettled. Tells Reopened.
    """
    with unit_of_work(roadmap_of(Thread, thread_id)):
        thread, roadmap = thread_for(actor, thread_id, to=Act.RESOLVE)
        words = _words("reason", reason, None)
        if not thread.is_resolved:
            raise AlreadySettled(N_("Percakapan ini sudah dibuka lagi. Tulisan Anda tetap ada."))
        thread.is_resolved, thread.resolution = False, words
        act = record_talk(actor, "reopen", [thread], thread)
        point_out([actor.id], thread.id, act.seq)
        tell(Reopened(roadmap.id, act.seq, actor.uid, thread.id))
        return thread


def mark_read(actor: Person, thread_id: int) -> Thread:
    """Note that a person has read a thread up to now; nobody else learns of it. Raises as the gate does."""
    with unit_of_work():
        thread, roadmap = thread_for(actor, thread_id, to=Act.SEE)
        point_out([actor.id], thread.id, roadmap.head_seq)
        return thread


def _version_spoken_of(roadmap: Roadmap, about: About, seen: int | None) -> int | None:
    if about.kind == ROADMAP and about.uid == roadmap.uid and not about.field:
        return None
    if about.kind == ORGANISATION and find_organisation(roadmap.region_id, about.uid) and not about.field:
        return None
    kind = KINDS.get(about.kind)
    item = find_by_uid(about.kind, roadmap.id, about.uid) if kind else None
    if kind is None or item is None or (about.field and about.field not in kind.by_name):
        raise NotThere
    return revision_at(item, seen).item_version if seen is not None else item.version


def _words(name: str, text: str, needed: str | None = N_("Tulis dulu isinya.")) -> str:
    words = normalise(text).strip()
    if not words and needed is not None:
        raise NotValid({name: needed})
    return bounded(name, words, LONGEST_BODY)


def _nature(nature: str) -> Nature:
    try:
        return Nature(nature)
    except ValueError:
        raise NotValid({"nature": N_("Pilih jenis percakapan dari daftar.")}) from None


def _level(actor: Person, roadmap: Roadmap, wanted: str, thread: Thread | None = None) -> Visibility:
    roles = roles_on(actor, roadmap.region_id, roadmap.id)
    if thread is not None and wanted == thread.visibility:
        return Visibility(wanted)  # whoever reads a thread may answer in it
    if wanted not in levels_open_to(roles, thread.visibility if thread is not None else None):
        raise NotValid({"visibility": N_("Pilih siapa yang membaca dari daftar.")})
    return Visibility(wanted)


def _speaker(actor: Person, roadmap: Roadmap, level: Visibility) -> dict[str, str | None]:
    """Say who speaks: the person, in which role, and for which office in that role."""
    held = memberships_on(actor, roadmap.region_id, roadmap.id)
    role = speaking_role((one.role for one in held), level)
    offices = (one.organisation_uid for one in held if one.role == role)
    return {"author": actor.uid, "role": role, "organisation": next(offices, None)}


def _comment(
    actor: Person,
    roadmap: Roadmap,
    thread: Thread,
    words: str,
    *,
    level: Visibility,
    notified: Iterable[str],
) -> Comment:
    comment = Comment(
        roadmap_id=roadmap.id,
        thread=thread.uid,
        body=words,
        visibility=level,
        notified=_to_be_told(actor, roadmap, thread, level, notified),
        **_speaker(actor, roadmap, level),
    )
    db.session.add(comment)
    db.session.flush()
    return comment


def _to_be_told(
    actor: Person, roadmap: Roadmap, thread: Thread, level: Visibility, uids: Iterable[str]
) -> list[str]:
    wanted = set(uids) - {actor.uid}
    if wanted and not wanted <= {one.uid for one in audience_for(actor, roadmap, thread).at(level)}:
        raise NotValid({"notified": N_("Salah satu orang tidak dapat membaca ini. Pilih lagi dari daftar.")})
    return sorted(wanted)


def _point_out(actor: Person, act: Changeset, thread: Thread, comment: Comment) -> None:
    """Have the thread wait for those who are told; whoever wrote has read it."""
    point_out([actor.id], thread.id, act.seq)
    if comment.notified:
        people = db.session.scalars(select(Person.id).where(Person.uid.in_(comment.notified)))
        point_out(people.all(), thread.id, 0)
