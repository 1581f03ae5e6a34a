"""What a person says, as a form: the words, and beside them kind, place, level and whom it is pointed out to."""

from dataclasses import dataclass, field
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from roadmap.discussion.audience import Audience
from roadmap.discussion.models import Nature
from roadmap.discussion.operations import LONGEST_BODY
from roadmap.people.roles import Visibility
from roadmap.text.lengths import TOO_LONG, excess
from roadmap.text.normal import normalise, normalise_line

Sent = MultiDict[str, str]


@dataclass
class TalkForm:
    """A comment as shown or as sent; `key` keeps the ids of several forms on one page apart."""

    key: str
    audience: Audience
    body: str = ""
    nature: str = ""
    visibility: str = ""
    wants_answer: bool = False
    place: str = ""
    notified: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def error_list(self) -> list[tuple[str, str]]:
        """The messages, each with the box it leads to."""
        return [
            ("" if name in self._without_box else f"{self.key}-{name}", words)
            for name, words in self.errors.items()
        ]

    @property
    def _without_box(self) -> set[str]:
        """Name what there is no box for, because there is nothing to choose."""
        boxes = {"visibility": len(self.audience.levels) > 1, "notified": bool(self.audience.people)}
        return {"place"} | {name for name, has_box in boxes.items() if not has_box}

    @property
    def settled_nature(self) -> Nature:
        """The kind that was chosen; else a question where a question mark stands, and a suggestion where none does."""
        if self.nature in set(Nature):
            return Nature(self.nature)
        return Nature.QUESTION if "?" in self.body else Nature.SUGGESTION

    @property
    def level(self) -> Visibility:
        """The chosen level; the usual one where none was chosen that is open to the person."""
        return Visibility(self.visibility) if self.visibility in self.audience.levels else self.audience.usual

    @property
    def is_open(self) -> bool:
        """Tell whether what is folded away must be seen: something in it is not as usual."""
        odd = self.errors.keys() & {"visibility", "notified"}
        return bool(odd or self.notified or self.level != self.audience.usual)


def fill_talk(values: Sent, key: str, audience: Audience) -> TalkForm:
    """Make a form to begin with: empty, or filled with words that were kept."""
    form = read_talk(values, key, audience, {values.get("place", ""): ""})
    form.errors.clear()
    return form


def read_talk(sent: Sent, key: str, audience: Audience, places: "dict[str, str] | None" = None) -> TalkForm:
    """Read a comment from a form, with the message of what is to be mended."""
    form = TalkForm(
        key,
        audience,
        body=normalise(sent.get("body", "")),
        nature=normalise_line(sent.get("nature", "")),
        visibility=normalise_line(sent.get("visibility", "")),
        wants_answer=bool(sent.get("wants_answer")),
        place=normalise_line(sent.get("place", "")),
        notified=[uid for uid in sent.getlist("notified") if _is_uid(uid)],
    )
    _check_body(form.body, form.errors)
    if form.place and form.place not in (places or {}):
        form.errors["place"] = _("Pilih tempatnya dari daftar.")
    _check_audience(form)
    return form


def check_body(body: str) -> dict[str, str]:
    """Tell what is to be mended in the words of a comment."""
    errors: dict[str, str] = {}
    _check_body(body, errors)
    return errors


def _check_body(body: str, errors: dict[str, str]) -> None:
    if not body.strip():
        errors["body"] = _("Tulis komentarnya dulu.")
    elif told := excess(body, LONGEST_BODY):
        errors["body"] = _(TOO_LONG, **told)


def _check_audience(form: TalkForm) -> None:
    if form.visibility and form.visibility not in form.audience.levels:
        form.errors["visibility"] = _("Pilih siapa yang membaca.")
        return
    readers = {one.uid for one in form.audience.at(form.level)}
    strange = [uid for uid in form.notified if uid not in readers]
    if not strange:
        return
    names = [one.name for one in form.audience.people if one.uid in strange]
    form.notified = [uid for uid in form.notified if uid in readers]
    form.errors["notified"] = (
        _(
            "%(names)s tidak membaca percakapan dengan pilihan ini. Ganti siapa yang membaca, atau kirim tanpa itu.",
            names=", ".join(names),
        )
        if names
        else _("Yang dipilih untuk diberi tahu tidak membaca percakapan ini. Periksa lagi daftarnya.")
    )


def _is_uid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
