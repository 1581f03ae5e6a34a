"""The mail of this room: that words will be let go of, in the language of the account."""

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from roadmap import mail
from roadmap.config import Config
from roadmap.people.models import Person


def post_words_will_go(person: Person, count: int) -> None:
    """Put into the outbox, in the open unit of work, that a person's waiting words go in 14 days."""
    config: Config = current_app.extensions["roadmap_config"]
    address = config.base_url + current_app.url_map.bind("").build("history.kept_words")
    with force_locale(person.language or "id"):
        sentence = ngettext(
            "%(num)s tulisan Anda yang belum masuk ke peta jalan akan dihapus dalam 14 hari. "
            "Pakai lagi atau unduh dari halaman ini.",
            "%(num)s tulisan Anda yang belum masuk ke peta jalan akan dihapus dalam 14 hari. "
            "Pakai lagi atau unduh dari halaman ini.",
            count,
        )
        mail.post(person.email, _("Tulisan Anda yang belum masuk"), f"{sentence}\n\n{address}\n")
