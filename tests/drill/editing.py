"""Many people at one item, pairs that do not meet, and pairs that do: what is lost, doubled, asked or refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from roadmap.extensions import db
from roadmap.history.models import KeptWords
from tests.drill.stage import Editor, Ground, all_at_once

EVERY = 10  # each tenth save is pressed twice


@dataclass
class Figures:
    """What a drill found: how much was done, and everything that must be nought."""

    name: str
    done: int
    faults: dict[str, int] = field(default_factory=dict)
    told: dict[str, float] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Tell whether everything that must be nought is."""
        return not any(self.faults.values())


def many_at_one_item(ground: Ground, port: int, editors: int, rounds: int) -> Figures:
    """Everybody writes their own line of one long text, round after round; some press twice."""
    crowd = [Editor(port, cookie) for cookie in ground.cookies[:editors]]
    lines = [f"Penyunting {n} belum menulis." for n in range(editors)]
    action_id = ground.action(description="\n\n".join(lines))
    path, before = f"/actions/{action_id}/edit/description", ground.acts()

    def write(number: int, editor: Editor) -> list[tuple[int, str]]:
        told = []
        mine = lines[number]
        for turn in range(rounds):
            form, words = editor.open(path)
            new = f"Penyunting {number} menulis putaran {turn}."
            sent = {**form, "description": words.replace("\r\n", "\n").replace(mine, new)}
            told.append((editor.send(path, sent)[0], new))
            if turn % EVERY == EVERY - 1:
                told.append((editor.send(path, sent)[0], new))
            mine = new
        return told

    answers = [one for several in all_at_once(crowd, write) for one in several]
    acknowledged = {words for status, words in answers if status == 303}
    history = ground.texts(action_id, "description")
    final = history[-1]
    last = [f"Penyunting {n} menulis putaran {rounds - 1}." for n in range(editors)]
    return Figures(
        f"{editors} editors × {rounds} rounds on one item",
        len(answers),
        {
            "lost updates": sum(words not in final for words in last),
            "acknowledged and not in history": sum(not _came_in(history, words) for words in acknowledged),
            "double effects": ground.acts() - before - len(acknowledged),
            "not acknowledged": len(answers) - sum(status == 303 for status, _words in answers),
            "5xx": _fives(crowd),
            "check-history": len(ground.faults()),
        },
    )


def _came_in(history: Sequence[str], words: str) -> bool:
    return any(words in text for text in history)


def pairs_that_do_not_meet(ground: Ground, port: int, pairs: int, lanes: int) -> Figures:
    """Two people open the same item and save different fields, or different sentences of one paragraph."""
    crowd = [Editor(port, cookie) for cookie in ground.cookies[: 2 * lanes]]
    share = [len(range(lane, pairs, lanes)) for lane in range(lanes)]

    def meet(lane: int, one: Editor) -> dict[str, int]:
        other = crowd[lanes + lane]
        found = {"false conflicts": 0, "lost updates": 0, "acknowledged and not in history": 0}
        action_id = ground.action(description=PARAGRAPH, expected_result="Belum ada.")
        for turn in range(share[lane]):
            _one_meeting(ground, (one, other), action_id, turn, found)
        other.reader.line.close()
        return found

    results = all_at_once(crowd[:lanes], meet)
    faults = {name: sum(one[name] for one in results) for name in results[0]}
    return Figures(
        f"{pairs} pairs in different fields or sentences",
        pairs,
        {**faults, "5xx": _fives(crowd), "check-history": len(ground.faults())},
    )


PARAGRAPH = (
    "Loket dibuka setiap pagi. Petugas menyapa warga. Pengaduan dicatat di buku. Jawaban dikirim lewat surat."
)


def _one_meeting(
    ground: Ground, pair: tuple[Editor, Editor], action_id: int, turn: int, found: dict[str, int]
) -> None:
    names = ("description", "description" if turn % 2 else "expected_result")
    marks = (f"Loket dibuka pukul {turn}.", f"Jawaban kedua nomor {turn}.")
    paths = [f"/actions/{action_id}/edit/{name}" for name in names]
    opened = [editor.open(path) for editor, path in zip(pair, paths, strict=True)]
    sent = []
    for number, (form, words) in enumerate(opened):
        sentences = words.split(". ")
        at = 0 if number == 0 else -1
        sentences[at] = marks[number].removesuffix(".") + ("." if at or len(sentences) == 1 else "")
        sent.append({**form, names[number]: ". ".join(sentences)})
    statuses = [editor.send(path, one)[0] for editor, path, one in zip(pair, paths, sent, strict=True)]
    found["false conflicts"] += statuses.count(409)
    for name, mark, status in zip(names, marks, statuses, strict=True):
        texts = ground.texts(action_id, name)
        found["lost updates"] += mark.removesuffix(".") not in texts[-1]
        found["acknowledged and not in history"] += status == 303 and not any(
            mark.removesuffix(".") in text for text in texts
        )


def forced_conflicts(ground: Ground, port: int, times: int, lanes: int) -> Figures:
    """Two people change the same sentence: the second is asked, with both texts whole."""
    crowd = [Editor(port, cookie) for cookie in ground.cookies[: 2 * lanes]]
    kept_before = _kept(ground)

    def clash(lane: int, one: Editor) -> dict[str, int]:
        other = crowd[lanes + lane]
        found = {"no question": 0, "page without both texts": 0}
        action_id = ground.action(description="Belum ada apa-apa.")
        path = f"/actions/{action_id}/edit/description"
        for turn in range(len(range(lane, times, lanes))):
            first, second = one.open(path)[0], other.open(path)[0]
            theirs = f"Loket {turn} di kecamatan dibuka oleh petugas \N{LEFT DOUBLE QUOTATION MARK}pagi\N{RIGHT DOUBLE QUOTATION MARK} & sore"
            mine = f"Tidak ada loket {turn}; warga <menelepon> saja"
            accepted = one.send(path, {**first, "description": theirs})[0]
            status, page = other.send(path, {**second, "description": mine})
            found["no question"] += (accepted, status) != (303, 409)
            shown = _plain(page)
            found["page without both texts"] += theirs not in shown or mine not in shown
        other.reader.line.close()
        return found

    results = all_at_once(crowd[:lanes], clash)
    faults = {name: sum(one[name] for one in results) for name in results[0]}
    faults |= {"words not kept": times - (_kept(ground) - kept_before), "5xx": _fives(crowd)}
    return Figures(f"{times} forced conflicts", times, {**faults, "check-history": len(ground.faults())})


def _plain(page: str) -> str:
    """The words of a page and of its boxes, without tags: marks of a difference part no words."""
    return unescape(re.sub(r"<[^>]*>", "", page))


def _kept(ground: Ground) -> int:
    with ground.app.app_context():
        return db.session.query(KeptWords).filter_by(cause="clash").count()


def _fives(crowd: Sequence[Editor]) -> int:
    return sum(status >= 500 for editor in crowd for status in editor.statuses)
