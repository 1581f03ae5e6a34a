"""Refusals of this room."""

from collections.abc import Sequence

from roadmap.errors import Conflict, NotValid, Refusal
from roadmap.people.models import Organisation
from roadmap.text.words import N_


class RolesExclude(NotValid):
    """The person would judge what they can edit."""

    def __init__(self, field: str = "role") -> None:
        """Say it beside the field that names the role."""
        super().__init__(
            {
                field: N_(
                    "Orang ini akan menilai peta jalan yang juga dapat ia sunting. Akhiri dulu peran yang satu, "
                    "atau pilih orang lain."
                )
            }
        )


class LikelyTwins(Conflict):
    """The register already holds organisations that look like the one to be added; nothing was added."""

    def __init__(self, twins: Sequence[Organisation]) -> None:
        """Remember them, so that the person can choose one of them."""
        super().__init__(
            N_("Ada yang mirip di daftar. Periksa dulu agar satu kantor tidak tercatat dua kali.")
        )
        self.twins = tuple(twins)


class SentMore(Conflict):
    """A form that was carried out came again with other words; what it brings now is not in."""

    cause = "again"
    heading = N_("Perubahan terakhir Anda belum masuk")

    def __init__(self, address: str) -> None:
        """Remember where the result of the first sending is."""
        super().__init__(
            N_(
                "Formulir ini sudah masuk sekali; jawabannya mungkin tidak sampai ke perangkat Anda. "
                "Sesudah itu isinya Anda ubah, dan perubahan itu belum masuk."
            )
        )
        self.address = address


class LinkSpent(Refusal):
    """A one-time link that was used, revoked, replaced, or has run out."""


class WrongPassword(Refusal):
    """E-mail and password do not fit together; which of them is not told."""
