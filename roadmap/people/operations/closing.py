"""An account is closed by its owner: they go, what they did stays, under a name that names nobody."""

from sqlalchemy import select

from roadmap import mail
from roadmap.clock import now
from roadmap.errors import NotValid
from roadmap.extensions import db
from roadmap.people.hooks import let_go_of_all_kept_for
from roadmap.people.models import InvitationPurpose, Membership, Person
from roadmap.people.operations.accounts import note
from roadmap.people.operations.links import revoke_open
from roadmap.people.operations.memberships import end_now, is_last_administrator
from roadmap.people.operations.sessions import end_sessions_of
from roadmap.people.queries import today_in
from roadmap.text.words import N_
from roadmap.work import unit_of_work

NOBODY = N_("Akun yang ditutup")
NOWHERE = "ditutup.invalid"


def close_account(person: Person) -> Person:
    """Close a person's own account; only name, e-mail and password go, because the record names people by uid.

    The caller has made sure that it is them. Side effects in their order: every open role ends today, open
    links to a new password are taken back, all sessions end, the rooms let go of what they keep for them alone,
    an Audit row, a mail to the address that is given up, and name, e-mail and password are replaced. Raises
    NotValid for the last administrator of a region.
    """
    with unit_of_work():
        person = db.session.get_one(Person, person.id)
        open_roles = open_memberships_of(person)
        alone_in = [one.region.full_name for one in open_roles if is_last_administrator(one)]
        if alone_in:
            raise NotValid(
                {
                    "password": N_(
                        "Anda satu-satunya admin daerah %(regions)s. Undang dulu penggantinya, lalu tutup akun ini."
                    )
                },
                regions=", ".join(alone_in),
            )
        for held in open_roles:
            end_now(person, held)
        revoke_open(InvitationPurpose.NEW_PASSWORD, person.email)
        end_sessions_of(person)
        let_go_of_all_kept_for(person)
        note(person, "account-closed", about=person.uid)
        mail.post(
            person.email,
            "Akun Anda ditutup",
            "Akun Peta Jalan HAM Anda sudah ditutup atas permintaan Anda. Yang Anda tulis tetap ada dalam riwayat, "
            "tanpa nama Anda. Bila bukan Anda yang menutupnya, hubungi admin daerah Anda.",
        )
        person.name, person.email, person.password_hash = NOBODY, f"{person.uid}@{NOWHERE}", None
        person.closed_at = now()
        return person


def open_memberships_of(person: Person) -> list[Membership]:
    """Give the roles a person holds today or will hold, in every region."""
    query = select(Membership).where(Membership.person_id == person.id).order_by(Membership.id)
    return [
        one for one in db.session.scalars(query) if one.ends_on is None or one.ends_on > today_in(one.region)
    ]
