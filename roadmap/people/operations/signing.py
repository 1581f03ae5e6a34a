"""Signing in: a password tried, a failure counted where every worker sees it, a session begun."""

import hmac
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select
from sqlalchemy.sql.elements import ColumnElement

from roadmap.clock import now
from roadmap.errors import TooMany
from roadmap.extensions import db
from roadmap.people.errors import WrongPassword
from roadmap.people.models import Person, SignInAttempt
from roadmap.people.operations.accounts import note
from roadmap.people.operations.sessions import begin_session
from roadmap.people.passwords import hash_password, is_outdated, is_right
from roadmap.people.queries import find_person_by_email
from roadmap.text.normal import normalise_line
from roadmap.text.words import N_
from roadmap.work import unit_of_work

WINDOW = timedelta(minutes=5)
KEPT = timedelta(days=1)
MOST_FOR_ACCOUNT = 10
MOST_FOR_ADDRESS = 10
MOST_OVERALL = 1000

Mark = Callable[[str], str]


def marker(secret: str) -> Mark:
    """Make the function that hashes e-mails and addresses, so that the table of attempts names nobody."""
    return lambda text: hmac.new(secret.encode(), text.encode(), sha256).hexdigest()


def sign_in(
    email: str, password: str, *, address: str, mark: Mark, stays: bool = False, device: str = ""
) -> tuple[Person, str]:
    """Begin a session for whoever knows the password; gives the person and the session's token.

    Raises TooMany, also with the right password, when too many attempts failed; WrongPassword, in the same
    words and time for an account that does not exist. Side effects: a failed attempt is counted and noted;
    on success a hash made with other parameters is made anew, the session begins, an Audit row.
    """
    email = normalise_line(email)[:254].lower()
    attempt_id = count_attempt(mark(email), mark(address))
    person = find_person_by_email(email)
    password_hash = person.password_hash if person else None
    # Outside any transaction: it takes long, and SQLite's one writer must not wait for it.
    if not is_right(password, password_hash) or person is None or password_hash is None:
        with unit_of_work():
            note(None, "sign-in-failed", about=person.uid if person else None)
        raise WrongPassword(
            N_("Alamat surel dan kata sandi ini tidak cocok. Periksa ejaannya, atau buat kata sandi baru.")
        )
    new_hash = hash_password(password) if is_outdated(password_hash) else None
    with unit_of_work():
        forgive(attempt_id)
        person = db.session.get_one(Person, person.id)
        if new_hash:
            person.password_hash = new_hash
        token = begin_session(person, stays=stays, device=device)
        note(person, "sign-in", about=person.uid)
        return person, token


def count_attempt(email_mark: str, address_mark: str) -> int:
    """Count an attempt before it is known to fail, so that many at once cannot slip through; `forgive` takes it back.

    Raises TooMany beyond the limits; such an attempt is not counted, or a lock could be renewed for ever.
    """
    with unit_of_work():
        attempt = SignInAttempt(email_hash=email_mark, address_hash=address_mark)
        db.session.add(attempt)
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now() - KEPT))
        db.session.flush()
        attempt_id = attempt.id
    seconds = max(
        _wait(SignInAttempt.email_hash == email_mark, MOST_FOR_ACCOUNT),
        _wait(SignInAttempt.address_hash == address_mark, MOST_FOR_ADDRESS),
        _wait(SignInAttempt.id.is_not(None), MOST_OVERALL),
    )
    if seconds:
        with unit_of_work():
            forgive(attempt_id)
        raise TooMany(
            N_(
                "Terlalu banyak percobaan dari sini atau untuk akun ini. Tunggu %(minutes)s menit, "
                "atau buat kata sandi baru lewat “Lupa kata sandi”."
            ),
            seconds=seconds,
            minutes=-(-seconds // 60),
        )
    return attempt_id


def forgive(attempt_id: int) -> None:
    """Take a counted attempt back. Needs an open unit of work."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.id == attempt_id))


def _wait(those: ColumnElement[bool], most: int) -> int:
    """Tell how many seconds until one more attempt is admitted; 0 for now. The newest is the one that asks."""
    since = now() - WINDOW
    query = select(func.count(SignInAttempt.id), func.min(SignInAttempt.at)).where(
        those, SignInAttempt.at > since
    )
    count, first = db.session.execute(query).one()
    if count <= most or first is None:
        return 0
    return max(1, round((first + WINDOW - now()).total_seconds()))
