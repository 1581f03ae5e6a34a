"""What happened in the demo city, in order, over some ten months, each thing done by somebody with a right to it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from roadmap.demo.talk import talk
from roadmap.demo.texts import city as texts
from roadmap.demo.texts import later, small
from roadmap.demo.texts import talk as talks
from roadmap.demo.town import Draft, Town, begin_draft, found_the_town, write_whole
from roadmap.extensions import db
from roadmap.history.errors import EditConflict
from roadmap.history.models import Versioned
from roadmap.history.operations import keep_words
from roadmap.history.queries import snapshot_at
from roadmap.plan.bulk import Entry, add_many
from roadmap.plan.kinds import KINDS
from roadmap.plan.operations import add_item, edit_item, move_item, remove_item
from roadmap.review.models import Instrument, Judgement, Submission, VerdictNote
from roadmap.review.operations import (
    adopt,
    answer_note,
    approve,
    begin_implementation,
    end_consultation,
    jot_down,
    judge,
    open_consultation,
    submit,
)
from roadmap.work import unit_of_work

IMPORTED = ("keliling", "kepercayaan", "kuota", "bursa")


def tell_the_story() -> None:
    """Write everything that ever happened in the demo city."""
    town = found_the_town()
    first = _write_the_first_draft(town)
    _consult(town, first)
    _return_and_mend(town, first)
    _approve_and_adopt(town, first)
    _carry_out(town, first)
    _begin_the_next_round(town, first)
    _edit_side_by_side(town, first)
    _submit_the_next_round(town, first)
    for tale in (
        _write_at_the_leaders_desk,
        _write_at_the_verifiers_desk,
        _write_the_returned_one,
        _write_next_door,
    ):
        town.begin_another_tale()
        tale(town)


def _write_the_first_draft(town: Town) -> Draft:
    with town.on(300):
        draft = begin_draft(town, "rina", town.city, texts.COVER)
    for number, section in enumerate(texts.SECTIONS):
        with town.on(298 - number, "10:10"):
            draft.add("rina", "section", str(number), section)
    for number, (key, entry) in enumerate(texts.MODALITIES.items()):
        with town.on(295 - number, "13:20"):
            draft.add("adi", "modality", key, entry)
    for number, (key, entry) in enumerate(texts.PROBLEMS.items()):
        with town.on(284 - number, "09:40"):
            draft.add("rina" if number % 2 else "adi", "problem", key, entry)
    by_hand = [key for key in texts.ACTIONS if key not in IMPORTED]
    for number, key in enumerate(by_hand):
        with town.on(270 - 2 * number, "10:25"):
            draft.add("adi" if number % 3 else "rina", "action", key, texts.ACTIONS[key])
    with town.on(248, "14:05"):
        _import(draft, IMPORTED)
    return draft


def _import(draft: Draft, keys: Sequence[str]) -> None:
    """Four actions came in Adi's spreadsheet, with their indicators, in one act."""
    entries: list[Entry] = []
    for key in keys:
        text = texts.ACTIONS[key]
        action = Entry("action", draft.values(text))
        entries += [
            action,
            *(Entry("indicator", draft.values(one), action.uid) for one in text["indicators"]),
        ]
    items = add_many(draft.town.people["adi"], draft.roadmap_id, entries)
    actions = [item for item in items if item.kind == "action"]
    draft.book |= {f"action:{key}": item for key, item in zip(keys, actions, strict=True)}


def _consult(town: Town, draft: Draft) -> None:
    with town.on(240, "08:30"):
        open_consultation(town.people["rina"], draft.roadmap_id, town.today - timedelta(days=212))
    talk(draft, talks.IN_THE_CONSULTATION)
    with town.on(226, "11:00"):
        _edit(draft, "sari", "action:kanal", later.OPERATORS_WORDS)
    talk(draft, talks.AFTER_THE_OFFICE_WROTE)
    with town.on(211, "15:10"):
        end_consultation(town.people["rina"], draft.roadmap_id)


def _return_and_mend(town: Town, draft: Draft) -> None:
    with town.on(206, "09:00"):
        rancangan = submit(town.people["rina"], draft.roadmap_id, later.FIRST_NOTE).id
    with town.on(197, "14:30"):
        _note(town, rancangan, draft, later.MENTORS_NOTES)
        judge(town.people["maria"], rancangan, Judgement.RETURNED, later.RETURN_REASON)
    for days, (who, name, values) in zip((193, 191, 190), later.MENDED, strict=True):
        with town.on(days, "10:45"):
            _edit(draft, who, name, values)
    talk(draft, talks.AFTER_MENDING)
    with town.on(186):
        rancangan = submit(town.people["rina"], draft.roadmap_id, later.SECOND_NOTE).id
    with town.on(180, "13:50"):
        judge(town.people["maria"], rancangan, Judgement.PASSED, later.MENTORS_PRAISE)


def _approve_and_adopt(town: Town, draft: Draft) -> None:
    lying = _to_the_leader(town, draft, from_days=179)
    with town.on(168, "19:40"):
        edition = approve(
            town.people["ratna"], lying.id, lying.seq, lying.digest, note=later.LEADERS_WORDS
        ).id
    with town.on(141, "10:00"):
        day = town.today - timedelta(days=143)
        adopt(
            town.people["rina"],
            edition,
            instrument=Instrument.LEADER_REGULATION,
            number=f"17 Tahun {day.year}",
            adopted_on=day,
            subject=town.say("Peta Jalan Kota HAM Kota Contoh Tahun {Y}–{Y+4}"),
        )
    with town.on(125, "08:45"):
        begin_implementation(town.people["rina"], draft.roadmap_id)


def _carry_out(town: Town, draft: Draft) -> None:
    for days, (who, name, values) in zip((110, 88, 61, 40), later.CARRIED_OUT, strict=True):
        with town.on(days, "15:30"):
            _edit(draft, who, name, values)


def _begin_the_next_round(town: Town, draft: Draft) -> None:
    with town.on(27, "09:15"):
        draft.add("rina", "action", "perwali", later.NEW_ACTION)
    with town.on(26, "10:20"):
        spare = add_item(town.people["adi"], draft.roadmap_id, "problem", {"title": later.SPARE_PROBLEM})
    with town.on(24, "11:35"):
        remove_item(town.people["adi"], "problem", spare.id, reason=later.SPARE_REASON)
    with town.on(22, "13:05"):
        first, last = draft.book["action:isyarat"], draft.book["action:bursa"]
        move_item(town.people["rina"], "action", last.id, first.uid)
    with town.on(21, "09:50"):
        _edit(draft, "adi", "action:air", later.MORE_WATER)
    talk(draft, talks.IN_THE_NEXT_ROUND)


def _edit_side_by_side(town: Town, draft: Draft) -> None:
    """Two people open the same action in the same hour: once they touch different fields, once the same one."""
    with town.on(14, "10:02"):
        opened = _fresh(draft, "action:posbankum").version
        _edit(draft, "rina", "action:posbankum", later.SIDE_BY_SIDE["rina"], base=opened)
    with town.on(14, "10:17"):
        _edit(draft, "adi", "action:posbankum", later.SIDE_BY_SIDE["adi"], base=opened)
    with town.on(9, "14:11"):
        opened = _fresh(draft, "problem:pengaduan").version
        _edit(draft, "adi", "problem:pengaduan", later.SAME_FIELD["adi"], base=opened)
    with town.on(9, "14:26"):
        try:
            _edit(draft, "rina", "problem:pengaduan", later.SAME_FIELD["rina"], base=opened)
        except EditConflict as clash:
            _keep(draft, "rina", "problem:pengaduan", clash, opened)


def _keep(draft: Draft, who: str, name: str, clash: EditConflict, base: int) -> None:
    item = _fresh(draft, name)
    with unit_of_work():
        keep_words(
            draft.town.people[who],
            {field: one.mine for field, one in clash.clashes.items()},
            "clash",
            f"/{KINDS[item.kind].plural}/{item.id}",
            item=item,
            base_version=base,
        )


def _submit_the_next_round(town: Town, draft: Draft) -> None:
    with town.on(4, "09:05"):
        submit(town.people["rina"], draft.roadmap_id, later.NEXT_ROUND_NOTE)
    with town.on(2, "16:20"):
        _edit(draft, "adi", "action:keliling", later.AFTERWARDS)


def _write_at_the_leaders_desk(town: Town) -> None:
    with town.on(75, "09:00"):
        draft = write_whole(town, "adi", town.city, small.WOMEN)
    with town.on(33, "10:00"):
        rancangan = submit(town.people["adi"], draft.roadmap_id, small.WOMEN_NOTE).id
    talk(draft, talks.AT_THE_LEADERS_DESK)
    with town.on(25, "10:00"):
        judge(town.people["maria"], rancangan, Judgement.PASSED, small.WOMEN_PRAISE)
    _to_the_leader(town, draft, from_days=13)


def _write_at_the_verifiers_desk(town: Town) -> None:
    with town.on(52, "09:00"):
        draft = write_whole(town, "rina", town.city, small.VILLAGE)
    with town.on(18, "10:00"):
        rancangan = submit(town.people["rina"], draft.roadmap_id, small.VILLAGE_NOTE).id
    with town.on(11, "10:00"):
        judge(town.people["maria"], rancangan, Judgement.PASSED, "")
    with town.on(6, "08:40"):
        submit(town.people["rina"], draft.roadmap_id, "")
    talk(draft, talks.AT_THE_VERIFIERS_DESK)


def _write_the_returned_one(town: Town) -> None:
    with town.on(46, "09:00"):
        draft = write_whole(town, "rina", town.city, small.INCLUSIVE)
    with town.on(12, "10:00"):
        rancangan = submit(town.people["rina"], draft.roadmap_id, small.INCLUSIVE_NOTE).id
    with town.on(5, "16:00"):
        _note(town, rancangan, draft, small.INCLUSIVE_NOTES)
        judge(town.people["maria"], rancangan, Judgement.RETURNED, small.INCLUSIVE_REASON)
    with town.on(3, "09:20"):
        form = draft.book["action:formulir"].uid
        with unit_of_work():
            note = db.session.scalars(select(VerdictNote.id).where(VerdictNote.item_uid == form)).one()
        answer_note(town.people["rina"], note, small.INCLUSIVE_ANSWER)


def _note(town: Town, rancangan: int, draft: Draft, notes: Mapping[str, str]) -> None:
    """Have Maria jot down what she thinks of single items, all of which are to be mended."""
    for name, words in notes.items():
        jot_down(town.people["maria"], rancangan, draft.book[name].uid, words, needs_mending=True)


def _write_next_door(town: Town) -> None:
    with town.on(30, "09:00"):
        write_whole(town, "lukas", town.neighbour, small.NEIGHBOUR)


def _to_the_leader(town: Town, draft: Draft, *, from_days: int) -> Submission:
    """What the mentor let pass goes on: to the legal section, and from there to the leader."""
    with town.on(from_days, "08:50"):
        rancangan = submit(town.people["rina"], draft.roadmap_id, "").id
    with town.on(from_days - 5, "11:15"):
        judge(town.people["hendra"], rancangan, Judgement.PASSED, later.VERIFIERS_WORDS)
    with town.on(from_days - 7, "09:10"):
        return submit(town.people["rina"], draft.roadmap_id, "", accepts_findings=True)


def _edit(draft: Draft, who: str, name: str, values: Mapping[str, Any], *, base: int | None = None) -> None:
    """Save the named values; from an older base, as a whole form that was opened then and saved now."""
    item, typed = _fresh(draft, name), draft.values(values)
    if base is not None:
        opened = snapshot_at(item, base)
        typed = {field: opened[field] for field in KINDS[item.kind].by_name} | typed
    edit_item(draft.town.people[who], item.kind, item.id, base or item.version, typed)


def _fresh(draft: Draft, name: str) -> Versioned:
    item = draft.book[name]
    return db.session.get_one(type(item), item.id)
