"""Why not: a refusal of the gate told whole, from the same table that made it, with who can help."""

from flask import url_for
from flask_babel import gettext as _

from roadmap.errors import NotThere, Refusal
from roadmap.extensions import db
from roadmap.people.access import Asked
from roadmap.people.errors import SentMore
from roadmap.people.models import Membership, Region
from roadmap.people.queries import members_of, today_in
from roadmap.people.rights import ACT_NAMES
from roadmap.people.roles import RIGHTS, Act, Role, who_may
from roadmap.people.words import ROLE_NAMES, STAGE_NAMES
from roadmap.web.errors import Explanation

MOST_NAMES = 3


def explain(refusal: Refusal) -> Explanation | None:
    """Tell what was asked, as whom, who may, at which stages, and whom to turn to; or what is in already."""
    if isinstance(refusal, SentMore):
        return Explanation((), ((_("Lihat yang sudah masuk"), refusal.address),))
    asked = refusal.asked
    if not isinstance(asked, Asked) or isinstance(refusal, NotThere):
        return None
    sentences = [
        _("Tindakan: %(act)s.", act=_(ACT_NAMES[asked.act])),
        _("Peran Anda di sini: %(roles)s.", roles=_names(sorted(asked.roles)) or _("belum ada")),
    ]
    if RIGHTS[asked.act].roles.isdisjoint(asked.roles):
        sentences.append(_("Yang dapat melakukannya: %(who)s.", who=_who(asked)))
    else:
        stages = [name for stage, name in STAGE_NAMES.items() if stage in RIGHTS[asked.act].stages]
        sentences.append(
            _("Tindakan ini terbuka pada tahap: %(stages)s.", stages=", ".join(_(name) for name in stages))
        )
    link = url_for("people.rights", _anchor=asked.act.value)
    return Explanation(tuple(sentences), ((_("Mengapa tidak bisa? Lihat siapa boleh apa"), link),))


def _names(roles: list[Role]) -> str:
    return ", ".join(_(ROLE_NAMES[role]) for role in roles)


def _who(asked: Asked) -> str:
    """Name the roles that hold the right, each with who holds it here; the administrator where nobody does."""
    region = db.session.get_one(Region, asked.place.region_id)
    members = [
        held
        for held in members_of(region.id, asked.place.roadmap_id)
        if held.holds_on(today_in(region)) and held.person.closed_at is None
    ]
    told = []
    for role in who_may(asked.act):
        names = _held_by(members, role)
        told.append(f"{_(ROLE_NAMES[role])} ({names})" if names else _(ROLE_NAMES[role]))
    if asked.act != Act.MANAGE_PEOPLE and not any(_held_by(members, role) for role in who_may(asked.act)):
        told.append(
            _("belum ada orangnya; hubungi admin daerah (%(names)s)", names=_held_by(members, Role.ADMIN))
        )
    return "; ".join(told)


def _held_by(members: list[Membership], role: Role) -> str:
    names = list(dict.fromkeys(held.person.name for held in members if held.role == role))
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
