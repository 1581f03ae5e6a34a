"""What a trial says beside its rows: sums of money before and after, who changed what clashes, what came before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from roadmap.extensions import db
from roadmap.history.models import Changeset, Plain, Revision, Roadmap
from roadmap.intake.candidates import Asks, Question
from roadmap.intake.earlier import earlier_of, is_same_file
from roadmap.intake.ground import as_map
from roadmap.intake.models import Intake
from roadmap.intake.questions import REMOVE, QuestionShown
from roadmap.intake.trial import Row, Trial
from roadmap.people.models import Person
from roadmap.people.queries import people_by_uid
from roadmap.plan.outline import Outline
from roadmap.web.filters import moment, rupiah

MONEY, ACTION = "budget", "action"


@dataclass(frozen=True)
class Told:
    """A sentence with the page that it leads to."""

    sentence: str
    address: str = ""


def earlier_told(intake: Intake, person: Person) -> Told | None:
    """Say first that this table came before, what was taken over from then, and that nothing is undone unasked."""
    earlier = earlier_of(intake)
    if earlier is None:
        return None
    when = moment(earlier.finished_at)
    if not is_same_file(intake, earlier):
        sentence = _(
            "Berkas bernama sama sudah Anda masukkan, %(when)s. Baris yang sama dikenali lagi; yang disunting orang "
            "sesudah itu tidak ditimpa tanpa ditanya.",
            when=when,
        )
    elif earlier.person_id == person.id:
        sentence = _(
            "Berkas yang sama sudah Anda masukkan, %(when)s. Susunan kolom, jawaban, dan perbaikan dari waktu itu "
            "dipakai lagi dan tetap dapat diubah; yang disunting sesudah itu tidak ditimpa tanpa ditanya.",
            when=when,
        )
    else:
        sentence = _(
            "Berkas yang sama sudah dimasukkan %(name)s, %(when)s. Susunan kolom, jawaban, dan perbaikan dari waktu "
            "itu dipakai lagi dan tetap dapat diubah; yang disunting sesudah itu tidak ditimpa tanpa ditanya.",
            name=db.session.get_one(Person, earlier.person_id).name,
            when=when,
        )
    address = (
        url_for("timeline.change", roadmap_id=earlier.roadmap_id, seq=earlier.seq) if earlier.seq else ""
    )
    return Told(sentence, address)


def money_told(plan: Outline, trial: Trial) -> list[str]:
    """Say what all budgets come to before and after, if a trial changes them, and where new sums stand beside old."""
    before = {one.uid: one.values.get(MONEY) for one in plan.items[ACTION]}
    ids = {one.id: one.uid for one in plan.items[ACTION]}
    after: dict[str, Plain] = dict(before)
    for removal in trial.removals:
        if removal.kind == ACTION:
            after.pop(ids.get(removal.item_id, ""), None)
    for entry in trial.entries:
        if entry.kind == ACTION:
            after[entry.uid] = entry.values.get(MONEY)
    beside = 0
    for edit in trial.edits:
        if edit.kind == ACTION and MONEY in edit.values and (uid := ids.get(edit.item_id)):
            after[uid] = edit.values[MONEY]
            had, has = as_map(before.get(uid)), as_map(after[uid])
            beside += bool(had.keys() & has.keys()) and bool(has.keys() - had.keys())
    first, last = _sum(before.values()), _sum(after.values())
    told = []
    if first != last:
        told.append(_("Anggaran seluruhnya %(first)s → %(last)s.", first=rupiah(first), last=rupiah(last)))
    if beside:
        told.append(
            ngettext(
                "Pada %(num)s rencana aksi, jumlah dari tabel berdiri di samping jumlah lain yang sudah ada "
                "(tahun atau sumber dana lain); yang lama tidak diganti.",
                "Pada %(num)s rencana aksi, jumlah dari tabel berdiri di samping jumlah lain yang sudah ada "
                "(tahun atau sumber dana lain); yang lama tidak diganti.",
                beside,
            )
        )
    return told


def _sum(maps: Iterable[Plain | None]) -> int:
    return sum(one for money in maps for one in as_map(money).values() if isinstance(one, int))


def with_present_words(
    shown: Sequence[QuestionShown], asked: Sequence[Question], trial: Trial, plan: Outline, roadmap: Roadmap
) -> list[QuestionShown]:
    """Name what clashes by its words of now, with who wrote them and when; say what goes along with what is removed."""
    rows = {key: row for row in trial.rows for key in row.asked}
    uids = {row.uid for one in asked if one.asks == Asks.CLASH and (row := rows.get(one.key))}
    acts = _last_acts(roadmap.id, uids)
    names = {uid: one.name for uid, one in people_by_uid(act.actor_uid for act in acts.values()).items()}
    found = []
    for one, question in zip(shown, asked, strict=True):
        row = rows.get(question.key)
        if question.asks == Asks.CLASH and row is not None:
            act = acts.get((row.uid, question.key.split(":")[-1]))
            found.append(_clash(one, row, plan, act, names))
        elif question.asks == Asks.GONE and row is not None:
            found.append(_gone(one, row, plan))
        else:
            found.append(one)
    return found


def _clash(
    one: QuestionShown, row: Row, plan: Outline, act: Changeset | None, names: Mapping[str, str]
) -> QuestionShown:
    item = plan.by_uid.get(row.uid)
    typed = one.typed.removesuffix(row.label) + item.label if item is not None and row.label else one.typed
    if act is None:
        return replace(one, typed=typed)
    told = _(
        "Isi yang sekarang ditulis %(name)s, %(when)s.",
        name=names.get(act.actor_uid) or _("seseorang"),
        when=moment(act.at),
    )
    return replace(one, typed=typed, where=f"{one.where}. {told}" if one.where else told)


def _gone(one: QuestionShown, row: Row, plan: Outline) -> QuestionShown:
    count = sum(1 for item in plan.items["indicator"] if item.values.get(ACTION) == row.uid)
    if not count:
        return one
    along = ngettext("%(num)s indikatornya ikut terhapus", "%(num)s indikatornya ikut terhapus", count)
    options = [
        replace(option, words=f"{option.words}; {along}") if option.value.startswith(f"{REMOVE}@") else option
        for option in one.options
    ]
    return replace(one, options=options)


def _last_acts(roadmap_id: int, uids: Iterable[str]) -> dict[tuple[str, str], Changeset]:
    """Give, by item and field, the act that changed it last; one query."""
    wanted = sorted(set(uids))
    if not wanted:
        return {}
    query = (
        select(Revision.item_uid, Revision.changed, Changeset)
        .join(Changeset, Changeset.id == Revision.changeset_id)
        .where(Revision.roadmap_id == roadmap_id, Revision.item_uid.in_(wanted))
        .order_by(Revision.seq)
    )
    return {(uid, name): act for uid, changed, act in db.session.execute(query) for name in changed}
