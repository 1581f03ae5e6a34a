"""Accounts: made by accepting an invitation or from the command line, and changed by their owners."""

from collections.abc import Mapping

from sqlalchemy import select

from roadmap import mail
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.people.models import Audit, Person, Region
from roadmap.people.operations.sessions import end_sessions_of
from roadmap.people.passwords import hash_password, is_right, trouble_with
from roadmap.people.reading import read_email, read_line
from roadmap.text.words import N_
from roadmap.work import current_work, unit_of_work

LANGUAGES = ("id", "en")
THEMES = ("auto", "light", "dark")
LIVE_UPDATES = ("biasa", "hemat", "mati")


def note(
    actor: Person | None,
    verb: str,
    *,
    region: Region | None = None,
    about: str | None = None,
    payload: Mapping[str, object] | None = None,
) -> None:
    """Write down an act that belongs to no roadmap, in the open unit of work; uids and numbers only."""
    current_work()
    db.session.add(
        Audit(
            region_id=region.id if region else None,
            actor_uid=actor.uid if actor else None,
            verb=verb,
            object_uid=about,
            payload=dict(payload or {}),
        )
    )


def create_person(name: str, email: str, password: str | None = None, *, is_example: bool = False) -> Person:
    """Make an account. Raises NotValid for a name, e-mail or password that cannot stand, and for a known e-mail."""
    name, email = read_line("name", name, 200), read_email("email", email)
    if (
        password is not None
        and not is_example
        and (trouble := trouble_with(password, name=name, email=email))
    ):
        raise NotValid({"password": trouble})
    with unit_of_work():
        if db.session.scalar(select(Person.id).where(Person.email == email)):
            raise NotValid({"email": N_("Alamat surel ini sudah mempunyai akun.")})
        person = Person(
            name=name,
            email=email,
            password_hash=hash_password(password) if password is not None else None,
            is_example=is_example,
        )
        db.session.add(person)
        db.session.flush()
        note(person, "account-made", about=person.uid)
        return person


def change_own_settings(
    person: Person, *, name: str, language: str, theme: str, live_updates: str = ""
) -> Person:
    """Change one's name, language, look, and how live pages are (empty: as before).

    Raises NotValid. When nothing differs nothing is written.
    """
    errors: dict[str, str] = {}
    if language not in LANGUAGES:
        errors["language"] = N_("Pilih salah satu dari daftar.")
    if theme not in THEMES:
        errors["theme"] = N_("Pilih salah satu dari daftar.")
    if live_updates not in {"", *LIVE_UPDATES}:
        errors["live_updates"] = N_("Pilih salah satu dari daftar.")
    try:
        name = read_line("name", name, 200)
    except NotValid as problem:
        errors |= problem.errors
    if errors:
        raise NotValid(errors)
    with unit_of_work():
        kept = db.session.get_one(Person, person.id)
        wish = live_updates or kept.live_updates
        before = (kept.name, kept.language, kept.theme, kept.live_updates)
        kept.name, kept.language, kept.theme, kept.live_updates = name, language, theme, wish
        if before != (name, language, theme, wish):
            note(kept, "account-changed", about=kept.uid)
        return kept


def change_own_password(person: Person, *, old: str, new: str, token: str) -> Person:
    """Change one's password, knowing the old one.

    Side effects in their order: the hash is replaced, all other sessions end, an Audit row, a mail to the
    owner's address. Raises NotValid for a wrong old password or a weak new one.
    """
    trouble = trouble_with(new, name=person.name, email=person.email)
    if not is_right(old, person.password_hash):
        raise NotValid({"old_password": N_("Kata sandi lama tidak cocok. Kata sandi Anda belum berubah.")})
    if trouble:
        raise NotValid({"new_password": trouble})
    new_hash = hash_password(new)
    with unit_of_work():
        kept = db.session.get_one(Person, person.id)
        kept.password_hash = new_hash
        end_sessions_of(kept, but=token)
        note(kept, "password-changed", about=kept.uid)
        mail.post(
            kept.email,
            "Kata sandi Anda berubah",
            "Kata sandi akun Peta Jalan HAM Anda baru saja diubah. "
            "Bila bukan Anda yang mengubahnya, hubungi admin daerah Anda.",
        )
        return kept


def checked_hash(password: str, *, name: str, email: str) -> str:
    """Hash a password that may be chosen, outside any transaction because it takes long. Raises NotValid."""
    trouble = trouble_with(password, name=name, email=email)
    if trouble:
        raise NotValid({"password": trouble})
    return hash_password(password)


def find_or_create_person(name: str, email: str, *, is_example: bool = False) -> Person:
    """Give the account with this e-mail, or make one without a password. Raises NotValid."""
    found = db.session.scalar(select(Person).where(Person.email == read_email("email", email)))
    return found or create_person(name, email, is_example=is_example)
